//! Whether two names may be one party's.

use names::Agreement;

/// Whether two names agree; a missing name agrees with nothing.
pub fn agree(person: bool, left: Option<&str>, right: Option<&str>) -> bool {
    let (Some(left), Some(right)) = (left, right) else {
        return false;
    };
    let agreement = if person {
        names::agreement(left, right)
    } else {
        names::organisation_agreement(left, right)
    };
    matches!(agreement, Agreement::Same | Agreement::Agrees(_))
}
