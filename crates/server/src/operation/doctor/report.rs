//! What an examination says.

use std::collections::BTreeMap;

use domain::Text;
use domain::register::CustomerNumber;
use serde::Serialize;

use crate::register::CustomerId;

/// Findings that a report lists; the others are counted.
const LISTED: usize = 1_000;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Records, their seals and their keys.
    Records,
    /// The audit log and what it proves of the records.
    Log,
    /// Who belongs to whom.
    Memberships,
    /// Customers and their views.
    Customers,
    /// The look-up index.
    Index,
    /// Counts that are kept.
    Counts,
}

/// The outcome of an examination.
#[derive(Debug, Clone, Serialize)]
pub struct Examination {
    /// Whether nothing was found.
    pub sound: bool,
    /// How much was looked at.
    pub checked: Checked,
    /// What is wrong; the first thousand.
    pub findings: Vec<Finding>,
    /// How many there are in all.
    pub findings_in_all: u64,
    /// Customers whose view is not the fold of their records, for [`super::rebuild`].
    #[serde(skip)]
    pub views_to_rebuild: Vec<CustomerId>,
    /// What must be added to tallies, for [`super::rebuild`].
    #[serde(skip)]
    pub tallies_to_correct: BTreeMap<String, i64>,
    /// Wall time.
    pub seconds: f64,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each field is named for what it counts")]
pub struct Checked {
    pub records: u64,
    pub audit_entries: u64,
    pub customers: u64,
    pub views: u64,
    pub lookup_keys: u64,
    pub index_entries: u64,
    pub tallies: u64,
    pub batches: u64,
}

/// Something that is wrong. Names things by number and says nothing of anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A code that never changes.
    pub code: &'static str,
    /// `record/7`, `customer/000000000018`, `tally/records`.
    pub subject: String,
    /// What a person reads.
    pub text: Text,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    listed: Vec<Finding>,
    in_all: u64,
}

impl Findings {
    pub(super) fn add(&mut self, code: &'static str, subject: String, zh: &str, en: &str) {
        self.in_all += 1;
        if self.listed.len() < LISTED {
            self.listed.push(Finding {
                code,
                subject,
                text: Text::new(zh, en),
            });
        }
    }

    pub(super) fn into_parts(self) -> (Vec<Finding>, u64) {
        (self.listed, self.in_all)
    }
}

pub(super) fn record(id: i64) -> String {
    format!("record/{id}")
}

pub(super) fn customer(id: CustomerId) -> String {
    format!("customer/{}", CustomerNumber::from_sequence(id))
}
