//! Roles (角色) and what each may do: one table.

use serde::Serialize;
use utoipa::ToSchema;

/// Something that not everybody may do (权限).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "权限")]
pub enum Permission {
    /// Find customers and see them, masked.
    ReadCustomers,
    /// See one value in full, for a stated purpose.
    Unmask,
    /// Bring records in: files, streams, the desk.
    Intake,
    /// Decide who is one party, correct, withdraw.
    Steward,
    /// Change rule packs and switch them on, each as one of two persons.
    KeepRules,
    /// Keep sources, mappings and accounts.
    Administer,
    /// Read the audit log.
    Audit,
}

/// What somebody does in the institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "角色")]
pub enum Role {
    /// Sets the system up (系统管理员). The account of the first start has this role.
    Administrator,
    /// Keeps the data right (数据管理员).
    Steward,
    /// Serves customers at the desk (柜员).
    Clerk,
    /// Answers for duties of the law (合规人员).
    Compliance,
    /// Looks at what was done (审计人员).
    Auditor,
    /// Runs imports and the machine (运维人员).
    Operator,
}

use Permission::{Administer, Audit, Intake, KeepRules, ReadCustomers, Steward, Unmask};

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 7] = [
        ReadCustomers,
        Unmask,
        Intake,
        Steward,
        KeepRules,
        Administer,
        Audit,
    ];

    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            ReadCustomers => "read_customers",
            Unmask => "unmask",
            Intake => "intake",
            Steward => "steward",
            KeepRules => "keep_rules",
            Administer => "administer",
            Audit => "audit",
        }
    }
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Administrator,
        Self::Steward,
        Self::Clerk,
        Self::Compliance,
        Self::Auditor,
        Self::Operator,
    ];

    /// The table. The administrator may do everything, because the first start makes no other
    /// account; an institution that separates duties makes the others and puts this one away. The
    /// operator never sees a customer.
    pub fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Administrator => &Permission::ALL,
            Self::Steward => &[ReadCustomers, Unmask, Intake, Steward, KeepRules],
            Self::Clerk => &[ReadCustomers, Unmask, Intake],
            Self::Compliance => &[ReadCustomers, Unmask, KeepRules, Audit],
            Self::Auditor => &[ReadCustomers, Audit],
            Self::Operator => &[Intake, Administer],
        }
    }

    /// The word in JSON and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Steward => "steward",
            Self::Clerk => "clerk",
            Self::Compliance => "compliance",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
        }
    }

    /// The role with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}
