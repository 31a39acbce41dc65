//! What the columns of a table seem to hold, from their content alone: a column may have any name.

use std::collections::HashSet;

use tables::{Chunk, Column};

use crate::book::values_of;
use crate::kind::Kind;
use crate::values::{Normaliser, Values};

/// A column that takes part, and how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ColumnPlan {
    /// Its place in the table.
    pub column: usize,
    /// How its cells are read.
    pub kind: Kind,
    /// Whether a cell may hold several values.
    pub several: bool,
}

/// Distinct values up to which a column is a choice.
const MOST_CHOICES: usize = 60;

/// The columns of a table that can say who a record speaks of. A column of one value says nothing,
/// one whose words all stand in another column of the row says it twice.
pub fn survey(chunk: &Chunk, ids: Option<usize>) -> Vec<ColumnPlan> {
    let mut plan: Vec<ColumnPlan> = (0..chunk.columns.len())
        .filter(|column| Some(*column) != ids)
        .filter_map(|column| {
            let (kind, several) = kind_of_column(&chunk.columns[column])?;
            Some(ColumnPlan {
                column,
                kind,
                several,
            })
        })
        .collect();
    let mut place = 0;
    while place < plan.len() {
        let mine = plan[place];
        let repeated = mine.kind == Kind::Words
            && plan.iter().any(|other| {
                other.kind == Kind::Words
                    && other.column != mine.column
                    && contains(&chunk.columns[other.column], &chunk.columns[mine.column])
            });
        if repeated {
            plan.remove(place);
        } else {
            place += 1;
        }
    }
    plan
}

fn cells(column: &Column) -> impl Iterator<Item = &str> {
    column
        .iter()
        .flatten()
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
}

/// What a column holds, and whether its cells hold several of it.
fn kind_of_column(column: &Column) -> Option<(Kind, bool)> {
    let whole: Vec<&str> = cells(column).collect();
    let values: Vec<&str> = whole.iter().flat_map(|cell| values_of(cell)).collect();
    // One cell in a hundred with a second value.
    if values.len() * 100 > whole.len() * 101 {
        let kind = kind_of(&values);
        if let Some(kind) = kind.filter(|kind| kind.can_be_several()) {
            return Some((kind, true));
        }
    }
    Some((kind_of(&whole)?, false))
}

fn kind_of(cells: &[&str]) -> Option<Kind> {
    let share = |test: fn(&str) -> bool| {
        cells.iter().filter(|cell| test(cell)).count() as f64 / cells.len().max(1) as f64
    };
    let distinct: HashSet<&str> = cells.iter().take(20_000).copied().collect();
    if distinct.len() < 2 {
        return None;
    }
    Some(match () {
        () if share(is_email) > 0.6 => Kind::Email,
        () if share(is_resident_id) > 0.5 => Kind::ResidentId,
        () if share(is_mobile) > 0.6 => Kind::Mobile,
        () if share(is_date) > 0.8 => Kind::Date,
        () if distinct.len() <= MOST_CHOICES => Kind::Choice,
        () if share(is_chinese_name) > 0.6 => Kind::ChineseName,
        () if share(is_chinese_address) > 0.6 => Kind::ChineseAddress,
        () if share(is_code) > 0.8 => Kind::Code,
        () => Kind::Words,
    })
}

fn digits(cell: &str) -> usize {
    cell.bytes().filter(u8::is_ascii_digit).count()
}

fn han(cell: &str) -> usize {
    cell.chars()
        .filter(
            |character| matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'),
        )
        .count()
}

fn is_email(cell: &str) -> bool {
    cell.split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && host.contains('.'))
}

fn is_resident_id(cell: &str) -> bool {
    matches!(cell.len(), 15 | 18)
        && identifiers::check(identifiers::IdentifierKind::ResidentId, cell).is_valid()
}

fn is_mobile(cell: &str) -> bool {
    cell.parse::<identifiers::MobileNumber>().is_ok()
}

fn is_date(cell: &str) -> bool {
    let mut values = Values::new(Kind::Date);
    let read = values.push(Kind::Date, cell, &mut Normaliser::default()) != 0;
    read && !cell.bytes().any(|byte| byte.is_ascii_alphabetic()) && cell.len() <= 10
}

fn is_chinese_name(cell: &str) -> bool {
    (2..=5).contains(&han(cell)) && digits(cell) == 0
}

fn is_chinese_address(cell: &str) -> bool {
    han(cell) >= 6
}

fn is_code(cell: &str) -> bool {
    digits(cell) > 0 && cell.len() <= 24 && han(cell) == 0
}

/// Whether nearly all cells of the second column have all their words in the first column's cell.
fn contains(longer: &Column, shorter: &Column) -> bool {
    let (mut both, mut inside) = (0_usize, 0_usize);
    for (longer, shorter) in longer.iter().zip(shorter.iter()) {
        let (Some(longer), Some(shorter)) = (longer, shorter) else {
            continue;
        };
        if longer.trim().is_empty() || shorter.trim().is_empty() {
            continue;
        }
        both += 1;
        let has = |word: &str| {
            longer
                .split(' ')
                .any(|other| other.eq_ignore_ascii_case(word))
        };
        inside += usize::from(shorter.split(' ').filter(|word| !word.is_empty()).all(has));
    }
    both * 4 > longer.len() && inside * 100 >= both * 95
}
