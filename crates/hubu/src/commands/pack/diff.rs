//! `hubu pack diff`: what two packs say otherwise, rule by rule, and of given facts.

use std::path::PathBuf;

use anyhow::Result;
use domain::Text;
use rulebook::{Change, Difference, Verdict, differences};
use serde_json::json;

use crate::commands::Session;
use crate::commands::pack::{facts, folder, load};
use crate::output::{self, Table};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the pack as it is
    before: PathBuf,
    /// The folder of the pack as it would be
    after: PathBuf,
    /// Facts that both judge: a TOML file with a value for each that is known
    #[arg(long)]
    facts: Option<PathBuf>,
}

/// A rule that says something else of the facts.
struct Judged {
    rule: String,
    before: Option<Verdict>,
    after: Option<Verdict>,
}

pub fn run(session: &Session, arguments: &Arguments) -> Result<()> {
    let found = differences(
        &folder::read(&arguments.before)?,
        &folder::read(&arguments.after)?,
    );
    let judged = match &arguments.facts {
        Some(_) => judge(session, arguments)?,
        None => Vec::new(),
    };
    if session.json {
        return output::json(&json!({
            "differences": found.iter().map(written).collect::<Vec<_>>(),
            "judgements": judged.iter().map(judgement).collect::<Vec<_>>(),
        }));
    }
    tell(session, &found)?;
    tell_judged(session, &judged)
}

fn judge(session: &Session, arguments: &Arguments) -> Result<Vec<Judged>> {
    let Some(path) = &arguments.facts else {
        return Ok(Vec::new());
    };
    let (before, after) = (
        load(session, &arguments.before)?,
        load(session, &arguments.after)?,
    );
    let (known, known_after) = (
        facts(session, path, &before)?,
        facts(session, path, &after)?,
    );
    let ids = before.rules.iter().chain(&after.rules);
    let mut ids: Vec<&str> = ids.map(|rule| rule.head().id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let judged = ids.into_iter().map(|id| {
        let rule = |pack: &rulebook::Pack, known| {
            let rule = pack.rules.iter().find(|rule| rule.head().id == id)?;
            rule.verdict(known, &pack.foundation)
        };
        Judged {
            rule: id.to_owned(),
            before: rule(&before, &known),
            after: rule(&after, &known_after),
        }
    });
    Ok(judged
        .filter(|judged| judged.before != judged.after)
        .collect())
}

fn written(difference: &Difference) -> serde_json::Value {
    let (change, values) = match &difference.change {
        Change::Added => ("added", Vec::new()),
        Change::Removed => ("removed", Vec::new()),
        Change::Changed(values) => {
            let values = values.iter().map(
                |(path, before, after)| json!({ "path": path, "before": before, "after": after }),
            );
            ("changed", values.collect())
        }
    };
    json!({ "kind": difference.kind, "id": difference.id, "change": change, "values": values })
}

fn judgement(judged: &Judged) -> serde_json::Value {
    let verdict = |verdict: &Option<Verdict>| verdict.clone().map(server::packs::RuleVerdict::from);
    json!({
        "rule": judged.rule,
        "before": verdict(&judged.before),
        "after": verdict(&judged.after),
    })
}

fn tell(session: &Session, found: &[Difference]) -> Result<()> {
    for Difference { kind, id, change } in found {
        let told = match change {
            Change::Added => Text::new(format!("新增 {kind} {id}"), format!("added {kind} {id}")),
            Change::Removed => {
                Text::new(format!("删除 {kind} {id}"), format!("removed {kind} {id}"))
            }
            Change::Changed(_) => {
                Text::new(format!("修改 {kind} {id}"), format!("changed {kind} {id}"))
            }
        };
        output::line(session.language.of(&told))?;
        if let Change::Changed(values) = change {
            for (path, before, after) in values {
                let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
                output::line(&format!("    {path}: {} → {}", side(before), side(after)))?;
            }
        }
    }
    if found.is_empty() {
        let told = Text::new("两者相同", "they say the same");
        output::line(session.language.of(&told))?;
    }
    Ok(())
}

/// Of a scorecard also the items whose part of the total changed: that is why.
fn tell_judged(session: &Session, judged: &[Judged]) -> Result<()> {
    if judged.is_empty() {
        return Ok(());
    }
    let header = [("规则", "rule"), ("之前", "before"), ("之后", "after")];
    let header = header.map(|(zh, en)| session.language.of(&Text::new(zh, en)).to_owned());
    let mut table = Table::new(header.each_ref().map(String::as_str));
    for Judged {
        rule,
        before,
        after,
    } in judged
    {
        let side = |verdict: &Option<Verdict>| match verdict {
            None => "-".to_owned(),
            Some(Verdict { outcome, total, .. }) => match total {
                Some(total) => format!("{total} {outcome}"),
                None => outcome.clone(),
            },
        };
        table.push([rule.clone(), side(before), side(after)]);
        for (id, before, after) in parts(before.as_ref(), after.as_ref()) {
            table.push([format!("    {id}"), before, after]);
        }
    }
    table.print()
}

/// The reasons that are not the same on both sides: id, and score and weight of each.
fn parts(before: Option<&Verdict>, after: Option<&Verdict>) -> Vec<(String, String, String)> {
    let said = |verdict: Option<&Verdict>| {
        let reasons = verdict.map_or(&[][..], |verdict| &verdict.reasons);
        let told = reasons.iter().map(|reason| {
            let part = match (reason.score, reason.weight) {
                (Some(score), Some(weight)) => format!("{score} × {}", f64::from(weight) / 100.0),
                _ => reason.part.name().to_owned(),
            };
            (reason.id.clone(), part)
        });
        told.collect::<std::collections::BTreeMap<_, _>>()
    };
    let (before, after) = (said(before), said(after));
    let ids: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let side = |parts: &std::collections::BTreeMap<String, String>, id: &String| {
        parts.get(id).cloned().unwrap_or_else(|| "-".to_owned())
    };
    let pairs = ids
        .into_iter()
        .map(|id| (id.clone(), side(&before, id), side(&after, id)));
    pairs.filter(|(_, before, after)| before != after).collect()
}
