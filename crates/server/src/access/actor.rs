//! Actor (操作人): who does something, known before a handler begins.
//!
//! A handler's signature says what it needs: `Allowed<ReadCustomers>` refuses everybody else before
//! its body is even read.

use std::marker::PhantomData;
use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;

use crate::access::{Permission, Role};
use crate::clock::Micros;
use crate::http::{Problem, Text};

/// Who does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account; none for the command line on the machine itself.
    pub account: Option<i64>,
    /// What the audit log calls them.
    pub name: String,
    /// What colleagues call them.
    pub display_name: String,
    /// What they do.
    pub role: Role,
    /// When they must sign in again.
    pub session_ends_at: Micros,
}

/// Somebody without the permission that something needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this needs the permission {}", .0.name())]
pub struct Forbidden(pub Permission);

impl Actor {
    /// Whoever has the machine: the command line.
    pub fn operator() -> Self {
        Self {
            account: None,
            name: "operator@local".to_owned(),
            display_name: "operator".to_owned(),
            role: Role::Operator,
            session_ends_at: Micros::MAX,
        }
    }

    /// Whether they may, or what they lack.
    pub fn may(&self, permission: Permission) -> Result<(), Forbidden> {
        if self.role.permissions().contains(&permission) {
            Ok(())
        } else {
            Err(Forbidden(permission))
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Actor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            Problem::new(
                StatusCode::UNAUTHORIZED,
                "unauthenticated",
                Text::new("请先登录", "sign in first"),
            )
        })
    }
}

/// A permission as a type, so that a signature can name it.
pub trait Need: Send + Sync {
    /// Which one.
    const PERMISSION: Permission;
}

/// Somebody who has a permission.
#[derive(Debug, Clone)]
pub struct Allowed<N> {
    actor: Actor,
    need: PhantomData<N>,
}

impl<N> Deref for Allowed<N> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl<N: Need, S: Sync> FromRequestParts<S> for Allowed<N> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = Actor::from_request_parts(parts, state).await?;
        actor.may(N::PERMISSION)?;
        Ok(Self {
            actor,
            need: PhantomData,
        })
    }
}

impl From<Forbidden> for Problem {
    fn from(error: Forbidden) -> Self {
        let title = Text::new("没有此项权限", "you may not do this");
        Self::new(StatusCode::FORBIDDEN, "forbidden", title).detail(error.to_string())
    }
}

/// The permissions as types.
pub mod need {
    use super::{Need, Permission};

    macro_rules! needs {
        ($($name:ident),*) => {$(
            #[doc = concat!("See [`Permission::", stringify!($name), "`].")]
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl Need for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )*};
    }
    needs!(
        ReadCustomers,
        Unmask,
        Intake,
        Steward,
        KeepRules,
        Administer,
        Audit
    );
}
