//! Writing an organisation or an individual business down.

use super::Occasion;
use super::source::Asked;
use crate::Slip;
use crate::address::Address;
use crate::column::{Column, Row};
use crate::damage;
use crate::day::push_padded;
use crate::number;
use crate::organisation::Organisation;
use crate::random::Random;

const SHAREHOLDER_IS_ORGANISATION: u16 = 1_500;
const BOTH_CODES: u16 = 2_500;
const MOST_SHAREHOLDERS: usize = 4;

impl Occasion<'_> {
    pub(super) fn write_organisation(
        &mut self,
        row: &mut Row,
        arrival: &mut Random,
        individual: bool,
    ) {
        let reference = self.reference();
        let mut organisation = Organisation::derive(self.population, self.place.party, individual);
        self.slips.forget(&[
            Slip::NameHomophone,
            Slip::NameLookAlike,
            Slip::NamePinyin,
            Slip::SexMissing,
            Slip::BirthTypo,
            Slip::BirthMissing,
            Slip::BirthForm,
            Slip::NumberFalse,
        ]);
        row.set(
            Column::PartyKind,
            if individual {
                self.language.choose("个体工商户", "individual_business")
            } else {
                self.language.choose("法人", "organisation")
            },
        );
        if self.slips.contains(Slip::NameChanged) {
            organisation.rename(&mut self.random, reference);
        }
        self.write_organisation_name(row, &organisation);
        self.write_codes(row, &organisation);
        let representative = self.population.person_near(self.place.party, arrival);
        representative.write_name(row.start(Column::LegalRepresentative), reference);
        let number = row.start(Column::LegalRepresentativeIdNumber);
        representative.write_identity_number(number, reference);
        self.write_mobile(row, representative.mobile);
        if self.source.asks(Asked::Phone) {
            organisation.write_phone(row.start(Column::Phone), reference);
        }
        self.write_email(row, |text| {
            text.push_str("office@");
            text.push_str(&number::text(&organisation.code).to_ascii_lowercase());
            text.push_str(".com.cn");
        });
        if !individual {
            let way = self.random.below(4);
            organisation.write_capital(row.start(Column::RegisteredCapital), way);
            self.write_shareholders(row.start(Column::Shareholders), arrival);
        }
        organisation.write_scope(row.start(Column::BusinessScope), reference);
        let address = self.address(organisation.address, Address::office);
        self.write_address(row, &address);
    }

    fn write_organisation_name(&mut self, row: &mut Row, organisation: &Organisation) {
        use Slip::{
            NameBlank, NameBrackets, NameChanged, NameFalse, NameMissing, NameShort,
            NameTraditional, NameTruncated,
        };
        const FORMS: [Slip; 5] = [
            NameBlank,
            NameBrackets,
            NameShort,
            NameTraditional,
            NameTruncated,
        ];
        let reference = self.reference();
        if self
            .slips
            .hides(NameMissing, &[&FORMS, &[NameFalse, NameChanged]])
        {
            return;
        }
        let text = row.start(Column::Name);
        if self.slips.hides(NameFalse, &[&FORMS, &[NameChanged]]) {
            text.push_str(self.random.pick(&reference.words.false_names));
            return;
        }
        if self
            .slips
            .hides(NameShort, &[&[NameBrackets, NameTruncated]])
        {
            organisation.write_short_name(text, reference);
        } else {
            organisation.write_name(text, reference);
        }
        if self.slips.contains(NameBrackets) {
            let half_width = text.replace('（', "(").replace('）', ")");
            self.slips.settle(NameBrackets, half_width != *text);
            *text = half_width;
        }
        if self.slips.contains(NameTraditional) {
            self.slips
                .settle(NameTraditional, damage::traditional(text, &reference.names));
        }
        if self.slips.contains(NameTruncated) {
            // Old systems cut a name off after some number of characters.
            let end = text.char_indices().nth(8).map(|(start, _)| start);
            self.slips.settle(NameTruncated, end.is_some());
            text.truncate(end.unwrap_or(text.len()));
        }
        if self.slips.contains(NameBlank) {
            self.slips.settle(NameBlank, damage::blank_inside(text));
        }
    }

    fn write_codes(&mut self, row: &mut Row, organisation: &Organisation) {
        use Slip::{NumberLower, NumberMissing, NumberOld, NumberTypo};
        if self
            .slips
            .hides(NumberMissing, &[&[NumberOld, NumberTypo, NumberLower]])
        {
            return;
        }
        if self.slips.hides(NumberOld, &[&[NumberTypo, NumberLower]])
            || self.random.chance(BOTH_CODES)
        {
            let text = row.start(Column::OrganisationCode);
            text.push_str(number::text(&organisation.code));
            if self.random.chance(5_000) {
                text.insert(8, '-');
            }
        }
        if self.slips.contains(NumberOld) {
            return;
        }
        let text = row.start(Column::CreditCode);
        organisation.write_credit_code(text, self.reference());
        if self.slips.contains(NumberTypo) {
            self.slips
                .settle(NumberTypo, damage::mistype(text, &mut self.random));
        }
        if self.slips.contains(NumberLower) {
            text.make_ascii_lowercase();
        }
    }

    /// Shareholders (股东) with their shares, which add up to a hundred per cent.
    fn write_shareholders(&mut self, text: &mut String, arrival: &mut Random) {
        let reference = self.reference();
        let count = 1 + arrival.skewed(MOST_SHAREHOLDERS);
        let mut left = 100;
        for position in 0..count {
            let further = count - 1 - position;
            let share = if further == 0 {
                left
            } else {
                // Leaves at least five per cent for everyone who follows.
                5 + arrival.below(left - 5 * (further + 1) + 1)
            };
            left -= share;
            if position > 0 {
                text.push('；');
            }
            if arrival.chance(SHAREHOLDER_IS_ORGANISATION) {
                let owner = self.population.organisation_near(self.place.party, arrival);
                owner.write_name(text, reference);
            } else {
                let owner = self.population.person_near(self.place.party, arrival);
                owner.write_name(text, reference);
            }
            text.push(' ');
            push_padded(text, share as u64, 1);
            text.push('%');
        }
    }
}
