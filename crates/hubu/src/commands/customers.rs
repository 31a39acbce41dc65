//! `hubu customers`: the list, the search, one customer, and which records were found to be one.

use std::path::{Path, PathBuf};

use anyhow::Result;
use domain::Text;
use domain::register::{CustomerNumber, SearchBy};
use serde_json::json;
use server::Store;
use server::access::Actor;
use server::operation::book::list_clusters;
use server::register::{
    CustomerFilter, CustomerRow, list_customers, search_customers, view_customer,
};
use tables::{Format, Writer};

use crate::commands::{Session, shown};
use crate::failure::Refusal;
use crate::language::Language;
use crate::output::{self, Table};

/// Customers of one page at most, as over HTTP.
const MOST: u32 = 500;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    search: Search,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write a CSV that says which customer each record of a source was found to speak of
    Clusters {
        /// The source
        #[arg(long, value_name = "NAME")]
        source: String,
        /// The file: `record_key,customer_number`
        #[arg(long, value_name = "CSV")]
        output: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct Search {
    /// Show the customer with this number
    #[arg(long, value_name = "NUMBER", group = "what")]
    number: Option<CustomerNumber>,
    /// By identity number, credit code or organisation code
    #[arg(long, value_name = "NUMBER", group = "what")]
    id_number: Option<String>,
    /// By telephone number
    #[arg(long, value_name = "NUMBER", group = "what")]
    phone: Option<String>,
    /// By the last four characters of a number
    #[arg(long, value_name = "TEXT", group = "what")]
    last_four: Option<String>,
    /// By the beginning of a name
    #[arg(long, group = "what")]
    name: Option<String>,
    /// By pinyin or initials
    #[arg(long, group = "what")]
    pinyin: Option<String>,
    /// By the whole value of a column that nobody recognised
    #[arg(long, value_name = "TEXT", group = "what")]
    whole_value: Option<String>,
    /// Only customers that this source speaks of
    #[arg(long, value_name = "NAME", conflicts_with = "what")]
    source: Option<String>,
    /// How many, 500 at most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    limit: u32,
}

impl Search {
    fn text(&self) -> Option<(SearchBy, &str)> {
        let ways = [
            (SearchBy::IdNumber, &self.id_number),
            (SearchBy::Phone, &self.phone),
            (SearchBy::LastFour, &self.last_four),
            (SearchBy::Name, &self.name),
            (SearchBy::Pinyin, &self.pinyin),
            (SearchBy::WholeValue, &self.whole_value),
        ];
        ways.into_iter()
            .find_map(|(by, text)| Some((by, text.as_deref()?)))
    }
}

/// Finds and shows.
pub async fn run(session: Session, arguments: Arguments) -> Result<()> {
    let store = session.open_to_show().await?;
    if let Some(Command::Clusters { source, output }) = arguments.command {
        return clusters(&session, &store, &source, &output).await;
    }
    let search = arguments.search;
    if let Some(number) = search.number {
        return view(&session, &store, number).await;
    }
    let limit = i64::from(search.limit);
    let page = if let Some((by, text)) = search.text() {
        search_customers(&store, text, Some(by), None, limit).await?
    } else {
        let filter = CustomerFilter {
            source: search.source,
            ..CustomerFilter::default()
        };
        list_customers(&store, &filter, None, limit).await?
    };
    if session.json {
        let count = page.count;
        return output::json(&json!({ "customers": page.items, "count": count }));
    }
    print(&page.items, session.language)
}

fn print(customers: &[CustomerRow], language: Language) -> Result<()> {
    let mut table = Table::new(language.choose(
        ["客户号", "类型", "名称", "记录", "来源", "证件号码", "手机"],
        [
            "number",
            "kind",
            "name",
            "records",
            "sources",
            "id number",
            "mobile",
        ],
    ));
    for customer in customers {
        table.push([
            customer.number.clone(),
            customer.kind.to_owned(),
            customer.name.clone(),
            customer.records.to_string(),
            customer.sources.join(","),
            customer.id_number.as_ref().map(shown).unwrap_or_default(),
            customer.mobile.as_ref().map(shown).unwrap_or_default(),
        ]);
    }
    table.print()
}

async fn view(session: &Session, store: &Store, number: CustomerNumber) -> Result<()> {
    let view = view_customer(store, number, None).await?;
    if session.json {
        return output::json(&view);
    }
    let language = session.language;
    let records = view.records_count;
    output::line(&format!(
        "{}  {}  {}  {records} {}",
        view.number,
        view.kind,
        view.name,
        language.choose("条记录", "records")
    ))?;
    if let Some(asked) = &view.redirected_from {
        output::line(&language.choose(
            format!("客户号 {asked} 已并入此客户"),
            format!("the number {asked} redirects here"),
        ))?;
    }
    let mut table = Table::default();
    for value in view.groups.iter().flat_map(|group| &group.values) {
        table.push([
            format!("  {}", language.choose(&value.label.zh, &value.label.en)),
            shown(&value.value),
            value.source.clone(),
        ]);
    }
    for unknown in &view.unknown_columns {
        table.push([
            format!("  {}", unknown.column),
            shown(&unknown.value),
            unknown.source.clone(),
        ]);
    }
    table.print()
}

async fn clusters(session: &Session, store: &Store, source: &str, path: &Path) -> Result<()> {
    let mut writer = Writer::create(path, Format::Csv, &["record_key", "customer_number"])?;
    let mut failed = None;
    let told = list_clusters(store, &Actor::operator(), source, |key, number| {
        if failed.is_none() {
            failed = writer.write_row(&[Some(key), Some(number)]).err();
        }
        Ok(())
    })
    .await?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    writer.finish()?;
    store.database.close().await;
    if session.json {
        return output::json(&json!({ "source": source, "series": told, "output": path }));
    }
    if told == 0 {
        let text = Text::new("该来源没有记录", "the source has no records");
        return Err(Refusal::failed(text).into());
    }
    output::line(&session.language.choose(
        format!("已写出 {told} 行：{}", path.display()),
        format!("wrote {told} lines: {}", path.display()),
    ))
}
