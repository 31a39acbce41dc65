//! A small book of people, imported from files as anybody would.

use domain::intake::Mapping;
use server::access::Role;
use server::pipeline::{ImportOptions, ImportReport, Origin, Pace, import_file};

use crate::support::TestServer;

/// Two numbers that are well formed.
pub const FIRST_NUMBER: &str = "11010519491231002X";
pub const SECOND_NUMBER: &str = "440524188001010014";

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
