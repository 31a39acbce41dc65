//! A person as they truly are, before anybody writes them down.

use crate::address::{Address, any_district};
use crate::day::{Day, push_padded};
use crate::number;
use crate::population::Population;
use crate::random::{Random, Stream};
use crate::reference::{GivenCharacter, Reference};

// Births from 1937 to 2007.
const FIRST_BIRTH: i32 = -12_000;
const LAST_BIRTH: i32 = 13_800;
const TWO_CHARACTER_GIVEN_NAME: u16 = 8_200;
const FOREIGNER: u16 = 100;
const STILL_AT_BIRTHPLACE: u16 = 5_500;
const SHARES_SURNAME: u16 = 6_000;
const SHARES_MOBILE: u16 = 800;
const TWIN: u16 = 300;

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) surname: usize,
    given: [GivenCharacter; 2],
    given_count: usize,
    /// The country, for the few who are not Chinese.
    pub(crate) foreign: Option<usize>,
    pub(crate) female: bool,
    pub(crate) birth: Day,
    birthplace: usize,
    sequence: i32,
    passport: [u8; 9],
    pub(crate) mobile: [u8; 11],
    mail_number: usize,
    mail_domain: usize,
    pub(crate) address: Address,
    pub(crate) occupation: usize,
}

impl Person {
    /// The person with this number, as a member of the household they belong to.
    pub(crate) fn derive(population: &Population, number: u64) -> Self {
        let mut person = Self::alone(population, number);
        let home = population.home(number);
        if home != number {
            let head = Self::alone(population, home);
            let mut random = population.random(Stream::Household, number);
            // The first draw decided that they live together.
            random.next();
            person.move_in_with(head, &mut random);
        }
        person
    }

    fn alone(population: &Population, number: u64) -> Self {
        let reference = &population.reference;
        let names = &reference.names;
        let mut random = population.random(Stream::Person, number);
        let female = random.chance(4_900);
        let characters = if female { &names.female } else { &names.male };
        let given = std::array::from_fn(|_| characters[random.skewed(characters.len())]);
        let surname = names.surname_at(random.below(names.total_weight()));
        let address = Address::home(&mut population.random(Stream::Address, number), reference);
        let birthplace = if random.chance(STILL_AT_BIRTHPLACE) {
            address.district
        } else {
            any_district(&mut random, reference)
        };
        let words = &reference.words;
        let foreign = random
            .chance(FOREIGNER)
            .then(|| random.below(words.nationalities.len()));
        Self {
            surname,
            given,
            given_count: 1 + usize::from(random.chance(TWO_CHARACTER_GIVEN_NAME)),
            foreign,
            female,
            birth: Day(random.between(FIRST_BIRTH, LAST_BIRTH)),
            birthplace,
            // Odd for men, even for women; 000 is not issued.
            sequence: 2 * random.between(1, 498) + i32::from(!female),
            passport: number::passport(&mut random),
            mobile: number::mobile(&mut random, &words.mobile_prefixes),
            mail_number: random.below(9_999),
            mail_domain: random.skewed(words.mail_domains.len()),
            address,
            occupation: random.below(words.occupations.len()),
        }
    }

    fn move_in_with(&mut self, head: Self, random: &mut Random) {
        if random.chance(TWIN) {
            self.birth = head.birth;
            self.birthplace = head.birthplace;
            self.surname = head.surname;
            self.given[0] = head.given[0];
            self.given_count = 2;
            self.sequence = (head.sequence + 2) % 998 / 2 * 2 + i32::from(!self.female);
        } else if random.chance(SHARES_SURNAME) {
            self.surname = head.surname;
        }
        if random.chance(SHARES_MOBILE) {
            self.mobile = head.mobile;
        }
        self.foreign = None;
        self.address = head.address;
    }

    pub(crate) fn given(&self) -> &[GivenCharacter] {
        &self.given[..self.given_count]
    }

    pub(crate) fn write_name(&self, text: &mut String, reference: &Reference) {
        if let Some(foreign) = self.foreign {
            let start = text.len();
            text.push_str(reference.words.nationalities[foreign].surname);
            text.push(' ');
            for &given in self.given() {
                text.push_str(reference.names.pinyin(given));
            }
            text[start..].make_ascii_uppercase();
            return;
        }
        text.push_str(reference.names.surnames[self.surname].text);
        text.extend(self.given().iter().map(|given| given.character));
    }

    /// Appends the name as ZHANG XIAOMING.
    pub(crate) fn write_pinyin(&self, text: &mut String, reference: &Reference) {
        let start = text.len();
        text.push_str(reference.names.surnames[self.surname].pinyin);
        text.push(' ');
        for &given in self.given() {
            text.push_str(reference.names.pinyin(given));
        }
        text[start..].make_ascii_uppercase();
    }

    pub(crate) fn write_email(&self, text: &mut String, reference: &Reference) {
        text.push_str(reference.names.surnames[self.surname].pinyin);
        for &given in self.given() {
            text.push_str(reference.names.pinyin(given));
        }
        push_padded(text, self.mail_number as u64, 1);
        text.push('@');
        text.push_str(reference.words.mail_domains[self.mail_domain]);
    }

    /// The number of the resident identity card, or of the passport of a foreigner.
    pub(crate) fn write_identity_number(&self, text: &mut String, reference: &Reference) {
        if self.foreign.is_some() {
            text.push_str(number::text(&self.passport));
        } else {
            let district = reference.divisions.districts[self.birthplace].code;
            text.push_str(number::text(&number::resident(
                district,
                self.birth,
                self.sequence,
            )));
        }
    }
}
