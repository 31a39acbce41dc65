//! The report of an import for people.

use anyhow::Result;
use server::pipeline::ImportReport;

use crate::language::Language;
use crate::output::{self, Table};

/// Problems on the screen; the JSON has more, and quarantine has all.
const PROBLEMS_SHOWN: usize = 10;

/// Writes the report.
pub fn print(report: &ImportReport, language: Language) -> Result<()> {
    output::line(&headline(report, language))?;
    counts(report, language).print()?;
    columns(report, language)?;
    for note in &report.notes {
        output::line(&format!("* {}", language.of(note)))?;
    }
    problems(report, language)
}

fn headline(report: &ImportReport, language: Language) -> String {
    let (file, source) = (&report.file, &report.source);
    let seconds = report.seconds;
    match (report.dry_run, report.repeated) {
        (true, _) => language.choose(
            format!("试运行 {file} → 来源 {source}：未写入任何内容（{seconds:.1} 秒）"),
            format!("dry run of {file} into {source}: nothing was written ({seconds:.1} s)"),
        ),
        (false, true) => language.choose(
            format!("{file} 此前已导入来源 {source}：未重复写入"),
            format!("{file} was imported into {source} before: nothing was repeated"),
        ),
        (false, false) => language.choose(
            format!(
                "已导入 {file} → 来源 {source}（{seconds:.1} 秒，持久性 {}）",
                report.durability
            ),
            format!(
                "imported {file} into {source} ({seconds:.1} s, durability {})",
                report.durability
            ),
        ),
    }
}

fn counts(report: &ImportReport, language: Language) -> Table {
    let rows = [
        (("行数", "rows"), report.rows),
        (("接受", "accepted"), report.accepted),
        (("待更正", "quarantined"), report.quarantined),
        (("未变化", "unchanged"), report.unchanged),
        (("新客户", "new customers"), report.new_customers),
        (("并入已有客户", "joined a customer"), report.joined),
        (("待人工核对", "held for review"), report.held_for_review),
        (("客户总数", "customers in all"), report.customers),
    ];
    let mut table = Table::default();
    for ((zh, en), count) in rows {
        table.push([format!("  {}", language.choose(zh, en)), count.to_string()]);
    }
    table
}

fn columns(report: &ImportReport, language: Language) -> Result<()> {
    let known = report.columns.iter().map(|column| {
        let meaning = match (&column.attribute, column.key) {
            (Some(attribute), false) => attribute.clone(),
            (Some(attribute), true) => {
                format!("{attribute} + {}", language.choose("主键", "key"))
            }
            (None, true) => language.choose("主键", "key").to_owned(),
            (None, false) => language.choose("原样保存", "kept as given").to_owned(),
        };
        format!("{} → {meaning}", column.column)
    });
    let list: Vec<String> = known.collect();
    output::line(&format!(
        "{}{}",
        language.choose("字段：", "columns: "),
        list.join(language.choose("；", "; "))
    ))
}

fn problems(report: &ImportReport, language: Language) -> Result<()> {
    if report.problems.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(language.choose(
        ["行", "列", "代码", "原因"],
        ["row", "column", "code", "reason"],
    ));
    for problem in report.problems.iter().take(PROBLEMS_SHOWN) {
        table.push([
            problem.row.to_string(),
            problem.column.clone().unwrap_or_default(),
            problem.code.clone(),
            language.of(&problem.reason).to_owned(),
        ]);
    }
    table.print()?;
    let more = report.quarantined.saturating_sub(PROBLEMS_SHOWN as u64);
    if more > 0 {
        output::line(&language.choose(
            format!("……另有 {more} 行"),
            format!("… and {more} more rows"),
        ))?;
    }
    Ok(())
}
