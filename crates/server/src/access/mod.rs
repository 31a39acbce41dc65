//! Access (访问控制): accounts, sessions, roles, and what each may do.
//!
//! A request is recognised once, before any handler ([`recognise`]); a handler then names what it
//! needs in its signature ([`Allowed`]). Use-cases take an [`Actor`] and write its name into the
//! audit log; they do not ask for permissions again.

mod account;
mod actor;
mod error;
mod password;
mod recognise;
mod reveal;
mod role;
mod routes;
mod saved_view;
mod saved_view_routes;
mod session;

pub use account::{
    ADMINISTRATOR, NewAccount, create_account, disable_account, ensure_administrator, set_password,
};
pub use actor::{Actor, Allowed, Forbidden, Need, need};
pub use error::AccessError;
pub use password::{PasswordError, SignInGuard};
pub use recognise::{CookieSettings, recognise};
pub use reveal::{Reveal, reveal};
pub use role::{Permission, Role};
pub use routes::routes;
pub use saved_view::{ListName, NewSavedView};
pub use session::{OpenedSession, open_session, purge_sessions, sign_in, sign_out};
