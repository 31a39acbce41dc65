//! E-mail addresses: the part before the sign says more than the host.

use crate::hash;
use crate::level::Agreement;
use crate::word::Word;

/// The hash of the whole in lower case, and what stands before the sign.
pub(super) fn normal(cell: &str, text: &mut String) -> (u64, Word) {
    text.clear();
    if cell.is_ascii() && !cell.contains(|character: char| character.is_ascii_whitespace()) {
        text.push_str(cell);
        text.make_ascii_lowercase();
    } else {
        text.extend(
            cell.chars()
                .map(super::half_width)
                .filter(|character| !character.is_whitespace())
                .map(|character| character.to_ascii_lowercase()),
        );
    }
    if text.is_empty() {
        return (0, Word::default());
    }
    let local = text.split('@').next().unwrap_or_default();
    (hash::of_bytes(text.as_bytes()), Word::new(local.as_bytes()))
}

/// How two different addresses agree: another host or a slip, two slips, a common beginning.
pub(super) fn compare(left: Word, right: Word) -> Agreement {
    let length = left.len().min(right.len());
    if length < 3 {
        return Agreement::Different;
    }
    match left.distance(right) {
        0 | 1 => Agreement::Slip,
        2 if length >= 5 => Agreement::Change,
        _ => {
            let common = left
                .0
                .iter()
                .zip(&right.0)
                .take_while(|(left, right)| left == right)
                .count();
            if common.min(length) >= 5 {
                Agreement::Some
            } else {
                Agreement::Different
            }
        }
    }
}
