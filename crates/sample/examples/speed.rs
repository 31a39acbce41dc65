//! How fast books are made: `cargo run --release -p sample --example speed [records] [file]`.

use std::path::Path;
use std::time::Instant;

use sample::{Book, Options, Parties, write_book};
use tables::Format;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let records = arguments.first().map_or(Ok(300_000), |text| text.parse())?;
    for parties in [Parties::Mixed, Parties::PersonsOnly] {
        let book = Book::new(Options {
            parties,
            ..Options::new(2026, records)
        });
        let start = Instant::now();
        let mut bytes = 0;
        for first in (0..records).step_by(8_192) {
            let chunk = book.chunk(first, 8_192);
            bytes += chunk
                .columns
                .iter()
                .map(tables::Column::text_bytes)
                .sum::<usize>();
        }
        report(&format!("{parties:?}, made"), records, start, bytes);
        let Some(path) = arguments.get(1).map(Path::new) else {
            continue;
        };
        let format = Format::from_extension(&path.to_string_lossy()).unwrap_or(Format::Csv);
        let start = Instant::now();
        write_book(&book, path, format, |_| {})?;
        report(&format!("{parties:?}, written"), records, start, bytes);
    }
    Ok(())
}

fn report(what: &str, records: u64, start: Instant, bytes: usize) {
    let seconds = start.elapsed().as_secs_f64();
    let rate = u32::try_from(records).map_or(f64::NAN, f64::from) / seconds;
    println!("{what:<24}{rate:>12.0} records/s  {seconds:>7.2} s  {bytes} bytes of text");
}
