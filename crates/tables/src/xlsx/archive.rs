//! The zip archive around a workbook, inflated once and counted, so that a zip bomb is refused
//! before a decoder believes it.

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use crate::detect::Format;
use crate::error::TableProblem;
use crate::limits::Limits;
use crate::place::Place;

/// Parts under this size are not judged by their ratio.
const SMALL_PART_BYTES: u64 = 1 << 20;

/// Inflates every part to nowhere and compares sizes and ratios with the limits; leaves the
/// source at its start.
pub(crate) fn check<S: Read + Seek>(source: &mut S, limits: &Limits) -> Result<(), TableProblem> {
    let mut archive =
        ZipArchive::new(&mut *source).map_err(|error| Place::File.damaged(Format::Xlsx, error))?;
    if archive.len() > limits.xlsx_parts {
        return Err(TableProblem::TooMany {
            what: "parts",
            found: archive.len() as u64,
            allowed: limits.xlsx_parts as u64,
        });
    }
    let mut total = 0;
    let mut block = vec![0; 64 << 10];
    for index in 0..archive.len() {
        total += inflated(&mut archive, index, total, &mut block, limits)?;
    }
    source.seek(SeekFrom::Start(0))?;
    Ok(())
}

/// How many bytes one part inflates to, after `before` bytes of other parts.
fn inflated<S: Read + Seek>(
    archive: &mut ZipArchive<S>,
    index: usize,
    before: u64,
    block: &mut [u8],
    limits: &Limits,
) -> Result<u64, TableProblem> {
    let mut part = archive
        .by_index(index)
        .map_err(|error| Place::Part(index.to_string()).damaged(Format::Xlsx, error))?;
    let name = part
        .name()
        .map_or_else(|_| format!("part {index}"), std::borrow::Cow::into_owned);
    let compressed = part.compressed_size().max(1);
    let allowed = compressed
        .saturating_mul(limits.xlsx_ratio)
        .max(SMALL_PART_BYTES);
    let mut size = 0;
    // What the archive declares is only believed when it is already too much.
    let mut judged = part.size();
    loop {
        judge(judged.max(size), before, allowed, &name, limits)?;
        judged = 0;
        match part.read(block) {
            Ok(0) => return Ok(size),
            Ok(count) => size += count as u64,
            Err(error) => return Err(Place::Part(name).damaged(Format::Xlsx, error)),
        }
    }
}

fn judge(
    size: u64,
    before: u64,
    allowed: u64,
    part: &str,
    limits: &Limits,
) -> Result<(), TableProblem> {
    if size > allowed {
        return Err(TableProblem::ZipBomb {
            part: part.to_owned(),
            allowed: limits.xlsx_ratio,
        });
    }
    let in_memory = !part.starts_with("xl/worksheets/") && size > limits.xlsx_shared_bytes;
    if in_memory || before.saturating_add(size) > limits.xlsx_uncompressed_bytes {
        return Err(TableProblem::TooLarge {
            place: Place::Part(part.to_owned()),
            what: "the workbook",
            allowed: if in_memory {
                limits.xlsx_shared_bytes
            } else {
                limits.xlsx_uncompressed_bytes
            },
            hint: " inflated",
        });
    }
    Ok(())
}
