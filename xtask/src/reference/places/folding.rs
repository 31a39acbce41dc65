//! Characters: full width to half width, traditional to simplified, and a small number for each that names use.

use std::collections::{BTreeMap, BTreeSet};

/// For each character of the basic plane its folded form and its number in names.
pub struct Characters {
    folded: Vec<u16>,
    numbers: Vec<u16>,
    /// How many characters names use.
    count: u16,
}

impl Characters {
    /// `simplified` holds `traditional TAB simplified` rows; the numbers go by frequency in the keys.
    pub fn new(simplified: &str, keys: &BTreeMap<String, Vec<u32>>) -> Self {
        let mut folded: Vec<u16> = (0..=u16::MAX).collect();
        let mut fold = |from: char, to: char| {
            if let (Ok(from), Ok(to)) =
                (u16::try_from(u32::from(from)), u16::try_from(u32::from(to)))
                && let Some(slot) = folded.get_mut(usize::from(from))
            {
                *slot = to;
            }
        };
        let known: BTreeSet<char> = keys.keys().flat_map(|key| key.chars()).collect();
        for line in simplified.lines() {
            let mut fields = line.split('\t').filter_map(|field| field.chars().next());
            // What is a character of simplified names as well is left alone.
            if let (Some(from), Some(to)) = (fields.next(), fields.next())
                && !known.contains(&from)
            {
                fold(from, to);
            }
        }
        for code in 0xff01_u32..=0xff5e {
            if let (Some(from), Some(to)) = (char::from_u32(code), char::from_u32(code - 0xfee0)) {
                fold(from, to);
            }
        }
        for (from, to) in [
            ('\u{3000}', ' '),
            ('—', '-'),
            ('–', '-'),
            ('－', '-'),
            ('―', '-'),
            ('〇', '零'),
            ('．', '.'),
        ] {
            fold(from, to);
        }
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        for character in keys.keys().flat_map(|key| key.chars()) {
            *counts.entry(character).or_default() += 1;
        }
        let mut used: Vec<(usize, char)> = counts
            .into_iter()
            .map(|(character, count)| (count, character))
            .collect();
        used.sort_by_key(|(count, character)| (std::cmp::Reverse(*count), *character));
        let mut numbers = vec![0_u16; 65_536];
        let count = u16::try_from(used.len()).unwrap_or(u16::MAX);
        for (number, (_, character)) in (1_u16..).zip(used) {
            if let Some(slot) = usize::try_from(u32::from(character))
                .ok()
                .and_then(|code| numbers.get_mut(code))
            {
                *slot = number;
            }
        }
        Self {
            folded,
            numbers,
            count,
        }
    }

    /// How many characters names use; their numbers begin with 1.
    pub fn count(&self) -> u16 {
        self.count
    }

    /// The number of a folded character; 0 where no name uses it.
    pub fn number(&self, character: char) -> u16 {
        let code = usize::try_from(u32::from(character)).unwrap_or(usize::MAX);
        self.numbers.get(code).copied().unwrap_or_default()
    }

    /// Four bytes a character: folded form, then the number of that with its class in the three upper bits.
    pub fn into_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.folded.len() * 4);
        for folded in &self.folded {
            let number = self
                .numbers
                .get(usize::from(*folded))
                .copied()
                .unwrap_or_default();
            bytes.extend(folded.to_le_bytes());
            let class = class(char::from_u32(u32::from(*folded)).unwrap_or(' '));
            bytes.extend((class << 13 | number).to_le_bytes());
        }
        bytes
    }
}

/// Names as keys: without the blanks and dots that some sources put into them.
pub fn folded(name: &str) -> String {
    name.chars()
        .filter(|character| !matches!(character, ' ' | '\u{3000}'))
        .collect()
}

/// The characters at which names of roads, villages, estates and other places may end, or something else begin.
const ENDINGS: &str = "路街弄巷道线同村镇乡县号会区查苑墅庭邸寓轩府墘园庄组行城厦心场馆院店厂司局所校学团站际期电负地";

/// 0 blank or punctuation, 1 digit, 2 Latin letter, 3 Chinese numeral, 4 joins numbers, 6 may end a name, 7 province or
/// city, 5 anything else.
fn class(character: char) -> u16 {
    match character {
        '0'..='9' => 1,
        'a'..='z' | 'A'..='Z' => 2,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '零' | '百'
        | '两' | '廿' => 3,
        '-' | '~' => 4,
        '×'
        | '￥'
        | '\u{0}'..='\u{bf}'
        | '\u{2000}'..='\u{206f}'
        | '\u{feff}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '，'
        | '；'
        | '：'
        | '！'
        | '？'
        | '（'
        | '）' => 0,
        '省' | '市' => 7,
        other if ENDINGS.contains(other) => 6,
        _ => 5,
    }
}
