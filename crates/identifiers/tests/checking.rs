//! What the one entry says of identifiers of every kind: parts, findings, refusals, repairs.

use std::fmt::Write as _;

use identifiers::{IdentifierKind, RowContext, Sex, check, repairs};
use insta::assert_snapshot;

#[track_caller]
fn said(kind: IdentifierKind, text: &str) -> String {
    let checked = check(kind, text);
    let mut said = match checked.refusal() {
        Some(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        None => format!("{} {}", checked.normal(), checked.parts())
            .trim_end()
            .to_owned(),
    };
    for finding in checked.findings.iter() {
        let _ = write!(said, "\n{}: {finding}; {}", finding.code(), finding.zh());
    }
    said
}

#[track_caller]
fn proposed(kind: IdentifierKind, text: &str, row: &RowContext<'_>) -> String {
    let found = repairs(kind, text, row);
    let mut lines: Vec<String> = found
        .iter()
        .map(|repair| {
            format!(
                "{} {:?} {}; {}",
                repair.text(),
                repair.slip,
                repair.change,
                repair.change.zh()
            )
        })
        .collect();
    lines.extend(
        found
            .outright()
            .map(|repair| format!("outright {}", repair.text())),
    );
    lines.join("\n")
}

#[test]
fn a_resident_number_tells_birth_sex_and_place_and_what_is_remarkable() {
    let said = |text| said(IdentifierKind::ResidentId, text);
    assert_snapshot!(said("11010519491231002x"), @"11010519491231002X form=18;birth_date=1949-12-31;sex=female;division=110105;place=朝阳区");
    assert_snapshot!(said("110105491231002"), @r"
    11010519491231002X form=15;birth_date=1949-12-31;sex=female;division=110105;place=朝阳区
    expired_document: cards with 15 digits have been invalid since 2013; 15 位号码的证件自 2013 年起失效
    ");
    assert_snapshot!(said("440524188001010014"), @r"
    440524188001010014 form=18;birth_date=1880-01-01;sex=male;division=440524;place=潮阳县
    birth_date_far_past: birth year 1880 is far past; 出生年份 1880 过于久远
    ");
    assert_snapshot!(said("310108201905200016"), @r"
    310108201905200016 form=18;birth_date=2019-05-20;sex=male;division=310108;place=闸北区
    division_abolished: division 310108 was abolished in 2015, before the birth in 2019; 行政区划 310108 于 2015 年撤销，早于出生年份 2019
    ");
    assert_snapshot!(said("130999199001010018"), @r"
    130999199001010018 form=18;birth_date=1990-01-01;sex=male;division=130999
    division_never_known: division 130999 is in no edition of GB/T 2260; 行政区划代码 130999 不见于 GB/T 2260 任何一版
    ");
    assert_snapshot!(said("830000198802110027"), @r"
    830000198802110027 form=18;birth_date=1988-02-11;sex=female;division=830000;place=台湾省
    residence_permit: is the number of a residence permit; 是港澳台居民居住证号码
    ");
    assert_snapshot!(said("110105800101998"), @r"
    110105188001019986 form=15;birth_date=1880-01-01;sex=female;division=110105;place=朝阳区
    expired_document: cards with 15 digits have been invalid since 2013; 15 位号码的证件自 2013 年起失效
    centenarian_sequence: sequence 998 is kept for centenarians of the first numbering; 顺序码 998 留给首次编号时的百岁老人
    birth_date_far_past: birth year 1880 is far past; 出生年份 1880 过于久远
    ");
    assert_snapshot!(said("111111111111111111"), @r"
    resident_id_birth_year: birth year is 1111, 1850 or later is required; 出生年份为 1111，不应早于 1850
    dummy: is a dummy: one digit repeated, or digits in a row; 疑似虚假：同一数字重复，或数字连续
    ");
}

#[test]
fn numbers_of_organisations_tell_who_registered_them() {
    assert_snapshot!(said(IdentifierKind::CreditCode, "91350100M000100Y43"), @"91350100M000100Y43 authority=market_regulation;type=enterprise;division=350100;place=福州市;organisation_code=M000100Y4");
    assert_snapshot!(said(IdentifierKind::CreditCode, "12100000400001234Y"), @r"
    12100000400001234Y authority=public_posts;type=public_institution;division=100000;organisation_code=400001234
    inner_organisation_code: check character of the organisation code inside is 4, X is usual; 其中组织机构代码的校验码是 4，通常应为 X
    ");
    assert_snapshot!(said(IdentifierKind::OrganisationCode, "D2143569-X"), @"D2143569X");
    assert_snapshot!(said(IdentifierKind::RegistrationNumber, "110108000000016"), @"110108000000016 authority=110108;business=domestic;sequence=00000001");
    assert_snapshot!(said(IdentifierKind::TaxNumber, "110108D2143569X"), @r"
    110108D2143569X form=organisation_code;division=110108;organisation_code=D2143569X
    old_form: is written in a form that is no longer given out; 是不再签发的旧式号码
    ");
    assert_snapshot!(said(IdentifierKind::Lei, "213800KUD8LAJWSQ9D15"), @"213800KUD8LAJWSQ9D15 issuer=2138");
}

#[test]
fn documents_of_other_persons_tell_what_their_numbers_hold() {
    assert_snapshot!(said(IdentifierKind::HongKongMacaoPermit, "H1234506802"), @r"
    H12345068 region=hong_kong;renewals=2
    old_form: is written in a form that is no longer given out; 是不再签发的旧式号码
    shape_only: only the shape was checked: the number has no check digit; 只核对了形式：该号码没有校验码
    ");
    assert_snapshot!(said(IdentifierKind::TaiwanPermit, "0123956701(B)"), @r"
    0123956701B form=old;number=01239567
    old_form: is written in a form that is no longer given out; 是不再签发的旧式号码
    shape_only: only the shape was checked: the number has no check digit; 只核对了形式：该号码没有校验码
    ");
    assert_snapshot!(said(IdentifierKind::ResidencePermit, "830000198802110027"), @"830000198802110027 region=taiwan;birth_date=1988-02-11;sex=female");
    assert_snapshot!(said(IdentifierKind::PermanentResidentCard, "911124198108030024"), @"911124198108030024 form=new;country=124;place=11;birth_date=1981-08-03;sex=female");
    assert_snapshot!(said(IdentifierKind::PermanentResidentCard, "CAN110078020301"), @r"
    CAN110078020301 form=old;country=CAN;place=1100
    old_form: is written in a form that is no longer given out; 是不再签发的旧式号码
    ");
    assert_snapshot!(said(IdentifierKind::Passport, "EA0213457"), @r"
    EA0213457 series=chinese_ordinary
    shape_only: only the shape was checked: the number has no check digit; 只核对了形式：该号码没有校验码
    ");
    assert_snapshot!(said(IdentifierKind::HouseholdRegister, "001934567"), @r"
    001934567
    shape_only: only the shape was checked: the number has no check digit; 只核对了形式：该号码没有校验码
    ");
    assert_snapshot!(said(IdentifierKind::MilitaryId, "士字第P0118163号"), @r"
    士字第P0118163号 card=soldier
    shape_only: only the shape was checked: the number has no check digit; 只核对了形式：该号码没有校验码
    ");
    assert_snapshot!(said(IdentifierKind::PoliceId, "武字第00193456号"), @r"
    武字第00193456号 card=armed_police
    shape_only: only the shape was checked: the number has no check digit; 只核对了形式：该号码没有校验码
    ");
}

#[test]
fn numbers_of_lines_cards_and_places_tell_whose_they_are() {
    assert_snapshot!(said(IdentifierKind::Mobile, "+86 138-0013-8000"), @"13800138000 operator=china_mobile;segment=ordinary;prefix=1380013");
    assert_snapshot!(said(IdentifierKind::Mobile, "16200000907"), @r"
    16200000907 operator=china_telecom;segment=virtual;prefix=1620000
    virtual_segment: mobile segment 1620 belongs to virtual operators; 1620 是虚拟运营商号段
    ");
    assert_snapshot!(said(IdentifierKind::Mobile, "1064812395678"), @r"
    1064812395678 segment=machines;prefix=1064812
    machine_segment: mobile segment 1064 is for machines; 1064 是物联网号段
    ");
    assert_snapshot!(said(IdentifierKind::FixedLine, "(0731) 8221-2341 转 12"), @"0731-82212341-12 area_code=0731;place=长沙市;number=82212341;extension=12");
    assert_snapshot!(said(IdentifierKind::BankCard, "6222021234567890128"), @"6222021234567890128 bank=ICBC;bank_name=中国工商银行;card=debit;network=union_pay;prefix=622202");
    assert_snapshot!(said(IdentifierKind::Postcode, "518000"), @"518000 place=深圳市");
    assert_snapshot!(said(IdentifierKind::Plate, "粤B·D12395"), @"粤BD12395 form=new_energy;province=粤;office=B;place=深圳市");
    assert_snapshot!(said(IdentifierKind::Email, "li.lei@Example.com"), @"li.lei@example.com domain=example.com");
    assert_snapshot!(said(IdentifierKind::DivisionCode, "110108001"), @"110108001 division=110108;place=海淀区;level=county;town=110108001");
    assert_snapshot!(said(IdentifierKind::DivisionCode, "310108"), @"310108 division=310108;place=闸北区;level=county;until=2014;successor=310106;successor_place=静安区");
}

#[test]
fn whatever_place_a_table_knows_is_well_formed() {
    for head in 0..10_000 {
        let postcode = format!("{head:04}00");
        if identifiers::postcode_division(&postcode).is_some() {
            assert!(
                check(IdentifierKind::Postcode, &postcode).is_valid(),
                "{postcode}"
            );
        }
    }
    for area in identifiers::AreaCode::all() {
        let length = if area.has_eight_digits() { 8 } else { 7 };
        let line = format!("0{}-{}", area.number(), "62345678".split_at(length).0);
        let checked = check(IdentifierKind::FixedLine, &line);
        assert!(
            checked.is_valid() && !checked.findings.contains("old_form"),
            "{line}"
        );
    }
    for division in identifiers::divisions() {
        let code = division.code().to_string();
        assert!(
            check(IdentifierKind::DivisionCode, &code).is_valid(),
            "{code}"
        );
    }
}

#[test]
fn a_wrong_digit_alone_has_several_repairs_and_none_outright() {
    let row = RowContext::default();
    assert_snapshot!(proposed(IdentifierKind::ResidentId, "110105194912310021", &row), @r"
    120105194912310021 Neighbour character 2 from 1 to 2; 第 2 位“1”改为“2”
    110105194912310011 Neighbour character 17 from 2 to 1; 第 17 位“2”改为“1”
    110105194112310021 Other character 10 from 9 to 1; 第 10 位“9”改为“1”
    110105194912318021 Other character 15 from 0 to 8; 第 15 位“0”改为“8”
    110105194912310521 Other character 16 from 0 to 5; 第 16 位“0”改为“5”
    11010519491231002X Other character 18 from 1 to X; 第 18 位“1”改为“X”
    710105194912310021 LookAlike character 1 from 1 to 7; 第 1 位“1”改为“7”
    112105194912310021 Neighbour character 3 from 0 to 2; 第 3 位“0”改为“2”
    110150194912310021 Transposition characters 05 from 5 on swapped; 第 5 位起“05”对调
    110505194912310021 Other character 4 from 1 to 5; 第 4 位“1”改为“5”
    110185194912310021 Other character 5 from 0 to 8; 第 5 位“0”改为“8”
    110105190912310021 Other character 9 from 4 to 0; 第 9 位“4”改为“0”
    ");
    assert_snapshot!(proposed(IdentifierKind::ResidentId, "1101O519491231002X", &row), @"11010519491231002X LookAlike character 5 from O to 0; 第 5 位“O”改为“0”");
    assert_snapshot!(proposed(IdentifierKind::ResidentId, "11O1O5I9491231002X", &row), @"11010519491231002X LookAlike 3 letters that look like digits from 3 on; 自第 3 位起 3 个形似字母改为数字");
    assert_snapshot!(proposed(IdentifierKind::ResidentId, "1101051949123100X2", &row), @r"
    11010519491231002X Transposition characters X2 from 17 on swapped; 第 17 位起“X2”对调
    110105194912310062 Other character 17 from X to 6; 第 17 位“X”改为“6”
    ");
}

#[test]
fn the_other_columns_of_the_row_leave_a_single_repair() {
    let row = RowContext {
        birth_date: "1949-12-31".parse().ok(),
        sex: Some(Sex::Female),
        division: None,
    };
    assert_snapshot!(proposed(IdentifierKind::ResidentId, "11010519491321002X", &row), @r"
    11010519491231002X Transposition characters 32 from 12 on swapped; 第 12 位起“32”对调
    outright 11010519491231002X
    ");
    let row = RowContext {
        division: Some("110105"),
        ..RowContext::default()
    };
    assert_snapshot!(proposed(IdentifierKind::ResidentId, "11010519491321002X", &row), @r"
    11010519491231002X Transposition characters 32 from 12 on swapped; 第 12 位起“32”对调
    outright 11010519491231002X
    ");
}

#[test]
fn what_is_too_short_or_too_long_by_one_is_repaired() {
    let row = RowContext::default();
    assert_snapshot!(proposed(IdentifierKind::CreditCode, "91350100M0001000Y43", &row), @"91350100M000100Y43 Other character 14, 0, left out; 删去第 14 位“0”");
    assert_snapshot!(proposed(IdentifierKind::OrganisationCode, "D214356-X", &row), @r"
    5D214356X Other 5 put in as character 1; 在第 1 位补“5”
    GD214356X Other G put in as character 1; 在第 1 位补“G”
    RD214356X Other R put in as character 1; 在第 1 位补“R”
    D8214356X Other 8 put in as character 2; 在第 2 位补“8”
    DJ214356X Other J put in as character 2; 在第 2 位补“J”
    DU214356X Other U put in as character 2; 在第 2 位补“U”
    D2314356X Other 3 put in as character 3; 在第 3 位补“3”
    D2E14356X Other E put in as character 3; 在第 3 位补“E”
    D2P14356X Other P put in as character 3; 在第 3 位补“P”
    D2154356X Other 5 put in as character 4; 在第 4 位补“5”
    D21G4356X Other G put in as character 4; 在第 4 位补“G”
    D21R4356X Other R put in as character 4; 在第 4 位补“R”
    D2146356X Other 6 put in as character 5; 在第 5 位补“6”
    D214H356X Other H put in as character 5; 在第 5 位补“H”
    D214S356X Other S put in as character 5; 在第 5 位补“S”
    D2143956X Other 9 put in as character 6; 在第 6 位补“9”
    D2143K56X Other K put in as character 6; 在第 6 位补“K”
    D2143V56X Other V put in as character 6; 在第 6 位补“V”
    D2143526X Other 2 put in as character 7; 在第 7 位补“2”
    D21435D6X Other D put in as character 7; 在第 7 位补“D”
    D21435O6X Other O put in as character 7; 在第 7 位补“O”
    D21435Z6X Other Z put in as character 7; 在第 7 位补“Z”
    D2143569X Other 9 put in as character 8; 在第 8 位补“9”
    D214356KX Other K put in as character 8; 在第 8 位补“K”
    D214356VX Other V put in as character 8; 在第 8 位补“V”
    D214356X6 Other 6 put in as character 9; 在第 9 位补“6”
    ");
}
