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
    /// A unified social credit code (统一社会信用代码), or the organisation code (组织机构代码) inside it.
    CreditCode,
    /// A telephone number, mobile or fixed, with its area code or without it.
    Phone,
    /// An e-mail address.
    Email,
    /// A calendar date.
    Date,
    /// Words in any script with spaces between them: names, places, streets.
    Words,
    /// The name of a person in Chinese characters, now and then in pinyin.
    ChineseName,
    /// The name of an organisation, Chinese or foreign.
    OrganisationName,
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
            Self::CreditCode => "credit-code",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Date => "date",
            Self::Words => "words",
            Self::ChineseName => "chinese-name",
            Self::OrganisationName => "organisation-name",
            Self::ChineseAddress => "chinese-address",
        }
    }

    /// The word for it in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Choice => "选项",
            Self::Code => "编码",
            Self::ResidentId => "居民身份证号码",
            Self::Mobile => "手机号码",
            Self::CreditCode => "统一社会信用代码或组织机构代码",
            Self::Phone => "电话号码",
            Self::Email => "电子邮箱",
            Self::Date => "日期",
            Self::Words => "词语",
            Self::ChineseName => "中文姓名",
            Self::OrganisationName => "机构名称",
            Self::ChineseAddress => "中文地址",
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
            Self::CreditCode => &[Same, Slip, Change, Different],
            Self::Email => &[Same, Slip, Change, Some, Different],
            Self::Words => &[Same, Slip, Change, Part, NearPart, Some, Different],
            Self::Date | Self::ChineseName | Self::OrganisationName | Self::Phone => {
                &[Same, Slip, Change, Part, Some, Little, Different]
            }
            Self::ChineseAddress => &[Same, Slip, Change, Part, NearPart, Some, Little, Different],
        }
    }

    /// Whether an agreement says more the rarer the values are.
    pub fn has_rarity(self, agreement: Agreement) -> bool {
        match self {
            Self::Words => agreement != Agreement::Different,
            Self::ChineseName => matches!(agreement, Agreement::Same | Agreement::Slip),
            Self::OrganisationName => matches!(
                agreement,
                Agreement::Same | Agreement::Slip | Agreement::Little
            ),
            _ => agreement == Agreement::Same,
        }
    }

    /// Whether a column without a separator for each of them may hold several values in a cell.
    pub(crate) fn can_be_several(self) -> bool {
        matches!(
            self,
            Self::Email
                | Self::Mobile
                | Self::Phone
                | Self::ResidentId
                | Self::ChineseName
                | Self::OrganisationName
        )
    }

    /// Whether two values can mean the same that are not written alike: a number with a check digit and without.
    pub(crate) fn has_forms(self) -> bool {
        self == Self::ResidentId
    }
}
