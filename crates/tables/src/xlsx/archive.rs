//! The zip archive around a workbook, inflated once and judged, so that a zip bomb, or a part that
//! takes more memory than the file is worth, is refused before a decoder believes it.

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::markup::{self, Markup};
use crate::detect::Format;
use crate::error::TableProblem;
use crate::limits::Limits;
use crate::place::Place;

/// Parts under this size are not judged by their ratio.
const SMALL_PART_BYTES: u64 = 1 << 20;

/// Inflates every part to nowhere and judges it; leaves the source at its start.
pub(crate) fn check<S: Read + Seek>(
    source: &mut S,
    length: u64,
    limits: &Limits,
) -> Result<(), TableProblem> {
    let mut archive =
        ZipArchive::new(&mut *source).map_err(|error| Place::File.damaged(Format::Xlsx, error))?;
    if archive.len() > limits.xlsx_parts {
        return Err(TableProblem::TooMany {
            what: "parts",
            found: archive.len() as u64,
            allowed: limits.xlsx_parts as u64,
        });
    }
    let mut inspection = Inspection {
        limits,
        memory: limits.memory(length),
        inflated: 0,
        kept: 0,
        block: vec![0; 64 << 10],
    };
    for index in 0..archive.len() {
        inspection.part(&mut archive, index)?;
    }
    source.seek(SeekFrom::Start(0))?;
    Ok(())
}

/// All parts seen so far.
struct Inspection<'a> {
    limits: &'a Limits,
    /// Bytes that the decoder may be made to hold.
    memory: u64,
    inflated: u64,
    /// What the decoder keeps until the end.
    kept: u64,
    block: Vec<u8>,
}

impl Inspection<'_> {
    fn part<S: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<S>,
        index: usize,
    ) -> Result<(), TableProblem> {
        let mut part = archive
            .by_index(index)
            .map_err(|error| Place::Part(index.to_string()).damaged(Format::Xlsx, error))?;
        let name = part
            .name()
            .map_or_else(|_| format!("part {index}"), std::borrow::Cow::into_owned);
        let place = || Place::Part(name.clone());
        let refused = |reason| place().damaged(Format::Xlsx, reason);
        let compressed = part.compressed_size().max(1);
        let mut markup = Markup::of(&name);
        let mut size = 0;
        // What the archive declares is only believed when it is already too much.
        self.judge_size(part.size(), compressed, &name)?;
        loop {
            let count = part
                .read(&mut self.block)
                .map_err(|error| place().damaged(Format::Xlsx, error))?;
            if count == 0 {
                break;
            }
            size += count as u64;
            self.judge_size(size, compressed, &name)?;
            let passing = match &mut markup {
                Some(markup) => {
                    markup.push(&self.block[..count]).map_err(refused)?;
                    markup.passing_bytes()
                }
                None => markup::unread_bytes(size),
            };
            self.judge_memory(passing, &name)?;
        }
        self.inflated += size;
        if let Some(markup) = markup {
            self.kept += markup.kept_bytes().map_err(refused)?;
            self.judge_memory(0, &name)?;
        }
        Ok(())
    }

    fn judge_size(&self, size: u64, compressed: u64, part: &str) -> Result<(), TableProblem> {
        let allowed = compressed
            .saturating_mul(self.limits.xlsx_ratio)
            .max(SMALL_PART_BYTES);
        if size > allowed {
            return Err(TableProblem::ZipBomb {
                part: part.to_owned(),
                allowed: self.limits.xlsx_ratio,
            });
        }
        if self.inflated.saturating_add(size) > self.limits.xlsx_uncompressed_bytes {
            return Err(TableProblem::TooLarge {
                place: Place::Part(part.to_owned()),
                what: "the workbook",
                allowed: self.limits.xlsx_uncompressed_bytes,
                hint: " inflated",
            });
        }
        Ok(())
    }

    fn judge_memory(&self, passing: u64, part: &str) -> Result<(), TableProblem> {
        if self.kept.saturating_add(passing) > self.memory {
            return Err(TableProblem::TooLarge {
                place: Place::Part(part.to_owned()),
                what: "what must be in memory at once",
                allowed: self.memory,
                hint: "; save the sheet alone, or as CSV",
            });
        }
        Ok(())
    }
}
