//! `hubu records`: records as they were given, and the whole store as lines of JSON.

use std::fs::OpenOptions;
use std::io::BufWriter;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use domain::Text;
use domain::register::CustomerNumber;
use serde_json::json;
use server::access::Actor;
use server::operation::book::{RecordFilter, RecordRow, list_records};
use server::operation::dump::dump;
use server::protection::Purpose;

use crate::commands::{Session, shown};
use crate::failure::Refusal;
use crate::language::Language;
use crate::output::{self, Table};

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write everything that the store says, in clear, as lines of JSON that hold no id and no instant
    Dump {
        /// The file; readable by its owner only
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
        /// To what end; stands in the audit log
        #[arg(long)]
        purpose: PurposeName,
    },
}

#[derive(Debug, clap::Args)]
struct List {
    /// Only of this source
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Only of the customer with this number
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["source", "batch"])]
    customer: Option<CustomerNumber>,
    /// Only of this batch
    #[arg(long, value_name = "N")]
    batch: Option<i64>,
    /// How many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    /// One JSON object a line
    #[arg(long)]
    ndjson: bool,
    /// Show everything in full; stands in the audit log
    #[arg(long, requires = "purpose")]
    unmask: bool,
    /// To what end
    #[arg(long, requires = "unmask")]
    purpose: Option<PurposeName>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PurposeName {
    /// Serving the customer who is here.
    Service,
    /// Checking who somebody is.
    Verification,
    /// A duty of the law.
    Compliance,
    /// Correcting what is wrong.
    Correction,
}

impl From<PurposeName> for Purpose {
    fn from(name: PurposeName) -> Self {
        match name {
            PurposeName::Service => Self::Service,
            PurposeName::Verification => Self::Verification,
            PurposeName::Compliance => Self::Compliance,
            PurposeName::Correction => Self::Correction,
        }
    }
}

/// Lists or dumps.
pub async fn run(session: Session, arguments: Arguments) -> Result<()> {
    match arguments.command {
        Some(Command::Dump { output, purpose }) => write(&session, &output, purpose).await,
        None => list(&session, arguments.list).await,
    }
}

async fn list(session: &Session, list: List) -> Result<()> {
    let filter = RecordFilter {
        source: list.source,
        customer: list.customer,
        batch: list.batch,
        limit: i64::from(list.limit),
        unmask: list.purpose.filter(|_| list.unmask).map(Purpose::from),
    };
    let store = session.open_to_show().await?;
    let records = list_records(&store, &Actor::operator(), &filter).await?;
    if list.ndjson {
        return records.iter().try_for_each(output::json_line);
    }
    if session.json {
        return output::json(&json!({ "records": records }));
    }
    print(&records, session.language)
}

fn print(records: &[RecordRow], language: Language) -> Result<()> {
    let mut table = Table::new(language.choose(
        ["记录", "版本", "来源", "主键", "批次/行", "客户号", "内容"],
        [
            "record",
            "version",
            "source",
            "key",
            "batch/row",
            "customer",
            "says",
        ],
    ));
    for record in records {
        let says: Vec<String> = record
            .values
            .iter()
            .map(|value| {
                let name = value.attribute.as_deref().or(value.column.as_deref());
                format!("{}={}", name.unwrap_or("?"), shown(&value.value))
            })
            .collect();
        let place = match (record.batch, record.row) {
            (Some(batch), Some(row)) => format!("{}/{row}", batch.0),
            _ => String::new(),
        };
        table.push([
            record.id.0.to_string(),
            record.version.to_string(),
            record.source.clone(),
            record.key.as_ref().map(shown).unwrap_or_default(),
            place,
            record.customer.clone().unwrap_or_default(),
            says.join(" "),
        ]);
    }
    table.print()
}

async fn write(session: &Session, path: &Path, purpose: PurposeName) -> Result<()> {
    let store = session.open_to_show().await?;
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .map_err(|error| unusable(path, &error))?;
    let output = BufWriter::with_capacity(1 << 20, file);
    let lines = dump(&store, &Actor::operator(), purpose.into(), output).await?;
    store.database.close().await;
    if session.json {
        return output::json(&json!({ "output": path, "lines": lines }));
    }
    let path = path.display();
    output::line(&session.language.choose(
        format!("已转储 {lines} 行到 {path}（明文，请妥善保管）"),
        format!("dumped {lines} lines to {path} (in clear: keep it safe)"),
    ))
}

fn unusable(path: &Path, error: &std::io::Error) -> Refusal {
    let path = path.display();
    Refusal::bad_input(Text::new(
        format!("无法写入 {path}：{error}"),
        format!("{path} cannot be written: {error}"),
    ))
}
