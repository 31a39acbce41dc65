//! Writing a party down: one row from the truth and the slips of one occasion.

mod contact;
mod organisation;
mod person;
mod source;

use crate::address::Address;
use crate::column::{Column, Row};
use crate::day::{Day, push_padded};
use crate::layout::Place;
use crate::options::Language;
use crate::population::{PartyKind, Population};
use crate::random::{Random, Stream};
use crate::reference::Reference;
use crate::slips::Slips;
use source::Source;

pub(crate) use source::SOURCES;

// Customers came between 2004 and 2020; further records follow about yearly.
const FIRST_ARRIVAL: i32 = 12_418;
const LAST_ARRIVAL: i32 = 18_500;
const DAYS_BETWEEN_RECORDS: i32 = 420;
const REMARK: u16 = 600;

/// What is needed while one row is written.
struct Occasion<'a> {
    population: &'a Population,
    language: Language,
    place: Place,
    source: &'static Source,
    observed: Day,
    random: Random,
    slips: Slips,
}

/// Writes the record at `place` into `row`, all but its number, and answers its slips.
pub(crate) fn write(
    row: &mut Row,
    population: &Population,
    language: Language,
    place: Place,
    source: usize,
) -> Slips {
    row.clear();
    let mut arrival = population.random(Stream::Arrival, place.party);
    let mut random = population.random(Stream::Record, place.number);
    let delay = i32::from(place.version) * DAYS_BETWEEN_RECORDS;
    let observed = arrival.between(FIRST_ARRIVAL, LAST_ARRIVAL)
        + delay
        + random.between(0, DAYS_BETWEEN_RECORDS - 1);
    let mut slips = population.random(Stream::Slips, place.number);
    let mut occasion = Occasion {
        population,
        language,
        place,
        source: &SOURCES[source],
        observed: Day(observed),
        random,
        slips: Slips::draw(&mut slips, place.version > 0),
    };
    row.set(Column::Source, occasion.source.name);
    match population.kind(place.party) {
        PartyKind::Person => occasion.write_person(row, &mut arrival),
        PartyKind::IndividualBusiness => occasion.write_organisation(row, &mut arrival, true),
        PartyKind::Organisation => occasion.write_organisation(row, &mut arrival, false),
    }
    occasion.write_end(row);
    occasion.slips
}

impl<'a> Occasion<'a> {
    fn reference(&self) -> &'a Reference {
        &self.population.reference
    }

    /// The address of this occasion: the true one, or a new one if the party moved.
    fn address(
        &mut self,
        address: Address,
        any: fn(&mut Random, &Reference) -> Address,
    ) -> Address {
        if self.slips.contains(crate::Slip::AddressMoved) {
            any(&mut self.random, &self.population.reference)
        } else {
            address
        }
    }

    fn write_end(&mut self, row: &mut Row) {
        let observed = row.start(Column::ObservedAt);
        self.observed.write(observed, "-");
        if !self.source.date_only {
            let second_of_day = 8 * 3_600 + self.random.below(10 * 3_600);
            for (separator, part) in [
                (' ', second_of_day / 3_600),
                (':', second_of_day / 60 % 60),
                (':', second_of_day % 60),
            ] {
                observed.push(separator);
                push_padded(observed, part as u64, 2);
            }
        }
        let manager = row.start(Column::Manager);
        manager.push('E');
        push_padded(manager, 1_000 + self.random.below(800) as u64, 4);
        if self.random.chance(REMARK) {
            row.set(
                Column::Remark,
                self.random.pick(&self.reference().words.remarks),
            );
        }
    }
}
