//! What is said of two names, in three ways: a code that never changes, English, Chinese.

mod wording;

use std::fmt;

pub(crate) use wording::ALL;

/// What two names share, or wherein they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Reason {
    /// Only script, width, case, accents, blanks, signs or variant characters differ.
    Writing,
    /// One is the pinyin (拼音) of the other, surname first or last.
    Pinyin,
    /// The same words in another order, or joined differently.
    WordOrder,
    /// One Chinese character is replaced by one that sounds alike (同音字).
    Homophone,
    /// One Chinese name lacks the last character of the other.
    Truncation,
    /// Words of one are initials in the other.
    Initials,
    /// One lacks words of the other.
    MissingWords,
    /// One letter is added, left out, replaced, or swapped with its neighbour.
    OneLetter,
    /// Names of organisations that differ in their legal form only (组织形式).
    LegalForm,
    /// Written the same, character by character.
    Identical,
    /// One is empty, or made of signs only.
    Missing,
    /// A character stands for a variant of it, or for the usual substitute of a rare one (异体字).
    Variant,
    /// One Chinese character is replaced by one of nearly the same sound (近音字).
    SoundsAlike,
    /// One Chinese character is replaced by one that looks alike (形近字).
    LooksAlike,
    /// A sign stands where one has a character that could not be written.
    Placeholder,
    /// One has a reading that is not the usual one of its character (多音字).
    Polyphone,
    /// One is the Wade–Giles spelling of the other (威妥玛拼音).
    WadeGiles,
    /// One is a spelling of the other used in Taiwan: Tongyong, MPS II (通用拼音、国音二式).
    Taiwanese,
    /// One is the Cantonese of the other, in a spelling of Hong Kong or Macao (粤语拼音).
    Cantonese,
    /// One is the Hokkien, Teochew or Hakka of the other (闽南语、潮州话、客家话拼音).
    Hokkien,
    /// The same name in the usual romanisations.
    Romanisation,
    /// The same name in two scripts.
    Script,
    /// One is a short form of the other.
    Nickname,
    /// One has a title or an honorific (称谓).
    Title,
    /// What agrees is an alias or a former name (别名、曾用名).
    Alias,
    /// One has a given name of another language before a Chinese name.
    ForeignGivenName,
    /// One lacks the patronymic, or small words such as articles.
    SmallWords,
    /// Letters differ.
    Spelling,
    /// One is a part of the other: the surname, or the given name.
    PartOnly,
    /// The surnames differ.
    Surname,
    /// The given names differ.
    GivenName,
    /// Each has words that the other lacks.
    OtherWords,
    /// Nothing known here explains the difference.
    Different,
    /// Organisations of different regions (行政区划).
    Region,
    /// One name of an organisation lacks the region of the other.
    RegionMissing,
    /// The trade names differ (字号).
    TradeName,
    /// What the organisations do differs (行业).
    Trade,
    /// The legal forms are of kinds that do not turn into each other: company, partnership, cooperative.
    LegalFormKind,
    /// One is a branch (分支机构) of the other.
    Branch,
    /// Different branches of one organisation.
    OtherBranch,
    /// One is a short name of the other (简称).
    Abbreviation,
    /// One is made of the initials of the other (首字母缩写).
    Acronym,
    /// What agrees is a former name of an organisation (曾用名).
    FormerName,
    /// Words of one are translated in the other (译名).
    Translation,
    /// What agrees is only what many names of organisations have in common.
    GenericOnly,
    /// The numbers in the names differ.
    Number,
}

impl Reason {
    /// A code that never changes, whatever the wording.
    pub fn code(self) -> &'static str {
        ALL[self as usize].1
    }

    /// The reason in Chinese.
    pub fn zh(self) -> &'static str {
        ALL[self as usize].3
    }

    pub(crate) fn bit(self) -> u64 {
        1 << (self as u8)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(ALL[*self as usize].2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_stands_at_its_own_place_and_has_its_own_words() {
        for (place, (reason, code, english, chinese)) in ALL.iter().enumerate() {
            assert_eq!(*reason as usize, place);
            for (other, (_, code_of_other, english_of_other, chinese_of_other)) in
                ALL.iter().enumerate()
            {
                let differ = code != code_of_other
                    && english != english_of_other
                    && chinese != chinese_of_other;
                assert!(differ || other == place, "{code}");
            }
        }
    }
}
