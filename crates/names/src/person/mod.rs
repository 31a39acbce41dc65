//! Names of persons: how far two of them agree, and the keys they are found by.

mod aliases;
mod alignment;
mod arabic;
pub(crate) mod characters;
mod chinese;
mod form;
mod keys;
mod korean;
pub(crate) mod letters;
mod names_table;
mod romanised;
mod small_words;
mod sound_costs;
mod sounds;
mod spelled_sounds;
mod syllabic;
mod token;

use crate::comparison::Comparison;
use crate::{Reason, Reasons};
pub use chinese::surname;
use form::Form;

/// One name that agrees where several were told says so much at most.
const ONE_OF_SEVERAL: f64 = 0.97;

/// Compares two names of persons.
pub(crate) fn compare(left: &str, right: &str) -> Comparison {
    if left == right {
        return if crate::folding::has_content(left) {
            Comparison::new(1.0, Reasons::of(Reason::Identical))
        } else {
            Comparison::new(0.0, Reasons::of(Reason::Missing))
        };
    }
    PreparedName::new(left).compare(&PreparedName::new(right))
}

/// A name of a person, read once to be compared with many.
///
/// ```
/// use names::PreparedName;
///
/// let sought = PreparedName::new("马云（曾用名：马大云）");
/// let best = ["Ma Yun", "Jack MA Yun", "Ma Ying"].map(|name| sought.compare(&PreparedName::new(name)).score);
/// assert!(best[0] > best[1] && best[1] > 0.8 && best[2] < 0.5);
/// ```
#[derive(Debug, Clone)]
pub struct PreparedName {
    main: Form,
    aliases: Vec<Form>,
}

impl PreparedName {
    /// Reads a name with its aliases; what exceeds the limits of a name is left out.
    pub fn new(name: &str) -> Self {
        let end = if name.len() <= form::MOST_READ {
            name.len()
        } else {
            let mut characters = name.char_indices();
            characters
                .nth(form::MOST_READ)
                .map_or(name.len(), |(end, _)| end)
        };
        let text = &name[..end];
        if let Some((only, title)) = aliases::only_name(text) {
            let mut main = Form::read(only);
            main.noticed = title.map_or(main.noticed, |reason| main.noticed.with(reason));
            return Self {
                main,
                aliases: Vec::new(),
            };
        }
        Self::with_aliases(name, text)
    }

    fn with_aliases(name: &str, text: &str) -> Self {
        let mut prepared: Option<Self> = None;
        let mut noticed = Reasons::NONE;
        aliases::each_name(text, |name, title| {
            noticed = title.map_or(noticed, |reason| noticed.with(reason));
            match &mut prepared {
                None => {
                    prepared = Some(Self {
                        main: Form::read(name),
                        aliases: Vec::new(),
                    });
                }
                Some(prepared) if !name.is_empty() => prepared.aliases.push(Form::read(name)),
                Some(_) => {}
            }
        });
        let mut prepared = prepared.unwrap_or_else(|| Self {
            main: Form::read(name),
            aliases: Vec::new(),
        });
        prepared.main.noticed = prepared.main.noticed.and(noticed);
        prepared
    }

    /// Compares two names; the order of the two does not matter.
    pub fn compare(&self, other: &Self) -> Comparison {
        let mut best = compare_forms(&self.main, &other.main);
        let pairs = self
            .forms()
            .flat_map(|left| other.forms().map(move |right| (left, right)));
        for (left, right) in pairs.skip(1) {
            let mut compared = compare_forms(left, right);
            compared.reasons = compared.reasons.with(Reason::Alias);
            // Of equal scores always the same, whichever name was left.
            let order = compared.score.total_cmp(&best.score);
            if order.then(best.reasons.cmp(&compared.reasons)).is_gt() {
                best = compared;
            }
        }
        if !self.says_as_much_as(other) {
            best.score = best.score.min(ONE_OF_SEVERAL);
        }
        best
    }

    /// Whether both texts tell one name, or both the same ones.
    fn says_as_much_as(&self, other: &Self) -> bool {
        let one_each = self.aliases.is_empty() && other.aliases.is_empty();
        one_each
            || self.aliases.len() == other.aliases.len()
                && self
                    .forms()
                    .zip(other.forms())
                    .all(|(one, two)| one.written == two.written && one.han() == two.han())
    }

    fn forms(&self) -> impl Iterator<Item = &Form> {
        std::iter::once(&self.main).chain(&self.aliases)
    }
}

/// Compares two names that have no aliases.
fn compare_forms(left: &Form, right: &Form) -> Comparison {
    let mut compared = match (left.han(), right.han()) {
        ([], []) => alignment::compare(left, right),
        ([], _) => in_letters(right, left),
        (_, []) => in_letters(left, right),
        (one, other) => chinese::compare(one, other),
    };
    if compared.score > 0.0 {
        compared.reasons = compared.reasons.and(left.noticed.either(right.noticed));
        if compared.reasons.is_empty() {
            compared.reasons = Reasons::of(Reason::Writing);
        }
    } else if left.is_empty() || right.is_empty() {
        compared.reasons = Reasons::of(Reason::Missing);
    }
    compared
}

/// Compares Chinese characters with letters; transcribed names word by word.
fn in_letters(characters: &Form, letters: &Form) -> Comparison {
    let han = characters.han();
    // Dots before and behind the characters are punctuation.
    let within = characters.dots >> 1 & ((1 << han.len().saturating_sub(1)) - 1);
    if within == 0 && han.len() <= romanised::LONGEST_NAME {
        return romanised::compare(characters.han(), letters);
    }
    let mut compared = alignment::compare(&characters.of_parts(), letters);
    // Transcription loses much, so that even what agrees is less sure.
    compared.score *= 0.95;
    if compared.score > 0.0 {
        compared.reasons = compared.reasons.with(Reason::Script);
    }
    compared
}

/// The digest under which the tables know a name of one word or of Chinese characters only; nothing for other names.
///
/// The tables are made with it, so they must be made anew when it changes.
#[doc(hidden)]
pub fn word_key(name: &str) -> Option<u32> {
    let form = Form::read(name);
    if let ([word], []) = (form.words(), form.han()) {
        return Some(word.key);
    }
    let mut words = form.words().iter().filter(|word| !word.is_small());
    match (words.next(), words.next(), form.han()) {
        (Some(word), None, []) => Some(word.key),
        (None, None, [_, ..]) => Some(han_key(form.han())),
        _ => None,
    }
}

fn han_key(characters: &[char]) -> u32 {
    let mut letters = [0; 4 * form::MOST_CHARACTERS];
    let mut length = 0;
    for character in characters {
        length += character.encode_utf8(&mut letters[length..]).len();
    }
    token::key(&letters[..length])
}

/// Keys under which the name of a person is found.
pub(crate) fn keys(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for form in PreparedName::new(name).forms() {
        keys::add(form, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}
