//! What is said of two names, in three ways: a code that never changes, English, Chinese.

use std::fmt;

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
    /// The tones that are written contradict the characters.
    Tone,
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
}

/// Every reason, in the order of [`Reason`].
const ALL: [(Reason, &str, &str, &str); 34] = [
    (
        Reason::Writing,
        "writing",
        "written differently",
        "仅书写形式不同",
    ),
    (
        Reason::Pinyin,
        "pinyin",
        "one is the pinyin of the other",
        "一方为另一方的拼音",
    ),
    (
        Reason::WordOrder,
        "word_order",
        "words in another order or joined differently",
        "词序或分词不同",
    ),
    (
        Reason::Homophone,
        "homophone",
        "one character sounds like the other",
        "一字为同音字",
    ),
    (
        Reason::Truncation,
        "truncation",
        "one lacks the last character",
        "一方缺少末字",
    ),
    (
        Reason::Initials,
        "initials",
        "one has initials",
        "一方使用首字母",
    ),
    (
        Reason::MissingWords,
        "missing_words",
        "one lacks words",
        "一方缺少部分词",
    ),
    (
        Reason::OneLetter,
        "one_letter",
        "one letter differs",
        "相差一个字母",
    ),
    (
        Reason::LegalForm,
        "legal_form",
        "legal form differs",
        "仅组织形式不同",
    ),
    (
        Reason::Identical,
        "identical",
        "written the same",
        "完全相同",
    ),
    (
        Reason::Missing,
        "missing",
        "nothing to compare",
        "缺少可比内容",
    ),
    (
        Reason::Variant,
        "variant",
        "a variant or substitute of a character",
        "异体字或替代字",
    ),
    (
        Reason::SoundsAlike,
        "sounds_alike",
        "a character of nearly the same sound",
        "一字为近音字",
    ),
    (
        Reason::LooksAlike,
        "looks_alike",
        "a character that looks alike",
        "一字为形近字",
    ),
    (
        Reason::Placeholder,
        "placeholder",
        "a sign in place of a character",
        "以符号代替某字",
    ),
    (
        Reason::Polyphone,
        "polyphone",
        "a character in another of its readings",
        "多音字的另一读音",
    ),
    (
        Reason::Tone,
        "tone",
        "tones contradict the characters",
        "声调不符",
    ),
    (
        Reason::WadeGiles,
        "wade_giles",
        "one is the Wade-Giles spelling of the other",
        "一方为威妥玛拼音",
    ),
    (
        Reason::Taiwanese,
        "taiwanese",
        "one is a spelling used in Taiwan",
        "一方为台湾地区拼写",
    ),
    (
        Reason::Cantonese,
        "cantonese",
        "one is the Cantonese spelling of the other",
        "一方为粤语拼写",
    ),
    (
        Reason::Hokkien,
        "hokkien",
        "one is a Hokkien, Teochew or Hakka spelling",
        "一方为闽南、潮州或客家拼写",
    ),
    (
        Reason::Romanisation,
        "romanisation",
        "romanised in another usual way",
        "罗马字转写方式不同",
    ),
    (
        Reason::Script,
        "script",
        "written in another script",
        "文字不同",
    ),
    (
        Reason::Nickname,
        "nickname",
        "one is a short form of the other",
        "一方为昵称",
    ),
    (Reason::Title, "title", "one has a title", "一方带称谓"),
    (
        Reason::Alias,
        "alias",
        "an alias or a former name agrees",
        "别名或曾用名相符",
    ),
    (
        Reason::ForeignGivenName,
        "foreign_given_name",
        "one has a given name of another language",
        "一方带外文名",
    ),
    (
        Reason::SmallWords,
        "small_words",
        "one lacks a patronymic or small words",
        "一方缺少父名或虚词",
    ),
    (Reason::Spelling, "spelling", "letters differ", "拼写不同"),
    (
        Reason::PartOnly,
        "part_only",
        "one is only a part of the other",
        "一方仅为另一方的一部分",
    ),
    (Reason::Surname, "surname", "the surnames differ", "姓不同"),
    (
        Reason::GivenName,
        "given_name",
        "the given names differ",
        "名不同",
    ),
    (
        Reason::OtherWords,
        "other_words",
        "each has words that the other lacks",
        "双方各有不同的词",
    ),
    (
        Reason::Different,
        "different",
        "nothing explains the difference",
        "无法解释的差异",
    ),
];

impl Reason {
    /// A code that never changes, whatever the wording.
    pub fn code(self) -> &'static str {
        ALL[self as usize].1
    }

    /// The reason in Chinese.
    pub fn zh(self) -> &'static str {
        ALL[self as usize].3
    }

    fn bit(self) -> u64 {
        1 << (self as u8)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(ALL[*self as usize].2)
    }
}

/// A set of reasons, in the order of [`Reason`]; it is one word of memory.
///
/// ```
/// use names::{Reason, Reasons};
///
/// let reasons = Reasons::of(Reason::Pinyin).with(Reason::Title);
/// assert_eq!(reasons.codes(), "pinyin;title");
/// assert_eq!(reasons.to_string(), "one is the pinyin of the other; one has a title");
/// assert_eq!(reasons.zh(), "一方为另一方的拼音；一方带称谓");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Reasons(u64);

impl Reasons {
    /// No reason.
    pub const NONE: Self = Self(0);

    /// One reason.
    pub fn of(reason: Reason) -> Self {
        Self(reason.bit())
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, reason: Reason) -> Self {
        Self(self.0 | reason.bit())
    }

    /// These without one.
    #[must_use]
    pub fn without(self, reason: Reason) -> Self {
        Self(self.0 & !reason.bit())
    }

    /// These and those.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether a reason is among them.
    pub fn contains(self, reason: Reason) -> bool {
        self.0 & reason.bit() != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reasons in their order.
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        ALL.iter()
            .map(|(reason, ..)| *reason)
            .filter(move |reason| self.contains(*reason))
    }

    /// The codes, joined by `;`.
    pub fn codes(self) -> String {
        self.joined(";", Reason::code)
    }

    /// The reasons in Chinese, joined by `；`.
    pub fn zh(self) -> String {
        self.joined("；", Reason::zh)
    }

    fn joined(self, separator: &str, word: impl Fn(Reason) -> &'static str) -> String {
        let mut joined = String::new();
        for reason in self.iter() {
            if !joined.is_empty() {
                joined.push_str(separator);
            }
            joined.push_str(word(reason));
        }
        joined
    }
}

impl FromIterator<Reason> for Reasons {
    fn from_iter<T: IntoIterator<Item = Reason>>(reasons: T) -> Self {
        reasons.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Display for Reasons {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.joined("; ", |reason| ALL[reason as usize].2))
    }
}

impl fmt::Debug for Reasons {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter()).finish()
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

    #[test]
    fn a_set_holds_what_was_put_in() {
        let reasons: Reasons = [Reason::Title, Reason::Pinyin].into_iter().collect();
        assert!(reasons.contains(Reason::Title) && !reasons.contains(Reason::Alias));
        assert_eq!(reasons.without(Reason::Title), Reasons::of(Reason::Pinyin));
        assert!(Reasons::NONE.is_empty() && !reasons.is_empty());
        assert_eq!(format!("{reasons:?}"), "{Pinyin, Title}");
    }
}
