//! The facts that a pack declares, and those that its rules derive.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Fact, FactProblem, Type};
use crate::foundation::Foundation;
use crate::pack::identifier;
use crate::pack::reading::{Section, Written};
use crate::problem::{Problem, Problems, Wording};
use crate::rule::Kind;
use crate::rules::Derived;

/// Facts that a pack declares, and texts that one of them can be.
const MOST_FACTS: usize = 5_000;
const MOST_VALUES: usize = 1_000;

/// Adds the facts of all files, so that every rule can look at them, wherever it stands; gives the places of those that
/// the pack derives.
pub(super) fn facts(
    sections: &mut [Section<'_>],
    foundation: &mut Foundation,
    problems: &mut Problems,
) -> BTreeSet<usize> {
    let mut declaring = Declaring {
        foundation,
        problems,
        own: BTreeMap::new(),
    };
    let mut derived = BTreeSet::new();
    for section in sections {
        for mut table in section.sections("fact", declaring.problems) {
            let kept = declaring.problems.kept();
            let name = declaring.fact(&mut table);
            table.end(declaring.problems);
            let name = name.map_or("", |name| name.text);
            declaring.problems.concern(kept, "fact", name);
        }
        for mut table in section.peeked(Derived::KEY) {
            let kept = declaring.problems.kept();
            derived.extend(declaring.derived(&mut table));
            let id = table.optional("id", &mut Problems::default());
            let id = id.map_or("", |id| id.text);
            declaring.problems.concern(kept, Derived::KEY, id);
        }
    }
    if declaring.own.len() > MOST_FACTS {
        let wording = Wording::new(
            format!("事实超过 {MOST_FACTS} 个"),
            format!("a pack declares {MOST_FACTS} facts at most"),
        );
        problems.push(Problem::of_file("pack.toml", "too_many_facts", wording));
    }
    derived
}

struct Declaring<'a> {
    foundation: &'a mut Foundation,
    problems: &'a mut Problems,
    /// Names of the pack's own, and whether each is derived.
    own: BTreeMap<String, bool>,
}

impl Declaring<'_> {
    /// Gives the name under which a fact is declared, whether it can be or not.
    fn fact<'a>(&mut self, table: &mut Section<'a>) -> Option<Written<'a>> {
        let name = table.text("name", self.problems);
        let kind = kind(table, self.problems);
        let label = table.label(self.problems);
        let before = self.problems.count();
        let values = table.texts("values", self.problems);
        if values.len() > MOST_VALUES {
            let (zh, en) = (
                format!("values 最多 {MOST_VALUES} 项"),
                format!("a fact has {MOST_VALUES} values at most"),
            );
            let problem = table.problem(&table.span, "too_many_values", zh, en);
            self.problems.push(problem);
        }
        let name = name?;
        let Some(kind) = kind.filter(|_| self.problems.count() == before) else {
            self.foundation.facts.refuse(name.text);
            return Some(name);
        };
        let values = values.iter().map(|value| value.text.to_owned()).collect();
        let fact = Fact {
            name: name.text.to_owned(),
            kind,
            label,
            values,
        };
        self.declare(table, &name, fact, false);
        Some(name)
    }

    /// What is wrong with the id or the label is told when the rule is read.
    fn derived(&mut self, table: &mut Section<'_>) -> Option<usize> {
        let mut told_later = Problems::default();
        let id = table.text("id", &mut told_later);
        let kind = kind(table, self.problems);
        let id = id?;
        if identifier(table, &mut told_later).is_none() || !told_later.is_empty() {
            self.foundation.facts.refuse(id.text);
            return None;
        }
        if let Some(kind) = kind.filter(|kind| !Derived::fits(*kind)) {
            let (zh, en) = (
                format!(
                    "派生事实为 boolean、integer、number、date 或 moment，不为 {}",
                    kind.name()
                ),
                format!(
                    "a derived fact is boolean, integer, number, date or moment, not {}",
                    kind.name()
                ),
            );
            let place = table
                .value("type")
                .map_or(id.span.clone(), toml::Spanned::span);
            self.problems.push(table.problem(&place, "type", zh, en));
        }
        let Some(kind) = kind.filter(|kind| Derived::fits(*kind)) else {
            self.foundation.facts.refuse(id.text);
            return None;
        };
        let fact = Fact {
            name: id.text.to_owned(),
            kind,
            label: table.label(&mut told_later),
            values: Vec::new(),
        };
        let place = self.declare(table, &id, fact, true)?;
        self.foundation.mark_derived(place);
        Some(place)
    }

    fn declare(
        &mut self,
        table: &Section<'_>,
        name: &Written<'_>,
        fact: Fact,
        is_derived: bool,
    ) -> Option<usize> {
        if self.own.len() > MOST_FACTS {
            self.foundation.facts.refuse(name.text);
            return None;
        }
        if let Some(before) = self.own.insert(fact.name.clone(), is_derived) {
            // Two rules of one id are told when they are read.
            if !(before && is_derived) {
                let (zh, en) = (
                    format!("事实 {} 重复", fact.name),
                    format!("fact {} is declared twice", fact.name),
                );
                let problem = table.problem(&name.span, "twice", zh, en);
                self.problems.push(problem);
            }
            return None;
        }
        match self.foundation.facts.declare(fact) {
            Ok(place) => Some(place),
            Err(wrong) => {
                let zh = match &wrong {
                    FactProblem::Otherwise(name) => format!("{name} 在下层规则包中另有声明"),
                    _ => "事实名称为小写单词，以点相连，至少两个".to_owned(),
                };
                let problem = table.problem(&name.span, "fact", zh, wrong.to_string());
                self.problems.push(problem);
                self.foundation.facts.refuse(name.text);
                None
            }
        }
    }
}

fn kind(table: &mut Section<'_>, problems: &mut Problems) -> Option<Type> {
    let word = table.text("type", problems)?;
    let found = Type::ALL.into_iter().find(|kind| kind.name() == word.text);
    if found.is_none() {
        let (zh, en) = (
            "类型为 boolean、integer、number、date、moment、text 或 texts",
            "a type is boolean, integer, number, date, moment, text or texts",
        );
        problems.push(table.problem(&word.span, "type", zh, en));
    }
    found
}
