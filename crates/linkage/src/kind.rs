//! What a column holds, as far as comparing goes.

use serde::{Deserialize, Serialize};

use crate::level::Agreement;

/// How the values of a field are read and compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One of a few: sex, state, source. Equal or not.
    Choice,
    /// Letters and digits without spaces: a number of any kind, a postcode.
    Code,
    /// A resident identity card number (居民身份证号码) in 15 or 18 characters.
    ResidentId,
    /// A mobile phone number of the mainland, with or without its country code.
    Mobile,
    /// An e-mail address.
    Email,
    /// A calendar date.
    Date,
    /// Words in any script with spaces between them: names, places, streets.
    Words,
    /// The name of a person in Chinese characters, now and then in pinyin.
    ChineseName,
    /// An address in Chinese.
    ChineseAddress,
}

impl Kind {
    /// The word for it in a model file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Code => "code",
            Self::ResidentId => "resident-id",
            Self::Mobile => "mobile",
            Self::Email => "email",
            Self::Date => "date",
            Self::Words => "words",
            Self::ChineseName => "chinese-name",
            Self::ChineseAddress => "chinese-address",
        }
    }

    /// The agreements that values of the kind can have.
    pub fn agreements(self) -> &'static [Agreement] {
        use Agreement::{Change, Different, Little, NearPart, Part, Same, Slip, Some};
        match self {
            Self::Choice => &[Same, Different],
            Self::Code | Self::ResidentId | Self::Mobile => {
                &[Same, Slip, Change, Part, Little, Different]
            }
            Self::Email => &[Same, Slip, Change, Some, Different],
            Self::Words => &[Same, Slip, Change, Part, NearPart, Some, Different],
            Self::Date | Self::ChineseName => &[Same, Slip, Change, Part, Some, Little, Different],
            Self::ChineseAddress => &[Same, Slip, Change, Part, NearPart, Some, Little, Different],
        }
    }

    /// Whether an agreement says more the rarer the values are.
    pub fn has_rarity(self, agreement: Agreement) -> bool {
        match self {
            Self::Words => agreement != Agreement::Different,
            Self::ChineseName => matches!(agreement, Agreement::Same | Agreement::Slip),
            _ => agreement == Agreement::Same,
        }
    }

    /// Whether a column without a separator for each of them may hold several values in a cell.
    pub(crate) fn can_be_several(self) -> bool {
        matches!(
            self,
            Self::Email | Self::Mobile | Self::ResidentId | Self::ChineseName
        )
    }

    /// Whether two values can mean the same that are not written alike: a number with a check digit and without.
    pub(crate) fn has_forms(self) -> bool {
        self == Self::ResidentId
    }
}
