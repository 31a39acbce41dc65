//! `hubu doctor`: proves the store, and names what is wrong by number.

use anyhow::Result;
use domain::Text;
use serde_json::json;
use server::Store;
use server::access::Actor;
use server::operation::doctor::{Examination, Stage, Thoroughness, examine, rebuild};

use crate::commands::Session;
use crate::failure::Refusal;
use crate::language::Language;
use crate::output::{self, Table};
use crate::progress::Progress;

/// Findings on the screen; the JSON has more.
const FINDINGS_SHOWN: usize = 50;

/// Views first, then tallies; what is still wrong after both cannot be rebuilt.
const REBUILDS: usize = 3;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Fold views again that are not what their records fold to, correct counts, and examine once more
    #[arg(long)]
    rebuild: bool,
    /// Look up the keys of N records, spread evenly [default: of all]
    #[arg(long, value_name = "N")]
    sample: Option<u64>,
}

/// Examines the store; fails when something is wrong.
pub async fn run(session: Session, arguments: Arguments) -> Result<()> {
    let store = session.open().await?;
    let thoroughness = Thoroughness {
        sample: arguments.sample,
    };
    let mut examination = look(&session, &store, thoroughness).await?;
    let (mut rounds, mut rebuilt) = (0, 0);
    let actor = Actor::operator();
    while arguments.rebuild
        && rounds < REBUILDS
        && rebuild(&store, &actor.name, &examination).await?
    {
        rounds += 1;
        rebuilt += examination.views_to_rebuild.len();
        examination = look(&session, &store, thoroughness).await?;
    }
    store.database.close().await;
    if session.json {
        let mut report = serde_json::to_value(&examination)?;
        report["views_rebuilt"] = json!(rebuilt);
        output::json(&report)?;
    } else {
        print(&examination, rebuilt, session.language)?;
    }
    if examination.sound {
        return Ok(());
    }
    let found = examination.findings_in_all;
    let text = Text::new(
        format!("体检发现 {found} 处问题"),
        format!("{found} things are wrong"),
    );
    Err(Refusal::failed(text).into())
}

async fn look(session: &Session, store: &Store, thoroughness: Thoroughness) -> Result<Examination> {
    let progress = Progress::new(session.language, ("体检", "examining"));
    let language = session.language;
    let examined = examine(store, thoroughness, |stage, done| {
        progress.tell_stage(word(stage, language), done);
    });
    Ok(examined.await?)
}

fn word(stage: Stage, language: Language) -> &'static str {
    let (zh, en) = match stage {
        Stage::Records => ("记录", "records"),
        Stage::Log => ("审计日志", "audit log"),
        Stage::Memberships => ("归属", "memberships"),
        Stage::Customers => ("客户", "customers"),
        Stage::Index => ("检索索引", "look-up index"),
        Stage::Counts => ("计数", "counts"),
    };
    language.choose(zh, en)
}

fn print(examination: &Examination, rebuilt: usize, language: Language) -> Result<()> {
    let checked = examination.checked;
    let rows = [
        (("记录", "records"), checked.records),
        (("审计条目", "audit entries"), checked.audit_entries),
        (("客户", "customers"), checked.customers),
        (("统一视图", "views"), checked.views),
        (("检索键", "look-up keys"), checked.lookup_keys),
        (("索引条目", "index entries"), checked.index_entries),
        (("批次", "batches"), checked.batches),
        (("重新归并的视图", "views folded again"), rebuilt as u64),
    ];
    let mut table = Table::default();
    for ((zh, en), count) in rows {
        table.push([format!("  {}", language.choose(zh, en)), count.to_string()]);
    }
    table.print()?;
    if examination.sound {
        return output::line(language.choose("一切正常", "all is well"));
    }
    let mut table =
        Table::new(language.choose(["对象", "代码", "问题"], ["what", "code", "problem"]));
    for finding in examination.findings.iter().take(FINDINGS_SHOWN) {
        table.push([
            finding.subject.as_str(),
            finding.code,
            language.of(&finding.text),
        ]);
    }
    table.print()
}
