//! Numbers and codes: slips of the finger, common beginnings.

use crate::level::Agreement;
use crate::word::Word;

/// How two different codes agree: one slip, two, or how much of a beginning they share.
pub(super) fn compare(left: Word, right: Word) -> Agreement {
    let length = left.len().min(right.len());
    match left.distance(right) {
        1 if length >= 3 => return Agreement::Slip,
        2 if length >= 4 => return Agreement::Change,
        _ => {}
    }
    common_beginning(left, right)
}

/// How much of a beginning two codes share.
pub(super) fn common_beginning(left: Word, right: Word) -> Agreement {
    let length = left.len().min(right.len());
    let common = left
        .0
        .iter()
        .zip(&right.0)
        .take_while(|(left, right)| left == right)
        .count();
    match common.min(length) {
        3.. if length >= 5 => Agreement::Part,
        2.. if length >= 4 => Agreement::Little,
        _ => Agreement::Different,
    }
}
