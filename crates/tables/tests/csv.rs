//! What a CSV may look like.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::fmt::Write as _;
use std::io::Cursor;

use tables::{Encoding, HeaderMode, ReadOptions, Reader, open_source};

#[track_caller]
fn read_as(bytes: impl Into<Vec<u8>>, options: &ReadOptions) -> Reader {
    let bytes = bytes.into();
    let length = bytes.len() as u64;
    open_source(Cursor::new(bytes), "customers.csv", length, options).unwrap()
}

/// Header, rows and rejected rows as a person would write them down.
#[track_caller]
fn shown_as(bytes: impl Into<Vec<u8>>, options: &ReadOptions) -> String {
    let mut reader = read_as(bytes, options);
    let mut text = reader.header().join(" | ");
    while let Some(chunk) = reader.next_chunk(2).unwrap() {
        for row in 0..chunk.len() {
            let cells = chunk.columns.iter();
            let cells: Vec<&str> = cells.map(|column| column.get(row).unwrap_or("-")).collect();
            let (number, line) = (chunk.row_numbers[row], chunk.lines[row]);
            let _ = write!(text, "\n{number} (line {line}): {:?}", cells.join(" | "));
        }
        for row in &chunk.rejected {
            let (number, line) = (row.row_number, row.line.unwrap());
            let _ = write!(
                text,
                "\n{number} (line {line}) {}: {:?}",
                row.reason, row.cells
            );
        }
    }
    text
}

#[track_caller]
fn shown(bytes: impl Into<Vec<u8>>) -> String {
    shown_as(bytes, &ReadOptions::default())
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

#[test]
fn short_and_long_rows_are_rejected_with_their_cells_and_reading_goes_on() {
    insta::assert_snapshot!(shown("a,b\n1\n2,3\n4,5,\"6\n\"\n7,8"), @r#"
    a | b
    2 (line 3): "2 | 3"
    1 (line 2) has 1 cells, the header names 2: ["1"]
    4 (line 6): "7 | 8"
    3 (line 4) has 3 cells, the header names 2: ["4", "5", "6\n"]
    "#);
}

#[test]
fn a_control_z_at_the_end_is_no_row() {
    insta::assert_snapshot!(shown("a,b\r\n1,2\r\n\u{1a}"), @r#"
    a | b
    1 (line 2): "1 | 2"
    "#);
}

#[test]
fn blank_names_are_numbered() {
    insta::assert_snapshot!(shown("a,, \n1,2,3"), @r#"
    a | column_2 | column_3
    1 (line 2): "1 | 2 | 3"
    "#);
}

#[test]
fn a_file_without_a_header_gets_numbered_columns() {
    let options = ReadOptions {
        header: HeaderMode::None,
        ..ReadOptions::default()
    };
    insta::assert_snapshot!(shown_as("1,2\n3,4", &options), @r#"
    column_1 | column_2
    1 (line 1): "1 | 2"
    2 (line 2): "3 | 4"
    "#);
}

#[test]
fn every_encoding_and_delimiter_is_detected() {
    let text = "姓名;城市\n张丽;北京\n";
    let found = |bytes: Vec<u8>| {
        let reader = read_as(bytes.clone(), &ReadOptions::default());
        let description = reader.description();
        let delimiter = char::from(description.delimiter.unwrap());
        (description.encoding.unwrap(), delimiter, shown(bytes))
    };
    let expected = "姓名 | 城市\n1 (line 2): \"张丽 | 北京\"".to_owned();
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        let units = text.encode_utf16().flat_map(bytes);
        mark.into_iter().chain(units).collect::<Vec<u8>>()
    };
    let marked = format!("\u{FEFF}{text}").into_bytes();
    let gb18030 = encoding_rs::GB18030.encode(text).0.into_owned();
    let cases = [
        (Encoding::Utf8, text.as_bytes().to_vec()),
        (Encoding::Utf8, marked),
        (Encoding::Gb18030, gb18030),
        (
            Encoding::Utf16LittleEndian,
            utf16([0xFF, 0xFE], u16::to_le_bytes),
        ),
        (
            Encoding::Utf16BigEndian,
            utf16([0xFE, 0xFF], u16::to_be_bytes),
        ),
    ];
    for (encoding, bytes) in cases {
        assert_eq!(found(bytes), (encoding, ';', expected.clone()));
    }
    for delimiter in [',', '\t', '|'] {
        let text = text.replace(';', &delimiter.to_string());
        assert_eq!(
            found(text.into()),
            (Encoding::Utf8, delimiter, expected.clone())
        );
    }
}

#[test]
fn gb18030_is_found_behind_megabytes_of_ascii() {
    let mut bytes = b"name,note\n".to_vec();
    bytes.extend(b"abc,defg\n".repeat(300_000));
    bytes.extend(encoding_rs::GB18030.encode("张丽,联通\n").0.iter());
    let mut reader = read_as(bytes, &ReadOptions::default());
    assert_eq!(reader.description().encoding, Some(Encoding::Gb18030));
    reader.skip_rows(300_000).unwrap();
    let last = reader.next_chunk(10).unwrap().unwrap();
    assert_eq!(last.row_numbers, [300_001]);
    assert_eq!(last.columns[0].get(0), Some("张丽"));
    assert!(reader.next_chunk(10).unwrap().is_none());
    assert_eq!(reader.bytes_read(), reader.total_bytes());
}

#[test]
fn cells_that_cross_the_blocks_of_reading_stay_whole() {
    let mut text = "a,b\n".to_owned();
    for row in 0..40_000 {
        let _ = writeln!(text, "{row},\"张丽 \"\"{row}\"\"\r\n\"");
    }
    let mut reader = read_as(text, &ReadOptions::default());
    let mut row = 0;
    while let Some(chunk) = reader.next_chunk(999).unwrap() {
        for index in 0..chunk.len() {
            let expected = format!("张丽 \"{row}\"\r\n");
            assert_eq!(chunk.columns[1].get(index), Some(expected.as_str()));
            assert_eq!(chunk.lines[index], 2 + 2 * row);
            row += 1;
        }
    }
    assert_eq!(row, 40_000);
}

#[test]
fn characters_that_cross_the_blocks_of_reading_stay_whole() {
    for shift in 0..34 {
        let row = "张王李赵钱孙周吴郑\u{20000},x\n".repeat(8_000);
        let text = format!("{},b\n{row}", "a".repeat(shift + 1));
        let gb18030 = encoding_rs::GB18030.encode(&text).0.into_owned();
        for bytes in [text.into_bytes(), gb18030] {
            let mut reader = read_as(bytes, &ReadOptions::default());
            let mut rows = 0;
            while let Some(chunk) = reader.next_chunk(999).unwrap() {
                let mut cells = chunk.columns[0].iter();
                assert!(cells.all(|cell| cell == Some("张王李赵钱孙周吴郑\u{20000}")));
                rows += chunk.len();
            }
            assert_eq!(rows, 8_000);
        }
    }
}
