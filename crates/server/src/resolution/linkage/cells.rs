//! What is compared of a record, as bytes: the length and the text of each cell.

/// Cells as bytes.
pub(super) fn pack(cells: &[String], bytes: &mut Vec<u8>) {
    for cell in cells {
        let mut length = cell.len();
        while length >= 0x80 {
            bytes.push(low_seven(length) | 0x80);
            length >>= 7;
        }
        bytes.push(low_seven(length));
        bytes.extend_from_slice(cell.as_bytes());
    }
}

fn low_seven(length: usize) -> u8 {
    u8::try_from(length & 0x7f).unwrap_or_default()
}

/// Bytes as so many cells. What an older program did not compare is empty; what is damaged says nothing.
pub(super) fn unpack(mut bytes: &[u8], count: usize) -> Vec<String> {
    let mut cells = Vec::with_capacity(count);
    while cells.len() < count {
        let cell = next(&mut bytes).unwrap_or_default();
        cells.push(String::from_utf8_lossy(cell).into_owned());
    }
    cells
}

fn next<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (mut length, mut shift) = (0_usize, 0_u32);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        length |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            break;
        }
        shift += 7;
    }
    let (cell, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{pack, unpack};

    proptest! {
        #[test]
        fn cells_come_back_as_they_were(cells in prop::collection::vec(".{0,300}", 0..9)) {
            let mut bytes = Vec::new();
            pack(&cells, &mut bytes);
            prop_assert_eq!(unpack(&bytes, cells.len()), cells);
        }

        #[test]
        fn damaged_bytes_end_in_cells(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(unpack(&bytes, 8).len(), 8);
        }
    }
}
