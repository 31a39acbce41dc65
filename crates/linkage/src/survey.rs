//! What the columns of a table seem to hold, from their content alone: a column may have any name.

use std::collections::HashSet;

use tables::{Chunk, Column};

use crate::book::values_of;
use crate::kind::Kind;
use crate::values::{Normaliser, Phone, Values};

/// A column that takes part, and how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ColumnPlan {
    /// Its place in the table.
    pub column: usize,
    /// How its cells are read.
    pub kind: Kind,
    /// Whether a cell may hold several values.
    pub several: bool,
}

/// Cells that are looked at, and at those of them that are looked at closely, about; they stand evenly in the column.
const LOOKED_AT: usize = 16_384;
const CLOSELY: usize = 4_096;

/// Distinct values up to which a column is a choice.
const MOST_CHOICES: usize = 60;

/// The columns of a table that can say who a record speaks of. A column of one value says nothing,
/// one whose words all stand in another column of the row says it twice.
pub fn survey(chunk: &Chunk, ids: Option<usize>) -> Vec<ColumnPlan> {
    let mut plan: Vec<ColumnPlan> = (0..chunk.columns.len())
        .filter(|column| Some(*column) != ids)
        .filter_map(|column| {
            let (kind, several) = kind_of_column(&chunk.columns[column])?;
            Some(ColumnPlan {
                column,
                kind,
                several,
            })
        })
        .collect();
    let mut place = 0;
    while place < plan.len() {
        let mine = plan[place];
        let repeated = mine.kind == Kind::Words
            && plan.iter().any(|other| {
                other.kind == Kind::Words
                    && other.column != mine.column
                    && contains(&chunk.columns[other.column], &chunk.columns[mine.column])
            });
        if repeated {
            plan.remove(place);
        } else {
            place += 1;
        }
    }
    plan
}

fn cells(column: &Column) -> impl Iterator<Item = &str> {
    column
        .iter()
        .flatten()
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
}

/// What a column holds, and whether its cells hold several of it.
fn kind_of_column(column: &Column) -> Option<(Kind, bool)> {
    let stride = column.len().div_ceil(LOOKED_AT).max(1);
    let whole: Vec<&str> = cells(column).step_by(stride).collect();
    let values: Vec<&str> = whole.iter().flat_map(|cell| values_of(cell)).collect();
    // One cell in a hundred with a second value.
    if values.len() * 100 > whole.len() * 101 {
        let kind = kind_of(&values);
        if let Some(kind) = kind.filter(|kind| kind.can_be_several()) {
            return Some((kind, true));
        }
    }
    Some((kind_of(&whole)?, false))
}

fn kind_of(cells: &[&str]) -> Option<Kind> {
    let share = |test: fn(&str) -> bool| {
        cells.iter().filter(|cell| test(cell)).count() as f64 / cells.len().max(1) as f64
    };
    let stride = cells.len().div_ceil(CLOSELY).max(1);
    let closely = |test: fn(&str) -> bool| {
        let looked = || cells.iter().step_by(stride);
        looked().filter(|cell| test(cell)).count() as f64 / looked().count().max(1) as f64
    };
    let distinct: HashSet<&str> = cells.iter().take(20_000).copied().collect();
    if distinct.len() < 2 {
        return None;
    }
    Some(match () {
        () if share(is_email) > 0.6 => Kind::Email,
        () if share(is_resident_id) > 0.5 => Kind::ResidentId,
        () if share(is_mobile) > 0.6 && closely(is_fixed_line) < 0.05 => Kind::Mobile,
        () if closely(is_credit_code) > 0.5 => Kind::CreditCode,
        () if share(is_date) > 0.8 => Kind::Date,
        () if closely(is_phone) > 0.2 && closely(may_be_phone) > 0.6 => Kind::Phone,
        () if distinct.len() <= MOST_CHOICES => Kind::Choice,
        () if share(is_chinese_name) > 0.6 => Kind::ChineseName,
        () if names_organisations(&closely) => Kind::OrganisationName,
        () if share(is_chinese_address) > 0.6 => Kind::ChineseAddress,
        () if share(is_code) > 0.8 => Kind::Code,
        () => Kind::Words,
    })
}

fn digits(cell: &str) -> usize {
    cell.bytes().filter(u8::is_ascii_digit).count()
}

fn han(cell: &str) -> usize {
    cell.chars()
        .filter(
            |character| matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'),
        )
        .count()
}

fn is_email(cell: &str) -> bool {
    cell.split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && host.contains('.'))
}

fn is_resident_id(cell: &str) -> bool {
    matches!(cell.len(), 15 | 18)
        && identifiers::check(identifiers::IdentifierKind::ResidentId, cell).is_valid()
}

fn is_mobile(cell: &str) -> bool {
    cell.parse::<identifiers::MobileNumber>().is_ok()
}

fn is_credit_code(cell: &str) -> bool {
    match cell.len() {
        18 => cell.parse::<identifiers::UnifiedSocialCreditCode>().is_ok(),
        9 | 10 => cell.parse::<identifiers::OrganisationCode>().is_ok(),
        _ => false,
    }
}

fn phone(cell: &str) -> Option<Phone> {
    let fits =
        (7..=30).contains(&cell.len()) && !cell.bytes().any(|byte| byte.is_ascii_alphabetic());
    fits.then(|| Phone::new(cell, &mut String::new()).1)
}

fn is_phone(cell: &str) -> bool {
    phone(cell).is_some_and(|phone| phone.is_certain())
}

fn is_fixed_line(cell: &str) -> bool {
    phone(cell).is_some_and(|phone| phone.is_certain() && !phone.is_mobile())
}

fn may_be_phone(cell: &str) -> bool {
    phone(cell).is_some_and(|phone| phone.is_certain() || phone.is_local())
}

/// Whether most cells name organisations; where persons stand among them, whether the others do.
fn names_organisations(share: &dyn Fn(fn(&str) -> bool) -> f64) -> bool {
    let organisations = share(is_organisation);
    organisations > 0.5 || organisations > 0.2 && organisations + share(is_chinese_name) > 0.8
}

fn is_organisation(cell: &str) -> bool {
    let ends_as_address = cell
        .chars()
        .next_back()
        .is_some_and(|last| last.is_numeric() || "室号楼层栋幢座".contains(last));
    if ends_as_address || cell.len() < 6 {
        return false;
    }
    let name = names::OrganisationName::parse(cell);
    let has = |kind| name.part(kind).is_some_and(|word| word.len() > 1);
    has(names::PartKind::LegalForm) || has(names::PartKind::Branch)
}

fn is_date(cell: &str) -> bool {
    let mut values = Values::new(Kind::Date);
    let read = values.push(Kind::Date, cell, &mut Normaliser::default()) != 0;
    // Eight digits without a sign between them may be a telephone number; a year of ours begins with 1 or 2.
    let no_year = digits(cell) == 8 && cell.len() == 8 && !cell.starts_with(['1', '2']);
    read && !no_year && !cell.bytes().any(|byte| byte.is_ascii_alphabetic()) && cell.len() <= 10
}

fn is_chinese_name(cell: &str) -> bool {
    (2..=5).contains(&han(cell)) && digits(cell) == 0
}

fn is_chinese_address(cell: &str) -> bool {
    han(cell) >= 6
}

fn is_code(cell: &str) -> bool {
    digits(cell) > 0 && cell.len() <= 24 && han(cell) == 0
}

/// Whether nearly all cells of the second column have all their words in the first column's cell.
fn contains(longer: &Column, shorter: &Column) -> bool {
    let (mut both, mut inside) = (0_usize, 0_usize);
    for (longer, shorter) in longer.iter().zip(shorter.iter()) {
        let (Some(longer), Some(shorter)) = (longer, shorter) else {
            continue;
        };
        if longer.trim().is_empty() || shorter.trim().is_empty() {
            continue;
        }
        both += 1;
        let has = |word: &str| {
            longer
                .split(' ')
                .any(|other| other.eq_ignore_ascii_case(word))
        };
        inside += usize::from(shorter.split(' ').filter(|word| !word.is_empty()).all(has));
    }
    both * 4 > longer.len() && inside * 100 >= both * 95
}

#[cfg(test)]
mod tests {
    use tables::{Chunk, Column};

    use super::survey;
    use crate::kind::Kind;

    /// What a column of these cells and of so many codes besides is taken for; numbers take the place of `#`.
    #[track_caller]
    fn kind(cells: &[&str], codes: usize) -> Kind {
        let rows = (0..200_usize).map(|row| match row {
            _ if row < codes => format!("X{row}7"),
            _ => cells[row % cells.len()].replace('#', &format!("{:03}", row * 7 % 1000)),
        });
        let rows: Vec<String> = rows.collect();
        let mut chunk = Chunk::new(0);
        chunk.row_numbers = (1..=200).collect();
        chunk.columns = vec![
            rows.iter()
                .map(|row| Some(row.as_str()))
                .collect::<Column>(),
        ];
        survey(&chunk, None)[0].kind
    }

    #[test]
    fn telephones_are_known_by_area_codes_and_mobiles_stay_mobiles() {
        assert_eq!(kind(&["13800138#"], 20), Kind::Mobile);
        let mostly_mobile = ["13800138#", "13800139#", "021-62345#"];
        assert_eq!(kind(&mostly_mobile, 0), Kind::Phone);
        assert_eq!(
            kind(&["13800138#", "021-62345#", "62345#"], 20),
            Kind::Phone
        );
        assert_eq!(kind(&["(0571) 8745#1"], 60), Kind::Phone);
        assert_eq!(kind(&["62345#"], 0), Kind::Code);
        assert_eq!(kind(&["00123456#"], 0), Kind::Code);
    }

    #[test]
    fn organisations_are_known_by_their_forms_and_branches() {
        let companies = [
            "杭州华盛#科技有限公司",
            "工商银行第#支行",
            "北京#律师事务所",
            "Blue Sky # Trading Co., Ltd.",
        ];
        assert_eq!(kind(&companies, 60), Kind::OrganisationName);
        // Persons may stand among them, as in a book of all customers; addresses may not.
        assert_eq!(
            kind(&["杭州#科技有限公司", "李小芳"], 0),
            Kind::OrganisationName
        );
        assert_eq!(
            kind(
                &["杭州市西湖区文三路#号科技大厦1层", "浙江大学第#宿舍楼"],
                0
            ),
            Kind::ChineseAddress
        );
        assert_eq!(
            kind(
                &["sir john fitzgerald smith the #", "robert de la cruz the #"],
                0
            ),
            Kind::Words
        );
    }

    #[test]
    fn codes_of_organisations_are_known_by_their_check_digits() {
        let codes = [
            "91350100M000100Y43",
            "M000100Y-4",
            "91110108551385082Q",
            "551385082",
        ];
        assert_eq!(kind(&codes, 90), Kind::CreditCode);
        assert_eq!(kind(&codes, 110), Kind::Code);
        assert_eq!(kind(&["91350100M000100#3"], 0), Kind::Code);
    }
}
