//! The compact protocol of Thrift, as far as Parquet metadata needs it: nothing is kept, and no
//! count is believed that the bytes behind it cannot hold.

/// Real metadata is nested about eight levels.
pub(crate) const DEPTH: usize = 32;

/// What a field or an entry of a list is.
pub(crate) mod kind {
    pub(crate) const TRUE: u8 = 1;
    pub(crate) const FALSE: u8 = 2;
    pub(crate) const INTEGER: u8 = 5;
    pub(crate) const BINARY: u8 = 8;
    pub(crate) const LIST: u8 = 9;
    pub(crate) const STRUCTURE: u8 = 12;
}

/// One field of a structure; its value follows.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) number: i64,
    pub(crate) kind: u8,
}

/// The bytes not yet walked. Every step is `None` where they end or contradict themselves.
pub(crate) struct Walk<'a> {
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Shows the fields of a structure to `visit`, which must walk over the value of each.
    pub(crate) fn each_field(
        &mut self,
        mut visit: impl FnMut(&mut Self, Field) -> Option<()>,
    ) -> Option<()> {
        let mut number = 0_i64;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            number = match head >> 4 {
                0 => self.zigzag()?,
                step => number.checked_add(i64::from(step))?,
            };
            let kind = head & 0x0F;
            visit(self, Field { number, kind })?;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub(crate) fn skip(&mut self, count: u64) -> Option<()> {
        self.take(usize::try_from(count).ok()?).map(drop)
    }

    pub(crate) fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        let half = i64::try_from(value >> 1).ok()?;
        Some(if value & 1 == 0 { half } else { !half })
    }

    /// The kind and number of the entries of a list.
    pub(crate) fn list_head(&mut self) -> Option<(u8, u64)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.varint()?,
            count => u64::from(count),
        };
        (count <= self.rest.len() as u64).then_some((head & 0x0F, count))
    }

    /// Passes over the value of a field. A truth has none: it is in the kind of the field.
    pub(crate) fn pass_field(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            kind::TRUE | kind::FALSE => Some(()),
            _ => self.pass(kind, depth),
        }
    }

    /// Passes over so many entries of a list.
    pub(crate) fn pass_entries(&mut self, kind: u8, count: u64, depth: usize) -> Option<()> {
        (0..count).try_for_each(|_| self.pass(kind, depth))
    }

    fn pass(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        match kind {
            1..=3 => self.skip(1),
            4..=6 => self.varint().map(drop),
            7 => self.skip(8),
            kind::BINARY => {
                let length = self.varint()?;
                self.skip(length)
            }
            kind::LIST | 10 => {
                let (kind, count) = self.list_head()?;
                self.pass_entries(kind, count, depth + 1)
            }
            11 => self.pass_map(depth),
            kind::STRUCTURE => self.pass_structure(depth + 1),
            13 => self.skip(16),
            _ => None,
        }
    }

    fn pass_structure(&mut self, depth: usize) -> Option<()> {
        self.each_field(|walk, field| walk.pass_field(field.kind, depth))
    }

    fn pass_map(&mut self, depth: usize) -> Option<()> {
        let count = self.varint()?;
        if count == 0 {
            return Some(());
        }
        let kinds = self.byte()?;
        if count > self.rest.len() as u64 {
            return None;
        }
        (0..count).try_for_each(|_| {
            self.pass(kinds >> 4, depth + 1)?;
            self.pass(kinds & 0x0F, depth + 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walks(bytes: &[u8]) -> bool {
        Walk::new(bytes).pass_structure(0).is_some()
    }

    #[test]
    fn a_list_longer_than_the_bytes_that_follow_is_refused() {
        // Field 1, a list of three one-byte integers, then the end.
        assert!(walks(&[0x19, 0x33, 1, 2, 3, 0]));
        assert!(!walks(&[0x19, 0xF3, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3, 0]));
    }

    #[test]
    fn endless_nesting_is_refused() {
        assert!(!walks(&[0x1C; 4_096]));
    }
}
