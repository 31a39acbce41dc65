//! The invariants of `ARCHITECTURE.md` that can be read off the source, one module per invariant.
//!
//! Each check is a function from the source tree to findings. Nothing here builds or runs the
//! project, so it ends in a second and can run before every commit.

mod blanked;
mod console;
mod crate_table;
mod disclosure;
mod finding;
mod glossary;
mod headers;
mod leftovers;
mod length;
mod module_docs;
mod module_order;
mod names;
mod purity;
mod sql_style;
mod table_owner;
mod tree;

use anyhow::{Result, bail};

use finding::Finding;
use tree::Tree;

type Check = fn(&Tree) -> Vec<Finding>;

const CHECKS: [Check; 14] = [
    length::check,
    module_docs::check,
    purity::check,
    crate_table::check,
    module_order::check,
    table_owner::check,
    sql_style::check,
    sql_style::check_exceptions,
    disclosure::check,
    leftovers::check,
    names::check,
    glossary::check,
    headers::check,
    console::check,
];

/// Runs every check on the working copy; fails when one finds something.
pub fn run() -> Result<()> {
    let tree = Tree::of_working_copy()?;
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        eprintln!("tidy: {} files, nothing to correct", tree.files().len());
        return Ok(());
    }
    bail!(
        "tidy: {} findings in {} files looked at",
        findings.len(),
        tree.files().len()
    )
}
