//! How a command ends when it does not succeed: one message, one exit code.

use std::io::ErrorKind;
use std::process::ExitCode;

use domain::Text;
use server::OpenStoreError;
use server::access::AccessError;
use server::intake::IntakeError;
use server::packs::PackError;
use server::register::RegisterError;
use streaming::StreamError;
use tables::TableError;

use crate::language::Language;

/// It failed, and correcting the input would not help.
pub const FAILED: u8 = 1;
/// The input or the command line must be corrected.
pub const BAD_INPUT: u8 = 2;
/// Another process holds the store.
pub const HELD: u8 = 3;

/// A command that ends here, in both languages.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", .text.en)]
pub struct Refusal {
    /// The exit code.
    pub code: u8,
    /// What to correct.
    pub text: Text,
}

impl Refusal {
    /// The input or the command line must be corrected.
    pub fn bad_input(text: Text) -> Self {
        Self {
            code: BAD_INPUT,
            text,
        }
    }

    /// It failed.
    pub fn failed(text: Text) -> Self {
        Self { code: FAILED, text }
    }

    /// Another process holds the store and takes no work.
    pub fn held(text: Text) -> Self {
        Self { code: HELD, text }
    }
}

/// What an error means to whoever called the command.
pub fn refusal_of(error: &anyhow::Error) -> Refusal {
    error
        .chain()
        .find_map(|cause| {
            cause
                .downcast_ref::<Refusal>()
                .cloned()
                .or_else(|| cause.downcast_ref::<IntakeError>().map(of_intake))
                .or_else(|| cause.downcast_ref::<PackError>().map(of_pack))
                .or_else(|| cause.downcast_ref::<RegisterError>().map(of_register))
                .or_else(|| cause.downcast_ref::<TableError>().map(of_table))
                .or_else(|| cause.downcast_ref::<StreamError>().map(of_stream))
                .or_else(|| cause.downcast_ref::<OpenStoreError>().map(of_store))
                .or_else(|| cause.downcast_ref::<AccessError>().map(of_access))
        })
        .unwrap_or_else(|| Refusal::failed(same(&format!("{error:#}"))))
}

/// Tells the message on standard error and gives the exit code.
pub fn tell(error: &anyhow::Error, language: Language) -> ExitCode {
    // Whoever reads us has seen enough, as in `hubu records | head`.
    let broken_pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
    };
    if error.chain().any(broken_pipe) {
        return ExitCode::SUCCESS;
    }
    let refusal = refusal_of(error);
    eprintln!("hubu: {}", language.of(&refusal.text));
    ExitCode::from(refusal.code)
}

fn same(message: &str) -> Text {
    Text::new(message, message)
}

fn of_table(error: &TableError) -> Refusal {
    Refusal::bad_input(Text::new(error.zh(), error.to_string()))
}

fn of_stream(error: &StreamError) -> Refusal {
    let text = Text::new(error.zh(), error.to_string());
    match error {
        StreamError::Write(_) | StreamError::Worker => Refusal::failed(text),
        _ => Refusal::bad_input(text),
    }
}

fn of_intake(error: &IntakeError) -> Refusal {
    let en = error.to_string();
    match error {
        IntakeError::Table(error) => of_table(error),
        IntakeError::Register(error) => of_register(error),
        IntakeError::Mapping(_) => {
            Refusal::bad_input(Text::new(format!("字段映射与文件不符：{en}"), en))
        }
        IntakeError::File { .. } => Refusal::bad_input(Text::new(format!("无法读取 {en}"), en)),
        IntakeError::UnknownMapping(name) => {
            Refusal::bad_input(Text::new(format!("该来源没有名为 {name} 的字段映射"), en))
        }
        IntakeError::UnknownBatch(_) => Refusal::bad_input(Text::new("没有这个批次", en)),
        IntakeError::UnknownRow(_) => Refusal::bad_input(Text::new("没有这条待更正记录", en)),
        IntakeError::State(text) => Refusal::failed(Text::new(text.zh.clone(), en)),
        IntakeError::Elsewhere(_) => Refusal::failed(Text::new("批次正由他人写入，或已撤回", en)),
        _ => Refusal::failed(same(&en)),
    }
}

/// With the first mistake of a pack, where that is the reason.
fn of_pack(error: &PackError) -> Refusal {
    let text = error.text();
    let told = |told: &str, mistake: Option<String>| match mistake {
        Some(mistake) => format!("{told}\n{mistake}"),
        None => told.to_owned(),
    };
    let mistake = error.mistake();
    let text = Text::new(
        told(&text.zh, mistake.map(rulebook::Problem::in_chinese)),
        told(&text.en, mistake.map(ToString::to_string)),
    );
    match error {
        PackError::Register(error) => of_register(error),
        PackError::Facts(_)
        | PackError::Unfit { .. }
        | PackError::Damaged(_)
        | PackError::DamagedBacktest(_)
        | PackError::Unreadable(..) => Refusal::failed(text),
        _ => Refusal::bad_input(text),
    }
}

fn of_register(error: &RegisterError) -> Refusal {
    let en = error.to_string();
    match error {
        RegisterError::UnknownSource(code) => Refusal::bad_input(Text::new(
            format!("没有名为 {code} 的来源；加 --new-source 可新建"),
            format!("{en}; --new-source registers it"),
        )),
        RegisterError::UnknownCustomer(number) => {
            Refusal::bad_input(Text::new(format!("没有客户号 {number}"), en))
        }
        RegisterError::SourceExists(code) => {
            Refusal::bad_input(Text::new(format!("来源 {code} 已存在"), en))
        }
        RegisterError::UnknownRecord(id) => {
            Refusal::bad_input(Text::new(format!("没有记录 {id}"), en))
        }
        RegisterError::UnknownAttribute(name) => {
            Refusal::bad_input(Text::new(format!("没有属性 {name}"), en))
        }
        RegisterError::Invalid { problem, .. } => {
            Refusal::bad_input(Text::new(problem.zh.clone(), en))
        }
        _ => Refusal::failed(same(&en)),
    }
}

fn of_store(error: &OpenStoreError) -> Refusal {
    let en = error.to_string();
    match error {
        OpenStoreError::Held(folder) => Refusal::held(Text::new(
            format!(
                "{} 中的数据正被另一个 hubu 进程使用，请等它结束或先停止它",
                folder.display()
            ),
            format!("{en}: wait until it ends, or stop it"),
        )),
        OpenStoreError::Folder(..) => Refusal::bad_input(same(&en)),
        _ => Refusal::failed(same(&en)),
    }
}

fn of_access(error: &AccessError) -> Refusal {
    let en = error.to_string();
    match error {
        AccessError::Name => Refusal::bad_input(Text::new(
            "用户名应为 1 至 64 个字母、数字、点、连字符或下划线",
            en,
        )),
        AccessError::Taken => Refusal::bad_input(Text::new("已有同名用户", en)),
        AccessError::Unknown => Refusal::bad_input(Text::new("没有这个用户", en)),
        AccessError::Password(_) => Refusal::bad_input(Text::new(format!("口令不可用：{en}"), en)),
        _ => Refusal::failed(same(&en)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_pack_is_told_in_both_languages() {
        let error = anyhow::Error::from(PackError::UnknownEdition(7));
        let refusal = refusal_of(&error);
        assert_eq!(refusal.code, BAD_INPUT);
        assert_eq!(refusal.text.zh, "没有规则包版本 7");
        assert_eq!(refusal.text.en, "no edition of a rule pack has the id 7");
        let unreadable = refusal_of(&PackError::Unreadable(7, "state").into());
        assert_eq!(unreadable.code, FAILED);
    }
}
