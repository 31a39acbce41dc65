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

    fn push(&mut self, part: Part<'text>) {
        if let Some(place) = self.slots.get_mut(self.count) {
            *place = Some(part);
            self.count += 1;
        }
    }
}

/// Whoever is told the parts, one after another.
struct Listener<F> {
    listen: F,
}

impl<F> Listener<F> {
    fn with<'text>(&mut self, name: &'static str, value: impl Into<PartValue<'text>>) -> &mut Self
    where
        F: FnMut(Part<'text>),
    {
        let value = value.into();
        (self.listen)(Part { name, value });
        self
    }

    fn with_some<'text>(
        &mut self,
        name: &'static str,
        value: Option<impl Into<PartValue<'text>>>,
    ) -> &mut Self
    where
        F: FnMut(Part<'text>),
    {
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
        let mut parts = Parts::none();
        self.for_each_part(|part| parts.push(part));
        parts
    }

    /// Tells each part in reading order, without keeping them: for writing them out.
    pub fn for_each_part<'text>(&'text self, listen: impl FnMut(Part<'text>)) {
        self.for_each_part_in(self.division(), listen);
    }

    /// The division of a resident number, if it has been one.
    pub(crate) fn division(&self) -> Option<Division> {
        match self {
            Self::ResidentId(number) => known::division_of_digits(number.as_number().characters()),
            _ => None,
        }
    }

    /// The same with the division of a resident number that has been looked up already.
    pub(crate) fn for_each_part_in<'text>(
        &'text self,
        division: Option<Division>,
        listen: impl FnMut(Part<'text>),
    ) {
        let to = &mut Listener { listen };
        match self {
            Self::ResidentId(number) => resident_id(number, division, to),
            Self::CreditCode(code) => credit_code(code, to),
            Self::OrganisationCode(_) | Self::HouseholdRegister(_) => {}
            Self::Postcode(postcode) => {
                let division = postcode_division(postcode.as_str());
                to.with_some("place", division.map(Division::name));
            }
            Self::RegistrationNumber(number) => registration_number(number, to),
            Self::TaxNumber(number) => tax_number(number, to),
            Self::HongKongMacaoPermit(permit) => hong_kong_macao_permit(permit, to),
            Self::TaiwanPermit(permit) => taiwan_permit(permit, to),
            Self::ResidencePermit(permit) => residence_permit(permit, to),
            Self::PermanentResidentCard(card) => permanent_resident_card(card, to),
            Self::Passport(passport) => passport_series(*passport, to),
            Self::MilitaryId(card) => {
                to.with("card", card.card());
            }
            Self::PoliceId(card) => {
                let is_armed = card.is_armed_police();
                to.with("card", if is_armed { "armed_police" } else { "police" });
            }
            Self::Mobile(number) => mobile(number, to),
            Self::FixedLine(line) => fixed_line(line, to),
            Self::BankCard(card) => bank_card(card, to),
            Self::Plate(plate) => plate_parts(plate, to),
            Self::Lei(lei) => {
                to.with("issuer", lei.issuer());
            }
            Self::Email(address) => {
                to.with("domain", address.domain());
            }
            Self::DivisionCode(code) => division_code(code, to),
        }
    }
}

fn resident_id<'text>(
    number: &'text PersonIdNumber,
    division: Option<Division>,
    to: &mut Listener<impl FnMut(Part<'text>)>,
) {
    let resident = number.as_number();
    let birth_date = resident.birth_date();
    to.with("form", number.form())
        .with("birth_date", birth_date)
        .with("sex", resident.sex())
        .with("division", resident.division())
        .with_some(
            "place",
            division.map(|division| place(division, birth_date)),
        );
}

/// What a division was called when a person was born, or is called, if it is younger.
fn place(division: Division, born: CalendarDate) -> &'static str {
    let era = division.era_in(born.year());
    era.map_or_else(|| division.name(), DivisionEra::name)
}

fn credit_code<'text>(
    code: &'text UnifiedSocialCreditCode,
    to: &mut Listener<impl FnMut(Part<'text>)>,
) {
    let division = code.division();
    to.with("authority", code.authority())
        .with("type", code.organisation_type().code())
        .with("division", division)
        .with_some("place", known::division_of(division).map(Division::name))
        .with_some("organisation_code", code.as_str().get(8..17));
}

/// Name, level, the years of its lists, and what it is part of today where it is gone.
fn division_code<'text>(code: &'text DivisionCode, to: &mut Listener<impl FnMut(Part<'text>)>) {
    let latest = known::division_of(code.county()).map(Division::latest);
    let gone = latest.filter(|latest| !latest.is_current());
    let today = gone.and_then(|gone| gone.today().next());
    to.with("division", code.county())
        .with_some("place", latest.map(DivisionEra::name))
        .with_some("level", latest.map(|latest| latest.code().level()))
        .with_some("since", latest.and_then(DivisionEra::first_year))
        .with_some("until", gone.and_then(DivisionEra::last_year))
        .with_some("successor", today.map(|step| step.era.code()))
        .with_some("successor_place", today.map(|step| step.era.name()))
        .with_some("town", code.town());
}

fn registration_number<'text>(
    number: &'text RegistrationNumber,
    to: &mut Listener<impl FnMut(Part<'text>)>,
) {
    to.with("authority", number.authority())
        .with("business", number.business())
        .with("sequence", number.sequence());
}

fn tax_number<'text>(number: &'text TaxNumber, to: &mut Listener<impl FnMut(Part<'text>)>) {
    to.with("form", number.form())
        .with_some("division", number.division())
        .with_some("organisation_code", number.organisation_code());
}

fn hong_kong_macao_permit<'text>(
    permit: &'text HongKongMacaoPermit,
    to: &mut Listener<impl FnMut(Part<'text>)>,
) {
    to.with("region", permit.region())
        .with_some("renewals", permit.renewals().map(u16::from));
}

fn taiwan_permit<'text>(permit: &'text TaiwanPermit, to: &mut Listener<impl FnMut(Part<'text>)>) {
    to.with("form", if permit.is_old() { "old" } else { "new" })
        .with("number", permit.number());
}

fn residence_permit<'text>(
    permit: &'text ResidencePermit,
    to: &mut Listener<impl FnMut(Part<'text>)>,
) {
    to.with("region", permit.region())
        .with("birth_date", permit.birth_date())
        .with("sex", permit.sex());
}

fn permanent_resident_card<'text>(
    card: &'text PermanentResidentCard,
    to: &mut Listener<impl FnMut(Part<'text>)>,
) {
    to.with("form", if card.is_old() { "old" } else { "new" })
        .with("country", card.country())
        .with("place", card.place())
        .with_some("birth_date", card.birth_date())
        .with_some("sex", card.sex());
}

fn passport_series<'text>(passport: Passport, to: &mut Listener<impl FnMut(Part<'text>)>) {
    to.with("series", passport.series());
}

fn mobile<'text>(number: &'text MobileNumber, to: &mut Listener<impl FnMut(Part<'text>)>) {
    let segment = MobileSegment::of(number.as_str());
    to.with_some("operator", segment.and_then(|segment| segment.operator))
        .with_some("segment", segment.map(|segment| segment.kind))
        .with("prefix", number.prefix_seven());
}

fn fixed_line<'text>(line: &'text FixedLine, to: &mut Listener<impl FnMut(Part<'text>)>) {
    let area = line.area_code().and_then(AreaCode::of);
    let place = area.and_then(|area| area.divisions().next());
    to.with_some("area_code", line.area_code())
        .with_some("place", place.map(Division::name))
        .with("number", line.number())
        .with_some("extension", line.extension());
}

fn bank_card<'text>(card: &'text BankCard, to: &mut Listener<impl FnMut(Part<'text>)>) {
    let digits = card.as_str();
    let issue = CardIssue::of(digits);
    to.with_some("bank", issue.map(|issue| issue.bank().code()))
        .with_some("bank_name", issue.map(|issue| issue.bank().zh()))
        .with_some("card", issue.map(|issue| issue.kind()))
        .with("network", card.network())
        .with_some("prefix", digits.get(..6));
}

fn plate_parts<'text>(plate: &'text Plate, to: &mut Listener<impl FnMut(Part<'text>)>) {
    to.with("form", plate.form())
        .with_some("province", plate.province())
        .with_some("office", plate.office())
        .with_some("place", plate_division(plate.as_str()).map(Division::name));
}
