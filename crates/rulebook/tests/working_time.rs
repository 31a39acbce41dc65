//! Clocks of hours and minutes: by the opening hours of a calendar or by the clock, and what is only an estimate.

mod support;

use proptest::prelude::*;
use rulebook::{Calendar, Foundation, Pack, Rule, load, moment, written_moment};
use support::{SAID, facts, files, head, loaded, mistakes, refused, rule, told, verdict};

const HOURS: &str = r#"hours = [{ from = "08:30", to = "12:00" }, { from = "13:30", to = "17:30" }]
"#;

/// The days around the Spring Festival of 2026, seven and a half hours each.
fn calendar(hours: &str) -> String {
    format!(
        r#"[[calendar]]
id = "counter"
{SAID}weekend = ["saturday", "sunday"]
holidays = [2026-02-16, 2026-02-17, 2026-02-18, 2026-02-19, 2026-02-20, 2026-02-23]
working_days = [2026-02-14, 2026-02-28]
known_to = 2026-12-31
{hours}example = [{{ given = 2026-02-14, expect = true }}, {{ given = 2026-02-15, expect = false }}]
"#
    )
}

fn clock(within: &str) -> String {
    let declared = facts(&["a.told moment", "a.day date", "a.grave boolean"]);
    format!(
        r#"{declared}{}[[clock]]
id = "due"
{SAID}starts = "a.told"
calendar = "counter"
within = {{ {within} }}
example = [{{ given = {{}}, expect = "missing" }}]
"#,
        calendar(HOURS)
    )
}

#[track_caller]
fn due(within: &str, from: &str) -> String {
    let (pack, _) = loaded(&clock(within));
    verdict(&pack, "due", &format!("\"a.told\" = {from}")).outcome
}

fn counter(pack: &Pack) -> &Calendar {
    match rule(pack, "counter") {
        Rule::Calendar(calendar) => calendar,
        _ => panic!("no calendar"),
    }
}

#[test]
fn working_time_is_counted_in_opening_hours_alone() {
    let is_due = |within: &str, from: &str, expected: &str| {
        assert_eq!(due(within, from), expected, "{within} from {from}");
    };
    is_due(
        "working_minutes = 15",
        "2026-03-02T09:00:30",
        "2026-03-02T09:15:30",
    );
    // Over noon, over night and over the festival.
    is_due(
        "working_minutes = 15",
        "2026-03-02T11:50:00",
        "2026-03-02T13:35:00",
    );
    is_due(
        "working_minutes = 15",
        "2026-03-02T17:20:00",
        "2026-03-03T08:35:00",
    );
    is_due(
        "working_minutes = 15",
        "2026-02-14T17:20:00",
        "2026-02-24T08:35:00",
    );
    is_due(
        "working_hours = 15",
        "2026-02-13T08:30:00",
        "2026-02-14T17:30:00",
    );
    is_due(
        "working_hours = 16",
        "2026-02-13T08:30:00",
        "2026-02-24T09:30:00",
    );
}

#[test]
fn what_starts_while_closed_counts_from_the_next_opening() {
    for from in [
        "2026-03-02T03:00:00",
        "2026-03-01T12:00:00",
        "2026-02-28T17:30:00",
        "2026-03-02T08:30",
    ] {
        assert_eq!(
            due("working_minutes = 1", from),
            "2026-03-02T08:31:00",
            "{from}"
        );
    }
    assert_eq!(
        due("working_hours = 1", "2026-03-02T12:00:00"),
        "2026-03-02T14:30:00"
    );
}

#[test]
fn what_is_used_up_at_a_closing_is_due_at_that_closing() {
    assert_eq!(
        due("working_hours = 1", "2026-03-02T11:00:00"),
        "2026-03-02T12:00:00"
    );
    assert_eq!(
        due("working_minutes = 450", "2026-02-14T08:30:00"),
        "2026-02-14T17:30:00"
    );
    assert_eq!(
        due("working_minutes = 450", "2026-03-01T08:30:00"),
        "2026-03-02T17:30:00"
    );
    assert_eq!(
        due("working_minutes = 451", "2026-02-14T08:30:00"),
        "2026-02-24T08:31:00"
    );
}

#[test]
fn plain_time_passes_by_night_and_days_begin_with_the_day_of_a_moment() {
    assert_eq!(
        due("minutes = 30", "2026-02-14T23:45:10"),
        "2026-02-15T00:15:10"
    );
    assert_eq!(
        due("hours = 24", "2026-02-14T23:45:10"),
        "2026-02-15T23:45:10"
    );
    assert_eq!(due("days = 1", "2026-02-14T23:45:10"), "2026-02-15");
    assert_eq!(due("working_days = 1", "2026-02-14T23:45:10"), "2026-02-24");
}

#[test]
fn an_outcome_behind_the_announced_holidays_is_told_to_be_an_estimate() {
    let estimated = |within: &str, from: &str| {
        let (pack, _) = loaded(&clock(within));
        let verdict = verdict(&pack, "due", &format!("\"a.told\" = {from}"));
        let after = verdict.estimated_after.map(rulebook::written_day);
        (verdict.outcome, after)
    };
    let known_to = Some("2026-12-31".to_owned());
    let told = |outcome: &str, after: &Option<String>| (outcome.to_owned(), after.clone());
    let last = "2026-12-31T16:00:00";
    assert_eq!(
        estimated("working_minutes = 90", last),
        told("2026-12-31T17:30:00", &None)
    );
    assert_eq!(
        estimated("working_minutes = 91", last),
        told("2027-01-01T08:31:00", &known_to)
    );
    assert_eq!(
        estimated("working_days = 1", last),
        told("2027-01-01", &known_to)
    );
    // No calendar is asked for these.
    assert_eq!(
        estimated("hours = 24", last),
        told("2027-01-01T16:00:00", &None)
    );
    assert_eq!(estimated("months = 1", last), told("2027-01-31", &None));
    // A day that is worked until midnight ends before the next.
    let around = clock("working_hours = 8")
        .replace(HOURS, "hours = [{ from = \"00:00\", to = \"24:00\" }]\n");
    let (pack, _) = loaded(&around);
    let verdict = verdict(&pack, "due", &format!("\"a.told\" = {last}"));
    assert_eq!(
        (verdict.outcome.as_str(), verdict.estimated_after),
        ("2027-01-01T00:00:00", None)
    );
}

/// Expects one mistake in the rules of a clock of fifteen minutes.
#[track_caller]
fn wrong(old: &str, new: &str, code: &str, place: &str) {
    refused(&clock("working_minutes = 15"), old, new, code, place);
}

#[test]
fn mistakes_of_hours_are_told_once_and_at_their_place() {
    wrong("\"12:00\"", "\"12:60\"", "hours", "\"12:60\"");
    wrong("\"12:00\"", "12", "wrong_type", "12");
    wrong("\"08:30\"", "\"24:00\"", "hours", "\"24:00\"");
    wrong("\"12:00\"", "\"08:30\"", "hours", "{ from = \"08:30\"");
    wrong("\"13:30\"", "\"11:30\"", "hours", "{ from = \"11:30\"");
    let slip = ("to = \"12:00\"", "too = \"12:00\"");
    wrong(slip.0, slip.1, "unknown_key", "too");
    wrong(HOURS, "hours = []\n", "hours", "[]");
    wrong(HOURS, "", "hours", "\"counter\"");
}

#[test]
fn hours_are_counted_from_moments_and_not_beside_days() {
    let starts = ("starts = \"a.told\"", "starts = \"a.day\"");
    wrong(starts.0, starts.1, "wrong_type", "\"a.day\"");
    let within = "within = { working_minutes = 15 }";
    let many = "within = { working_hours = 50001 }";
    wrong(within, many, "number", "50001");
    wrong("calendar = \"counter\"\n", "", "missing", "[[clock]]");
    let mixed = "within = { minutes = 15 }\ncase = [{ when = 'a.grave', within = { days = 1 } }]";
    wrong(within, mixed, "within", "{ days = 1 }");
}

#[test]
fn moments_have_no_zone_and_are_no_days() {
    for zoned in [
        "2026-03-02T08:30:00Z",
        "2026-03-02T08:30:00+08:00",
        "2026-03-02T08:30:00.5",
        "2026-03-02",
    ] {
        for zoned in [zoned.to_owned(), format!("\"{zoned}\"")] {
            let given = format!("given = {{ \"a.told\" = {zoned} }}");
            wrong("given = {}", &given, "wrong_value", &zoned);
        }
    }
    let (day, moment) = ("expect = 2026-03-02", "expect = 2026-03-02T08:30:00");
    wrong("expect = \"missing\"", day, "expect", "2026-03-02");
    let days = clock("days = 1");
    refused(
        &days,
        "expect = \"missing\"",
        moment,
        "expect",
        "2026-03-02T08",
    );
}

#[test]
fn moments_are_examples_conditions_bands_and_derived_facts() {
    let rules = format!(
        r#"{}[[derived]]
id = "a.first"
type = "moment"
{SAID}value = 'a.told < a.heard ? a.told : a.heard'
example = [
    {{ given = {{ "a.told" = 2026-03-02T08:30, "a.heard" = "2026-03-02T08:29:59" }}, expect = 2026-03-02 08:29:59 }},
    {{ given = {{}}, expect = "missing" }},
]
[[condition]]
id = "same-day"
{SAID}when = 'date(a.first) == date("2026-03-02") && a.first >= moment("2026-03-02T08:00:00")'
example = [
    {{ given = {{ "a.told" = 2026-03-02T23:59:59, "a.heard" = 2026-03-03T00:00:00 }}, expect = true }},
    {{ given = {{ "a.told" = 2026-03-02T07:59:59, "a.heard" = 2026-03-03T00:00:00 }}, expect = false }},
    {{ given = {{}}, expect = "missing" }},
]
[[bands]]
id = "shift"
{SAID}of = 'a.told'
band = [
    {{ id = "first", label = {{ zh = "早", en = "first" }}, up_to = 2026-03-02T12:00:00 }},
    {{ id = "second", label = {{ zh = "晚", en = "second" }}, above = 2026-03-02T12:00:00 }},
]
example = [
    {{ given = {{ "a.told" = 2026-03-02T12:00:00 }}, expect = "first" }},
    {{ given = {{ "a.told" = 2026-03-02T12:00:01 }}, expect = "second" }},
    {{ given = {{}}, expect = "missing" }},
]
"#,
        facts(&["a.told moment", "a.heard moment"])
    );
    let (pack, coverage) = loaded(&rules);
    assert_eq!((coverage.rules, coverage.covered), (3, 3));
    let given = "\"a.told\" = 2026-03-02T08:30:00\n\"a.heard\" = 2026-03-02T09:00:00";
    assert_eq!(
        verdict(&pack, "a.first", given).outcome,
        "2026-03-02T08:30:00"
    );
    let mixed = rules.replacen("a.first >= moment(", "a.first >= date(", 1);
    assert_eq!(mistakes(&mixed).len(), 1);
    let zoned = rules.replacen("T08:00:00\")", "T08:00:00Z\")", 1);
    assert!(
        mistakes(&zoned)[0].starts_with("moment: moment("),
        "{:?}",
        mistakes(&zoned)
    );
}

#[test]
fn a_calendar_keeps_the_hours_by_which_clocks_beneath_count() {
    let (beneath, _) = loaded(&clock("working_minutes = 15"));
    let above = |hours: &str| {
        let mut above = files(&calendar(hours));
        above.insert("pack.toml".to_owned(), head("above", "institution"));
        load(&above, &beneath.foundation)
    };
    assert!(above("hours = [{ from = \"09:00\", to = \"17:00\" }]\n").is_ok());
    let problems = above("").map(drop).unwrap_err();
    assert_eq!(problems.len(), 1, "{:?}", told(&problems));
    assert_eq!(problems[0].code, "hours");
    assert!(load(&files(&calendar("")), &Foundation::default()).is_ok());
}

/// Steps of a third of a minute, one after the other.
fn walked(calendar: &Calendar, from: i64, minutes: u32) -> i64 {
    let is_open = |at: i64| {
        let of_day = at.rem_euclid(86_400) / 60;
        let is_within = (510..720).contains(&of_day) || (810..1_050).contains(&of_day);
        let day = i32::try_from(at.div_euclid(86_400));
        is_within && day.is_ok_and(|day| calendar.is_working_day(day))
    };
    let (mut at, mut left) = (from, minutes * 3);
    while left > 0 {
        left -= u32::from(is_open(at));
        at += 20;
    }
    at
}

/// Thirds of minutes about the Spring Festival of 2026.
fn starts() -> impl Strategy<Value = i64> {
    let from = moment("2026-02-10T00:00").unwrap_or_default();
    (0_i64..25 * 86_400 / 20).prop_map(move |third| from + third * 20)
}

proptest! {
    #[test]
    fn working_time_is_what_walking_finds(from in starts(), minutes in 1_u32..2_000) {
        let (pack, _) = loaded(&clock("minutes = 1"));
        let found = counter(&pack).worked_after(from, minutes);
        let walked = walked(counter(&pack), from, minutes);
        prop_assert_eq!(found.map(written_moment), Some(written_moment(walked)));
    }

    #[test]
    fn more_time_or_a_later_start_never_ends_earlier(from in -20_000_000_000_i64..20_000_000_000, later in 0_i64..100_000, minutes in 1_u32..2_000_000, more in 0_u32..1_000) {
        let (pack, _) = loaded(&clock("minutes = 1"));
        let due = |from, minutes| counter(&pack).worked_after(from, minutes);
        let (first, longer) = (due(from, minutes), due(from, minutes + more));
        prop_assert!(first >= Some(from + i64::from(minutes) * 60));
        prop_assert!(first.map(|first| first + i64::from(more) * 60) <= longer);
        prop_assert!(first <= due(from + later, minutes));
    }
}
