//! Reading the characters of a kind whose refusals are [`Fault`]s.

use std::ops::Range;

use crate::fault::{Fault, InvalidIdentifier, Lengths, Wording};
use crate::written::{Written, is_mark};
use crate::{IdentifierKind, InvalidCalendarDate, InvalidResidentIdNumber};

/// The characters of a text that was given as a kind: upper case, half width, without blanks,
/// hyphens and dots, and of a length that the kind has.
pub(crate) struct Form<const N: usize> {
    kind: IdentifierKind,
    characters: [u8; N],
    length: usize,
}

impl<const N: usize> Form<N> {
    /// Reads a text that should have one of some lengths, none above `N`.
    pub(crate) fn read(
        kind: IdentifierKind,
        text: &str,
        required: Lengths,
    ) -> Result<Self, InvalidIdentifier> {
        Self::read_without(kind, text, required, |_| false)
    }

    /// Reads a text likewise, leaving out further characters too.
    pub(crate) fn read_without(
        kind: IdentifierKind,
        text: &str,
        required: Lengths,
        left_out: fn(u8) -> bool,
    ) -> Result<Self, InvalidIdentifier> {
        let written = Written::<N>::read(text, |found| is_mark(found) || left_out(found));
        let found = written.length();
        let refuse = |fault| Err(InvalidIdentifier::new(kind, fault));
        if !required.allow(found) || found > N {
            return refuse(Fault::Length { found, required });
        }
        if let Some((position, found)) = written.foreign() {
            let required = Wording::LETTER_OR_DIGIT;
            return refuse(Fault::Character {
                position,
                found,
                required,
            });
        }
        let form = Self {
            kind,
            characters: written.into_characters(),
            length: found,
        };
        form.require(
            0..found,
            |c| c.is_ascii_alphanumeric(),
            Wording::LETTER_OR_DIGIT,
        )?;
        Ok(form)
    }

    /// The characters.
    pub(crate) fn characters(&self) -> &[u8] {
        self.characters.get(..self.length).unwrap_or_default()
    }

    /// The first `M` characters; zeros where the text has fewer.
    pub(crate) fn first<const M: usize>(&self) -> [u8; M] {
        let mut first = [0; M];
        for (place, character) in first.iter_mut().zip(self.characters()) {
            *place = *character;
        }
        first
    }

    /// Refuses the first character in a range, as far as there are any, that is not right.
    pub(crate) fn require(
        &self,
        range: Range<usize>,
        is_right: fn(u8) -> bool,
        required: Wording,
    ) -> Result<(), InvalidIdentifier> {
        let start = range.start;
        let range = start..range.end.min(self.length);
        let characters = self.characters().get(range).unwrap_or_default();
        match characters.iter().position(|&found| !is_right(found)) {
            None => Ok(()),
            Some(place) => self.refuse(Fault::Character {
                position: start + place + 1,
                found: characters[place].into(),
                required,
            }),
        }
    }

    /// Refuses a character in a range that is not a digit.
    pub(crate) fn digits(&self, range: Range<usize>) -> Result<(), InvalidIdentifier> {
        self.require(
            range,
            |character| character.is_ascii_digit(),
            Wording::DIGIT,
        )
    }

    /// A refusal.
    pub(crate) fn refuse<T>(&self, fault: Fault) -> Result<T, InvalidIdentifier> {
        Err(InvalidIdentifier::new(self.kind, fault))
    }

    /// A refusal for a birth date.
    pub(crate) fn birth_date<T>(
        &self,
        date: Result<T, InvalidCalendarDate>,
    ) -> Result<T, InvalidIdentifier> {
        date.or_else(|refusal| self.refuse(Fault::BirthDate(refusal)))
    }
}

/// What a refusal of a resident identity number says of a number that is built like one.
pub(crate) fn of_resident_id(
    refusal: InvalidResidentIdNumber,
    lengths: Lengths,
    beginning: Wording,
) -> Fault {
    use InvalidResidentIdNumber as Refusal;
    match refusal {
        Refusal::Length { found, .. } => Fault::Length {
            found,
            required: lengths,
        },
        Refusal::NotADigit { position, found } => Fault::Character {
            position,
            found,
            required: Wording::DIGIT,
        },
        Refusal::CheckCharacter { found } => Fault::Character {
            position: 18,
            found,
            required: Wording::DIGIT_OR_X,
        },
        Refusal::Province { found } => Fault::Beginning {
            found: crate::fault::Beginning::of_ascii(&[b'0' + found / 10 % 10, b'0' + found % 10]),
            required: beginning,
        },
        Refusal::BirthDate(refusal) => Fault::BirthDate(refusal),
        Refusal::BirthYear { found } => Fault::BirthDate(InvalidCalendarDate::Year(found)),
        Refusal::CheckDigit { found, expected } => Fault::CheckCharacter { found, expected },
    }
}
