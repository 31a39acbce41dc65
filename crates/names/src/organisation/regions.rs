//! Whether two organisations are of one region (行政区划).

use super::lexicon::Meaning;
use super::name::{OrganisationName, PartKind};

/// How the regions of two names relate.
pub(super) enum Regions {
    Neither,
    Same,
    /// One is a part of the other, or they share the larger.
    Partly,
    OneOnly(usize),
    Contradict,
}

/// Compares the regions that two names begin with or have in brackets.
pub(super) fn regions(left: &OrganisationName, right: &OrganisationName) -> Regions {
    let places = |name: &OrganisationName| -> [Option<Meaning>; 4] {
        let mut found = [None; 4];
        for (slot, token) in found.iter_mut().zip(name.tokens_of(PartKind::Region)) {
            *slot = Some(token.meaning);
        }
        found
    };
    let (one, other) = (places(left), places(right));
    match (one[0], other[0]) {
        (None, None) => return Regions::Neither,
        (Some(_), None) => return Regions::OneOnly(0),
        (None, Some(_)) => return Regions::OneOnly(1),
        _ => {}
    }
    let has = |places: &[Option<Meaning>; 4], concept: u16| {
        places
            .iter()
            .flatten()
            .any(|place| place.concept == concept)
    };
    let all_in = |places: &[Option<Meaning>; 4], others: &[Option<Meaning>; 4]| {
        places
            .iter()
            .flatten()
            .all(|place| has(others, place.concept))
    };
    if all_in(&one, &other) && all_in(&other, &one) {
        return Regions::Same;
    }
    let related = one.iter().flatten().any(|place| {
        has(&other, place.concept)
            || other.iter().flatten().any(|other| {
                place.other == other.concept
                    || other.other == place.concept
                    || place.weight == 1
                    || other.weight == 1
            })
    });
    // 海淀 and 朝阳 of one city are two places: the smallest of both must not be alien to the other side.
    let last = |places: &[Option<Meaning>; 4]| places.iter().flatten().last().copied();
    let alien = |place: Option<Meaning>, others: &[Option<Meaning>; 4]| {
        place.is_some_and(|place| {
            !has(others, place.concept)
                && others
                    .iter()
                    .flatten()
                    .any(|other| other.weight & 7 >= place.weight & 7)
        })
    };
    if related && !(alien(last(&one), &other) && alien(last(&other), &one)) {
        Regions::Partly
    } else {
        Regions::Contradict
    }
}
