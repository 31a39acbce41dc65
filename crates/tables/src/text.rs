//! Bytes to text, strictly and block by block: nothing is ever replaced by a question mark.

use encoding_rs::{Decoder, DecoderResult};

use crate::detect::{Encoding, read_full};
use crate::error::TableProblem;
use crate::source::Metered;

/// Why the text ends before the file does.
#[derive(Debug)]
pub(crate) enum TextProblem {
    Io(std::io::Error),
    /// Bytes at this offset in the file that the encoding does not know.
    Malformed(u64),
    /// The file ends inside the character that begins at this offset.
    CutOff(u64),
}

impl TextProblem {
    /// The same for a person, who thinks in lines.
    pub(crate) fn at_line(self, line: u64, encoding: Encoding) -> TableProblem {
        let encoding = encoding.as_str();
        match self {
            Self::Io(error) => TableProblem::Io(error),
            Self::Malformed(byte) => TableProblem::Encoding {
                encoding,
                line,
                byte,
            },
            Self::CutOff(byte) => TableProblem::CutOff {
                encoding,
                line,
                byte,
            },
        }
    }
}

/// Turns the bytes of a file into text.
///
/// A problem is reported only when everything before it was handed out, so whoever asks has
/// counted the lines up to it.
pub(crate) struct TextBlocks {
    source: Metered,
    encoding: Encoding,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// Bytes at the start of `raw` that begin a character and wait for its rest.
    carried: usize,
    /// Offset in the file of the first byte of `raw`.
    offset: u64,
    pending: Option<TextProblem>,
    ended: bool,
}

impl TextBlocks {
    /// Reads on from where the source stands, which is `offset`.
    pub(crate) fn new(source: Metered, encoding: Encoding, offset: u64) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 => None,
            Encoding::Gb18030 => Some(encoding_rs::GB18030),
            Encoding::Utf16LittleEndian => Some(encoding_rs::UTF_16LE),
            Encoding::Utf16BigEndian => Some(encoding_rs::UTF_16BE),
        }
        .map(encoding_rs::Encoding::new_decoder_without_bom_handling);
        Self {
            source,
            encoding,
            decoder,
            raw: Vec::new(),
            carried: 0,
            offset,
            pending: None,
            ended: false,
        }
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Appends about `wanted` bytes of text; `false` says that the text has ended.
    pub(crate) fn fill(&mut self, text: &mut String, wanted: usize) -> Result<bool, TextProblem> {
        if let Some(problem) = self.pending.take() {
            self.ended = true;
            return Err(problem);
        }
        if self.ended {
            return Ok(false);
        }
        self.raw.resize(self.carried + wanted.max(64), 0);
        let count =
            read_full(&mut self.source, &mut self.raw[self.carried..]).map_err(TextProblem::Io)?;
        let last = self.carried + count < self.raw.len();
        self.raw.truncate(self.carried + count);
        self.ended = last;
        match self.decoder {
            None => self.append_utf8(text, last),
            Some(_) => self.append_decoded(text, last),
        }
        Ok(true)
    }

    fn append_utf8(&mut self, text: &mut String, last: bool) {
        let (valid, error) = match std::str::from_utf8(&self.raw) {
            Ok(all) => {
                text.push_str(all);
                (all.len(), None)
            }
            Err(error) => {
                let valid = error.valid_up_to();
                if let Ok(prefix) = std::str::from_utf8(&self.raw[..valid]) {
                    text.push_str(prefix);
                }
                (valid, Some(error))
            }
        };
        let position = self.offset + valid as u64;
        self.carried = 0;
        match error.map(|error| error.error_len()) {
            None => {}
            Some(None) if !last => {
                self.carried = self.raw.len() - valid;
                self.raw.copy_within(valid.., 0);
            }
            Some(None) => self.pending = Some(TextProblem::CutOff(position)),
            Some(Some(_)) => self.pending = Some(TextProblem::Malformed(position)),
        }
        self.offset = position;
    }

    fn append_decoded(&mut self, text: &mut String, last: bool) {
        if self.encoding == Encoding::Gb18030
            && let Some(start) = utf8_line(&self.raw, self.offset == 0, last)
        {
            self.raw.truncate(start);
            self.pending = Some(TextProblem::Malformed(self.offset + start as u64));
        }
        let last = last && self.pending.is_none();
        let Some(decoder) = self.decoder.as_mut() else {
            return;
        };
        let mut at = 0;
        loop {
            let room = decoder
                .max_utf8_buffer_length_without_replacement(self.raw.len() - at)
                .unwrap_or(4096);
            text.reserve(room);
            let (result, read) =
                decoder.decode_to_string_without_replacement(&self.raw[at..], text, last);
            at += read;
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    let end = self.offset + at as u64;
                    let start = end.saturating_sub(u64::from(length) + u64::from(after));
                    self.pending = Some(if last && at == self.raw.len() && after == 0 {
                        TextProblem::CutOff(start)
                    } else {
                        TextProblem::Malformed(start)
                    });
                    break;
                }
            }
        }
        self.offset += at as u64;
    }
}

/// So many characters of three bytes in a line that is UTF-8 from end to end are no accident.
const UTF8_LINE_PROOF: usize = 4;

/// Where in a GB18030 text a line begins that is UTF-8.
///
/// GB18030 decodes an even number of Chinese characters in UTF-8 without complaint, to other
/// characters. Lines that a block holds only in part are not judged.
fn utf8_line(raw: &[u8], from_start: bool, to_end: bool) -> Option<usize> {
    let mut start = 0;
    for (index, line) in raw.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let whole = (index > 0 || from_start) && (to_end || line.ends_with(b"\n"));
        let proofs = line
            .iter()
            .filter(|byte| (0xE0..0xF0).contains(*byte))
            .count();
        if whole && proofs >= UTF8_LINE_PROOF && std::str::from_utf8(line).is_ok() {
            return Some(start);
        }
        start += line.len();
    }
    None
}
