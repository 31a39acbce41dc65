//! `hubu account`: who may sign in. Only whoever has the machine may run it.

use std::io::{IsTerminal, Read};

use anyhow::{Context, Result};
use clap::ValueEnum;
use domain::Text;
use serde_json::json;
use server::access::{Actor, NewAccount, Role, create_account, disable_account, set_password};
use server::operation::book::list_accounts;

use crate::commands::Session;
use crate::failure::Refusal;
use crate::output::{self, Table};

/// The environment variable that holds a new password: an argument would be seen by every user of
/// the machine.
const PASSWORD_VARIABLE: &str = "HUBU_NEW_PASSWORD";

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make an account
    ///
    /// The password is read from the environment variable `HUBU_NEW_PASSWORD`, or from standard input.
    Add {
        /// What they sign in with
        name: String,
        /// What they do
        #[arg(long)]
        role: RoleName,
        /// What colleagues call them [default: NAME]
        #[arg(long, value_name = "NAME")]
        display_name: Option<String>,
    },
    /// Give an account another password and end its sessions
    ///
    /// The password is read from the environment variable `HUBU_NEW_PASSWORD`, or from standard input.
    Password {
        /// Whose
        name: String,
    },
    /// Show the accounts
    List,
    /// Keep an account from signing in
    Disable {
        /// Whose
        name: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleName {
    Administrator,
    Steward,
    Clerk,
    Compliance,
    Auditor,
    Operator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Administrator => Self::Administrator,
            RoleName::Steward => Self::Steward,
            RoleName::Clerk => Self::Clerk,
            RoleName::Compliance => Self::Compliance,
            RoleName::Auditor => Self::Auditor,
            RoleName::Operator => Self::Operator,
        }
    }
}

/// Does it, as the operator of the machine.
pub async fn run(session: Session, command: Command) -> Result<()> {
    let actor = Actor::operator();
    let (name, done) = match command {
        Command::List => return list(&session).await,
        Command::Add {
            name,
            role,
            display_name,
        } => {
            let password = new_password()?;
            let account = NewAccount {
                name: &name,
                display_name: display_name.as_deref().unwrap_or(&name),
                role: role.into(),
                password: &password,
            };
            create_account(&session.open().await?, &actor, account).await?;
            (name, ("已建立用户", "made the account"))
        }
        Command::Password { name } => {
            let password = new_password()?;
            set_password(&session.open().await?, &actor, &name, &password).await?;
            (name, ("已更换口令：", "set the password of"))
        }
        Command::Disable { name } => {
            disable_account(&session.open().await?, &actor, &name).await?;
            (name, ("已停用", "disabled"))
        }
    };
    if session.json {
        return output::json(&json!({ "account": name }));
    }
    let word = session.language.choose(done.0, done.1);
    output::line(&format!("{word} {name}"))
}

async fn list(session: &Session) -> Result<()> {
    let accounts = list_accounts(&session.open().await?).await?;
    if session.json {
        return output::json(&json!({ "accounts": accounts }));
    }
    let mut table = Table::new(session.language.choose(
        ["用户名", "姓名", "角色", "状态"],
        ["name", "display name", "role", "state"],
    ));
    for account in accounts {
        let state = match account.disabled_at {
            Some(_) => session.language.choose("停用", "disabled"),
            None => session.language.choose("启用", "active"),
        };
        table.push([
            account.name,
            account.display_name,
            account.role,
            state.to_owned(),
        ]);
    }
    table.print()
}

fn new_password() -> Result<String> {
    if let Ok(password) = std::env::var(PASSWORD_VARIABLE) {
        return Ok(password);
    }
    if std::io::stdin().is_terminal() {
        // A terminal would show it; this program does not switch that off.
        return Err(Refusal::bad_input(Text::new(
            format!("请用环境变量 {PASSWORD_VARIABLE} 或标准输入给出口令"),
            format!("give the password in the environment variable {PASSWORD_VARIABLE} or on standard input"),
        ))
        .into());
    }
    let mut password = String::new();
    std::io::stdin()
        .take(10_000)
        .read_to_string(&mut password)
        .context("the password cannot be read from standard input")?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}
