//! What an identifier says: birth date, sex, division, authority, each under a name.

use std::fmt;

use crate::{
    AreaCode, BankCard, CalendarDate, CardIssue, Division, DivisionCode, DivisionEra, DivisionKey,
    FixedLine, HongKongMacaoPermit, Identifier, MobileNumber, MobileSegment, Passport,
    PermanentResidentCard, PersonIdNumber, Plate, RegistrationNumber, ResidencePermit,
    TaiwanPermit, TaxNumber, UnifiedSocialCreditCode, known, plate_division, postcode_division,
};

/// How many parts an identifier has at most.
const MOST: usize = 8;

/// One thing that an identifier says, under a name that never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'text> {
    /// The name of what it says, such as `birth_date`.
    pub name: &'static str,
    /// What it says.
    pub value: PartValue<'text>,
}

/// What a part of an identifier says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartValue<'text> {
    /// Characters of the identifier, or a word that never changes.
    Text(&'text str),
    /// A day.
    Date(CalendarDate),
    /// A number.
    Number(u16),
    /// The code of a division.
    Division(DivisionKey),
}

impl fmt::Display for PartValue<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(text),
            Self::Date(date) => fmt::Display::fmt(date, formatter),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Division(code) => fmt::Display::fmt(code, formatter),
        }
    }
}

/// The parts of an identifier in reading order; shown as `birth_date=1949-12-31;sex=female`.
#[derive(Debug, Clone)]
pub struct Parts<'text> {
    slots: [Option<Part<'text>>; MOST],
    count: usize,
    next: usize,
}

impl<'text> Parts<'text> {
    /// No parts.
    pub(crate) fn none() -> Self {
        Self {
            slots: [None; MOST],
            count: 0,
            next: 0,
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<PartValue<'text>>) -> Self {
        if let Some(place) = self.slots.get_mut(self.count) {
            let value = value.into();
            *place = Some(Part { name, value });
            self.count += 1;
        }
        self
    }

    fn with_some(self, name: &'static str, value: Option<impl Into<PartValue<'text>>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

impl<'text> Iterator for Parts<'text> {
    type Item = Part<'text>;

    fn next(&mut self) -> Option<Part<'text>> {
        let part = self.slots.get(self.next).copied().flatten();
        self.next += 1;
        part
    }
}

impl fmt::Display for Parts<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, part) in self.clone().enumerate() {
            let between = if place == 0 { "" } else { ";" };
            write!(formatter, "{between}{}={}", part.name, part.value)?;
        }
        Ok(())
    }
}

impl<'text> From<&'text str> for PartValue<'text> {
    fn from(text: &'text str) -> Self {
        Self::Text(text)
    }
}

impl From<CalendarDate> for PartValue<'_> {
    fn from(date: CalendarDate) -> Self {
        Self::Date(date)
    }
}

impl From<DivisionKey> for PartValue<'_> {
    fn from(code: DivisionKey) -> Self {
        Self::Division(code)
    }
}

impl From<u16> for PartValue<'_> {
    fn from(number: u16) -> Self {
        Self::Number(number)
    }
}

impl Identifier {
    /// What the identifier says, without an allocation.
    ///
    /// ```
    /// use identifiers::{Identifier, IdentifierKind};
    ///
    /// let number = Identifier::read(IdentifierKind::ResidentId, "11010519491231002X")?;
    /// assert_eq!(
    ///     number.parts().to_string(),
    ///     "form=18;birth_date=1949-12-31;sex=female;division=110105;place=朝阳区",
    /// );
    /// # Ok::<(), identifiers::Refusal>(())
    /// ```
    pub fn parts(&self) -> Parts<'_> {
        match self {
            Self::ResidentId(number) => resident_id(number),
            Self::CreditCode(code) => credit_code(code),
            Self::OrganisationCode(_) | Self::HouseholdRegister(_) => Parts::none(),
            Self::Postcode(postcode) => Parts::none().with_some(
                "place",
                postcode_division(postcode.as_str()).map(Division::name),
            ),
            Self::RegistrationNumber(number) => registration_number(number),
            Self::TaxNumber(number) => tax_number(number),
            Self::HongKongMacaoPermit(permit) => hong_kong_macao_permit(permit),
            Self::TaiwanPermit(permit) => taiwan_permit(permit),
            Self::ResidencePermit(permit) => residence_permit(permit),
            Self::PermanentResidentCard(card) => permanent_resident_card(card),
            Self::Passport(passport) => passport_series(*passport),
            Self::MilitaryId(card) => Parts::none().with("card", card.card()),
            Self::PoliceId(card) => Parts::none().with(
                "card",
                if card.is_armed_police() {
                    "armed_police"
                } else {
                    "police"
                },
            ),
            Self::Mobile(number) => mobile(number),
            Self::FixedLine(line) => fixed_line(line),
            Self::BankCard(card) => bank_card(card),
            Self::Plate(plate) => plate_parts(plate),
            Self::Lei(lei) => Parts::none().with("issuer", lei.issuer()),
            Self::Email(address) => Parts::none().with("domain", address.domain()),
            Self::DivisionCode(code) => division_code(code),
        }
    }
}

fn resident_id(number: &PersonIdNumber) -> Parts<'_> {
    Parts::none()
        .with("form", number.form())
        .with("birth_date", number.as_number().birth_date())
        .with("sex", number.as_number().sex())
        .with("division", number.as_number().division())
        .with_some(
            "place",
            place(
                number.as_number().division(),
                number.as_number().birth_date(),
            ),
        )
}

/// What a division was called when a person was born, or is called, if it is younger.
fn place(division: &str, born: CalendarDate) -> Option<&'static str> {
    let division = known::division_of(division)?;
    let era = division.era_in(born.year());
    Some(era.map_or_else(|| division.name(), DivisionEra::name))
}

fn credit_code(code: &UnifiedSocialCreditCode) -> Parts<'_> {
    Parts::none()
        .with("authority", code.authority())
        .with("type", code.organisation_type().code())
        .with("division", code.division())
        .with_some(
            "place",
            known::division_of(code.division()).map(Division::name),
        )
        .with_some("organisation_code", code.as_str().get(8..17))
}

/// Name, level, the years of its lists, and what it is part of today where it is gone.
fn division_code(code: &DivisionCode) -> Parts<'_> {
    let latest = known::division_of(code.county()).map(Division::latest);
    let gone = latest.filter(|latest| !latest.is_current());
    let today = gone.and_then(|gone| gone.today().next());
    Parts::none()
        .with("division", code.county())
        .with_some("place", latest.map(DivisionEra::name))
        .with_some("level", latest.map(|latest| latest.code().level()))
        .with_some("since", latest.and_then(DivisionEra::first_year))
        .with_some("until", gone.and_then(DivisionEra::last_year))
        .with_some("successor", today.map(|step| step.era.code()))
        .with_some("successor_place", today.map(|step| step.era.name()))
        .with_some("town", code.town())
}

fn registration_number(number: &RegistrationNumber) -> Parts<'_> {
    Parts::none()
        .with("authority", number.authority())
        .with("business", number.business())
        .with("sequence", number.sequence())
}

fn tax_number(number: &TaxNumber) -> Parts<'_> {
    Parts::none()
        .with("form", number.form())
        .with_some("division", number.division())
        .with_some("organisation_code", number.organisation_code())
}

fn hong_kong_macao_permit(permit: &HongKongMacaoPermit) -> Parts<'_> {
    Parts::none()
        .with("region", permit.region())
        .with_some("renewals", permit.renewals().map(u16::from))
}

fn taiwan_permit(permit: &TaiwanPermit) -> Parts<'_> {
    Parts::none()
        .with("form", if permit.is_old() { "old" } else { "new" })
        .with("number", permit.number())
}

fn residence_permit(permit: &ResidencePermit) -> Parts<'_> {
    Parts::none()
        .with("region", permit.region())
        .with("birth_date", permit.birth_date())
        .with("sex", permit.sex())
}

fn permanent_resident_card(card: &PermanentResidentCard) -> Parts<'_> {
    Parts::none()
        .with("form", if card.is_old() { "old" } else { "new" })
        .with("country", card.country())
        .with("place", card.place())
        .with_some("birth_date", card.birth_date())
        .with_some("sex", card.sex())
}

fn passport_series(passport: Passport) -> Parts<'static> {
    Parts::none().with("series", passport.series())
}

fn mobile(number: &MobileNumber) -> Parts<'_> {
    let segment = MobileSegment::of(number.as_str());
    Parts::none()
        .with_some("operator", segment.and_then(|segment| segment.operator))
        .with_some("segment", segment.map(|segment| segment.kind))
        .with("prefix", number.prefix_seven())
}

fn fixed_line(line: &FixedLine) -> Parts<'_> {
    let area = line.area_code().and_then(AreaCode::of);
    let place = area.and_then(|area| area.divisions().next());
    Parts::none()
        .with_some("area_code", line.area_code())
        .with_some("place", place.map(Division::name))
        .with("number", line.number())
        .with_some("extension", line.extension())
}

fn bank_card(card: &BankCard) -> Parts<'_> {
    let issue = CardIssue::of(card.as_str());
    Parts::none()
        .with_some("bank", issue.map(|issue| issue.bank().code()))
        .with_some("bank_name", issue.map(|issue| issue.bank().zh()))
        .with_some("card", issue.map(|issue| issue.kind()))
        .with("network", card.network())
        .with("prefix", card.prefix_six())
}

fn plate_parts(plate: &Plate) -> Parts<'_> {
    Parts::none()
        .with("form", plate.form())
        .with_some("province", plate.province())
        .with_some("office", plate.office())
        .with_some("place", plate_division(plate.as_str()).map(Division::name))
}
