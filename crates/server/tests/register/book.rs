//! A small book of people, imported from files as anybody would.

use std::collections::BTreeMap;

use domain::intake::Mapping;
use server::access::Role;
use server::pipeline::{ImportOptions, ImportReport, Origin, Pace, import_file};
use server::register::{load_golden, refold, tallies, trust_of};

use crate::support::TestServer;

/// A number that is well formed.
pub const FIRST_NUMBER: &str = "11010519491231002X";

pub const HEADER: &str = "编号,姓名,证件号码,手机号码,星座";

/// Imports rows from a source, each with a key in its first column.
pub async fn import(server: &TestServer, source: &str, rows: &[&str]) -> ImportReport {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.csv");
    std::fs::write(&path, format!("{HEADER}\n{}\n", rows.join("\n"))).unwrap();
    let options = ImportOptions {
        origin: Origin::Path(path),
        source: source.to_owned(),
        new_source: true,
        mapping: Mapping::by_header(Some("编号".to_owned())),
        sheet: None,
        dry_run: false,
        actor: "tester".to_owned(),
        pace: Pace::Alone,
    };
    import_file(&server.store, options, |_| {}).await.unwrap()
}

/// The number of the customer with a sequence.
pub fn number(sequence: i64) -> String {
    domain::register::CustomerNumber::from_sequence(sequence).to_string()
}

/// A server with three customers, one of them told of by two sources, and a steward's token.
///
/// 张三 is the first, 李四 the second, John Smith the third.
pub async fn with_three(server: &TestServer) -> String {
    let first = format!("1,张三,{FIRST_NUMBER},13812345678,狮子");
    let rows = [
        first.as_str(),
        "2,李四,,13987654321,白羊",
        "3,John Smith,E1234567,,狮子",
    ];
    import(server, "core", &rows).await;
    let other = format!("A,張三,{FIRST_NUMBER},13700001111,");
    import(server, "crm", &[&other]).await;
    server.token(Role::Steward).await
}

/// Two people with one number and different names, and a steward's token: a review with the id 1.
pub async fn held(server: &TestServer) -> String {
    let rows = [
        format!("1,张三,{FIRST_NUMBER},13812345678,"),
        format!("2,李四,{FIRST_NUMBER},,"),
    ];
    import(server, "core", &[&rows[0], &rows[1]]).await;
    server.token(Role::Steward).await
}

/// Pairs that share a number and not a name: so many reviews, and a steward's token.
pub async fn many_held(server: &TestServer, count: usize) -> String {
    let rows: Vec<String> = (0..count)
        .flat_map(|pair| {
            let number = resident_number(pair);
            [
                format!("a{pair},甲一,{number},,"),
                format!("b{pair},乙二,{number},,"),
            ]
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    import(server, "core", &rows).await;
    server.token(Role::Steward).await
}

/// A well-formed resident identity number for each small number.
fn resident_number(which: usize) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let day = 1 + which / 1_000;
    let seventeen = format!("110105195001{day:02}{:03}", which % 1_000);
    let digits = seventeen.bytes().map(|byte| usize::from(byte - b'0'));
    let sum: usize = digits
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = char::from(b"10X98765432"[sum % 11]);
    format!("{seventeen}{check}")
}

/// That the cache says what the records say, and that the tallies count what is there.
pub async fn assert_folded(server: &TestServer) {
    let store = &server.store;
    let mut transaction = store.database.read().await.unwrap();
    let customers: Vec<i64> = (1..200).collect();
    let trust = trust_of(&mut transaction).await.unwrap();
    let folded = refold(&mut transaction, store, &trust, &customers)
        .await
        .unwrap();
    let cached = load_golden(&mut transaction, store, &customers)
        .await
        .unwrap();
    let tallies = tallies(&mut transaction).await.unwrap();
    assert_eq!(cached.len(), folded.len());
    let mut sizes: BTreeMap<String, i64> = BTreeMap::new();
    for golden in &folded {
        let row = &cached[&golden.customer];
        assert_eq!(
            row.values, golden.view.values,
            "customer {}",
            golden.customer
        );
        assert_eq!((row.kind, &row.name), (golden.view.kind, &golden.view.name));
        assert_eq!(row.records, i64::try_from(golden.records).unwrap());
        *sizes.entry(format!("size:{}", golden.records)).or_default() += 1;
    }
    sizes.insert("customers".to_owned(), i64::try_from(folded.len()).unwrap());
    let kept = tallies.iter().filter(|(name, count)| {
        (name.starts_with("size:") || name.as_str() == "customers") && **count != 0
    });
    let kept: BTreeMap<String, i64> = kept.map(|(name, count)| (name.clone(), *count)).collect();
    sizes.retain(|_, count| *count != 0);
    assert_eq!(kept, sizes);
}
