//! The model card (模型说明卡): what a model compares and what each agreement says, and how the book looked under it.

use std::sync::Arc;

use domain::resolution::{Family, guard_text};
use linkage::{FieldModel, Guard, Model, RuleModel, RulePart};

use crate::http::{Id, Instant, Text};
use crate::resolution::evidence::label;
use crate::resolution::linkage::models::in_force;
use crate::resolution::linkage::refusal::RunError;
use crate::resolution::linkage::runs::{self, RunRow};
use crate::resolution::linkage::words;
use crate::resolution::wire_linkage_model::{
    BookFigures, LinkageField, LinkageGuard, LinkageLevel, LinkageModel, LinkageRule,
};
use crate::resolution::wire_linkage_run::LinkageRunState;
use crate::store::{InForce, Store};

/// The model in force for a family.
pub async fn model_card(store: &Store, family: Family) -> Result<LinkageModel, RunError> {
    let mut transaction = store.database.read().await?;
    let in_force = in_force(&mut transaction, store, family).await?;
    let run = runs::last_of_model(&mut transaction, family, in_force.id).await?;
    let sql = include_str!("model_in_force.sql");
    let noted = transaction
        .fetch_optional(sql, [in_force.id.into()])
        .await?;
    drop(transaction);
    let mut card = of_model(store, family, &in_force);
    if let Some(row) = noted {
        card.in_force_since = Some(Instant(row.integer(0)?));
        card.actor = Some(row.text(1)?);
        card.reason = Some(row.text(2)?);
    }
    card.book = run.and_then(book);
    Ok(card)
}

/// The model in force as the file that `hubu link --model` reads.
pub async fn model_file(store: &Store, family: Family) -> Result<String, RunError> {
    let mut transaction = store.database.read().await?;
    let in_force: Arc<InForce> = in_force(&mut transaction, store, family).await?;
    let written = toml::to_string(in_force.linker.model());
    written.map_err(|error| RunError::Model(error.to_string()))
}

fn of_model(store: &Store, family: Family, in_force: &InForce) -> LinkageModel {
    let model = in_force.linker.model();
    let label = |name: &str| Text::from(label(store, name));
    LinkageModel {
        id: Id(in_force.id),
        family: family.into(),
        in_force_since: None,
        actor: None,
        reason: None,
        learnt_records: i64::try_from(model.records).unwrap_or(i64::MAX),
        seed: model.seed.to_string(),
        prior_bits: words::hundredths(model.prior_bits),
        threshold_bits: words::hundredths(model.threshold_bits),
        review_bits: words::hundredths(model.review_bits),
        records_a_key: model.limits.records_a_key.into(),
        keys_a_record: model.limits.keys_a_record.into(),
        records_a_party: model.limits.records_a_party.into(),
        guards: model.guards.iter().map(guard).collect(),
        fields: model.fields.iter().map(|it| field(it, &label)).collect(),
        rules: rules(model, &label),
        book: None,
    }
}

fn guard(guard: &Guard) -> LinkageGuard {
    LinkageGuard {
        code: guard.code.clone(),
        action: words::action(guard.action).to_owned(),
        review: guard.review,
        text: guard_text(&guard.code).into(),
    }
}

fn field(field: &FieldModel, label: &impl Fn(&str) -> Text) -> LinkageField {
    let numbers = |bits: &[f32]| bits.iter().map(|bits| words::hundredths(*bits)).collect();
    let level = |level: &linkage::LevelModel| LinkageLevel {
        agreement: level.agreement.code().to_owned(),
        text: words::agreement(level.agreement),
        within: level.within,
        between: level.between,
        bits: numbers(&level.bits),
        bits_beside: numbers(&level.bits_beside),
    };
    LinkageField {
        label: label(&field.name),
        name: field.name.clone(),
        kind: words::kind(field.kind),
        several: field.several,
        beside: field.beside.as_deref().map(label),
        levels: field.levels.iter().map(level).collect(),
    }
}

fn rules(model: &Model, label: &impl Fn(&str) -> Text) -> Vec<LinkageRule> {
    let part = |part: &RulePart| {
        let (label, extract) = (label(&part.field), words::extract(part.extract));
        Text::new(
            format!("{}（{}）", label.zh, extract.zh),
            format!("{} ({})", label.en, extract.en),
        )
    };
    let rule = |rule: &RuleModel| LinkageRule {
        parts: rule.parts.iter().map(part).collect(),
    };
    model.rules.iter().map(rule).collect()
}

/// The book as it stood when the run was over: divided as the run found it only where that was applied.
fn book(run: RunRow) -> Option<BookFigures> {
    let summary = run.summary?;
    let figures = summary.figures;
    let is_applied = run.state == LinkageRunState::Applied;
    let (customers, sizes) = if is_applied {
        (figures.customers_after, figures.sizes_after)
    } else {
        (figures.customers_before, figures.sizes_before)
    };
    Some(BookFigures {
        run: Id(run.id),
        at: Instant(run.applied_at.or(run.finished_at)?),
        records: figures.records,
        customers,
        sizes,
        unlinkable: figures.unlinkable,
        curve: summary.curve,
    })
}
