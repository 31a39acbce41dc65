//! Files become customers: the pipeline over real stores, on each database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

mod support;

use std::path::Path;

use domain::intake::Mapping;
use server::intake::IntakeError;
use server::pipeline::{ImportOptions, ImportReport, Origin, Pace, import_file};
use server::register::{members_of, tallies};
use support::TestServer;

const HEADER: &str = "编号,姓名,性别,出生日期,证件号码,手机号码,星座\n";

fn options(path: &Path, key: Option<&str>) -> ImportOptions {
    ImportOptions {
        origin: Origin::Path(path.to_owned()),
        source: "core".to_owned(),
        new_source: true,
        mapping: Mapping::by_header(key.map(str::to_owned)),
        sheet: None,
        dry_run: false,
        actor: "tester".to_owned(),
        pace: Pace::Alone,
    }
}

async fn import(
    server: &TestServer,
    rows: &str,
    key: Option<&str>,
) -> Result<ImportReport, IntakeError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.csv");
    std::fs::write(&path, format!("{HEADER}{rows}")).unwrap();
    import_file(&server.store, options(&path, key), |_| {}).await
}

#[tokio::test]
async fn every_row_is_a_record_or_in_quarantine() {
    for server in TestServer::each().await {
        let rows = "1,张三,男,1949-12-31,11010519491231002X,13812345678,摩羯\n\
                    2,,,,,,白羊\n\
                    3,李四\n\
                    4,王五,女,1980-02-30,440524188001010014,,\n";
        let report = import(&server, rows, Some("编号")).await.unwrap();
        assert_eq!(
            (report.rows, report.accepted, report.quarantined),
            (4, 2, 2)
        );
        assert_eq!(report.customers, 2);
        let codes: Vec<&str> = report.problems.iter().map(|p| p.code.as_str()).collect();
        assert_eq!(codes, ["nobody_named", "cell_count"]);
    }
}

#[tokio::test]
async fn both_forms_of_one_number_with_agreeing_names_are_one_customer() {
    for server in TestServer::each().await {
        let rows = "1,张三,,,11010519491231002X,,\n\
                    2,ZHANG SAN,,,110105491231002,,\n\
                    3,李四,,,11010519491231002x,,\n";
        let report = import(&server, rows, Some("编号")).await.unwrap();
        assert_eq!(
            (report.customers, report.new_customers, report.joined),
            (2, 2, 1)
        );
        assert_eq!(report.held_for_review, 1);
        let mut transaction = server.store.database.read().await.unwrap();
        let first = members_of(&mut transaction, &[1]).await.unwrap();
        assert_eq!(first.len(), 2);
    }
}

#[tokio::test]
async fn a_later_file_joins_what_stands_and_a_same_file_repeats_nothing() {
    for server in TestServer::each().await {
        let first = "1,张三,,,11010519491231002X,13812345678,\n2,王五,,,440524188001010014,,\n";
        import(&server, first, Some("编号")).await.unwrap();
        let again = import(&server, first, Some("编号")).await.unwrap();
        assert!(again.repeated);
        assert_eq!((again.accepted, again.customers), (2, 2));

        let second = "1,张三,,,11010519491231002X,13812345679,\n2,王五,,,440524188001010014,,\n7,张三,,,110105491231002,,\n";
        let report = import(&server, second, Some("编号")).await.unwrap();
        assert_eq!(
            (report.unchanged, report.joined, report.new_customers),
            (1, 2, 0)
        );
        assert_eq!(report.customers, 2);
        let mut transaction = server.store.database.read().await.unwrap();
        let tallies = tallies(&mut transaction).await.unwrap();
        assert_eq!(tallies["records"], 4);
        assert_eq!((tallies["size:1"], tallies["size:2"]), (1, 1));
    }
}

#[tokio::test]
async fn a_file_that_fails_halfway_leaves_nothing_behind() {
    for server in TestServer::each().await {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.csv");
        let mut bytes = format!("{HEADER}1,张三,,,,,\n").into_bytes();
        bytes.extend_from_slice(b"2,\xe5\xbc");
        std::fs::write(&path, bytes).unwrap();
        let refused = import_file(&server.store, options(&path, None), |_| {}).await;
        assert!(matches!(refused, Err(IntakeError::Table(_))), "{refused:?}");
        let mut transaction = server.store.database.read().await.unwrap();
        assert!(
            server::intake::list_batches(
                &mut transaction,
                &server::intake::BatchFilter::default(),
                i64::MAX,
                10
            )
            .await
            .unwrap()
            .0
            .is_empty()
        );
    }
}

#[tokio::test]
async fn a_dry_run_writes_nothing() {
    for server in TestServer::each().await {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.csv");
        std::fs::write(&path, format!("{HEADER}1,张三,,,,,\n,,,,,,\n")).unwrap();
        let options = ImportOptions {
            dry_run: true,
            ..options(&path, None)
        };
        let report = import_file(&server.store, options, |_| {}).await.unwrap();
        assert_eq!(
            (report.accepted, report.quarantined, report.customers),
            (1, 1, 0)
        );
        let mut transaction = server.store.database.read().await.unwrap();
        assert!(
            server::register::list_sources(&mut transaction)
                .await
                .unwrap()
                .is_empty()
        );
    }
}
