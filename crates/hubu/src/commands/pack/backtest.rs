//! `hubu pack backtest`: what a pack of a folder would move in the book.

use std::path::PathBuf;

use anyhow::Result;
use domain::Text;
use server::packs::{BacktestResult, EditionRow, Moved, PackError, run_backtest, today, unit_of};

use crate::commands::Session;
use crate::commands::pack::{folder, told};
use crate::failure::Refusal;
use crate::output::{self, Table};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the pack as it would be
    folder: PathBuf,
    /// The unit whose own packs count too [default: that of the pack]
    #[arg(long)]
    branch: Option<String>,
}

pub async fn run(session: &Session, arguments: &Arguments) -> Result<()> {
    let files = folder::read(&arguments.folder)?;
    let edition = EditionRow::unkept(files.clone()).ok_or_else(|| {
        let told = Text::new(
            "pack.toml 不完整，请先检查",
            "its pack.toml is not whole: check it first",
        );
        Refusal::bad_input(told)
    })?;
    let branch = unit_of(&edition, arguments.branch.clone())?;
    let store = session.open().await?;
    let day = today(server::clock::now()).max(edition.effective_from);
    let found = run_backtest(&store, &edition, (day, branch), None).await;
    store.database.close().await;
    let found = match found {
        Err(PackError::Unsound(problems)) => return Err(told(session, &problems)),
        found => found?,
    };
    if session.json {
        return output::json(&found);
    }
    tell(session, &found)
}

fn tell(session: &Session, found: &BacktestResult) -> Result<()> {
    let (customers, rules) = (found.customers, found.rules.len());
    let summary = Text::new(
        format!("回测 {customers} 个客户，{rules} 条规则的结论会变动"),
        format!("{customers} customers judged; {rules} rules would say something else"),
    );
    output::line(session.language.of(&summary))?;
    if let Some(branch) = &found.branch {
        let told = Text::new(
            format!("全部客户均视同分支机构 {branch} 的客户判断：主档未记录客户属于哪个分支机构"),
            format!(
                "all customers were judged as if they were those of the branch {branch}: the register does not know whose they are"
            ),
        );
        output::line(session.language.of(&told))?;
    }
    for moved in &found.rules {
        let Moved { rule, label, .. } = moved;
        let label = Text::new(label.zh.clone(), label.en.clone());
        let (label, count) = (session.language.of(&label), moved.moved);
        output::line("")?;
        let told = Text::new(
            format!("{rule} {label}：{count} 个客户变动"),
            format!("{rule} {label}: {count} customers move"),
        );
        output::line(session.language.of(&told))?;
        matrix(moved).print()?;
        sampled(moved).print()?;
    }
    Ok(())
}

/// From above to the side.
fn matrix(moved: &Moved) -> Table {
    let mut outcomes: Vec<&str> = Vec::new();
    for step in &moved.matrix {
        for outcome in [&step.from, &step.to] {
            if !outcomes.contains(&outcome.as_str()) {
                outcomes.push(outcome);
            }
        }
    }
    let mut table = Table::new(["  ↓ →"]);
    table.push(["  "].into_iter().chain(outcomes.iter().copied()));
    for from in &outcomes {
        let cells = outcomes.iter().map(|to| {
            let mut steps = moved.matrix.iter();
            let step = steps.find(|step| step.from == *from && step.to == *to);
            step.map_or_else(String::new, |step| step.customers.to_string())
        });
        let row: Vec<String> = [format!("  {from}")].into_iter().chain(cells).collect();
        table.push(row);
    }
    table
}

fn sampled(moved: &Moved) -> Table {
    let mut table = Table::default();
    for customer in &moved.sampled {
        let side = |verdict: &Option<server::packs::RuleVerdict>| match verdict {
            None => "-".to_owned(),
            Some(verdict) => match &verdict.total {
                Some(total) => format!("{total} {}", verdict.outcome),
                None => verdict.outcome.clone(),
            },
        };
        table.push([
            format!("  {}", customer.customer),
            format!("{} → {}", side(&customer.before), side(&customer.after)),
        ]);
    }
    table
}
