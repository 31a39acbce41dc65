//! Bytes only: sealing, key wrapping, blind digests and Merkle arithmetic.
//!
//! Everything here takes bytes and gives bytes. This crate does not know what a customer is, which
//! fields are sensitive, where keys are kept or what time it is: `protection` decides that, and
//! `audit` decides what is proven. It opens no file; [`segments`] works over any reader or writer.
//!
//! | need | use |
//! | --- | --- |
//! | a sealed block in a column | [`seal`], [`seal_into`], [`open`] |
//! | several blocks under one key | [`SealingKey`] |
//! | a key kept beside the data | [`WrappingKey::wrap`], [`WrappingKey::unwrap_key`] |
//! | look-up of a sealed value | [`BlindKey::digest`] |
//! | a sealed file read from the middle | [`SealedWriter`], [`SealedReader`] |
//! | one hash over many commitments | [`merkle::root`], [`merkle::Accumulator`] |
//!
//! The cipher is AES-256-GCM with random 96-bit nonces, so one key may seal about four thousand
//! million blocks before the chance of a repeated nonce deserves a thought.

mod blind;
mod digest;
mod keys;
pub mod merkle;
mod randomness;
mod seal;
pub mod segments;
mod wrap;

pub use blind::BlindKey;
pub use digest::{Sha256Stream, commitment, token_digest};
pub use keys::{DataKey, KEY_LENGTH, MasterKey};
pub use randomness::{Randomness, RandomnessUnavailable};
pub use seal::{OpenError, SEAL_OVERHEAD, SealError, SealingKey, open, seal, seal_into};
pub use segments::{SealedReader, SealedWriter};
pub use wrap::{WRAPPED_LENGTH, WrappingKey};
