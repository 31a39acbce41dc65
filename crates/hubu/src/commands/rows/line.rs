//! One line of the answer, as CSV or as NDJSON, written straight into the bytes that go out.

use std::fmt::{self, Write as _};

use clap::ValueEnum;

/// What the answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum AnswerFormat {
    /// Comma-separated, UTF-8, with a header.
    #[default]
    Csv,
    /// One JSON object a line.
    Ndjson,
}

/// The columns of the answer, ready to be written.
#[derive(Debug)]
pub struct Layout {
    format: AnswerFormat,
    header: Vec<u8>,
    /// What stands before the value of each column.
    before: Vec<Vec<u8>>,
}

impl Layout {
    /// An answer with these columns.
    pub fn new<'a>(format: AnswerFormat, columns: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut header, mut before) = (Vec::new(), Vec::new());
        for (place, name) in columns.into_iter().enumerate() {
            let mut lead = Vec::new();
            match format {
                AnswerFormat::Csv => {
                    lead.extend_from_slice(if place == 0 { b"" } else { b"," });
                    header.extend_from_slice(&lead);
                    push_csv(&mut header, name);
                }
                AnswerFormat::Ndjson => {
                    lead.push(if place == 0 { b'{' } else { b',' });
                    push_json(&mut lead, name);
                    lead.push(b':');
                }
            }
            before.push(lead);
        }
        if format == AnswerFormat::Csv {
            header.push(b'\n');
        }
        Self {
            format,
            header,
            before,
        }
    }

    /// Appends the header, where the format has one.
    pub fn write_header(&self, output: &mut Vec<u8>) {
        output.extend_from_slice(&self.header);
    }

    /// Begins a line. Its values come in the order of the columns.
    pub fn line<'a>(&'a self, output: &'a mut Vec<u8>) -> Line<'a> {
        Line {
            layout: self,
            output,
            place: 0,
        }
    }
}

/// A line being written.
pub struct Line<'a> {
    layout: &'a Layout,
    output: &'a mut Vec<u8>,
    place: usize,
}

impl Line<'_> {
    fn begin(&mut self) {
        if let Some(lead) = self.layout.before.get(self.place) {
            self.output.extend_from_slice(lead);
        }
        self.place += 1;
    }

    /// A text of any characters.
    pub fn text(&mut self, text: &str) {
        self.begin();
        match self.layout.format {
            AnswerFormat::Csv => push_csv(self.output, text),
            AnswerFormat::Ndjson => push_json(self.output, text),
        }
    }

    /// A word of letters, digits and hyphens, which needs no quotes in a CSV.
    pub fn word(&mut self, word: &str) {
        self.begin();
        match self.layout.format {
            AnswerFormat::Csv => self.output.extend_from_slice(word.as_bytes()),
            AnswerFormat::Ndjson => push_json(self.output, word),
        }
    }

    /// Yes or no.
    pub fn boolean(&mut self, value: bool) {
        self.begin();
        self.output
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// A number between 0 and 1, with four digits behind the point.
    pub fn share(&mut self, value: f64) {
        self.begin();
        // Writing to bytes in memory never fails.
        let _ = write!(Bytes(self.output), "{value:.4}");
    }

    /// Nothing.
    pub fn nothing(&mut self) {
        self.begin();
        if self.layout.format == AnswerFormat::Ndjson {
            self.output.extend_from_slice(b"null");
        }
    }

    /// Ends the line; what was not said is empty.
    pub fn end(mut self) {
        while self.place < self.layout.before.len() {
            self.nothing();
        }
        if self.layout.format == AnswerFormat::Ndjson {
            self.output.push(b'}');
        }
        self.output.push(b'\n');
    }
}

/// Bytes that text is formatted into.
struct Bytes<'a>(&'a mut Vec<u8>);

impl fmt::Write for Bytes<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// RFC 4180: quoted only where it must be.
fn push_csv(output: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    // Every byte is looked at, which the processor does many at a time.
    let marked = |found: bool, byte: &u8| found | matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if !bytes.iter().fold(false, marked) {
        output.extend_from_slice(bytes);
        return;
    }
    output.push(b'"');
    let mut pieces = text.split('"');
    output.extend_from_slice(pieces.next().unwrap_or_default().as_bytes());
    for piece in pieces {
        output.extend_from_slice(b"\"\"");
        output.extend_from_slice(piece.as_bytes());
    }
    output.push(b'"');
}

fn push_json(output: &mut Vec<u8>, text: &str) {
    output.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => output.extend_from_slice(&[b'\\', byte]),
            b'\n' => output.extend_from_slice(b"\\n"),
            b'\r' => output.extend_from_slice(b"\\r"),
            b'\t' => output.extend_from_slice(b"\\t"),
            0..=0x1f => {
                let _ = write!(Bytes(output), "\\u{byte:04x}");
            }
            _ => output.push(byte),
        }
    }
    output.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: AnswerFormat, text: &str) -> String {
        let layout = Layout::new(format, ["input", "valid", "score", "rest"]);
        let mut output = Vec::new();
        layout.write_header(&mut output);
        let mut line = layout.line(&mut output);
        line.text(text);
        line.boolean(true);
        line.share(0.93);
        line.end();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn a_line_is_read_back_as_it_was_meant() {
        let text = "a,\"b\"\n\u{1}\\张";
        assert_eq!(
            written(AnswerFormat::Csv, text),
            "input,valid,score,rest\n\"a,\"\"b\"\"\n\u{1}\\张\",true,0.9300,\n"
        );
        let line = written(AnswerFormat::Ndjson, text);
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            value,
            serde_json::json!({"input": text, "valid": true, "score": 0.93, "rest": null})
        );
    }
}
