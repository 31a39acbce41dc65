//! Who is in the book: the kind of each party, households, and who stands near whom.

use crate::layout::{BLOCK, Layout};
use crate::options::Parties;
use crate::organisation::Organisation;
use crate::person::Person;
use crate::random::{Random, Stream};
use crate::reference::Reference;

// Numbers from here on are people and companies that are mentioned but have no record.
const MENTIONED_ONLY: u64 = 1 << 63;
const ORGANISATIONS: u16 = 700;
const INDIVIDUAL_BUSINESSES: u16 = 500;
const LIVES_WITH_NEIGHBOUR: u16 = 1_800;

/// What kind of party it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartyKind {
    Person,
    IndividualBusiness,
    Organisation,
}

#[derive(Debug)]
pub(crate) struct Population {
    pub(crate) seed: u64,
    pub(crate) reference: Reference,
    pub(crate) layout: Layout,
    parties: Parties,
}

impl Population {
    pub(crate) fn new(seed: u64, parties: Parties) -> Self {
        Self {
            seed,
            reference: Reference::new(),
            layout: Layout::new(seed),
            parties,
        }
    }

    pub(crate) fn random(&self, stream: Stream, number: u64) -> Random {
        Random::new(self.seed, stream, number)
    }

    pub(crate) fn kind(&self, party: u64) -> PartyKind {
        if self.parties == Parties::PersonsOnly {
            return PartyKind::Person;
        }
        let mut random = self.random(Stream::Kind, party);
        if random.chance(ORGANISATIONS) {
            PartyKind::Organisation
        } else if random.chance(INDIVIDUAL_BUSINESSES) {
            PartyKind::IndividualBusiness
        } else {
            PartyKind::Person
        }
    }

    /// The number of the person this person lives with; the own number if nobody was there before.
    pub(crate) fn home(&self, person: u64) -> u64 {
        let mut head = person;
        while self.lives_with_neighbour(head) {
            head -= 1;
        }
        head
    }

    fn lives_with_neighbour(&self, party: u64) -> bool {
        party < MENTIONED_ONLY
            && !party.is_multiple_of(BLOCK)
            && self
                .random(Stream::Household, party)
                .chance(LIVES_WITH_NEIGHBOUR)
            && self.kind(party) == PartyKind::Person
            && self.kind(party - 1) == PartyKind::Person
    }

    /// A person to be mentioned by `party`: a customer of the same block if the draw finds one.
    pub(crate) fn person_near(&self, party: u64, random: &mut Random) -> Person {
        let near = self.near(party, random, |kind| kind == PartyKind::Person);
        Person::derive(self, near)
    }

    /// An organisation to be mentioned by `party`.
    pub(crate) fn organisation_near(&self, party: u64, random: &mut Random) -> Organisation {
        let near = self.near(party, random, |kind| kind == PartyKind::Organisation);
        Organisation::derive(self, near, false)
    }

    fn near(&self, party: u64, random: &mut Random, fits: impl Fn(PartyKind) -> bool) -> u64 {
        let block = party & !MENTIONED_ONLY & !(BLOCK - 1);
        let beside = self.layout.parties_beside(block);
        let first = random.next();
        (0..4)
            .map(|shift| block + (first >> (16 * shift)) % beside)
            .find(|&near| near != party && fits(self.kind(near)))
            .unwrap_or(MENTIONED_ONLY | (first & !(BLOCK - 1) >> 8))
    }
}
