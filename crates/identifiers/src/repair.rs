//! Suggestions for a text that is nearly an identifier.

use std::fmt;

use crate::edited_number::EditedNumber;
use crate::short_text::ShortText;
use crate::{CalendarDate, Sex};

/// What the other columns of a row say of the person whose number is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct RowContext<'row> {
    /// The birth date.
    pub birth_date: Option<CalendarDate>,
    /// The sex.
    pub sex: Option<Sex>,
    /// The code of the division where the person is registered, six digits.
    pub division: Option<&'row str>,
}

/// A text one edit away from the given one that is well-formed (修正建议).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    pub(crate) text: ShortText<24>,
    /// What was changed.
    pub change: Change,
    /// What kind of slip it would undo.
    pub slip: Slip,
    /// Whether no other column of the row contradicts it, and one at least was there to do so.
    pub agrees: bool,
    /// Whether division and birth year are ones that are met with.
    pub plausible: bool,
}

/// A log line shows which columns the row has, not what they say.
impl fmt::Debug for RowContext<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("RowContext");
        shown.field("birth_date", &self.birth_date.is_some());
        shown.field("sex", &self.sex.is_some());
        shown.field("division", &self.division.is_some());
        shown.finish()
    }
}

/// A log line shows the last four characters only.
impl fmt::Debug for Repair {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = self.text().len().saturating_sub(4);
        let shown = self.text().get(hidden..).unwrap_or_default();
        let Self { slip, agrees, .. } = self;
        write!(
            formatter,
            "Repair({:*<hidden$}{shown}, {slip:?}, agrees: {agrees})",
            ""
        )
    }
}

impl Repair {
    /// The repaired text, half width, upper case and without blanks.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    pub(crate) fn characters(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

/// What a repair changes; positions count from one, blanks and hyphens left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// One character for another.
    Replaced {
        /// Its place.
        position: usize,
        /// The character given.
        from: char,
        /// The character in its place.
        to: char,
    },
    /// A character and the next in the other order.
    Swapped {
        /// The place of the first.
        position: usize,
        /// The first as given.
        first: char,
        /// The second as given.
        second: char,
    },
    /// A character too many.
    Removed {
        /// Its place.
        position: usize,
        /// The character.
        found: char,
    },
    /// A character that was missing.
    Inserted {
        /// Its place in the repaired text.
        position: usize,
        /// The character.
        added: char,
    },
    /// Every letter that looks like a digit, where digits are required.
    LookAlikes {
        /// The place of the first.
        position: usize,
        /// How many.
        count: usize,
    },
}

/// The slip that a repair undoes, the likeliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Slip {
    /// Characters that look alike: O and 0, l and 1, B and 8, 3 and 8.
    LookAlike,
    /// Keys side by side.
    Neighbour,
    /// Two characters in the wrong order.
    Transposition,
    /// Any other character, or one too many or too few.
    #[default]
    Other,
}

/// The repairs of one text, the likeliest first.
#[derive(Clone, Default)]
pub struct Repairs {
    found: Found,
    outright: Option<usize>,
}

/// In which form repairs are kept.
#[derive(Clone)]
enum Found {
    Listed(Vec<Repair>),
    /// Their texts are not written out before somebody asks.
    Edited(EditedNumber),
}

impl Default for Found {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl Repairs {
    pub(crate) fn listed(repairs: Vec<Repair>, outright: Option<usize>) -> Self {
        let found = Found::Listed(repairs);
        Self { found, outright }
    }

    pub(crate) fn of_edited(number: EditedNumber, outright: Option<usize>) -> Self {
        let found = Found::Edited(number);
        Self { found, outright }
    }

    /// The first so many of those that are listed, and the one that may be proposed outright.
    pub(crate) fn truncate(&mut self, most: usize) {
        let most = most.max(self.outright.map_or(0, |place| place + 1));
        if let Found::Listed(repairs) = &mut self.found {
            repairs.truncate(most);
        }
    }

    /// Each repair, the likeliest first.
    pub fn iter(&self) -> impl Iterator<Item = Repair> {
        (0..self.len()).filter_map(|place| self.at(place))
    }

    /// The one that may be proposed outright: the other columns of the row leave no other.
    pub fn outright(&self) -> Option<Repair> {
        self.at(self.outright?)
    }

    fn at(&self, place: usize) -> Option<Repair> {
        match &self.found {
            Found::Listed(repairs) => repairs.get(place).copied(),
            Found::Edited(number) => number.repair(place),
        }
    }

    /// Appends the text of the one that may be proposed outright, else those of all with a mark
    /// between them, all in ASCII: for writing them out by the million.
    pub fn write_texts(&self, mark: u8, output: &mut Vec<u8>) {
        let places = self
            .outright
            .map_or(0..self.len(), |place| place..place + 1);
        for (written, place) in places.enumerate() {
            if written > 0 {
                output.push(mark);
            }
            match &self.found {
                Found::Listed(repairs) => {
                    let text = repairs.get(place).map(Repair::characters);
                    output.extend_from_slice(text.unwrap_or_default());
                }
                Found::Edited(number) => number.write(place, output),
            }
        }
    }

    /// Whether one may be proposed outright.
    pub fn has_outright(&self) -> bool {
        self.outright.is_some()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.found {
            Found::Listed(repairs) => repairs.len(),
            Found::Edited(number) => number.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The same repairs, however they are kept.
impl PartialEq for Repairs {
    fn eq(&self, other: &Self) -> bool {
        self.outright == other.outright && self.iter().eq(other.iter())
    }
}

impl Eq for Repairs {}

impl fmt::Debug for Repairs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

impl Change {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Replaced { .. } => "replaced",
            Self::Swapped { .. } => "swapped",
            Self::Removed { .. } => "removed",
            Self::Inserted { .. } => "inserted",
            Self::LookAlikes { .. } => "look_alikes",
        }
    }

    /// The change in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Replaced { position, from, to } => {
                format!("第 {position} 位“{from}”改为“{to}”")
            }
            Self::Swapped {
                position,
                first,
                second,
            } => format!("第 {position} 位起“{first}{second}”对调"),
            Self::Removed { position, found } => format!("删去第 {position} 位“{found}”"),
            Self::Inserted { position, added } => format!("在第 {position} 位补“{added}”"),
            Self::LookAlikes { position, count } => {
                format!("自第 {position} 位起 {count} 个形似字母改为数字")
            }
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replaced { position, from, to } => {
                write!(formatter, "character {position} from {from} to {to}")
            }
            Self::Swapped {
                position,
                first,
                second,
            } => write!(
                formatter,
                "characters {first}{second} from {position} on swapped"
            ),
            Self::Removed { position, found } => {
                write!(formatter, "character {position}, {found}, left out")
            }
            Self::Inserted { position, added } => {
                write!(formatter, "{added} put in as character {position}")
            }
            Self::LookAlikes { position, count } => {
                write!(
                    formatter,
                    "{count} letters that look like digits from {position} on"
                )
            }
        }
    }
}

impl Slip {
    /// The slip by which one character stands for another.
    pub(crate) const fn of(from: u8, to: u8) -> Self {
        if look_alike(from) == look_alike(to) || are_alike(from, to) {
            Self::LookAlike
        } else if are_neighbours(from, to) {
            Self::Neighbour
        } else {
            Self::Other
        }
    }
}

/// Digits that are taken for each other in handwriting and poor print.
const DIGITS_ALIKE: [(u8, u8); 7] = [
    (b'0', b'6'),
    (b'1', b'7'),
    (b'3', b'8'),
    (b'4', b'9'),
    (b'5', b'6'),
    (b'6', b'8'),
    (b'7', b'9'),
];

/// The digit that a letter looks like; a character that looks like none as it is.
pub(crate) const fn look_alike(character: u8) -> u8 {
    match character {
        b'O' | b'Q' | b'D' => b'0',
        b'I' | b'L' | b'|' => b'1',
        b'Z' => b'2',
        b'S' => b'5',
        b'G' => b'6',
        b'B' => b'8',
        _ => character,
    }
}

/// Keys side by side, in the row of digits, on the number pad, or in a row of letters.
const ROWS: [&[u8]; 7] = [
    b"1234567890",
    b"QWERTYUIOP",
    b"ASDFGHJKL",
    b"ZXCVBNM",
    b"147",
    b"0258",
    b"369",
];

const fn are_alike(from: u8, to: u8) -> bool {
    let mut place = 0;
    while place < DIGITS_ALIKE.len() {
        if is_pair(from, to, DIGITS_ALIKE[place].0, DIGITS_ALIKE[place].1) {
            return true;
        }
        place += 1;
    }
    false
}

const fn are_neighbours(from: u8, to: u8) -> bool {
    let mut row = 0;
    while row < ROWS.len() {
        let mut place = 1;
        while place < ROWS[row].len() {
            if is_pair(from, to, ROWS[row][place - 1], ROWS[row][place]) {
                return true;
            }
            place += 1;
        }
        row += 1;
    }
    false
}

const fn is_pair(from: u8, to: u8, one: u8, other: u8) -> bool {
    (from == one && to == other) || (from == other && to == one)
}
