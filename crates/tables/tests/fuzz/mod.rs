//! Broken files made from good ones, read until the time is up.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fuzzing::{Generator, cases};
use tables::{Format, Limits, ReadOptions, TableError, open_source};

use crate::memory;

/// What a reader may reserve at most of a file of a few kilobytes under [`limits`].
const PEAK_BYTES: usize = 24 << 20;

fn byte(generator: &mut Generator) -> u8 {
    const LIKELY: &[u8] = b"\0\x01\x7F\x80\xFF\",;\n\r{}[]:<>&=-09";
    if generator.number().is_multiple_of(2) {
        generator.one_of(LIKELY)
    } else {
        generator.number().to_le_bytes()[0]
    }
}

/// One to eight changes: flips, overwritten runs, cuts, repeats, splices from another seed file.
pub fn mutated(seeds: &[Vec<u8>], generator: &mut Generator) -> Vec<u8> {
    let mut bytes = seeds[generator.below(seeds.len())].clone();
    for _ in 0..=generator.below(8) {
        let at = generator.below(bytes.len());
        let end = bytes.len().min(at + 1 + generator.below(16));
        match generator.below(7) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << generator.below(8),
            1 => (at..end).for_each(|index| bytes[index] = byte(generator)),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..end)),
            4 => bytes.insert(at, byte(generator)),
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

/// A few changes that move nothing, somewhere before `end`: what says where things are stays true,
/// so they reach what it points to.
pub fn changed_in_place(file: &[u8], end: usize, generator: &mut Generator) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=generator.below(4) {
        let at = generator.below(end);
        let to = end.min(at + 1 + generator.below(4));
        if generator.number().is_multiple_of(2) {
            bytes[at] ^= 1 << generator.below(8);
        } else {
            (at..to).for_each(|index| bytes[index] = byte(generator));
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
        parquet_metadata_bytes: 1 << 20,
        memory_ratio: 1,
        memory_least_bytes: 2 << 20,
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

#[track_caller]
pub fn fuzz(format: Format, good: &[Vec<u8>]) {
    fuzz_made(format, good, |generator| mutated(good, generator));
}

/// Reads the good files once, and then made ones until the time is up.
#[track_caller]
pub fn fuzz_made(format: Format, good: &[Vec<u8>], make: impl Fn(&mut Generator) -> Vec<u8>) {
    let _alone = memory::alone();
    for file in good {
        read_all(format, file.clone(), 7).unwrap();
    }
    // Decoders may panic inside; readers answer for that, and the log need not.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut files, mut accepted, mut most) = (0_u64, 0_u64, 0);
    for (seed, mut generator) in cases() {
        let bytes = make(&mut generator);
        let step = 1 + generator.below(20);
        let (read, peak) =
            memory::peak_bytes(|| catch_unwind(AssertUnwindSafe(|| read_all(format, bytes, step))));
        match read {
            Ok(Ok(())) => accepted += 1,
            Ok(Err(error)) => {
                if !error.to_string().starts_with("fuzzed: ") || !error.zh().starts_with("fuzzed:")
                {
                    fail(format, seed, "an error does not name the file");
                }
            }
            Err(_) => fail(format, seed, "panicked, or broke a limit"),
        }
        if peak > PEAK_BYTES {
            fail(format, seed, &format!("reserved {peak} bytes"));
        }
        most = most.max(peak);
        files += 1;
    }
    drop(std::panic::take_hook());
    let most = most >> 10;
    println!("{format}: {files} files, {accepted} still readable, at most {most} KiB reserved");
}

#[track_caller]
fn fail(format: Format, seed: u64, claim: &str) -> ! {
    drop(std::panic::take_hook());
    panic!("{format}: {claim}; repeat with HUBU_FUZZ_SEED={seed}");
}
