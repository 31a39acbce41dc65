//! What stood at an instant (时点视图, R1.11): whom a number meant, which records stood behind it, and
//! what they said, as far as it was known then. Now is the latest instant.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::register::{CustomerNumber, Field, FieldId, RecordFacts};
use storage::{Question, Row, StorageError, Transaction};

use crate::clock::Micros;
use crate::register::membership::into_member;
use crate::register::record::open_in_order;
use crate::register::source::{into_source, sources_at};
use crate::register::{CustomerId, Member, RegisterError, Source, StoredRecord, facts_of};
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
    /// The numbers that redirected to it.
    pub merged_numbers: Vec<String>,
    /// How many reviews that it takes part in are open now.
    pub open_reviews: i64,
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

/// What stood behind a number at an instant, or stands now. Nearly every number is its customer's
/// own, so the customer is asked for with all that stands behind it.
pub async fn standing(
    transaction: &mut Transaction,
    store: &Store,
    number: CustomerNumber,
    as_of: Option<Micros>,
) -> Result<Standing, RegisterError> {
    let unknown = || RegisterError::UnknownCustomer(number.to_string());
    let mut customer = number.sequence();
    loop {
        let (meant, behind) = ask(transaction, customer, as_of).await?;
        let meant = meant.ok_or_else(unknown)?;
        match meant.optional_integer(1)? {
            // A number only ever redirects to an older one, so this ends.
            Some(survivor) if survivor < customer => customer = survivor,
            Some(_) => return Err(unknown()),
            None => {
                let created_at = meant.integer(0)?;
                return behind.understand(store, customer, created_at, as_of).await;
            }
        }
    }
}

/// What the store says of a customer.
struct Behind {
    members: Vec<Row>,
    records: Vec<Row>,
    sources: Vec<Row>,
    merged: Vec<Row>,
    reviews: Vec<Row>,
}

/// Whom a number means, at an instant or now (merges are dated, and one taken back later held until
/// then), and what stands behind it.
async fn ask(
    transaction: &mut Transaction,
    id: CustomerId,
    as_of: Option<Micros>,
) -> Result<(Option<Row>, Behind), StorageError> {
    let instant = as_of.unwrap_or(Micros::MAX);
    let meant = match as_of {
        None => Question::new(include_str!("find_customer.sql"), [id.into()]),
        Some(instant) => {
            let cells = [id.into(), instant.into()];
            Question::new(include_str!("number_at.sql"), cells)
        }
    };
    let merged = [id.into(), instant.into()];
    let [meant, members, mut records, later, sources, merged, reviews] = transaction
        .fetch_together([
            meant,
            Question::by_keys(include_str!("members_of_customers.sql"), &[id]),
            Question::new(include_str!("records_of_customer.sql"), [id.into()]),
            Question::new(include_str!("later_records_of_customer.sql"), [id.into()]),
            sources_at(instant),
            Question::new(include_str!("merged_numbers.sql"), merged),
            Question::by_keys(include_str!("held_customers.sql"), &[id]),
        ])
        .await?;
    records.extend(later);
    let behind = Behind {
        members,
        records,
        sources,
        merged,
        reviews,
    };
    Ok((meant.into_iter().next(), behind))
}

impl Behind {
    async fn understand(
        self,
        store: &Store,
        customer: CustomerId,
        created_at: Micros,
        as_of: Option<Micros>,
    ) -> Result<Standing, RegisterError> {
        let instant = as_of.unwrap_or(Micros::MAX);
        let mut members = BTreeMap::new();
        for row in &self.members {
            let member = into_member(row)?;
            if stood(&member, instant) {
                members.insert(member.series, member);
            }
        }
        let mut rows = self.records;
        rows.retain(|row| matches!(row.integer(1), Ok(series) if members.contains_key(&series)));
        let mut records = open_in_order(&store.keys, &rows).await?;
        records.retain(|record| record.recorded_at <= instant);
        for record in &mut records {
            // What was withdrawn later stood then.
            record.retired_at = record.retired_at.filter(|retired| *retired <= instant);
        }
        let mut sources = HashMap::new();
        for row in &self.sources {
            let source = into_source(row)?;
            sources.insert(source.id, source);
        }
        let number = |row: &Row| {
            let id = row.integer(0)?;
            Ok::<_, StorageError>(CustomerNumber::from_sequence(id).to_string())
        };
        let reviews = self.reviews.first().filter(|_| as_of.is_none());
        Ok(Standing {
            customer,
            created_at,
            members,
            records,
            sources,
            merged_numbers: self.merged.iter().map(number).collect::<Result<_, _>>()?,
            open_reviews: reviews.map_or(Ok(0), |row| row.integer(1))?,
        })
    }
}

fn stood(member: &Member, instant: Micros) -> bool {
    member.since <= instant && member.until.is_none_or(|until| until > instant)
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
