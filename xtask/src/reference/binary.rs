//! Layouts that are read without start-up work: records of one width, texts that are kept once. Numbers are little-endian.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

/// Records of one width in bytes, one behind another.
pub struct Records {
    width: usize,
    bytes: Vec<u8>,
}

impl Records {
    pub fn new(width: usize) -> Self {
        Self {
            width,
            bytes: Vec::new(),
        }
    }

    /// Appends one record, given in parts.
    pub fn push(&mut self, parts: &[&[u8]]) -> Result<()> {
        let record = parts.concat();
        ensure!(
            record.len() == self.width,
            "record has {} bytes, {} are declared",
            record.len(),
            self.width
        );
        self.bytes.extend(record);
        Ok(())
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.bytes.len() / self.width
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Texts, each kept once: a byte that says the length (at most 127), then UTF-8. All of it is UTF-8, so that it can be
/// included as text and cut without being verified again.
#[derive(Default)]
pub struct TextPool {
    text: String,
    places: BTreeMap<String, usize>,
}

impl TextPool {
    /// The place of a text, which is where its length stands.
    pub fn place(&mut self, text: &str) -> Result<u32> {
        let length = u8::try_from(text.len()).ok().filter(|length| *length < 128);
        let length = length.with_context(|| format!("`{text}` has more than 127 bytes"))?;
        let place = *self.places.entry(text.to_owned()).or_insert_with(|| {
            let place = self.text.len();
            self.text.push(char::from(length));
            self.text.push_str(text);
            place
        });
        Ok(u32::try_from(place)?)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once_and_found_behind_its_length() {
        let mut pool = TextPool::default();
        let place = pool.place("广州市").unwrap() as usize;
        assert_eq!(pool.place("县").unwrap(), 10);
        assert_eq!(pool.place("广州市").unwrap() as usize, place);
        assert!(pool.place(&"长".repeat(43)).is_err());
        let bytes = pool.into_bytes();
        let length = usize::from(bytes[place]);
        assert_eq!(&bytes[place + 1..place + 1 + length], "广州市".as_bytes());
    }

    #[test]
    fn a_record_of_another_width_is_refused() {
        let mut records = Records::new(3);
        records.push(&[&[1], &[2, 3]]).unwrap();
        assert!(records.push(&[&[1]]).is_err());
        assert_eq!((records.len(), records.into_bytes()), (1, vec![1, 2, 3]));
    }
}
