//! Pairs that a person must look at.

use crate::resolution::MembershipReason;

/// Two series that might be one party.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hold {
    /// The series that asked.
    pub asking: i64,
    /// The series it might be one with.
    pub other: i64,
    /// Why a person must look.
    pub reason: MembershipReason,
    /// The evidence that they are one, in bits.
    pub bits: f32,
}

/// Two series that a person judged to be different parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Judgement {
    /// One series.
    pub left: i64,
    /// The other series.
    pub right: i64,
}
