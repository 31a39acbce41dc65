//! Look-up keys (检索键): under which keys a record can be found again.
//!
//! Sensitive values are found by blind digests of the whole value, its last four or its first
//! seven characters, as the declaration says; names by readable keys that sort.

use identifiers::PersonIdNumber;
use names::SearchKeys;

use crate::register::{Attribute, AttributeType, Catalogue, Content, FieldId, Lookup, read};
use crate::resolution::{StrongKeyKind, strong_keys};

/// Which index a key stands in. The store keeps the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u16)]
pub enum IndexKind {
    /// The source's own key of a series.
    SeriesKey = 1,
    /// A valid resident identity number of the party itself.
    ResidentId = 2,
    /// The organisation code of the party itself.
    OrganisationCode = 3,
    /// A whole sensitive value.
    Exact = 4,
    /// The last four characters.
    LastFour = 5,
    /// The first seven characters.
    PrefixSeven = 6,
    /// A name, folded.
    Name = 7,
    /// A name by pinyin.
    Pinyin = 8,
    /// A name by initials.
    Initials = 9,
    /// Customers in the order of their names.
    CustomerName = 10,
    /// A whole value of a column that nobody recognised.
    WholeValue = 11,
    /// A key under which records meet to be compared.
    BlockKey = 12,
}

impl IndexKind {
    /// Every index.
    pub const ALL: [Self; 12] = [
        Self::SeriesKey,
        Self::ResidentId,
        Self::OrganisationCode,
        Self::Exact,
        Self::LastFour,
        Self::PrefixSeven,
        Self::Name,
        Self::Pinyin,
        Self::Initials,
        Self::CustomerName,
        Self::WholeValue,
        Self::BlockKey,
    ];

    /// The number that the store keeps.
    pub fn number(self) -> u16 {
        self as u16
    }

    /// The index of a strong key.
    pub fn of_strong_key(kind: StrongKeyKind) -> Self {
        match kind {
            StrongKeyKind::ResidentId => Self::ResidentId,
            StrongKeyKind::OrganisationCode => Self::OrganisationCode,
        }
    }
}

/// Values of one family are looked up together: a telephone number finds whoever has it, as a
/// mobile number or as a contact's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum LookupFamily {
    /// Numbers of documents and of registers.
    Number = 1,
    /// Telephone numbers.
    Phone = 2,
    /// E-mail addresses.
    Email = 3,
    /// Everything else.
    Other = 4,
}

impl LookupFamily {
    fn of(attribute: &Attribute) -> Self {
        match attribute.attribute_type {
            AttributeType::Mobile | AttributeType::Phone => Self::Phone,
            AttributeType::Email => Self::Email,
            AttributeType::ResidentId
            | AttributeType::IdentityNumber
            | AttributeType::CreditCode
            | AttributeType::OrganisationCode => Self::Number,
            _ => Self::Other,
        }
    }
}

/// A key under which a record is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupKey<'a> {
    /// To be digested blindly.
    Blind(IndexKind, LookupFamily, &'a str),
    /// To be kept readable.
    Readable(IndexKind, &'a str),
}

/// Tells every look-up key of a record, except those of its series and of its customer.
pub fn lookup_keys(
    catalogue: &Catalogue,
    content: &Content,
    keys: &mut SearchKeys,
    mut tell: impl FnMut(LookupKey<'_>),
) {
    for strong in strong_keys(catalogue, content) {
        let kind = IndexKind::of_strong_key(strong.kind);
        tell(LookupKey::Blind(kind, LookupFamily::Number, &strong.value));
    }
    let mut named = false;
    for field in content.fields() {
        let Some(attribute) = catalogue.attribute(field.id) else {
            tell(LookupKey::Blind(
                IndexKind::WholeValue,
                LookupFamily::Other,
                &whole_value(&field.value),
            ));
            continue;
        };
        for lookup in &attribute.lookup {
            match lookup {
                Lookup::Name => {
                    named |= field.id == catalogue.well_known().name;
                    tell_name(&field.value, keys, &mut tell);
                }
                _ => tell_value(catalogue, attribute, *lookup, &field.value, &mut tell),
            }
        }
    }
    if !named && let Some(name) = catalogue.name_of(content) {
        tell_name(&name, keys, &mut tell);
    }
}

/// A value of an unknown column as it is looked up: case and outer blanks do not matter.
pub fn whole_value(value: &str) -> String {
    value.trim().to_lowercase()
}

fn tell_name(name: &str, keys: &mut SearchKeys, tell: &mut impl FnMut(LookupKey<'_>)) {
    names::write_search_keys(name, keys);
    for (kind, key) in [
        (IndexKind::Name, &keys.folded),
        (IndexKind::Pinyin, &keys.pinyin),
        (IndexKind::Initials, &keys.initials),
    ] {
        if !key.is_empty() {
            tell(LookupKey::Readable(kind, key));
        }
    }
}

fn tell_value(
    catalogue: &Catalogue,
    attribute: &Attribute,
    lookup: Lookup,
    given: &str,
    tell: &mut impl FnMut(LookupKey<'_>),
) {
    let normal = read(Some(attribute), given).normal;
    let family = LookupFamily::of(attribute);
    let characters = normal.chars().count();
    match lookup {
        Lookup::Exact if is_strong(catalogue, attribute.id, &normal) => {}
        Lookup::Exact => tell(LookupKey::Blind(IndexKind::Exact, family, &normal)),
        Lookup::LastFour if characters >= 8 => {
            let start = normal
                .char_indices()
                .nth(characters - 4)
                .map_or(0, |(at, _)| at);
            tell(LookupKey::Blind(
                IndexKind::LastFour,
                family,
                &normal[start..],
            ));
        }
        Lookup::PrefixSeven if characters >= 8 => {
            let end = normal
                .char_indices()
                .nth(7)
                .map_or(normal.len(), |(at, _)| at);
            tell(LookupKey::Blind(
                IndexKind::PrefixSeven,
                family,
                &normal[..end],
            ));
        }
        Lookup::LastFour | Lookup::PrefixSeven | Lookup::Name => {}
    }
}

/// A valid resident number of the party itself stands in the index of strong keys already.
fn is_strong(catalogue: &Catalogue, field: FieldId, normal: &str) -> bool {
    field == catalogue.well_known().identity_number && PersonIdNumber::parse(normal).is_ok()
}
