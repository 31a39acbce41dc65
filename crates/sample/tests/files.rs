//! The files of a book: every format reads back what was written, and the truth beside it.

use insta::assert_snapshot;
use sample::{Book, Options, truth_path, write_book};
use tables::{Format, ReadOptions};

#[test]
fn every_format_reads_back_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::new(Options::new(11, 3_000));
    for format in [Format::Csv, Format::Xlsx, Format::Ndjson, Format::Parquet] {
        let path = folder.path().join(format!("book.{format}"));
        let mut told = Vec::new();
        write_book(&book, &path, format, |written| told.push(written)).unwrap();
        assert_eq!(told.last(), Some(&3_000));
        let mut reader = tables::open(&path, &ReadOptions::default()).unwrap();
        assert_eq!(reader.header(), book.header());
        let mut first = 0;
        while let Some(chunk) = reader.next_chunk(700).unwrap() {
            assert!(chunk.rejected.is_empty());
            let made = book.chunk(first, chunk.len() as u64);
            assert_eq!(chunk.row_numbers, made.row_numbers);
            assert!(chunk.columns == made.columns, "{format}");
            first += chunk.len() as u64;
        }
        assert_eq!(first, 3_000);
    }
}

#[test]
fn the_truth_file_says_what_the_book_knows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.csv");
    let book = Book::new(Options::new(11, 20));
    write_book(&book, &path, Format::Csv, |_| {}).unwrap();
    let text = std::fs::read_to_string(truth_path(&path)).unwrap();
    let head: Vec<&str> = text.lines().take(4).collect();
    assert_snapshot!(head.join("\n"), @r#"
    record_id,entity_id,household_id,slips
    R0000000001,P0000000001,H0000000001,number_missing email_missing address_missing
    R0000000002,P0000000013,H0000000013,number_missing email_missing address_abbreviated
    R0000000003,P0000000010,H0000000010,""
    "#);
    assert_eq!(text.lines().count(), 21);
}

#[test]
fn a_file_that_cannot_be_made_is_an_error_and_not_a_hang() {
    let book = Book::new(Options::new(1, 100_000));
    let nowhere = std::path::Path::new("no/such/folder/book.csv");
    assert!(write_book(&book, nowhere, Format::Csv, |_| {}).is_err());
}
