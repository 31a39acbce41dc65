//! The golden view (统一视图): a pure fold of a customer's records by survivorship rules.

use std::cmp::Reverse;

use crate::register::content::{read_number, read_text, write_number};
use crate::register::survivorship::rank;
use crate::register::{
    Catalogue, Class, Content, Criterion, FieldId, InvalidContent, PartyKind, read,
};

/// One record as the fold sees it.
#[derive(Debug, Clone, Copy)]
pub struct RecordFacts<'a> {
    /// The record.
    pub record: i64,
    /// How far its source is trusted, 0 to 100.
    pub trust: u8,
    /// When the source saw it, in microseconds.
    pub observed_at: i64,
    /// The kind of party that it says it speaks of.
    pub kind: PartyKind,
    /// What it says.
    pub content: &'a Content,
}

/// A value that some record says of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// In canonical form.
    pub value: String,
    /// Whether it is well formed.
    pub valid: Option<bool>,
    /// The best record that says it.
    pub record: i64,
    /// How many records say it.
    pub records: u32,
    /// The trust of that record's source.
    pub trust: u8,
    /// When it was observed.
    pub observed_at: i64,
    /// Why it does not stand in the view; none for the winner, or where only the order of the
    /// records decided.
    pub lost_because: Option<Criterion>,
}

/// A value of the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldenValue {
    /// The attribute.
    pub field: FieldId,
    /// In canonical form.
    pub value: String,
    /// Whether it is well formed.
    pub valid: Option<bool>,
    /// The record it came from.
    pub record: i64,
    /// How many other values it beat.
    pub losers: u32,
}

/// What a customer's records say together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "统一视图")]
pub struct GoldenView {
    /// The kind of party.
    pub kind: PartyKind,
    /// The name to call it by; empty where no record gives one.
    pub name: String,
    /// Values in ascending order of attribute; of a multiple attribute all, best first.
    pub values: Vec<GoldenValue>,
}

/// A fold that can still be asked why.
#[derive(Debug)]
pub struct Fold<'a> {
    catalogue: &'a Catalogue,
    records: &'a [RecordFacts<'a>],
}

/// Folds the records of one customer. They may come in any order.
pub fn fold<'a>(catalogue: &'a Catalogue, records: &'a [RecordFacts<'a>]) -> Fold<'a> {
    Fold { catalogue, records }
}

impl Fold<'_> {
    /// The view.
    pub fn view(&self) -> GoldenView {
        let mut fields: Vec<FieldId> = self
            .records
            .iter()
            .flat_map(|record| record.content.fields())
            .map(|field| field.id)
            .filter(|field| field.is_attribute())
            .collect();
        let well_known = self.catalogue.well_known();
        fields.push(well_known.name);
        fields.sort_unstable();
        fields.dedup();
        let mut values = Vec::with_capacity(fields.len());
        for field in fields {
            self.push_values(field, &mut values);
        }
        let name = values.iter().find(|value| value.field == well_known.name);
        GoldenView {
            kind: self.kind(),
            name: name.map(|value| value.value.clone()).unwrap_or_default(),
            values,
        }
    }

    /// Every value of one attribute, the winner first.
    pub fn candidates(&self, field: FieldId) -> Vec<Candidate> {
        let attribute = self.catalogue.attribute(field);
        let mut candidates: Vec<Candidate> = Vec::new();
        // The best record first, so that values of one record stay in the order in which it gives them.
        let mut records: Vec<&RecordFacts<'_>> = self.records.iter().collect();
        records.sort_unstable_by_key(|record| {
            Reverse((record.trust, record.observed_at, record.record))
        });
        for record in records {
            for given in self.given(record, field) {
                let reading = read(attribute, &given);
                let candidate = Candidate {
                    value: reading.normal,
                    valid: reading.valid,
                    record: record.record,
                    records: 1,
                    trust: record.trust,
                    observed_at: record.observed_at,
                    lost_because: None,
                };
                add(&mut candidates, candidate);
            }
        }
        if candidates.len() > 1 {
            rank(attribute, &mut candidates);
        }
        candidates
    }

    fn given(&self, record: &RecordFacts<'_>, field: FieldId) -> Vec<String> {
        let mut values: Vec<String> = record.content.values(field).map(str::to_owned).collect();
        if values.is_empty() && field == self.catalogue.well_known().name {
            values.extend(self.catalogue.name_of(record.content));
        }
        values
    }

    fn push_values(&self, field: FieldId, values: &mut Vec<GoldenValue>) {
        let multiple = self
            .catalogue
            .attribute(field)
            .is_some_and(|attribute| attribute.multiple);
        let candidates = self.candidates(field);
        let losers = u32::try_from(candidates.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let kept = if multiple { candidates.len() } else { 1 };
        values.extend(
            candidates
                .into_iter()
                .take(kept)
                .map(|candidate| GoldenValue {
                    field,
                    value: candidate.value,
                    valid: candidate.valid,
                    record: candidate.record,
                    losers: if multiple { 0 } else { losers },
                }),
        );
    }

    /// The kind that the most trusted, then latest, record says.
    fn kind(&self) -> PartyKind {
        let best = self
            .records
            .iter()
            .max_by_key(|record| (record.trust, record.observed_at, record.record));
        best.map_or(PartyKind::Person, |record| record.kind)
    }
}

/// Adds a candidate; records that say the same value stand together under the best of them.
fn add(candidates: &mut Vec<Candidate>, candidate: Candidate) {
    let Some(same) = candidates
        .iter_mut()
        .find(|other| other.value == candidate.value)
    else {
        candidates.push(candidate);
        return;
    };
    same.records += 1;
    let key = |candidate: &Candidate| (candidate.trust, candidate.observed_at, candidate.record);
    if key(&candidate) > key(same) {
        let records = same.records;
        *same = Candidate {
            records,
            ..candidate
        };
    }
}

impl GoldenView {
    /// Writes the values of one class down, for the cache.
    pub fn to_block(&self, catalogue: &Catalogue, class: Class) -> Vec<u8> {
        let mut block = Vec::with_capacity(self.values.len() * 24);
        for value in self
            .values
            .iter()
            .filter(|value| catalogue.class(value.field) == class)
        {
            write_number(&mut block, value.field.0);
            write_number(
                &mut block,
                match value.valid {
                    None => 0,
                    Some(false) => 1,
                    Some(true) => 2,
                },
            );
            write_number(&mut block, value.losers);
            block.extend_from_slice(&value.record.to_be_bytes());
            write_number(
                &mut block,
                u32::try_from(value.value.len()).unwrap_or(u32::MAX),
            );
            block.extend_from_slice(value.value.as_bytes());
        }
        block
    }

    /// Reads values back from the blocks of a cache.
    pub fn read_values<'a>(
        blocks: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Vec<GoldenValue>, InvalidContent> {
        let mut values = Vec::new();
        for block in blocks {
            let mut at = 0;
            while at < block.len() {
                values.push(read_value(block, &mut at)?);
            }
        }
        values.sort_by_key(|value: &GoldenValue| value.field);
        Ok(values)
    }
}

fn read_value(block: &[u8], at: &mut usize) -> Result<GoldenValue, InvalidContent> {
    let field = FieldId(read_number(block, at)?);
    let valid = match read_number(block, at)? {
        0 => None,
        1 => Some(false),
        2 => Some(true),
        _ => return Err(InvalidContent(*at)),
    };
    let losers = read_number(block, at)?;
    let record = block
        .get(*at..*at + 8)
        .and_then(|bytes| bytes.try_into().ok());
    let record = i64::from_be_bytes(record.ok_or(InvalidContent(*at))?);
    *at += 8;
    let value = read_text(block, at)?.to_owned();
    Ok(GoldenValue {
        field,
        value,
        valid,
        record,
        losers,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::register::Field;

    fn catalogue() -> Catalogue {
        Catalogue::parse(include_str!("../../../../packs/cn-base/attributes.toml")).unwrap()
    }

    fn content(catalogue: &Catalogue, pairs: &[(&str, &str)]) -> Content {
        let field = |(name, value): &(&str, &str)| Field {
            id: catalogue.named(name).unwrap().id,
            value: (*value).to_owned(),
        };
        Content::new(pairs.iter().map(field).collect())
    }

    fn facts(record: i64, trust: u8, content: &Content) -> RecordFacts<'_> {
        RecordFacts {
            record,
            trust,
            observed_at: record,
            kind: PartyKind::Person,
            content,
        }
    }

    #[test]
    fn a_well_formed_value_beats_a_newer_malformed_one_and_says_so() {
        let catalogue = catalogue();
        let old = content(&catalogue, &[("name", "张三"), ("mobile", "13812345678")]);
        let new = content(
            &catalogue,
            &[("name", "张三"), ("birth_date", "1980-02-30")],
        );
        let right = content(&catalogue, &[("birth_date", "1980/2/3")]);
        let records = [facts(1, 50, &old), facts(2, 50, &right), facts(3, 50, &new)];
        let fold = fold(&catalogue, &records);
        let birth_date = catalogue.named("birth_date").unwrap().id;
        let candidates = fold.candidates(birth_date);
        assert_eq!(candidates[0].value, "1980-02-03");
        assert_eq!(candidates[1].lost_because, Some(Criterion::Valid));
        assert_eq!(fold.view().name, "张三");
    }

    #[test]
    fn a_name_in_two_columns_is_one_name() {
        let catalogue = catalogue();
        let latin = content(&catalogue, &[("surname", "Smith"), ("given_name", "John")]);
        let chinese = content(&catalogue, &[("surname", "欧阳"), ("given_name", "娜")]);
        assert_eq!(
            fold(&catalogue, &[facts(1, 1, &latin)]).view().name,
            "John Smith"
        );
        assert_eq!(
            fold(&catalogue, &[facts(1, 1, &chinese)]).view().name,
            "欧阳娜"
        );
    }

    fn any_record() -> impl Strategy<Value = (u8, i64, Vec<(usize, String)>)> {
        (
            0_u8..4,
            0_i64..4,
            prop::collection::vec((0_usize..5, "[ab1]{0,3}"), 0..6),
        )
    }

    proptest! {
        #[test]
        fn the_order_of_records_does_not_matter(
            records in prop::collection::vec(any_record(), 1..6),
            rotation in 0_usize..6,
        ) {
            let catalogue = catalogue();
            let names = ["name", "mobile", "sex", "birth_date", "email"];
            let contents: Vec<Content> = records.iter().map(|(_, _, pairs)| {
                let pairs: Vec<(&str, &str)> =
                    pairs.iter().map(|(name, value)| (names[*name], value.as_str())).collect();
                content(&catalogue, &pairs)
            }).collect();
            let mut facts: Vec<RecordFacts<'_>> = records.iter().zip(&contents).zip(1..)
                .map(|(((trust, observed_at, _), content), record)| RecordFacts {
                    record, trust: *trust, observed_at: *observed_at, kind: PartyKind::Person, content,
                }).collect();
            let before = fold(&catalogue, &facts).view();
            let by = rotation % facts.len();
            facts.rotate_left(by);
            prop_assert_eq!(&fold(&catalogue, &facts).view(), &before);
            let blocks = [Class::General, Class::Sensitive].map(|class| before.to_block(&catalogue, class));
            let read = GoldenView::read_values(blocks.iter().map(Vec::as_slice)).unwrap();
            prop_assert_eq!(read, before.values);
        }
    }
}
