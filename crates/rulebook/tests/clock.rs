//! Time limits: across holidays and worked weekends, to the ends of months, by cases.

mod support;

use proptest::prelude::*;
use rulebook::{Pack, Rule};
use support::{SAID, facts, loaded, refused, rule, verdict};

/// The days around the Spring Festival of 2026 as an institution would write them.
const DAYS: &str = r#"weekend = ["saturday", "sunday"]
holidays = [2026-02-16, 2026-02-17, 2026-02-18, 2026-02-19, 2026-02-20, 2026-02-23]
working_days = [2026-02-14, 2026-02-28]
known_to = 2026-12-31
example = [
    { given = 2026-02-14, expect = true },
    { given = 2026-02-15, expect = false },
]
"#;

fn clock(within: &str, due: &str) -> String {
    let declared = facts(&["a.from date", "a.urgent boolean", "a.closed boolean"]);
    let calendar = format!("[[calendar]]\nid = \"days\"\n{SAID}{DAYS}");
    let shown = format!(
        "example = [\n{{ given = {{ \"a.from\" = 2026-02-13 }}, expect = {due} }},\n{{ given = {{}}, expect = \"missing\" }},\n]\n"
    );
    format!(
        "{declared}{calendar}[[clock]]\nid = \"due\"\n{SAID}starts = \"a.from\"\ncalendar = \"days\"\nwithin = {{ {within} }}\n{shown}"
    )
}

#[track_caller]
fn due(pack: &Pack, from: &str) -> String {
    verdict(pack, "due", &format!("\"a.from\" = {from}")).outcome
}

#[track_caller]
fn is_due(within: &str, from: &str, expected: &str) {
    let rules = clock(within, "\"missing\"").replacen("\"a.from\" = 2026-02-13", "", 1);
    let (pack, _) = loaded(&rules);
    assert_eq!(due(&pack, from), expected, "{within} from {from}");
}

#[test]
fn working_days_pass_over_holidays_and_count_worked_weekends() {
    let (_, coverage) = loaded(&clock("working_days = 1", "2026-02-14"));
    assert_eq!((coverage.rules, coverage.covered), (2, 2));
    // Friday the 13th: Saturday is worked, then a week of holidays with its weekends and Monday the 23rd.
    is_due("working_days = 2", "2026-02-13", "2026-02-24");
    is_due("working_days = 6", "2026-02-13", "2026-02-28");
    is_due("working_days = 7", "2026-02-13", "2026-03-02");
    is_due("working_days = 5", "2026-03-02", "2026-03-09");
    is_due("working_days = 1", "2026-02-17", "2026-02-24");
}

#[test]
fn a_month_after_the_last_of_january_is_the_last_of_february() {
    is_due("months = 1", "2026-01-31", "2026-02-28");
    is_due("months = 1", "2028-01-31", "2028-02-29");
    is_due("months = 6", "2026-08-31", "2027-02-28");
    is_due("months = 1", "2026-02-28", "2026-03-28");
    is_due("months = 12", "2026-12-15", "2027-12-15");
    is_due("years = 1", "2028-02-29", "2029-02-28");
    is_due("years = 3", "2026-11-22", "2029-11-22");
    is_due("days = 30", "2026-01-31", "2026-03-02");
}

#[test]
fn the_first_case_that_holds_says_how_long() {
    let rules = clock("days = 30", "\"missing\"")
        .replace("within = {", "case = [{ when = 'a.urgent', within = { days = 1 } }]\nwhen = '!a.closed'\nwithin = {")
        .replace("{ given = {}", "{ given = { \"a.closed\" = true }, expect = \"not_applicable\" },\n{ given = { \"a.closed\" = false, \"a.urgent\" = true, \"a.from\" = 2026-01-31 }, expect = \"2026-02-01\" },\n{ given = {}");
    let (pack, coverage) = loaded(&rules);
    assert_eq!(coverage.covered, 2);
    let told = |given: &str| {
        let verdict = verdict(&pack, "due", given);
        format!("{} {:?}", verdict.outcome, verdict.missing)
    };
    let slow = "\"a.closed\" = false\n\"a.urgent\" = false\n\"a.from\" = 2026-01-01";
    assert_eq!(told(slow), "2026-01-31 []");
    let open = "\"a.closed\" = false\n\"a.from\" = 2026-01-01";
    assert_eq!(told(open), "missing [\"a.urgent\"]");
    let unbegun = "\"a.closed\" = false\n\"a.urgent\" = false";
    assert_eq!(told(unbegun), "missing [\"a.from\"]");
    assert_eq!(told("\"a.closed\" = true"), "not_applicable []");
}

#[test]
fn mistakes_of_clocks_and_calendars_are_told_once() {
    let rules = clock("working_days = 1", "2026-02-14");
    refused(
        &rules,
        "within = { working_days = 1 }",
        "within = { weeks = 1 }",
        "unknown_key",
        "weeks",
    );
    refused(
        &rules,
        "working_days = 1 }",
        "working_days = 1, days = 2 }",
        "within",
        "{ working",
    );
    refused(
        &rules,
        "working_days = 1 }",
        "working_days = 0 }",
        "number",
        "0",
    );
    refused(&rules, "calendar = \"days\"\n", "", "missing", "[[clock]]");
    refused(
        &rules,
        "calendar = \"days\"\n",
        "calendar = \"none\"\n",
        "unknown_calendar",
        "\"none\"",
    );
    refused(
        &rules,
        "starts = \"a.from\"",
        "starts = \"a.urgent\"",
        "wrong_type",
        "\"a.urgent\"",
    );
    refused(
        &rules,
        "starts = \"a.from\"",
        "starts = \"a.form\"",
        "unknown_fact",
        "\"a.form\"",
    );
    refused(
        &rules,
        "expect = 2026-02-14",
        "expect = 2026-02-15",
        "example",
        "{ given",
    );
}

#[test]
fn a_calendar_that_could_not_be_read_is_told_of_once_and_not_by_the_clocks_that_name_it() {
    let rules = clock("working_days = 1", "2026-02-14");
    refused(
        &rules,
        "[\"saturday\", ",
        "[\"someday\", ",
        "day_of_week",
        "\"someday\"",
    );
    refused(&rules, "given = 2026-02-14, ", "", "missing", "{ expect");
    refused(
        &rules,
        "given = 2026-02-14, ",
        "given = 14, ",
        "date",
        "14,",
    );
}

proptest! {
    #[test]
    fn the_working_day_is_the_one_that_counting_finds(from in 20_400_i32..20_600, count in 0_u32..400) {
        let (pack, _) = loaded(&clock("working_days = 1", "2026-02-14"));
        let Rule::Calendar(calendar) = rule(&pack, "days") else {
            panic!("no calendar");
        };
        let (mut day, mut left) = (from, count);
        while left > 0 {
            day += 1;
            left -= u32::from(calendar.is_working_day(day));
        }
        prop_assert_eq!(calendar.after(from, count), day);
    }
}
