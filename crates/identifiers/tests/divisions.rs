//! Claims about division codes and their history, and laws that hold for every one of them.

use std::collections::BTreeSet;

use identifiers::{
    CalendarDate, Division, DivisionEra, DivisionKey, DivisionLevel, DivisionStatus, Succession,
    division, division_on, divisions,
};
use insta::assert_snapshot;
use proptest::prelude::*;

/// The newest year that the tables tell of.
const NEWEST: u16 = 2026;

#[track_caller]
fn of(code: u32) -> Division {
    DivisionKey::of_number(code)
        .and_then(division)
        .unwrap_or_else(|| panic!("{code} is no division"))
}

/// The eras of a code, each with what followed and what is left of it today.
#[track_caller]
fn history(code: u32) -> String {
    let shown = |steps: &mut dyn Iterator<Item = Succession>| {
        let steps: Vec<String> = steps
            .map(|step| format!("{} {} ({:?})", step.era.code(), step.era.name(), step.basis))
            .collect();
        steps.join(", ")
    };
    let eras = of(code).eras().map(|era| {
        let (next, today) = (shown(&mut era.successors()), shown(&mut era.today()));
        match (next == today, next.is_empty()) {
            (true, true) => format!("{era:?}"),
            (true, false) => format!("{era:?} → {next}"),
            (false, _) => format!("{era:?} → {next}; today {today}"),
        }
    });
    eras.collect::<Vec<_>>().join("\n")
}

#[test]
fn districts_that_were_merged_are_found_in_what_took_them_over() {
    assert_snapshot!(history(310_108), @"310108 闸北区 -2014 → 310106 静安区 (Decided)");
    assert_snapshot!(history(110_103), @"110103 崇文区 -2009 → 110101 东城区 (Decided)");
    assert_snapshot!(history(120_107), @"120107 塘沽区 -2008 → 120116 滨海新区 (Decided)");
    assert_snapshot!(history(320_502), @"320502 沧浪区 -2011 → 320508 姑苏区 (Decided)");
    assert_snapshot!(history(350_402), @"350402 梅列区 1983-2020 → 350404 三元区 (Decided)");
    assert_snapshot!(history(500_112), @"500112 渝北区 1997-2024 → 500157 两江新区 (Decided)");
}

#[test]
fn a_place_keeps_its_history_through_new_codes() {
    assert_snapshot!(history(510_202), @r"
    510202 市中区 -1993 → 510202 渝中区 (Renamed); today 500103 渝中区 (SameName)
    510202 渝中区 1994-1996 → 500103 渝中区 (SameName)
    ");
    assert_snapshot!(history(500_103), @"500103 渝中区 1997-");
    assert_snapshot!(history(110_221), @"110221 昌平县 1982-1998 → 110114 昌平区 (SameName)");
    assert_snapshot!(history(110_223), @"110223 通县 1982-1996 → 110112 通州区 (Inferred)");
    assert_snapshot!(history(330_122), @"330122 桐庐县 -");
    assert_snapshot!(history(330_123), @"330123 富阳县 -1993 → 339019 富阳市 (SameName); today 330111 富阳区 (SameName)");
    assert_snapshot!(history(370_623), @"370623 黄县 1983-1985 → 379002 龙口市 (Decided); today 370681 龙口市 (SameName)");
    assert_snapshot!(history(442_221), @"442221 崖县 -1983 → 442201 三亚市 (Decided); today 460200 三亚市 (SameName)");
    assert_snapshot!(history(460_003), @"460003 儋州市 1993-2002 → 469003 儋州市 (SameName); today 460400 儋州市 (SameName)");
    assert_snapshot!(history(440_301), @"440301 市辖区 1983-");
}

#[test]
fn a_prefecture_went_where_its_counties_went() {
    assert_snapshot!(history(452_200), @"452200 柳州地区 -2001 → 451300 来宾市 (Inferred), 450200 柳州市 (SameName); today 450200 柳州市 (SameName), 451300 来宾市 (Inferred)");
    assert_snapshot!(history(341_400), @"341400 巢湖市 1999-2010 → 340100 合肥市 (Inferred), 340500 马鞍山市 (Inferred), 340200 芜湖市 (Inferred); today 340100 合肥市 (Inferred), 340200 芜湖市 (Inferred), 340500 马鞍山市 (Inferred)");
    assert_snapshot!(history(371_200), @"371200 莱芜市 1992-2017 → 370100 济南市 (Decided)");
    assert_snapshot!(history(420_600), @r"
    420600 襄樊市 -2009 → 420600 襄阳市 (Renamed)
    420600 襄阳市 2010-
    ");
    assert_snapshot!(history(142_100), @"142100 雁北地区 -1992 → 140200 大同市 (Inferred), 140600 朔州市 (Inferred)");
}

#[test]
fn a_code_that_was_given_to_another_place_tells_both() {
    assert_snapshot!(history(132_201), @r"
    132201 邢台市 -1982 → 130500 邢台市 (SameName)
    132201 南宫市 1986-1992 → 139013 南宫市 (SameName); today 130581 南宫市 (SameName)
    ");
    assert_snapshot!(history(430_300), @r"
    430300 湘潭市 -
    430300 邵阳市 1982-1983 → 430500 邵阳市 (SameName)
    ");
}

#[test]
fn codes_before_their_time_and_after_it_are_told_apart() {
    assert_eq!(
        of(500_103).status_in(1975),
        DivisionStatus::NotYet { year: 1997 }
    );
    assert_eq!(of(310_108).status_in(1950), DivisionStatus::InForce);
    assert_eq!(of(310_108).status_in(2014), DivisionStatus::InForce);
    // It went in the course of 2015: who was born that year may have it.
    assert_eq!(of(310_108).status_in(2015), DivisionStatus::InForce);
    assert_eq!(
        of(310_108).status_in(2016),
        DivisionStatus::Abolished { year: 2015 }
    );
    // Given again after a gap: a number of the gap may have been issued later.
    assert_eq!(
        of(132_201).status_in(1984),
        DivisionStatus::NotYet { year: 1986 }
    );
    assert_eq!(
        of(132_201).status_in(1999),
        DivisionStatus::Abolished { year: 1993 }
    );
}

#[test]
fn a_day_tells_what_the_code_named_then() {
    let name = |code: u32, day: &str| {
        let day: CalendarDate = day.parse().unwrap();
        division_on(DivisionKey::of_number(code).unwrap(), day).map(DivisionEra::name)
    };
    assert_eq!(name(420_600, "2009-06-01"), Some("襄樊市"));
    assert_eq!(name(420_600, "2012-06-01"), Some("襄阳市"));
    assert_eq!(name(132_201, "1984-06-01"), None);
    assert_eq!(name(310_108, "1949-10-01"), Some("闸北区"));
}

#[test]
fn hong_kong_macao_and_taiwan_are_known_and_also_the_code_of_residence_permits() {
    for (code, name) in [
        (710_000, "台湾省"),
        (810_000, "香港特别行政区"),
        (820_000, "澳门特别行政区"),
        (830_000, "台湾省"),
    ] {
        assert_eq!(
            (of(code).name(), of(code).status_in(1990)),
            (name, DivisionStatus::InForce)
        );
    }
}

#[test]
fn the_newest_changes_are_in() {
    for code in [
        659_012, 540_481, 653_228, 653_229, 500_157, 460_302, 330_113, 330_114,
    ] {
        assert!(of(code).is_current(), "{code}");
    }
    for code in [540_422, 330_103, 500_105, 500_112, 350_427] {
        assert!(!of(code).is_current(), "{code}");
    }
}

#[test]
fn the_division_above_is_a_place_and_never_a_heading() {
    let above = |code: u32, year: u16| {
        let era = of(code).era_in(year).unwrap();
        era.parent_in(year).map(DivisionEra::name)
    };
    assert_eq!(above(440_305, 2020), Some("深圳市"));
    assert_eq!(above(110_108, 2020), Some("北京市"));
    assert_eq!(above(500_103, 2020), Some("重庆市"));
    assert_eq!(above(419_001, 2020), Some("河南省"));
    assert_eq!(above(452_224, 1990), Some("柳州地区"));
    assert_eq!(above(440_000, 2020), None);
}

#[test]
fn look_ups_equal_a_search_through_all() {
    let all: BTreeSet<u32> = divisions()
        .map(|division| division.code().number())
        .collect();
    assert_eq!(all.len(), divisions().len());
    for number in 100_000..1_000_000 {
        let found = division(DivisionKey::of_number(number).unwrap());
        assert_eq!(
            found.map(|found| found.code().number()),
            all.get(&number).copied()
        );
    }
}

#[test]
fn every_era_has_a_name_ordered_years_and_a_place_above() {
    let mut without_parent = Vec::new();
    for division in divisions() {
        assert!(division.eras().len() > 0);
        let firsts: Vec<_> = division.eras().map(DivisionEra::first_year).collect();
        assert!(firsts.is_sorted(), "{division:?}");
        for era in division.eras() {
            assert_eq!(era.division(), division);
            assert!(!era.name().is_empty());
            let first = era.first_year().unwrap_or(1980);
            let last = era.last_year().unwrap_or(NEWEST);
            assert!(first <= last && last <= NEWEST, "{era:?}");
            if division.level() != DivisionLevel::Province
                && (first..=last).any(|year| era.parent_in(year).is_none())
            {
                without_parent.push(era);
            }
        }
    }
    assert_eq!(without_parent, []);
}

#[test]
fn what_followed_was_there_when_the_era_ended_and_knows_what_came_before() {
    let (mut ended, mut unknown) = (0, 0);
    for era in divisions().flat_map(Division::eras) {
        let Some(last) = era.last_year() else {
            assert_eq!(
                (era.successors().len(), era.today().len()),
                (0, 0),
                "{era:?}"
            );
            continue;
        };
        for step in era.successors() {
            let back = Succession {
                era,
                basis: step.basis,
            };
            assert!(
                step.era.is_listed_in(last + 1) && step.era != era,
                "{era:?} → {:?}",
                step.era
            );
            assert!(step.era.predecessors().any(|found| found == back));
            assert!(!step.era.is_collective(), "{era:?} → {:?}", step.era);
        }
        if !era.is_collective() {
            ended += 1;
            unknown += usize::from(era.successors().len() == 0);
        }
    }
    // Of 98 in a hundred eras that ended it is known what followed.
    assert!(unknown * 50 < ended, "{unknown} of {ended}");
}

#[test]
fn today_is_what_the_steps_lead_to() {
    fn follow(era: DivisionEra, ends: &mut BTreeSet<DivisionEra>) {
        for step in era.successors() {
            if step.era.is_current() {
                ends.insert(step.era);
            } else {
                follow(step.era, ends);
            }
        }
    }
    for era in divisions().flat_map(Division::eras) {
        let mut ends = BTreeSet::new();
        follow(era, &mut ends);
        let today: BTreeSet<_> = era.today().map(|step| step.era).collect();
        assert_eq!(today, ends, "{era:?}");
    }
}

proptest! {
    #[test]
    fn any_code_and_year_is_answered(number in any::<u32>(), year in any::<u16>()) {
        if let Some(found) = DivisionKey::of_number(number).and_then(division) {
            let status = found.status_in(year);
            if found.era_in(year).is_some() {
                prop_assert_eq!(status, DivisionStatus::InForce);
            }
        }
    }
}

#[test]
fn no_name_of_a_division_has_to_be_quoted_in_a_list() {
    let marked =
        |text: &str| text.contains([',', '"', '\\', ';']) || text.contains(char::is_control);
    for division in identifiers::divisions() {
        assert!(!division.eras().any(|era| marked(era.name())));
    }
}
