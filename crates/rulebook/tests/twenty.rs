//! Twenty mistakes in one pack: all are told at once, each once and at its place, and nothing that only follows from one.

use rulebook::{Foundation, Problem, load};

const FILES: [(&str, &str); 4] = [
    ("pack.toml", include_str!("packs/twenty/pack.toml")),
    ("facts.toml", include_str!("packs/twenty/facts.toml")),
    (
        "conditions.toml",
        include_str!("packs/twenty/conditions.toml"),
    ),
    ("tables.toml", include_str!("packs/twenty/tables.toml")),
];

/// File, line and column, code, and what stands there.
const MISTAKES: [(&str, &str, &str); 20] = [
    ("conditions.toml:13:9", "unknown_fact", "person.turnovr"),
    (
        "conditions.toml:20:9",
        "impossible_value",
        "person.kind == ",
    ),
    ("conditions.toml:26:10", "unknown_source", "\"ordre\""),
    ("conditions.toml:38:33", "syntax", "'"),
    ("conditions.toml:47:5", "example", "{ given"),
    ("facts.toml:3:8", "type", "\"day\""),
    ("facts.toml:14:9", "missing", "{ zh = \"客户类型\" }"),
    ("facts.toml:18:8", "fact", "\"Person.age\""),
    ("facts.toml:28:8", "twice", "\"person.turnover\""),
    ("facts.toml:48:9", "wrong_type", "'person.turnover * 2'"),
    ("facts.toml:54:1", "circle", "[[derived]]"),
    ("pack.toml:7:1", "unknown_key", "colour"),
    ("pack.toml:12:14", "confidence", "\"sure\""),
    ("tables.toml:8:5", "bands", "{ id = \"high\""),
    ("tables.toml:19:5", "bands", "{ id = \"high\""),
    ("tables.toml:23:1", "weights", "[[scorecard]]"),
    ("tables.toml:37:102", "unknown_grade", "\"highest\""),
    (
        "tables.toml:51:14",
        "unreachable",
        "'person.turnover >= 10'",
    ),
    ("tables.toml:62:12", "unknown_calendar", "\"none\""),
    ("tables.toml:79:9", "mask", "\"keep:1\""),
];

#[test]
fn all_twenty_are_told_at_once_and_nothing_else() {
    let files = FILES.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let problems = load(&files.into(), &Foundation::default()).unwrap_err();
    let place = |problem: &Problem| {
        let Problem {
            file, line, column, ..
        } = problem;
        (format!("{file}:{line}:{column}"), problem.code)
    };
    let found: Vec<(String, &str)> = problems.iter().map(place).collect();
    let expected = MISTAKES.map(|(place, code, _)| (place.to_owned(), code));
    assert_eq!(found, expected);
    for (problem, (_, _, text)) in problems.iter().zip(MISTAKES) {
        let rest: String = problem.excerpt.chars().skip(problem.column - 1).collect();
        assert!(rest.starts_with(text), "{problem}");
    }
}
