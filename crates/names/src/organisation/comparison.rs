//! How far two names of organisations agree.
//!
//! The trade name decides. Region, trade and legal form weigh little where one name lacks them and count where they
//! contradict: the same trade name in two cities is two organisations, a branch is not its head office.

use super::abbreviation;
use super::characters_alignment::{self, Stem};
use super::evidence::{Evidence, OTHER_REGION};
use super::languages::{across, in_words};
use super::lexicon::Class;
use super::name::{OrganisationName, PartKind};
use super::regions::{Regions, regions};
use crate::comparison::Comparison;
use crate::{Reason, Reasons};

/// What is left of the agreement of a company and a partnership or a cooperative of one name.
const OTHER_KIND: f64 = 0.69;

/// What is left of the agreement of a branch and its head office, or the branch above it.
const BRANCH: f64 = 0.68;

/// How much of what is above a score is lost where a word is spelled in two ways, however little the word says.
const SLIP: f64 = 0.4;
const WITH_SLIPS: f64 = 0.7;

/// What is left of the agreement of two branches.
const OTHER_BRANCH: f64 = 0.6;

impl OrganisationName {
    /// Compares two names; the order of the two does not matter.
    ///
    /// The scale is that of [`Comparison`](crate::Comparison):
    ///
    /// | score | what it takes | as |
    /// | --- | --- | --- |
    /// | 1 | written the same | |
    /// | 0.9 to 0.99 | writing, place of the region, legal form of one family; region or trade lacking; a known short name | 字节跳动（北京）科技有限公司 / 北京字节跳动科技; 中石化 / 中国石油化工集团有限公司 |
    /// | 0.7 to 0.9 | a letter or a character that sounds the same; an acronym; other words of little weight | Tayota / Toyota Motor Corporation; IBM / International Business Machines |
    /// | 0.55 to 0.7 | related but another: region, trade, number or kind of legal form contradict; a branch | 北京… / 上海甲乙科技有限公司; 工商银行 / its 北京分行 |
    /// | below 0.55 | another trade name, or only words in common that many names have | Bank of Armenia / Bank of America |
    ///
    /// ```
    /// use names::{OrganisationName, Reason};
    ///
    /// let name = OrganisationName::parse("字节跳动（北京）科技有限公司");
    /// let same = name.compare(&OrganisationName::parse("北京字节跳动科技有限公司"));
    /// assert!(same.score > 0.95);
    /// let sibling = name.compare(&OrganisationName::parse("上海字节跳动科技有限公司"));
    /// assert!(sibling.score < 0.8 && sibling.reasons.contains(Reason::Region));
    /// ```
    pub fn compare(&self, other: &Self) -> Comparison {
        if self.written() == other.written() {
            return if self.tokens().is_empty() {
                Comparison::new(0.0, Reasons::of(Reason::Missing))
            } else {
                Comparison::new(1.0, Reasons::of(Reason::Identical))
            };
        }
        if self.tokens().is_empty() || other.tokens().is_empty() {
            return Comparison::new(0.0, Reasons::of(Reason::Missing));
        }
        let (left, right) = if self.normal() <= other.normal() {
            (self, other)
        } else {
            (other, self)
        };
        let mut best = main_names(left, right);
        for (reason, former) in left.former() {
            best = better(best, with_other(main_names_ordered(former, right), *reason));
        }
        for (reason, former) in right.former() {
            best = better(best, with_other(main_names_ordered(left, former), *reason));
        }
        best
    }
}

fn main_names_ordered(left: &OrganisationName, right: &OrganisationName) -> Comparison {
    if left.normal() <= right.normal() {
        main_names(left, right)
    } else {
        main_names(right, left)
    }
}

fn with_other(found: Comparison, reason: Reason) -> Comparison {
    Comparison::new(0.96 * found.score, found.reasons.with(reason))
}

fn better(one: Comparison, other: Comparison) -> Comparison {
    if other.score > one.score { other } else { one }
}

fn main_names(left: &OrganisationName, right: &OrganisationName) -> Comparison {
    if left.normal() == right.normal() {
        return Comparison::new(0.99, Reasons::of(Reason::Writing));
    }
    let evidence = match (left.is_chinese(), right.is_chinese()) {
        (true, true) => chinese(left, right),
        (false, false) => in_words(left, right),
        (true, false) => across(left, right),
        (false, true) => across(right, left),
    };
    let evidence = legal_forms(left, right, evidence);
    let evidence = branches(left, right, evidence);
    let mut found = Comparison::new(evidence.score().min(0.985), evidence.reasons);
    let slips = [Reason::OneLetter, Reason::Spelling, Reason::Truncation];
    if slips.iter().any(|slip| found.reasons.contains(*slip)) {
        found.score -= SLIP * (found.score - WITH_SLIPS).max(0.0);
    }
    let contradicts =
        found.reasons.contains(Reason::Region) || found.reasons.contains(Reason::Number);
    if found.score < 0.9 && !contradicts && abbreviation::known_alike(left, right) {
        let score = 0.92 * evidence.factor;
        found = better(
            found,
            Comparison::new(score, Reasons::of(Reason::Abbreviation)),
        );
    }
    if found.reasons.is_empty() {
        found.reasons = Reasons::of(Reason::Writing);
    }
    found
}

fn chinese(left: &OrganisationName, right: &OrganisationName) -> Evidence {
    let mut evidence = characters_alignment::align(&Stem::of(left), &Stem::of(right));
    let own = left.has_own() || right.has_own();
    let regions = regions(left, right);
    match regions {
        Regions::Same => evidence.shared += 0.15,
        Regions::Partly => {
            evidence.shared += 0.1;
            evidence.alone[0] += 0.15;
        }
        Regions::Contradict => {
            evidence.factor *= OTHER_REGION;
            evidence = evidence.with(Reason::Region);
        }
        Regions::OneOnly(side) => {
            evidence.alone[side] += if own { 0.12 } else { 0.45 };
            evidence = evidence.with(Reason::RegionMissing);
        }
        Regions::Neither => {}
    }
    if !own {
        evidence = evidence.with(Reason::GenericOnly);
    }
    if evidence.score() < 0.86 {
        let fits = abbreviation::fits(left, right);
        let score = 0.9 * fits;
        if fits > 0.5 && score * evidence.factor > evidence.score() {
            let mut reasons = Reasons::of(Reason::Abbreviation);
            if evidence.reasons.contains(Reason::Region) {
                reasons = reasons.with(Reason::Region);
            }
            return Evidence {
                shared: score,
                alone: [0.0, (1.0 - score) / 0.42],
                factor: evidence.factor,
                reasons,
            };
        }
    }
    evidence
}

/// Legal forms of one family turn into each other; those of two do not.
fn legal_forms(
    left: &OrganisationName,
    right: &OrganisationName,
    mut evidence: Evidence,
) -> Evidence {
    let form = |name: &OrganisationName| {
        let forms = name
            .tokens_of(PartKind::LegalForm)
            .filter(|token| token.meaning.class == Class::Form);
        forms
            .map(|token| token.meaning)
            .max_by_key(|form| form.concept)
    };
    match (form(left), form(right)) {
        (Some(one), Some(other)) if one.other != other.other => {
            evidence.factor *= OTHER_KIND;
            evidence.with(Reason::LegalFormKind)
        }
        (Some(one), Some(other)) if one.concept != other.concept => {
            evidence.factor *= 0.965;
            evidence.with(Reason::LegalForm)
        }
        (Some(_), None) | (None, Some(_)) => {
            evidence.factor *= 0.98;
            evidence.with(Reason::LegalForm)
        }
        _ => evidence,
    }
}

/// A branch is not its head office, and two branches are not one.
fn branches(left: &OrganisationName, right: &OrganisationName, mut evidence: Evidence) -> Evidence {
    let (mut one, mut other) = (
        left.tokens_of(PartKind::Branch),
        right.tokens_of(PartKind::Branch),
    );
    loop {
        match (one.next(), other.next()) {
            (None, None) => return evidence,
            (Some(branch), Some(others)) => {
                let same = left.word(branch) == right.word(others)
                    || !(left.is_chinese() && right.is_chinese());
                if !same {
                    evidence.factor *= OTHER_BRANCH;
                    return evidence.with(Reason::OtherBranch);
                }
            }
            _ => {
                evidence.factor *= BRANCH;
                return evidence.with(Reason::Branch);
            }
        }
    }
}

#[cfg(test)]
mod tests;
