//! Words as the engine folds names: lower case, no accents, signs as blanks, single letters joined (`S. de R.L.` is `s de rl`).

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The folded form of a word; a test of the engine holds the tables against its own folding.
pub fn folded(word: &str) -> String {
    let mut letters = String::new();
    for character in word.chars() {
        match character {
            'ß' | 'ẞ' => letters.push_str("ss"),
            'æ' | 'Æ' => letters.push_str("ae"),
            'œ' | 'Œ' => letters.push_str("oe"),
            'ø' | 'Ø' => letters.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => letters.push('d'),
            'ł' | 'Ł' => letters.push('l'),
            'þ' | 'Þ' => letters.push_str("th"),
            'ħ' | 'Ħ' => letters.push('h'),
            'ŧ' | 'Ŧ' => letters.push('t'),
            'ı' => letters.push('i'),
            'ς' => letters.push('σ'),
            '\'' | '`' | '´' | '\u{2b9}'..='\u{2bf}' | '\u{2018}'..='\u{201b}' => {}
            _ => decompose_compatible(character, |part| match part {
                '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => {}
                _ if part.is_alphanumeric() || is_combining_mark(part) => {
                    letters.extend(part.to_lowercase());
                }
                _ => letters.push(' '),
            }),
        }
    }
    joined(&letters)
}

/// Words behind one blank each, letters that stand alone joined with such neighbours.
fn joined(letters: &str) -> String {
    let mut text = String::new();
    let mut alone = false;
    for word in letters.split_whitespace() {
        let is_alone = word.chars().count() == 1;
        let joins = alone && is_alone || is_chinese(word);
        if !(joins || text.is_empty()) {
            text.push(' ');
        }
        text.push_str(word);
        alone = is_alone;
    }
    text
}

/// Whether a word is written with Chinese characters.
pub fn is_chinese(word: &str) -> bool {
    word.chars()
        .any(|character| matches!(character, '\u{3400}'..='\u{9fff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_fold_however_they_are_dotted() {
        assert_eq!(folded("S. de R.L. de C.V."), "s de rl de cv");
        assert_eq!(folded("Sp. z o.o."), "sp zoo");
        assert_eq!(folded("合伙企业(有限合伙)"), "合伙企业有限合伙");
        assert_eq!(folded("Ośrodek"), "osrodek");
    }
}
