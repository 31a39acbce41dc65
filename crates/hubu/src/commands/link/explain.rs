//! `hubu link explain`: why two records are one customer, or are not, and what would change it.

use anyhow::Result;
use linkage::{Agreement, Explanation, FieldEvidence, Model, explain};
use serde_json::json;

use crate::commands::Session;
use crate::commands::link::reading::Records;
use crate::commands::link::{Input, model_file, used};
use crate::language::Language;
use crate::output::{self, Table};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The one record
    #[arg(long, value_name = "ID")]
    left: String,
    /// The other record
    #[arg(long, value_name = "ID")]
    right: String,
}

/// Explains a pair.
pub fn run(session: &Session, arguments: &Arguments) -> Result<()> {
    let input = &arguments.input;
    let known = input.model.as_deref().map(model_file::read).transpose()?;
    let records = Records::read(&input.files, input.names(), known.as_ref(), |_| ())?;
    let (left, right) = (
        records.row(&arguments.left)?,
        records.row(&arguments.right)?,
    );
    let model = used(known, input, &records).model;
    let linked =
        linkage::link(&records.book, &model).map_err(|problem| model_file::unfit(&problem))?;
    let together = linked.parties[left as usize] == linked.parties[right as usize];
    let explanation = explain(&records.book, &model, left, right);
    if session.json {
        return output::json(&as_json(&explanation, &model, together));
    }
    evidence(&explanation, &model, session.language).print()?;
    for line in words(&explanation, &model, together, session.language) {
        output::line(&line)?;
    }
    Ok(())
}

fn as_json(explanation: &Explanation, model: &Model, together: bool) -> serde_json::Value {
    let field = |field: &FieldEvidence| {
        json!({
            "field": model.fields[field.field].name,
            "agreement": field.agreement.map(Agreement::code),
            "bits": field.bits,
            "beside_another": field.beside,
            "bits_if_same": field.bits_if_same,
        })
    };
    let name = |field: usize| &model.fields[field].name;
    json!({
        "same_customer": together,
        "bits": explanation.bits,
        "chance": explanation.chance(),
        "prior_bits": explanation.prior_bits,
        "threshold_bits": model.threshold_bits,
        "contradiction": explanation.contradiction.map(name),
        "fields": explanation.fields.iter().map(field).collect::<Vec<_>>(),
        "would_link": explanation.would_link(model.threshold_bits).map(|field| name(field.field)).collect::<Vec<_>>(),
    })
}

fn evidence(explanation: &Explanation, model: &Model, language: Language) -> Table {
    let mut table = Table::new(language.choose(
        ["列", "一致程度", "证据（比特）"],
        ["column", "agreement", "evidence (bits)"],
    ));
    let prior = language.choose("随机两条记录", "two records at random");
    table.push([
        prior.to_owned(),
        String::new(),
        format!("{:+.2}", explanation.prior_bits),
    ]);
    for field in &explanation.fields {
        let agreement = language.choose(
            field.agreement.map_or("缺失", Agreement::zh),
            field.agreement.map_or("missing", Agreement::code),
        );
        let beside = if field.beside {
            language.choose("（另一列已一致）", " (beside another)")
        } else {
            ""
        };
        table.push([
            model.fields[field.field].name.clone(),
            format!("{agreement}{beside}"),
            format!("{:+.2}", field.bits),
        ]);
    }
    table
}

fn words(
    explanation: &Explanation,
    model: &Model,
    together: bool,
    language: Language,
) -> Vec<String> {
    let (bits, chance) = (explanation.bits, explanation.chance() * 100.0);
    let mut lines = vec![language.choose(
        format!("合计 {bits:+.2} 比特，同一客户的可能性 {chance:.2}%"),
        format!("together {bits:+.2} bits, one customer by {chance:.2} %"),
    )];
    if let Some(field) = explanation.contradiction {
        let name = &model.fields[field].name;
        lines.push(language.choose(
            format!("{name} 相互矛盾：不可能是同一客户"),
            format!("{name} contradicts: they cannot be one customer"),
        ));
    }
    lines.push(
        match (
            together,
            explanation.bits >= model.threshold_bits && explanation.contradiction.is_none(),
        ) {
            (true, true) => language.choose("判定：同一客户", "found: one customer"),
            (true, false) => language.choose(
                "判定：同一客户，因为同组的其他记录把两者连起来",
                "found: one customer, because other records of the group tie them",
            ),
            (false, true) => language.choose(
                "判定：不是同一客户，因为同组的其他记录不同意",
                "found: two customers, because other records of the group speak against it",
            ),
            (false, false) => language.choose("判定：不是同一客户", "found: two customers"),
        }
        .to_owned(),
    );
    let would: Vec<&str> = explanation
        .would_link(model.threshold_bits)
        .map(|field| model.fields[field.field].name.as_str())
        .collect();
    if !would.is_empty() && explanation.contradiction.is_none() {
        let columns = would.join(", ");
        lines.push(language.choose(
            format!("若以下任一列相同，则会判为同一客户：{columns}"),
            format!("were they the same in any of these, they would be one: {columns}"),
        ));
    }
    lines
}
