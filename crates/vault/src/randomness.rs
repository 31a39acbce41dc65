//! Randomness from the operating system, fetched by the page so that a nonce costs no system call.

use std::fmt;

use zeroize::Zeroize;

const BUFFER_LENGTH: usize = 4096;
/// Fetched first: whoever seals one record needs no page.
const FIRST_LENGTH: usize = 256;

/// The operating system gave no random bytes; nothing may be sealed until it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct RandomnessUnavailable(getrandom::Error);

/// A buffered source of secret random bytes.
///
/// Give each writer its own: it is not shared and takes no lock. A byte is handed out once and
/// wiped from the buffer at that moment, so a later memory dump does not show old nonces or keys.
pub struct Randomness {
    buffer: Box<[u8; BUFFER_LENGTH]>,
    used: usize,
    /// How much of the buffer was fetched.
    fetched: usize,
}

impl Randomness {
    /// An empty buffer; the first use fills it.
    pub fn new() -> Self {
        Self {
            buffer: Box::new([0; BUFFER_LENGTH]),
            used: 0,
            fetched: 0,
        }
    }

    /// Fills `target` with bytes that were never handed out before.
    pub fn fill(&mut self, target: &mut [u8]) -> Result<(), RandomnessUnavailable> {
        let mut filled = 0;
        while filled < target.len() {
            if self.used == self.fetched {
                self.refill()?;
            }
            let count = (target.len() - filled).min(self.fetched - self.used);
            let fresh = &mut self.buffer[self.used..self.used + count];
            target[filled..filled + count].copy_from_slice(fresh);
            fresh.zeroize();
            self.used += count;
            filled += count;
        }
        Ok(())
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&mut self) -> Result<[u8; N], RandomnessUnavailable> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the operating system for randomness"
    )]
    fn refill(&mut self) -> Result<(), RandomnessUnavailable> {
        let length = (self.fetched * 4).clamp(FIRST_LENGTH, BUFFER_LENGTH);
        getrandom::fill(&mut self.buffer[..length]).map_err(RandomnessUnavailable)?;
        self.used = 0;
        self.fetched = length;
        Ok(())
    }
}

impl Default for Randomness {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Randomness {
    fn drop(&mut self) {
        self.buffer[..self.fetched].zeroize();
    }
}

impl fmt::Debug for Randomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Randomness(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_never_handed_out_twice() {
        let mut randomness = Randomness::new();
        let mut seen: Vec<[u8; 12]> = (0..2_000).map(|_| randomness.bytes().unwrap()).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 2_000);
    }

    #[test]
    fn used_bytes_are_wiped_from_the_buffer() {
        let mut randomness = Randomness::new();
        randomness.bytes::<100>().unwrap();
        assert_eq!(randomness.buffer[..100], [0; 100]);
        assert_ne!(randomness.buffer[100..200], [0; 100]);
    }

    #[test]
    fn a_request_may_be_longer_than_the_buffer() {
        let mut target = vec![0; 3 * BUFFER_LENGTH + 1];
        Randomness::new().fill(&mut target).unwrap();
        assert!(
            target
                .chunks(64)
                .all(|part| part.len() < 64 || part != [0; 64])
        );
    }
}
