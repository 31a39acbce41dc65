//! Every reader, fed with broken files made from good ones, for as long as `HUBU_FUZZ_SECONDS`
//! says (default 1).
//!
//! The claims: no input panics, nothing exceeds the limits, an error names the file, and memory
//! stays bounded. A failure prints its seed; `HUBU_FUZZ_SEED` starts there. Why it is done this
//! way stands in `docs/decisions/0003-fuzzing.md`.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod workbook;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use arrow_array::builder::{Int32Builder, ListBuilder};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use tables::{Format, Limits, ReadOptions, TableError, WriteOptions, Writer, open_source};

/// `SplitMix64`: small, seeded and the same everywhere.
struct Generator(u64);

impl Generator {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        const LIKELY: &[u8] = b"\0\x01\x7F\x80\xFF\",;\n\r{}[]:<>&=-09";
        if self.next().is_multiple_of(2) {
            LIKELY[self.below(LIKELY.len())]
        } else {
            self.next().to_le_bytes()[0]
        }
    }
}

/// One to eight changes: flips, overwritten runs, cuts, repeats, splices from another seed file.
fn mutated(seeds: &[Vec<u8>], generator: &mut Generator) -> Vec<u8> {
    let mut bytes = seeds[generator.below(seeds.len())].clone();
    for _ in 0..=generator.below(8) {
        let at = generator.below(bytes.len());
        let end = bytes.len().min(at + 1 + generator.below(16));
        match generator.below(7) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << generator.below(8),
            1 => (at..end).for_each(|index| bytes[index] = generator.byte()),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..end)),
            4 => bytes.insert(at, generator.byte()),
            5 => {
                let run = bytes[at..end].repeat(1 + generator.below(200));
                bytes.splice(at..at, run);
            }
            _ => {
                let other = &seeds[generator.below(seeds.len())];
                let from = generator.below(other.len());
                let to = other.len().min(from + generator.below(64));
                bytes.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
    bytes
}

/// Small, so that mutations reach them.
fn limits() -> Limits {
    Limits {
        columns: 40,
        cell_bytes: 2_000,
        row_bytes: 8_000,
        header_bytes: 200,
        rows: 500,
        xlsx_uncompressed_bytes: 4 << 20,
        parquet_column_bytes: 4 << 20,
        parquet_metadata_bytes: 1 << 20,
        chunk_bytes: 4_000,
        ..Limits::default()
    }
}

fn read_all(format: Format, bytes: Vec<u8>, step: usize) -> Result<(), TableError> {
    let limits = limits();
    let options = ReadOptions {
        format: Some(format),
        limits: limits.clone(),
        ..ReadOptions::default()
    };
    let length = bytes.len() as u64;
    let mut reader = open_source(Cursor::new(bytes), "fuzzed", length, &options)?;
    let columns = reader.header().len();
    assert!(columns <= limits.columns);
    let mut rows = 0;
    while let Some(chunk) = reader.next_chunk(step)? {
        rows += chunk.rows_covered();
        assert!((1..=step).contains(&chunk.rows_covered()));
        assert_eq!(chunk.columns.len(), columns);
        for column in &chunk.columns {
            assert_eq!(column.len(), chunk.len());
            assert!(
                column
                    .iter()
                    .flatten()
                    .all(|cell| cell.len() <= limits.cell_bytes)
            );
        }
        let text: usize = chunk.columns.iter().map(tables::Column::text_bytes).sum();
        assert!(text <= limits.chunk_bytes + limits.row_bytes.max(columns * limits.cell_bytes));
    }
    assert!(rows as u64 <= limits.rows);
    Ok(())
}

/// Kibibytes that this process ever held, where the system tells.
fn peak_memory_kibibytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn environment(name: &str, default: u64) -> u64 {
    let value = std::env::var(name).ok();
    value.map_or(default, |text| text.parse().unwrap())
}

#[track_caller]
fn fuzz(format: Format, seeds: &[Vec<u8>]) {
    fuzz_made(format, seeds, |generator| mutated(seeds, generator));
}

/// Reads the good files once, and then made ones until the time is up.
#[track_caller]
fn fuzz_made(format: Format, good: &[Vec<u8>], make: impl Fn(&mut Generator) -> Vec<u8>) {
    // Decoders may panic inside; readers answer for that, and the log need not.
    std::panic::set_hook(Box::new(|_| {}));
    for seed in good {
        read_all(format, seed.clone(), 7).unwrap();
    }
    let seconds = Duration::from_secs(environment("HUBU_FUZZ_SECONDS", 1));
    let (start, mut seed) = (Instant::now(), environment("HUBU_FUZZ_SEED", 1));
    let (mut cases, mut accepted) = (0_u64, 0_u64);
    while start.elapsed() < seconds {
        let mut generator = Generator(seed);
        let bytes = make(&mut generator);
        let step = 1 + generator.below(20);
        match catch_unwind(AssertUnwindSafe(|| read_all(format, bytes, step))) {
            Ok(Ok(())) => accepted += 1,
            Ok(Err(error)) => {
                if !error.to_string().starts_with("fuzzed: ") || !error.zh().starts_with("fuzzed:")
                {
                    fail(format, seed, "an error does not name the file");
                }
            }
            Err(_) => fail(format, seed, "panicked, or broke a limit"),
        }
        seed = seed.wrapping_add(1);
        cases += 1;
    }
    println!("{format}: {cases} files, {accepted} still readable");
    if peak_memory_kibibytes().is_some_and(|peak| peak > 1 << 20) {
        fail(format, seed, "held more than one gibibyte");
    }
}

#[track_caller]
fn fail(format: Format, seed: u64, claim: &str) -> ! {
    drop(std::panic::take_hook());
    panic!("{format}: {claim}; repeat with HUBU_FUZZ_SEED={seed}");
}

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

// A changed archive fails its checksum; to reach the sheet, its text is changed before it is packed.
#[test]
fn the_xlsx_reader_survives_any_sheet() {
    let sheet = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>name</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>n</t></is></c></row>\
        <row r=\"2\"><c r=\"A2\" s=\"1\"><v>45943.5</v></c><c r=\"B2\"><v>1.5E3</v></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" t=\"e\"><v>#REF!</v></c></row>\
        <row r=\"5\"><c t=\"d\"><v>2026-01-01</v></c><c><v>&lt;&#65;</v></c></row>";
    let texts = [sheet.as_bytes().to_vec()];
    let pack = |text: &[u8]| workbook::workbook(&String::from_utf8_lossy(text));
    fuzz_made(Format::Xlsx, &[pack(&texts[0])], |generator| {
        pack(&mutated(&texts, generator))
    });
}

#[test]
fn the_parquet_reader_survives_anything() {
    let mut seeds = written(Format::Parquet);
    seeds.push(plain_parquet());
    fuzz(Format::Parquet, &seeds);
}

/// Without compression, so that changes reach the encoded values, and with a list.
fn plain_parquet() -> Vec<u8> {
    let mut list = ListBuilder::new(Int32Builder::new());
    let words: StringArray = (0..50)
        .map(|row| Some(["张丽", "x", ""][row % 3]))
        .collect();
    for row in 0..50 {
        list.append_value([Some(row), None]);
    }
    let columns: [(&str, ArrayRef); 2] = [("w", Arc::new(words)), ("l", Arc::new(list.finish()))];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}
