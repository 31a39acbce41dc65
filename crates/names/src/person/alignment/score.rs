//! What it says that words are paired, differ, or stand alone.

use super::super::form::Form;
use super::super::names_table::{Classes, Shared};
use super::super::token::{Part, Token};
use super::{Alignment, CONFLICT, open_words};
use crate::{Comparison, Reason, Reasons};

/// How heavily it weighs that one name has more words, and that one lacks the first given name of the other.
const LACKING: f32 = 0.3;
const LACKING_FIRST: f32 = 0.5;

/// Above this, names differ in spellings at most.
const NEARLY_SURE: f32 = 0.85;

/// How much of what is above is lost where the table does not know two spellings as one name.
const SLIP: f32 = 0.25;
const SAME_SOUND: f32 = 0.15;
const OTHER_SOUND: f32 = 0.5;

/// What is left of the agreement of two names of which one is the son of the other.
const TURNED: f32 = 0.7;

impl Alignment<'_> {
    /// How far the names agree, and why.
    pub(super) fn score(self) -> Comparison {
        let left = rest(self.left.words(), self.left_used);
        let right = rest(self.right.words(), self.right_used);
        // Small words alone are a name only where there is nothing else.
        let all = left + right <= 0.0;
        if self.matched <= 0.0 || (self.names_matched == 0 && !all) {
            return Comparison::new(0.0, Reasons::of(Reason::Different));
        }
        let (conflict, lacking) = (left.min(right), (left - right).abs());
        let first = first_missing(self.left, self.left_used)
            .max(first_missing(self.right, self.right_used));
        let whole = self.matched + CONFLICT * conflict + LACKING * lacking + LACKING_FIRST * first;
        let mut score = self.agreed / whole;
        if score > NEARLY_SURE {
            score = self.weigh_spellings(score);
        }
        // Parts that are brought together while reading are not written the same.
        if self.left.written != self.right.written {
            score = score.min(0.996);
        }
        let mut reasons = self.reasons;
        if conflict > 0.25 {
            reasons = reasons.with(Reason::OtherWords);
        } else if lacking > 0.25 {
            reasons = reasons.with(Reason::MissingWords);
        } else if lacking > 0.0 {
            reasons = reasons.with(Reason::SmallWords);
        }
        // One word in common says less than two, however well it agrees.
        if self.names_matched == 1 && conflict + lacking > 0.25 {
            score *= 0.85;
            reasons = reasons.with(Reason::PartOnly);
        }
        if self.descent_is_turned() {
            score *= TURNED;
            reasons = reasons.with(Reason::WordOrder);
        }
        Comparison::new(f64::from(score), reasons)
    }

    /// What names nearly the same are worth by how their words differ: spellings that the table knows of one name, or
    /// that sound the same, are no slips; another letter in place of one is rather a slip than a usage.
    fn weigh_spellings(&self, score: f32) -> f32 {
        let (mut known, mut lost) = (false, 0.0_f32);
        for (left, right) in self.pairs() {
            let (left, right) = (&self.left.words()[left], &self.right.words()[right]);
            let initials = left.is_initial() || right.is_initial();
            if left.key == right.key || left.script != right.script || initials {
                continue;
            }
            match Classes::of(left.key).shared(&Classes::of(right.key)) {
                Shared::Name => known = true,
                Shared::ShortForm => {}
                Shared::Nothing => {
                    lost = lost.max(match left.sounds.replaced(&right.sounds) {
                        Some(0) => SAME_SOUND,
                        Some(1) => OTHER_SOUND,
                        _ => SLIP,
                    });
                }
            }
        }
        if lost > 0.0 {
            score - lost * (score - NEARLY_SURE)
        } else if known {
            score.midpoint(1.0)
        } else {
            score
        }
    }

    /// The words that are paired, by their places.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let partners = self.partners.iter().enumerate();
        partners.filter_map(|(place, partner)| Some((place, usize::from((*partner)?))))
    }

    /// Whether the son of one name is the father of the other: Ahmad bin Hasan, Hasan bin Ahmad.
    fn descent_is_turned(&self) -> bool {
        let (Some(left), Some(right)) = (descent(self.left), descent(self.right)) else {
            return false;
        };
        let is = |one: usize, other: &dyn Fn(usize) -> bool| {
            self.pairs().any(|pair| pair.0 == one && other(pair.1))
        };
        is(self.left.first_given, &|place| place > right)
            && self
                .pairs()
                .any(|pair| pair.1 == self.right.first_given && pair.0 > left)
    }
}

/// Where a word for son or daughter stands between the given name and the name of the father.
fn descent(form: &Form) -> Option<usize> {
    let place = form.words().iter().position(Token::is_descent)?;
    (form.first_given < place).then_some(place)
}

fn rest(words: &[Token], used: u16) -> f32 {
    open_words(words, used).map(|(_, word)| word.weight).sum()
}

/// The weight of the first given name if the other name lacks it.
fn first_missing(form: &Form, used: u16) -> f32 {
    match form.words().get(form.first_given) {
        Some(word) if used >> form.first_given & 1 == 0 && word.part == Part::Name => word.weight,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use crate::{NameKind, Reason, compare};

    #[track_caller]
    fn score(left: &str, right: &str) -> f64 {
        let found = compare(NameKind::Person, left, right).score;
        assert!((found - compare(NameKind::Person, right, left).score).abs() < 1e-12);
        found
    }

    #[test]
    fn father_and_son_are_two() {
        let turned = compare(NameKind::Person, "Ahmad bin Hasan", "Hasan bin Ahmad");
        assert!(turned.score < 0.75, "{turned:?}");
        assert!(turned.reasons.contains(Reason::WordOrder));
        assert!(score("Ahmad bin Hasan al-Ubaidi", "AL-UBAIDI, Ahmad bin Hasan") > 0.95);
        assert!(score("Ahmad bin Hasan", "Ahmed ibn Hassan") > 0.9);
    }

    #[test]
    fn a_known_spelling_says_more_than_another_letter() {
        let known = score("Mohammad Jawad Waziri", "Muhammed Jawad Waziri");
        let sound = score("Mohammad Jawad Waziri", "Mohammad Jawad Wazziri");
        let slip = score("Mohammad Jawad Waziri", "Mohammad Jawad Wuziri");
        assert!(known > slip && sound > slip, "{known} {sound} {slip}");
        assert!(slip > 0.85, "{slip}");
    }

    #[test]
    fn one_of_several_names_says_less_than_the_only_one() {
        assert!(score("Ali Hasan (Abu Omar)", "Ali Hasan") < 0.98);
        assert!(score("Ali Hasan (Abu Omar)", "HASAN, Ali (Abu Omar)") > 0.99);
    }
}
