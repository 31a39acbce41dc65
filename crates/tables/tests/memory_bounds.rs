//! No small file makes a reader reserve more than 256 MiB, whatever it declares or repeats.
//!
//! Each file here is one that a reader used to believe, or that shows what an honest one may cost.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod memory;
mod workbook;

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, GzipLevel};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use tables::{ReadOptions, TableError, open_source, survey_reader};
use workbook::{workbook, workbook_of};

const MEBIBYTE: usize = 1 << 20;
const STYLES: &str = "<styleSheet><cellXfs><xf/></cellXfs></styleSheet>";

/// Makes a file and reads it to its end within the bound; says how many rows there were or what was
/// wrong. Making it takes memory too, so no other test may be measured meanwhile.
#[track_caller]
fn outcome(name: &str, make: impl FnOnce() -> Vec<u8>) -> String {
    let _alone = memory::alone();
    let bytes = make();
    let length = bytes.len() as u64;
    assert!(length < 16 << 20, "{length} bytes are no small file");
    let (read, peak) = memory::peak_bytes(|| {
        let source = Cursor::new(bytes);
        open_source(source, name, length, &ReadOptions::default()).and_then(survey_reader)
    });
    assert!(peak < 256 * MEBIBYTE, "reserved {peak} bytes");
    let refused = |error: TableError| format!("{}: {error}", error.code());
    read.map_or_else(refused, |survey| {
        format!("{} rows, {} rejected", survey.rows, survey.rejected)
    })
}

/// One column in one row group.
fn parquet(values: ArrayRef, properties: WriterPropertiesBuilder) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter([("note", values)]).unwrap();
    let properties = Some(properties.build());
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), properties).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn long_texts(rows: usize) -> ArrayRef {
    let text = "x".repeat(1_000_000);
    Arc::new(StringArray::from_iter_values((0..rows).map(|_| &text)))
}

#[test]
fn a_long_entry_of_a_dictionary_may_stand_in_every_row() {
    let file = || parquet(long_texts(300), WriterProperties::builder());
    insta::assert_snapshot!(outcome("repeated.parquet", file), @"300 rows, 0 rejected");
}

#[test]
fn a_page_that_inflates_beyond_measure_is_refused_before_it_is_inflated() {
    let gzip = WriterProperties::builder()
        .set_compression(Compression::GZIP(GzipLevel::default()))
        .set_dictionary_enabled(false)
        .set_data_page_size_limit(1 << 30);
    insta::assert_snapshot!(outcome("bomb.parquet", || parquet(long_texts(100), gzip)), @"too_large: bomb.parquet: row group 1, column note: what must be in memory at once is larger than 67108864 bytes; write the file with smaller pages");
}

#[test]
fn texts_that_repeat_the_text_before_them_count_in_full() {
    let front_coded = WriterProperties::builder()
        .set_dictionary_enabled(false)
        .set_encoding(Encoding::DELTA_BYTE_ARRAY);
    insta::assert_snapshot!(outcome("front.parquet", || parquet(long_texts(500), front_coded)), @"too_large: front.parquet: row group 1, column note: what must be in memory at once is larger than 67108864 bytes; write the file with smaller pages");
}

#[test]
fn a_list_of_ten_million_absent_values_is_refused() {
    let file = || {
        let mut list = ListBuilder::new(Int32Builder::new());
        list.values().append_nulls(10_000_000);
        list.append(true);
        let one_page = WriterProperties::builder().set_data_page_row_count_limit(usize::MAX);
        parquet(Arc::new(list.finish()), one_page)
    };
    insta::assert_snapshot!(outcome("list.parquet", file), @"too_large: list.parquet: row group 1, column note.list.item: what must be in memory at once is larger than 67108864 bytes; write the file with smaller pages");
}

#[test]
fn a_workbook_that_declares_strings_it_does_not_have_is_refused() {
    let strings = "<sst uniqueCount=\"99999999999\"></sst>";
    let file = || workbook_of("", strings, STYLES);
    insta::assert_snapshot!(outcome("strings.xlsx", file), @r#"damaged_file: strings.xlsx: part "xl/sharedStrings.xml": cannot be read as xlsx: it declares more strings than it has bytes"#);
}

#[test]
fn shared_strings_without_text_count_too() {
    let strings = format!("<sst>{}</sst>", "<si/>".repeat(200_000));
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>";
    insta::assert_snapshot!(outcome("few.xlsx", || workbook_of(rows, &strings, STYLES)), @"0 rows, 0 rejected");
}

#[test]
fn a_font_whose_long_name_every_format_repeats_is_refused() {
    let styles = format!(
        "<styleSheet><fonts><font><name val=\"{}\"/></font></fonts><cellXfs>{}</cellXfs></styleSheet>",
        "x".repeat(100_000),
        "<xf fontId=\"0\"/>".repeat(20_000),
    );
    insta::assert_snapshot!(outcome("styles.xlsx", || workbook_of("", "<sst/>", &styles)), @r#"too_large: styles.xlsx: part "xl/styles.xml": what must be in memory at once is larger than 67108864 bytes; save the sheet alone, or as CSV"#);
}

#[test]
fn a_cell_hidden_in_markup_counts_as_one() {
    // Neither a comment nor another element ends the cell before its own end does.
    let mut runs = String::new();
    for run in 0..600_000 {
        let _ = write!(runs, "<r><t>{run} <!-- <c> --></t></r>");
    }
    let rows = format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is>{runs}</is></c></row>");
    insta::assert_snapshot!(outcome("runs.xlsx", || workbook(&rows)), @r#"too_large: runs.xlsx: part "xl/worksheets/sheet1.xml": what must be in memory at once is larger than 67108864 bytes; save the sheet alone, or as CSV"#);
}

#[test]
fn a_row_of_nothing_but_delimiters_is_refused() {
    let file = || format!("a,b\n{}\n", ",".repeat(15 * MEBIBYTE)).into();
    insta::assert_snapshot!(outcome("delimiters.csv", file), @"too_large: delimiters.csv: line 2, column 699052: a row is larger than 16777216 bytes");
}

#[test]
fn a_line_of_nothing_but_keys_is_rejected() {
    let keys = || "\"a\":0,".repeat(2 * MEBIBYTE);
    let file = || format!("{{\"a\":1,\"b\":2}}\n{{{}\"a\":0}}\n", keys()).into();
    insta::assert_snapshot!(outcome("keys.ndjson", file), @"1 rows, 1 rejected");
}
