//! Banks by the first digits of their cards.

use std::fmt;

use crate::table;

/// The layouts are described in `xtask/src/reference/bank_cards.rs`.
static STRETCHES: &[u8] = include_bytes!("../tables/bank_cards.bin");
static ISSUES: &[u8] = include_bytes!("../tables/bank_cards.issues.bin");
static BANKS: &[u8] = include_bytes!("../tables/banks.bin");
static NAMES: &str = include_str!("../tables/banks.txt");

/// How many digits are looked at.
const DIGITS: usize = 10;

/// A prefix that a bank issues cards with (发卡行标识代码), and what those cards are.
///
/// The list knows banks of mainland China and some neighbours; a prefix that it does not know is no finding.
///
/// ```
/// use identifiers::{CardIssue, CardKind};
///
/// let issue = CardIssue::of("6222021234567890123").unwrap();
/// assert_eq!((issue.bank().code(), issue.bank().zh()), ("ICBC", "中国工商银行"));
/// assert_eq!((issue.kind(), issue.card_length()), (CardKind::Debit, 19));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "BIN")]
pub struct CardIssue {
    prefix: u8,
    length: u8,
    kind: CardKind,
    bank: Bank,
}

/// What a bank card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CardKind {
    /// Debit card (借记卡).
    Debit,
    /// Credit card (贷记卡).
    Credit,
    /// Credit card with a deposit (准贷记卡).
    SemiCredit,
    /// Prepaid card (预付费卡).
    Prepaid,
}

/// A bank that issues cards.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bank(u16);

impl CardIssue {
    /// The issue that fits a card number best: the longest prefix whose cards have as many digits as the number, else the longest.
    pub fn of(number: &str) -> Option<Self> {
        let fits = |issue: &Self| issue.card_length() == number.len();
        let mut issues = Self::all_of(number);
        let first = issues.clone().next();
        issues.find(fits).or(first)
    }

    /// Every issue whose prefix a card number begins with, the longest prefix first: some banks share one.
    pub fn all_of(number: &str) -> impl ExactSizeIterator<Item = Self> + Clone {
        let place = start_of(number).and_then(place_of);
        let (start, end) =
            place.map_or((0, 0), |place| (first_issue(place), first_issue(place + 1)));
        let issues = table::records::<5>(ISSUES);
        let issues = issues.get(start..end.min(issues.len())).unwrap_or_default();
        issues.iter().map(|issue| Self {
            prefix: issue[0],
            length: issue[1],
            kind: match issue[2] {
                0 => CardKind::Debit,
                1 => CardKind::Credit,
                2 => CardKind::SemiCredit,
                _ => CardKind::Prepaid,
            },
            bank: Bank(table::number(issue, 3)),
        })
    }

    /// How many digits of the number are the prefix.
    pub fn prefix_length(&self) -> usize {
        self.prefix.into()
    }

    /// How many digits a card of this issue has.
    pub fn card_length(&self) -> usize {
        self.length.into()
    }

    /// What the card is.
    pub fn kind(&self) -> CardKind {
        self.kind
    }

    /// The bank.
    pub fn bank(&self) -> Bank {
        self.bank
    }
}

impl CardKind {
    /// The name in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Debit => "借记卡",
            Self::Credit => "贷记卡",
            Self::SemiCredit => "准贷记卡",
            Self::Prepaid => "预付费卡",
        }
    }
}

impl Bank {
    /// Every bank, ordered by code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..u16::try_from(table::records::<6>(BANKS).len()).unwrap_or(0)).map(Self)
    }

    /// The short code that the trade uses, like `ICBC`.
    pub fn code(self) -> &'static str {
        self.text(0)
    }

    /// The name in Chinese.
    pub fn zh(self) -> &'static str {
        self.text(3)
    }

    fn text(self, place: usize) -> &'static str {
        let record = table::records::<6>(BANKS).get(usize::from(self.0));
        let place = record.and_then(|record| record.get(place..place + 3));
        match place {
            Some(&[low, middle, high]) => {
                table::text(NAMES, u32::from_le_bytes([low, middle, high, 0]) as usize)
            }
            _ => "",
        }
    }
}

impl fmt::Debug for Bank {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Bank({} {})", self.code(), self.zh())
    }
}

/// The first ten digits, with zeros behind a shorter number.
fn start_of(number: &str) -> Option<u64> {
    let digits = number.as_bytes();
    let mut start = 0;
    for place in 0..DIGITS {
        let digit = digits.get(place).copied().unwrap_or(b'0');
        start = start * 10 + u64::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    Some(start)
}

/// How many stretches begin below each first four digits: where to look is then nearly known.
static BELOW: [u16; HEADS + 1] = below();
/// How many first four digits there are.
const HEADS: usize = 10_000;
/// What one more in the first four digits counts among ten.
const HEAD: u64 = 1_000_000;

#[expect(
    clippy::cast_possible_truncation,
    reason = "there are a few thousand stretches"
)]
#[expect(
    clippy::large_stack_arrays,
    reason = "made by the compiler, never on a stack"
)]
const fn below() -> [u16; HEADS + 1] {
    let (stretches, _) = STRETCHES.as_chunks();
    let mut below = [0; HEADS + 1];
    let (mut head, mut count) = (0, 0);
    while head <= HEADS {
        while count < stretches.len() && begin(stretches[count]) < head as u64 * HEAD {
            count += 1;
        }
        below[head] = count as u16;
        head += 1;
    }
    below
}

/// The number that a stretch begins at.
const fn begin(stretch: [u8; 7]) -> u64 {
    u64::from_be_bytes([
        0, 0, 0, stretch[0], stretch[1], stretch[2], stretch[3], stretch[4],
    ])
}

/// The last stretch that begins at or before a number.
fn place_of(start: u64) -> Option<usize> {
    let head = usize::try_from(start / HEAD).ok()?;
    let from = usize::from(*BELOW.get(head)?);
    let until = usize::from(*BELOW.get(head + 1)?);
    let stretches = table::records(STRETCHES).get(from..until)?;
    let more = stretches.partition_point(|stretch| begin(*stretch) <= start);
    (from + more).checked_sub(1)
}

/// Where the issues of a stretch begin; behind the last stretch, where they end.
fn first_issue(place: usize) -> usize {
    let stretch = table::records::<7>(STRETCHES).get(place);
    stretch.map_or(ISSUES.len() / 5, |stretch| table::number(stretch, 5).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn shown(number: &str) -> String {
        let issues = CardIssue::all_of(number).map(|issue| {
            let prefix = &number[..issue.prefix_length()];
            format!(
                "{prefix} {} {} of {}",
                issue.bank().zh(),
                issue.kind().zh(),
                issue.card_length()
            )
        });
        issues.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_card_tells_its_bank_by_the_longest_prefix() {
        assert_snapshot!(shown("6222021234567890123"), @"622202 中国工商银行 借记卡 of 19");
        assert_snapshot!(shown("6228480402564890018"), @"622848 中国农业银行 借记卡 of 19");
        assert_snapshot!(shown("6212601021234567"), @"621260102 常熟农村商业银行 借记卡 of 19; 621260 平安银行 贷记卡 of 16; 621260 常熟农村商业银行 借记卡 of 19");
        assert_snapshot!(shown("6212609991234567"), @"621260 平安银行 贷记卡 of 16; 621260 常熟农村商业银行 借记卡 of 19");
        assert_snapshot!(shown("6221621234567890"), @"622162 中国光大银行 贷记卡 of 16; 622162 九江银行 借记卡 of 19");
        assert_snapshot!(shown("1030000000000000000"), @"103 中国农业银行 借记卡 of 19");
        assert_snapshot!(shown("9999999999999999"), @"999999 华夏银行 借记卡 of 16");
    }

    #[test]
    fn of_several_issues_the_one_of_the_right_length_is_meant() {
        let bank = |number: &str| CardIssue::of(number).map(|issue| issue.bank().code());
        assert_eq!(bank("6221621234567890"), Some("CEB"));
        assert_eq!(bank("6221621234567890123"), Some("JJBANK"));
        assert_eq!(bank("abc"), None);
    }

    #[test]
    fn every_bank_has_a_code_and_a_name() {
        let banks: Vec<Bank> = Bank::all().collect();
        assert!(banks.len() > 270);
        assert!(banks.is_sorted_by_key(|bank| bank.code()));
        assert!(banks.iter().all(|bank| !bank.zh().is_empty()));
        // Lists are written without looking for what would have to be quoted.
        let marked =
            |text: &str| text.contains([',', '"', '\\', ';']) || text.contains(char::is_control);
        assert!(
            !banks
                .iter()
                .any(|bank| marked(bank.code()) || marked(bank.zh()))
        );
    }

    proptest! {
        #[test]
        fn what_is_found_fits_and_stands_in_order(number in "[1-9][0-9]{9,18}", short in "[0-9]{0,9}", text in any::<String>()) {
            let issues: Vec<_> = CardIssue::all_of(&number).collect();
            prop_assert!(issues.is_sorted_by_key(|issue| std::cmp::Reverse(issue.prefix_length())));
            // Digits behind the tenth change nothing.
            let longer: Vec<_> = CardIssue::all_of(&number[..10]).collect();
            prop_assert_eq!(issues, longer);
            let _ = (CardIssue::of(&short), CardIssue::of(&text));
        }
    }
}
