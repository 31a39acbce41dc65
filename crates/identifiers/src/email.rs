//! E-mail addresses.

use std::fmt;
use std::str::FromStr;

use crate::IdentifierKind;
use crate::fault::{Fault, InvalidIdentifier, Lengths, Wording};
use crate::short_text::ShortText;
use crate::text_form::text_form;
use crate::written::{half_width, is_blank};

/// A well-formed e-mail address (电子邮箱), as mail is really addressed.
///
/// RFC 5321 and 5322 without what nobody writes on a form: no quoted local part, no comment, no
/// address of a machine in brackets, and a domain of at least two labels. The local part has at
/// most 64 characters, the whole 254, a label 63. Domains may be written in other scripts (IDN).
/// The domain is kept in lower case; the local part as written, since its case may matter.
///
/// ```
/// use identifiers::EmailAddress;
///
/// let address: EmailAddress = "Li.Lei＠Example。com".parse()?;
/// assert_eq!(address.as_str(), "Li.Lei@example.com");
/// assert_eq!(address.domain(), "example.com");
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "电子邮箱")]
pub struct EmailAddress {
    text: Stored,
    at: u8,
}

/// Addresses are short; the few that are not cost an allocation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Stored {
    Short(ShortText<46>),
    Long(Box<str>),
}

/// The limits of RFC 5321, section 4.5.3.1, and erratum 1690 to RFC 3696.
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;
const LONGEST_LABEL: usize = 63;

impl EmailAddress {
    /// The address, its domain in lower case.
    pub fn as_str(&self) -> &str {
        match &self.text {
            Stored::Short(text) => text.as_str(),
            Stored::Long(text) => text,
        }
    }

    /// What stands before the at sign.
    pub fn local_part(&self) -> &str {
        self.as_str()
            .get(..usize::from(self.at))
            .unwrap_or_default()
    }

    /// What stands behind the at sign, in lower case.
    pub fn domain(&self) -> &str {
        self.as_str()
            .get(usize::from(self.at) + 1..)
            .unwrap_or_default()
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).map_err(|fault| InvalidIdentifier::new(IdentifierKind::Email, fault))
    }
}

text_form!(EmailAddress, "an e-mail address");

impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "EmailAddress(***@{})", self.domain())
    }
}

fn read(text: &str) -> Result<EmailAddress, Fault> {
    let text = text.trim_matches(is_blank);
    let mut folded = ShortText::<255>::empty();
    for (place, character) in text.chars().enumerate() {
        if !folded.push(fold(character)) {
            return Err(Fault::Length {
                // Longer than the limit is enough to know of a text without end.
                found: place + 1 + text.chars().skip(place + 1).take(1000).count(),
                required: Lengths::Between(6, 254),
            });
        }
    }
    let text = folded.as_str();
    let Some(at) = text.find('@') else {
        return Err(Fault::Form(Wording::new(
            "an address: no @ is in it",
            "邮箱地址：缺少 @",
        )));
    };
    let (local, domain) = (&text[..at], &text[at + 1..]);
    refuse_local(local)?;
    // Judged as it is kept: a letter may have a lower case of more bytes, or of two characters.
    let mut lowered = ShortText::<255>::empty();
    let fits = domain
        .chars()
        .flat_map(char::to_lowercase)
        .all(|character| lowered.push(character));
    let domain = lowered.as_str();
    refuse_domain(domain, local.chars().count() + 1)?;
    let found = local.len() + 1 + domain.len();
    if !fits || found > LONGEST {
        return Err(Fault::Length {
            found,
            required: Lengths::Between(6, 254),
        });
    }
    Ok(EmailAddress {
        text: stored(local, domain),
        // The fallback is unreachable: a local part has at most 64 characters, all ASCII.
        at: u8::try_from(at).unwrap_or(u8::MAX),
    })
}

/// Full-width characters and the Chinese full stop, which stand on the same keys.
fn fold(character: char) -> char {
    match character {
        '。' | '｡' => '.',
        _ => half_width(character),
    }
}

fn stored(local: &str, domain: &str) -> Stored {
    let mut short = ShortText::empty();
    if short.push_str(local) && short.push('@') && short.push_str(domain) {
        Stored::Short(short)
    } else {
        Stored::Long(format!("{local}@{domain}").into_boxed_str())
    }
}

fn refuse_local(local: &str) -> Result<(), Fault> {
    let required = Wording::new(
        "a letter, a digit or one of .!#$%&'*+/=?^_`{|}~-",
        "字母、数字或 .!#$%&'*+/=?^_`{|}~-",
    );
    let mut before = '.';
    for (place, found) in local.chars().enumerate() {
        let special = ".!#$%&'*+/=?^_`{|}~-".contains(found);
        if !(found.is_ascii_alphanumeric() || special) || (found == '.' && before == '.') {
            return Err(Fault::Character {
                position: place + 1,
                found,
                required,
            });
        }
        before = found;
    }
    if local.is_empty() || local.len() > LONGEST_LOCAL {
        return Err(Fault::Form(Wording::new(
            "an address: 1 to 64 characters are required before the @",
            "邮箱地址：@ 之前应为 1 至 64 位",
        )));
    }
    if before == '.' {
        return Err(Fault::Character {
            position: local.len(),
            found: '.',
            required: Wording::new("no dot before the @", "@ 之前不是点的字符"),
        });
    }
    Ok(())
}

fn refuse_domain(domain: &str, offset: usize) -> Result<(), Fault> {
    let is_right = |found: char| {
        found.is_ascii_alphanumeric()
            || matches!(found, '-' | '.')
            || (!found.is_ascii() && found.is_alphanumeric())
    };
    if let Some((place, found)) = domain
        .chars()
        .enumerate()
        .find(|&(_, found)| !is_right(found))
    {
        return Err(Fault::Character {
            position: offset + place + 1,
            found,
            required: Wording::new(
                "a letter, a digit, a hyphen or a dot",
                "字母、数字、连字符或点",
            ),
        });
    }
    let labels = || domain.split('.');
    let is_label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if labels().count() < 2 || !labels().all(is_label) {
        return Err(Fault::Form(Wording::new(
            "an address: behind the @ two or more names are required, parted by dots, of 1 to 63 \
             characters, with no hyphen at either end",
            "邮箱地址：@ 之后应为两段以上、以点分隔，每段 1 至 63 位，首尾不是连字符",
        )));
    }
    let top = labels().next_back().unwrap_or_default();
    if top.chars().count() < 2 || top.chars().all(|found| found.is_ascii_digit()) {
        return Err(Fault::Form(Wording::new(
            "an address: its last name is no top-level domain",
            "邮箱地址：最后一段不是顶级域名",
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::{assert_debug_snapshot, assert_snapshot};

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<EmailAddress>() {
            Ok(address) => format!("{address} {} {}", address.local_part(), address.domain()),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn what_mail_is_addressed_to_is_read() {
        assert_snapshot!(read(" Li.Lei+news@Mail.Example.COM "), @"Li.Lei+news@mail.example.com Li.Lei+news mail.example.com");
        assert_snapshot!(read("10001＠qq。com"), @"10001@qq.com 10001 qq.com");
        assert_snapshot!(read("a@例子.中国"), @"a@例子.中国 a 例子.中国");
        assert_snapshot!(read("o'neill_x-y@a-b.co"), @"o'neill_x-y@a-b.co o'neill_x-y a-b.co");
        assert_debug_snapshot!("a@b.cn".parse::<EmailAddress>().unwrap(), @"EmailAddress(***@b.cn)");
    }

    #[test]
    fn a_domain_is_judged_as_it_is_kept() {
        // A dotted capital I has two characters in lower case, the second of which no domain has.
        assert_snapshot!(read("a@例İ子.中国"), @"character: character 5 is ̇, a letter, a digit, a hyphen or a dot is required; 第 5 位是“̇”，应为字母、数字、连字符或点");
        // Two bytes become three, so 63 become more than a label may have.
        assert_snapshot!(read(&format!("a@{}.com", "Ⱥ".repeat(31))), @"form: is not an address: behind the @ two or more names are required, parted by dots, of 1 to 63 characters, with no hyphen at either end; 不是邮箱地址：@ 之后应为两段以上、以点分隔，每段 1 至 63 位，首尾不是连字符");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("li.lei.example.com"), @"form: is not an address: no @ is in it; 不是邮箱地址：缺少 @");
        assert_snapshot!(read("@example.com"), @"form: is not an address: 1 to 64 characters are required before the @; 不是邮箱地址：@ 之前应为 1 至 64 位");
        assert_snapshot!(read("a..b@example.com"), @"character: character 3 is ., a letter, a digit or one of .!#$%&'*+/=?^_`{|}~- is required; 第 3 位是“.”，应为字母、数字或 .!#$%&'*+/=?^_`{|}~-");
        assert_snapshot!(read("ab.@example.com"), @"character: character 3 is ., no dot before the @ is required; 第 3 位是“.”，应为@ 之前不是点的字符");
        assert_snapshot!(read("a b@example.com"), @"character: character 2 is  , a letter, a digit or one of .!#$%&'*+/=?^_`{|}~- is required; 第 2 位是“ ”，应为字母、数字或 .!#$%&'*+/=?^_`{|}~-");
        assert_snapshot!(read("a@b@example.com"), @"character: character 4 is @, a letter, a digit, a hyphen or a dot is required; 第 4 位是“@”，应为字母、数字、连字符或点");
        assert_snapshot!(read("a@example"), @"form: is not an address: behind the @ two or more names are required, parted by dots, of 1 to 63 characters, with no hyphen at either end; 不是邮箱地址：@ 之后应为两段以上、以点分隔，每段 1 至 63 位，首尾不是连字符");
        assert_snapshot!(read("a@127.0.0.1"), @"form: is not an address: its last name is no top-level domain; 不是邮箱地址：最后一段不是顶级域名");
    }

    #[test]
    fn lengths_have_limits() {
        let long = |local: usize, label: usize| {
            format!(
                "{}@{}.{}.{}.com",
                "a".repeat(local),
                "b".repeat(label),
                "c".repeat(63),
                "d".repeat(57)
            )
        };
        assert!(long(64, 63).parse::<EmailAddress>().is_ok());
        assert!(long(65, 62).parse::<EmailAddress>().is_err());
        assert!(long(3, 64).parse::<EmailAddress>().is_err());
        assert!("x".repeat(1_000_000).parse::<EmailAddress>().is_err());
    }
}
