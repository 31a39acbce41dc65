//! Bytes to text. The encoding is judged at the first byte beyond ASCII and then kept.

use std::borrow::Cow;
use std::io::Read;

use tables::Encoding;

/// What text the bytes are, if they are text of this encoding throughout.
pub(crate) fn decoded(bytes: &[u8], encoding: Encoding) -> Option<Cow<'_, str>> {
    match encoding {
        Encoding::Gb18030 => {
            encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)
        }
        // The others were turned into UTF-8 where they were read.
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

/// The text of bytes that are none, with a mark in the place of what cannot be read.
pub(crate) fn marked(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Gb18030 => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
        _ => String::from_utf8_lossy(bytes),
    }
}

/// UTF-16 as UTF-8, as it comes. A code unit that stands for nothing becomes U+FFFD.
pub(crate) struct Utf16 {
    source: Box<dyn Read + Send>,
    decoder: encoding_rs::Decoder,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Utf16 {
    pub(crate) fn new(source: Box<dyn Read + Send>, encoding: Encoding) -> Self {
        let encoding = match encoding {
            Encoding::Utf16BigEndian => encoding_rs::UTF_16BE,
            _ => encoding_rs::UTF_16LE,
        };
        Self {
            source,
            decoder: encoding.new_decoder_without_bom_handling(),
            text: Vec::new(),
            at: 0,
            ended: false,
        }
    }

    fn fill(&mut self) -> std::io::Result<()> {
        let mut block = [0; 8 << 10];
        let count = self.source.read(&mut block)?;
        self.ended = count == 0;
        // Three bytes for each unit of two, and room for a pair that waited.
        self.text.resize(count * 2 + 16, 0);
        let (_, _, written, _) =
            self.decoder
                .decode_to_utf8(&block[..count], &mut self.text, self.ended);
        self.text.truncate(written);
        self.at = 0;
        Ok(())
    }
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.text.len() && !self.ended {
            self.fill()?;
        }
        let rest = &self.text[self.at..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}
