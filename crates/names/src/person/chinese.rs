//! Two names in Chinese characters.

use super::characters::{Character, LOOKS_ALIKE, spellings, way};
use super::form::{FIRST_STAND_IN, UNWRITTEN};
use super::token::key;
use crate::readings;
use crate::{Comparison, Reason, Reasons};

/// Surnames of two characters (复姓), two and two.
const COMPOUND_SURNAMES: &str = "欧阳上官司马诸葛司徒夏侯皇甫令狐慕容尉迟东方端木独孤南宫万俟闻人赫连公孙长孙宇文轩辕呼延淳于单于\
    太叔申屠仲孙钟离鲜于闾丘司空亓官巫马公西漆雕乐正壤驷公良拓跋夹谷宰父谷梁段干百里东郭南门羊舌微生梁丘左丘东门西门南荣第五\
    欧侯哈同爱新叶赫纳兰完颜耶律澹台公冶宗政濮阳太史公羊";

/// Longer names are transcriptions, where single characters say less.
const LONGEST_CHINESE: usize = 4;

/// How many characters of a name are the surname.
pub(super) fn surname_length(name: &[char]) -> usize {
    let compound = match name {
        [first, second, _, ..] => {
            let mut surnames = COMPOUND_SURNAMES.chars();
            std::iter::from_fn(|| Some([surnames.next()?, surnames.next()?]))
                .any(|surname| surname == [*first, *second])
        }
        _ => false,
    };
    if compound { 2 } else { 1 }
}

/// The surname of a name in Chinese characters, folded; none where the name is in other letters or a transcription,
/// since there nobody knows which word it is.
///
/// ```
/// assert_eq!(names::surname("歐陽修").as_deref(), Some("欧阳"));
/// assert_eq!(names::surname("王 芳").as_deref(), Some("王"));
/// assert_eq!(names::surname("ZHANG San"), None);
/// ```
pub fn surname(name: &str) -> Option<String> {
    let name: Vec<char> = crate::fold(name).chars().collect();
    let is_name = (2..=LONGEST_CHINESE).contains(&name.len());
    let is_chinese = name.iter().copied().all(crate::han::is_han);
    (is_name && is_chinese).then(|| name[..surname_length(&name)].iter().collect())
}

/// Compares two folded names that differ or not.
pub(super) fn compare(left: &[char], right: &[char]) -> Comparison {
    if left.is_empty() || right.is_empty() {
        return Comparison::new(0.0, Reasons::of(Reason::Missing));
    }
    if left == right {
        return if left.contains(&UNWRITTEN) {
            Comparison::new(0.85, Reasons::of(Reason::Placeholder))
        } else {
            Comparison::new(1.0, Reasons::NONE)
        };
    }
    let (short, long) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    if long.len() > LONGEST_CHINESE {
        return transcribed(short, long);
    }
    if short.len() == long.len() {
        return same_length(short, long);
    }
    lacking(short, long)
}

fn same_length(left: &[char], right: &[char]) -> Comparison {
    let surname = surname_length(left).min(surname_length(right));
    let mut reasons = Reasons::NONE;
    let (mut score, mut unlike, mut alike) = (1.0_f32, 0, 0);
    let mut surname_differs = false;
    for (place, (one, other)) in left.iter().zip(right).enumerate() {
        if one == other {
            continue;
        }
        let (likeness, reason) = likeness(*one, *other, place < surname);
        if likeness > 0.0 {
            reasons = reasons.and(reason);
            alike += 1;
            score *= likeness;
        } else {
            unlike += 1;
            surname_differs |= place < surname;
            let part = if place < surname {
                Reason::Surname
            } else {
                Reason::GivenName
            };
            reasons = reasons.with(part);
        }
    }
    let length = left.len();
    if unlike > 0 {
        let common = length - unlike - alike;
        // One character in common out of two says little; a common surname alone says nearly nothing.
        let base = match (length, common) {
            (_, 0) => 0.0,
            (2, _) => 0.22,
            (3, 2) if surname_differs => 0.4,
            (3, 2) => 0.42,
            (3, _) => 0.15,
            (_, 3) => 0.5,
            (_, 2) => 0.25,
            _ => 0.1,
        };
        return Comparison::new(base, reasons);
    }
    // Of two characters, one that only sounds or looks alike leaves less than of three.
    if length == 2 {
        score -= 0.05;
    }
    if length == 1 {
        score *= 0.5;
    }
    Comparison::new(f64::from(score), reasons)
}

/// How far one character can stand for another, and why.
fn likeness(one: char, other: char, surname: bool) -> (f32, Reasons) {
    if one == UNWRITTEN || other == UNWRITTEN {
        return (0.78, Reasons::of(Reason::Placeholder));
    }
    if u32::from(one.max(other)) >= FIRST_STAND_IN {
        let spelled = is_spelled(one.min(other), one.max(other));
        return (
            if spelled { 0.9 } else { 0.0 },
            Reasons::of(Reason::Placeholder),
        );
    }
    let (Some(left), Some(right)) = (Character::of(one), Character::of(other)) else {
        return (0.0, Reasons::NONE);
    };
    let looks = left.looks_like(right) >= LOOKS_ALIKE;
    let sounds = sounds_same(one, left, other, right, surname);
    let (likeness, reason): (f32, Reasons) = match (sounds, looks) {
        (true, true) => (
            0.88,
            Reasons::of(Reason::Homophone).with(Reason::LooksAlike),
        ),
        (true, false) => (0.82, Reasons::of(Reason::Homophone)),
        (false, true) => (0.8, Reasons::of(Reason::LooksAlike)),
        (false, false) if sounds_near(left, right) => (0.7, Reasons::of(Reason::SoundsAlike)),
        (false, false) => (0.0, Reasons::NONE),
    };
    // People know how their own surname is written.
    (
        f32::max(if surname { likeness - 0.08 } else { likeness }, 0.0),
        reason,
    )
}

/// Whether a stand-in is the pinyin of a character.
fn is_spelled(character: char, stand_in: char) -> bool {
    let digest = u32::from(stand_in) - FIRST_STAND_IN;
    Character::of(character).is_some_and(|known| {
        known
            .readings()
            .flat_map(|reading| spellings(reading.syllable))
            .any(|(flags, text)| flags & way::PINYIN != 0 && key(text) & 0xffff == digest)
    })
}

fn sounds_same(one: char, left: Character, other: char, right: Character, surname: bool) -> bool {
    if surname && let (Some(left), Some(right)) = (readings::surname(one), readings::surname(other))
    {
        return left == right;
    }
    left.readings().next().is_some_and(|first| {
        right
            .readings()
            .any(|reading| reading.syllable == first.syllable)
    }) || right.readings().next().is_some_and(|first| {
        left.readings()
            .any(|reading| reading.syllable == first.syllable)
    })
}

fn sounds_near(left: Character, right: Character) -> bool {
    let (Some(left), Some(right)) = (left.readings().next(), right.readings().next()) else {
        return false;
    };
    let pinyin = spellings(right.syllable)
        .find(|(flags, _)| flags & way::PINYIN != 0)
        .map(|(_, text)| text);
    spellings(left.syllable).any(|(flags, text)| flags & way::NEAR != 0 && Some(text) == pinyin)
}

/// One name has fewer characters than the other.
fn lacking(short: &[char], long: &[char]) -> Comparison {
    let base = |score, reasons| Comparison::new(score, reasons);
    if short.len() == 1 {
        let surname = long.first() == short.first();
        return base(
            if surname { 0.2 } else { 0.1 },
            Reasons::of(Reason::PartOnly),
        );
    }
    let (surname, given) = long.split_at(surname_length(long));
    if long.starts_with(short) {
        let reasons = Reasons::of(Reason::Truncation);
        return base(
            if short.len() > surname.len() {
                0.6
            } else {
                0.2
            },
            reasons,
        );
    }
    if given == short {
        return base(0.55, Reasons::of(Reason::PartOnly));
    }
    if short.first() == long.first() && short.last() == long.last() {
        return base(0.5, Reasons::of(Reason::MissingWords));
    }
    let common = short.iter().filter(|it| long.contains(it)).count();
    let score = if common + 1 >= short.len() && common > 1 {
        0.35
    } else {
        0.1
    };
    base(score, Reasons::of(Reason::Different))
}

/// Names of more than four characters: weighted editing, a character that sounds alike counting half.
fn transcribed(short: &[char], long: &[char]) -> Comparison {
    let mut row = [0.0_f32; super::form::MOST_CHARACTERS + 1];
    for (place, _) in long.iter().enumerate() {
        row[place + 1] = row[place] + 1.0;
    }
    let mut reasons = Reasons::of(Reason::Spelling);
    for one in short {
        let mut diagonal = row[0];
        row[0] += 1.0;
        for (place, other) in long.iter().enumerate() {
            let (alike, reason) = if one == other {
                (1.0, Reasons::NONE)
            } else {
                likeness(*one, *other, false)
            };
            let replaced = diagonal + 1.0 - alike;
            diagonal = row[place + 1];
            let moved = diagonal.min(row[place]) + 1.0;
            row[place + 1] = replaced.min(moved);
            if replaced < moved && alike < 1.0 {
                reasons = reasons.and(reason);
            }
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "twelve at most")]
    let length = long.len() as f32;
    let distance = row[long.len()] / length;
    let mut score = (1.0 - 1.4 * distance).max(0.0);
    if long.starts_with(short) && short.len() > 2 {
        score = score.max(0.6);
        reasons = Reasons::of(Reason::Truncation);
    }
    Comparison::new(f64::from(score), reasons)
}
