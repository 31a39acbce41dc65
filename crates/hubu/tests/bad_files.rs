//! A bad file ends in one message that names the place, exit code 2, and no half-written batch.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on ends here"
)]

mod support;
#[path = "../../tables/tests/workbook/mod.rs"]
mod workbook;

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use support::Installation;
use workbook::workbook;
use zip::write::SimpleFileOptions;

/// Imports the file as a source of its own and gives what was said about it.
#[track_caller]
fn refusal(installation: &Installation, name: &str) -> String {
    let path = installation.path(name).display().to_string();
    let ended = installation.hubu(["import", &path, "--source", "s", "--new-source", "--json"]);
    assert_eq!(ended.code, Some(2), "{}", ended.err);
    assert_eq!(ended.out, "");
    for table in ["batch", "record", "source", "quarantine"] {
        let query = format!("select count(*) from {table}");
        assert_eq!(installation.number("hubu", &query), Some(0), "{table}");
    }
    let said = ended.err.replace(&path, "FILE");
    said.trim_end().to_owned()
}

#[track_caller]
fn says(name: &str, content: impl AsRef<[u8]>, place: &str) {
    let installation = Installation::embedded();
    installation.file(name, content);
    let said = refusal(&installation, name);
    assert!(said.starts_with("hubu: FILE: "), "{said}");
    assert!(said.contains(place), "{said}");
}

#[test]
fn text_cut_off_inside_a_character_names_the_line() {
    let whole = "姓名,手机号码\n张三,13812345678\n李四";
    says("cut.csv", &whole.as_bytes()[..whole.len() - 1], "line 3");
}

#[test]
fn mixed_encodings_name_the_line() {
    let mut mixed = "姓名\n".repeat(400).into_bytes();
    mixed.extend_from_slice(b"\xd5\xc5\xc8\xfd\n");
    says("mixed.csv", mixed, "line 401");
}

#[test]
fn ten_thousand_columns_are_too_many() {
    let columns: Vec<String> = (0..10_000).map(|column| format!("c{column}")).collect();
    says("wide.csv", columns.join(","), "columns");
}

#[test]
fn a_cell_of_fifty_megabytes_names_its_row() {
    let mut large = b"name\nx\n".to_vec();
    large.extend(std::iter::repeat_n(b'a', 50 << 20));
    says("large.csv", large, "line 3");
}

#[test]
fn two_columns_of_one_name_are_named() {
    says(
        "twice.csv",
        "姓名,手机,姓名\n",
        "column 3 has the same name as column 1",
    );
}

#[test]
fn a_formula_names_its_cell() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>name</t></is></c></row>\
                <row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c></row>";
    says("formula.xlsx", workbook(rows), "cell A2 holds a formula");
}

#[test]
fn a_zip_bomb_names_its_part() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    archive.start_file("xl/workbook.xml", options).unwrap();
    let zeroes = vec![0; 1 << 20];
    for _ in 0..64 {
        archive.write_all(&zeroes).unwrap();
    }
    let bomb = archive.finish().unwrap().into_inner();
    says("bomb.xlsx", bomb, "zip bomb");
}

#[test]
fn an_empty_file_has_no_header() {
    says("empty.csv", "", "is empty");
}

#[test]
fn a_directory_is_no_file() {
    let installation = Installation::embedded();
    std::fs::create_dir(installation.path("folder")).unwrap();
    let said = refusal(&installation, "folder");
    assert_eq!(said, "hubu: FILE: is a directory, name a file");
}

#[test]
fn a_file_that_breaks_at_its_end_leaves_nothing_of_its_beginning() {
    let mut book = "姓名,手机号码\n".to_owned();
    for row in 0..3_000 {
        writeln!(book, "张三{row},13812345678").unwrap();
    }
    book.push_str("\"never closed,1\n");
    says("end.csv", book, "line 3002");
}
