//! The names of the columns: blank ones get a name, double ones are refused.

use std::collections::HashMap;

use crate::error::TableProblem;
use crate::limits::Limits;
use crate::place::Place;

/// Names as given; a blank one becomes `column_N`.
pub(crate) fn named(cells: Vec<String>, limits: &Limits) -> Result<Vec<String>, TableProblem> {
    if cells.is_empty() {
        return Err(TableProblem::Empty);
    }
    within_columns(cells.len(), limits)?;
    let names: Vec<String> = cells
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            if name.trim().is_empty() {
                numbered(index)
            } else {
                name
            }
        })
        .collect();
    let mut seen = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        if name.len() > limits.header_bytes {
            return Err(
                Place::Header(index + 1).too_large("a column name", limits.header_bytes as u64)
            );
        }
        if let Some(first) = seen.insert(name.as_str(), index) {
            return Err(TableProblem::DuplicateHeader {
                name: name.clone(),
                first: first + 1,
                second: index + 1,
            });
        }
    }
    Ok(names)
}

/// The names of a table without a header.
pub(crate) fn unnamed(columns: usize, limits: &Limits) -> Result<Vec<String>, TableProblem> {
    within_columns(columns, limits)?;
    Ok((0..columns).map(numbered).collect())
}

fn numbered(index: usize) -> String {
    format!("column_{}", index + 1)
}

pub(crate) fn within_columns(found: usize, limits: &Limits) -> Result<(), TableProblem> {
    if found > limits.columns {
        return Err(TableProblem::TooMany {
            what: "columns",
            found: found as u64,
            allowed: limits.columns as u64,
        });
    }
    Ok(())
}
