//! What a CSV may look like, and what is said of a bad one.

use std::io::Cursor;

use tables::{ReadOptions, Reader, TableError, open_source};

fn read(bytes: impl Into<Vec<u8>>) -> Result<Reader, TableError> {
    let bytes = bytes.into();
    let length = bytes.len() as u64;
    open_source(
        Cursor::new(bytes),
        "customers.csv",
        length,
        &ReadOptions::default(),
    )
}

/// Header, rows and rejected rows as a person would write them down.
#[track_caller]
fn shown(bytes: impl Into<Vec<u8>>) -> String {
    let mut reader = read(bytes).unwrap();
    let mut lines = vec![reader.header().join(" | ")];
    while let Some(chunk) = reader.next_chunk(2).unwrap() {
        for row in 0..chunk.len() {
            let cells: Vec<&str> = chunk
                .columns
                .iter()
                .map(|column| column.get(row).unwrap_or("-"))
                .collect();
            lines.push(format!(
                "{} (line {}): {:?}",
                chunk.row_numbers[row],
                chunk.lines[row],
                cells.join(" | ")
            ));
        }
        for row in &chunk.rejected {
            lines.push(format!(
                "{} rejected: {} {:?}",
                row.row_number, row.reason, row.cells
            ));
        }
    }
    lines.join("\n")
}

#[test]
fn quotes_line_ends_and_blank_lines_are_understood() {
    insta::assert_snapshot!(shown("name,note\r\n\r\n张丽,\"two\nlines\"\r\n\n\"\"\"x\"\"\",\r\n\"\",a\"b"), @r#"
    name | note
    1 (line 3): "张丽 | two\nlines"
    2 (line 6): "\"x\" | -"
    3 (line 7): " | a\"b"
    "#);
}
