//! Names of persons: how far two of them agree, and the keys they are found by.

use crate::comparison::Comparison;
use crate::{Agreement, Reason, Reasons, agreement, search_keys};

/// Compares two names of persons.
pub(crate) fn compare(left: &str, right: &str) -> Comparison {
    let (score, reason) = match agreement(left, right) {
        Agreement::Same => (1.0, Reason::Identical),
        Agreement::Agrees(reason) => (0.9, reason),
        Agreement::Disagrees => (0.0, Reason::Different),
        Agreement::Missing => (0.0, Reason::Missing),
    };
    Comparison::new(score, Reasons::of(reason))
}

/// Keys under which the name of a person is found.
pub(crate) fn keys(name: &str) -> Vec<String> {
    let keys = search_keys(name);
    let mut keys = vec![keys.folded, keys.pinyin];
    keys.retain(|key| !key.is_empty());
    keys.sort_unstable();
    keys.dedup();
    keys
}
