//! Names in words, and Chinese names read aloud beside them.

use super::evidence::Evidence;
use super::lexicon::{Class, Meaning};
use super::name::{OrganisationName, PartKind, Token};
use super::words_alignment::{self, MOST_WORDS, Word};
use crate::Reason;
use crate::comparison::Comparison;
use crate::search_keys::each_reading;

/// Two names in words.
pub(super) fn in_words(left: &OrganisationName, right: &OrganisationName) -> Evidence {
    let (mut one, mut other) = ([NO_WORD; MOST_WORDS], [NO_WORD; MOST_WORDS]);
    let count = words_of(left, &mut one);
    let others = words_of(right, &mut other);
    words_alignment::align(&one[..count], &other[..others])
}

const NO_WORD: Word<'static> = Word {
    letters: "",
    meaning: Meaning::OWN,
    weight: 0.0,
    initials: "",
};

fn words_of<'name>(name: &'name OrganisationName, words: &mut [Word<'name>; MOST_WORDS]) -> usize {
    let mut count = 0;
    for token in name.tokens() {
        if matches!(token.kind, PartKind::LegalForm | PartKind::Branch) {
            continue;
        }
        if let Some(slot) = words.get_mut(count) {
            let letters = name.spelled(token);
            *slot = Word {
                letters,
                meaning: token.meaning,
                weight: weight(token.meaning, letters, name.has_own()),
                initials: "",
            };
            count += 1;
        }
    }
    count
}

fn weight(meaning: Meaning, letters: &str, has_own: bool) -> f64 {
    let of_table = f64::from(meaning.weight) / 100.0;
    match meaning.class {
        Class::Own if letters.len() <= 2 => 0.6,
        Class::Own | Class::Known => 1.0,
        Class::Place => {
            if has_own {
                0.4
            } else {
                0.6
            }
        }
        Class::Small => 0.02,
        Class::Trade | Class::Kind | Class::Generic if !has_own => of_table.max(0.5),
        _ => of_table,
    }
}

/// A Chinese name beside one in words: the characters by their sounds, the trades by their meaning.
pub(super) fn across(chinese: &OrganisationName, in_words: &OrganisationName) -> Evidence {
    let sounds = Sounds::of(chinese);
    let mut one = [NO_WORD; MOST_WORDS];
    let count = sounds.words(chinese, &mut one);
    let mut other = [NO_WORD; MOST_WORDS];
    let others = words_of(in_words, &mut other);
    let mut evidence = words_alignment::align(&one[..count], &other[..others]);
    if evidence.reasons.contains(Reason::TradeName)
        && let Some((place, found)) = spelled_otherwise(chinese, &one[..count], &other[..others])
    {
        for (from, word) in other[..others]
            .iter_mut()
            .enumerate()
            .filter(|(_, word)| word.meaning.class == Class::Own)
        {
            *word = if from == place.1 {
                one[place.0]
            } else {
                Word {
                    weight: 0.0,
                    letters: "",
                    ..*word
                }
            };
        }
        evidence = words_alignment::align(&one[..count], &other[..others]);
        evidence.shared *= found.score;
        evidence.reasons = evidence.reasons.and(found.reasons);
    }
    evidence.factor *= 0.95;
    evidence.with(Reason::Script)
}

/// Whether the own words of one side spell the trade name of the other in Cantonese, Wade–Giles or another system: the
/// places of both.
fn spelled_otherwise(
    chinese: &OrganisationName,
    one: &[Word<'_>],
    other: &[Word<'_>],
) -> Option<((usize, usize), Comparison)> {
    let (place, token) = sounded(chinese)
        .enumerate()
        .take(one.len())
        .find(|(_, token)| token.meaning.class == Class::Own)?;
    let mut spelled = String::new();
    let mut first = None;
    for (place, word) in other
        .iter()
        .enumerate()
        .filter(|(_, word)| word.meaning.class == Class::Own)
    {
        first.get_or_insert(place);
        spelled.push_str(word.letters);
        spelled.push(' ');
    }
    let trade_name = chinese.word(token);
    if !(2..=6).contains(&trade_name.chars().count()) || spelled.len() > 60 {
        return None;
    }
    let found = crate::person::compare(trade_name, spelled.trim_end());
    (found.score >= LEAST_SPELLED).then_some(((place, first?), found))
}

/// Letters that spell a trade name less surely are other words.
const LEAST_SPELLED: f64 = 0.75;

/// The pinyin of each word of a Chinese name, and behind it the first letters of its syllables.
struct Sounds {
    letters: String,
    /// Where a word begins, where its initials begin, and where these end.
    places: Vec<(usize, usize, usize)>,
}

impl Sounds {
    fn of(name: &OrganisationName) -> Self {
        let mut sounds = Self {
            letters: String::with_capacity(80),
            places: Vec::with_capacity(8),
        };
        for token in sounded(name) {
            sounds.add(name.word(token));
        }
        sounds
    }

    fn add(&mut self, word: &str) {
        let from = self.letters.len();
        let mut initials = [0_u8; 16];
        let mut count = 0;
        each_reading(word, |character, reading| {
            let begin = self.letters.len();
            match reading {
                Some(reading) => {
                    let plain = |letter| if letter == 'ü' { 'u' } else { letter };
                    self.letters.extend(reading.chars().map(plain));
                }
                None if character != ' ' => self.letters.push(character),
                None => {}
            }
            let first = self.letters.as_bytes().get(begin);
            if let (Some(first), Some(slot)) = (
                first.filter(|first| first.is_ascii()),
                initials.get_mut(count),
            ) {
                *slot = *first;
                count += 1;
            }
        });
        let to = self.letters.len();
        self.letters
            .extend(initials[..count].iter().copied().map(char::from));
        self.places.push((from, to, self.letters.len()));
    }

    fn words<'sounds>(
        &'sounds self,
        name: &OrganisationName,
        words: &mut [Word<'sounds>; MOST_WORDS],
    ) -> usize {
        let mut count = 0;
        for (token, (from, to, end)) in sounded(name).zip(&self.places) {
            let Some(slot) = words.get_mut(count) else {
                break;
            };
            let own = matches!(token.meaning.class, Class::Own | Class::Known);
            let characters = name.word(token).chars().count().min(3);
            let weight = if own {
                [0.0, 0.5, 1.0, 1.5][characters]
            } else {
                weight(token.meaning, "", name.has_own())
            };
            let letters = &self.letters[*from..*to];
            *slot = Word {
                letters,
                meaning: token.meaning,
                weight,
                initials: &self.letters[*to..*end],
            };
            count += 1;
        }
        count
    }
}

fn sounded(name: &OrganisationName) -> impl Iterator<Item = &Token> {
    name.tokens().iter().filter(|token| match token.kind {
        PartKind::Branch => false,
        PartKind::LegalForm => token.meaning.class == Class::Kind,
        _ => true,
    })
}
