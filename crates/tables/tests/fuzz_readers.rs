//! Every reader, fed with broken files made from good ones, for as long as `HUBU_FUZZ_SECONDS`
//! says (default 1); `cargo xtask test` gives each test here a process and a minute.
//!
//! The claims: no input panics, nothing exceeds the limits, an error names the file, and no file
//! makes a reader reserve more than its size is worth. A failure prints its seed; `HUBU_FUZZ_SEED`
//! starts there. Why it is done this way stands in `docs/decisions/0003-fuzzing.md`.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod fuzz;
mod memory;
mod workbook;

use std::sync::{Arc, Mutex};

use arrow_array::builder::{Int32Builder, ListBuilder};
use arrow_array::{ArrayRef, Decimal128Array, Int64Array, RecordBatch, StringArray, StructArray};
use arrow_schema::{DataType, Field};
use fuzz::{changed_in_place, fuzz, fuzz_made, mutated};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::{WriterProperties, WriterVersion};
use tables::{Format, WriteOptions, Writer};

const TEXT: &str = "编号,姓名,备注\n1,张丽,\"a \"\"b\"\",\nc\"\n2,王芳,\n\n3,李娜,x\n4,短\n";

/// Good files of one format: short, long, and with cells of many kinds.
fn written(format: Format) -> Vec<Vec<u8>> {
    [2_usize, 100]
        .map(|rows| {
            let shared = Shared::default();
            let header = ["编号", "姓名", "备注"];
            let options = WriteOptions::default();
            let mut writer = Writer::to(shared.clone(), "seed", format, &header, options).unwrap();
            for row in 0..rows {
                let number = row.to_string();
                let note = (row % 3 > 0).then_some("a \"b\",\n<&> 中文");
                writer
                    .write_row(&[Some(&number), Some("张丽"), note])
                    .unwrap();
            }
            writer.finish().unwrap();
            shared.0.lock().unwrap().clone()
        })
        .to_vec()
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_csv_reader_survives_anything() {
    let mut seeds = written(Format::Csv);
    seeds.push(TEXT.as_bytes().to_vec());
    seeds.push(encoding_rs::GB18030.encode(TEXT).0.into_owned());
    let mut utf16 = b"\xFF\xFE".to_vec();
    utf16.extend(TEXT.encode_utf16().flat_map(u16::to_le_bytes));
    seeds.push(utf16);
    fuzz(Format::Csv, &seeds);
}

#[test]
fn the_ndjson_reader_survives_anything() {
    let mut seeds = written(Format::Ndjson);
    let lines =
        "{\"a\":1,\"b\":{\"c\":[1,2,{}]}}\n{\"b\":\"\\u0041\\n\",\"a\":-1.5e3}\n{\"x\":true}\n";
    seeds.push(lines.as_bytes().to_vec());
    fuzz(Format::Ndjson, &seeds);
}

#[test]
fn the_xlsx_reader_survives_anything() {
    fuzz(Format::Xlsx, &written(Format::Xlsx));
}

// A changed archive fails its checksum; to reach the decoder, parts are changed before they are
// packed.
#[test]
fn the_xlsx_reader_survives_any_part() {
    let sheet = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>name</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>n</t></is></c></row>\
        <row r=\"2\"><c r=\"A2\" s=\"1\"><v>45943.5</v></c><c r=\"B2\"><v>1.5E3</v></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" t=\"e\"><v>#REF!</v></c></row>\
        <row r=\"4\"><c r=\"A4\" t=\"s\"><v>0</v></c><c r=\"B4\" t=\"s\"><v>1</v></c></row>\
        <row r=\"5\"><c t=\"d\"><v>2026-01-01</v></c><c><v>&lt;&#65;</v></c></row>";
    let strings = "<sst count=\"2\" uniqueCount=\"2\"><si><t>a</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si></sst>";
    let styles = "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts>\
        <fonts><font><name val=\"Arial\"/><sz val=\"10\"/></font></fonts><fills><fill/></fills><borders><border/></borders>\
        <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
    let parts = [sheet, strings, styles].map(|part| part.as_bytes().to_vec());
    let pack = |parts: &[Vec<u8>; 3]| {
        let [sheet, strings, styles] = parts.each_ref().map(|part| String::from_utf8_lossy(part));
        workbook::workbook_of(&sheet, &strings, &styles)
    };
    fuzz_made(Format::Xlsx, &[pack(&parts)], |generator| {
        let mut changed = parts.clone();
        let part = generator.below(3);
        changed[part] = mutated(&parts[part..=part], generator);
        pack(&changed)
    });
}

#[test]
fn the_parquet_reader_survives_anything() {
    let mut seeds = written(Format::Parquet);
    seeds.push(parquet_of(WriterProperties::builder()));
    fuzz(Format::Parquet, &seeds);
}

// Most changes make the metadata point to nowhere; to reach the decoder, only pages are changed, in
// all compressions and in the encodings that expand.
#[test]
fn the_parquet_reader_survives_any_page() {
    let second = || WriterProperties::builder().set_writer_version(WriterVersion::PARQUET_2_0);
    let encoded = |encoding| {
        let plain = second().set_dictionary_enabled(false);
        parquet_of(plain.set_column_encoding("w".into(), encoding))
    };
    let compressed = |codec| parquet_of(second().set_compression(codec));
    let seeds = [
        encoded(Encoding::PLAIN),
        encoded(Encoding::DELTA_BYTE_ARRAY),
        encoded(Encoding::DELTA_LENGTH_BYTE_ARRAY),
        compressed(Compression::UNCOMPRESSED),
        compressed(Compression::SNAPPY),
        compressed(Compression::ZSTD(parquet::basic::ZstdLevel::default())),
        compressed(Compression::GZIP(parquet::basic::GzipLevel::default())),
    ];
    fuzz_made(Format::Parquet, &seeds, |generator| {
        let file = &seeds[generator.below(seeds.len())];
        changed_in_place(file, pages_end(file), generator)
    });
}

/// Where the metadata begins, which says its size before the last four bytes.
fn pages_end(parquet: &[u8]) -> usize {
    let (rest, _) = parquet.split_last_chunk::<4>().unwrap();
    let (rest, size) = rest.split_last_chunk::<4>().unwrap();
    rest.len() - u32::from_le_bytes(*size) as usize
}

/// Fifty rows of text, lists, decimals and structures.
fn parquet_of(properties: parquet::file::properties::WriterPropertiesBuilder) -> Vec<u8> {
    let mut list = ListBuilder::new(Int32Builder::new());
    let words: StringArray = (0..50)
        .map(|row| Some(["张丽", "x", ""][row % 3]))
        .collect();
    for row in 0..50 {
        list.append_value([Some(row), None]);
    }
    let decimals = Decimal128Array::from_iter_values(0..50);
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..50));
    let member = (Arc::new(Field::new("n", DataType::Int64, true)), numbers);
    let columns: [(&str, ArrayRef); 4] = [
        ("w", Arc::new(words)),
        ("l", Arc::new(list.finish())),
        (
            "d",
            Arc::new(decimals.with_precision_and_scale(30, 2).unwrap()),
        ),
        ("s", Arc::new(StructArray::from(vec![member]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = Some(properties.build());
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), properties).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}
