//! Text as lines, for formats that have one row per line.

use crate::error::TableProblem;
use crate::place::Place;
use crate::text::{TextBlocks, TextProblem};

/// Text is read this many bytes at a time.
const BLOCK_BYTES: usize = 256 << 10;

/// The lines of a text with their numbers.
pub(crate) struct Lines {
    blocks: TextBlocks,
    text: String,
    at: usize,
    /// How many lines were handed out.
    line: u64,
    line_bytes: usize,
    ended: bool,
}

impl Lines {
    pub(crate) fn new(blocks: TextBlocks, line_bytes: usize) -> Self {
        Self {
            blocks,
            text: String::new(),
            at: 0,
            line: 0,
            line_bytes,
            ended: false,
        }
    }

    /// The next line with its 1-based number, without its end.
    pub(crate) fn next(&mut self) -> Result<Option<(u64, &str)>, TableProblem> {
        let mut searched = 0;
        let (start, end) = loop {
            let rest = &self.text.as_bytes()[self.at..];
            if let Some(length) = rest[searched..].iter().position(|byte| *byte == b'\n') {
                let end = self.at + searched + length;
                break (std::mem::replace(&mut self.at, end + 1), end);
            }
            if self.ended {
                if rest.is_empty() {
                    return Ok(None);
                }
                let end = self.text.len();
                break (std::mem::replace(&mut self.at, end), end);
            }
            searched = rest.len();
            self.read_on()?;
        };
        self.line += 1;
        let line = &self.text[start..end];
        Ok(Some((self.line, line.strip_suffix('\r').unwrap_or(line))))
    }

    fn read_on(&mut self) -> Result<(), TableProblem> {
        self.text.drain(..self.at);
        self.at = 0;
        if self.text.len() > self.line_bytes {
            return Err(Place::Line(self.line + 1, None).too_large("a row", self.line_bytes as u64));
        }
        match self.blocks.fill(&mut self.text, BLOCK_BYTES) {
            Ok(more) => self.ended = !more,
            Err(problem) => return Err(self.text_problem(problem)),
        }
        Ok(())
    }

    fn text_problem(&self, problem: TextProblem) -> TableProblem {
        problem.at_line(self.line + 1, self.blocks.encoding())
    }
}
