//! How fast a CSV is read on one core: `cargo run --release -p tables --example read_speed [FILE]`.
//!
//! Without a file it makes one of a million rows and twelve columns in the temporary folder.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use tables::{ReadOptions, open};

fn main() -> Result<(), Box<dyn Error>> {
    let path = match std::env::args_os().nth(1) {
        Some(path) => PathBuf::from(path),
        None => made()?,
    };
    for _ in 0..3 {
        let start = Instant::now();
        let mut reader = open(&path, &ReadOptions::default())?;
        let (mut rows, mut text) = (0, 0);
        while let Some(chunk) = reader.next_chunk(8_192)? {
            rows += chunk.rows_covered();
            text += chunk
                .columns
                .iter()
                .map(tables::Column::text_bytes)
                .sum::<usize>();
        }
        let elapsed = start.elapsed();
        let bytes = reader.total_bytes();
        println!(
            "{rows} rows, {bytes} bytes, {text} of them text, in {elapsed:.3?}: {} MB/s",
            u128::from(bytes) / elapsed.as_micros().max(1)
        );
    }
    Ok(())
}

fn made() -> Result<PathBuf, Box<dyn Error>> {
    let path = std::env::temp_dir().join("hubu-read-speed.csv");
    if !Path::new(&path).exists() {
        let mut file = BufWriter::new(File::create(&path)?);
        writeln!(
            file,
            "编号,姓名,性别,出生日期,证件号码,手机号码,地址,单位,职业,邮箱,渠道,登记日期"
        )?;
        for row in 0..1_000_000_u32 {
            writeln!(
                file,
                "{row},张{}丽,女,1980-01-{:02},110105198001{:06},138{:08},北京市朝阳区建国路{}号院,华夏贸易公司,会计,a{row}@example.com,柜面,2026-01-01",
                ['小', '美', '晓'][(row % 3) as usize],
                row % 28 + 1,
                row % 1_000_000,
                row,
                row % 900
            )?;
        }
        file.flush()?;
    }
    Ok(path)
}
