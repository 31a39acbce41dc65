//! What stood at an instant (时点视图, R1.11): whom a number meant, which records stood behind it, and
//! what they said, as far as it was known then. Now is the latest instant.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::register::{CustomerNumber, Field, FieldId, RecordFacts};
use storage::{StorageError, Transaction};

use crate::clock::Micros;
use crate::register::source::list_sources_at;
use crate::register::{
    CustomerId, Member, RegisterError, Source, StoredRecord, facts_of, members_of,
    records_of_series, redirect_of,
};
use crate::store::Store;

/// A customer at an instant.
#[derive(Debug)]
pub struct Standing {
    /// Whom the number led to.
    pub customer: CustomerId,
    /// When that customer came into being.
    pub created_at: Micros,
    /// Which series belonged to it, since when and why.
    pub members: BTreeMap<i64, Member>,
    /// Every version that was known, withdrawn ones too, by series and version.
    pub records: Vec<StoredRecord>,
    /// All sources, trusted as they were then.
    pub sources: HashMap<i64, Source>,
}

/// A customer number as somebody wrote it.
pub fn read_number(text: &str) -> Result<CustomerNumber, RegisterError> {
    text.trim()
        .parse()
        .map_err(|error: domain::register::InvalidCustomerNumber| {
            let en = format!("is no customer number: {error}");
            RegisterError::invalid("number", error.zh(), en)
        })
}

/// What stood behind a number at an instant, or stands now.
pub async fn standing(
    transaction: &mut Transaction,
    store: &Store,
    number: CustomerNumber,
    as_of: Option<Micros>,
) -> Result<Standing, RegisterError> {
    let (customer, created_at) = match as_of {
        None => redirect_of(transaction, number).await?,
        Some(instant) => meant_at(transaction, number, instant).await?,
    };
    let instant = as_of.unwrap_or(Micros::MAX);
    let members: BTreeMap<i64, Member> = members_of(transaction, &[customer])
        .await?
        .into_iter()
        .filter(|member| stood(member, instant))
        .map(|member| (member.series, member))
        .collect();
    let series: Vec<i64> = members.keys().copied().collect();
    let mut records = records_of_series(transaction, &store.keys, &series).await?;
    records.retain(|record| record.recorded_at <= instant);
    for record in &mut records {
        // What was withdrawn later stood then.
        record.retired_at = record.retired_at.filter(|retired| *retired <= instant);
    }
    let sources = list_sources_at(transaction, instant).await?;
    Ok(Standing {
        customer,
        created_at,
        members,
        records,
        sources: sources
            .into_iter()
            .map(|source| (source.id, source))
            .collect(),
    })
}

fn stood(member: &Member, instant: Micros) -> bool {
    member.since <= instant && member.until.is_none_or(|until| until > instant)
}

/// Whom a number meant at an instant: merges are dated, and one taken back later held until then.
async fn meant_at(
    transaction: &mut Transaction,
    number: CustomerNumber,
    instant: Micros,
) -> Result<(CustomerId, Micros), RegisterError> {
    let unknown = || RegisterError::UnknownCustomer(number.to_string());
    let mut id = number.sequence();
    loop {
        let row = transaction
            .fetch_optional(include_str!("number_at.sql"), [id.into(), instant.into()])
            .await?
            .ok_or_else(unknown)?;
        match row.optional_integer(1)? {
            Some(survivor) if survivor < id => id = survivor,
            Some(_) => return Err(unknown()),
            None => return Ok((id, row.integer(0)?)),
        }
    }
}

impl Standing {
    /// Its own number.
    pub fn number(&self) -> CustomerNumber {
        CustomerNumber::from_sequence(self.customer)
    }

    /// What a fold looks at.
    pub fn facts(&self) -> Vec<RecordFacts<'_>> {
        let trust = self
            .sources
            .iter()
            .map(|(id, source)| (*id, source.said.trust))
            .collect();
        facts_of(&trust, &self.records)
    }

    /// The record with an id.
    pub fn record(&self, id: i64) -> Option<&StoredRecord> {
        self.records.iter().find(|record| record.head.id == id)
    }

    /// The source of a record.
    pub fn source_of(&self, record: &StoredRecord) -> Option<&Source> {
        self.sources.get(&record.head.source)
    }

    /// The latest version of each series that was not withdrawn.
    pub fn latest(&self) -> Vec<&StoredRecord> {
        let mut latest: BTreeMap<i64, &StoredRecord> = BTreeMap::new();
        // Records come by version, so the last one stays.
        for record in self
            .records
            .iter()
            .filter(|record| record.retired_at.is_none())
        {
            latest.insert(record.head.series, record);
        }
        latest.into_values().collect()
    }

    /// The codes of the sources that say something, in order.
    pub fn source_codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = self
            .latest()
            .into_iter()
            .filter_map(|record| self.source_of(record))
            .map(|source| source.said.code.clone())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// The headers of the columns among these records that nobody recognised.
pub async fn column_names(
    transaction: &mut Transaction,
    records: &[StoredRecord],
) -> Result<HashMap<FieldId, String>, StorageError> {
    let contents = records.iter().filter_map(|record| record.content.as_ref());
    let fields = contents.flat_map(domain::register::Content::fields);
    let unknown: HashSet<i64> = fields
        .filter(|field: &&Field| field.id.is_unknown_column())
        .map(|field| i64::from(field.id.0))
        .collect();
    let ids: Vec<i64> = unknown.into_iter().collect();
    let rows = transaction
        .fetch_by_keys(include_str!("columns_by_id.sql"), &ids)
        .await?;
    rows.iter()
        .map(|row| {
            let field = u32::try_from(row.integer(0)?).unwrap_or_default();
            Ok((FieldId(field), row.text(1)?))
        })
        .collect()
}

/// The numbers that redirected to a customer at an instant.
pub async fn merged_numbers(
    transaction: &mut Transaction,
    customer: CustomerId,
    as_of: Option<Micros>,
) -> Result<Vec<String>, StorageError> {
    let instant = as_of.unwrap_or(Micros::MAX);
    let cells = [customer.into(), instant.into()];
    let rows = transaction
        .fetch_all(include_str!("merged_numbers.sql"), cells)
        .await?;
    rows.iter()
        .map(|row| Ok(CustomerNumber::from_sequence(row.integer(0)?).to_string()))
        .collect()
}
