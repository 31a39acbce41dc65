//! The columns of the book, and one row of it.

use crate::options::{Language, Parties};

/// A column, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    RecordId,
    Source,
    PartyKind,
    Name,
    Sex,
    BirthDate,
    IdType,
    IdNumber,
    IdExpiry,
    CreditCode,
    OrganisationCode,
    Mobile,
    Phone,
    Email,
    Nationality,
    Occupation,
    Employer,
    Division,
    Address,
    LegalRepresentative,
    LegalRepresentativeIdNumber,
    RegisteredCapital,
    BusinessScope,
    Shareholders,
    ObservedAt,
    Manager,
    Remark,
}

use Column as C;

pub(crate) const COLUMNS: [(Column, &str, &str); 27] = [
    (C::RecordId, "记录编号", "record_id"),
    (C::Source, "来源", "source"),
    (C::PartyKind, "客户类型", "party_kind"),
    (C::Name, "姓名/名称", "name"),
    (C::Sex, "性别", "sex"),
    (C::BirthDate, "出生日期", "birth_date"),
    (C::IdType, "证件类型", "id_type"),
    (C::IdNumber, "证件号码", "id_number"),
    (C::IdExpiry, "证件有效期", "id_expiry"),
    (C::CreditCode, "统一社会信用代码", "credit_code"),
    (C::OrganisationCode, "组织机构代码", "organisation_code"),
    (C::Mobile, "手机号码", "mobile"),
    (C::Phone, "固定电话", "phone"),
    (C::Email, "电子邮箱", "email"),
    (C::Nationality, "国籍", "nationality"),
    (C::Occupation, "职业", "occupation"),
    (C::Employer, "工作单位", "employer"),
    (C::Division, "行政区划", "division"),
    (C::Address, "地址", "address"),
    (C::LegalRepresentative, "法定代表人", "legal_representative"),
    (
        C::LegalRepresentativeIdNumber,
        "法定代表人证件号码",
        "legal_representative_id_number",
    ),
    (C::RegisteredCapital, "注册资本", "registered_capital"),
    (C::BusinessScope, "经营范围", "business_scope"),
    (C::Shareholders, "股东", "shareholders"),
    (C::ObservedAt, "登记时间", "observed_at"),
    // Nobody recognises the last two; an intake must keep them all the same.
    (C::Manager, "客户经理工号", "rm_staff_no"),
    (C::Remark, "备注2", "remark2"),
];

const OF_ORGANISATIONS: [Column; 7] = [
    C::CreditCode,
    C::OrganisationCode,
    C::LegalRepresentative,
    C::LegalRepresentativeIdNumber,
    C::RegisteredCapital,
    C::BusinessScope,
    C::Shareholders,
];

/// The columns of a book with these parties.
pub(crate) fn columns(parties: Parties) -> Vec<Column> {
    let all = COLUMNS.iter().map(|(column, ..)| *column);
    all.filter(|column| parties == Parties::Mixed || !OF_ORGANISATIONS.contains(column))
        .collect()
}

impl Column {
    pub(crate) fn header(self, language: Language) -> &'static str {
        let (_, chinese, english) = COLUMNS[self as usize];
        language.choose(chinese, english)
    }
}

/// One row, kept and refilled so that a record costs no allocation.
#[derive(Debug)]
pub(crate) struct Row {
    cells: [String; COLUMNS.len()],
    present: [bool; COLUMNS.len()],
}

impl Row {
    pub(crate) fn new() -> Self {
        Self {
            cells: std::array::from_fn(|_| String::new()),
            present: [false; COLUMNS.len()],
        }
    }

    pub(crate) fn clear(&mut self) {
        self.present = [false; COLUMNS.len()];
    }

    /// Makes the cell present and gives its empty text to be filled.
    pub(crate) fn start(&mut self, column: Column) -> &mut String {
        self.present[column as usize] = true;
        let cell = &mut self.cells[column as usize];
        cell.clear();
        cell
    }

    pub(crate) fn set(&mut self, column: Column, text: &str) {
        self.start(column).push_str(text);
    }

    pub(crate) fn get(&self, column: Column) -> Option<&str> {
        self.present[column as usize].then_some(self.cells[column as usize].as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_type() {
        for (position, (column, ..)) in COLUMNS.iter().enumerate() {
            assert_eq!(*column as usize, position);
        }
    }

    #[test]
    fn a_book_of_persons_has_no_columns_of_organisations() {
        assert_eq!(columns(Parties::Mixed).len(), 27);
        assert_eq!(columns(Parties::PersonsOnly).len(), 20);
    }
}
