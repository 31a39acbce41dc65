//! `hubu link`: which records of one or more files are one customer.

mod explain;
mod labels;
mod model_file;
mod reading;
mod report;
mod writing;

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use domain::Text;
use linkage::{Circumstances, Decision, Learned, Linked, Linker, Model, Threshold};
use serde_json::json;

use crate::commands::Session;
use crate::failure::Refusal;
use crate::output;
use crate::progress::Progress;
use reading::{Names, Records};

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    link: LinkArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say why two records are one customer, or are not
    Explain(explain::Arguments),
}

/// What is linked, by which model.
#[derive(Debug, clap::Args)]
struct Input {
    /// The files, with the same columns or some of them: CSV, XLSX, NDJSON or Parquet
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The column that names a record [default: `record_id` or `id`; else the row number]
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Call records by their rows, also where a column could name them
    #[arg(long, conflicts_with = "id")]
    number_rows: bool,
    /// The model: what is compared and what it says [default: learnt from the files]
    #[arg(long, value_name = "FILE.toml")]
    model: Option<PathBuf>,
    /// The chance, from 0 to 1, from which on records are one customer [default: what the model says]
    #[arg(long, value_name = "P", value_parser = chance)]
    threshold: Option<f64>,
    /// Pairs that a person looked at, as `left_id,right_id,same`: learnt from, and never overruled
    #[arg(long, value_name = "FILE.csv")]
    labels: Option<PathBuf>,
    /// The seed of the random pairs that are learnt from; the same seed gives the same answer
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

impl Input {
    fn names(&self) -> Names<'_> {
        match &self.id {
            Some(column) => Names::Column(column),
            None if self.number_rows => Names::Rows,
            None => Names::Found,
        }
    }
}

#[derive(Debug, clap::Args)]
struct LinkArguments {
    #[command(flatten)]
    input: Option<Input>,
    /// Learn the model from the files and keep it in --model
    #[arg(long, requires = "model")]
    learn: bool,
    /// Where the customer of each record goes, as `record_id,cluster_id`
    #[arg(long, value_name = "FILE.csv", default_value = "clusters.csv")]
    output: PathBuf,
    /// Where the pairs go that were worth a second look, with their evidence
    #[arg(long, value_name = "FILE.csv")]
    pairs: Option<PathBuf>,
    /// Where a page with the charts of the model goes
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
}

fn chance(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(chance) if chance > 0.0 && chance < 1.0 => Ok(chance),
        _ => Err("a chance lies between 0 and 1".to_owned()),
    }
}

/// A model, and what is expected of its thresholds if it was learnt just now.
struct Used {
    model: Model,
    curve: Vec<Threshold>,
}

/// Links, or explains.
pub fn run(session: &Session, arguments: Arguments) -> Result<()> {
    let Arguments {
        command,
        link: arguments,
    } = arguments;
    match (command, &arguments.input) {
        (Some(Command::Explain(arguments)), _) => explain::run(session, &arguments),
        (None, Some(input)) => link(session, input, &arguments),
        (None, None) => Err(Refusal::bad_input(Text::new("请给出文件", "name the files")).into()),
    }
}

fn link(session: &Session, input: &Input, arguments: &LinkArguments) -> Result<()> {
    let progress = Progress::new(session.language, ("读取", "reading"));
    let known = input
        .model
        .as_deref()
        .filter(|_| !arguments.learn)
        .map(model_file::read)
        .transpose()?;
    let records = Records::read(&input.files, input.names(), known.as_ref(), |done| {
        progress.tell_stage(session.language.choose("读取", "reading"), done);
    })?;
    progress.tell_stage(session.language.choose("学习", "learning"), records.len());
    let decisions = decisions(input, &records)?;
    let used = used(known, input, &records, &decisions);
    if let Some(path) = input.model.as_deref().filter(|_| arguments.learn) {
        model_file::write(path, &used.model)?;
    }
    progress.tell_stage(session.language.choose("比对", "linking"), records.len());
    let circumstances = Circumstances {
        decisions: &decisions,
        closed: None,
    };
    let linked = Linker::new(used.model.clone())
        .map_err(|problem| model_file::unfit(&problem))?
        .link(&records.book, &circumstances);
    drop(progress);
    writing::clusters(&arguments.output, &records, &linked)?;
    if let Some(path) = &arguments.pairs {
        writing::pairs(path, &records, &used.model, &linked)?;
    }
    if let Some(path) = &arguments.report {
        report::write(path, &records, &used, &linked, session.language)?;
    }
    tell(session, &records, &used.model, &linked, arguments)
}

fn decisions(input: &Input, records: &Records) -> Result<Vec<Decision>> {
    match &input.labels {
        Some(path) => labels::read(path, records),
        None => Ok(Vec::new()),
    }
}

fn used(known: Option<Model>, input: &Input, records: &Records, decisions: &[Decision]) -> Used {
    let mut used = if let Some(model) = known {
        Used {
            model,
            curve: Vec::new(),
        }
    } else {
        let Records { book, header, .. } = records;
        let Learned { model, curve } = linkage::learn_from(book, header, decisions, input.seed);
        Used { model, curve }
    };
    if let Some(chance) = input.threshold {
        used.model.set_threshold(chance);
    }
    used
}

fn tell(
    session: &Session,
    records: &Records,
    model: &Model,
    linked: &Linked,
    arguments: &LinkArguments,
) -> Result<()> {
    let customers = linked
        .parties
        .iter()
        .zip(0_u32..)
        .filter(|(party, row)| *party == row)
        .count();
    let (count, compared) = (records.len(), linked.compared);
    if session.json {
        return output::json(&json!({
            "records": count,
            "rejected_rows": records.rejected,
            "customers": customers,
            "pairs_compared": compared,
            "threshold": linkage::chance(model.threshold_bits),
            "output": arguments.output,
        }));
    }
    let path = arguments.output.display();
    if let Some(first) = &records.first_rejection {
        let rejected = records.rejected;
        output::line(&session.language.choose(
            format!("{rejected} 行读不了，没有参加比对；第一行：{}", first.zh),
            format!(
                "{rejected} rows cannot be read and took no part; the first: {}",
                first.en
            ),
        ))?;
    }
    output::line(&session.language.choose(
        format!("{count} 条记录属于 {customers} 位客户，比对 {compared} 对：{path}"),
        format!("{count} records are {customers} customers, {compared} pairs compared: {path}"),
    ))
}
