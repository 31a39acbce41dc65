//! Resident identity card numbers in the form that old and new cards share.

use identifiers::{PersonIdNumber, ResidentIdForm};

use crate::hash;
use crate::level::Agreement;
use crate::word::Word;

/// A number and what vouches for it.
#[derive(Clone, Copy, Default)]
pub(crate) struct ResidentId {
    pub number: Word,
    form: Option<ResidentIdForm>,
}

impl ResidentId {
    /// The fifteen digits of the old form: without the century and without the check digit.
    ///
    /// Whatever has another length stays as it is, so that a slip is still near to what was meant. The hash tells
    /// numbers in different forms apart.
    pub fn new(cell: &str, text: &mut String) -> (u64, Self) {
        super::compact(cell, text);
        let form = PersonIdNumber::parse(text).ok().map(|number| number.form());
        if text.len() >= 17 && text.is_ascii() {
            text.pop();
            if matches!(text.get(6..8), Some("19" | "20")) {
                text.replace_range(6..8, "");
            }
        }
        let number = Self {
            number: Word::new(text.as_bytes()),
            form,
        };
        let hash = super::hash_of(text);
        let told_apart = hash::both(hash, u64::from(number.doubt())).max(1);
        (if hash == 0 { 0 } else { told_apart }, number)
    }

    /// The number, whatever its form, as a key for blocking.
    pub fn key(&self) -> u64 {
        hash::of_bytes(self.number.bytes())
    }

    /// How little vouches for the number: a check digit, a form, nothing.
    pub fn doubt(&self) -> u8 {
        match self.form {
            Some(ResidentIdForm::Eighteen) => 0,
            Some(ResidentIdForm::Fifteen) => 1,
            None => 2,
        }
    }

    /// How two different numbers agree. Between two that their check digits vouch for lies no slip.
    pub fn compare(&self, other: &Self) -> Agreement {
        if self.number == other.number {
            return Agreement::Same;
        }
        if self.contradicts(other) {
            return super::code::common_beginning(self.number, other.number);
        }
        super::code::compare(self.number, other.number)
    }

    /// Whether two different numbers cannot belong to one person: both are well-formed, and no slip that a check
    /// digit would let pass makes one of the other.
    pub fn contradicts(&self, other: &Self) -> bool {
        match (self.form, other.form) {
            _ if self.number == other.number => false,
            (None, _) | (_, None) => false,
            (Some(ResidentIdForm::Eighteen), Some(ResidentIdForm::Eighteen)) => true,
            _ => self.number.distance(other.number) > 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ResidentId;
    use crate::level::Agreement;

    fn read(number: &str) -> (u64, ResidentId) {
        ResidentId::new(number, &mut String::new())
    }

    #[test]
    fn a_number_is_the_same_on_an_old_and_a_new_card() {
        let (new, old) = (read("11010519491231002X"), read("110105491231002"));
        assert!(new.0 != old.0 && new.1.key() == old.1.key());
        assert_eq!(new.1.compare(&old.1), Agreement::Same);
        assert!(!new.1.contradicts(&old.1));
        assert_eq!(
            read(" 11010519491231002x").0,
            read("１１０１０５１９４９１２３１００２Ｘ").0
        );
    }

    #[test]
    fn numbers_contradict_when_both_are_well_formed() {
        let one = read("11010519491231002X").1;
        let twin = read("110105194912310038").1;
        let slipped = read("11010519491231020X").1;
        assert_eq!(one.compare(&slipped), Agreement::Slip);
        assert!(!one.contradicts(&slipped) && !one.contradicts(&read("110105").1));
        assert!(one.contradicts(&twin) && one.compare(&twin) == Agreement::Part);
        // Nothing vouches for a number of the old form.
        assert!(
            !twin.contradicts(&read("110105491231002").1)
                && twin.contradicts(&read("110105491231715").1)
        );
    }
}
