//! What stands in `pack.toml`: who the pack is, where its rules come from, which files it has.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::facts::Label;
use crate::pack::reading::{Section, Written};
use crate::pack::values::day_of;
use crate::pack::{Confidence, Layer, Source, Validity};
use crate::problem::{Problem, Problems, Wording};
use crate::rule::{MISSING, NOT_APPLICABLE};

/// Who a pack is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// By which other packs name it.
    pub id: String,
    /// Which edition of it this is.
    pub version: String,
    /// What it is called.
    pub label: Label,
    /// Upon which packs it lies.
    pub layer: Layer,
    /// The unit for which it is, if it is for one branch.
    pub branch: Option<String>,
    /// When it is in force.
    pub validity: Validity,
    /// The packs whose facts it uses.
    pub builds_on: Vec<String>,
}

/// Id, version, layer, label and validity.
pub(super) fn identity(head: &mut Section<'_>, problems: &mut Problems) -> Option<Identity> {
    let id = identifier(head, problems);
    let version = head.text("version", problems);
    let label = head.label(problems);
    let from = day(head, "effective_from", problems);
    let to = day(head, "effective_to", problems);
    if from.is_none() && head.value("effective_from").is_none() {
        problems.push(head.missing("effective_from"));
    }
    if let (Some((from, _)), Some((to, span))) = (&from, &to)
        && to < from
    {
        let (zh, en) = ("失效日期早于生效日期", "the last day lies before the first");
        problems.push(head.problem(span, "ends_before_it_begins", zh, en));
    }
    let layer = layer(head, problems);
    let branch = head.optional("branch", problems);
    if layer.is_some_and(|layer| (layer == Layer::Branch) != branch.is_some()) {
        let (zh, en) = (
            "branch 层的规则包（且仅此层）写明 branch",
            "a pack of the layer branch names its branch, and no other does",
        );
        problems.push(head.problem(&head.span, "branch", zh, en));
    }
    let builds_on = head.texts("builds_on", problems);
    let builds_on = builds_on.iter().map(|pack| pack.text.to_owned()).collect();
    let validity = Validity {
        from: from?.0,
        to: to.map(|(day, _)| day),
    };
    Some(Identity {
        id: id?,
        version: version?.text.to_owned(),
        label,
        layer: layer?,
        branch: branch.map(|branch| branch.text.to_owned()),
        validity,
        builds_on,
    })
}

fn layer(head: &mut Section<'_>, problems: &mut Problems) -> Option<Layer> {
    let word = head.text("layer", problems)?;
    let layer = Layer::ALL
        .into_iter()
        .find(|layer| layer.name() == word.text);
    if layer.is_none() {
        let (zh, en) = (
            "层为 base、industry、institution 或 branch",
            "a layer is base, industry, institution or branch",
        );
        problems.push(head.problem(&word.span, "layer", zh, en));
    }
    layer
}

/// A day, as TOML writes one or as a text.
fn day(
    section: &mut Section<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<(i32, Range<usize>)> {
    let value = section.value(key)?;
    let day = day_of(value.get_ref());
    if day.is_none() {
        let (zh, en) = ("日期写作 2026-01-31", "a day is written as 2026-01-31");
        problems.push(section.problem(&value.span(), "date", zh, en));
    }
    Some((day?, value.span()))
}

/// Whether an id is made of lower-case words.
pub(super) fn is_identifier(id: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
    id.len() <= 100 && id.bytes().all(fits) && ![MISSING, NOT_APPLICABLE].contains(&id)
}

/// Lower-case words, by which others name it. One that is written otherwise is told and serves all the same, so that
/// nobody who names it is told of it too.
pub(crate) fn identifier(section: &mut Section<'_>, problems: &mut Problems) -> Option<String> {
    let id = section.text("id", problems)?;
    if !is_identifier(id.text) {
        let (zh, en) = (
            "编号只用小写字母、数字、点、下划线和连字符，最多 100 个，不为 missing 或 not_applicable",
            "an id is made of at most 100 lower-case letters, digits, points, hyphens and underscores, and is none of missing and not_applicable",
        );
        problems.push(section.problem(&id.span, "id", zh, en));
    }
    Some(id.text.to_owned())
}

/// What the pack implements.
pub(super) fn sources(head: &mut Section<'_>, problems: &mut Problems) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for mut section in head.sections("source", problems) {
        let id = identifier(&mut section, problems);
        let title = section.text("title", problems);
        let number = section.optional("number", problems);
        let confidence = section.text("confidence", problems);
        let confidence = confidence.and_then(|word| match word.text {
            "read" => Some(Confidence::Read),
            "seen" => Some(Confidence::Seen),
            "memory" => Some(Confidence::Memory),
            _ => {
                let (zh, en) = (
                    "可信程度为 read（已读全文）、seen（见过摘录）或 memory（凭记忆）",
                    "confidence is read, seen or memory",
                );
                problems.push(section.problem(&word.span, "confidence", zh, en));
                None
            }
        });
        let issuer = section.optional("issuer", problems);
        let used_for = section.optional("used_for", problems);
        let effective_from = day(&mut section, "effective_from", problems);
        if let Some(id) = id {
            if sources.iter().any(|source| source.id == id) {
                let (zh, en) = (
                    format!("来源 {id} 重复"),
                    format!("source {id} stands here twice"),
                );
                problems.push(section.problem(&section.span, "twice", zh, en));
            }
            sources.push(Source {
                id,
                title: title.map_or_else(String::new, |title| title.text.to_owned()),
                number: number.map(|number| number.text.to_owned()),
                issuer: issuer.map(|issuer| issuer.text.to_owned()),
                used_for: used_for.map(|used_for| used_for.text.to_owned()),
                effective_from: effective_from.map(|(day, _)| day),
                confidence: confidence.unwrap_or(Confidence::Memory),
            });
        }
        section.end(problems);
    }
    sources
}

/// The files of rules that the pack lists and that are there. Other engines read those that it declares.
pub(super) fn listed(
    head: &mut Section<'_>,
    files: &BTreeMap<String, String>,
    problems: &mut Problems,
) -> Vec<String> {
    let (mut listed, mut declared) = (BTreeSet::new(), BTreeSet::new());
    let before = problems.count();
    for (key, names) in [("files", &mut listed), ("declarations", &mut declared)] {
        for Written { text, span } in head.texts(key, problems) {
            if text == "pack.toml" || !files.contains_key(text) {
                let (zh, en) = (
                    format!("没有文件 {text}"),
                    format!("there is no file {text}"),
                );
                problems.push(head.problem(&span, "missing_file", zh, en));
            } else {
                names.insert(text.to_owned());
            }
        }
    }
    if problems.count() > before {
        // A file that nobody lists may be the one that a list misspells.
        return listed.into_iter().collect();
    }
    for name in files.keys().filter(|name| *name != "pack.toml") {
        if !listed.contains(name) && !declared.contains(name) {
            let wording = Wording::new(
                "pack.toml 没有列出此文件",
                "pack.toml does not list this file",
            );
            problems.push(Problem::of_file(name, "unlisted_file", wording));
        }
    }
    listed.into_iter().collect()
}
