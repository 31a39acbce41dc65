//! Claims about whole books.

use std::collections::{HashMap, HashSet};

use identifiers::{
    CalendarDate, MobileNumber, OrganisationCode, PersonIdNumber, UnifiedSocialCreditCode,
};
use insta::assert_snapshot;
use proptest::prelude::*;
use sample::{Book, Language, Options, Parties, Slip, Truth};
use tables::{Chunk, Format, Writer};

const SLIPS_OF_NUMBER: [Slip; 3] = [Slip::NumberTypo, Slip::NumberFalse, Slip::NumberOld];

struct Made {
    header: Vec<&'static str>,
    chunk: Chunk,
    truth: Vec<Truth>,
}

impl Made {
    fn new(parties: Parties, records: u64) -> Self {
        let book = Book::new(Options {
            parties,
            language: Language::English,
            ..Options::new(7, records)
        });
        Self {
            header: book.header(),
            chunk: book.chunk(0, records),
            truth: book.truth(0, records),
        }
    }

    fn mixed(records: u64) -> Self {
        Self::new(Parties::Mixed, records)
    }

    fn persons(records: u64) -> Self {
        Self::new(Parties::PersonsOnly, records)
    }

    fn cell(&self, row: usize, column: &str) -> Option<&str> {
        let position = self.header.iter().position(|name| *name == column)?;
        self.chunk.columns[position].get(row)
    }

    fn rows(&self) -> std::ops::Range<usize> {
        0..self.truth.len()
    }

    /// In how many of 10,000 rows the column fits.
    fn rate(&self, column: &str, fits: impl Fn(Option<&str>) -> bool) -> usize {
        let fitting = self.rows().filter(|&row| fits(self.cell(row, column)));
        fitting.count() * 10_000 / self.rows().len()
    }

    fn slipped(&self, row: usize, slips: &[Slip]) -> bool {
        slips
            .iter()
            .any(|slip| self.truth[row].slips.contains(*slip))
    }

    /// One row as `name=value` lines, without what is absent.
    fn show(&self, row: usize) -> String {
        let shown = self.header.iter().filter_map(|name| {
            let value = self.cell(row, name)?;
            Some(format!("{name}={value}"))
        });
        shown.collect::<Vec<_>>().join("\n")
    }

    fn first_row(&self, kind: &str) -> usize {
        let mut rows = self.rows();
        rows.find(|&row| self.cell(row, "party_kind") == Some(kind))
            .unwrap_or(usize::MAX)
    }
}

#[test]
fn a_person_looks_like_this() {
    let made = Made::mixed(1_000);
    assert_snapshot!(made.show(made.first_row("person")), @r"
    record_id=R0000000001
    source=insurance
    party_kind=person
    name=张宾
    sex=M
    birth_date=1993-07-31
    id_type=resident identity card
    id_number=120117199307311796
    mobile=18909258766
    email=zhangbin5065@outlook.com
    nationality=China
    occupation=unemployed
    division=620825
    address=甘肃省平凉市庄浪县劳动一路992号6栋5单元1404室
    observed_at=2022-12-02
    rm_staff_no=E1457
    ");
}

#[test]
fn an_organisation_looks_like_this() {
    let made = Made::mixed(1_000);
    assert_snapshot!(made.show(made.first_row("organisation")), @r"
    record_id=R0000000013
    source=core_bank
    party_kind=organisation
    name=绵阳达联雅食品有限责任公司
    credit_code=91510726maddkp0e4c
    mobile=17723639514
    phone=0311-61074439
    email=office@maddkp0e4.com.cn
    division=510726
    address=四川省绵阳市北川羌族自治县科技街642号商务大厦9层901室
    legal_representative=余航智
    legal_representative_id_number=620403195907101133
    registered_capital=5000万元人民币
    business_scope=一般项目：食品生产；食品销售；农副产品销售；粮食收购；初级农产品收购（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）
    shareholders=丁娅雯 40%；张树炜 60%
    observed_at=2007-05-25 09:25:24
    rm_staff_no=E1332
    ");
}

#[test]
fn an_individual_business_looks_like_this() {
    let made = Made::mixed(1_000);
    assert_snapshot!(made.show(made.first_row("individual_business")), @r"
    record_id=R0000000120
    source=counter
    party_kind=individual_business
    name=平陆县信永理发店
    mobile=15652874697
    phone=022-79488960
    division=140829
    address=山西省运城市平陆县兴业街348号科技大厦3层302室
    legal_representative=冉学鑫
    legal_representative_id_number=350128199411169517
    business_scope=一般项目：各类工程建设活动；建筑劳务分包；建筑材料销售；园林绿化工程施工；建筑工程机械与设备租赁（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）
    observed_at=2010-02-19 13:47:40
    rm_staff_no=E1463
    ");
}

#[test]
fn the_header_speaks_the_language_asked_for() {
    let book = Book::new(Options::new(1, 1));
    assert_snapshot!(book.header().join(","), @"记录编号,来源,客户类型,姓名/名称,性别,出生日期,证件类型,证件号码,证件有效期,统一社会信用代码,组织机构代码,手机号码,固定电话,电子邮箱,国籍,职业,工作单位,行政区划,地址,法定代表人,法定代表人证件号码,注册资本,经营范围,股东,登记时间,客户经理工号,备注2");
}

#[test]
fn one_seed_gives_one_book_and_another_seed_another() {
    let first = Book::new(Options::new(1, 500));
    assert!(first.chunk(0, 500) == Book::new(Options::new(1, 500)).chunk(0, 500));
    assert!(first.chunk(0, 500) != Book::new(Options::new(2, 500)).chunk(0, 500));
}

#[test]
fn a_book_larger_than_any_memory_is_read_from_the_middle() {
    let book = Book::new(Options::new(1, 10_000_000_000));
    let chunk = book.chunk(9_999_999_990, 100);
    assert_eq!(chunk.len(), 10);
    assert_eq!(book.truth(9_999_999_990, 100).len(), 10);
}

#[test]
fn numbers_that_nobody_damaged_are_well_formed() {
    let made = Made::mixed(20_000);
    for row in made.rows() {
        if made.slipped(row, &SLIPS_OF_NUMBER) {
            continue;
        }
        if let (Some("resident identity card"), Some(number)) =
            (made.cell(row, "id_type"), made.cell(row, "id_number"))
        {
            assert!(PersonIdNumber::parse(number).is_ok(), "{number}");
        }
        if let Some(code) = made.cell(row, "credit_code") {
            assert!(code.parse::<UnifiedSocialCreditCode>().is_ok(), "{code}");
        }
        if let Some(code) = made.cell(row, "organisation_code") {
            assert!(code.parse::<OrganisationCode>().is_ok(), "{code}");
        }
    }
}

#[test]
fn old_numbers_mobiles_and_dates_are_well_formed_too() {
    let made = Made::mixed(20_000);
    let mut old = 0;
    for row in made.rows() {
        let number = made.cell(row, "id_number").unwrap_or_default();
        if made.slipped(row, &[Slip::NumberOld]) && !made.slipped(row, &[Slip::NumberTypo]) {
            old += usize::from(number.len() == 15 && PersonIdNumber::parse(number).is_ok());
        }
        if let Some(mobile) = made.cell(row, "mobile")
            && !made.slipped(row, &[Slip::MobileTypo, Slip::MobileFalse])
        {
            assert!(mobile.parse::<MobileNumber>().is_ok(), "{mobile}");
        }
        if let Some(birth) = made.cell(row, "birth_date")
            && !made.slipped(row, &[Slip::BirthTypo])
        {
            assert!(CalendarDate::parse_lenient(birth).is_ok(), "{birth}");
        }
        let observed = made.cell(row, "observed_at").unwrap();
        assert!(CalendarDate::parse_lenient(observed).is_ok(), "{observed}");
        assert!(("2004".."2026-11").contains(&observed), "{observed}");
    }
    assert!(old > 400, "{old}");
}

#[test]
fn an_identity_number_agrees_with_birth_date_and_sex() {
    let made = Made::persons(5_000);
    for row in made.rows() {
        let Some(number) = made.cell(row, "id_number") else {
            continue;
        };
        if made.slipped(row, &SLIPS_OF_NUMBER) || !number.starts_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        let number = PersonIdNumber::parse(number).unwrap().number();
        if let Some(birth) = made.cell(row, "birth_date")
            && !made.slipped(row, &[Slip::BirthTypo])
        {
            assert_eq!(
                CalendarDate::parse_lenient(birth).unwrap(),
                number.birth_date()
            );
        }
        if let Some(sex) = made.cell(row, "sex") {
            assert_eq!(sex == "M", number.sex() == identifiers::Sex::Male);
        }
    }
}

#[test]
fn slips_show_in_the_cells_as_often_as_declared() {
    let made = Made::persons(60_000);
    let near = |found: usize, slip: Slip| {
        let declared = usize::from(slip.rate());
        assert!(
            found.abs_diff(declared) * 8 < declared + 80,
            "{}: {found}",
            slip.code()
        );
    };
    let missing = |cell: Option<&str>| cell.is_none();
    near(made.rate("mobile", missing), Slip::MobileMissing);
    near(made.rate("email", missing), Slip::EmailMissing);
    near(made.rate("id_number", missing), Slip::NumberMissing);
    near(made.rate("birth_date", missing), Slip::BirthMissing);
    near(made.rate("address", missing), Slip::AddressMissing);
    near(made.rate("name", missing), Slip::NameMissing);
    let country_code = |cell: Option<&str>| cell.is_some_and(|text| text.starts_with("+86"));
    let kept = 10_000 - usize::from(Slip::MobileMissing.rate());
    near(
        made.rate("mobile", country_code) * 10_000 / kept,
        Slip::MobileCountryCode,
    );
    let full_width = |cell: Option<&str>| cell.is_some_and(|text| text.contains('１'));
    assert!(made.rate("address", full_width) > 200);
}

#[test]
fn the_truth_counts_every_record_once_and_households_hold_together() {
    let made = Made::persons(20_000);
    let mut of_party: HashMap<&str, usize> = HashMap::new();
    let mut homes: HashMap<&str, HashSet<&str>> = HashMap::new();
    let numbers: HashSet<&str> = made
        .truth
        .iter()
        .map(|truth| truth.record_id.as_str())
        .collect();
    assert_eq!(numbers.len(), made.truth.len());
    for truth in &made.truth {
        *of_party.entry(&truth.party_id).or_default() += 1;
        let home = truth.household_id.as_deref().unwrap();
        homes.entry(home).or_default().insert(&truth.party_id);
    }
    assert_eq!(of_party.values().sum::<usize>(), 20_000);
    assert!(of_party.values().all(|records| (1..=5).contains(records)));
    let share = of_party.len() * 100 / 20_000;
    assert!((69..76).contains(&share), "{share}");
    let shared = homes.values().filter(|members| members.len() > 1).count();
    assert!(shared > 1_500, "{shared}");
}

#[test]
fn updates_repeat_number_and_source_of_their_party_and_come_later() {
    let made = Made::mixed(20_000);
    let mut series: HashMap<&str, Vec<usize>> = HashMap::new();
    for row in made.rows() {
        series
            .entry(&made.truth[row].record_id)
            .or_default()
            .push(row);
    }
    let updated: Vec<_> = series.values().filter(|rows| rows.len() > 1).collect();
    assert!(updated.len() > 700, "{}", updated.len());
    for rows in updated {
        let distinct = |cell: &dyn Fn(usize) -> String| {
            rows.iter()
                .map(|&row| cell(row))
                .collect::<HashSet<_>>()
                .len()
        };
        assert_eq!(distinct(&|row| made.truth[row].party_id.clone()), 1);
        assert_eq!(
            distinct(&|row| made.cell(row, "source").unwrap().to_owned()),
            1
        );
        assert_eq!(
            distinct(&|row| made.cell(row, "observed_at").unwrap().to_owned()),
            rows.len()
        );
    }
}

#[test]
fn shares_of_shareholders_add_up_to_a_hundred() {
    let made = Made::mixed(20_000);
    let mut several = 0;
    for row in made.rows() {
        let Some(shareholders) = made.cell(row, "shareholders") else {
            continue;
        };
        let shares = shareholders.split('；').map(|holder| {
            let (_, share) = holder.rsplit_once(' ').unwrap();
            share.trim_end_matches('%').parse::<u32>().unwrap()
        });
        assert_eq!(shares.sum::<u32>(), 100, "{shareholders}");
        several += usize::from(shareholders.contains('；'));
    }
    assert!(several > 500, "{several}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_chunk_is_its_parts_put_together(
        seed: u64, records in 1_u64..400, part in 1_u64..90, persons: bool,
    ) {
        let parties = if persons { Parties::PersonsOnly } else { Parties::Mixed };
        let book = Book::new(Options { parties, ..Options::new(seed, records) });
        let header = book.header();
        let written = |chunks: Vec<Chunk>| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("book.ndjson");
            let mut writer = Writer::create(&path, Format::Ndjson, &header).unwrap();
            for chunk in &chunks {
                writer.write_chunk(chunk).unwrap();
            }
            writer.finish().unwrap();
            std::fs::read(path).unwrap()
        };
        let starts = (0..records).step_by(usize::try_from(part).unwrap());
        let parts: Vec<Chunk> = starts.clone().map(|first| book.chunk(first, part)).collect();
        let truths: Vec<Truth> = starts.flat_map(|first| book.truth(first, part)).collect();
        prop_assert!(written(parts) == written(vec![book.chunk(0, records)]));
        prop_assert_eq!(truths, book.truth(0, records));
    }
}
