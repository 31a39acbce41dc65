//! Why something cannot be done with a rule pack.

use rulebook::Problem as Mistake;
use storage::StorageError;

use crate::http::{Problem, Text};
use crate::protection::KeyError;
use crate::register::RegisterError;

/// A pack that is refused, or an edition that is not there.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// No edition has this id.
    #[error("no edition of a rule pack has the id {0}")]
    UnknownEdition(i64),
    /// No back-test has this id.
    #[error("no back-test has the id {0}")]
    UnknownBacktest(i64),
    /// No decision has this id.
    #[error("no decision by rules has the id {0}")]
    UnknownDecision(i64),
    /// It is not in a state in which that can be done.
    #[error("the edition is {0}, so this cannot be done with it")]
    State(&'static str),
    /// Somebody changed it meanwhile.
    #[error("somebody changed the draft meanwhile; load it again")]
    Changed,
    /// The pack has problems.
    #[error("the pack has {} problems", .0.len())]
    Unsound(Vec<Mistake>),
    /// A pack that lies upon it has problems with it.
    #[error("with this edition, the pack {0} that lies upon it has problems")]
    Upset(String),
    /// It replaces rules of another kind.
    #[error("these rules replace rules of another kind: {0}")]
    OtherKind(String),
    /// There is an edition of this version already.
    #[error("the pack has an edition {0} already")]
    Version(String),
    /// A change that cannot be made.
    #[error("{0} cannot be changed so: {1}")]
    Edit(String, String),
    /// An edition cannot rewrite the past.
    #[error("an edition is switched on for today or a later day, not for {0}")]
    Past(String),
    /// Whoever proposed it cannot be the second person too.
    #[error("a second person with another account must approve the edition")]
    SecondPerson,
    /// What was decided cannot be read.
    #[error("what is kept of decision {0} cannot be read")]
    Damaged(i64),
    /// The shipped declarations cannot be used.
    #[error("the facts of the program cannot be declared: {0}")]
    Facts(#[from] rulebook::FactProblem),
    /// The register or the store.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

impl From<StorageError> for PackError {
    fn from(error: StorageError) -> Self {
        Self::Register(error.into())
    }
}

impl From<KeyError> for PackError {
    fn from(error: KeyError) -> Self {
        Self::Register(error.into())
    }
}

impl PackError {
    /// What a person reads.
    pub fn text(&self) -> Text {
        let zh = match self {
            Self::UnknownEdition(id) => format!("没有规则包版本 {id}"),
            Self::UnknownBacktest(id) => format!("没有回测 {id}"),
            Self::UnknownDecision(id) => format!("没有规则结论 {id}"),
            Self::State(_) => "规则包版本的当前状态不允许此操作，请刷新".to_owned(),
            Self::Changed => "草稿已被他人修改，请重新载入".to_owned(),
            Self::Unsound(problems) => format!("规则包有 {} 处问题", problems.len()),
            Self::Upset(pack) => format!("换用此版本后，其上层规则包 {pack} 出现问题"),
            Self::OtherKind(rules) => format!("以下规则覆盖了另一种类的规则：{rules}"),
            Self::Version(version) => format!("该规则包已有版本 {version}"),
            Self::Edit(place, _) => format!("无法如此修改 {place}"),
            Self::Past(day) => format!("规则包自今日或以后启用，不能自 {day} 启用"),
            Self::SecondPerson => "须由另一账号的人员批准".to_owned(),
            Self::Damaged(id) => format!("规则结论 {id} 的留存内容无法读取"),
            Self::Facts(_) | Self::Register(_) => "系统内部错误，未作任何更改".to_owned(),
        };
        Text::new(zh, self.to_string())
    }
}

impl From<PackError> for Problem {
    fn from(error: PackError) -> Self {
        let text = error.text();
        match error {
            PackError::UnknownEdition(_) => Self::unknown("unknown_pack_edition", text),
            PackError::UnknownBacktest(_) => Self::unknown("unknown_backtest", text),
            PackError::UnknownDecision(_) => Self::unknown("unknown_rule_decision", text),
            PackError::SecondPerson => Self::conflict("second_person_needed", text),
            PackError::State(_) => Self::conflict("conflict", text),
            PackError::Changed => Self::conflict("draft_changed", text),
            PackError::Version(_) => Self::conflict("version_taken", text).field("version"),
            PackError::Unsound(problems) => {
                let told = problems
                    .first()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                let zh = problems
                    .first()
                    .map(Mistake::in_chinese)
                    .unwrap_or_default();
                Self::invalid(text).detail(told).detail_zh(zh)
            }
            PackError::Upset(_) | PackError::OtherKind(_) => Self::invalid(text),
            PackError::Edit(place, why) => Self::invalid(text).detail(why).field(place),
            PackError::Past(_) => Self::invalid(text).field("effective_from"),
            PackError::Damaged(_) => Self::internal("damaged", &text.en),
            PackError::Facts(error) => Self::internal("facts", &error),
            PackError::Register(error) => error.into(),
        }
    }
}
