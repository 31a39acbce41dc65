//! Records: immutable, versioned, sealed by class with the key of their series.

use std::collections::{BTreeMap, HashMap};

use domain::register::{Blocks, Catalogue, Class, Content, PartyKind};
use storage::{Row, Rows, StorageError, Transaction};
use vault::{DataKey, Randomness};

use crate::clock::Micros;
use crate::protection::{KeyError, KeyScope, Keys};
use crate::register::RegisterError;

/// Of the seals of records; a change of what is bound to a block raises it.
const SEAL_VERSION: u8 = 1;

/// What a record is, beside what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordHead {
    /// Its id, which for a first version is the series too.
    pub id: i64,
    /// The series.
    pub series: i64,
    /// 1 for the first of its series.
    pub version: i64,
    /// The source.
    pub source: i64,
    /// The kind of party.
    pub kind: PartyKind,
    /// When the source saw it.
    pub observed_at: Micros,
}

/// A record about to be written.
#[derive(Debug)]
pub struct NewRecord {
    /// What it is.
    pub head: RecordHead,
    /// The batch that brought it.
    pub batch: Option<i64>,
    /// Its row in the file of the batch.
    pub row_number: Option<u64>,
    /// Who entered it, where a person did.
    pub entered_by: Option<String>,
    /// Sealed content.
    pub seals: RecordSeals,
}

/// A content as the store keeps it, and the commitment that proves it.
#[derive(Debug)]
pub struct RecordSeals {
    general: Vec<u8>,
    sensitive: Vec<u8>,
    unknown: Vec<u8>,
    /// Salted with the key of the series, so it says nothing once the key is destroyed.
    pub commitment: [u8; 32],
}

/// A record as it was read.
#[derive(Debug, Clone)]
pub struct StoredRecord {
    /// What it is.
    pub head: RecordHead,
    /// The batch that brought it.
    pub batch: Option<i64>,
    /// Its row in the file of the batch.
    pub row_number: Option<i64>,
    /// When we learnt it.
    pub recorded_at: Micros,
    /// When it was withdrawn.
    pub retired_at: Option<Micros>,
    /// Who entered it.
    pub entered_by: Option<String>,
    /// What was proven of it when it was written.
    pub commitment: [u8; 32],
    /// Whether it is what was proven; unknown, and so false, after its key was destroyed.
    pub intact: bool,
    /// What it says; none after its key was destroyed.
    pub content: Option<Content>,
}

/// Seals the content of a record with the key of its series.
pub fn seal_record(
    catalogue: &Catalogue,
    key: &DataKey,
    head: RecordHead,
    content: &Content,
    randomness: &mut Randomness,
) -> Result<RecordSeals, KeyError> {
    let Blocks {
        general,
        sensitive,
        unknown,
    } = content.to_blocks(catalogue);
    let commitment = commit(key, head, [&general, &sensitive, &unknown]);
    let mut seal = |class, plain: Vec<u8>| {
        if plain.is_empty() {
            return Ok(plain);
        }
        vault::seal(key, &bound_to(head.id, class), &plain, randomness)
    };
    let sensitive = seal(Class::Sensitive, sensitive)?;
    let unknown = seal(Class::Unknown, unknown)?;
    Ok(RecordSeals {
        general,
        sensitive,
        unknown,
        commitment,
    })
}

/// The salted commitment to a record: what it is, and its three blocks, each with its length.
fn commit(key: &DataKey, head: RecordHead, blocks: [&[u8]; 3]) -> [u8; 32] {
    let said = blocks.iter().map(|block| block.len() + 8).sum::<usize>();
    let mut bytes = Vec::with_capacity(48 + said);
    let kind = head.kind.number();
    for number in [
        head.id,
        head.series,
        head.version,
        head.source,
        kind,
        head.observed_at,
    ] {
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    for block in blocks {
        bytes.extend_from_slice(&(block.len() as u64).to_be_bytes());
        bytes.extend_from_slice(block);
    }
    vault::commitment(&key.salt(head.id), &bytes)
}

/// What a sealed block is bound to: its table, its record, its class and the version of the seal.
fn bound_to(id: i64, class: Class) -> [u8; 16] {
    let mut bytes = *b"record\0\0\0\0\0\0\0\0\0\0";
    bytes[6] = match class {
        Class::General => 0,
        Class::Sensitive => 1,
        Class::Unknown => 2,
    };
    bytes[7] = SEAL_VERSION;
    bytes[8..].copy_from_slice(&id.to_be_bytes());
    bytes
}

/// Writes records.
pub async fn insert_records(
    transaction: &mut Transaction,
    recorded_at: Micros,
    records: Vec<NewRecord>,
) -> Result<(), StorageError> {
    let mut rows = Rows::with_capacity(14, records.len());
    for record in records {
        rows.push([
            record.head.id.into(),
            record.head.series.into(),
            record.head.version.into(),
            record.head.source.into(),
            record.batch.into(),
            record
                .row_number
                .and_then(|row| i64::try_from(row).ok())
                .into(),
            record.head.kind.number().into(),
            record.head.observed_at.into(),
            recorded_at.into(),
            record.entered_by.into(),
            record.seals.general.into(),
            record.seals.sensitive.into(),
            record.seals.unknown.into(),
            record.seals.commitment.into(),
        ]);
    }
    transaction
        .insert_many(include_str!("insert_record.sql"), rows, "")
        .await
}

struct SealedRow {
    record: StoredRecord,
    blocks: [Vec<u8>; 3],
}

/// Records as they were read, and the keys that open them.
pub struct SealedRecords {
    rows: Vec<SealedRow>,
    keys: HashMap<i64, DataKey>,
}

impl SealedRecords {
    async fn of(keys: &Keys, rows: &[Row]) -> Result<Self, RegisterError> {
        let rows = rows
            .iter()
            .map(into_sealed)
            .collect::<Result<Vec<_>, _>>()?;
        let mut series: Vec<i64> = rows.iter().map(|row| row.record.head.series).collect();
        series.sort_unstable();
        series.dedup();
        let keys = keys.load(KeyScope::Series, &series).await?;
        Ok(Self { rows, keys })
    }

    fn open(self) -> Result<Vec<StoredRecord>, RegisterError> {
        let rows = self.rows.into_iter();
        rows.map(|row| open_row(&self.keys, row)).collect()
    }

    /// Opens them, each once, in the order of series and version.
    pub fn open_in_order(self) -> Result<Vec<StoredRecord>, RegisterError> {
        let mut records = self.open()?;
        records.sort_unstable_by_key(|record| (record.head.series, record.head.version));
        records.dedup_by_key(|record| record.head.id);
        Ok(records)
    }
}

fn into_sealed(row: &Row) -> Result<SealedRow, StorageError> {
    let record = StoredRecord {
        head: RecordHead {
            id: row.integer(0)?,
            series: row.integer(1)?,
            version: row.integer(2)?,
            source: row.integer(3)?,
            kind: PartyKind::from_number(row.integer(6)?).unwrap_or(PartyKind::Person),
            observed_at: row.integer(7)?,
        },
        batch: row.optional_integer(4)?,
        row_number: row.optional_integer(5)?,
        recorded_at: row.integer(8)?,
        retired_at: row.optional_integer(9)?,
        entered_by: row.optional_text(10)?,
        commitment: row.array(14)?,
        intact: false,
        content: None,
    };
    Ok(SealedRow {
        record,
        blocks: [row.bytes(11)?, row.bytes(12)?, row.bytes(13)?],
    })
}

/// The records with given ids, opened.
pub async fn open_records(
    transaction: &mut Transaction,
    keys: &Keys,
    ids: &[i64],
) -> Result<Vec<StoredRecord>, RegisterError> {
    let rows = transaction
        .fetch_by_keys(include_str!("records_by_id.sql"), ids)
        .await?;
    SealedRecords::of(keys, &rows).await?.open()
}

/// All versions of the given series, opened, in the order of series and version.
pub async fn records_of_series(
    transaction: &mut Transaction,
    keys: &Keys,
    series: &[i64],
) -> Result<Vec<StoredRecord>, RegisterError> {
    let sealed = read_records_of_series(transaction, keys, series).await?;
    sealed.open_in_order()
}

/// All versions of the given series, still sealed.
pub async fn read_records_of_series(
    transaction: &mut Transaction,
    keys: &Keys,
    series: &[i64],
) -> Result<SealedRecords, RegisterError> {
    let mut rows = transaction
        .fetch_by_keys(include_str!("records_by_id.sql"), series)
        .await?;
    rows.extend(
        transaction
            .fetch_by_keys(include_str!("later_versions.sql"), series)
            .await?,
    );
    SealedRecords::of(keys, &rows).await
}

/// Records as they were read, opened, each once, in the order of series and version.
pub(super) async fn open_in_order(
    keys: &Keys,
    rows: &[Row],
) -> Result<Vec<StoredRecord>, RegisterError> {
    SealedRecords::of(keys, rows).await?.open_in_order()
}

/// The latest version of each of the given series that was not withdrawn.
pub async fn latest_of_series(
    transaction: &mut Transaction,
    keys: &Keys,
    series: &[i64],
) -> Result<BTreeMap<i64, StoredRecord>, RegisterError> {
    let records = records_of_series(transaction, keys, series).await?;
    let standing = records
        .into_iter()
        .filter(|record| record.retired_at.is_none());
    Ok(standing
        .map(|record| (record.head.series, record))
        .collect())
}

fn open_row(
    keys: &HashMap<i64, DataKey>,
    SealedRow { mut record, blocks }: SealedRow,
) -> Result<StoredRecord, RegisterError> {
    let Some(key) = keys.get(&record.head.series) else {
        return Ok(record);
    };
    let id = record.head.id;
    let open = |class, sealed: &[u8]| {
        if sealed.is_empty() {
            return Ok(Vec::new());
        }
        vault::open(key, &bound_to(id, class), sealed).map_err(|source| KeyError::Open {
            what: "record",
            id,
            source,
        })
    };
    let [general, sensitive, unknown] = &blocks;
    let sensitive = open(Class::Sensitive, sensitive)?;
    let unknown = open(Class::Unknown, unknown)?;
    let content = Content::from_blocks([general.as_slice(), &sensitive, &unknown])
        .map_err(|source| RegisterError::Damaged { record: id, source })?;
    record.intact = commit(key, record.head, [general, &sensitive, &unknown]) == record.commitment;
    record.content = Some(content);
    Ok(record)
}

/// The name and the kind of party that the latest version of each series gives. Both are readable
/// in the store, so no key is asked for.
pub async fn names_of_series(
    transaction: &mut Transaction,
    catalogue: &Catalogue,
    series: &[i64],
) -> Result<HashMap<i64, (Option<String>, PartyKind)>, RegisterError> {
    let mut rows = transaction
        .fetch_by_keys(include_str!("records_by_id.sql"), series)
        .await?;
    rows.extend(
        transaction
            .fetch_by_keys(include_str!("later_versions.sql"), series)
            .await?,
    );
    let mut latest: HashMap<i64, (i64, Option<String>, PartyKind)> = HashMap::new();
    for row in rows {
        let SealedRow { record, blocks } = into_sealed(&row)?;
        let RecordHead {
            id,
            series,
            version,
            kind,
            ..
        } = record.head;
        let newer = latest
            .get(&series)
            .is_none_or(|(known, _, _)| *known < version);
        if newer && record.retired_at.is_none() {
            let content = Content::from_blocks([blocks[0].as_slice()])
                .map_err(|source| RegisterError::Damaged { record: id, source })?;
            latest.insert(series, (version, catalogue.name_of(&content), kind));
        }
    }
    Ok(latest
        .into_iter()
        .map(|(series, (_, name, kind))| (series, (name, kind)))
        .collect())
}
