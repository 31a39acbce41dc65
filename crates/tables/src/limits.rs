//! What a file may ask of this machine before it is refused.

/// Upper bounds for everything that comes from outside.
///
/// A reader that meets a bound ends with [`TableProblem::TooMany`](crate::TableProblem::TooMany)
/// or [`TableProblem::TooLarge`](crate::TableProblem::TooLarge), naming the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Columns of one table.
    pub columns: usize,
    /// Bytes of one cell, as UTF-8.
    pub cell_bytes: usize,
    /// Bytes of one row, as UTF-8; also of one NDJSON line.
    pub row_bytes: usize,
    /// Bytes of one column name.
    pub header_bytes: usize,
    /// Data rows of one file, rejected ones included.
    pub rows: u64,
    /// Bytes of the file as it lies on disk.
    pub file_bytes: u64,
    /// Bytes of an XLSX workbook after inflating all its parts.
    pub xlsx_uncompressed_bytes: u64,
    /// Inflated bytes per compressed byte of one part of an XLSX workbook. Parts under one
    /// mebibyte are not judged: small sheets of equal cells compress very well.
    pub xlsx_ratio: u64,
    /// Parts of an XLSX workbook.
    pub xlsx_parts: usize,
    /// Nesting of one NDJSON line; the object of the row itself is depth one.
    pub json_depth: usize,
    /// Lines of an NDJSON file that are read ahead to learn its columns.
    pub json_header_lines: usize,
    /// Bytes of the metadata at the end of a Parquet file.
    pub parquet_metadata_bytes: u64,
    /// Bytes that a decoder may be made to hold at once for each byte of the file: pages and
    /// dictionaries of Parquet, shared strings and styles of a workbook.
    pub memory_ratio: u64,
    /// The same for the smallest files.
    pub memory_least_bytes: u64,
    /// The same for the largest files.
    pub memory_most_bytes: u64,
    /// Bytes of text in one chunk; a chunk ends early rather than exceed this by more than a row.
    pub chunk_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            columns: 1_000,
            cell_bytes: 1 << 20,
            row_bytes: 16 << 20,
            header_bytes: 4 << 10,
            rows: 100_000_000,
            file_bytes: 64 << 30,
            xlsx_uncompressed_bytes: 2 << 30,
            xlsx_ratio: 200,
            xlsx_parts: 2_000,
            json_depth: 32,
            json_header_lines: 1_000,
            parquet_metadata_bytes: 16 << 20,
            memory_ratio: 40,
            memory_least_bytes: 64 << 20,
            memory_most_bytes: 1 << 30,
            chunk_bytes: 32 << 20,
        }
    }
}

impl Limits {
    /// Bytes that the decoder of a file of `file_bytes` may be made to hold at once.
    ///
    /// What is counted are the pages and texts of the file. The decoder keeps a copy of some in
    /// another shape, so the process may hold about three times as much.
    pub(crate) fn memory(&self, file_bytes: u64) -> u64 {
        file_bytes
            .saturating_mul(self.memory_ratio)
            .max(self.memory_least_bytes)
            .min(self.memory_most_bytes)
    }
}
