//! The parser and the comparison, fed with broken addresses made from good ones, for as long as `HUBU_FUZZ_SECONDS`
//! says (default 1); `cargo xtask test` gives each test here a process.
//!
//! The claims: no text panics; pieces are in order, never overlap, and what lies between them is neither letter nor
//! digit (一 between digits is a dash); an address is wholly the same as itself. A failure prints its seed; `HUBU_FUZZ_SEED` starts there. Why it is
//! done this way stands in `docs/decisions/0003-fuzzing.md`.

use addresses::{compare, parse, parse_at};
use fuzzing::BrokenTexts;

const GOOD: BrokenTexts<'static> = BrokenTexts(&[
    "浙江省杭州市西湖区三墩镇双桥村金渡北路12号金地小区3幢2单元5层501室",
    "浙江杭州西湖文三路1号",
    "上海市浦东新区世纪大道100弄5号楼三单元602室",
    "湖北省襄樊市樊城区人民路5号",
    "浙江省宁波市浙江省宁波市鄞州区中河街道",
    "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县",
    "内蒙古呼伦贝尔市扎兰屯市蘑菇气镇",
    "海南省文昌市文城镇文建路附近",
    "义乌市国际商贸城二区八楼15街12345号",
    "张三，13800138000，杭州经济技术开发区10号大街8号（电联）",
    "廣東省廣州市越秀區中山五路１８號３樓",
    "城关镇城东村二组",
    "四川省广元市昭化区元坝镇三沟村5-2-301",
    "重庆市酉阳土家族苗族自治县桃花源街道",
]);

#[test]
fn pieces_cover_what_is_read_whatever_the_text() {
    GOOD.fuzz(|text, _| {
        for address in [parse(text), parse_at(text, 1995)] {
            let mut end = 0;
            for piece in address.pieces() {
                let range = piece.range();
                assert!(range.start >= end && range.end > range.start, "{address:?}");
                let between = text.get(end..range.start).unwrap();
                assert!(
                    !between.contains(|character: char| character.is_ascii_alphanumeric()
                        || ('丁'..='龥').contains(&character)),
                    "{between}"
                );
                end = range.end;
            }
            let read: String = text.chars().take(128).collect();
            let rest = read.get(end..).unwrap_or_default();
            assert!(
                !rest.contains(|character: char| ('丁'..='龥').contains(&character)),
                "{rest}"
            );
            let _ = (
                address.remainder(),
                address.canonical(),
                format!("{address:?}"),
            );
        }
    });
}

#[test]
fn comparisons_are_symmetric_whatever_the_texts() {
    GOOD.fuzz(|text, other| {
        let (one, other) = (parse(text), parse(other));
        assert_eq!(compare(&one, &other), compare(&other, &one));
        assert_eq!(compare(&one, &one).permille(), 1_000);
        for reason in compare(&one, &other).reasons() {
            let _ = (reason.to_string(), reason.zh(), reason.code());
        }
    });
}
