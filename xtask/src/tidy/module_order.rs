//! Modules of `server` depend only backwards in dependency order.
//!
//! Data flows intake → resolution → register → …; dependency order is another order, and this table
//! is the one place that states it.

use super::finding::Finding;
use super::tree::{SourceFile, Tree};

/// A module may name the ones before it.
const ORDER: [&str; 19] = [
    "organisation",
    "protection",
    "audit",
    "jobs",
    "access",
    "approval",
    "register",
    "packs",
    "authenticity",
    "resolution",
    "intake",
    "diligence",
    "screening",
    "risk",
    "value",
    "credit",
    "service",
    "appraisal",
    "sharing",
];

/// Modules outside the order: what each may name, and who may name it.
const EXCEPTIONS: [Exception; 8] = [
    // What every capability stands on: the clock, the open store with its keys, problems and pages.
    Exception {
        module: "clock",
        names: &[],
        named_by: EVERYBODY,
    },
    Exception {
        module: "store",
        names: &["clock", "protection", "index"],
        named_by: EVERYBODY,
    },
    // The look-up index knows keys and references, not what they mean; the store keeps its cache.
    Exception {
        module: "index",
        names: &["clock", "store"],
        named_by: EVERYBODY,
    },
    Exception {
        module: "http",
        names: &["clock", "store", "protection"],
        named_by: EVERYBODY,
    },
    // Looks at all capabilities from above: health, doctor, counts.
    Exception {
        module: "operation",
        names: EVERYBODY,
        named_by: &["pipeline", "wiring"],
    },
    // Composes the stages of an import or a desk entry; only the wiring starts it.
    Exception {
        module: "pipeline",
        names: EVERYBODY,
        named_by: &["operation", "wiring"],
    },
    // Puts everything together.
    Exception {
        module: "wiring",
        names: EVERYBODY,
        named_by: &[],
    },
    // The root of the crate, seen from the binary.
    Exception {
        module: "lib",
        names: EVERYBODY,
        named_by: &[],
    },
];
const EVERYBODY: &[&str] = &["*"];

struct Exception {
    module: &'static str,
    names: &'static [&'static str],
    named_by: &'static [&'static str],
}

/// Reads each `crate::module` and each `crate::{a, b}` of the code, not of the tests.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut strangers = Vec::new();
    for file in tree.with_ending(".rs") {
        let Some(from) = file.server_module() else {
            continue;
        };
        if !is_known(from) && !strangers.contains(&from) {
            strangers.push(from);
            let advice = format!(
                "module `{from}` stands in no order: add it to the table in xtask/src/tidy/module_order.rs"
            );
            findings.push(Finding::new(&file.path, 1, advice));
        }
        findings.extend(check_file(file, from));
    }
    findings
}

fn check_file(file: &SourceFile, from: &str) -> Vec<Finding> {
    references(&file.code())
        .into_iter()
        .filter(|(_, to)| to != from && is_known(to) && !may_name(from, to))
        .map(|(line, to)| {
            let advice = format!("`{from}` names `{to}`, which comes after it in dependency order: let `pipeline` compose them, or pass what is needed");
            Finding::new(&file.path, line, advice)
        })
        .collect()
}

fn is_known(module: &str) -> bool {
    ORDER.contains(&module) || exception(module).is_some()
}

fn exception(module: &str) -> Option<&'static Exception> {
    EXCEPTIONS
        .iter()
        .find(|exception| exception.module == module)
}

fn may_name(from: &str, to: &str) -> bool {
    let lists = |list: &[&str], name: &str| list.iter().any(|one| *one == "*" || *one == name);
    match (exception(from), exception(to)) {
        (None, None) => rank(to) < rank(from),
        (Some(from), None) => lists(from.names, to),
        (None, Some(to)) => lists(to.named_by, from),
        // Whoever may name everything may also start what few may name.
        (Some(source), Some(target)) => {
            lists(source.names, to)
                && (lists(target.named_by, from) || ["lib", "wiring"].contains(&from))
        }
    }
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

/// Line and module of every path that starts at the root of the crate.
fn references(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (position, prefix) in code.match_indices("crate::") {
        let preceded_by_word = code[..position]
            .ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$');
        if preceded_by_word {
            continue;
        }
        let line = code[..position].matches('\n').count() + 1;
        let rest = &code[position + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_members(group).into_iter().map(|name| (line, name))),
            None => found.push((line, first_word(rest))),
        }
    }
    found
}

/// `a` and `b` of `a::{x, y}, b}`.
fn group_members(group: &str) -> Vec<String> {
    let mut depth = 1_usize;
    let mut members = vec![String::new()];
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' if depth == 1 => members.push(String::new()),
            _ => {}
        }
        if depth == 1
            && character != ','
            && let Some(member) = members.last_mut()
        {
            member.push(character);
        }
    }
    members
        .iter()
        .map(|member| first_word(member.trim()))
        .filter(|name| !name.is_empty())
        .collect()
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|character| character.is_alphanumeric() || *character == '_')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn a_module_that_names_a_later_one_is_found() {
        let text = "use crate::audit;\nuse crate::{\n    clock,\n    intake::{Batch, Row},\n};\n// crate::risk\n";
        let tree = Tree::of(&[
            ("crates/server/src/register/mod.rs", text),
            ("crates/server/src/pipeline.rs", text),
        ]);
        assert_eq!(
            listed(&check(&tree)),
            "crates/server/src/register/mod.rs:2: `register` names `intake`, which comes after it in dependency order: let `pipeline` compose them, or pass what is needed"
        );
    }

    #[test]
    fn nobody_but_the_wiring_names_the_pipeline() {
        let text = "crate::pipeline::import();\n";
        let tree = Tree::of(&[
            ("crates/server/src/intake/routes.rs", text),
            ("crates/server/src/wiring.rs", text),
        ]);
        assert_eq!(check(&tree).len(), 1);
    }

    #[test]
    fn a_module_outside_the_table_is_named() {
        let tree = Tree::of(&[
            ("crates/server/src/helpers.rs", ""),
            ("crates/server/src/jobs/mod.rs", ""),
        ]);
        assert!(listed(&check(&tree)).contains("module `helpers` stands in no order"));
    }
}
