//! Names of persons compared as outsiders see it: scores with their reasons.

use insta::assert_snapshot;
use names::{NameKind, compare};

fn table(pairs: &[(&str, &str)]) -> String {
    let lines = pairs.iter().map(|(left, right)| {
        let comparison = compare(NameKind::Person, left, right);
        assert_eq!(
            comparison,
            compare(NameKind::Person, right, left),
            "{left} {right}"
        );
        let (score, codes) = (comparison.score, comparison.reasons.codes());
        format!("{score:.2} {left} | {right} | {codes}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn chinese_names_in_characters() {
    assert_snapshot!(table(&[
        ("张伟", "张伟"),
        ("張偉", "张伟"),
        ("张　伟", "张伟先生"),
        ("王喆", "王哲"),
        ("张伟", "张玮"),
        ("张末", "张未"),
        ("张伟", "章伟"),
        ("李晓明", "李小明"),
        ("陈宁", "陈林"),
        ("张伟", "李伟"),
        ("王芳", "王丽"),
        ("李晓明", "李晓芳"),
        ("欧阳娜娜", "欧阳娜"),
        ("张三丰", "张三"),
        ("张?丰", "张三丰"),
        ("魏素jun", "魏素珺"),
        ("魏素jun", "魏素明"),
        ("张三（曾用名：李四）", "李四"),
        ("买买提·吐尔逊", "买买提•吐尔逊"),
        ("阿卜杜拉·买买提", "阿布都拉·买买提"),
        ("阿迪力·买买提", "古丽·买买提"),
    ]), @r"
    1.00 张伟 | 张伟 | identical
    1.00 張偉 | 张伟 | writing
    1.00 张　伟 | 张伟先生 | title
    1.00 王喆 | 王哲 | variant
    0.83 张伟 | 张玮 | homophone;looks_alike
    0.75 张末 | 张未 | looks_alike
    0.69 张伟 | 章伟 | homophone
    0.82 李晓明 | 李小明 | homophone
    0.22 陈宁 | 陈林 | given_name
    0.22 张伟 | 李伟 | surname
    0.22 王芳 | 王丽 | given_name
    0.42 李晓明 | 李晓芳 | given_name
    0.60 欧阳娜娜 | 欧阳娜 | truncation
    0.60 张三丰 | 张三 | truncation
    0.78 张?丰 | 张三丰 | placeholder
    0.90 魏素jun | 魏素珺 | placeholder
    0.42 魏素jun | 魏素明 | given_name
    0.97 张三（曾用名：李四） | 李四 | writing;alias
    1.00 买买提·吐尔逊 | 买买提•吐尔逊 | writing
    0.93 阿卜杜拉·买买提 | 阿布都拉·买买提 | homophone;spelling
    0.49 阿迪力·买买提 | 古丽·买买提 | homophone;spelling
    ");
}

#[test]
fn chinese_names_in_letters() {
    assert_snapshot!(table(&[
        ("张伟", "Zhang Wei"),
        ("毛泽东", "MAO Zedong"),
        ("毛泽东", "Zedong MAO"),
        ("毛泽东", "MAO, ZE DONG"),
        ("毛泽东", "Máo Zédōng"),
        ("毛泽东", "mao2 ze2 dong1"),
        ("毛泽东", "Mao Tse-tung"),
        ("张兵程", "Chang Ping-ch'eng"),
        ("张兵政", "Chang Ping-ch'eng"),
        ("张兵政", "Chang Ping-cheng"),
        ("吕布", "LYU BU"),
        ("单雄信", "Shan Xiongxin"),
        ("单雄信", "Dan Xiongxin"),
        ("曾志伟", "TSANG Chi Wai"),
        ("陈大文", "CHAN Tai Man, Peter"),
        ("蔡英文", "TSAI Ing-wen"),
        ("林美玲", "LIN Mei-ling"),
        ("陈嘉庚", "TAN Kah Kee"),
        ("马云", "Jack MA Yun"),
        ("马云", "Jack Ma"),
        ("张三丰", "Zhang S.F."),
        ("张晓明", "Zang Xiaoming"),
        ("张晓明", "Zhang Xiaoling"),
        ("张伟", "Li Wei"),
        ("张伟", "Zhang"),
    ]), @r"
    0.92 张伟 | Zhang Wei | pinyin
    0.94 毛泽东 | MAO Zedong | pinyin
    0.94 毛泽东 | Zedong MAO | pinyin
    0.94 毛泽东 | MAO, ZE DONG | pinyin
    0.94 毛泽东 | Máo Zédōng | pinyin
    0.94 毛泽东 | mao2 ze2 dong1 | pinyin
    0.94 毛泽东 | Mao Tse-tung | wade_giles
    0.94 张兵程 | Chang Ping-ch'eng | wade_giles
    0.35 张兵政 | Chang Ping-ch'eng | given_name
    0.94 张兵政 | Chang Ping-cheng | wade_giles
    0.92 吕布 | LYU BU | pinyin
    0.94 单雄信 | Shan Xiongxin | pinyin
    0.90 单雄信 | Dan Xiongxin | pinyin;polyphone
    0.94 曾志伟 | TSANG Chi Wai | cantonese
    0.90 陈大文 | CHAN Tai Man, Peter | cantonese;foreign_given_name
    0.35 蔡英文 | TSAI Ing-wen | given_name
    0.94 林美玲 | LIN Mei-ling | pinyin
    0.00 陈嘉庚 | TAN Kah Kee | different
    0.88 马云 | Jack MA Yun | pinyin;foreign_given_name
    0.20 马云 | Jack Ma | given_name
    0.70 张三丰 | Zhang S.F. | pinyin;initials
    0.76 张晓明 | Zang Xiaoming | pinyin;sounds_alike
    0.20 张晓明 | Zhang Xiaoling | given_name
    0.20 张伟 | Li Wei | surname
    0.20 张伟 | Zhang | given_name
    ");
}

#[test]
fn transcribed_names() {
    assert_snapshot!(table(&[
        ("张伟.", "Zhang Wei."),
        ("贝拉克·奥巴马", "Barack Obama"),
        ("贝拉克·奥巴马", "Vladimir Putin"),
        ("买买提·吐尔逊", "Maimaiti Tuerxun"),
    ]), @r"
    0.92 张伟. | Zhang Wei. | pinyin
    0.89 贝拉克·奥巴马 | Barack Obama | romanisation;script
    0.00 贝拉克·奥巴马 | Vladimir Putin | different
    0.92 买买提·吐尔逊 | Maimaiti Tuerxun | word_order;script
    ");
}

#[test]
fn names_in_letters() {
    assert_snapshot!(table(&[
        ("John Smith", "SMITH, John"),
        ("John Smith", "Mr. J. Smith"),
        ("John Smith", "John Andrew Smith"),
        ("Bill Clinton", "William Clinton"),
        ("Mohammed Ali Hassan", "Muhammad Aly Hasan"),
        ("Muammar Qadhafi", "Moammar Gaddafi"),
        ("Abd al-Rahman al-Sudais", "Abdulrahman Sudays"),
        ("Yusuf bin Ahmad", "Youssef Ahmed"),
        ("Mustafa Badr al-Din", "Moustafa Badreddine"),
        ("امین الله قدوس", "Aminullah Quddus"),
        ("Pyotr Ilyich Tchaikovsky", "Чайковский Пётр Ильич"),
        ("Владимир Путин", "Vladimir Vladimirovich PUTIN"),
        ("قصي صدام حسين التكريتي", "Qusay Saddam Hussein al-Tikriti"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Gabriel García Márquez", "Garcia, Gabriel"),
        ("Ludwig van Beethoven", "Ludwig Beethoven"),
        ("김정은", "Kim Jong Un"),
        ("MA Yun", "Jack MA Yun"),
        ("Jack Ma", "Ma Yun"),
        ("Rami Makhluf", "Ihab Makhluf"),
        ("Makhluf", "Rami Makhluf"),
        ("John Smith", "Mary Jones"),
    ]), @r"
    1.00 John Smith | SMITH, John | writing
    0.93 John Smith | Mr. J. Smith | initials;title;small_words
    0.85 John Smith | John Andrew Smith | missing_words
    0.92 Bill Clinton | William Clinton | nickname
    0.98 Mohammed Ali Hassan | Muhammad Aly Hasan | romanisation
    0.86 Muammar Qadhafi | Moammar Gaddafi | romanisation;spelling
    0.96 Abd al-Rahman al-Sudais | Abdulrahman Sudays | romanisation;small_words
    0.86 Yusuf bin Ahmad | Youssef Ahmed | romanisation;small_words
    0.99 Mustafa Badr al-Din | Moustafa Badreddine | romanisation
    0.96 امین الله قدوس | Aminullah Quddus | script
    0.98 Pyotr Ilyich Tchaikovsky | Чайковский Пётр Ильич | script
    0.93 Владимир Путин | Vladimir Vladimirovich PUTIN | missing_words;script
    0.92 قصي صدام حسين التكريتي | Qusay Saddam Hussein al-Tikriti | script
    0.90 Jürgen Müller | Juergen Mueller | romanisation
    0.85 Gabriel García Márquez | Garcia, Gabriel | missing_words
    0.99 Ludwig van Beethoven | Ludwig Beethoven | small_words
    0.81 김정은 | Kim Jong Un | word_order;romanisation
    0.71 MA Yun | Jack MA Yun | missing_words
    0.27 Jack Ma | Ma Yun | part_only;other_words
    0.29 Rami Makhluf | Ihab Makhluf | part_only;other_words
    0.50 Makhluf | Rami Makhluf | missing_words;part_only
    0.00 John Smith | Mary Jones | different
    ");
}

#[test]
fn there_must_be_something_to_compare() {
    assert_snapshot!(table(&[("", ""), ("张三", ""), ("***", "张三"), ("先生", "张三"), ("—", "—")]), @r"
    0.00  |  | missing
    0.00 张三 |  | missing
    0.00 *** | 张三 | missing
    0.00 先生 | 张三 | missing
    0.00 — | — | missing
    ");
}
