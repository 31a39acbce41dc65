//! Why two series are one party, or are not, and what would change it (R4.5): what the model in force says.

use domain::Text;
use domain::register::{IndexKind, LookupFamily, LookupKey, lookup_keys};
use domain::resolution::guard_text;
use linkage::{Agreement, Explanation, FieldEvidence, Model};
use names::SearchKeys;
use storage::Transaction;

use crate::index::find_many;
use crate::register::{RegisterError, StoredRecord, lookup_digest};
use crate::resolution::linkage::{Compared, compared};
use crate::resolution::wire_evidence::{Evidence, EvidenceField, EvidenceGuard};
use crate::store::Store;

/// Records beyond those of the pair that share a telephone or an address before that is worth telling.
const SHARED_BY_MANY: usize = 5;

/// The evidence of a pair; none where the two are of different families, or were never compared.
pub async fn evidence_of(
    transaction: &mut Transaction,
    store: &Store,
    pair: (i64, i64),
    records: [&StoredRecord; 2],
) -> Result<Option<Evidence>, RegisterError> {
    let Some(compared) = compared(transaction, store, pair).await? else {
        return Ok(None);
    };
    let mut evidence = told(store, &compared);
    let shared = shared_contacts(transaction, store, records).await?;
    evidence.guards.extend(shared);
    Ok(Some(evidence))
}

/// What the model says, in the words of the catalogue.
fn told(store: &Store, compared: &Compared) -> Evidence {
    let Compared {
        model,
        explanation,
        guards,
    } = compared;
    let model = model.linker.model();
    let guard = |code: &String| EvidenceGuard {
        code: code.clone(),
        text: guard_text(code).into(),
    };
    let name = |field: usize| model.fields[field].name.clone();
    let would = explanation.would_link(model.threshold_bits);
    Evidence {
        prior_bits: explanation.prior_bits.into(),
        threshold_bits: model.threshold_bits.into(),
        bits: explanation.bits.into(),
        chance: explanation.chance(),
        fields: fields(store, model, explanation),
        contradiction: explanation.contradiction.map(name),
        would_link: would
            .map(|field| label(store, &model.fields[field.field].name).into())
            .collect(),
        guards: guards.iter().map(guard).collect(),
    }
}

fn fields(store: &Store, model: &Model, explanation: &Explanation) -> Vec<EvidenceField> {
    let missing = || Text::new("缺失", "missing");
    let words = |agreement: Agreement| Text::new(agreement.zh(), agreement.en());
    let field = |field: &FieldEvidence| {
        let attribute = model.fields[field.field].name.clone();
        EvidenceField {
            label: label(store, &attribute).into(),
            attribute,
            agreement: field
                .agreement
                .map_or("missing", Agreement::code)
                .to_owned(),
            agreement_text: field.agreement.map_or_else(missing, words).into(),
            bits: field.bits.into(),
            beside: field.beside,
            bits_if_same: field.bits_if_same.into(),
        }
    };
    explanation.fields.iter().map(field).collect()
}

/// A column of a model is called like the attribute that mostly fills it.
pub(super) fn label(store: &Store, name: &str) -> Text {
    store.catalogue.named(name).map_or_else(
        || Text::new(name, name),
        |attribute| attribute.label.clone(),
    )
}

/// Telephones and e-mail addresses of both that many other records share: an agent's, a shop's, a family's.
async fn shared_contacts(
    transaction: &mut Transaction,
    store: &Store,
    records: [&StoredRecord; 2],
) -> Result<Option<EvidenceGuard>, RegisterError> {
    let contacts = records.map(|record| contacts(store, record));
    let mut shared: Vec<[u8; 16]> = contacts[0]
        .iter()
        .filter(|digest| contacts[1].contains(digest))
        .copied()
        .collect();
    shared.sort_unstable();
    shared.dedup();
    let found = find_many(transaction, &store.index, IndexKind::Exact, &shared).await?;
    let holders = |place: usize| found.iter().filter(|(found, _)| *found == place).count();
    let most = (0..shared.len()).map(holders).max().unwrap_or_default();
    Ok((most > SHARED_BY_MANY).then(|| EvidenceGuard {
        code: "shared-contact".to_owned(),
        text: Text::new(
            format!("共用的联系方式出现在 {most} 条记录中，可能属于代办人或家庭"),
            format!("{most} records give the contact that both share: it may be an agent's or a family's"),
        )
        .into(),
    }))
}

fn contacts(store: &Store, record: &StoredRecord) -> Vec<[u8; 16]> {
    let mut digests = Vec::new();
    let Some(content) = &record.content else {
        return digests;
    };
    let mut keys = SearchKeys::default();
    lookup_keys(&store.catalogue, content, &mut keys, |key| {
        if let LookupKey::Blind(IndexKind::Exact, family, value) = key
            && matches!(family, LookupFamily::Phone | LookupFamily::Email)
        {
            let blind = store.keys.blind();
            digests.push(lookup_digest(blind, IndexKind::Exact, family, value));
        }
    });
    digests
}
