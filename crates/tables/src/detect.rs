//! What a file is: format from content before extension, encoding and delimiter from content.

use std::fmt;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::str::FromStr;

use crate::error::TableProblem;
use crate::place::Place;

/// The formats of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values, RFC 4180, with other delimiters too.
    Csv,
    /// Office Open XML workbook.
    Xlsx,
    /// One JSON object per line.
    Ndjson,
    /// Apache Parquet.
    Parquet,
}

/// A word that names no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no format, use csv, xlsx, ndjson or parquet")]
pub struct UnknownFormat(String);

impl Format {
    /// The word for it, which is also the file extension.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Ndjson => "ndjson",
            Self::Parquet => "parquet",
        }
    }

    /// The format that a file of this name should have.
    pub fn from_extension(name: &str) -> Option<Self> {
        let extension = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" | "tsv" | "tab" | "txt" => Some(Self::Csv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "ndjson" | "jsonl" | "json" => Some(Self::Ndjson),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            "ndjson" => Ok(Self::Ndjson),
            "parquet" => Ok(Self::Parquet),
            _ => Err(UnknownFormat(word.to_owned())),
        }
    }
}

/// The encodings of text files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// GB18030, which contains GBK and GB2312.
    #[serde(rename = "GB18030")]
    Gb18030,
    /// UTF-16, low byte first.
    #[serde(rename = "UTF-16LE")]
    Utf16LittleEndian,
    /// UTF-16, high byte first.
    #[serde(rename = "UTF-16BE")]
    Utf16BigEndian,
}

/// A word that names no encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no encoding, use UTF-8, GB18030, UTF-16LE or UTF-16BE")]
pub struct UnknownEncoding(String);

impl Encoding {
    /// The name as registered with IANA.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Utf16LittleEndian => "UTF-16LE",
            Self::Utf16BigEndian => "UTF-16BE",
        }
    }

    /// The encoding of text that has no byte order mark, judged by whole lines of it: valid UTF-8
    /// wins, then strict GB18030.
    pub fn of_sample(lines: &[u8]) -> Self {
        judge(lines, false)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word.to_ascii_uppercase().as_str() {
            "UTF-8" | "UTF8" => Ok(Self::Utf8),
            "GB18030" | "GBK" | "GB2312" => Ok(Self::Gb18030),
            "UTF-16LE" => Ok(Self::Utf16LittleEndian),
            "UTF-16BE" => Ok(Self::Utf16BigEndian),
            _ => Err(UnknownEncoding(word.to_owned())),
        }
    }
}

/// The format of a file that begins with `start`.
pub(crate) fn format_of(start: &[u8], name: &str) -> Result<Format, TableProblem> {
    if start.is_empty() {
        return Err(TableProblem::Empty);
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Ok(Format::Xlsx);
    }
    if start.starts_with(b"PAR1") {
        return Ok(Format::Parquet);
    }
    if let Some(problem) = known_stranger(start) {
        return Err(problem);
    }
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    match (Format::from_extension(name), first) {
        (Some(Format::Ndjson), Some(b'[')) => Err(TableProblem::Unsupported {
            found: "a JSON array",
            advice: "write one object per line instead (NDJSON)",
        }),
        (Some(Format::Xlsx), _) => Err(damaged(Format::Xlsx, "it does not begin as a zip archive")),
        (Some(Format::Parquet), _) => Err(damaged(Format::Parquet, "it does not begin with PAR1")),
        (Some(format), _) => Ok(format),
        (None, Some(b'{')) => Ok(Format::Ndjson),
        (None, _) => Ok(Format::Csv),
    }
}

fn damaged(format: Format, detail: &str) -> TableProblem {
    Place::File.damaged(format, detail)
}

/// Formats that people do hand in and that are better refused by name than as a broken CSV.
fn known_stranger(start: &[u8]) -> Option<TableProblem> {
    let strangers: [(&[u8], &str, &str); 4] = [
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "an old or encrypted Office file",
            "save it as XLSX without a password",
        ),
        (b"\x1F\x8B", "gzip-compressed", "decompress it first"),
        (b"%PDF", "a PDF", "export the table as XLSX or CSV"),
        (b"ORC", "an ORC file", "convert it to Parquet"),
    ];
    strangers
        .iter()
        .find(|(magic, _, _)| start.starts_with(magic))
        .map(|&(_, found, advice)| TableProblem::Unsupported { found, advice })
}

/// How much text after the first byte beyond ASCII decides the encoding.
const SAMPLE_BYTES: usize = 1 << 20;
/// So many characters that are well-formed UTF-8 are no accident of GB18030.
const UTF8_PROOF: usize = 8;

/// The encoding of a text, and how many bytes its byte order mark has.
///
/// Reads until the first byte beyond ASCII and a sample from there: valid UTF-8 wins, then strict
/// GB18030; what is neither is called UTF-8, and the reader then names the place.
pub(crate) fn encoding_of<S: Read + Seek>(source: &mut S) -> std::io::Result<(Encoding, u64)> {
    source.seek(SeekFrom::Start(0))?;
    let mut block = vec![0; SAMPLE_BYTES];
    let mut filled = read_full(source, &mut block)?;
    if let Some(marked) = byte_order_mark(&block[..filled]) {
        return Ok(marked);
    }
    loop {
        if filled == 0 {
            return Ok((Encoding::Utf8, 0));
        }
        if let Some(first) = block[..filled].iter().position(|byte| !byte.is_ascii()) {
            block.copy_within(first..filled, 0);
            let kept = filled - first;
            filled = kept + read_full(source, &mut block[kept..])?;
            return Ok((judge(&block[..filled], filled == block.len()), 0));
        }
        filled = read_full(source, &mut block)?;
    }
}

fn byte_order_mark(start: &[u8]) -> Option<(Encoding, u64)> {
    if start.starts_with(b"\xEF\xBB\xBF") {
        Some((Encoding::Utf8, 3))
    } else if start.starts_with(b"\xFF\xFE") {
        Some((Encoding::Utf16LittleEndian, 2))
    } else if start.starts_with(b"\xFE\xFF") {
        Some((Encoding::Utf16BigEndian, 2))
    } else {
        None
    }
}

fn judge(sample: &[u8], goes_on: bool) -> Encoding {
    let valid = match std::str::from_utf8(sample) {
        Ok(_) => return Encoding::Utf8,
        Err(error) if error.error_len().is_none() && goes_on => return Encoding::Utf8,
        Err(error) => error.valid_up_to(),
    };
    let characters = sample[..valid].iter().filter(|byte| **byte >= 0xC0).count();
    if characters >= UTF8_PROOF {
        return Encoding::Utf8;
    }
    let mut decoder = encoding_rs::GB18030.new_decoder_without_bom_handling();
    let mut output = vec![0; sample.len() * 3 + 16];
    let (result, _, _) = decoder.decode_to_utf8_without_replacement(sample, &mut output, !goes_on);
    match result {
        encoding_rs::DecoderResult::InputEmpty => Encoding::Gb18030,
        // A file that is mostly good GB18030 is GB18030 with a bad place, and the reader names it.
        encoding_rs::DecoderResult::Malformed(..) | encoding_rs::DecoderResult::OutputFull => {
            mostly_gb18030(sample)
        }
    }
}

fn mostly_gb18030(sample: &[u8]) -> Encoding {
    let (as_gb18030, _) = encoding_rs::GB18030.decode_without_bom_handling(sample);
    let as_utf8 = String::from_utf8_lossy(sample);
    let broken = |text: &str| text.matches('\u{FFFD}').count();
    if broken(&as_gb18030) * 4 < broken(&as_utf8) {
        Encoding::Gb18030
    } else {
        Encoding::Utf8
    }
}

/// Reads until the buffer is full or the file ends.
pub(crate) fn read_full<R: Read + ?Sized>(
    source: &mut R,
    buffer: &mut [u8],
) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The delimiter of a CSV that begins with `start`: the candidate that the first line has most
/// of, outside quotes; among equals the one that the second line has as often; then the comma.
pub fn delimiter_of(start: &str) -> u8 {
    const CANDIDATES: [u8; 4] = *b",;\t|";
    let mut counts = [[0_usize; CANDIDATES.len()]; 2];
    let (mut line, mut quoted, mut blank) = (0, false, true);
    for byte in start.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if !blank {
                    line += 1;
                }
                blank = true;
                if line == counts.len() {
                    break;
                }
                continue;
            }
            _ if quoted => {}
            _ => {
                if let Some(candidate) = CANDIDATES.iter().position(|one| *one == byte) {
                    counts[line][candidate] += 1;
                }
            }
        }
        blank = false;
    }
    let mut best = 0;
    for candidate in 1..CANDIDATES.len() {
        let rank = |index: usize| (counts[0][index], counts[0][index] == counts[1][index]);
        if rank(candidate) > rank(best) {
            best = candidate;
        }
    }
    CANDIDATES[best]
}
