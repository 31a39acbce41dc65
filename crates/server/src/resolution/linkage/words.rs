//! What a person reads of a linkage model: agreements, kinds and rules in both languages.

use linkage::{Action, Agreement, Extract, Kind};

use crate::http::Text;

/// How far two values agree.
pub(super) fn agreement(agreement: Agreement) -> Text {
    Text::new(agreement.zh(), agreement.en())
}

/// Bits as a model file writes them: two decimals.
pub(super) fn hundredths(bits: f32) -> f64 {
    (f64::from(bits) * 100.0).round() / 100.0
}

/// How values are read.
pub(super) fn kind(kind: Kind) -> Text {
    let en = match kind {
        Kind::Choice => "choice",
        Kind::Code => "code",
        Kind::ResidentId => "resident identity number",
        Kind::Mobile => "mobile number",
        Kind::CreditCode => "credit code or organisation code",
        Kind::Phone => "telephone number",
        Kind::Email => "e-mail address",
        Kind::Date => "date",
        Kind::Words => "words",
        Kind::ChineseName => "Chinese name",
        Kind::OrganisationName => "name of an organisation",
        Kind::ChineseAddress => "Chinese address",
    };
    Text::new(kind.zh(), en)
}

/// What of a value makes a key.
pub(super) fn extract(extract: Extract) -> Text {
    let en = match extract {
        Extract::Whole => "the whole",
        Extract::Sound => "its sound",
        Extract::Word => "one word",
        Extract::Beginning => "the first three letters of a word",
        Extract::Half => "the first three characters",
        Extract::TradeName => "the trade name",
        Extract::LocalNumber => "without its area code",
        Extract::Year => "the year",
        Extract::Birthday => "month and day",
    };
    Text::new(extract.zh(), en)
}

/// What a guard does.
pub(super) fn action(action: Action) -> &'static str {
    match action {
        Action::Link => "link",
        Action::Hold => "hold",
    }
}
