//! `hubu link explain`: why two records are one customer, or are not, and what would change it.

use anyhow::Result;
use domain::Text;
use linkage::{
    Action, Agreement, Circumstances, Explanation, FieldEvidence, Guard, Linker, Model, Supposed,
    WhyNot, what_if,
};
use serde_json::json;

use crate::commands::Session;
use crate::commands::link::reading::Records;
use crate::commands::link::{Input, decisions, model_file, used};
use crate::failure::Refusal;
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
    /// Suppose that the two agree so in a column: `same`, `slip`, `change`, `part`, `near-part`, `some`, `little`,
    /// `different` or `missing`
    #[arg(long, value_name = "COLUMN=AGREEMENT", value_parser = supposition)]
    what_if: Vec<(String, Option<Agreement>)>,
}

fn supposition(text: &str) -> Result<(String, Option<Agreement>), String> {
    let (column, word) = text
        .rsplit_once('=')
        .ok_or("say COLUMN=AGREEMENT, for example mobile=same")?;
    if word == "missing" {
        return Ok((column.to_owned(), None));
    }
    let agreement = Agreement::ALL.into_iter().find(|one| one.code() == word);
    let agreement = agreement.ok_or_else(|| {
        let words: Vec<&str> = Agreement::ALL.iter().map(|one| one.code()).collect();
        format!(
            "{word} is no agreement; there are {}, missing",
            words.join(", ")
        )
    })?;
    Ok((column.to_owned(), Some(agreement)))
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
    let decisions = decisions(input, &records)?;
    let model = used(known, input, &records, &decisions).model;
    let linker = Linker::new(model).map_err(|problem| model_file::unfit(&problem))?;
    let (book, model) = (&records.book, linker.model());
    let circumstances = Circumstances {
        decisions: &decisions,
        closed: None,
    };
    let found = linker.link(book, &circumstances);
    let together = found.parties[left as usize] == found.parties[right as usize];
    let supposed = arguments
        .what_if
        .iter()
        .map(|(column, agreement)| supposed(model, column, *agreement))
        .collect::<Result<Vec<_>>>()?;
    let found = Found {
        together,
        explanation: what_if(book, model, (left, right), &supposed),
        guards: linker.guards(book, left, right),
        why_not: linker.why_not(book, left, right),
    };
    if !supposed.is_empty() {
        return tell_supposed(session, &found.explanation, model);
    }
    if session.json {
        return output::json(&as_json(&found, model));
    }
    evidence(&found.explanation, model, session.language).print()?;
    for line in words(&found, model, session.language) {
        output::line(&line)?;
    }
    Ok(())
}

/// What is known of a pair.
struct Found<'a> {
    together: bool,
    explanation: Explanation,
    guards: Vec<&'a Guard>,
    why_not: Vec<WhyNot>,
}

fn supposed(model: &Model, column: &str, agreement: Option<Agreement>) -> Result<Supposed> {
    let field = model.fields.iter().position(|field| field.name == column);
    let field = field.ok_or_else(|| {
        let columns: Vec<&str> = model
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        let columns = columns.join(", ");
        Refusal::bad_input(Text::new(
            format!("模型不比较列 {column}；它比较：{columns}"),
            format!("the model compares no column {column}; it compares {columns}"),
        ))
    })?;
    Ok(Supposed { field, agreement })
}

/// The evidence as it would be, without a verdict: what a group would make of it is not known.
fn tell_supposed(session: &Session, explanation: &Explanation, model: &Model) -> Result<()> {
    let links = explanation.contradiction.is_none() && explanation.bits >= model.threshold_bits;
    if session.json {
        return output::json(&json!({
            "bits": explanation.bits,
            "chance": explanation.chance(),
            "threshold_bits": model.threshold_bits,
            "would_link": links,
        }));
    }
    evidence(explanation, model, session.language).print()?;
    let (bits, chance) = (explanation.bits, explanation.chance() * 100.0);
    output::line(&session.language.choose(
        format!("若如此，合计 {bits:+.2} 比特，同一客户的可能性 {chance:.2}%"),
        format!("so supposed, together {bits:+.2} bits, one customer by {chance:.2} %"),
    ))
}

fn as_json(found: &Found<'_>, model: &Model) -> serde_json::Value {
    let explanation = &found.explanation;
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
        "same_customer": found.together,
        "bits": explanation.bits,
        "chance": explanation.chance(),
        "prior_bits": explanation.prior_bits,
        "threshold_bits": model.threshold_bits,
        "contradiction": explanation.contradiction.map(name),
        "guards": found.guards.iter().map(|guard| &guard.code).collect::<Vec<_>>(),
        "why_not": found.why_not.iter().map(|reason| reason_of(reason, model).0).collect::<Vec<_>>(),
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

/// A word for a reason, and what a person reads.
fn reason_of(reason: &WhyNot, model: &Model) -> (String, Text) {
    match reason {
        WhyNot::NeverMeet => (
            "never-meet".to_owned(),
            Text::new(
                "没有任何索引规则让两者相遇，因此不会被比对",
                "no rule brings the two together, so nobody compares them",
            ),
        ),
        WhyNot::Contradiction { field } => {
            let name = &model.fields[*field].name;
            (
                "contradiction".to_owned(),
                Text::new(
                    format!("{name} 相互矛盾：不可能是同一客户"),
                    format!("{name} contradicts: they cannot be one customer"),
                ),
            )
        }
        WhyNot::Held { guard } => (
            guard.clone(),
            Text::new(
                format!("防误并规则 {guard}：只是相似，须由人核对"),
                format!("guard {guard}: it only looks like one customer, a person looks"),
            ),
        ),
        WhyNot::TooLittle { missing_bits } => (
            "too-little".to_owned(),
            Text::new(
                format!("证据不足：还差 {missing_bits:.2} 比特"),
                format!("too little speaks for it: {missing_bits:.2} bits are missing"),
            ),
        ),
    }
}

fn words(found: &Found<'_>, model: &Model, language: Language) -> Vec<String> {
    let (explanation, together) = (&found.explanation, found.together);
    let (bits, chance) = (explanation.bits, explanation.chance() * 100.0);
    let mut lines = vec![language.choose(
        format!("合计 {bits:+.2} 比特，同一客户的可能性 {chance:.2}%"),
        format!("together {bits:+.2} bits, one customer by {chance:.2} %"),
    )];
    for guard in found
        .guards
        .iter()
        .filter(|guard| guard.action == Action::Link)
    {
        let code = &guard.code;
        lines.push(language.choose(
            format!("确定规则 {code}：直接判为同一客户"),
            format!("rule {code}: one customer for certain"),
        ));
    }
    let reasons = found.why_not.iter();
    lines.extend(reasons.map(|reason| {
        let text = reason_of(reason, model).1;
        language.choose(text.zh, text.en)
    }));
    lines.push(
        match (together, found.why_not.is_empty()) {
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
