//! The distinct values of a field, small enough to compare millions of pairs.

mod address;
mod chinese_name;
mod code;
mod credit_code;
mod date;
mod email;
mod mobile;
mod organisation;
mod phone;
mod resident_id;
mod words;

use crate::book::Cell;
use crate::frequencies::{Frequencies, FrequencyModel};
use crate::hash;
use crate::kind::Kind;
use crate::level::{Agreement, Level};
use crate::word::Word;
use address::Address;
use chinese_name::ChineseName;
use credit_code::CreditCode;
use organisation::Organisations;
pub(crate) use phone::Phone;
use resident_id::ResidentId;
pub(crate) use words::WordLists;

/// What is kept of each value besides its hash.
pub(crate) enum Values {
    Choice,
    Codes(Vec<Word>),
    ResidentIds(Vec<ResidentId>),
    CreditCodes(Vec<CreditCode>),
    Phones(Vec<Phone>),
    Emails(Vec<Word>),
    Dates(Vec<u32>),
    Names(Vec<ChineseName>),
    Organisations(Organisations),
    Addresses(Vec<Address>),
    Words(WordLists),
}

/// Reads cells of one kind; its buffers serve again for each.
#[derive(Default)]
pub(crate) struct Normaliser {
    text: String,
    keys: names::SearchKeys,
}

impl Values {
    pub fn new(kind: Kind) -> Self {
        match kind {
            Kind::Choice => Self::Choice,
            Kind::Code | Kind::Mobile => Self::Codes(Vec::new()),
            Kind::ResidentId => Self::ResidentIds(Vec::new()),
            Kind::CreditCode => Self::CreditCodes(Vec::new()),
            Kind::Phone => Self::Phones(Vec::new()),
            Kind::Email => Self::Emails(Vec::new()),
            Kind::Date => Self::Dates(Vec::new()),
            Kind::ChineseName => Self::Names(Vec::new()),
            Kind::OrganisationName => Self::Organisations(Organisations::default()),
            Kind::ChineseAddress => Self::Addresses(Vec::new()),
            Kind::Words => Self::Words(WordLists::default()),
        }
    }

    /// Makes room for so many cells.
    pub fn reserve(&mut self, cells: usize) {
        match self {
            Self::Choice => {}
            Self::Codes(values) | Self::Emails(values) => values.reserve(cells),
            Self::ResidentIds(values) => values.reserve(cells),
            Self::CreditCodes(values) => values.reserve(cells),
            Self::Phones(values) => values.reserve(cells),
            Self::Dates(values) => values.reserve(cells),
            Self::Names(values) => values.reserve(cells),
            Self::Organisations(values) => values.reserve(cells),
            Self::Addresses(values) => values.reserve(cells),
            Self::Words(words) => words.reserve(cells),
        }
    }

    /// Reads a cell and keeps what comparing wants; the hash of its normal form, zero where there is none.
    pub fn push(&mut self, kind: Kind, cell: &str, normaliser: &mut Normaliser) -> u64 {
        match self {
            Self::Choice => compact(cell, &mut normaliser.text),
            Self::Codes(codes) => {
                if kind == Kind::Mobile {
                    mobile::normal(cell, &mut normaliser.text);
                } else {
                    compact(cell, &mut normaliser.text);
                }
                codes.push(Word::new(normaliser.text.as_bytes()));
                hash_of(&normaliser.text)
            }
            Self::ResidentIds(numbers) => {
                let (hash, number) = ResidentId::new(cell, &mut normaliser.text);
                numbers.push(number);
                hash
            }
            Self::CreditCodes(codes) => {
                let (hash, code) = CreditCode::new(cell, &mut normaliser.text);
                codes.push(code);
                hash
            }
            Self::Phones(phones) => {
                let (hash, phone) = Phone::new(cell, &mut normaliser.text);
                phones.push(phone);
                hash
            }
            Self::Emails(emails) => {
                let (hash, local) = email::normal(cell, &mut normaliser.text);
                emails.push(local);
                hash
            }
            Self::Dates(dates) => {
                let date = date::normal(cell);
                dates.push(date);
                match date {
                    0 => 0,
                    date => hash::mix(u64::from(date)),
                }
            }
            Self::Names(names) => {
                let (hash, name) = ChineseName::new(cell, &mut normaliser.keys);
                names.push(name);
                hash
            }
            Self::Organisations(names) => names.push(cell, &mut normaliser.keys),
            Self::Addresses(addresses) => {
                let (hash, address) = Address::new(cell);
                addresses.push(address);
                hash
            }
            Self::Words(words) => words.push(cell, &mut normaliser.text),
        }
    }

    /// Keeps the values of these rows, in this order, one for each distinct value.
    ///
    /// Words say as much as these frequencies tell, or as they do among the values.
    pub fn keep(&mut self, rows: &[u32], known: Option<&Frequencies>) {
        fn gather<T: Copy>(values: &mut Vec<T>, rows: &[u32]) {
            *values = rows.iter().map(|row| values[*row as usize]).collect();
        }
        match self {
            Self::Choice => {}
            Self::Codes(values) | Self::Emails(values) => gather(values, rows),
            Self::ResidentIds(values) => gather(values, rows),
            Self::CreditCodes(values) => gather(values, rows),
            Self::Phones(values) => gather(values, rows),
            Self::Dates(values) => gather(values, rows),
            Self::Names(values) => gather(values, rows),
            Self::Organisations(names) => names.keep(rows, known),
            Self::Addresses(values) => gather(values, rows),
            Self::Words(words) => words.keep(rows, known),
        }
    }

    /// How two different values agree.
    #[inline]
    pub fn compare(&self, left: Cell, right: Cell) -> Level {
        let (a, b) = (left.number() as usize, right.number() as usize);
        let agreement = match self {
            Self::Choice => Agreement::Different,
            Self::Codes(values) => code::compare(values[a], values[b]),
            Self::ResidentIds(values) => {
                let agreement = values[a].compare(&values[b]);
                let rarer = left.rarity().max(right.rarity());
                let same = agreement == Agreement::Same;
                return Level::new(agreement, if same { rarer } else { 0 });
            }
            Self::CreditCodes(values) => values[a].compare(&values[b]),
            Self::Phones(values) => values[a].compare(&values[b]),
            Self::Emails(values) => email::compare(values[a], values[b]),
            Self::Dates(values) => return date::compare(values[a], values[b]),
            Self::Names(values) => {
                let agreement = values[a].compare(&values[b]);
                let rarer = left.rarity().max(right.rarity());
                return Level::new(
                    agreement,
                    if agreement == Agreement::Slip {
                        rarer
                    } else {
                        0
                    },
                );
            }
            Self::Organisations(names) => {
                let (left, right) = (names.get(left.number()), names.get(right.number()));
                return left.level(right);
            }
            Self::Addresses(values) => values[a].compare(&values[b]),
            Self::Words(words) => return words.compare(left, right),
        };
        Level::new(agreement, 0)
    }

    /// Notes how much words and trade names say, where there are any.
    pub fn note(&self, model: &mut FrequencyModel) {
        match self {
            Self::Words(words) => words.note(model),
            Self::Organisations(names) => names.note(model),
            _ => {}
        }
    }

    /// Whether a value is well-formed, as far as its kind has a form that can be checked.
    pub fn is_sound(&self, value: u32) -> bool {
        match self {
            Self::ResidentIds(values) => values[value as usize].doubt() < 2,
            Self::CreditCodes(values) => values[value as usize].is_vouched_for(),
            _ => true,
        }
    }

    /// Whether two different values cannot belong to one party.
    pub fn contradict(&self, left: u32, right: u32) -> bool {
        match self {
            Self::ResidentIds(values) => values[left as usize].contradicts(&values[right as usize]),
            Self::CreditCodes(values) => values[left as usize].contradicts(&values[right as usize]),
            _ => false,
        }
    }
}

/// The letters and digits of a cell in lower case and half width.
fn compact(cell: &str, text: &mut String) -> u64 {
    text.clear();
    if cell.is_ascii() {
        let kept = cell.bytes().filter(u8::is_ascii_alphanumeric);
        text.extend(kept.map(|byte| char::from(byte.to_ascii_lowercase())));
        return hash_of(text);
    }
    for character in cell.chars() {
        let character = half_width(character);
        if character.is_ascii() {
            if character.is_ascii_alphanumeric() {
                text.push(character.to_ascii_lowercase());
            }
        } else if is_han(character) {
            text.push(character);
        } else if character.is_alphanumeric() {
            text.extend(character.to_lowercase());
        }
    }
    hash_of(text)
}

/// Whether a character is of the usual Chinese ones, which are letters without case.
fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}

/// The half-width form of a full-width sign; others stay.
fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        _ => character,
    }
}

fn hash_of(text: &str) -> u64 {
    if text.is_empty() {
        0
    } else {
        hash::of_bytes(text.as_bytes())
    }
}
