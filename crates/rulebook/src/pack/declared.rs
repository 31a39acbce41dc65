//! The facts that a pack declares, and those that its rules derive.

use std::collections::BTreeSet;

use crate::facts::{Fact, FactProblem, Type};
use crate::foundation::Foundation;
use crate::pack::reading::Section;
use crate::problem::Problems;
use crate::rules::Derived;

/// Adds the facts of all files, so that every rule can look at them, wherever it stands.
pub(super) fn facts(
    sections: &mut [Section<'_>],
    foundation: &mut Foundation,
    problems: &mut Problems,
) {
    let mut own = BTreeSet::new();
    for section in sections {
        for mut declared in section.sections("fact", problems) {
            fact(&mut declared, "name", &mut own, foundation, problems);
            declared.end(problems);
        }
        for mut derived in section.peeked("derived") {
            let place = fact(&mut derived, "id", &mut own, foundation, problems);
            if let Some((place, kind)) = place {
                foundation.mark_derived(place);
                if !Derived::fits(kind) {
                    let (zh, en) = (
                        "派生事实为 boolean、integer、number 或 date",
                        "a derived fact is boolean, integer, number or date",
                    );
                    problems.push(derived.problem(&derived.span, "type", zh, en));
                }
            }
        }
    }
}

fn fact(
    table: &mut Section<'_>,
    key: &'static str,
    own: &mut BTreeSet<String>,
    foundation: &mut Foundation,
    problems: &mut Problems,
) -> Option<(usize, Type)> {
    let before = problems.len();
    let name = table.text(key, problems);
    let kind = kind(table, problems);
    let label = table.label(problems);
    let values = table.texts("values", problems);
    let (name, kind) = (name?, kind?);
    if problems.len() > before {
        return None;
    }
    let fact = Fact {
        name: name.text.to_owned(),
        kind,
        label,
        values: values.iter().map(|value| value.text.to_owned()).collect(),
    };
    if !own.insert(fact.name.clone()) {
        let (zh, en) = (
            format!("事实 {} 重复", fact.name),
            format!("fact {} is declared twice", fact.name),
        );
        problems.push(table.problem(&name.span, "twice", zh, en));
        return None;
    }
    match foundation.facts.declare(fact) {
        Ok(place) => Some((place, kind)),
        Err(wrong) => {
            let zh = match &wrong {
                FactProblem::Otherwise(name) => format!("{name} 在下层规则包中另有声明"),
                _ => "事实名称为小写单词，以点相连，至少两个".to_owned(),
            };
            problems.push(table.problem(&name.span, "fact", zh, wrong.to_string()));
            None
        }
    }
}

fn kind(table: &mut Section<'_>, problems: &mut Problems) -> Option<Type> {
    let word = table.text("type", problems)?;
    let found = Type::ALL.into_iter().find(|kind| kind.name() == word.text);
    if found.is_none() {
        let (zh, en) = (
            "类型为 boolean、integer、number、date、text 或 texts",
            "a type is boolean, integer, number, date, text or texts",
        );
        problems.push(table.problem(&word.span, "type", zh, en));
    }
    found
}
