//! From a chunk of columns to records that could be written: pure work, no store.

use std::collections::HashMap;
use std::sync::Arc;

use domain::Text;
use domain::intake::{Refusal, ResolvedMapping, Target, gate, names_somebody, observed_micros};
use domain::register::{
    Catalogue, Content, Field, FieldId, IndexKind, LookupKey, PartyKind, lookup_keys,
};
use names::SearchKeys;
use tables::Chunk;
use vault::BlindKey;

use crate::index::Entries;
use crate::pipeline::chunk::{Arriving, Incoming};
use crate::pipeline::resolve::RowReader;
use crate::register::lookup_digest;

/// China has one time zone, eight hours east of Greenwich; files name none.
const LOCAL_OFFSET_SECONDS: i64 = 8 * 3600;

/// Everything that preparing a row looks at.
#[derive(Clone)]
pub struct Preparer {
    /// The declarations in force.
    pub catalogue: Arc<Catalogue>,
    /// The key of blind digests.
    pub blind: BlindKey,
    /// What the columns mean.
    pub mapping: ResolvedMapping,
    /// The headers of the file.
    pub header: Vec<String>,
    /// The fields of columns that nobody recognised.
    pub unknown: HashMap<String, FieldId>,
    /// The source.
    pub source: i64,
    /// What reads that which is compared, unless nothing will be.
    pub(super) row_reader: Option<RowReader>,
}

/// A row that cannot become a record.
#[derive(Debug, Clone)]
pub struct RefusedRow {
    /// Its row in the file.
    pub row_number: u64,
    /// The column, where one is to blame.
    pub column: Option<String>,
    /// A code that never changes.
    pub code: &'static str,
    /// What a person reads.
    pub reason: Text,
    /// Columns and cells as given.
    pub cells: Vec<(String, String)>,
}

/// A prepared chunk.
#[derive(Debug, Default)]
pub struct Prepared {
    /// Rows that may become records.
    pub arriving: Arriving,
    /// Rows for quarantine.
    pub refused: Vec<RefusedRow>,
    /// How many rows of the file these were.
    pub rows: u64,
}

impl Prepared {
    /// How many rows may become records.
    pub fn accepted(&self) -> u64 {
        self.rows.saturating_sub(self.refused.len() as u64)
    }
}

impl Preparer {
    /// Prepares a chunk.
    pub fn prepare(&self, chunk: &Chunk) -> Prepared {
        let mut prepared = Prepared {
            rows: (chunk.row_numbers.len() + chunk.rejected.len()) as u64,
            ..Prepared::default()
        };
        prepared.arriving.incoming.reserve(chunk.row_numbers.len());
        let mut keys = SearchKeys::default();
        let can_name = self.can_name();
        for (row, row_number) in chunk.row_numbers.iter().enumerate() {
            let cell = |column: usize| chunk.columns.get(column).and_then(|column| column.get(row));
            match self.row(*row_number, cell, can_name) {
                Ok(incoming) => {
                    let arriving = &mut prepared.arriving;
                    let place = i64::try_from(arriving.incoming.len()).unwrap_or(i64::MAX);
                    self.index(&incoming.content, place, &mut keys, &mut arriving.entries);
                    arriving.incoming.push(incoming);
                }
                Err((column, refusal)) => prepared.refused.push(RefusedRow {
                    row_number: *row_number,
                    column,
                    code: refusal.code(),
                    reason: refusal.text(),
                    cells: self.cells(cell),
                }),
            }
        }
        prepared
            .refused
            .extend(chunk.rejected.iter().map(|rejected| RefusedRow {
                row_number: rejected.row_number,
                column: rejected.column.clone(),
                code: rejected.reason.code(),
                reason: Text::new(rejected.reason.zh(), rejected.reason.to_string()),
                cells: self.given_cells(&rejected.cells),
            }));
        if let Some(reader) = &self.row_reader {
            // Whoever writes the rows reads them himself where that fails, and says why.
            let said = reader.read(&prepared.arriving.incoming);
            prepared.arriving.said = said.unwrap_or_default();
        }
        prepared
    }

    /// Gathers the look-up keys of a record.
    pub fn index(
        &self,
        content: &Content,
        reference: i64,
        keys: &mut SearchKeys,
        entries: &mut Entries,
    ) {
        gather_entries(
            &self.catalogue,
            &self.blind,
            content,
            reference,
            keys,
            entries,
        );
    }

    /// The key of a series as the store knows it.
    pub fn series_digest(&self, key: &str) -> [u8; 16] {
        series_digest(&self.blind, self.source, key)
    }

    fn can_name(&self) -> bool {
        self.mapping.targets.iter().any(|target| match target {
            Target::Attribute(field) => names_somebody(self.catalogue.attribute_type(*field)),
            Target::Unknown => false,
        })
    }

    fn row<'a>(
        &self,
        row_number: u64,
        cell: impl Fn(usize) -> Option<&'a str>,
        can_name: bool,
    ) -> Result<Incoming, (Option<String>, Refusal)> {
        let mut fields = Vec::with_capacity(self.mapping.targets.len() + 2);
        let mut key = None;
        for (column, target) in self.mapping.targets.iter().enumerate() {
            let Some(value) = cell(column).filter(|value| !self.is_blank(value)) else {
                continue;
            };
            if self.mapping.key == Some(column) {
                key = Some(value.trim());
                fields.push(Field {
                    id: FieldId::SOURCE_KEY,
                    value: value.trim().to_owned(),
                });
            }
            let field = match target {
                Target::Attribute(field) => Some(*field),
                Target::Unknown if self.mapping.key == Some(column) => None,
                Target::Unknown => self.unknown.get(&self.header[column]).copied(),
            };
            if let Some(id) = field {
                fields.push(Field {
                    id,
                    value: value.to_owned(),
                });
            }
        }
        for (field, value) in &self.mapping.fixed {
            if !fields.iter().any(|said| said.id == *field) {
                fields.push(Field {
                    id: *field,
                    value: value.clone(),
                });
            }
        }
        let content = Content::new(fields);
        gate(&self.catalogue, &content, can_name).map_err(|refusal| (None, refusal))?;
        if self.mapping.key.is_some() && key.is_none() {
            let column = self.mapping.key.map(|column| self.header[column].clone());
            return Err((column, Refusal::NoKey));
        }
        Ok(Incoming {
            row_number: Some(row_number),
            series_key: key.map(|key| self.series_digest(key)),
            kind: self.kind(&content)?,
            observed_at: self.observed_at(&content)?,
            content,
            for_customer: None,
        })
    }

    fn is_blank(&self, value: &str) -> bool {
        let value = value.trim();
        value.is_empty() || self.mapping.blank_marks.iter().any(|mark| mark == value)
    }

    fn kind(&self, content: &Content) -> Result<PartyKind, (Option<String>, Refusal)> {
        kind_of(&self.catalogue, content).map_err(|refusal| {
            (
                self.column_of(self.catalogue.well_known().party_kind),
                refusal,
            )
        })
    }

    fn observed_at(&self, content: &Content) -> Result<Option<i64>, (Option<String>, Refusal)> {
        let field = self.catalogue.well_known().observed_at;
        observed_of(&self.catalogue, content).map_err(|refusal| (self.column_of(field), refusal))
    }

    fn column_of(&self, field: FieldId) -> Option<String> {
        let place = self
            .mapping
            .targets
            .iter()
            .position(|t| *t == Target::Attribute(field))?;
        self.header.get(place).cloned()
    }

    fn cells<'a>(&self, cell: impl Fn(usize) -> Option<&'a str>) -> Vec<(String, String)> {
        let names = self.header.iter().enumerate();
        names
            .map(|(at, name)| (name.clone(), cell(at).unwrap_or_default().to_owned()))
            .collect()
    }

    /// Cells of a row that has more or fewer than the file has columns.
    fn given_cells(&self, cells: &[String]) -> Vec<(String, String)> {
        let count = self.header.len().max(cells.len());
        (0..count)
            .map(|at| {
                let name = self.header.get(at).cloned();
                let name = name.unwrap_or_else(|| format!("column_{}", at + 1));
                (name, cells.get(at).cloned().unwrap_or_default())
            })
            .collect()
    }
}

/// The kind of party that a content names, or that its numbers show.
pub fn kind_of(catalogue: &Catalogue, content: &Content) -> Result<PartyKind, Refusal> {
    let fields = catalogue.well_known();
    if let Some(written) = content.first(fields.party_kind) {
        let unknown = || Refusal::UnknownPartyKind(written.to_owned());
        return catalogue.party_kind(written).ok_or_else(unknown);
    }
    let is_organisation = [fields.credit_code, fields.organisation_code]
        .iter()
        .any(|field| content.first(*field).is_some());
    Ok(if is_organisation {
        PartyKind::Organisation
    } else {
        PartyKind::Person
    })
}

/// When the source says that it saw this.
pub fn observed_of(catalogue: &Catalogue, content: &Content) -> Result<Option<i64>, Refusal> {
    let Some(written) = content.first(catalogue.well_known().observed_at) else {
        return Ok(None);
    };
    observed_micros(written, LOCAL_OFFSET_SECONDS)
        .map(Some)
        .map_err(|_| Refusal::ObservedAt(written.to_owned()))
}

/// The key of a series as the store knows it.
pub fn series_digest(blind: &BlindKey, source: i64, key: &str) -> [u8; 16] {
    let mut bytes = Vec::with_capacity(8 + key.len());
    bytes.extend_from_slice(&source.to_be_bytes());
    bytes.extend_from_slice(key.as_bytes());
    blind.digest(IndexKind::SeriesKey.number() << 4, &bytes)
}

/// Gathers the look-up keys of a content.
pub fn gather_entries(
    catalogue: &Catalogue,
    blind: &BlindKey,
    content: &Content,
    reference: i64,
    keys: &mut SearchKeys,
    entries: &mut Entries,
) {
    lookup_keys(catalogue, content, keys, |key| match key {
        LookupKey::Blind(kind, family, value) => {
            entries.push(kind, &lookup_digest(blind, kind, family, value), reference);
        }
        LookupKey::Readable(kind, text) => entries.push(kind, text.as_bytes(), reference),
    });
}
