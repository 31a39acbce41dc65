//! The blind digest of a look-up key: the one place that says what it is bound to.

use domain::register::{IndexKind, LookupFamily};
use vault::BlindKey;

/// The digest under which a value stands in an index. Values of different indexes or families never
/// share one.
pub fn lookup_digest(
    blind: &BlindKey,
    kind: IndexKind,
    family: LookupFamily,
    value: &str,
) -> [u8; 16] {
    let domain = kind.number() << 4 | family as u16;
    blind.digest(domain, value.as_bytes())
}
