//! Why somebody may not decide a review so, or not now.

use crate::clock::{self, Micros};
use crate::http::{Problem, Text};

/// A decision about a review that is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewRefusal {
    /// Somebody else holds it.
    #[error("{by} holds this review for {minutes} more minutes")]
    Claimed {
        /// Who.
        by: String,
        /// Until when.
        until: Micros,
        /// How long that is from now.
        minutes: i64,
    },
    /// A verdict is there; somebody must agree with it or send it back.
    #[error("review {0} waits for the second opinion of another person")]
    AwaitsSecondOpinion(i64),
    /// Whoever proposed a merge cannot be the second person too.
    #[error("a second person with another account must agree; you may take your proposal back")]
    SecondPerson,
}

impl From<ReviewRefusal> for Problem {
    fn from(refusal: ReviewRefusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            ReviewRefusal::Claimed { by, until, minutes } => {
                let until = clock::rfc3339(until);
                let zh = format!("{by} 已领取此案，约 {minutes} 分钟后到期");
                Self::conflict("review_claimed", Text::new(zh, detail))
                    .detail(format!("held by {by} until {until}"))
                    .detail_zh(format!("领取人 {by}，到期 {until}"))
            }
            ReviewRefusal::AwaitsSecondOpinion(id) => Self::conflict(
                "awaits_second_opinion",
                Text::new(format!("第 {id} 号案件正待他人复核"), detail),
            ),
            ReviewRefusal::SecondPerson => Self::conflict(
                "second_person_needed",
                Text::new("须由另一账号的人员复核；您可以撤回自己的提议", detail),
            ),
        }
    }
}
