//! What another survivorship would move (取值变动): of how many customers another value would stand. Which value that is
//! nobody is told: whoever sees outcomes need not be allowed to see values.

use std::collections::HashMap;

use domain::register::{AttributeRules, Catalogue, CustomerNumber, FieldId, GoldenView};
use rulebook::{Rule, Stack};

use crate::http::Text;
use crate::packs::movement::Sample;
use crate::packs::refusal::PackError;
use crate::packs::wire::{RuleVerdict, text_of};
use crate::packs::wire_backtest::{Move, Moved, MovedCustomer};
use crate::register::{
    CustomerId, RegisterError, StoredRecord, beside, fold_stored, read_unfolded, trust_of,
};
use crate::store::Store;

/// The same value stands.
const STANDS: &str = "stands";
/// Another value stands.
const REPLACED: &str = "replaced";

/// Views folded by the survivorship in force and by that of a draft.
pub(super) struct ValueMovement {
    before: Catalogue,
    after: Catalogue,
    attributes: Vec<Counted>,
    judged: i64,
}

struct Counted {
    field: FieldId,
    rule: Rule,
    moved: i64,
    sample: Sample,
}

impl ValueMovement {
    /// Nobody judged yet; none where both say the same of every attribute.
    pub fn of(declared: &Catalogue, before: &Stack, after: &Stack) -> Option<Self> {
        let said = [before, after].map(|stack| AttributeRules::of(stack, declared));
        let catalogues = said.each_ref().map(|said| declared.with(said));
        let attributes = catalogues[1].attributes().iter().filter_map(|attribute| {
            let now = catalogues[0].attribute(attribute.id)?;
            (now.survivorship != attribute.survivorship).then_some(())?;
            let about = |stack| rule_about(stack, &attribute.name);
            Some(Counted {
                field: attribute.id,
                rule: about(after).or_else(|| about(before))?.clone(),
                moved: 0,
                sample: Sample::default(),
            })
        });
        let attributes: Vec<Counted> = attributes.collect();
        let [before, after] = catalogues;
        (!attributes.is_empty()).then_some(Self {
            before,
            after,
            attributes,
            judged: 0,
        })
    }

    /// Folds customers by both.
    pub async fn judge(
        mut self,
        store: &Store,
        customers: &[CustomerId],
    ) -> Result<Self, PackError> {
        let mut transaction = store.database.read().await?;
        let trust = trust_of(&mut transaction).await?;
        let unfolded = read_unfolded(&mut transaction, &store.keys, customers).await?;
        drop(transaction);
        let compared = beside(move || {
            for (customer, records) in unfolded.open()? {
                self.compare(customer, &records, &trust);
            }
            Ok::<Self, RegisterError>(self)
        });
        Ok(compared.join().await??)
    }

    fn compare(
        &mut self,
        customer: CustomerId,
        records: &[StoredRecord],
        trust: &HashMap<i64, u8>,
    ) {
        self.judged += 1;
        let fold = |catalogue| fold_stored(catalogue, trust, records).0;
        let (before, after) = (fold(&self.before), fold(&self.after));
        for counted in &mut self.attributes {
            if values(&before, counted.field).ne(values(&after, counted.field)) {
                counted.moved += 1;
                counted.sample.take(customer);
            }
        }
    }

    /// The rules by which other values would stand.
    pub fn told(self) -> impl Iterator<Item = Moved> {
        let judged = self.judged;
        let moved = self.attributes.into_iter();
        let moved = moved.filter(|counted| counted.moved > 0);
        moved.map(move |counted| counted.told(judged))
    }
}

impl Counted {
    fn told(self, judged: i64) -> Moved {
        let step = |to: &str, customers| Move {
            from: STANDS.to_owned(),
            to: to.to_owned(),
            customers,
        };
        let sampled = self.sample.customers().map(|customer| MovedCustomer {
            customer: CustomerNumber::from_sequence(customer).to_string(),
            before: Some(verdict(STANDS, "原取值", "the same value")),
            after: Some(verdict(REPLACED, "另一取值", "another value")),
        });
        let head = self.rule.head();
        Moved {
            rule: head.id.clone(),
            kind: self.rule.kind().to_owned(),
            label: text_of(&head.label),
            judged,
            moved: self.moved,
            matrix: vec![
                step(STANDS, judged - self.moved),
                step(REPLACED, self.moved),
            ],
            sampled: sampled.collect(),
        }
    }
}

fn verdict(outcome: &str, zh: &str, en: &str) -> RuleVerdict {
    RuleVerdict {
        outcome: outcome.to_owned(),
        outcome_label: Some(Text::new(zh, en)),
        total: None,
        reasons: Vec::new(),
        estimated_after: None,
        missing: Vec::new(),
    }
}

/// The survivorship rule that counts for an attribute.
fn rule_about<'s>(stack: &'s Stack, attribute: &str) -> Option<&'s Rule> {
    let is_about = |rule: &Rule| match rule {
        Rule::Survivorship(rule) => rule.attribute == attribute,
        _ => false,
    };
    let rulings = stack.rulings.values();
    let about = rulings.filter(|ruling| is_about(stack.said(ruling)));
    about
        .max_by_key(|ruling| ruling.pack)
        .map(|ruling| stack.said(ruling))
}

fn values(view: &GoldenView, field: FieldId) -> impl Iterator<Item = &str> {
    let values = view.values.iter().filter(move |value| value.field == field);
    values.map(|value| value.value.as_str())
}
