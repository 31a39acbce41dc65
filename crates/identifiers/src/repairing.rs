//! Finding the repairs of a text.

use crate::additive_check::{AdditiveCheck, PLACES, Row, Shares};
use crate::repair::{Change, Repair, Repairs, RowContext, Slip, look_alike};
use crate::repair_by_sum::repairs_by_sum;
use crate::short_text::ShortText;
use crate::stated::Stated;
use crate::written::{Written, is_mark};
use crate::{Identifier, IdentifierKind};

/// The longest text that is repaired.
const LONGEST: usize = 21;

/// The texts one slip away from the given one that are well-formed, the likeliest first.
///
/// Tried are one other character, two neighbours in the other order, and, where the length says
/// so, one character more or less; and all letters at once that look like digits. Nothing is
/// tried for a text that is well-formed, and for kinds without a check: there any change would do.
/// A number with a wrong digit has about six repairs, so that one is proposed
/// [outright](Repairs::outright) only where birth date, sex and division of the row leave it alone.
///
/// ```
/// use identifiers::{IdentifierKind, RowContext, Sex, repairs};
///
/// let row = RowContext {
///     birth_date: "1949-12-31".parse().ok(),
///     sex: Some(Sex::Female),
///     division: Some("110105"),
/// };
/// let found = repairs(IdentifierKind::ResidentId, "11010519491131002X", &row);
/// assert_eq!(found.outright().as_ref().map(|repair| repair.text()), Some("11010519491231002X"));
/// assert_eq!(found.outright().map(|repair| repair.change.to_string()).as_deref(),
///     Some("character 12 from 1 to 2"));
/// ```
pub fn repairs(kind: IdentifierKind, text: &str, row: &RowContext<'_>) -> Repairs {
    likeliest_repairs(kind, text, row, usize::MAX)
}

/// The first of the [`repairs`], `most` of them unless the one that may be proposed outright stands
/// behind: a long list costs more than the check itself.
///
/// ```
/// use identifiers::{IdentifierKind, RowContext, likeliest_repairs};
///
/// let found = likeliest_repairs(IdentifierKind::BankCard, "6222021234567890127", &RowContext::default(), 3);
/// assert_eq!(found.len(), 3);
/// ```
pub fn likeliest_repairs(
    kind: IdentifierKind,
    text: &str,
    row: &RowContext<'_>,
    most: usize,
) -> Repairs {
    if let Some(repairs) = repairs_by_sum(kind, text, row, most) {
        return repairs;
    }
    let mut repairs = repairs_by_trying(kind, text, row);
    repairs.truncate(most);
    repairs
}

pub(crate) fn repairs_by_trying(kind: IdentifierKind, text: &str, row: &RowContext<'_>) -> Repairs {
    let written = Written::<LONGEST>::read(text, is_mark);
    let Some(checked_lengths) = lengths(kind) else {
        return Repairs::default();
    };
    let length = written.length();
    if !(8..=LONGEST).contains(&length) {
        return Repairs::default();
    }
    let characters = written.characters();
    if Identifier::read(kind, text).is_ok() {
        return Repairs::default();
    }
    let mut search = Search {
        kind,
        row,
        found: Vec::with_capacity(16),
    };
    if checked_lengths.contains(&length) {
        search.one_character(characters);
    }
    if length > 0 && !checked_lengths.contains(&length) {
        search.one_less(characters, checked_lengths);
        search.one_more(characters, checked_lengths);
    }
    search.finish()
}

/// The lengths of the forms of a kind that have a check.
fn lengths(kind: IdentifierKind) -> Option<&'static [usize]> {
    match kind {
        IdentifierKind::ResidentId
        | IdentifierKind::ResidencePermit
        | IdentifierKind::PermanentResidentCard
        | IdentifierKind::CreditCode => Some(&[18]),
        IdentifierKind::OrganisationCode => Some(&[9]),
        IdentifierKind::RegistrationNumber => Some(&[15]),
        IdentifierKind::TaxNumber => Some(&[15, 18, 20]),
        IdentifierKind::BankCard => Some(&[12, 13, 14, 15, 16, 17, 18, 19]),
        IdentifierKind::Lei => Some(&[20]),
        _ => None,
    }
}

/// The characters that numbers of a kind consist of.
fn alphabet(kind: IdentifierKind) -> &'static [u8] {
    match kind {
        IdentifierKind::ResidentId
        | IdentifierKind::ResidencePermit
        | IdentifierKind::PermanentResidentCard => b"0123456789X",
        IdentifierKind::BankCard | IdentifierKind::RegistrationNumber => b"0123456789",
        IdentifierKind::CreditCode => b"0123456789ABCDEFGHJKLMNPQRTUWXY",
        _ => b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    }
}

struct Search<'row> {
    kind: IdentifierKind,
    row: &'row RowContext<'row>,
    found: Vec<Repair>,
}

impl Search<'_> {
    fn one_character(&mut self, characters: &[u8]) {
        self.look_alikes(characters);
        match AdditiveCheck::of(self.kind, characters.len()) {
            Some(check) => {
                let edited = Edited::of(characters);
                if let Some(shares) = check.shares(&edited.characters, edited.length) {
                    self.by_sum(characters, &shares);
                }
            }
            None => self.by_trying(characters),
        }
    }

    /// Replacements and transpositions whose sum is right.
    fn by_sum(&mut self, characters: &[u8], shares: &Shares) {
        let mut edited = Edited::of(characters);
        if let Some(place) = shares.foreign {
            if let Some(to) = shares.right_at(place) {
                self.replace(&mut edited, place, to);
            }
            // An X that slipped from the end stands where only a digit may.
            for place in place.saturating_sub(1)..=place {
                self.swap(&mut edited, place);
            }
            return;
        }
        for place in 0..characters.len() {
            if let Some(to) = shares.right_at(place) {
                self.replace(&mut edited, place, to);
            }
        }
        for place in 0..characters.len().saturating_sub(1) {
            let (first, second) = (characters[place], characters[place + 1]);
            if first != second && shares.is_right_swapped(place) {
                self.swap(&mut edited, place);
            }
        }
    }

    /// Every replacement and transposition.
    fn by_trying(&mut self, characters: &[u8]) {
        let mut edited = Edited::of(characters);
        for place in 0..characters.len() {
            for &to in alphabet(self.kind) {
                self.replace(&mut edited, place, to);
            }
        }
        for place in 0..characters.len().saturating_sub(1) {
            self.swap(&mut edited, place);
        }
    }

    fn replace(&mut self, edited: &mut Edited, place: usize, to: u8) {
        let from = edited.characters[place];
        if from == to {
            return;
        }
        edited.characters[place] = to;
        let change = Change::Replaced {
            position: place + 1,
            from: shown(from),
            to: to.into(),
        };
        self.offer(edited.as_str(), change, || Slip::of(from, to));
        edited.characters[place] = from;
    }

    fn swap(&mut self, edited: &mut Edited, place: usize) {
        let (first, second) = (edited.characters[place], edited.characters[place + 1]);
        if first == second || place + 1 >= edited.length {
            return;
        }
        edited.characters.swap(place, place + 1);
        let change = Change::Swapped {
            position: place + 1,
            first: shown(first),
            second: shown(second),
        };
        self.offer(edited.as_str(), change, || Slip::Transposition);
        edited.characters.swap(place, place + 1);
    }

    /// All letters at once that look like digits, where there is more than one.
    fn look_alikes(&mut self, characters: &[u8]) {
        let mut edited = Edited::of(characters);
        let mut first = None;
        let mut count = 0;
        for (place, &character) in characters.iter().enumerate() {
            let digit = look_alike(character);
            if digit != character && !alphabet(self.kind).contains(&character) {
                edited.characters[place] = digit;
                first.get_or_insert(place + 1);
                count += 1;
            }
        }
        if let (Some(position), 2..) = (first, count) {
            let change = Change::LookAlikes { position, count };
            self.offer(edited.as_str(), change, || Slip::LookAlike);
        }
    }

    fn one_less(&mut self, characters: &[u8], lengths: &[usize]) {
        if !lengths.contains(&(characters.len() - 1)) {
            return;
        }
        for place in 0..characters.len() {
            // One of several alike is as good as the other.
            if place > 0 && characters[place] == characters[place - 1] {
                continue;
            }
            let mut edited = Edited::of(&characters[..place]);
            edited.append(&characters[place + 1..]);
            let change = Change::Removed {
                position: place + 1,
                found: shown(characters[place]),
            };
            self.offer(edited.as_str(), change, || Slip::Other);
        }
    }

    fn one_more(&mut self, characters: &[u8], lengths: &[usize]) {
        if !lengths.contains(&(characters.len() + 1)) {
            return;
        }
        for place in 0..=characters.len() {
            for &added in alphabet(self.kind) {
                if place > 0 && characters[place - 1] == added {
                    continue;
                }
                let mut edited = Edited::of(&characters[..place]);
                edited.append(&[added]);
                edited.append(&characters[place..]);
                let change = Change::Inserted {
                    position: place + 1,
                    added: added.into(),
                };
                self.offer(edited.as_str(), change, || Slip::Other);
            }
        }
    }

    /// Keeps a text when it is well-formed.
    fn offer(&mut self, text: &str, change: Change, slip: impl FnOnce() -> Slip) {
        let Ok(identifier) = Identifier::read(self.kind, text) else {
            return;
        };
        let stated = Stated::by(&identifier);
        self.found.push(Repair {
            text: ShortText::of_ascii(text.as_bytes()),
            change,
            slip: slip(),
            agrees: stated.agrees(self.row),
            plausible: stated.is_plausible(),
        });
    }

    fn finish(mut self) -> Repairs {
        // A stable sort: among equals the earlier place comes first.
        self.found
            .sort_by_key(|repair| (!repair.agrees, repair.slip.rank(repair.plausible)));
        let outright = self.outright();
        Repairs::listed(self.found, outright)
    }

    /// The only repair that agrees with the row, or, where several do, the only one of them in
    /// the division of the row.
    fn outright(&self) -> Option<usize> {
        let is_here = |repair: &Repair| {
            let code = self.row.division.map(str::trim);
            code.is_some_and(|code| repair.text().starts_with(code))
        };
        self.only(|repair| repair.agrees)
            .or_else(|| self.only(|repair| repair.agrees && is_here(repair)))
    }

    /// The place of the only repair that is right.
    fn only(&self, is_right: impl Fn(&Repair) -> bool) -> Option<usize> {
        let place = self.found.iter().position(&is_right)?;
        let more = self.found.iter().skip(place + 1).any(is_right);
        (!more).then_some(place)
    }
}

impl Slip {
    /// Order of proposal: an implausible number comes behind every plausible one.
    fn rank(self, plausible: bool) -> (bool, Self) {
        (!plausible, self)
    }
}

/// A text that is being edited.
struct Edited {
    characters: Row,
    length: usize,
}

impl Edited {
    fn of(characters: &[u8]) -> Self {
        let mut edited = Self {
            characters: [0; PLACES],
            length: 0,
        };
        edited.append(characters);
        edited
    }

    fn append(&mut self, characters: &[u8]) {
        for &character in characters {
            if let Some(place) = self.characters.get_mut(self.length) {
                *place = character;
                self.length += 1;
            }
        }
    }

    fn as_str(&self) -> &str {
        crate::text_form::ascii(&self.characters[..self.length])
    }
}

/// A character as it is shown; one that was not ASCII has been lost by folding.
fn shown(character: u8) -> char {
    if character == 0 {
        '\u{fffd}'
    } else {
        character.into()
    }
}
