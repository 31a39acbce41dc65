//! Names of organisations: what differs between two of them, and how much they agree.

mod agreement;

pub use agreement::organisation_agreement;

use crate::comparison::Comparison;
use crate::{Agreement, Reason, Reasons};

/// Compares two names of organisations.
pub(crate) fn compare(left: &str, right: &str) -> Comparison {
    match organisation_agreement(left, right) {
        Agreement::Same => Comparison::new(1.0, Reasons::of(Reason::Identical)),
        Agreement::Agrees(reason) => Comparison::new(0.95, Reasons::of(reason)),
        Agreement::Disagrees => Comparison::new(0.0, Reasons::of(Reason::Different)),
        Agreement::Missing => Comparison::new(0.0, Reasons::of(Reason::Missing)),
    }
}

/// Keys under which the name of an organisation is found.
pub(crate) fn keys(name: &str) -> Vec<String> {
    crate::person::keys(name)
}

/// Whether a name has a word that only organisations have.
pub(crate) fn is_likely(name: &str) -> bool {
    const ENDINGS: [&str; 8] = [
        "公司",
        "集团",
        "银行",
        "中心",
        "合作社",
        "大学",
        "委员会",
        "事务所",
    ];
    const WORDS: [&str; 10] = [
        "ltd",
        "limited",
        "inc",
        "llc",
        "co",
        "company",
        "corp",
        "gmbh",
        "corporation",
        "bank",
    ];
    let folded = crate::fold(name);
    ENDINGS.iter().any(|ending| folded.contains(ending))
        || folded.split(' ').any(|word| WORDS.contains(&word))
}
