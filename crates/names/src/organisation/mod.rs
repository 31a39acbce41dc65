//! Names of organisations: what differs between two of them, and how much they agree.

mod abbreviation;
mod agreement;
mod branches;
mod characters_alignment;
mod chinese_parts;
mod comparison;
mod evidence;
mod index_keys;
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
use crate::{Reason, Reasons};
use lexicon::Class;

/// Compares two names of organisations.
pub(crate) fn compare(left: &str, right: &str) -> Comparison {
    if left == right && crate::folding::has_content(left) {
        return Comparison::new(1.0, Reasons::of(Reason::Identical));
    }
    OrganisationName::parse(left).compare(&OrganisationName::parse(right))
}

/// Keys under which the name of an organisation is found.
pub(crate) fn keys(name: &str) -> Vec<String> {
    index_keys::keys(&OrganisationName::parse(name))
}

/// Whether a name has a word that only organisations have.
pub(crate) fn is_likely(name: &str) -> bool {
    let name = OrganisationName::parse(name);
    let words = name
        .tokens()
        .iter()
        .filter(|token| name.is_chinese() || name.word(token).len() > 2);
    let mut trades = 0;
    for token in words {
        match (token.kind, token.meaning.class) {
            (PartKind::LegalForm | PartKind::Branch, _) | (_, Class::Known) => return true,
            (PartKind::Trade, _) => trades += 1,
            _ => {}
        }
    }
    // One word may be a surname: Bank, Baker, 马车行.
    trades > 1 || trades == 1 && name.tokens().len() > 2
}
