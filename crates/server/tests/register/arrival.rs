//! The law of arrival: customers are the same in whatever order records come, one by one or many at once, over one
//! server or two; and they are what linkage finds in the whole book at once.

use std::collections::{BTreeMap, BTreeSet};

use domain::register::{Content, Field};
use domain::resolution::Family;
use linkage::Circumstances;
use sample::{Book, Language, Options, Parties};
use serde_json::json;
use server::pipeline::{NewRecord, write_records};
use server::register::members_of;
use tables::{Chunk, Column};

use crate::support::TestServer;

const RECORDS: usize = 140;

/// What of the invented book is told, and what the attributes are called.
const TOLD: [(&str, &str); 8] = [
    ("name", "name"),
    ("birth_date", "birth_date"),
    ("sex", "sex"),
    ("id_number", "identity_number"),
    ("mobile", "mobile"),
    ("phone", "phone"),
    ("email", "email"),
    ("address", "home_address"),
];

type Partition = BTreeSet<BTreeSet<usize>>;

/// Numbers that look drawn by lot.
struct Lots(u64);

impl Lots {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Persons of an invented book, some of whom share so much that keys are closed and parties hang together.
fn rows(seed: u64) -> Vec<Vec<Option<String>>> {
    let mut options = Options::new(seed, u64::try_from(RECORDS).unwrap());
    options.parties = Parties::PersonsOnly;
    options.language = Language::English;
    let book = Book::new(options);
    let header = book.header();
    let chunk = book.chunk(0, book.records());
    let columns = TOLD.map(|(column, _)| header.iter().position(|name| *name == column).unwrap());
    let cell = |row, column: usize| chunk.columns[column].get(row).map(str::to_owned);
    let mut rows: Vec<Vec<Option<String>>> = (0..RECORDS)
        .map(|row| columns.iter().map(|column| cell(row, *column)).collect())
        .collect();
    let mut lots = Lots(seed);
    for row in 0..RECORDS {
        for column in 0..TOLD.len() {
            // Contacts of two, which more share than a key may have; the rest of a dozen.
            let (share, models) = if matches!(TOLD[column].0, "mobile" | "email") {
                (3, 2)
            } else {
                (1, 12)
            };
            if lots.below(4) < share {
                let model = rows[lots.below(models)][column].clone();
                rows[row][column] = model;
            }
        }
        // Numbers would tell most of them apart.
        if lots.below(5) > 0 {
            rows[row][3] = None;
        }
        // A record that names nobody is refused.
        rows[row][0].get_or_insert_with(|| "无名".to_owned());
    }
    rows
}

fn shuffled(seed: u64) -> Vec<usize> {
    let mut lots = Lots(seed);
    let mut order: Vec<usize> = (0..RECORDS).collect();
    for place in (1..RECORDS).rev() {
        order.swap(place, lots.below(place + 1));
    }
    order
}

fn record(place: usize, row: &[Option<String>]) -> NewRecord {
    let said = TOLD.iter().zip(row);
    let attributes: BTreeMap<&str, &String> = said
        .filter_map(|((_, attribute), value)| Some((*attribute, value.as_ref()?)))
        .collect();
    let record = json!({ "source": "core", "key": place.to_string(), "attributes": attributes });
    serde_json::from_value(record).unwrap()
}

/// Tells servers in turn of the rows in an order, so many at once, and says who became one customer.
async fn told(
    servers: &[&TestServer],
    rows: &[Vec<Option<String>>],
    order: &[usize],
    at_once: usize,
) -> Partition {
    crate::book::import(servers[0], "core", &["first,张三,,,"]).await;
    let mut places: BTreeMap<i64, usize> = BTreeMap::new();
    for (turn, group) in order.chunks(at_once).enumerate() {
        let records: Vec<NewRecord> = group.iter().map(|row| record(*row, &rows[*row])).collect();
        let store = &servers[turn % servers.len()].store;
        let answers = write_records(store, "tester", &records).await.unwrap();
        for (place, answer) in group.iter().zip(answers) {
            places.insert(answer.unwrap().series.unwrap().0, *place);
        }
    }
    let mut transaction = servers[0].store.database.read().await.unwrap();
    let customers: Vec<i64> = (1..2 * i64::try_from(RECORDS).unwrap()).collect();
    let members = members_of(&mut transaction, &customers).await.unwrap();
    let mut parties: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
    for member in members.iter().filter(|member| member.until.is_none()) {
        if let Some(place) = places.get(&member.series) {
            parties.entry(member.customer).or_default().insert(*place);
        }
    }
    assert_eq!(parties.values().map(BTreeSet::len).sum::<usize>(), RECORDS);
    parties.into_values().collect()
}

/// What linkage makes of all rows at once.
fn at_once(server: &TestServer, rows: &[Vec<Option<String>>]) -> Partition {
    let store = &server.store;
    let model = store.linkers.of(Family::Person);
    let mut chunk = Chunk::new(0);
    chunk.row_numbers = (0..RECORDS as u64).collect();
    let header = Family::Person.header();
    chunk.columns = header.iter().map(|_| Column::new()).collect();
    for row in rows {
        let said = TOLD.iter().zip(row);
        let fields = said.filter_map(|((_, attribute), value)| {
            let id = store.catalogue.named(attribute)?.id;
            let value = value.clone()?;
            Some(Field { id, value })
        });
        let content = Content::new(fields.collect());
        let cells = store
            .features
            .of(&store.catalogue, Family::Person, &content);
        for (column, cell) in chunk.columns.iter_mut().zip(&cells) {
            column.push(Some(cell.as_str()).filter(|cell| !cell.is_empty()));
        }
    }
    let mut builder = model.linker.book(&header, RECORDS).unwrap();
    builder.push(&chunk).unwrap();
    let found = model
        .linker
        .link(&builder.finish(), &Circumstances::default());
    let mut parties: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (place, party) in found.parties.iter().enumerate() {
        parties.entry(*party).or_default().insert(place);
    }
    parties.into_values().collect()
}

#[tokio::test]
async fn the_order_of_arrival_does_not_count() {
    for seed in 1..3 {
        let rows = rows(seed);
        for (at_a_time, order) in [(1, seed), (7, seed + 100), (RECORDS, seed + 200)] {
            for server in TestServer::each().await {
                let expected = at_once(&server, &rows);
                assert!(expected.len() < RECORDS && expected.len() > 1);
                let found = told(&[&server], &rows, &shuffled(order), at_a_time).await;
                assert_eq!(found, expected, "seed {seed}, {at_a_time} at a time");
            }
        }
    }
}

#[tokio::test]
async fn two_servers_on_one_database_find_the_same_customers() {
    let Some((first, second)) = TestServer::pair().await else {
        return;
    };
    let rows = rows(9);
    let expected = at_once(&first, &rows);
    let found = told(&[&first, &second], &rows, &shuffled(4), 3).await;
    assert_eq!(found, expected);
}
