//! Packs that somebody made to hurt: each is refused or read, and none takes long or much memory.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::Location;
use std::time::{Duration, Instant};

use rulebook::{Foundation, Problem, differences, load};
use support::{SAID, facts, files, head};

/// Generous beside what each takes: a debug build on a machine that has other things to do.
const LONGEST: Duration = Duration::from_secs(30);

/// What is said of these rules: nothing, or the codes of what is wrong.
#[track_caller]
fn answered(rules: &str) -> Vec<&'static str> {
    answered_of(&files(rules))
}

#[track_caller]
fn answered_of(files: &BTreeMap<String, String>) -> Vec<&'static str> {
    let started = Instant::now();
    let answer = load(files, &Foundation::default()).map(drop);
    let taken = started.elapsed();
    println!("{}: {taken:?}", Location::caller());
    assert!(taken < LONGEST, "{taken:?}");
    let problems: Vec<Problem> = answer.err().unwrap_or_default();
    assert!(problems.len() <= 100, "{}", problems.len());
    if let Some(first) = problems.first() {
        println!("{first}");
    }
    problems.iter().map(|problem| problem.code).collect()
}

fn condition(id: usize, when: &str, examples: &str) -> String {
    format!("[[condition]]\nid = \"c{id}\"\n{SAID}when = '{when}'\nexample = [{examples}]\n")
}

const SHOWN: &str = "{ given = { \"a.x\" = 1 }, expect = true }, { given = { \"a.x\" = 2 }, expect = false }, { given = {}, expect = \"missing\" }";

#[test]
fn nested_toml_is_refused() {
    let arrays = format!("x = {}{}", "[".repeat(300_000), "]".repeat(300_000));
    let tables = format!("x = {}1{}", "{a=".repeat(200_000), "}".repeat(200_000));
    let dotted = format!("{} = 1", vec!["a"; 300_000].join("."));
    let header = format!("[{}]", vec!["a"; 300_000].join("."));
    let open = "[".repeat(900_000);
    for rules in [arrays, tables, dotted, header, open] {
        assert!(!answered(&rules).is_empty());
        let found = differences(&files(&rules), &files("a = 1"));
        let told = format!("{found:?}");
        assert!(found.len() == 1 && told.len() < 20_000, "{}", told.len());
    }
}

#[test]
fn a_file_of_nothing_but_unknown_keys_is_refused() {
    let keys: String = (0..70_000).fold(String::new(), |mut keys, key| {
        let _infallible = writeln!(keys, "k{key} = {key}");
        keys
    });
    assert_eq!(answered(&keys), ["unknown_key"; 100]);
    let one_table = format!("[[condition]]\n{keys}");
    assert!(answered(&one_table).contains(&"unknown_key"));
}

#[test]
fn files_are_not_larger_and_not_more_than_people_write() {
    assert_eq!(answered(&" ".repeat((1 << 20) + 1)), ["too_big"]);
    let mut many = files("");
    for file in 0..101 {
        many.insert(format!("{file}.toml"), String::new());
    }
    assert_eq!(answered_of(&many), ["too_many_files"]);
}

#[test]
fn lists_of_a_hundred_thousand_are_read_or_refused() {
    let list = vec!["1"; 300_000].join(", ");
    assert_eq!(answered(&format!("x = [{list}]")), ["unknown_key"]);
    let days = vec!["2026-01-01"; 70_000].join(", ");
    let calendar = format!("[[calendar]]\nid = \"c\"\n{SAID}holidays = [{days}]\n");
    assert_eq!(answered(&calendar), ["missing_example"]);
    let values = vec!["\"v\""; 100_000].join(", ");
    let fact = facts(&["a.x text"]) + &format!("values = [{values}]\n");
    assert_eq!(answered(&fact), ["too_many_values"]);
}

#[test]
fn a_hundred_thousand_examples_are_run() {
    let example = "{ given = {}, expect = \"missing\" }, ".repeat(25_000);
    let rules = facts(&["a.x integer"]) + &condition(1, "a.x == 1", &(example.clone() + SHOWN));
    let mut all = files(&rules);
    let list = "files = [\"rules.toml\", \"2.toml\", \"3.toml\", \"4.toml\"]";
    let first = head("to-try", "industry").replace("files = [\"rules.toml\"]", list);
    all.insert("pack.toml".to_owned(), first);
    for file in 2..5 {
        let rules = condition(file, "a.x == 1", &(example.clone() + SHOWN));
        all.insert(format!("{file}.toml"), rules);
    }
    assert_eq!(answered_of(&all), [""; 0]);
}

#[test]
fn clocks_of_many_working_days_are_counted_for_many_examples() {
    let calendar = format!(
        "[[calendar]]\nid = \"days\"\n{SAID}weekend = [\"saturday\", \"sunday\"]\nexample = [{{ given = 2026-01-05, expect = true }}, {{ given = 2026-01-04, expect = false }}]\n"
    );
    let example = "{given={\"a.x\"=2026-01-01},expect=\"2026-01-01\"},".repeat(20_000);
    let clock = format!(
        "[[clock]]\nid = \"due\"\n{SAID}starts = \"a.x\"\ncalendar = \"days\"\nwithin = {{ working_days = 50000 }}\nexample = [{example}]\n"
    );
    let codes = answered(&(facts(&["a.x date"]) + &calendar + &clock));
    assert_eq!(codes, ["example"; 100]);
}

#[test]
fn clocks_of_many_working_minutes_are_counted_for_many_examples() {
    let period = |minute: usize| {
        let time = |minute: usize| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{{from=\"{}\",to=\"{}\"}},", time(minute), time(minute + 1))
    };
    let hours: String = (0..60).map(|place| period(place * 20)).collect();
    let calendar = format!(
        "[[calendar]]\nid = \"days\"\n{SAID}weekend = [\"saturday\", \"sunday\"]\nhours = [{hours}]\nexample = [{{ given = 2026-01-05, expect = true }}, {{ given = 2026-01-04, expect = false }}]\n"
    );
    let example = "{given={\"a.x\"=2026-01-01T00:00},expect=\"missing\"},".repeat(20_000);
    let clock = format!(
        "[[clock]]\nid = \"due\"\n{SAID}starts = \"a.x\"\ncalendar = \"days\"\nwithin = {{ working_minutes = 3000000 }}\nexample = [{example}]\n"
    );
    let codes = answered(&(facts(&["a.x moment"]) + &calendar + &clock));
    assert_eq!(codes, ["example"; 100]);
    let many: String = (0..1_000).map(|_| period(600)).collect();
    let calendar = calendar.replace(&hours, &many.repeat(10));
    assert!(answered(&calendar).contains(&"too_many_parts"));
}

#[test]
fn expressions_that_branch_without_end_are_read_or_refused() {
    let chain = vec!["a.x==1"; 400].join("||");
    let mixed = vec!["a.x==1&&a.x==2||!(a.x==3)"; 150].join("||");
    let choices = vec!["a.x==1?true:"; 300].concat() + "false";
    let brackets = "(".repeat(1_000) + "a.x == 1" + &")".repeat(1_000);
    let sums = vec!["a.x"; 900].join("+") + " == 1";
    let minus = "-".repeat(3_900) + "a.x == 1";
    let lists = format!("a.x in [{}]", vec!["1"; 1_900].join(","));
    let points = format!("a{} == 1", ".x".repeat(1_900));
    let calls = "years(".repeat(600) + "a.x" + &")".repeat(600);
    let ins = vec!["a.x in [1]"; 300].join(" in ");
    let less = vec!["a.x"; 900].join("<");
    let all = [
        chain, mixed, choices, brackets, sums, minus, lists, points, calls, ins, less,
    ];
    for when in all {
        let mut rules = facts(&["a.x integer"]);
        for copy in 0..20 {
            rules += &condition(copy, &when, SHOWN);
        }
        answered(&rules);
    }
}

#[test]
fn one_id_for_thousands_of_rules_is_told() {
    let one = condition(1, "a.x == 1", SHOWN);
    let rules = facts(&["a.x integer"]) + &one.repeat(4_000);
    assert_eq!(answered(&rules), ["twice"; 100]);
    let bare = "[[mask]]\n".repeat(100_000);
    assert!(!answered(&bare).is_empty());
    let same = facts(&["a.x integer"]).repeat(10_000);
    assert_eq!(answered(&same), ["twice"; 100]);
}

#[test]
fn files_outside_of_the_pack_are_not_there() {
    for name in [
        "../x.toml",
        "/etc/passwd",
        "a/../../b.toml",
        "pack.toml",
        "\\u0000",
    ] {
        let mut all = files("");
        let listed = format!("files = [\"rules.toml\", \"{name}\"]");
        let first = head("to-try", "industry").replace("files = [\"rules.toml\"]", &listed);
        all.insert("pack.toml".to_owned(), first);
        assert_eq!(answered_of(&all), ["missing_file"], "{name}");
    }
}

#[test]
fn derived_facts_two_thousand_deep_are_computed() {
    let mut rules = facts(&["a.f2000 integer"]);
    for step in 0..2_000 {
        let shown = format!(
            "{{ given = {{ \"a.f2000\" = 0 }}, expect = {} }}, {{ given = {{}}, expect = \"missing\" }}",
            2_000 - step
        );
        let _infallible = writeln!(
            rules,
            "[[derived]]\nid = \"a.f{step}\"\n{SAID}type = \"integer\"\nvalue = 'a.f{} + 1'\nexample = [{shown}]",
            step + 1
        );
    }
    assert_eq!(answered(&rules), [""; 0]);
    let circle = rules.replacen(
        "[[fact]]\nname = \"a.f2000\"",
        "[[fact]]\nname = \"a.other\"",
        1,
    );
    let circle = circle.replacen("'a.f2000 + 1'", "'a.f0 + 1'", 1);
    let circle = circle.replace("given = { \"a.f2000\" = 0 }", "given = {}");
    assert_eq!(answered(&circle), ["circle"]);
}

#[test]
fn decision_tables_of_thousands_of_rows_are_checked() {
    let table = |hit: &str, when: &dyn Fn(usize) -> String| {
        let mut rules = facts(&["a.x integer", "a.y number", "a.z text"]);
        let _infallible = writeln!(
            rules,
            "[[decision]]\nid = \"d\"\n{SAID}hit = \"{hit}\"\noutcome = [{{ id = \"yes\", label = {{ zh = \"是\", en = \"yes\" }} }}]\notherwise = \"yes\"\nexample = [{{ given = {{}}, expect = \"missing\" }}]"
        );
        for row in 0..8_000 {
            let _infallible = writeln!(
                rules,
                "[[decision.row]]\nwhen = '{}'\ngives = \"yes\"",
                when(row)
            );
        }
        rules.truncate(1 << 20);
        let end = rules.rfind("[[decision.row]]").unwrap_or_default();
        rules.truncate(end);
        rules
    };
    let different = |row: usize| format!("a.x == {row} && a.y > {row}.5");
    let alike = |_: usize| "a.x in [1,5,9] && a.y > 1.0 && a.z in [\"a\",\"b\"]".to_owned();
    assert!(!answered(&table("first", &different)).is_empty());
    assert_eq!(answered(&table("first", &alike)), ["unreachable"; 100]);
    assert!(!answered(&table("collect", &alike)).is_empty());
}

#[test]
fn dictionaries_of_tens_of_thousands_of_codes_are_read() {
    let mut rules = format!(
        "[[dictionary]]\nid = \"d\"\n{SAID}example = [{{ given = \"n5\", expect = \"c5\" }}, {{ given = \"x\", expect = \"missing\" }}]\n"
    );
    let mut all = files(&rules);
    for code in 0..13_000 {
        let parent = if code == 0 {
            String::new()
        } else {
            format!("\nparent = \"c{}\"", code - 1)
        };
        let _infallible = writeln!(
            rules,
            "[[dictionary.code]]\ncode = \"c{code}\"\nlabel = {{ zh = \"n{code}\", en = \"e{code}\" }}{parent}"
        );
    }
    rules.truncate((1 << 20).min(rules.len()));
    let end = rules.rfind("[[dictionary.code]]").unwrap_or_default();
    rules.truncate(end);
    all.insert("rules.toml".to_owned(), rules);
    assert_eq!(answered_of(&all), [""; 0]);
}

#[test]
fn numbers_that_are_none_or_too_large_are_refused() {
    let bands = |bound: &str| {
        let label = "label = { zh = \"档\", en = \"a band\" }";
        format!(
            "{}[[bands]]\nid = \"b\"\n{SAID}of = 'a.x'\nband = [{{ id = \"low\", {label}, below = {bound} }}, {{ id = \"high\", {label}, from = 1 }}]\nexample = [{{ given = {{ \"a.x\" = 5 }}, expect = \"high\" }}]\n",
            facts(&["a.x number"])
        )
    };
    for bound in ["nan", "inf", "-inf", "99999999999999999999999"] {
        assert!(!answered(&bands(bound)).is_empty(), "{bound}");
    }
    let mask = format!(
        "[[mask]]\nid = \"m\"\n{SAID}attribute = \"a\"\nshape = \"keep:18446744073709551615:9\"\nexample = [{{ given = \"abc\", expect = \"***\" }}]\n"
    );
    assert_eq!(answered(&mask), [""; 0]);
    let given = facts(&["a.x number"])
        + &condition(
            1,
            "a.x > 1.0",
            "{ given = { \"a.x\" = nan }, expect = true }",
        );
    assert_eq!(answered(&given), ["wrong_value"]);
    let rows = facts(&["a.x integer"]) + &condition(1, "a.x == 99999999999999999999", SHOWN);
    assert!(!answered(&rows).is_empty());
}

#[test]
fn whatever_is_refused_has_a_reason() {
    for when in [
        "years(a.x, a.x).y == 1",
        "[1][0].z",
        "rs(a.x))))l)) == r\"c\" // x",
        "has(f(1).x)",
    ] {
        let rules = facts(&["a.x integer"]) + &condition(1, when, SHOWN);
        assert_eq!(answered(&rules).len(), 1, "{when}");
    }
}
