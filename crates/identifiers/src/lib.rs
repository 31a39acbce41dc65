//! Identifiers of persons and organisations as types: parse, or a precise reason why not.
//!
//! Whoever holds a [`ResidentIdNumber`] or a [`UnifiedSocialCreditCode`] holds a well-formed one,
//! in canonical form: half width, upper case, without blanks. That it was ever issued, or belongs
//! to whoever showed it, is not known here. Nothing here looks at a clock, so a birth date may lie
//! in the future; the caller who knows the date of business checks that.
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

pub mod check;

mod calendar_date;
mod country;
mod legacy_resident_id;
mod mobile_number;
mod organisation_code;
mod person_id;
mod province;
mod resident_id;
mod resident_id_refusal;
mod table;
mod text_form;
mod unified_social_credit_code;
mod written;

#[cfg(test)]
mod samples;

pub use calendar_date::{CalendarDate, InvalidCalendarDate};
pub use country::Country;
pub use legacy_resident_id::LegacyResidentIdNumber;
pub use mobile_number::{InvalidMobileNumber, MobileNumber};
pub use organisation_code::{InvalidOrganisationCode, OrganisationCode};
pub use person_id::{PersonIdNumber, ResidentIdForm};
pub use resident_id::{ResidentIdNumber, Sex};
pub use resident_id_refusal::{AcceptedLength, InvalidResidentIdNumber};
pub use unified_social_credit_code::{
    InvalidUnifiedSocialCreditCode, RegistrationAuthority, UnifiedSocialCreditCode,
};
