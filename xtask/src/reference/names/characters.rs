//! Chinese characters with their sounds and shapes.
//!
//! `characters.bin`: one record of 24 bytes for each code point from U+3400 to U+9FFF: four Mandarin readings, the usual first, each
//! eight times the syllable plus the tone; three Cantonese syllables (two bytes each, 0xFFFF where there is none); the
//! phonetic group (two); strokes and the five digits of the four-corner code (four); five letters of the Cangjie code (four).

use std::collections::BTreeMap;

use anyhow::Result;

use super::super::Table;
use super::super::binary::Records;
use super::mandarin;
use super::unihan::Unihan;

const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';
const NONE: u16 = 0xffff;

pub struct Made {
    pub table: Table,
    pub mandarin: Vec<String>,
    pub cantonese: Vec<String>,
}

pub fn make(unihan: &Unihan) -> Result<Made> {
    let mut sounds = BTreeMap::new();
    for character in FIRST..=LAST {
        let heard = (readings(unihan, character), syllables(unihan, character));
        sounds.insert(character, heard);
    }
    let mut mandarin: Vec<String> = sounds
        .values()
        .flat_map(|(readings, _)| readings.iter().map(|(syllable, _)| syllable.clone()))
        .collect();
    let mut all_cantonese: Vec<String> = sounds
        .values()
        .flat_map(|(_, syllables)| syllables.iter().cloned())
        .collect();
    for list in [&mut mandarin, &mut all_cantonese] {
        list.sort();
        list.dedup();
    }
    let mut records = Records::new(24);
    for (character, (readings, syllables)) in &sounds {
        let mut record = Vec::new();
        for place in 0..4 {
            let reading = readings.get(place).map_or(Ok(NONE), |(syllable, tone)| {
                let syllable = mandarin.partition_point(|known| known < syllable);
                u16::try_from(syllable * 8 + usize::from(*tone))
            })?;
            record.extend(reading.to_le_bytes());
        }
        for place in 0..3 {
            let syllable = syllables.get(place).map_or(Ok(NONE), |syllable| {
                u16::try_from(all_cantonese.partition_point(|known| known < syllable))
            })?;
            record.extend(syllable.to_le_bytes());
        }
        record.extend(phonetic(unihan, *character).to_le_bytes());
        record.extend(corners(unihan, *character).to_le_bytes());
        record.extend(cangjie(unihan, *character).to_le_bytes());
        records.push(&[&record])?;
    }
    let table = Table {
        path: "crates/names/tables/characters.bin",
        what: "a Chinese character with its sounds and the codes of its shape",
        rows: records.len(),
        bytes: records.into_bytes(),
    };
    Ok(Made {
        table,
        mandarin,
        cantonese: all_cantonese,
    })
}

/// Mandarin readings, the customary first.
fn readings(unihan: &Unihan, character: char) -> Vec<(String, u8)> {
    let mut found: Vec<(String, u8)> = Vec::new();
    // Large dictionaries know readings that nobody is called by; they serve where the others are silent.
    let usual = ["kMandarin", "kTGHZ2013", "kHanyuPinlu"];
    let large = ["kXHC1983", "kHanyuPinyin"];
    for fields in [&usual[..], &large[..]] {
        if !found.is_empty() {
            break;
        }
        for field in fields {
            for word in unihan.words(character, field) {
                let spelled = word.split(':').next_back().unwrap_or_default();
                for sound in spelled.split(',') {
                    let sound = sound.split('(').next().unwrap_or_default();
                    let reading = mandarin::without_tone(sound);
                    found.extend(reading.filter(|reading| !found.contains(reading)));
                }
            }
        }
    }
    // A neutral tone beside a full one says nothing about a name.
    let full: Vec<(String, u8)> = found
        .iter()
        .filter(|(_, tone)| *tone != 5)
        .cloned()
        .collect();
    if full.is_empty() { found } else { full }
}

/// Cantonese syllables of a character, or of the traditional characters that it stands for.
fn syllables(unihan: &Unihan, character: char) -> Vec<String> {
    let mut found = Vec::new();
    let traditional = unihan.characters(character, "kTraditionalVariant");
    for written in std::iter::once(character).chain(traditional) {
        for sound in unihan.words(written, "kCantonese") {
            let syllable: String = sound.chars().filter(char::is_ascii_lowercase).collect();
            if !syllable.is_empty() && !found.contains(&syllable) {
                found.push(syllable);
            }
        }
    }
    found
}

fn phonetic(unihan: &Unihan, character: char) -> u16 {
    let traditional = unihan.characters(character, "kTraditionalVariant");
    let groups = std::iter::once(character)
        .chain(traditional)
        .find_map(|written| unihan.words(written, "kPhonetic").next());
    let digits = groups.map(|word| {
        let digits = word.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        digits.parse().unwrap_or(0)
    });
    digits.unwrap_or(0)
}

fn corners(unihan: &Unihan, character: char) -> u32 {
    let code = unihan
        .words(character, "kFourCornerCode")
        .next()
        .unwrap_or_default();
    let digits = code.chars().filter_map(|digit| digit.to_digit(10));
    // A missing digit is 15, so that it differs from every digit.
    let mut packed = [15_u32; 5];
    for (place, digit) in packed.iter_mut().zip(digits) {
        *place = digit;
    }
    let strokes: u32 = unihan
        .words(character, "kTotalStrokes")
        .next()
        .and_then(|strokes| strokes.parse().ok())
        .unwrap_or(0);
    packed
        .iter()
        .fold(strokes.min(255), |code, digit| code << 4 | digit)
}

fn cangjie(unihan: &Unihan, character: char) -> u32 {
    let code = unihan
        .words(character, "kCangjie")
        .next()
        .unwrap_or_default();
    let mut packed = 0;
    for (place, letter) in code.bytes().take(5).enumerate() {
        packed |= u32::from(letter & 31) << (5 * place);
    }
    packed
}
