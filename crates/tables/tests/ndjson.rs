//! What an NDJSON line says, as text.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::fmt::Write as _;
use std::io::Cursor;

use tables::{Limits, ReadOptions, open_source};

#[track_caller]
fn shown(text: &str) -> String {
    let options = ReadOptions {
        limits: Limits {
            json_header_lines: 2,
            json_depth: 4,
            ..Limits::default()
        },
        ..ReadOptions::default()
    };
    let source = Cursor::new(text.to_owned());
    let mut reader = open_source(source, "a.ndjson", text.len() as u64, &options).unwrap();
    let mut shown = reader.header().join(" | ");
    while let Some(chunk) = reader.next_chunk(1).unwrap() {
        for row in 0..chunk.len() {
            let cells = chunk.columns.iter();
            let cells: Vec<&str> = cells.map(|column| column.get(row).unwrap_or("-")).collect();
            let (number, line) = (chunk.row_numbers[row], chunk.lines[row]);
            let _ = write!(shown, "\n{number} (line {line}): {}", cells.join(" | "));
        }
        for row in &chunk.rejected {
            let _ = write!(
                shown,
                "\n{} {}: {:?}",
                row.row_number, row.reason, row.cells
            );
        }
    }
    shown
}

#[test]
fn numbers_keep_their_digits_and_nested_values_stay_json() {
    insta::assert_snapshot!(shown(
        "{\"a\":110105194912310021.50,\"b\":\"x\\ny\"}\r\n\n{\"c\":{\"d\":[1, 2]},\"b\":null,\"a\":true}\n"
    ), @r#"
    a | b | c
    1 (line 1): 110105194912310021.50 | x
    y | -
    2 (line 3): true | - | {"d":[1, 2]}
    "#);
}

#[test]
fn bad_lines_are_rejected_whole_and_reading_goes_on() {
    insta::assert_snapshot!(shown(
        "{\"a\":1}\n{\"a\":2,\n{\"a\":3,\"new\":1}\n{\"a\":4,\"a\":5}\n[6]\n{\"a\":[[[[7]]]]}\n{\"a\":\"\\u0000\"}\n{\"a\":8} x\n{\"a\":9}"
    ), @r#"
    a
    1 (line 1): 1
    2 is not one JSON object: EOF while parsing a value at character 7: ["{\"a\":2,"]
    3 has the key "new", which none of the first 2 lines has: ["{\"a\":3,\"new\":1}"]
    4 names the key "a" twice: ["{\"a\":4,\"a\":5}"]
    5 is not one JSON object: invalid type: sequence, expected a JSON object at character 0: ["[6]"]
    6 is nested deeper than 4 levels: ["{\"a\":[[[[7]]]]}"]
    7 holds the character NUL, remove it: ["{\"a\":\"\\u0000\"}"]
    8 is not one JSON object: trailing characters at character 9: ["{\"a\":8} x"]
    9 (line 9): 9
    "#);
}
