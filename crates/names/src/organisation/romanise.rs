//! Words of other scripts in Latin letters.

use crate::person::letters::{Letter, spell};

/// Writes a folded word behind a text, in Latin letters; letters that nothing is known of stay.
pub(super) fn write(word: &str, text: &mut String) {
    for character in word.chars() {
        if character.is_ascii() {
            text.push(character);
            continue;
        }
        spell(character, |letter| match letter {
            Letter::Spelled(letters, _) => text.push_str(letters),
            Letter::Raw(letter) => text.push(letter),
            Letter::Dropped | Letter::Separator => {}
        });
    }
}
