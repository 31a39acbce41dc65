//! Writing a person down.

use super::Occasion;
use super::source::Asked;
use crate::Slip;
use crate::address::Address;
use crate::column::{Column, Row};
use crate::damage;
use crate::day::{push_padded, write_date};
use crate::options::Language;
use crate::person::Person;
use crate::random::Random;

const NAMES_EMPLOYER: u16 = 6_000;
const HAS_LANDLINE: u16 = 2_000;
// From 46 on a card is valid for ever.
const AGE_OF_PERMANENT_CARD: i32 = 46;

impl Occasion<'_> {
    pub(super) fn write_person(&mut self, row: &mut Row, arrival: &mut Random) {
        let reference = self.reference();
        let person = Person::derive(self.population, self.place.party);
        row.set(Column::PartyKind, self.language.choose("自然人", "person"));
        self.slips
            .forget(&[Slip::NameShort, Slip::NameBrackets, Slip::NameChanged]);
        self.write_person_name(row, &person);
        self.write_sex(row, &person);
        self.write_birth_date(row, &person);
        self.write_document(row, &person);
        self.write_mobile(row, person.mobile);
        self.write_email(row, |text| person.write_email(text, reference));
        let nationality = match person.foreign {
            None => self.language.choose("中国", "China"),
            Some(country) => {
                let country = &reference.words.nationalities[country];
                self.language.choose(country.chinese, country.english)
            }
        };
        row.set(Column::Nationality, nationality);
        if self.source.asks(Asked::Work) {
            let occupation = &reference.words.occupations[person.occupation];
            row.set(
                Column::Occupation,
                self.language.choose(occupation.chinese, occupation.english),
            );
            if arrival.chance(NAMES_EMPLOYER) {
                let employer = self.population.organisation_near(self.place.party, arrival);
                employer.write_name(row.start(Column::Employer), reference);
            }
        }
        if self.source.asks(Asked::Phone) && self.random.chance(HAS_LANDLINE) {
            let codes = &reference.words.area_codes;
            let text = row.start(Column::Phone);
            text.push_str(codes[person.address.district % codes.len()]);
            text.push('-');
            push_padded(text, 20_000_000 + self.random.below(69_999_999) as u64, 8);
        }
        let address = self.address(person.address, Address::home);
        self.write_address(row, &address);
    }

    fn write_person_name(&mut self, row: &mut Row, person: &Person) {
        use Slip::{
            NameBlank, NameFalse, NameHomophone, NameLookAlike, NameMissing, NamePinyin,
            NameTraditional, NameTruncated,
        };
        const FORMS: [Slip; 5] = [
            NameHomophone,
            NameLookAlike,
            NameTraditional,
            NameBlank,
            NameTruncated,
        ];
        let reference = self.reference();
        if self
            .slips
            .hides(NameMissing, &[&FORMS, &[NamePinyin, NameFalse]])
        {
            return;
        }
        let text = row.start(Column::Name);
        if self.slips.hides(NameFalse, &[&FORMS, &[NamePinyin]]) {
            text.push_str(self.random.pick(&reference.words.false_names));
            return;
        }
        if person.foreign.is_some() {
            self.slips.forget(&FORMS);
            self.slips.forget(&[NamePinyin]);
        }
        if self.slips.hides(NamePinyin, &[&FORMS]) {
            person.write_pinyin(text, reference);
            return;
        }
        person.write_name(text, reference);
        if self.slips.contains(NameHomophone) {
            let changed = damage::homophone(text, person, &reference.names, &mut self.random);
            self.slips.settle(NameHomophone, changed);
        }
        if self.slips.contains(NameLookAlike) {
            self.slips
                .settle(NameLookAlike, damage::look_alike(text, &reference.names));
        }
        if self.slips.contains(NameTraditional) {
            self.slips
                .settle(NameTraditional, damage::traditional(text, &reference.names));
        }
        if self.slips.contains(NameTruncated) {
            let end = text.char_indices().nth(2).map(|(start, _)| start);
            self.slips.settle(NameTruncated, end.is_some());
            text.truncate(end.unwrap_or(text.len()));
        }
        if self.slips.contains(NameBlank) {
            self.slips.settle(NameBlank, damage::blank_inside(text));
        }
    }

    fn write_sex(&mut self, row: &mut Row, person: &Person) {
        if self.slips.contains(Slip::SexMissing) {
            return;
        }
        let as_letter = self.source.sex_as_letter || self.language == Language::English;
        row.set(
            Column::Sex,
            match (as_letter, person.female) {
                (true, true) => "F",
                (true, false) => "M",
                (false, true) => "女",
                (false, false) => "男",
            },
        );
    }

    fn write_birth_date(&mut self, row: &mut Row, person: &Person) {
        if self
            .slips
            .hides(Slip::BirthMissing, &[&[Slip::BirthTypo, Slip::BirthForm]])
        {
            return;
        }
        let (mut year, mut month, mut day) = person.birth.civil();
        if self.slips.contains(Slip::BirthTypo) {
            match self.random.below(10) {
                0..=2 if day <= 12 => std::mem::swap(&mut month, &mut day),
                0..=4 => day = 1,
                _ => year += self.random.pick(&[-1, 1, 10, -10]),
            }
            let changed = (year, month, day) != person.birth.civil();
            self.slips.settle(Slip::BirthTypo, changed);
        }
        let text = row.start(Column::BirthDate);
        if !self.slips.contains(Slip::BirthForm) {
            write_date(text, (year, month, day), "-");
            return;
        }
        match self.random.below(13) {
            0..=8 => write_date(text, (year, month, day), "/"),
            9..=10 => write_date(text, (year, month, day), ""),
            _ => {
                for (part, unit) in [(year, '年'), (month, '月'), (day, '日')] {
                    push_padded(text, part, 1);
                    text.push(unit);
                }
            }
        }
    }

    fn write_document(&mut self, row: &mut Row, person: &Person) {
        use Slip::{NumberFalse, NumberLower, NumberMissing, NumberOld, NumberTypo};
        const FORMS: [Slip; 3] = [NumberOld, NumberTypo, NumberLower];
        let reference = self.reference();
        let kind = match person.foreign {
            None => self.language.choose("居民身份证", "resident identity card"),
            Some(_) => self.language.choose("护照", "passport"),
        };
        row.set(Column::IdType, kind);
        if self.slips.hides(NumberMissing, &[&FORMS, &[NumberFalse]]) {
            return;
        }
        let text = row.start(Column::IdNumber);
        if self.slips.hides(NumberFalse, &[&FORMS]) {
            text.push_str(self.random.pick(&reference.words.false_identities));
        } else {
            person.write_identity_number(text, reference);
            self.change_identity_number(text, person);
        }
        if self.source.asks(Asked::Expiry) {
            self.write_expiry(row.start(Column::IdExpiry), person);
        }
    }

    fn change_identity_number(&mut self, text: &mut String, person: &Person) {
        use Slip::{NumberLower, NumberOld, NumberTypo};
        if self.slips.contains(NumberOld) {
            let old = person.foreign.is_none() && person.birth.year() < 2_000;
            self.slips.settle(NumberOld, old);
            if old {
                text.truncate(17);
                text.replace_range(6..8, "");
            }
        }
        if self.slips.contains(NumberTypo) {
            self.slips
                .settle(NumberTypo, damage::mistype(text, &mut self.random));
        }
        if self.slips.contains(NumberLower) {
            let has_letter = text.bytes().any(|byte| byte.is_ascii_uppercase());
            self.slips.settle(NumberLower, has_letter);
            text.make_ascii_lowercase();
        }
    }

    fn write_expiry(&mut self, text: &mut String, person: &Person) {
        let (year, month, day) = self.observed.civil();
        let age = year - person.birth.year();
        if age >= AGE_OF_PERMANENT_CARD && person.foreign.is_none() {
            text.push_str(self.language.choose("长期", "permanent"));
        } else {
            // Some documents had ended when the record was made.
            let years = self.random.between(-1, if age >= 26 { 19 } else { 9 });
            write_date(text, (year + years, month, day.min(28)), "-");
        }
    }
}
