//! What moves a grade beside the scores of a scorecard: modifiers, floors, direct cases, prudent scores.

mod support;

use rulebook::{Pack, Part};
use support::{SAID, facts, loaded, refused, verdict};

/// Two items of which a level says the score, a modifier up, one down, a floor and a direct case.
fn card() -> String {
    let declared = facts(&[
        "a.level integer",
        "a.other integer",
        "a.worse boolean",
        "a.better boolean",
        "a.exposed boolean",
        "a.harmless boolean",
    ]);
    let label = "label = { zh = \"项\", en = \"a part\" }";
    let cases = |fact: &str| {
        let case = |score: u8| format!("{{ when = '{fact} == {score}', score = {score} }}");
        (1..5).map(case).collect::<Vec<_>>().join(", ")
    };
    let item = |id: &str, weight: &str| {
        let cases = cases(&format!("a.{id}"));
        format!(
            "{{ id = \"{id}\", {label}, family = \"f\", weight = {weight}, otherwise = 5, prudent = 4, case = [{cases}] }},\n"
        )
    };
    let items = item("level", "62.5") + &item("other", "37.5");
    let part =
        |id: &str, rest: &str| format!("{{ id = \"{id}\", {label}, when = 'a.{id}', {rest} }},\n");
    let modifiers = part("worse", "points = 12.25") + &part("better", "points = -30");
    let floors = part("exposed", "grade = \"medium\"");
    let direct = part("harmless", "grade = \"low\"");
    let grades = format!(
        "{{ id = \"low\", {label}, up_to = 40 }},\n{{ id = \"medium\", {label}, up_to = 70 }},\n{{ id = \"high\", {label} }},\n"
    );
    let shown = "{ given = { \"a.level\" = 1, \"a.other\" = 1 }, total = \"20\", grade = \"low\" },\n{ given = { \"a.level\" = 3, \"a.other\" = 3 }, total = \"60\", grade = \"medium\" },\n{ given = {}, total = \"80\", grade = \"high\" },\n";
    format!(
        "{declared}[[scorecard]]\nid = \"card\"\n{SAID}levels = 5\ngrade = [\n{grades}]\nitem = [\n{items}]\nmodifier = [\n{modifiers}]\nfloor = [\n{floors}]\ndirect = [\n{direct}]\nexample = [\n{shown}]\n"
    )
}

/// Total and grade of a row.
#[track_caller]
fn rated(pack: &Pack, given: &str) -> String {
    let verdict = verdict(pack, "card", given);
    format!("{} {}", verdict.total.unwrap_or_default(), verdict.outcome)
}

const MIDDLE: &str = "\"a.level\" = 3\n\"a.other\" = 3\n";
const LOWEST: &str = "\"a.level\" = 1\n\"a.other\" = 1\n";
const HIGHEST: &str = "\"a.level\" = 5\n\"a.other\" = 5\n";

#[test]
fn modifiers_add_up_and_the_total_stays_between_its_bounds() {
    let (pack, coverage) = loaded(&card());
    assert_eq!((coverage.rules, coverage.covered), (1, 1));
    let with = |levels: &str, rest: &str| rated(&pack, &format!("{levels}{rest}"));
    assert_eq!(with(MIDDLE, "\"a.worse\" = true"), "72.25 high");
    assert_eq!(with(MIDDLE, "\"a.better\" = true"), "30 low");
    assert_eq!(
        with(MIDDLE, "\"a.better\" = true\n\"a.worse\" = true"),
        "42.25 medium"
    );
    assert_eq!(with(LOWEST, "\"a.better\" = true"), "20 low");
    assert_eq!(with(HIGHEST, "\"a.worse\" = true"), "100 high");
}

#[test]
fn a_floor_lifts_what_is_lower_and_nothing_else() {
    let (pack, _) = loaded(&card());
    let with = |levels: &str| rated(&pack, &format!("{levels}\"a.exposed\" = true"));
    assert_eq!(with(LOWEST), "20 medium");
    assert_eq!(with(MIDDLE), "60 medium");
    assert_eq!(with(HIGHEST), "100 high");
    let lifted = verdict(&pack, "card", &format!("{LOWEST}\"a.exposed\" = true"));
    assert_eq!(lifted.reasons[0].part, Part::Floor);
    let kept = verdict(&pack, "card", &format!("{MIDDLE}\"a.exposed\" = true"));
    assert!(kept.reasons.iter().all(|reason| reason.part == Part::Item));
}

#[test]
fn a_floor_holds_over_a_direct_case_too() {
    let (pack, _) = loaded(&card());
    let direct = format!("{HIGHEST}\"a.harmless\" = true\n");
    assert_eq!(rated(&pack, &direct), "100 low");
    assert_eq!(
        rated(&pack, &format!("{direct}\"a.exposed\" = true")),
        "100 medium"
    );
}

#[test]
fn a_missing_fact_scores_prudently_and_leaves_modifiers_and_floors_out() {
    let (pack, _) = loaded(&card());
    let verdict = verdict(&pack, "card", "\"a.level\" = 2");
    // 62.5 × 2 ÷ 5 + 37.5 × 4 ÷ 5.
    assert_eq!(
        (verdict.total.as_deref(), verdict.outcome.as_str()),
        (Some("55"), "medium")
    );
    let prudent: Vec<bool> = verdict
        .reasons
        .iter()
        .map(|reason| reason.prudent)
        .collect();
    assert_eq!(prudent, [false, true]);
    let all = ["a.other", "a.worse", "a.better", "a.exposed", "a.harmless"];
    assert_eq!(verdict.missing, all);
}

#[test]
fn mistakes_of_a_card_are_told_once() {
    let rules = card();
    refused(
        &rules,
        "points = 12.25",
        "points = 100.01",
        "number",
        "100.01",
    );
    refused(
        &rules,
        "points = 12.25",
        "points = \"many\"",
        "number",
        "\"many\"",
    );
    refused(
        &rules,
        ", points = 12.25",
        "",
        "missing",
        "{ id = \"worse\"",
    );
    refused(
        &rules,
        "weight = 62.5",
        "weight = 62",
        "weights",
        "[[scorecard]]",
    );
    refused(&rules, "weight = 62.5", "weight = -1", "number", "-1");
    refused(&rules, "weight = 62.5, ", "", "weight", "{ id = \"level\"");
}

#[test]
fn mistakes_of_grades_and_scores_are_told_once() {
    let rules = card();
    refused(
        &rules,
        "up_to = 40",
        "up_to = \"some\"",
        "number",
        "\"some\"",
    );
    refused(
        &rules,
        "when = 'a.level == 2'",
        "when = 'a.level == 1'",
        "unreachable",
        "'a.level == 1'",
    );
    refused(&rules, "prudent = 4", "prudent = 6", "number", "6");
    refused(&rules, "levels = 5\n", "", "missing", "[[scorecard]]");
    refused(
        &rules,
        "grade = \"medium\" },\n]\ndirect",
        "grade = \"middle\" },\n]\ndirect",
        "unknown_grade",
        "\"middle\"",
    );
    refused(
        &rules,
        "total = \"60\"",
        "total = \"61\"",
        "example",
        "{ given",
    );
}
