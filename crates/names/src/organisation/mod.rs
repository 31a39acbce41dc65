//! Names of organisations: what differs between two of them, and how much they agree.

mod abbreviation;
mod agreement;
mod branches;
mod characters_alignment;
mod chinese_parts;
mod comparison;
mod evidence;
mod languages;
mod lexicon;
mod name;
mod pieces;
mod regions;
mod romanise;
mod spelling;
mod word_parts;
mod words_alignment;

pub use agreement::organisation_agreement;
pub use name::{NamePart, OrganisationName, PartKind};

use crate::comparison::Comparison;

/// Compares two names of organisations.
pub(crate) fn compare(left: &str, right: &str) -> Comparison {
    OrganisationName::parse(left).compare(&OrganisationName::parse(right))
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
