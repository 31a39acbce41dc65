//! Why a record belongs to a customer (归并理由).

use crate::Text;
use crate::resolution::StrongKeyKind;

/// Why a series of records belongs to the customer it belongs to. The store keeps the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MembershipReason {
    /// No other record agrees with it.
    First,
    /// A record of the customer has the same valid number and a name that agrees.
    SameKey(StrongKeyKind),
    /// Another record has the same valid number, but the names disagree: held for review.
    Held(StrongKeyKind),
    /// A person joined two customers.
    Merged,
    /// A person took a merge back.
    Unmerged,
    /// Its records joined two customers by strong keys.
    JoinedByKey,
    /// A person wrote it for this customer.
    Desk,
    /// What it says agrees enough with records of the customer.
    Evidence,
    /// It resembles records of another customer, not enough to be sure: held for review.
    Similar,
    /// What has come to be known since tells it apart from those that it was with.
    Parted,
    /// What has come to be known since makes two customers one.
    JoinedByEvidence,
    /// A person split it off from another customer.
    Split,
    /// A person wants two customers to be one; the reason of a review only.
    Proposed,
}

impl MembershipReason {
    /// Whether a person must look at it.
    pub fn is_held(self) -> bool {
        matches!(self, Self::Held(_) | Self::Similar)
    }

    /// The number that the store keeps; never reused.
    pub fn number(self) -> i64 {
        match self {
            Self::First => 1,
            Self::SameKey(StrongKeyKind::ResidentId) => 2,
            Self::SameKey(StrongKeyKind::OrganisationCode) => 3,
            Self::Held(StrongKeyKind::ResidentId) => 4,
            Self::Held(StrongKeyKind::OrganisationCode) => 5,
            Self::Merged => 6,
            Self::Unmerged => 7,
            Self::JoinedByKey => 8,
            Self::Desk => 9,
            Self::Evidence => 22,
            Self::Similar => 23,
            Self::Parted => 24,
            Self::JoinedByEvidence => 25,
            Self::Split => 20,
            Self::Proposed => 21,
        }
    }

    /// The reason with a stored number.
    pub fn from_number(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::First,
            2 => Self::SameKey(StrongKeyKind::ResidentId),
            3 => Self::SameKey(StrongKeyKind::OrganisationCode),
            4 => Self::Held(StrongKeyKind::ResidentId),
            5 => Self::Held(StrongKeyKind::OrganisationCode),
            6 => Self::Merged,
            7 => Self::Unmerged,
            8 => Self::JoinedByKey,
            9 => Self::Desk,
            22 => Self::Evidence,
            23 => Self::Similar,
            24 => Self::Parted,
            25 => Self::JoinedByEvidence,
            20 => Self::Split,
            21 => Self::Proposed,
            _ => return None,
        })
    }

    /// A code that never changes, whatever the wording.
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "first_record",
            Self::SameKey(StrongKeyKind::ResidentId) => "same_resident_id",
            Self::SameKey(StrongKeyKind::OrganisationCode) => "same_organisation_code",
            Self::Held(StrongKeyKind::ResidentId) => "held_same_resident_id",
            Self::Held(StrongKeyKind::OrganisationCode) => "held_same_organisation_code",
            Self::Merged => "merged_by_person",
            Self::Unmerged => "unmerged_by_person",
            Self::JoinedByKey => "joined_by_strong_key",
            Self::Desk => "written_for_customer",
            Self::Evidence => "linked_by_evidence",
            Self::Similar => "held_similar",
            Self::Parted => "parted_by_evidence",
            Self::JoinedByEvidence => "joined_by_evidence",
            Self::Split => "split_by_person",
            Self::Proposed => "proposed_by_person",
        }
    }

    /// What a person reads.
    pub fn text(self) -> Text {
        match self {
            Self::First => Text::new("没有其他记录与之相符", "no other record agrees with it"),
            Self::SameKey(StrongKeyKind::ResidentId) => Text::new(
                "居民身份证号码相同且姓名相符",
                "same valid resident identity number, names agree",
            ),
            Self::SameKey(StrongKeyKind::OrganisationCode) => Text::new(
                "组织机构代码相同且名称相符",
                "same organisation code, names agree",
            ),
            Self::Held(StrongKeyKind::ResidentId) => Text::new(
                "居民身份证号码相同但姓名不符，待人工核对",
                "same resident identity number but the names disagree: held for review",
            ),
            Self::Held(StrongKeyKind::OrganisationCode) => Text::new(
                "组织机构代码相同但名称不符，待人工核对",
                "same organisation code but the names disagree: held for review",
            ),
            Self::Merged => Text::new("人工合并", "merged by a person"),
            Self::Unmerged => Text::new("人工撤销合并", "merge taken back by a person"),
            Self::JoinedByKey => Text::new(
                "相同证件号码使两个客户合并",
                "a shared number joined two customers",
            ),
            Self::Desk => Text::new(
                "由经办人为该客户登记",
                "written for this customer at the desk",
            ),
            Self::Evidence => Text::new(
                "多项信息相符，判为同一客户",
                "what it says agrees with the customer's records",
            ),
            Self::Similar => Text::new(
                "与另一客户的记录相似，待人工核对",
                "resembles another customer's records: held for review",
            ),
            Self::Parted => Text::new(
                "后来的信息表明不是同一客户，已分开",
                "told apart by what has come to be known since",
            ),
            Self::JoinedByEvidence => Text::new(
                "后来的信息使两个客户合并",
                "what has come to be known since made two customers one",
            ),
            Self::Split => Text::new(
                "人工从另一客户拆出",
                "split off from another customer by a person",
            ),
            Self::Proposed => Text::new("人工提出合并", "a person proposed the merge"),
        }
    }
}
