//! A book of persons big enough to learn from, and what must hold of it afterwards.

use std::collections::BTreeMap;

use domain::intake::Mapping;
use domain::resolution::Family;
use linkage::{Circumstances, Linker};
use sample::{Book, Options, Parties, write_book};
use server::access::Role;
use server::pipeline::{ImportOptions, Origin, Pace, import_file};
use server::register::{latest_of_series, members_of};
use tables::{Chunk, Column, Format};

use crate::support::TestServer;

/// Imports a stretch of an invented book.
pub async fn import_sample(server: &TestServer, source: &str, seed: u64, records: u64) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.csv");
    let options = Options {
        parties: Parties::PersonsOnly,
        ..Options::new(seed, records)
    };
    write_book(&Book::new(options), &path, Format::Csv, |_| {}).unwrap();
    let options = ImportOptions {
        origin: Origin::Path(path),
        source: source.to_owned(),
        new_source: true,
        mapping: Mapping::by_header(None),
        sheet: None,
        dry_run: false,
        actor: "tester".to_owned(),
        pace: Pace::Shared,
    };
    import_file(&server.store, options, |_| {}).await.unwrap();
}

/// That views and tallies are as the records say, of every customer.
pub async fn assert_folded_all(server: &TestServer) {
    let store = &server.store;
    let customers: Vec<i64> = (1..3_000).collect();
    let mut transaction = store.database.read().await.unwrap();
    let members = members_of(&mut transaction, &customers).await.unwrap();
    let mut sizes: BTreeMap<i64, i64> = BTreeMap::new();
    for member in members.iter().filter(|member| member.until.is_none()) {
        *sizes.entry(member.customer).or_default() += 1;
    }
    let views = server::register::load_golden(&mut transaction, store, &customers)
        .await
        .unwrap();
    let views: BTreeMap<i64, i64> = views
        .into_iter()
        .map(|(customer, view)| (customer, view.records))
        .collect();
    assert_eq!(views, sizes);
    let tallies = server::register::tallies(&mut transaction).await.unwrap();
    let counted = i64::try_from(sizes.len()).unwrap();
    assert_eq!(tallies["customers"], counted);
}

/// That the customers are the parties that the model in force finds in the whole book of persons.
pub async fn assert_divided(server: &TestServer) {
    let store = &server.store;
    let mut transaction = store.database.read().await.unwrap();
    let customers: Vec<i64> = (1..3_000).collect();
    let members = members_of(&mut transaction, &customers).await.unwrap();
    let mut customer_of: BTreeMap<i64, i64> = BTreeMap::new();
    for member in members.iter().filter(|member| member.until.is_none()) {
        customer_of.insert(member.series, member.customer);
    }
    let series: Vec<i64> = customer_of.keys().copied().collect();
    let latest = latest_of_series(&mut transaction, &store.keys, &series)
        .await
        .unwrap();
    drop(transaction);
    let header = Family::Person.header();
    let mut chunk = Chunk::new(0);
    chunk.columns = header.iter().map(|_| Column::new()).collect();
    chunk.row_numbers = (0..series.len() as u64).collect();
    for series in &series {
        let content = latest[series].content.as_ref().unwrap();
        let cells = store.features.of(&store.catalogue, Family::Person, content);
        for (column, cell) in chunk.columns.iter_mut().zip(&cells) {
            column.push(Some(cell.as_str()).filter(|cell| !cell.is_empty()));
        }
    }
    let token = server.token(Role::Steward).await;
    let file = server.get(&token, "/linkage/models/person/file").await;
    let model = toml::from_str(std::str::from_utf8(&file.bytes).unwrap()).unwrap();
    let linker = Linker::new(model).unwrap();
    let mut builder = linker.book(&header, series.len()).unwrap();
    let identities: Vec<u64> = series.iter().map(|series| series.cast_unsigned()).collect();
    builder.push_with(&chunk, &identities).unwrap();
    let parties = linker
        .link(&builder.finish(), &Circumstances::default())
        .parties;
    let mut homes: BTreeMap<u32, i64> = BTreeMap::new();
    let mut owners: BTreeMap<i64, u32> = BTreeMap::new();
    for (series, party) in series.iter().zip(parties) {
        let customer = customer_of[series];
        assert_eq!(
            *homes.entry(party).or_insert(customer),
            customer,
            "series {series}"
        );
        assert_eq!(
            *owners.entry(customer).or_insert(party),
            party,
            "series {series}"
        );
    }
}
