//! Where in a file a byte of a text stands, which may be written with escapes.

/// The byte of a TOML string as written, with its quotes, at which this byte of the text that it says stands.
pub(super) fn byte_of(raw: &str, byte: usize) -> usize {
    let (quotes, escapes) = match raw.as_bytes() {
        [b'"', b'"', b'"', ..] => (3, true),
        [b'\'', b'\'', b'\'', ..] => (3, false),
        [b'"', ..] => (1, true),
        [b'\'', ..] => (1, false),
        _ => return 0,
    };
    let mut place = quotes;
    if quotes == 3 {
        // A line break right after the opening quotes is not part of the text.
        let rest = &raw[place..];
        place += if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(rest.starts_with('\n'))
        };
    }
    let mut said = 0;
    while let Some(character) = raw[place..].chars().next() {
        let (written, means) = match (character, escapes) {
            ('\\', true) => escape(&raw[place..]),
            _ => (character.len_utf8(), character.len_utf8()),
        };
        if said >= byte && means > 0 {
            break;
        }
        place += written;
        said += means;
    }
    place.min(raw.len())
}

/// How many bytes an escape takes, and how many it means.
fn escape(raw: &str) -> (usize, usize) {
    let digits = match raw.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(byte) if byte.is_ascii_whitespace() => {
            // A backslash at the end of a line joins it with the next word.
            let rest = raw[1..].trim_start();
            return (raw.len() - rest.len(), 0);
        }
        _ => return (2.min(raw.len()), 1),
    };
    let number = raw.get(2..2 + digits);
    let character = number.and_then(|number| char::from_u32(u32::from_str_radix(number, 16).ok()?));
    (2 + digits, character.map_or(1, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::byte_of;

    #[test]
    fn places_in_texts_are_found_behind_quotes_and_escapes() {
        let cases = [
            ("\"a == b\"", 2, "== b\""),
            ("'a == b'", 2, "== b'"),
            ("\"a == \\\"王\\\" && b\"", 14, "b\""),
            ("\"\\u738b && b\"", 7, "b\""),
            ("\"\"\"\na &&\nb\"\"\"", 5, "b\"\"\""),
            ("\"\"\"a && \\\n   b\"\"\"", 5, "b\"\"\""),
            ("'''a'''", 9, ""),
        ];
        for (raw, byte, rest) in cases {
            assert_eq!(&raw[byte_of(raw, byte)..], rest, "{raw}");
        }
    }
}
