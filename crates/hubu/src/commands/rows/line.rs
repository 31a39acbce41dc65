//! One line of the answer, as CSV or as NDJSON, written straight into the bytes that go out.

use std::io::Write as _;

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
    /// What stands before the value of each column of an object.
    before: Vec<Vec<u8>>,
}

impl Layout {
    /// An answer with these columns.
    pub fn new<'a>(format: AnswerFormat, columns: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut header, mut before) = (Vec::new(), Vec::new());
        for (place, name) in columns.into_iter().enumerate() {
            if place > 0 {
                header.push(b',');
            }
            let start = header.len();
            header.extend_from_slice(name.as_bytes());
            quote_csv(&mut header, start);
            before.push(json_lead(place, name));
        }
        header.push(b'\n');
        if format == AnswerFormat::Ndjson {
            header.clear();
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
    #[inline]
    fn begin(&mut self) {
        match self.layout.format {
            AnswerFormat::Csv if self.place == 0 => {}
            AnswerFormat::Csv => self.output.push(b','),
            AnswerFormat::Ndjson => {
                if let Some(lead) = self.layout.before.get(self.place) {
                    self.output.extend_from_slice(lead);
                }
            }
        }
        self.place += 1;
    }

    /// A text of any characters.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.written(|output| output.extend_from_slice(text.as_bytes()));
    }

    /// A text of any characters that is appended in UTF-8 where it is to stand; what must not stand
    /// there as it is is quoted afterwards.
    #[inline]
    pub fn written(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.begin();
        match self.layout.format {
            AnswerFormat::Csv => {
                let start = self.output.len();
                write(self.output);
                quote_csv(self.output, start);
            }
            AnswerFormat::Ndjson => {
                self.output.push(b'"');
                let start = self.output.len();
                write(self.output);
                escape_json(self.output, start);
                self.output.push(b'"');
            }
        }
    }

    /// A word of letters, digits and hyphens, which needs no quotes in a CSV.
    #[inline]
    pub fn word(&mut self, word: &str) {
        match self.layout.format {
            AnswerFormat::Csv => self.plain(|output| output.extend_from_slice(word.as_bytes())),
            // JSON escapes more than a CSV quotes.
            AnswerFormat::Ndjson => self.text(word),
        }
    }

    /// What is appended by somebody who writes nothing that would have to be quoted or escaped.
    #[inline]
    pub fn plain(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.begin();
        match self.layout.format {
            AnswerFormat::Csv => write(self.output),
            AnswerFormat::Ndjson => {
                self.output.push(b'"');
                write(self.output);
                self.output.push(b'"');
            }
        }
    }

    /// Yes or no.
    #[inline]
    pub fn boolean(&mut self, value: bool) {
        self.begin();
        if value {
            self.output.extend_from_slice(b"true");
        } else {
            self.output.extend_from_slice(b"false");
        }
    }

    /// A number between 0 and 1, with four digits behind the point.
    pub fn share(&mut self, value: f64) {
        self.begin();
        // Writing to bytes in memory never fails.
        let _ = write!(self.output, "{value:.4}");
    }

    /// Nothing.
    #[inline]
    pub fn nothing(&mut self) {
        self.begin();
        if self.layout.format == AnswerFormat::Ndjson {
            self.output.extend_from_slice(b"null");
        }
    }

    /// Ends the line; what was not said is empty.
    #[inline]
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

/// What stands before the value of a column of an object.
fn json_lead(place: usize, name: &str) -> Vec<u8> {
    let mut lead = vec![if place == 0 { b'{' } else { b',' }, b'"'];
    let start = lead.len();
    lead.extend_from_slice(name.as_bytes());
    escape_json(&mut lead, start);
    lead.extend_from_slice(b"\":");
    lead
}

/// RFC 4180: the text from `start` on is quoted only where it must be.
#[inline]
fn quote_csv(output: &mut Vec<u8>, start: usize) {
    let text = output.get(start..).unwrap_or_default();
    // Every byte is looked at, which the processor does many at a time.
    let marked = |found: bool, byte: &u8| found | matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if text.iter().fold(false, marked) {
        quote_marked(output, start);
    }
}

fn quote_marked(output: &mut Vec<u8>, start: usize) {
    output.insert(start, b'"');
    if output[start + 1..].contains(&b'"') {
        for byte in output.split_off(start + 1) {
            if byte == b'"' {
                output.push(b'"');
            }
            output.push(byte);
        }
    }
    output.push(b'"');
}

/// RFC 8259: escapes in the text from `start` on what cannot stand between quotes.
fn escape_json(output: &mut Vec<u8>, start: usize) {
    let text = output.get(start..).unwrap_or_default();
    let marked = |found: bool, byte: &u8| found | matches!(byte, 0..=0x1f | b'"' | b'\\');
    if !text.iter().fold(false, marked) {
        return;
    }
    for byte in output.split_off(start) {
        match byte {
            b'"' | b'\\' => output.extend_from_slice(&[b'\\', byte]),
            b'\n' => output.extend_from_slice(b"\\n"),
            b'\r' => output.extend_from_slice(b"\\r"),
            b'\t' => output.extend_from_slice(b"\\t"),
            0..=0x1f => {
                let _ = write!(output, "\\u{byte:04x}");
            }
            _ => output.push(byte),
        }
    }
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
