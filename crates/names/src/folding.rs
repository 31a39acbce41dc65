//! Folding: the one form in which names are compared and searched.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::han::{HanTable, is_han, table};

/// The folded form of a name.
///
/// Half width, simplified script with the usual variant of each character, lower case, Latin
/// letters without accents. Words of letters are separated by one blank; beside a Chinese
/// character there is none. Dots, hyphens, brackets and other signs separate like blanks, but an
/// apostrophe joins: `O'Brien` is `obrien`. Folding a folded name changes nothing.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_into(name, &mut folded);
    folded
}

/// Writes the folded form of a name into a buffer, replacing what it held.
pub fn fold_into(name: &str, folded: &mut String) {
    folded.clear();
    let mut writer = Writer {
        folded,
        last: Last::Nothing,
        table: table(),
    };
    for character in name.chars() {
        if character.is_ascii() || is_han(character) {
            writer.write(character);
        } else if matches!(character, '\u{ac00}'..='\u{d7a3}' | '\u{3041}'..='\u{30ff}') {
            // Hangul and kana would fall apart into pieces that nobody searches for.
            writer.write(character);
        } else {
            decompose_compatible(character, |part| writer.write(part));
        }
    }
}

/// Whether anything of a name is left after folding.
pub(crate) fn has_content(name: &str) -> bool {
    name.chars().any(|character| {
        if character.is_ascii() {
            return character.is_ascii_alphanumeric();
        }
        let mut kept = false;
        decompose_compatible(character, |part| kept |= kind(part) == Kind::Kept);
        kept
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kept,
    /// Belongs to the letter before, or to nothing: left out.
    Dropped,
    Separator,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Han,
    Letter,
    LetterAndSeparator,
}

struct Writer<'buffer> {
    folded: &'buffer mut String,
    last: Last,
    table: &'static HanTable,
}

impl Writer<'_> {
    fn write(&mut self, character: char) {
        if character.is_ascii_alphanumeric() {
            self.letter(character.to_ascii_lowercase());
            return;
        }
        if is_han(character) {
            self.folded.push(self.table.fold(character));
            self.last = Last::Han;
            return;
        }
        match kind(character) {
            Kind::Separator if self.last == Last::Letter => self.last = Last::LetterAndSeparator,
            Kind::Separator | Kind::Dropped => {}
            Kind::Kept => match spelled_out(character) {
                Some(letters) => letters.chars().for_each(|letter| self.letter(letter)),
                None => character
                    .to_lowercase()
                    .for_each(|lower| self.letter(lower)),
            },
        }
    }

    fn letter(&mut self, letter: char) {
        if self.last == Last::LetterAndSeparator {
            self.folded.push(' ');
        }
        self.folded.push(letter);
        self.last = Last::Letter;
    }
}

fn kind(character: char) -> Kind {
    match character {
        // Accents; apostrophes in their typographic forms; marks without width.
        '\u{300}'..='\u{36f}'
        | '\''
        | '`'
        | '´'
        | '\u{2b9}'..='\u{2bf}'
        | '\u{2018}'..='\u{201b}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}' => Kind::Dropped,
        _ if character.is_alphanumeric() || is_combining_mark(character) => Kind::Kept,
        _ => Kind::Separator,
    }
}

/// Latin letters that decompose into nothing although people write them with plain letters.
fn spelled_out(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ł' | 'Ł' => "l",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn folds(names: &[&str], expected: &str) {
        for name in names {
            assert_eq!(fold(name), expected, "{name}");
        }
    }

    #[test]
    fn scripts_widths_and_blanks_of_one_chinese_name_fold_together() {
        folds(
            &[
                "张三",
                "張三",
                "张 三",
                "张\u{3000}三",
                " 张三\n",
                "张\u{200b}三",
            ],
            "张三",
        );
        folds(
            &[
                "买买提·吐尔逊",
                "买买提•吐尔逊",
                "买买提．吐尔逊",
                "买买提 吐尔逊",
            ],
            "买买提吐尔逊",
        );
        folds(&["陈国峰", "陳國峯", "陳國峰"], "陈国峰");
        folds(&["⽅⽂", "方文"], "方文");
    }

    #[test]
    fn latin_names_lose_case_accents_and_marks() {
        folds(
            &[
                "José García-López",
                "JOSE GARCIA LOPEZ",
                "ｊｏｓé  garcía, lópez",
            ],
            "jose garcia lopez",
        );
        folds(&["O'Brien", "O’Brien", "OBrien"], "obrien");
        folds(&["Nguyễn Văn Đức", "NGUYEN VAN DUC"], "nguyen van duc");
        folds(&["Zhāng Sān", "zhang san"], "zhang san");
        folds(&["Müller (Weiß)", "MULLER WEISS"], "muller weiss");
    }

    #[test]
    fn organisations_fold_brackets_and_blanks_away() {
        folds(
            &[
                "上海（集团）有限公司",
                "上海(集团)有限公司",
                "上海集团有限公司",
            ],
            "上海集团有限公司",
        );
        folds(&["IBM 中国", "ＩＢＭ中国", "ibm（中国）"], "ibm中国");
    }

    #[test]
    fn other_scripts_stay_whole() {
        folds(&["김 철수"], "김 철수");
        folds(&["がっこう"], "がっこう");
        folds(&["ИВАН Петров"], "иван петров");
        folds(&["İPEK"], "ipek");
    }

    #[test]
    fn signs_alone_fold_to_nothing() {
        folds(&["", "  ", "***", "—", "。", "'"], "");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(name in any::<String>(), near in "[张張三 ·A-zÀ-ỿ'峯ｱがİ-]{0,12}") {
            for name in [name, near] {
                let folded = fold(&name);
                prop_assert_eq!(fold(&folded), folded.clone());
                prop_assert_eq!(has_content(&name), !folded.is_empty());
                prop_assert_eq!(folded.to_lowercase(), folded.clone());
                prop_assert!(!folded.contains("  ") && folded.trim() == folded);
            }
        }
    }
}
