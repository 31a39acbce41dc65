//! Generated well-formed numbers for the property tests of this crate.

use proptest::prelude::*;

use crate::{ResidentIdNumber, check};

/// Well-formed numbers of births between 1850 and 2039, in a few provinces.
pub(crate) fn valid_number() -> impl Strategy<Value = ResidentIdNumber> {
    let division = "(11|23|44|54|65|71|81|83)[0-9]{4}";
    let birth = "(18[5-9]|19[0-9]|20[0-3])[0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])";
    (
        division,
        birth,
        prop_oneof![4 => "[0-9]{3}", 1 => "99[5-9]"],
    )
        .prop_map(|(division, birth, sequence)| {
            let mut number = format!("{division}{birth}{sequence}");
            number.push(char::from(check::mod_11_2(number.as_bytes()).unwrap()));
            number.parse().unwrap()
        })
}
