//! Chinese characters: one table look-up turns any of them into the form names are compared in.
//!
//! Conversion is by character, not by phrase, so that a part of a name folds like the whole. The
//! table is computed once from the converter, which takes some milliseconds, because asking the
//! converter for every name would cost more than all the rest of folding.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use crate::readings;
use crate::variants::{KEPT, VARIANTS};

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;
const CODE: u32 = 0x001f_ffff;
const STARTS_READING: u32 = 1 << 31;

/// Conversions may chain (a variant of a traditional character); none is longer than this.
const LONGEST_CHAIN: usize = 4;

static TABLE: LazyLock<HanTable> = LazyLock::new(HanTable::build);

/// The folded form of every character, and whether it starts something in the reading tables.
pub(crate) struct HanTable {
    /// Code point in the low 21 bits, the mark in the highest.
    entries: Box<[u32]>,
    converter: Option<OpenCC>,
}

/// The table, built at first use.
pub(crate) fn table() -> &'static HanTable {
    &TABLE
}

/// Whether a character is a Chinese one, in any plane.
pub(crate) fn is_han(character: char) -> bool {
    character >= '\u{3007}'
        && matches!(
            character,
            '\u{3400}'..='\u{9fff}'
                | '〇'
                | '\u{20000}'..='\u{323af}'
                // The twelve of the compatibility block that are characters of their own.
                | '\u{fa0e}' | '\u{fa0f}' | '\u{fa11}' | '\u{fa13}' | '\u{fa14}' | '\u{fa1f}'
                | '\u{fa21}' | '\u{fa23}' | '\u{fa24}' | '\u{fa27}'..='\u{fa29}'
        )
}

impl HanTable {
    /// The simplified, usual form of a Chinese character; any other character as it is.
    pub(crate) fn fold(&self, character: char) -> char {
        match self.entry(character) {
            Some(entry) => char::from_u32(entry & CODE).unwrap_or(character),
            None if is_han(character) => {
                settle(character, |it| convert(self.converter.as_ref(), it))
            }
            None => character,
        }
    }

    /// Whether a reading of its own may begin at this folded character.
    pub(crate) fn starts_reading(&self, character: char) -> bool {
        self.entry(character)
            .is_some_and(|entry| entry & STARTS_READING != 0)
    }

    fn entry(&self, character: char) -> Option<u32> {
        let place = u32::from(character).checked_sub(FIRST)?;
        self.entries.get(usize::try_from(place).ok()?).copied()
    }

    fn build() -> Self {
        // The dictionaries are compiled in, so this fails in no build that passed the tests;
        // without them names would still fold, only not across scripts.
        let converter = OpenCC::from_config(BuiltinConfig::T2s).ok();
        let mut entries: Box<[u32]> = (FIRST..=LAST)
            .map(|code| {
                let character = char::from_u32(code).unwrap_or_default();
                u32::from(settle(character, |it| convert(converter.as_ref(), it)))
            })
            .collect();
        for start in readings::starts() {
            let place = u32::from(start)
                .checked_sub(FIRST)
                .and_then(|it| usize::try_from(it).ok());
            if let Some(entry) = place.and_then(|place| entries.get_mut(place)) {
                *entry |= STARTS_READING;
            }
        }
        Self { entries, converter }
    }
}

fn settle(mut character: char, convert: impl Fn(char) -> char) -> char {
    for _ in 0..LONGEST_CHAIN {
        let next = convert(character);
        if next == character {
            break;
        }
        character = next;
    }
    character
}

fn convert(converter: Option<&OpenCC>, character: char) -> char {
    if KEPT.contains(&character) {
        return character;
    }
    if let Some((_, usual)) = VARIANTS.iter().find(|(variant, _)| *variant == character) {
        return *usual;
    }
    let Some(converter) = converter else {
        return character;
    };
    let text = converter.convert(character.encode_utf8(&mut [0; 4]));
    let mut simplified = text.chars();
    match (simplified.next(), simplified.next()) {
        (Some(simplified), None) => simplified,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionaries_are_there() {
        assert!(table().converter.is_some());
        assert_eq!(table().fold('龍'), '龙');
    }

    #[test]
    fn folding_a_folded_character_changes_nothing() {
        for code in (FIRST..=LAST).chain(0x20000..0x20400) {
            let folded = table().fold(char::from_u32(code).unwrap());
            assert_eq!(table().fold(folded), folded, "{code:x}");
        }
    }

    #[test]
    fn variants_lead_to_a_form_that_is_final() {
        for (variant, usual) in VARIANTS {
            assert_eq!(table().fold(*usual), *usual, "{variant}");
            assert_eq!(table().fold(*variant), *usual);
        }
    }

    #[test]
    fn names_keep_what_general_text_merges() {
        for kept in KEPT {
            assert_eq!(table().fold(*kept), *kept);
        }
    }
}
