//! Passwords (口令): Argon2id, on a thread of its own, and ever slower for whoever guesses.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::clock::Micros;

/// What OWASP advises for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIBIBYTES: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Each verification takes memory and a core.
const AT_ONCE: usize = 2;

const FREE_FAILURES: u32 = 5;
const FIRST_PAUSE: Micros = 30 * 1_000_000;
const LONGEST_PAUSE: Micros = 15 * 60 * 1_000_000;
/// Names kept; a flood of invented names must not fill the memory.
const NAMES_KEPT: usize = 10_000;
const LONGEST_PASSWORD: usize = 1_000;
const SHORTEST_PASSWORD: usize = 10;

/// A password that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short to withstand guessing, or too long to be one.
    #[error("a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} bytes, this one has {0}")]
    Length(usize),
    /// The library or its thread failed.
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
}

/// Hashes a new password.
pub async fn hash(password: &str) -> Result<String, PasswordError> {
    if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&password.len()) {
        return Err(PasswordError::Length(password.len()));
    }
    let password = password.to_owned();
    let hashed = tokio::task::spawn_blocking(move || {
        let hashed = argon2()?.hash_password(password.as_bytes());
        hashed.map(|hash| hash.to_string()).map_err(failed)
    });
    hashed.await.map_err(failed)?
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let parameters = Params::new(MEMORY_KIBIBYTES, PASSES, 1, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn failed(error: impl std::fmt::Display) -> PasswordError {
    PasswordError::Hash(error.to_string())
}

/// Stands before every sign-in of one server: counts failures, and lets few verify at once.
#[derive(Debug, Clone)]
pub struct SignInGuard {
    failures: Arc<Mutex<HashMap<String, Failures>>>,
    verifying: Arc<Semaphore>,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Micros,
}

impl Default for SignInGuard {
    fn default() -> Self {
        Self {
            failures: Arc::default(),
            verifying: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl SignInGuard {
    /// How long a name must wait, in microseconds; none when it may try now.
    pub fn pause(&self, name: &str, now: Micros) -> Option<Micros> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let failures = failures.get(name)?;
        let doublings = failures.count.checked_sub(FREE_FAILURES)?;
        let pause = (FIRST_PAUSE << doublings.min(10)).min(LONGEST_PAUSE);
        Some(failures.last + pause - now).filter(|left| *left > 0)
    }

    /// Remembers a failure, or forgets all failures after a success.
    pub fn note(&self, name: &str, succeeded: bool, now: Micros) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if succeeded {
            failures.remove(name);
            return;
        }
        if failures.len() >= NAMES_KEPT && !failures.contains_key(name) {
            failures.retain(|_, failures| failures.last + LONGEST_PAUSE > now);
            // Still full: somebody floods. Whoever waited longest is forgotten.
            let oldest = failures.iter().min_by_key(|(_, failures)| failures.last);
            let oldest = oldest.map(|(name, _)| name.clone());
            if failures.len() >= NAMES_KEPT
                && let Some(oldest) = oldest
            {
                failures.remove(&oldest);
            }
        }
        let entry = failures.entry(name.to_owned()).or_insert(Failures {
            count: 0,
            last: now,
        });
        entry.count = entry.count.saturating_add(1);
        entry.last = now;
    }

    /// Whether a password fits a hash. Without a hash, because nobody has the name, it takes the
    /// same time to say no.
    pub async fn verify(
        &self,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, PasswordError> {
        if password.len() > LONGEST_PASSWORD {
            return Ok(false);
        }
        let _permit = self.verifying.acquire().await.map_err(failed)?;
        let password = password.to_owned();
        let verified = tokio::task::spawn_blocking(move || {
            let argon2 = argon2()?;
            let Some(hash) = hash else {
                argon2.hash_password(password.as_bytes()).map_err(failed)?;
                return Ok(false);
            };
            let hash = PasswordHash::new(&hash).map_err(failed)?;
            Ok(argon2.verify_password(password.as_bytes(), &hash).is_ok())
        });
        verified.await.map_err(failed)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_are_free_and_then_the_pause_doubles() {
        let guard = SignInGuard::default();
        for _ in 0..4 {
            guard.note("zhang", false, 0);
        }
        assert_eq!(guard.pause("zhang", 0), None);
        guard.note("zhang", false, 0);
        assert_eq!(guard.pause("zhang", 0), Some(FIRST_PAUSE));
        assert_eq!(guard.pause("zhang", FIRST_PAUSE), None);
        guard.note("zhang", false, FIRST_PAUSE);
        assert_eq!(guard.pause("zhang", FIRST_PAUSE), Some(2 * FIRST_PAUSE));
        assert_eq!(guard.pause("li", 0), None, "others may sign in");
        guard.note("zhang", true, 0);
        assert_eq!(guard.pause("zhang", 0), None);
    }

    #[test]
    fn invented_names_do_not_fill_the_memory() {
        let guard = SignInGuard::default();
        for number in 0..NAMES_KEPT + 50 {
            guard.note(&number.to_string(), false, 0);
        }
        assert_eq!(guard.failures.lock().unwrap().len(), NAMES_KEPT);
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let guard = SignInGuard::default();
        let hash = hash("correct horse").await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let fits = |password: &'static str, hash| guard.verify(password, hash);
        assert!(fits("correct horse", Some(hash.clone())).await.unwrap());
        assert!(!fits("correct house", Some(hash)).await.unwrap());
        assert!(!fits("correct horse", None).await.unwrap());
    }

    #[tokio::test]
    async fn a_short_password_is_refused() {
        let refusal = hash("123456").await.unwrap_err().to_string();
        insta::assert_snapshot!(refusal, @"a password has 10 to 1000 bytes, this one has 6");
    }
}
