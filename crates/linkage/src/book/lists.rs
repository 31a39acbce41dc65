//! Several values of one record in one field, as telephones and former names.

use crate::book::Cell;
use crate::level::{Agreement, Level};
use crate::values::Values;

/// Values of one record, at most; what is said beyond that is left out.
const MOST_VALUES: usize = 16;

/// What stands between the values of a cell.
const SEPARATORS: [char; 6] = [';', '；', '|', '、', '\n', '\u{1f}'];

/// The values of a cell that holds several.
pub(crate) fn values_of(cell: &str) -> impl Iterator<Item = &str> {
    let said = cell.split(SEPARATORS).map(str::trim);
    said.filter(|said| !said.is_empty()).take(MOST_VALUES)
}

/// The lists of values that occur, each once; list 0 is the empty one.
pub(super) struct Lists {
    ends: Vec<u32>,
    values: Vec<Cell>,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            ends: vec![0],
            values: Vec::new(),
        }
    }
}

impl Lists {
    pub fn push(&mut self, values: &[Cell]) {
        self.values.extend_from_slice(values);
        self.ends.push(self.values.len() as u32);
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn of(&self, list: u32) -> &[Cell] {
        let list = list as usize;
        let start = if list == 0 { 0 } else { self.ends[list - 1] };
        &self.values[start as usize..self.ends[list] as usize]
    }

    /// How the two values agree that agree best.
    pub fn compare(&self, values: &Values, left: Cell, right: Cell) -> Level {
        let level = |mine: Cell, theirs: Cell| {
            if mine == theirs {
                Level::new(Agreement::Same, mine.rarity())
            } else {
                values.compare(mine, theirs)
            }
        };
        let mine = self.of(left.number()).iter();
        let pairs = mine.flat_map(|mine| {
            let theirs = self.of(right.number()).iter();
            theirs.map(move |theirs| level(*mine, *theirs))
        });
        pairs
            .max_by_key(|level| level.standing())
            .unwrap_or(Level::MISSING)
    }
}
