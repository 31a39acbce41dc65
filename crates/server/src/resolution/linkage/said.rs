//! What of a record is compared, and the keys under which it is met: read beside other work, before anybody is looked for.

use domain::register::{Catalogue, Content};
use domain::resolution::{Family, Features};

use crate::register::RegisterError;
use crate::resolution::linkage::book::book;
use crate::store::Linkers;

/// What of a record is compared.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The columns of its family.
    pub(super) cells: Vec<String>,
    /// The keys that a model makes of it, and which model.
    pub(super) keys: Option<(i64, Vec<u64>)>,
}

impl Said {
    /// Cells whose keys nobody made yet.
    pub(super) fn of_cells(cells: Vec<String>) -> Self {
        Self { cells, keys: None }
    }
}

/// Reads records, each with its family, for the models that memory has. Should another be in force, whoever asks makes
/// the keys anew.
pub fn read<'a>(
    linkers: &Linkers,
    features: &Features,
    catalogue: &Catalogue,
    records: impl Iterator<Item = (Family, &'a Content)>,
) -> Result<Vec<Said>, RegisterError> {
    let mut families = Vec::new();
    let mut said: Vec<Said> = records
        .map(|(family, content)| {
            families.push(family);
            Said::of_cells(features.of(catalogue, family, content))
        })
        .collect();
    for family in Family::ALL {
        let places = || (0..families.len()).filter(|place| families[*place] == family);
        let rows: Vec<usize> = places().collect();
        if rows.is_empty() {
            continue;
        }
        let model = linkers.of(family);
        let cells = rows.iter().map(|place| said[*place].cells.as_slice());
        // Keys do not depend on what tells equal records apart.
        let book = book(&model, family, cells, rows.iter().map(|_| 0))?;
        for (place, keys) in rows.into_iter().zip(model.linker.keys(&book)) {
            said[place].keys = Some((model.id, keys));
        }
    }
    Ok(said)
}
