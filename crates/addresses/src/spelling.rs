//! The same thing in other characters: folded names, and numbers without their units. Nothing allocates.

use crate::characters::fold;

/// The most characters of a name or number that are compared.
const LONGEST: usize = 48;

/// Characters of a name or number in the form in which they are compared.
#[derive(Clone, Copy)]
pub(crate) struct Spelling {
    characters: [char; LONGEST],
    length: usize,
}

impl Spelling {
    fn none() -> Self {
        Self {
            characters: [' '; LONGEST],
            length: 0,
        }
    }

    fn push(&mut self, character: char) {
        if let Some(slot) = self.characters.get_mut(self.length) {
            *slot = character;
            self.length += 1;
        }
    }

    /// A name: half width, simplified, upper case, without blanks and punctuation.
    pub fn of_name(text: &str) -> Self {
        let mut name = Self::none();
        for character in text
            .chars()
            .map(fold)
            .filter(|character| character.is_alphanumeric())
        {
            name.push(character.to_ascii_uppercase());
        }
        name
    }

    /// A number: digits, letters and dashes; 三号楼, 3幢 and ３栋 are the same.
    pub fn of_number(text: &str) -> Self {
        let mut number = Self::none();
        let mut chinese: Option<u32> = None;
        for character in text.chars().map(fold) {
            if let Some(value) = numeral(character) {
                chinese = Some(joined(chinese, value));
                continue;
            }
            number.push_chinese(chinese.take());
            match character {
                '-' | '~' => number.push('-'),
                '甲' | '乙' | '丙' | '丁' | '负' | '附' => number.push(character),
                other if other.is_ascii_alphanumeric() => number.push(other.to_ascii_uppercase()),
                _ => {}
            }
        }
        number.push_chinese(chinese);
        // 3F is the third floor.
        if number.length > 1
            && number.characters.get(number.length - 1) == Some(&'F')
            && text.len() == number.length
        {
            number.length -= 1;
        }
        number
    }

    fn push_chinese(&mut self, value: Option<u32>) {
        let Some(value) = value else { return };
        let mut unit = 1_000_000;
        while unit > value && unit > 1 {
            unit /= 10;
        }
        while unit > 0 {
            self.push(char::from_digit(value / unit % 10, 10).unwrap_or('0'));
            unit /= 10;
        }
    }

    pub fn characters(&self) -> &[char] {
        self.characters.get(..self.length).unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether one of them holds all of the other.
    pub fn holds(&self, other: &Self) -> bool {
        let (long, short) = if self.length < other.length {
            (other, self)
        } else {
            (self, other)
        };
        short.length > 1
            && long
                .characters()
                .windows(short.length)
                .any(|window| window == short.characters())
    }

    /// Twice the pairs of neighbours that both have, by all pairs: 0 to 1000.
    pub fn likeness(&self, other: &Self) -> u16 {
        let pairs = |spelling: &Self| spelling.length.saturating_sub(1);
        let all = pairs(self) + pairs(other);
        if all == 0 {
            return if self.characters() == other.characters() {
                1_000
            } else {
                0
            };
        }
        let mut taken = [false; LONGEST];
        let mut shared = 0;
        for pair in self.characters().windows(2) {
            let found = other
                .characters()
                .windows(2)
                .zip(&mut taken)
                .find(|(window, taken)| !**taken && *window == pair);
            if let Some((_, taken)) = found {
                *taken = true;
                shared += 1;
            }
        }
        u16::try_from(shared * 2_000 / all).unwrap_or(1_000)
    }
}

impl PartialEq for Spelling {
    fn eq(&self, other: &Self) -> bool {
        self.characters() == other.characters()
    }
}

fn numeral(character: char) -> Option<u32> {
    Some(match character {
        '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '廿' => 20,
        _ => return None,
    })
}

/// 二 then 十 is 20, 二十 then 三 is 23, 一 then 五 is 15, said digit by digit.
fn joined(before: Option<u32>, value: u32) -> u32 {
    match before {
        None => value,
        Some(before) if value >= 10 => {
            let tail = if before % 10 == 0 { 1 } else { before % 10 };
            (before - before % 10 + tail * value).min(999_999)
        }
        Some(before) if before >= 10 && before % 10 == 0 => before + value,
        Some(before) => (before * 10 + value).min(999_999),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn number(text: &str) -> String {
        Spelling::of_number(text).characters().iter().collect()
    }

    #[test]
    fn numbers_are_the_same_in_every_writing() {
        for text in ["12号", "十二号", "１２號", "一二号", "12"] {
            assert_eq!(number(text), "12", "{text}");
        }
        assert_eq!(number("二十三幢"), "23");
        assert_eq!(number("一百零五室"), "105");
        assert_eq!(number("3F"), "3");
        assert_eq!(number("a座"), "A");
        assert_eq!(number("甲5号"), "甲5");
    }

    #[test]
    fn likeness_counts_shared_pairs() {
        let alike = |left, right| Spelling::of_name(left).likeness(&Spelling::of_name(right));
        assert_eq!(alike("金地自在城", "金地自在城"), 1_000);
        assert_eq!(alike("金地自在城", "金地自在"), 857);
        assert_eq!(alike("金地", "万科"), 0);
    }
}
