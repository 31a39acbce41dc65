//! A short text that lives where its owner lives, so that keeping it costs no allocation.

/// At most `N` bytes of UTF-8, copied.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShortText<const N: usize> {
    bytes: [u8; N],
    length: u8,
}

impl<const N: usize> ShortText<N> {
    /// Nothing yet.
    pub(crate) const fn empty() -> Self {
        Self {
            bytes: [0; N],
            length: 0,
        }
    }

    /// Characters that are known to be ASCII, as far as they fit.
    pub(crate) fn of_ascii(characters: &[u8]) -> Self {
        let mut short = Self::empty();
        let fitting = characters.get(..N).unwrap_or(characters);
        if let (Some(room), Ok(length)) = (
            short.bytes.get_mut(..fitting.len()),
            u8::try_from(fitting.len()),
        ) {
            room.copy_from_slice(fitting);
            short.length = length;
        }
        short
    }

    /// Appends a character; `false`, and nothing appended, when it does not fit.
    pub(crate) fn push(&mut self, character: char) -> bool {
        self.push_str(character.encode_utf8(&mut [0; 4]))
    }

    /// Appends a text; `false`, and nothing appended, when it does not fit.
    pub(crate) fn push_str(&mut self, text: &str) -> bool {
        let start = usize::from(self.length);
        let end = start + text.len();
        let (Some(room), Ok(length)) = (self.bytes.get_mut(start..end), u8::try_from(end)) else {
            return false;
        };
        room.copy_from_slice(text.as_bytes());
        self.length = length;
        true
    }

    /// The bytes of the text.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes
            .get(..usize::from(self.length))
            .unwrap_or_default()
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        // The fallbacks are unreachable: only whole characters are appended.
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

/// Appends a character in UTF-8.
pub(crate) fn push(character: char, output: &mut Vec<u8>) {
    output.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

impl<const N: usize> std::fmt::Debug for ShortText<N> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_fits_comes_back_and_what_does_not_is_refused(text in any::<String>()) {
            let mut short = ShortText::<24>::empty();
            let fits = short.push_str(&text);
            prop_assert_eq!(fits, text.len() <= 24);
            prop_assert_eq!(short.as_str(), if fits { &text } else { "" });
        }
    }
}
