//! The first two digits of a division code: provinces of GB/T 2260.

/// Whether a number of two digits is the code of a province, in a resident identity number.
///
/// 71 is Taiwan; 81 and 82 are Hong Kong and Macao; 83 marks residence permits of Taiwan
/// residents; 91 marks foreigners in older data.
pub(crate) fn is_known(province: u8) -> bool {
    KNOWN.get(usize::from(province)).copied().unwrap_or(false)
}

/// Looked up instead of compared: candidates for a repair are as often none as one.
static KNOWN: [bool; 100] = known();

const fn known() -> [bool; 100] {
    let mut known = [false; 100];
    let mut province = 0;
    while province < known.len() {
        known[province] = matches!(
            province,
            11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91
        );
        province += 1;
    }
    known
}
