//! What decides whatever the evidence: numbers that make certain, patterns that only look like one party (R4.1, R4.3).

use serde::{Deserialize, Serialize};

use crate::book::{Book, Cell};
use crate::kind::Kind;
use crate::level::Agreement;
use crate::model::{FieldModel, Model};

/// What a guard does with a pair.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// The two are not linked by what they say themselves: a person looks.
    Hold,
    /// The two are one party, unless something contradicts it.
    Link,
}

/// How two values relate, as far as a guard asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing in common.
    Different,
    /// The same after normalisation, in a form that can be vouched for.
    Same,
    /// The same but for a slip, another script or another way to write it.
    Slip,
    /// The same but for two slips or a known kind of change.
    Change,
    /// One is the other with something left out.
    Part,
    /// One is nearly a part of the other.
    NearPart,
    /// Something in common and something against it.
    Some,
    /// Little in common.
    Little,
    /// Not said on both sides.
    Missing,
}

/// How a column must relate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Condition {
    /// The column.
    pub field: String,
    /// In one of these ways.
    pub is: Vec<Outcome>,
}

/// What is done with pairs of which all conditions hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Guard {
    /// A word for it, which never changes.
    pub code: String,
    /// What is done.
    pub action: Action,
    /// Whether a person should look however little speaks for the pair.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub review: bool,
    /// The conditions.
    pub when: Vec<Condition>,
}

impl Outcome {
    fn of(agreement: Agreement) -> Self {
        match agreement {
            Agreement::Different => Self::Different,
            Agreement::Same => Self::Same,
            Agreement::Slip => Self::Slip,
            Agreement::Change => Self::Change,
            Agreement::Part => Self::Part,
            Agreement::NearPart => Self::NearPart,
            Agreement::Some => Self::Some,
            Agreement::Little => Self::Little,
        }
    }
}

/// A guard whose columns are known by their places.
#[derive(Debug)]
pub(crate) struct ReadyGuard {
    pub action: Action,
    /// Whether it matters however little speaks for the pair.
    pub always: bool,
    when: Vec<(usize, Vec<Outcome>)>,
}

impl ReadyGuard {
    /// The guards of a model; a column that it does not compare holds no guard.
    pub fn all(model: &Model) -> Vec<Self> {
        let ready = |guard: &Guard| {
            let when = guard.when.iter().map(|condition| {
                let field = model.field(&condition.field).ok();
                (field.unwrap_or(usize::MAX), condition.is.clone())
            });
            Self {
                action: guard.action,
                always: guard.review || guard.action == Action::Link,
                when: when.collect(),
            }
        };
        model.guards.iter().map(ready).collect()
    }

    /// Whether all conditions hold of two records.
    pub fn holds(&self, book: &Book, left: u32, right: u32) -> bool {
        let mut conditions = self.when.iter();
        conditions.all(|(field, outcomes)| {
            outcome(book, *field, left, right).is_some_and(|found| outcomes.contains(&found))
        })
    }
}

/// How two records relate in a field; none where they agree in something that nothing vouches for.
fn outcome(book: &Book, field: usize, left: u32, right: u32) -> Option<Outcome> {
    let column = book.fields.get(field)?;
    let cells: [Cell; 2] = [book.record(left)[field], book.record(right)[field]];
    let Some(agreement) = column.level(cells[0], cells[1]).agreement() else {
        return Some(Outcome::Missing);
    };
    let sound = || cells.iter().any(|cell| column.is_sound(*cell));
    (agreement != Agreement::Same || sound()).then(|| Outcome::of(agreement))
}

/// The guards that columns of these kinds suggest: a number that names one party makes certain where the name agrees
/// and waits for a person where it does not; one household shares all but given names.
///
/// A table that names organisations before it names a person is about organisations, and the person is theirs.
pub(crate) fn proposed(fields: &[FieldModel]) -> Vec<Guard> {
    let first = |kind: Kind| fields.iter().position(|field| field.kind == kind);
    let (person, organisation) = (first(Kind::ChineseName), first(Kind::OrganisationName));
    match (person, organisation) {
        (Option::Some(name), None) => of_persons(fields, name),
        (Option::Some(name), Option::Some(other)) if name < other => of_persons(fields, name),
        (_, Option::Some(name)) => of_organisations(fields, name),
        (None, None) => Vec::new(),
    }
}

fn guard(code: &str, action: Action, when: &[(&FieldModel, &[Outcome])]) -> Guard {
    let condition = |(field, is): &(&FieldModel, &[Outcome])| Condition {
        field: field.name.clone(),
        is: is.to_vec(),
    };
    Guard {
        code: code.to_owned(),
        action,
        // A number that two names share is a finding by itself; a family or a group of companies is none.
        review: action == Action::Hold && ![HOUSEHOLD, ONE_OWNER].contains(&code),
        when: when.iter().map(condition).collect(),
    }
}

/// One owner or one group shares telephones, addresses and representatives among its companies.
const ONE_OWNER: &str = "companies-of-one-owner";
/// One household shares all but given names.
const HOUSEHOLD: &str = "household";

fn of_persons(fields: &[FieldModel], name: usize) -> Vec<Guard> {
    use Outcome::{Change, Different, Little, Missing, NearPart, Part, Same, Slip, Some};
    let (numbers, name) = (
        |field: &&FieldModel| field.kind == Kind::ResidentId,
        &fields[name],
    );
    let Option::Some(number) = fields.iter().find(numbers) else {
        return Vec::new();
    };
    let same = (number, [Same].as_slice());
    let agreeing = (name, [Same, Slip, Change, Part].as_slice());
    let other = (name, [Different, Little, Some, NearPart].as_slice());
    let without = (number, [Missing, Different, Little, Part].as_slice());
    let relative = (name, [Different, Little].as_slice());
    vec![
        guard("same-number", Action::Link, &[same, agreeing]),
        guard("number-of-another-name", Action::Hold, &[same, other]),
        guard(HOUSEHOLD, Action::Hold, &[relative, without]),
    ]
}

/// A company may change its name and keeps its code; its branches have codes of their own.
fn of_organisations(fields: &[FieldModel], name: usize) -> Vec<Guard> {
    use Outcome::{Change, Different, Little, Missing, NearPart, Part, Same, Slip, Some};
    let (codes, name) = (
        |field: &&FieldModel| field.kind == Kind::CreditCode,
        &fields[name],
    );
    let Option::Some(code) = fields.iter().find(codes) else {
        return Vec::new();
    };
    let same = (code, [Same].as_slice());
    let agreeing = (name, [Same, Slip, Change, Some].as_slice());
    let branch = (name, [Part].as_slice());
    let other = (name, [Different, Little, NearPart].as_slice());
    let without = (code, [Missing, Different, Little, Part].as_slice());
    let foreign = (name, [Different, Little].as_slice());
    vec![
        guard("same-credit-code", Action::Link, &[same, agreeing]),
        guard("credit-code-of-a-branch", Action::Hold, &[same, branch]),
        guard("credit-code-of-another-name", Action::Hold, &[same, other]),
        guard(ONE_OWNER, Action::Hold, &[foreign, without]),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Guard, proposed};
    use crate::kind::Kind;
    use crate::model::FieldModel;

    fn codes(kinds: &[Kind]) -> Vec<String> {
        let field = |kind: &Kind| FieldModel {
            name: kind.code().to_owned(),
            kind: *kind,
            several: false,
            beside: None,
            levels: Vec::new(),
            frequent: None,
        };
        let fields: Vec<FieldModel> = kinds.iter().map(field).collect();
        let guards = proposed(&fields).into_iter();
        guards.map(|Guard { code, .. }| code).collect()
    }

    #[test]
    fn a_person_who_stands_for_an_organisation_makes_no_party() {
        let (person, number) = (Kind::ChineseName, Kind::ResidentId);
        let (name, code) = (Kind::OrganisationName, Kind::CreditCode);
        let of_persons = ["same-number", "number-of-another-name", "household"];
        let of_organisations = [
            "same-credit-code",
            "credit-code-of-a-branch",
            "credit-code-of-another-name",
            "companies-of-one-owner",
        ];
        assert_eq!(codes(&[person, number]), of_persons);
        // An employer stands behind its employee, a legal representative behind the company.
        assert_eq!(codes(&[person, number, name]), of_persons);
        assert_eq!(codes(&[name, code, person, number]), of_organisations);
        assert!(codes(&[name, person, number]).is_empty());
        assert!(codes(&[number, code]).is_empty());
    }
}
