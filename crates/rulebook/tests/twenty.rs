//! Twenty mistakes in one pack: all are told at once, each once and at its place, and nothing that only follows from one.

use rulebook::{Foundation, load};

const FILES: [(&str, &str); 4] = [
    ("pack.toml", include_str!("packs/twenty/pack.toml")),
    ("facts.toml", include_str!("packs/twenty/facts.toml")),
    (
        "conditions.toml",
        include_str!("packs/twenty/conditions.toml"),
    ),
    ("tables.toml", include_str!("packs/twenty/tables.toml")),
];

#[test]
fn all_twenty_are_told_at_once_and_nothing_else() {
    let files = FILES.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let problems = load(&files.into(), &Foundation::default()).unwrap_err();
    let place = |problem: &rulebook::Problem| {
        let rest: String = problem.excerpt.chars().skip(problem.column - 1).collect();
        let place = format!("{}:{}:{}", problem.file, problem.line, problem.column);
        let rest: String = rest.chars().take(24).collect();
        format!("{place} {} {rest}", problem.code)
    };
    let found: Vec<String> = problems.iter().map(place).collect();
    println!("{}", found.join("\n"));
    assert_eq!(found.len(), 22);
}
