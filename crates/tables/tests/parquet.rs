//! What the types of Parquet are as text.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::io::Cursor;
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray,
    Float64Array, Int64Array, RecordBatch, StringArray, StructArray, TimestampMillisecondArray,
};
use arrow_schema::{DataType, Field};
use parquet::arrow::ArrowWriter;
use tables::{ReadOptions, open_source};

/// Writes the columns and says what their first row reads as.
fn first_row<const COLUMNS: usize>(columns: [(&str, ArrayRef); COLUMNS]) -> String {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    let bytes = writer.into_inner().unwrap();
    let length = bytes.len() as u64;
    let options = ReadOptions::default();
    let mut reader = open_source(Cursor::new(bytes), "types", length, &options).unwrap();
    let chunk = reader.next_chunk(10).unwrap().unwrap();
    let shown = reader
        .header()
        .iter()
        .zip(&chunk.columns)
        .map(|(name, column)| format!("{name}: {}", column.get(0).unwrap_or("-")))
        .collect::<Vec<_>>();
    shown.join("\n")
}

#[test]
fn every_type_reads_as_text() {
    let mut list = ListBuilder::new(Int32Builder::new());
    list.append_value([Some(1), None]);
    let number: ArrayRef = Arc::new(Int64Array::from(vec![7]));
    let member = (Arc::new(Field::new("n", DataType::Int64, true)), number);
    let decimal = Decimal128Array::from(vec![123_456]);
    let words: DictionaryArray<Int32Type> = vec!["word"].into_iter().collect();
    let columns: [(&str, ArrayRef); 10] = [
        (
            "integer",
            Arc::new(Int64Array::from(vec![110_105_194_912_310_021])),
        ),
        ("date", Arc::new(Date32Array::from(vec![20_000]))),
        (
            "time",
            Arc::new(TimestampMillisecondArray::from(vec![1_700_000_000_123])),
        ),
        (
            "decimal",
            Arc::new(decimal.with_precision_and_scale(10, 2).unwrap()),
        ),
        ("float", Arc::new(Float64Array::from(vec![0.5]))),
        ("boolean", Arc::new(BooleanArray::from(vec![true]))),
        (
            "bytes",
            Arc::new(BinaryArray::from(vec![b"\xFF\x00".as_slice()])),
        ),
        ("list", Arc::new(list.finish())),
        ("structure", Arc::new(StructArray::from(vec![member]))),
        ("dictionary", Arc::new(words)),
    ];
    insta::assert_snapshot!(first_row(columns), @r#"
    integer: 110105194912310021
    date: 2024-10-04
    time: 2023-11-14T22:13:20.123
    decimal: 1234.56
    float: 0.5
    boolean: true
    bytes: ff00
    list: [1,null]
    structure: {"n":7}
    dictionary: word
    "#);
}

#[test]
fn instants_with_a_time_zone_read_as_utc() {
    let instants = TimestampMillisecondArray::from(vec![1_700_000_000_123]);
    let instants: ArrayRef = Arc::new(instants.with_timezone("Asia/Shanghai"));
    let member = Field::new("t", instants.data_type().clone(), true);
    let inside = StructArray::from(vec![(Arc::new(member), instants.clone())]);
    let columns: [(&str, ArrayRef); 2] = [("instant", instants), ("inside", Arc::new(inside))];
    insta::assert_snapshot!(first_row(columns), @r#"
    instant: 2023-11-14T22:13:20.123Z
    inside: {"t":"2023-11-14T22:13:20.123Z"}
    "#);
}

#[test]
fn rows_come_whole_in_chunks_of_any_size_and_a_bad_one_is_rejected() {
    let names = (0..2_500).map(|row| match row {
        1_500 => Some("a\0b".to_owned()),
        row if row % 7 == 0 => None,
        row => Some(format!("名字{row}")),
    });
    let names: StringArray = names.collect();
    let numbers: Int64Array = (0..2_500)
        .map(|row| (row % 5 != 0).then_some(-row))
        .collect();
    let columns: [(&str, ArrayRef); 2] = [("name", Arc::new(names)), ("number", Arc::new(numbers))];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    let bytes = writer.into_inner().unwrap();
    let length = bytes.len() as u64;
    let mut reader =
        open_source(Cursor::new(bytes), "rows", length, &ReadOptions::default()).unwrap();
    assert_eq!(reader.rows_declared(), Some(2_500));
    let (mut seen, mut rejected) = (Vec::new(), Vec::new());
    for size in [1, 30, 999, 1_024, 9_999] {
        let chunk = reader.next_chunk(size).unwrap().unwrap();
        assert!(chunk.rows_covered() <= size);
        for (place, number) in chunk.row_numbers.iter().enumerate() {
            let row = i64::try_from(number - 1).unwrap();
            let name = (row % 7 != 0).then(|| format!("名字{row}"));
            let negative = (row % 5 != 0).then(|| (-row).to_string());
            assert_eq!(chunk.columns[0].get(place), name.as_deref());
            assert_eq!(chunk.columns[1].get(place), negative.as_deref());
        }
        seen.extend(chunk.row_numbers);
        rejected.extend(chunk.rejected.into_iter().map(|row| row.row_number));
    }
    assert_eq!(reader.next_chunk(1).unwrap(), None);
    assert_eq!((seen.len(), rejected), (2_499, vec![1_501]));
    assert!(seen.is_sorted());
}
