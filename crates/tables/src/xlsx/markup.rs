//! What the decoder of a workbook will hold of one part, learned while the part is inflated.
//!
//! The decoder reads a sheet cell by cell, but a cell, a tag and a run of text it holds whole; of
//! the other parts it keeps entries. This lexer sees tags where the decoder sees them: markup that
//! the two could read differently is refused, and no program that writes workbooks writes it.

/// Tags of ordinary parts are shorter; of a longer one only the start is looked at.
const TAG_BYTES: usize = 4 << 10;
/// How deeply the elements of one cell are nested at most; rich text takes four levels.
const CELL_DEPTH: usize = 16;
/// What one event costs for each byte: it is buffered, decoded and copied.
const COPIES: u64 = 4;
/// What an entry of the shared strings costs beside its text.
const STRING_BYTES: u64 = 96;
/// What a font, a relationship, a defined name and the like cost beside their text.
const ENTRY_BYTES: u64 = 512;
/// What a cell format costs beside the names in it.
const FORMAT_BYTES: u64 = 1_024;

/// What kind of part it is, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    SharedStrings,
    Styles,
    /// A sheet, the workbook itself, or one that the decoder does not open.
    Other,
}

enum State {
    Text,
    Tag,
    Quoted(u8),
    /// Up to these three bytes.
    Comment,
    CharacterData,
    Instruction,
}

/// One part, fed block by block.
pub(crate) struct Markup {
    part: Part,
    state: State,
    /// The tag or the end of the comment being read, from behind its `<`.
    tag: Vec<u8>,
    /// Bytes since the last event, or since the cell began.
    stretch: u64,
    longest_stretch: u64,
    tag_length: u64,
    /// The byte before the one being read, which tells an empty element.
    last: u8,
    longest_tag: u64,
    in_sheet_data: bool,
    /// The names of the open elements of a cell one after the other, and where each ends.
    cell: Vec<u8>,
    cell_ends: Vec<usize>,
    bytes: u64,
    strings: u64,
    formats: u64,
    entries: u64,
    declared_strings: u64,
}

/// Markup that is read no further.
pub(crate) type Refusal = &'static str;

impl Markup {
    /// A lexer for the part of this name, if the decoder may take it for XML.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let part = if name.ends_with("sharedstrings.xml") {
            Part::SharedStrings
        } else if name.ends_with("styles.xml") {
            Part::Styles
        } else if [".xml", ".rels"].iter().any(|end| name.ends_with(end)) {
            Part::Other
        } else {
            return None;
        };
        Some(Self {
            part,
            state: State::Text,
            tag: Vec::new(),
            stretch: 0,
            longest_stretch: 0,
            tag_length: 0,
            last: 0,
            longest_tag: 0,
            in_sheet_data: false,
            cell: Vec::new(),
            cell_ends: Vec::new(),
            bytes: 0,
            strings: 0,
            formats: 0,
            entries: 0,
            declared_strings: 0,
        })
    }

    pub(crate) fn push(&mut self, block: &[u8]) -> Result<(), Refusal> {
        if self.bytes == 0 && matches!(block, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]) {
            return Err("it is not UTF-8");
        }
        self.bytes += block.len() as u64;
        let mut rest = block;
        while let Some((byte, after)) = rest.split_first() {
            if let State::Text = self.state {
                let length = rest.iter().position(|byte| *byte == b'<');
                let text = length.unwrap_or(rest.len());
                self.stretch += text as u64;
                rest = rest.get(text + 1..).unwrap_or_default();
                if length.is_some() {
                    self.stretch += 1;
                    self.begin_tag();
                }
            } else {
                rest = after;
                self.step(*byte)?;
            }
        }
        self.longest_stretch = self.longest_stretch.max(self.stretch);
        Ok(())
    }

    fn begin_tag(&mut self) {
        self.state = State::Tag;
        self.tag.clear();
        self.tag_length = 0;
    }

    /// One byte behind a `<`.
    fn step(&mut self, byte: u8) -> Result<(), Refusal> {
        self.stretch += 1;
        self.tag_length += 1;
        let result = self.read(byte);
        self.last = byte;
        result
    }

    fn read(&mut self, byte: u8) -> Result<(), Refusal> {
        match self.state {
            State::Text => {}
            State::Quoted(quote) => {
                self.keep(byte);
                if byte == quote {
                    self.state = State::Tag;
                }
            }
            State::Tag if byte == b'>' => return self.end_tag(),
            State::Tag if matches!(byte, b'"' | b'\'') && self.tag.starts_with(b"/") => {
                return Err("a quote stands in an end tag");
            }
            State::Tag => {
                self.keep(byte);
                self.state = match self.tag.as_slice() {
                    b"!--" => State::Comment,
                    b"![CDATA[" => State::CharacterData,
                    b"?" => State::Instruction,
                    _ if matches!(byte, b'"' | b'\'') => State::Quoted(byte),
                    _ => State::Tag,
                };
                if !matches!(self.state, State::Tag | State::Quoted(_)) {
                    self.tag.clear();
                }
            }
            State::Comment => self.until(byte, *b"-->"),
            State::CharacterData => self.until(byte, *b"]]>"),
            State::Instruction => return self.instruction(byte),
        }
        Ok(())
    }

    fn keep(&mut self, byte: u8) {
        if self.tag.len() < TAG_BYTES {
            self.tag.push(byte);
        }
    }

    fn until(&mut self, byte: u8, end: [u8; 3]) {
        if self.tag.len() == 3 {
            self.tag.remove(0);
        }
        self.tag.push(byte);
        if self.tag == end {
            self.end_event();
        }
    }

    fn instruction(&mut self, byte: u8) -> Result<(), Refusal> {
        self.keep(byte);
        if byte != b'>' {
            return Ok(());
        }
        match self.tag.as_slice() {
            [text @ .., b'?', b'>'] => {
                let text = text.to_ascii_lowercase();
                if let Some(encoding) = value_of(&text, b"encoding")
                    && encoding != b"utf-8"
                {
                    return Err("it is not UTF-8");
                }
                self.end_event();
                Ok(())
            }
            tag if tag.len() == 1 || tag.len() == TAG_BYTES => Err("an instruction is malformed"),
            _ => Ok(()),
        }
    }

    fn end_tag(&mut self) -> Result<(), Refusal> {
        let tag = std::mem::take(&mut self.tag);
        let result = self.judge_tag(&tag);
        self.tag = tag;
        self.end_event();
        result
    }

    fn judge_tag(&mut self, tag: &[u8]) -> Result<(), Refusal> {
        self.longest_tag = self.longest_tag.max(self.tag_length);
        match tag {
            [b'!', ..] => Err("it has a document type"),
            [b'/', name @ ..] => self.end_element(name_of(name)),
            _ => {
                let is_empty = self.last == b'/';
                self.start_element(tag, is_empty)
            }
        }
    }

    fn start_element(&mut self, tag: &[u8], is_empty: bool) -> Result<(), Refusal> {
        let name = name_of(tag);
        match (local(name), self.part) {
            (b"sst", Part::SharedStrings) => {
                let declared = value_of(tag, b"uniqueCount").unwrap_or(b"0");
                let declared = std::str::from_utf8(declared).ok();
                let declared = declared.and_then(|number| number.trim().parse().ok());
                self.declared_strings = declared.unwrap_or(u64::MAX);
                if self.tag_length > TAG_BYTES as u64 {
                    return Err("its first tag is too long");
                }
            }
            (b"si", Part::SharedStrings) => self.strings += 1,
            (b"xf", Part::Styles) => self.formats += 1,
            (b"font" | b"fill" | b"border" | b"numFmt", Part::Styles)
            | (b"sheet" | b"definedName" | b"Relationship", _) => self.entries += 1,
            (b"sheetData", _) if !is_empty => self.in_sheet_data = true,
            _ => {}
        }
        let in_cell = !self.cell_ends.is_empty();
        if !is_empty && (in_cell || self.in_sheet_data && local(name) == b"c") {
            if self.cell_ends.len() == CELL_DEPTH {
                return Err("a cell is nested too deeply");
            }
            self.cell.extend_from_slice(name);
            self.cell_ends.push(self.cell.len());
        }
        Ok(())
    }

    fn end_element(&mut self, name: &[u8]) -> Result<(), Refusal> {
        if self.cell_ends.pop().is_none() {
            self.in_sheet_data &= local(name) != b"sheetData";
            return Ok(());
        }
        let start = self.cell_ends.last().copied().unwrap_or(0);
        if self.cell[start..] != *name {
            return Err("the elements of a cell cross each other");
        }
        self.cell.truncate(start);
        Ok(())
    }

    fn end_event(&mut self) {
        self.state = State::Text;
        self.longest_stretch = self.longest_stretch.max(self.stretch);
        if self.cell_ends.is_empty() {
            self.stretch = 0;
        }
    }

    /// Bytes that the decoder keeps of this part until the workbook is closed.
    pub(crate) fn kept_bytes(&self) -> Result<u64, Refusal> {
        if self.declared_strings > self.bytes {
            return Err("it declares more strings than it has bytes");
        }
        let kept = self.strings + self.formats + self.entries;
        let text = if kept > 0 { self.bytes } else { 0 };
        let format_bytes = FORMAT_BYTES + 2 * self.longest_tag;
        Ok(text
            .saturating_add(self.strings * STRING_BYTES)
            .saturating_add(self.declared_strings * size_of::<String>() as u64)
            .saturating_add(self.entries * ENTRY_BYTES)
            .saturating_add(self.formats.saturating_mul(format_bytes)))
    }

    /// Bytes that the decoder holds at once while it reads this part.
    pub(crate) fn passing_bytes(&self) -> u64 {
        COPIES.saturating_mul(self.longest_stretch)
    }
}

/// What a part costs at most that is no XML by its name: the decoder opens what it is told to.
pub(crate) fn unread_bytes(size: u64) -> u64 {
    COPIES.saturating_mul(size)
}

/// The name at the start of a tag.
fn name_of(tag: &[u8]) -> &[u8] {
    let end = tag
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
    &tag[..end.unwrap_or(tag.len())]
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    let colon = name.iter().position(|byte| *byte == b':');
    colon.map_or(name, |colon| &name[colon + 1..])
}

/// The value of an attribute.
fn value_of<'a>(tag: &'a [u8], attribute: &[u8]) -> Option<&'a [u8]> {
    let at = tag
        .windows(attribute.len())
        .position(|window| window == attribute)?;
    let rest = tag[at + attribute.len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first()?;
    rest.split(|byte| byte == quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Markup, Refusal> {
        let mut markup = Markup::of(name).unwrap();
        // Byte by byte, so that nothing depends on where a block ends.
        for byte in text.bytes() {
            markup.push(&[byte])?;
        }
        Ok(markup)
    }

    fn longest_stretch(text: &str) -> u64 {
        read("xl/worksheets/sheet1.xml", text)
            .unwrap()
            .longest_stretch
    }

    #[test]
    fn markup_that_could_be_read_in_two_ways_is_refused() {
        let refusals = [
            "<a></a \">",
            "<?>",
            "<!DOCTYPE a>",
            "<?xml encoding=\"UTF-16\"?>",
            "<sheetData><c><v></c></v>",
        ];
        for text in refusals {
            assert!(read("a.xml", text).is_err(), "{text}");
        }
        let text =
            "<?xml version='1.0' encoding='utf-8'?><!-- > <c> --><sheetData><c a='>'/></sheetData>";
        assert!(read("a.xml", text).is_ok());
    }

    #[test]
    fn a_cell_is_one_stretch_whatever_is_in_it() {
        let cell = "<c><is><t>1</t><!-- <c> --><c></c></is></c>";
        let sheet = format!("<sheetData><row>{cell}</row></sheetData>");
        assert_eq!(longest_stretch(&sheet), cell.len() as u64);
        // Behind the rows and in other parts it is but one tag after the other.
        assert_eq!(
            longest_stretch(&format!("{sheet}{}", cell.repeat(9))),
            cell.len() as u64
        );
    }

    #[test]
    fn only_what_the_decoder_keeps_counts_to_the_end() {
        let kept = |name, text| read(name, text).unwrap().kept_bytes().unwrap();
        assert_eq!(kept("xl/worksheets/sheet1.xml", "<c><v>1</v></c>"), 0);
        assert!(kept("xl/sharedStrings.xml", "<sst><si/></sst>") > STRING_BYTES);
        assert!(kept("xl/styles.xml", "<cellXfs><xf/></cellXfs>") > FORMAT_BYTES);
        assert!(kept("xl/any.xml", "<sheets><sheet/></sheets>") > ENTRY_BYTES);
    }
}
