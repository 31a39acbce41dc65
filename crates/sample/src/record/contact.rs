//! Mobile numbers, e-mail addresses and addresses, which persons and organisations share.

use super::Occasion;
use crate::Slip;
use crate::address::{Address, Building, Style};
use crate::column::{Column, Row};
use crate::damage;
use crate::day::push_padded;
use crate::number;

impl Occasion<'_> {
    pub(super) fn write_mobile(&mut self, row: &mut Row, mobile: [u8; 11]) {
        use Slip::{
            MobileChanged, MobileCountryCode, MobileFalse, MobileGroups, MobileMissing, MobileTypo,
        };
        const FORMS: [Slip; 4] = [MobileChanged, MobileTypo, MobileGroups, MobileCountryCode];
        let words = &self.reference().words;
        if self.slips.hides(MobileMissing, &[&FORMS, &[MobileFalse]]) {
            return;
        }
        let text = row.start(Column::Mobile);
        if self.slips.hides(MobileFalse, &[&FORMS]) {
            text.push_str(self.random.pick(&words.false_mobiles));
            return;
        }
        if self.slips.contains(MobileChanged) {
            let changed = number::mobile(&mut self.random, &words.mobile_prefixes);
            text.push_str(number::text(&changed));
        } else {
            text.push_str(number::text(&mobile));
        }
        if self.slips.contains(MobileTypo) {
            self.slips
                .settle(MobileTypo, damage::mistype(text, &mut self.random));
        }
        if self.slips.contains(MobileGroups) {
            self.slips.settle(MobileGroups, damage::group_mobile(text));
        }
        if self.slips.contains(MobileCountryCode) {
            text.insert_str(0, "+86 ");
        }
    }

    /// Writes the e-mail address that `own` writes, unless it is missing or another one.
    pub(super) fn write_email(&mut self, row: &mut Row, own: impl FnOnce(&mut String)) {
        if self
            .slips
            .hides(Slip::EmailMissing, &[&[Slip::EmailChanged]])
        {
            return;
        }
        let text = row.start(Column::Email);
        if self.slips.contains(Slip::EmailChanged) {
            push_padded(text, 100_000_000 + self.random.below(899_999_999) as u64, 9);
            text.push_str("@qq.com");
        } else {
            own(text);
        }
    }

    pub(super) fn write_address(&mut self, row: &mut Row, address: &Address) {
        use Slip::{
            AddressAbbreviated, AddressFalse, AddressFullWidth, AddressMissing, AddressMoved,
            AddressTypo,
        };
        const FORMS: [Slip; 3] = [AddressAbbreviated, AddressTypo, AddressFullWidth];
        let reference = self.reference();
        row.set(Column::Division, address.district(reference).code);
        if self
            .slips
            .hides(AddressMissing, &[&FORMS, &[AddressFalse, AddressMoved]])
        {
            return;
        }
        let text = row.start(Column::Address);
        if self.slips.hides(AddressFalse, &[&FORMS, &[AddressMoved]]) {
            text.push_str(self.random.pick(&reference.words.false_addresses));
            return;
        }
        let style = if self.slips.contains(AddressAbbreviated) {
            Style {
                short_divisions: self.random.chance(5_000),
                building: self.random.pick(&[Building::Dashes, Building::Numbered]),
            }
        } else {
            Style::FULL
        };
        address.write(text, reference, style);
        if self.slips.contains(AddressTypo) {
            self.slips
                .settle(AddressTypo, damage::drop_character(text, &mut self.random));
        }
        if self.slips.contains(AddressFullWidth) {
            self.slips
                .settle(AddressFullWidth, damage::widen_digits(text));
        }
    }
}
