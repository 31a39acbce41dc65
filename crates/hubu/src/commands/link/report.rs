//! One page with the charts of a model, complete in itself: it can be mailed and kept.

#![expect(clippy::cast_precision_loss, reason = "a chart is no ledger")]

mod chart;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use linkage::{FieldModel, Linked, Model, Verdict};

use crate::commands::link::reading::Records;
use crate::commands::link::{Used, writing};
use crate::language::Language;
use chart::{Bar, escaped};

/// Writes the page.
pub fn write(
    path: &Path,
    records: &Records,
    used: &Used,
    linked: &Linked,
    language: Language,
) -> Result<()> {
    writing::whole(path, &page(records, used, linked, language))
}

fn page(records: &Records, used: &Used, linked: &Linked, language: Language) -> String {
    let title = language.choose("客户识别模型卡", "Model card of customer linkage");
    let sizes = sizes(linked);
    let mut body = format!("<h1>{title}</h1>");
    body += &summary(records, &used.model, linked, &sizes, language);
    body += &section(
        language.choose("各列的证据", "Evidence of each column"),
        &weights(records, &used.model, language),
    );
    if !used.curve.is_empty() {
        body += &section(
            language.choose(
                "阈值的预期准确与召回",
                "Expected precision and recall by threshold",
            ),
            &chart::thresholds(&used.curve, used.model.threshold_bits, language),
        );
    }
    body += &section(
        language.choose("客户的记录数", "Records of a customer"),
        &chart::bars(&size_bars(&sizes), (0.0, 0.0)),
    );
    body += &section(
        language.choose("待核对", "To review"),
        &bands(&used.model, linked, language),
    );
    body += &section(
        language.choose("候选规则", "Rules that bring records together"),
        &rules(&used.model, language),
    );
    body += &section(
        language.choose("数据不足", "Too little to go by"),
        &unlinkable(records, &used.model, language),
    );
    let code = language.choose("zh", "en");
    format!(
        "<!doctype html><html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>{body}</body></html>\n"
    )
}

const STYLE: &str = "body{font:15px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2328}\
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left}\
svg{max-width:100%;height:auto}text{font-size:12px;fill:#1f2328}.for{fill:#2f7d5d}.against{fill:#b5473c}.plain{fill:#4a6fa5}";

/// What the charts of evidence span, so that columns can be compared by eye.
const BITS: (f64, f64) = (-10.0, 20.0);

fn section(title: &str, content: &str) -> String {
    format!("<section><h2>{title}</h2>{content}</section>")
}

/// How many customers have how many records.
fn sizes(linked: &Linked) -> BTreeMap<usize, usize> {
    let mut records = BTreeMap::<u32, usize>::new();
    for party in &linked.parties {
        *records.entry(*party).or_default() += 1;
    }
    let mut sizes = BTreeMap::new();
    for size in records.into_values() {
        *sizes.entry(size).or_default() += 1;
    }
    sizes
}

fn size_bars(sizes: &BTreeMap<usize, usize>) -> Vec<Bar> {
    const SHOWN: usize = 12;
    let bar = |label: String, count: usize| Bar {
        label,
        value: count as f64,
        shown: count.to_string(),
        class: "plain",
    };
    let mut bars: Vec<Bar> = sizes
        .iter()
        .take(SHOWN)
        .map(|(size, count)| bar(size.to_string(), *count))
        .collect();
    let rest: usize = sizes.values().skip(SHOWN).sum();
    if rest > 0 {
        bars.push(bar("…".to_owned(), rest));
    }
    bars
}

fn summary(
    records: &Records,
    model: &Model,
    linked: &Linked,
    sizes: &BTreeMap<usize, usize>,
    language: Language,
) -> String {
    let largest = sizes.keys().last().copied().unwrap_or_default();
    let rows = [
        (
            language.choose("记录", "records"),
            records.len().to_string(),
        ),
        (
            language.choose("客户", "customers"),
            sizes.values().sum::<usize>().to_string(),
        ),
        (
            language.choose("最大客户的记录数", "records of the largest customer"),
            largest.to_string(),
        ),
        (
            language.choose("比对的记录对", "pairs compared"),
            linked.compared.to_string(),
        ),
        (
            language.choose("学习所用记录", "records learnt from"),
            model.records.to_string(),
        ),
        (language.choose("随机种子", "seed"), model.seed.to_string()),
        (
            language.choose(
                "随机两条记录同属一客户（比特）",
                "two records at random (bits)",
            ),
            format!("{:.2}", model.prior_bits),
        ),
        (
            language.choose("阈值（可能性）", "threshold (chance)"),
            format!("{:.4}", linkage::chance(model.threshold_bits)),
        ),
    ];
    let cells = rows.map(|(name, value)| format!("<tr><th>{name}</th><td>{value}</td></tr>"));
    format!("<table>{}</table>", cells.concat())
}

fn weights(records: &Records, model: &Model, language: Language) -> String {
    let mut content = String::new();
    for (field, column) in model.fields.iter().zip(&records.book.fields) {
        let beside = field.beside.as_ref().map(|other| {
            let other = escaped(other);
            language.choose(
                format!("（{other} 一致时作用较小）"),
                format!(" (says less where {other} agrees)"),
            )
        });
        let _ = write!(
            content,
            "<h3>{} <small>{}{}</small></h3>{}",
            escaped(&field.name),
            language.choose(field.kind.zh(), field.kind.code()),
            beside.unwrap_or_default(),
            chart::bars(&weight_bars(field, &column.rarity_shares(), language), BITS)
        );
    }
    content
}

/// What each agreement says: on average over the values of the book, and from the most frequent to the rarest.
fn weight_bars(field: &FieldModel, shares: &[f64; 8], language: Language) -> Vec<Bar> {
    let bars = field.levels.iter().map(|level| {
        let said = level.bits.iter().copied().map(f64::from).zip(shares);
        let occurring = || {
            said.clone()
                .filter(|(_, share)| level.bits.len() == 1 || **share > 0.0)
                .map(|(bits, _)| bits)
        };
        let (least, most) = (
            occurring().fold(f64::MAX, f64::min),
            occurring().fold(f64::MIN, f64::max),
        );
        let average = if level.bits.len() == 1 {
            f64::from(level.bits[0])
        } else {
            said.clone().map(|(bits, share)| bits * share).sum()
        };
        let shown = if most - least > 0.05 {
            format!("{least:+.1} … {most:+.1}")
        } else {
            format!("{average:+.1}")
        };
        let label = language.choose(level.agreement.zh(), level.agreement.code());
        Bar {
            label: label.to_owned(),
            value: average,
            shown,
            class: if average < 0.0 { "against" } else { "for" },
        }
    });
    bars.collect()
}

fn bands(model: &Model, linked: &Linked, language: Language) -> String {
    let count = |wanted: fn(f32, f32) -> bool| {
        linked
            .edges
            .iter()
            .filter(|edge| {
                edge.verdict != Verdict::Apart && wanted(edge.bits, model.threshold_bits)
            })
            .count()
    };
    let rows = [
        (
            language.choose("判为同一客户", "linked"),
            count(|bits, threshold| bits >= threshold),
        ),
        (
            language.choose(
                "低于阈值，可能性 10% 以上",
                "below the threshold, above 10 %",
            ),
            count(|bits, threshold| bits < threshold && bits >= -3.17),
        ),
        (
            language.choose("相互矛盾，不可合并", "contradictions"),
            linked
                .edges
                .iter()
                .filter(|edge| edge.verdict == Verdict::Apart)
                .count(),
        ),
    ];
    let cells = rows.map(|(name, count)| format!("<tr><th>{name}</th><td>{count}</td></tr>"));
    format!("<table>{}</table>", cells.concat())
}

fn rules(model: &Model, language: Language) -> String {
    let rules: Vec<String> = model
        .rules
        .iter()
        .map(|rule| {
            let parts: Vec<String> = rule
                .parts
                .iter()
                .map(|part| {
                    let extract = language.choose(part.extract.zh(), part.extract.code());
                    format!("{} ({extract})", escaped(&part.field))
                })
                .collect();
            format!("<li>{}</li>", parts.join(language.choose(" 且 ", " and ")))
        })
        .collect();
    format!("<ol>{}</ol>", rules.concat())
}

/// Records that not even an equal record would be linked to.
fn unlinkable(records: &Records, model: &Model, language: Language) -> String {
    let unlinkable = linkage::unlinkable(&records.book, model);
    let share = unlinkable as f64 * 100.0 / (records.len().max(1) as f64);
    language.choose(
        format!("<p>{unlinkable} 条记录（{share:.2}%）信息太少：即使另一条记录与之完全相同，也达不到阈值。</p>"),
        format!("<p>{unlinkable} records ({share:.2} %) say too little: not even an equal record would reach the threshold.</p>"),
    )
}
