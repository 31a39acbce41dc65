//! The pages of one column in one row group, judged before they are inflated and again before the
//! decoder sees them.
//!
//! The decoder reserves what a page declares, so a page that declares too much, or whose values
//! expand to too much, ends the reading of the file.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;

use super::budget::Budget;
use super::codec;
use super::page_header::{PageHeader, PageKind};
use super::shared_source::SharedSource;
use super::weight::{Misfit, Shape};
use crate::detect::Format;
use crate::error::TableProblem;
use crate::place::Place;

/// How much is read to find a page header. Most have thirty bytes; one with long bounds of text in
/// it is read again.
const HEADER_BYTES: [u64; 3] = [256, 16 << 10, 1 << 20];

/// A column of a row group being read page by page.
pub(crate) struct ColumnPages {
    file: SharedSource,
    place: Place,
    shape: Shape,
    codec: Compression,
    /// Where the next page begins, and the bytes from there to the end of the column.
    position: u64,
    left: u64,
    header: Option<PageHeader>,
    /// A dictionary that was read before the decoder asked for it.
    dictionary: Option<Page>,
    at_start: bool,
    budget: Arc<Budget>,
    /// The batch in which a page was last taken, what its pages weigh, and the last of them alone.
    batch: u64,
    batch_weight: u64,
    page_weight: u64,
}

impl ColumnPages {
    /// Opens a column, and reads its dictionary if it has one.
    pub(crate) fn open(
        file: SharedSource,
        column: &ColumnChunkMetaData,
        group: usize,
        cell_bytes: usize,
        budget: Arc<Budget>,
    ) -> Result<Self, TableProblem> {
        let place = Place::RowGroup(group + 1, column.column_path().string());
        let start = column.dictionary_page_offset();
        let start = u64::try_from(start.unwrap_or(column.data_page_offset()));
        let (Ok(position), Ok(left)) = (start, u64::try_from(column.compressed_size())) else {
            return Err(place.damaged(Format::Parquet, "its column lies outside the file"));
        };
        let mut pages = Self {
            file,
            place,
            shape: Shape::of(column.column_descr(), cell_bytes),
            codec: column.compression(),
            position,
            left,
            header: None,
            dictionary: None,
            at_start: true,
            budget,
            batch: 0,
            batch_weight: 0,
            page_weight: 0,
        };
        if pages.shape.has_large_values() {
            return Err(pages.large_cell());
        }
        if let Some(header) = pages.peek()?
            && header.kind == PageKind::Dictionary
        {
            pages.dictionary = pages.next_page()?;
        }
        Ok(pages)
    }

    /// Bytes that one value can take at most where that does not depend on the page it is in.
    pub(crate) fn widest_value(&self) -> u64 {
        self.shape.widest_value()
    }

    fn damaged(&self, detail: impl std::fmt::Display) -> TableProblem {
        self.place.clone().damaged(Format::Parquet, detail)
    }

    fn large_cell(&self) -> TableProblem {
        self.place
            .clone()
            .too_large("a cell", self.shape.cell_bytes())
    }

    /// The header of the next page.
    fn peek(&mut self) -> Result<Option<PageHeader>, TableProblem> {
        while self.header.is_none() && self.left > 0 {
            let header = self.read_header()?;
            if header.kind == PageKind::Index {
                self.advance(header.compressed_bytes as u64)?;
            } else {
                self.header = Some(header);
            }
        }
        Ok(self.header)
    }

    fn read_header(&mut self) -> Result<PageHeader, TableProblem> {
        for length in HEADER_BYTES {
            let bytes = self.file.read_at(self.position, length.min(self.left))?;
            if let Some((header, length)) = PageHeader::read(&bytes) {
                self.advance(length as u64)?;
                return Ok(header);
            }
            if (bytes.len() as u64) < length {
                break;
            }
        }
        Err(self.damaged("a page header contradicts itself"))
    }

    fn advance(&mut self, bytes: u64) -> Result<(), TableProblem> {
        let left = self.left.checked_sub(bytes);
        self.left = left.ok_or_else(|| self.damaged("a page is longer than its column"))?;
        self.position = self.position.saturating_add(bytes);
        Ok(())
    }

    fn next_page(&mut self) -> Result<Option<Page>, TableProblem> {
        if let Some(page) = self.dictionary.take() {
            return Ok(Some(page));
        }
        let Some(header) = self.peek()? else {
            return Ok(None);
        };
        self.header = None;
        let is_dictionary = header.kind == PageKind::Dictionary;
        if is_dictionary && !std::mem::replace(&mut self.at_start, false) {
            return Err(self.damaged("a dictionary stands behind other pages"));
        }
        self.at_start = false;
        self.begin_batch();
        // Both stand in memory at once, before and after inflating.
        self.make_room(header.uncompressed_bytes.max(header.compressed_bytes) as u64)?;
        let start = self.position;
        self.advance(header.compressed_bytes as u64)?;
        let bytes = self.file.read_at(start, header.compressed_bytes as u64)?;
        if bytes.len() < header.compressed_bytes {
            return Err(self.damaged("a page lies behind the end of the file"));
        }
        let bytes = self.inflated(&header, bytes)?;
        let weight = if is_dictionary {
            self.shape.weigh_dictionary(&header, &bytes)
        } else {
            self.shape
                .weigh_page(&header, &bytes, self.budget.allowed())
        };
        let weight = weight.map_err(|problem| match problem {
            Misfit::Damaged(detail) => self.damaged(detail),
            Misfit::LargeCell => self.large_cell(),
        })?;
        self.make_room(weight)?;
        self.budget.take(weight);
        // A dictionary is held until the column ends.
        if !is_dictionary {
            self.batch_weight += weight;
            self.page_weight = weight;
        }
        Ok(Some(page(&header, bytes.into())))
    }

    /// In a new batch only the page that is still open counts of what was taken before.
    fn begin_batch(&mut self) {
        let batch = self.budget.batch();
        if batch != self.batch {
            self.batch = batch;
            self.budget.give_back(self.batch_weight - self.page_weight);
            self.batch_weight = self.page_weight;
        }
    }

    fn make_room(&self, bytes: u64) -> Result<(), TableProblem> {
        if self.budget.has_room(bytes) {
            return Ok(());
        }
        Err(TableProblem::TooLarge {
            place: self.place.clone(),
            what: "what must be in memory at once",
            allowed: self.budget.allowed(),
            hint: "; write the file with smaller pages",
        })
    }

    /// The bytes of a page as they were before compression.
    fn inflated(&self, header: &PageHeader, bytes: Vec<u8>) -> Result<Vec<u8>, TableProblem> {
        // The levels of a page of the second kind are never compressed.
        let plain = u64::from(header.definition_bytes) + u64::from(header.repetition_bytes);
        let plain = usize::try_from(plain).unwrap_or(usize::MAX);
        if plain > bytes.len() || plain > header.uncompressed_bytes {
            return Err(self.damaged("the levels of a page are longer than the page"));
        }
        if self.codec == Compression::UNCOMPRESSED || !header.is_compressed {
            return Ok(bytes);
        }
        let size = header.uncompressed_bytes;
        let mut out = Vec::with_capacity(size);
        out.extend_from_slice(&bytes[..plain]);
        // A page without a single value has nothing to inflate.
        if size > plain {
            codec::inflate(self.codec, &bytes[plain..], &mut out, size)
                .map_err(|detail| self.damaged(detail))?;
        }
        Ok(out)
    }

    /// Tells the decoder to stop, and keeps the problem for whoever asked it.
    fn told<T>(&self, result: Result<T, TableProblem>) -> Result<T, ParquetError> {
        result.map_err(|problem| {
            let error = ParquetError::General(problem.to_string());
            self.budget.stop(problem);
            error
        })
    }
}

/// The page as the decoder takes it. Statistics of pages are never asked for.
fn page(header: &PageHeader, buf: Bytes) -> Page {
    let (num_values, encoding) = (header.values, header.encoding);
    match header.kind {
        PageKind::Dictionary => Page::DictionaryPage {
            buf,
            num_values,
            encoding,
            is_sorted: false,
        },
        PageKind::Data | PageKind::Index => Page::DataPage {
            buf,
            num_values,
            encoding,
            def_level_encoding: header.definition_encoding,
            rep_level_encoding: header.repetition_encoding,
            statistics: None,
        },
        PageKind::DataV2 => Page::DataPageV2 {
            buf,
            num_values,
            encoding,
            num_nulls: header.nulls,
            num_rows: header.rows,
            def_levels_byte_len: header.definition_bytes,
            rep_levels_byte_len: header.repetition_bytes,
            is_compressed: header.is_compressed,
            statistics: None,
        },
    }
}

impl PageReader for ColumnPages {
    fn get_next_page(&mut self) -> Result<Option<Page>, ParquetError> {
        let page = self.next_page();
        self.told(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>, ParquetError> {
        if self.dictionary.is_some() {
            return Ok(Some(PageMetadata {
                num_rows: None,
                num_levels: None,
                is_dict: true,
            }));
        }
        let header = self.peek();
        Ok(self.told(header)?.map(|header| PageMetadata {
            num_rows: (header.kind == PageKind::DataV2).then_some(header.rows as usize),
            num_levels: Some(header.values as usize),
            is_dict: header.kind == PageKind::Dictionary,
        }))
    }

    fn skip_next_page(&mut self) -> Result<(), ParquetError> {
        self.get_next_page().map(drop)
    }
}

impl Iterator for ColumnPages {
    type Item = Result<Page, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}
