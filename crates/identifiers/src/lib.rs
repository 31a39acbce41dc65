//! Identifiers of persons and organisations as types: parse, or a precise reason why not.
//!
//! Whoever holds a [`ResidentIdNumber`] or a [`UnifiedSocialCreditCode`] holds a well-formed one,
//! in canonical form: half width, upper case, without blanks. That it was ever issued, or belongs
//! to whoever showed it, is not known here. Nothing here looks at a clock, so a birth date may lie
//! in the future; the caller who knows the date of business checks that.
//!
//! Each kind is a type of its own that is made by parsing; [`check`](fn@check) reads a text as any
//! [`IdentifierKind`], [`detect`] and [`identify`] find out which kind it is, and [`repairs`] says what
//! a wrong one may have been meant to be. `docs/identifiers.md` says for each kind what is checked.
//!
//! Every refusal speaks three ways: a `code()` that never changes, English (`Display`) and Chinese
//! (`zh()`). Positions count from one and leave out the blanks that were dropped.
//!
//! ```
//! use identifiers::{PersonIdNumber, ResidentIdForm};
//!
//! let given = PersonIdNumber::parse("１１０１０５ 491231 002")?;
//! assert_eq!(given.number().as_str(), "11010519491231002X");
//! assert_eq!(given.form(), ResidentIdForm::Fifteen);
//! # Ok::<(), identifiers::InvalidResidentIdNumber>(())
//! ```
//!
//! ```
//! use identifiers::{IdentifierKind, check};
//!
//! let checked = check(IdentifierKind::BankCard, "6222 0212 3456 7890 128");
//! assert_eq!(checked.normal(), "6222021234567890128");
//! assert!(checked.parts().to_string().starts_with("bank=ICBC;"));
//! ```

pub mod check;

mod additive_check;
mod area_code;
mod bank_card;
mod calendar_date;
mod candidates;
mod card_issue;
mod checked;
mod confidence;
mod country;
mod detection;
mod division;
mod division_era;
mod division_key;
mod edited_number;
mod email;
mod fault;
mod finding;
mod fixed_line;
mod form;
mod identifier;
mod identifier_kind;
mod known;
mod legacy_resident_id;
mod lei;
mod locality;
mod look;
mod mobile_number;
mod mobile_segment;
mod organisation_code;
mod organisation_type;
mod part;
mod passport;
mod person_id;
mod plate;
mod postcode;
mod province;
mod registration_number;
mod remarks;
mod repair;
mod repair_by_sum;
mod repairing;
mod residence_permit;
mod resident_id;
mod resident_id_refusal;
mod shape_only;
mod short_text;
mod stated;
mod table;
mod tax_number;
mod text_form;
mod travel_permit;
mod unified_social_credit_code;
mod word;
mod written;

#[cfg(test)]
mod samples;

pub use area_code::AreaCode;
pub use bank_card::{BankCard, CardNetwork};
pub use calendar_date::{CalendarDate, InvalidCalendarDate};
pub use card_issue::{Bank, CardIssue, CardKind};
pub use checked::{Checked, check};
pub use country::Country;
pub use detection::{Candidate, Candidates, detect, identify};
pub use division::{Division, DivisionStatus, division, division_on, divisions};
pub use division_era::{DivisionEra, Succession, SuccessionBasis};
pub use division_key::{DivisionKey, DivisionLevel, InvalidDivisionKey};
pub use email::EmailAddress;
pub use fault::{Beginning, Fault, InvalidIdentifier, Lengths, Wording};
pub use finding::{Digits, Finding, Findings};
pub use fixed_line::FixedLine;
pub use identifier::{Identifier, Refusal};
pub use identifier_kind::{IdentifierKind, UnknownIdentifierKind};
pub use legacy_resident_id::LegacyResidentIdNumber;
pub use lei::Lei;
pub use locality::{plate_division, postcode_division};
pub use mobile_number::{InvalidMobileNumber, MobileNumber};
pub use mobile_segment::{MobileOperator, MobileSegment, MobileSegmentKind};
pub use organisation_code::{InvalidOrganisationCode, OrganisationCode};
pub use organisation_type::OrganisationType;
pub use part::{Part, PartValue, Parts};
pub use passport::{Passport, PassportSeries};
pub use person_id::{PersonIdNumber, ResidentIdForm};
pub use plate::{Plate, PlateForm};
pub use postcode::{DivisionCode, Postcode};
pub use registration_number::{RegisteredBusiness, RegistrationNumber};
pub use repair::{Change, Repair, Repairs, RowContext, Slip};
pub use repairing::{likeliest_repairs, repairs};
pub use residence_permit::{PermanentResidentCard, ResidencePermit};
pub use resident_id::{ResidentIdNumber, Sex};
pub use resident_id_refusal::{AcceptedLength, InvalidResidentIdNumber};
pub use shape_only::{HouseholdRegister, MilitaryCard, MilitaryId, PoliceId};
pub use tax_number::{TaxNumber, TaxNumberForm};
pub use travel_permit::{HongKongMacaoPermit, Region, TaiwanPermit};
pub use unified_social_credit_code::{
    InvalidUnifiedSocialCreditCode, RegistrationAuthority, UnifiedSocialCreditCode,
};
