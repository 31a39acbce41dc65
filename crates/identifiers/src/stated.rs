//! What a repaired number says of its person, held against what its row says.

use crate::repair::RowContext;
use crate::{CalendarDate, Identifier, Sex, known};

/// Years of birth that are met with; outside of them a repair comes behind the others.
pub(crate) const PLAUSIBLE_YEARS: std::ops::RangeInclusive<u16> = 1915..=2035;

/// What a repaired number says of its person.
pub(crate) struct Stated {
    birth_date: Option<CalendarDate>,
    sex: Option<Sex>,
    division: Option<[u8; 6]>,
}

impl Stated {
    /// Reads it off.
    pub(crate) fn by(identifier: &Identifier) -> Self {
        let (birth_date, sex, division) = match identifier {
            Identifier::ResidentId(number) => {
                let number = number.as_number();
                (
                    Some(number.birth_date()),
                    Some(number.sex()),
                    Some(number.division()),
                )
            }
            Identifier::ResidencePermit(permit) => {
                (Some(permit.birth_date()), Some(permit.sex()), None)
            }
            Identifier::PermanentResidentCard(card) => (card.birth_date(), card.sex(), None),
            Identifier::CreditCode(code) => (None, None, Some(code.division())),
            Identifier::RegistrationNumber(number) => (None, None, Some(number.authority())),
            _ => (None, None, None),
        };
        Self {
            birth_date,
            sex,
            division: division.and_then(|code| code.as_bytes().try_into().ok()),
        }
    }

    /// Whether nothing in the row contradicts the number, and something was there to do so.
    pub(crate) fn agrees(&self, row: &RowContext<'_>) -> bool {
        let birth_date = self
            .birth_date
            .zip(row.birth_date)
            .map(|(own, given)| own == given);
        let sex = self.sex.zip(row.sex).map(|(own, given)| own == given);
        let division = self.division.zip(row.division).map(|_| true);
        let said = [birth_date, sex, division];
        said.iter().any(Option::is_some) && !said.contains(&Some(false))
    }

    /// Whether somebody like this may be met with.
    pub(crate) fn is_plausible(&self) -> bool {
        let year = self.birth_date.map(CalendarDate::year);
        year.is_none_or(|year| PLAUSIBLE_YEARS.contains(&year))
            && self.division.is_none_or(known::is_division)
    }
}
