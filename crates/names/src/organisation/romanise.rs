//! Words of other scripts in Latin letters.

/// Russian letters from U+0430, in the commonest spelling.
const CYRILLIC: [&str; 32] = [
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
];

/// Writes a folded word behind a text, in Latin letters; letters that nothing is known of stay.
pub(super) fn write(word: &str, text: &mut String) {
    for character in word.chars() {
        let row = u32::from(character)
            .checked_sub(0x430)
            .and_then(|row| usize::try_from(row).ok());
        match row.and_then(|row| CYRILLIC.get(row)) {
            Some(letters) => text.push_str(letters),
            None => text.push(character),
        }
    }
}
