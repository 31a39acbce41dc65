//! Mobile numbers without what stands before them.

/// The eleven digits; of another number its digits.
pub(super) fn normal(cell: &str, text: &mut String) {
    text.clear();
    if cell.bytes().all(|byte| byte.is_ascii_digit()) {
        text.push_str(cell);
    } else {
        let characters = cell.chars().map(super::half_width);
        text.extend(characters.filter(char::is_ascii_digit));
    }
    for prefix in ["0086", "86"] {
        if text.len() > 11 && text.starts_with(prefix) {
            text.replace_range(..prefix.len(), "");
        }
    }
}
