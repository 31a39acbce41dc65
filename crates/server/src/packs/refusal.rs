//! Why something cannot be done with a rule pack.

use axum::http::StatusCode;
use rulebook::Problem as Mistake;
use storage::StorageError;

use crate::http::{Problem, Text};
use crate::protection::KeyError;
use crate::register::RegisterError;

/// Drafts and proposals that are kept.
pub(super) const MOST_DRAFTS: usize = 200;
/// Back-tests that run at the same time.
pub(super) const MOST_BACKTESTS: usize = 2;

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
    /// With an edition that is tried or about to be switched on, a pack has problems: from a day on, if it is not the first.
    #[error("with this edition{}, the pack {pack} has {} problems", from_day(.day.as_slice()), .problems.len())]
    Upset {
        /// The pack by its id.
        pack: String,
        /// The day from which on it is so.
        day: Option<i32>,
        /// What is wrong with it.
        problems: Vec<Mistake>,
    },
    /// A pack that is in force has problems upon those beneath it, as after a change of the facts of the program.
    #[error("the pack {pack} is in force and has {} problems upon those beneath it: switch on an edition without them", .problems.len())]
    Unfit {
        /// The pack by its id.
        pack: String,
        /// What is wrong with it.
        problems: Vec<Mistake>,
    },
    /// It replaces rules of another kind.
    #[error("these rules replace rules of another kind: {0}")]
    OtherKind(String),
    /// There is an edition of this version already.
    #[error("the pack has an edition {0} already")]
    Version(String),
    /// A change that cannot be made.
    #[error("{place} cannot be changed so: {}", .why.en)]
    Edit {
        /// The field of the request, or the place in a file.
        place: String,
        /// Why.
        why: Text,
    },
    /// A unit that cannot be meant.
    #[error("{}", .0.en)]
    Branch(Text),
    /// An edition cannot rewrite the past.
    #[error("an edition is switched on for today or a later day, not for {0}")]
    Past(String),
    /// Whoever proposed it cannot be the second person too.
    #[error("a second person with another account must approve the edition")]
    SecondPerson,
    /// There are too many drafts.
    #[error("there are {MOST_DRAFTS} drafts already: put away those that nobody needs")]
    TooManyDrafts,
    /// The same account has a back-test that runs.
    #[error("a back-test of yours is running: wait until it ends")]
    BacktestRuns,
    /// Others have theirs running.
    #[error("{MOST_BACKTESTS} back-tests are running: try again when one of them ends")]
    TooManyBacktests,
    /// What was decided was erased with the customer's key.
    #[error("what decision {0} kept was erased with the customer's key")]
    Erased(i64),
    /// What was decided cannot be read.
    #[error("what is kept of decision {0} cannot be read")]
    Damaged(i64),
    /// What a back-test found cannot be read.
    #[error("what is kept of back-test {0} cannot be read")]
    DamagedBacktest(i64),
    /// An edition cannot be read.
    #[error("what is kept of edition {0} cannot be read: {1}")]
    Unreadable(i64, &'static str),
    /// The shipped declarations cannot be used.
    #[error("the facts of the program cannot be declared: {0}")]
    Facts(#[from] rulebook::FactProblem),
    /// The register or the store.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

fn from_day(day: &[i32]) -> String {
    let told = |day: &i32| format!(" from {} on", rulebook::written_day(*day));
    day.iter().map(told).collect()
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
    /// A change of a place that cannot be made.
    pub(super) fn edit(
        place: impl Into<String>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self::Edit {
            place: place.into(),
            why: Text::new(zh, en),
        }
    }

    /// What is wrong comes of an edition that is not in force yet.
    pub(super) fn by_edition(self, day: Option<i32>) -> Self {
        match self {
            Self::Unfit { pack, problems } => Self::Upset {
                pack,
                day,
                problems,
            },
            other => other,
        }
    }

    /// What a person reads.
    pub fn text(&self) -> Text {
        let zh = match self {
            Self::UnknownEdition(id) => format!("没有规则包版本 {id}"),
            Self::UnknownBacktest(id) => format!("没有回测 {id}"),
            Self::UnknownDecision(id) => format!("没有规则结论 {id}"),
            Self::State(_) => "规则包版本的当前状态不允许此操作，请刷新".to_owned(),
            Self::Changed => "草稿已被他人修改，请重新载入".to_owned(),
            Self::Unsound(problems) => format!("规则包有 {} 处问题", problems.len()),
            Self::Upset {
                pack,
                day,
                problems,
            } => {
                let from = day.map(|day| format!("自 {} 起，", rulebook::written_day(day)));
                let (from, count) = (from.unwrap_or_default(), problems.len());
                format!("换用此版本后，{from}规则包 {pack} 有 {count} 处问题")
            }
            Self::Unfit { pack, problems } => {
                let count = problems.len();
                format!("已启用的规则包 {pack} 与其下层不符，有 {count} 处问题，请启用修正后的版本")
            }
            Self::OtherKind(rules) => format!("以下规则覆盖了另一种类的规则：{rules}"),
            Self::Version(version) => format!("该规则包已有版本 {version}"),
            Self::Edit { place, why } => format!("无法如此修改 {place}：{}", why.zh),
            Self::Branch(why) => why.zh.clone(),
            Self::Past(day) => format!("规则包自今日或以后启用，不能自 {day} 启用"),
            Self::SecondPerson => "须由另一账号的人员批准".to_owned(),
            Self::TooManyDrafts => format!("草稿已达 {MOST_DRAFTS} 份，请先作废不再需要的草稿"),
            Self::BacktestRuns => "您已有一个回测正在运行，请等它结束".to_owned(),
            Self::TooManyBacktests => {
                format!("已有 {MOST_BACKTESTS} 个回测正在运行，请待其中之一结束后再试")
            }
            Self::Erased(id) => format!("规则结论 {id} 的留存内容已随客户密钥一并销毁"),
            Self::Damaged(id) => format!("规则结论 {id} 的留存内容无法读取"),
            Self::DamagedBacktest(id) => format!("回测 {id} 的留存内容无法读取"),
            Self::Unreadable(id, what) => format!("规则包版本 {id} 的留存内容无法读取：{what}"),
            Self::Facts(_) | Self::Register(_) => "系统内部错误，未作任何更改".to_owned(),
        };
        Text::new(zh, self.to_string())
    }

    /// The first of the mistakes in a pack that are the reason.
    pub fn mistake(&self) -> Option<&Mistake> {
        match self {
            Self::Unsound(problems)
            | Self::Upset { problems, .. }
            | Self::Unfit { problems, .. } => problems.first(),
            _ => None,
        }
    }
}

impl From<PackError> for Problem {
    fn from(error: PackError) -> Self {
        let text = error.text();
        let mistake = error
            .mistake()
            .map(|mistake| (mistake.to_string(), mistake.in_chinese()));
        let problem = match error {
            PackError::UnknownEdition(_) => Self::unknown("unknown_pack_edition", text),
            PackError::UnknownBacktest(_) => Self::unknown("unknown_backtest", text),
            PackError::UnknownDecision(_) => Self::unknown("unknown_rule_decision", text),
            PackError::SecondPerson => Self::conflict("second_person_needed", text),
            PackError::State(_) => Self::conflict("conflict", text),
            PackError::Changed => Self::conflict("draft_changed", text),
            PackError::Version(_) => Self::conflict("version_taken", text).field("version"),
            PackError::TooManyDrafts => Self::conflict("too_many_drafts", text),
            PackError::BacktestRuns => Self::conflict("backtest_running", text),
            PackError::TooManyBacktests => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_backtests", text)
            }
            PackError::Erased(_) => Self::new(StatusCode::GONE, "decision_erased", text),
            PackError::Unfit { .. } => Self::conflict("rules_in_force_unsound", text),
            PackError::Unsound(_) | PackError::Upset { .. } | PackError::OtherKind(_) => {
                Self::invalid(text)
            }
            PackError::Edit { place, why } => Self::invalid(text)
                .detail(why.en)
                .detail_zh(why.zh)
                .field(place),
            PackError::Branch(_) => Self::invalid(text).field("branch"),
            PackError::Past(_) => Self::invalid(text).field("effective_from"),
            PackError::Damaged(_) | PackError::DamagedBacktest(_) | PackError::Unreadable(..) => {
                Self::internal("damaged", &text.en)
            }
            PackError::Facts(error) => Self::internal("facts", &error),
            PackError::Register(error) => error.into(),
        };
        match mistake {
            Some((en, zh)) => problem.detail(en).detail_zh(zh),
            None => problem,
        }
    }
}
