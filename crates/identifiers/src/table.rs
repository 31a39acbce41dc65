//! Reading of the generated tables: numbers are little-endian, a text stands behind a byte that says its length.
//!
//! Nothing here allocates, and a damaged table gives zeros, empty texts and `None`, never a panic.

/// Records of `WIDTH` bytes, one behind another.
pub(crate) fn records<const WIDTH: usize>(bytes: &'static [u8]) -> &'static [[u8; WIDTH]] {
    bytes.as_chunks().0
}

/// Two bytes at a place of a record.
pub(crate) fn number<const WIDTH: usize>(record: &[u8; WIDTH], place: usize) -> u16 {
    match record.get(place..place + 2) {
        Some(&[low, high]) => u16::from_le_bytes([low, high]),
        _ => 0,
    }
}

/// The text at a place of a pool.
pub(crate) fn text(pool: &'static str, place: usize) -> &'static str {
    let length = pool
        .as_bytes()
        .get(place)
        .map_or(0, |length| usize::from(*length));
    pool.get(place + 1..place + 1 + length).unwrap_or_default()
}
