//! What a sheet says, as text.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod workbook;

use std::fmt::Write as _;
use std::io::Cursor;

use tables::{ReadOptions, open_source};
use workbook::workbook;

/// A sheet with a header of three names above these rows.
#[track_caller]
fn shown(rows: &str) -> String {
    let header = "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>a</v></c><c r=\"B2\" t=\"str\"><v>b</v></c>\
        <c r=\"C2\" t=\"inlineStr\"><is><t>c</t></is></c></row>";
    let bytes = workbook(&format!("{header}{rows}"));
    let length = bytes.len() as u64;
    let options = ReadOptions::default();
    let mut reader = open_source(Cursor::new(bytes), "a.xlsx", length, &options).unwrap();
    let description = reader.description().clone();
    let mut text = format!(
        "{:?} of {:?}: ",
        description.sheet.unwrap(),
        description.sheets
    );
    text += &reader.header().join(" | ");
    while let Some(chunk) = reader.next_chunk(1).unwrap() {
        for row in 0..chunk.len() {
            let cells = chunk.columns.iter();
            let cells: Vec<&str> = cells.map(|column| column.get(row).unwrap_or("-")).collect();
            let (number, line) = (chunk.row_numbers[row], chunk.lines[row]);
            let _ = write!(text, "\n{number} (sheet row {line}): {}", cells.join(" | "));
        }
        for row in &chunk.rejected {
            let column = row.column.as_deref().unwrap_or("-");
            let _ = write!(
                text,
                "\n{} column {column}: {} {:?}",
                row.row_number, row.reason, row.cells
            );
        }
    }
    text
}

#[test]
fn values_read_as_they_were_typed() {
    insta::assert_snapshot!(shown(
        "<row r=\"3\"><c r=\"A3\"><v>13800138000</v></c><c r=\"B3\" s=\"1\"><v>45943</v></c><c r=\"C3\" s=\"2\"><v>45943.5</v></c></row>\
         <row r=\"4\"/>\
         <row r=\"5\"><c r=\"A5\" t=\"b\"><v>1</v></c><c r=\"C5\"><v>0.30000000000000004</v></c></row>"
    ), @r#"
    "客户" of ["客户"]: a | b | c
    1 (sheet row 3): 13800138000 | 2025-10-13 | 2025-10-13T12:00:00
    2 (sheet row 5): true | - | 0.3
    "#);
}

#[test]
fn rows_that_cannot_be_trusted_are_rejected_with_the_cell() {
    insta::assert_snapshot!(shown(
        "<row r=\"3\"><c r=\"A3\" t=\"e\"><v>#REF!</v></c></row>\
         <row r=\"4\"><c r=\"B4\"><v>110105194912310021</v></c></row>\
         <row r=\"5\"><c r=\"E5\"><v>5</v></c></row>\
         <row r=\"6\"><c r=\"A6\"><v>6</v></c></row>"
    ), @r##"
    "客户" of ["客户"]: a | b | c
    1 column a: cell A3 holds the error #REF!, correct it in the sheet ["#REF!", "", ""]
    2 column b: cell B4 holds a number of more than 15 digits, its last digits are lost: format the column as text and enter it again ["", "110105194912310020", ""]
    3 column -: has 5 cells, the header names 3 ["", "", "", "", "5"]
    4 (sheet row 6): 6 | - | -
    "##);
}

#[test]
fn a_sheet_is_chosen_by_name() {
    let options = ReadOptions {
        sheet: Some("名单".to_owned()),
        ..ReadOptions::default()
    };
    let bytes = workbook("");
    let length = bytes.len() as u64;
    let error = open_source(Cursor::new(bytes), "a.xlsx", length, &options)
        .err()
        .unwrap();
    insta::assert_snapshot!(error, @r#"a.xlsx: has no sheet "名单", it has 客户"#);
}
