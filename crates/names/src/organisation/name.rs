//! The name of an organisation in its parts, ready to be compared many times.

use super::lexicon::{Class, Meaning};
use super::pieces::{Pieces, cut};
use super::{chinese_parts, word_parts};
use crate::Reason;
use crate::folding::fold_into;
use crate::han::is_han;

/// Longer names are read as far as this; no registry allows them.
const MOST_CHARACTERS: usize = 200;

/// Former names beyond these are not read.
const MOST_FORMER_NAMES: usize = 4;

/// A name of an organisation in its parts (企业名称登记管理规定, article 6: region, trade name, trade, legal form).
///
/// ```
/// use names::{OrganisationName, PartKind};
///
/// let name = OrganisationName::parse("北京字节跳动科技有限公司");
/// assert_eq!(name.part(PartKind::Region).as_deref(), Some("北京"));
/// assert_eq!(name.part(PartKind::TradeName).as_deref(), Some("字节跳动"));
/// assert_eq!(name.part(PartKind::Trade).as_deref(), Some("科技"));
/// assert_eq!(name.part(PartKind::LegalForm).as_deref(), Some("有限公司"));
/// ```
#[derive(Debug, Clone)]
pub struct OrganisationName {
    written: String,
    /// Folded; letters that stood alone joined; romanised words behind.
    text: String,
    tokens: Vec<Token>,
    former: Vec<(Reason, OrganisationName)>,
    chinese: bool,
    has_own: bool,
}

/// What a part of the name of an organisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// Where it is registered, or what it is called after (行政区划).
    Region,
    /// The name of its own (字号).
    TradeName,
    /// What it does, or what marks its business (行业或者经营特点).
    Trade,
    /// The legal form (组织形式), or the word that stands in its place: hospital, university.
    LegalForm,
    /// A branch, or a chain of branches from the larger to the smaller (分支机构).
    Branch,
    /// Articles and other words that join.
    Joining,
}

/// A part of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePart {
    /// What it is.
    pub kind: PartKind,
    /// As it was written.
    pub written: String,
    /// As it is compared.
    pub normal: String,
}

/// A word of a name: its place in the text, what it means, and how it is spelled in Latin letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: PartKind,
    pub meaning: Meaning,
    pub from: u16,
    pub to: u16,
    /// The same as the text where that is in Latin letters; empty for Chinese characters.
    pub spelled: (u16, u16),
}

impl PartKind {
    /// A code that never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::TradeName => "trade_name",
            Self::Trade => "trade",
            Self::LegalForm => "legal_form",
            Self::Branch => "branch",
            Self::Joining => "joining",
        }
    }

    /// The part in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Region => "行政区划",
            Self::TradeName => "字号",
            Self::Trade => "行业",
            Self::LegalForm => "组织形式",
            Self::Branch => "分支机构",
            Self::Joining => "虚词",
        }
    }
}

impl OrganisationName {
    /// Reads a name. Any text is read; what no table knows is the trade name.
    pub fn parse(name: &str) -> Self {
        Self::parse_with(name, true)
    }

    fn parse_with(name: &str, with_former: bool) -> Self {
        let pieces = cut(name);
        let mut text = String::with_capacity(name.len());
        let mut brackets = Vec::new();
        write_text(name, &pieces, &mut text, &mut brackets);
        let former = if with_former {
            let former = pieces.former.iter().take(MOST_FORMER_NAMES);
            former
                .map(|(reason, name)| (*reason, Self::parse_with(name, false)))
                .collect()
        } else {
            Vec::new()
        };
        if text.len() > MOST_CHARACTERS
            && let Some((place, _)) = text.char_indices().nth(MOST_CHARACTERS)
        {
            text.truncate(place);
            brackets.retain(|(_, to)| usize::from(*to) <= place);
        }
        let chinese = !text.is_ascii() && text.chars().any(is_han);
        let (text, tokens) = if chinese {
            let tokens = chinese_parts::tokens(&text, &brackets);
            (text, tokens)
        } else {
            word_parts::tokens(text)
        };
        let has_own = tokens.iter().any(|token| {
            token.kind == PartKind::TradeName
                && matches!(token.meaning.class, Class::Own | Class::Known)
        });
        Self {
            written: name.to_owned(),
            text,
            tokens,
            former,
            chinese,
            has_own,
        }
    }

    /// The name as it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The name as it is compared: folded, without brackets and former names.
    pub fn normal(&self) -> &str {
        let end = self.tokens.iter().map(|token| token.to).max();
        self.text
            .get(..usize::from(end.unwrap_or(0)))
            .unwrap_or(&self.text)
    }

    /// The parts in their order; neighbours of one kind are one part, but each branch of a chain is a part.
    pub fn parts(&self) -> Vec<NamePart> {
        let mut parts: Vec<NamePart> = Vec::new();
        let mut before: Option<Token> = None;
        let mut at = (0, 0);
        for token in &self.tokens {
            let joins = before.is_some_and(|before| {
                before.kind == token.kind
                    && before.to + 1 >= token.from
                    && (token.kind != PartKind::Branch || !self.chinese)
            });
            let from = if joins { at.0 } else { token.from };
            at = (from, token.to);
            if joins {
                parts.pop();
            }
            let normal = self.slice(at).to_owned();
            parts.push(NamePart {
                kind: token.kind,
                written: self.as_written(at),
                normal,
            });
            before = Some(*token);
        }
        parts
    }

    /// All parts of one kind as they are compared, joined; none if there is no such part.
    pub fn part(&self, kind: PartKind) -> Option<String> {
        let words: Vec<&str> = self.tokens_of(kind).map(|token| self.word(token)).collect();
        let separator = if self.chinese { "" } else { " " };
        (!words.is_empty()).then(|| words.join(separator))
    }

    /// Former and other names that were told with it (曾用名).
    pub fn former_names(&self) -> impl Iterator<Item = &str> {
        self.former.iter().map(|(_, name)| name.written())
    }

    pub(super) fn former(&self) -> &[(Reason, Self)] {
        &self.former
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(super) fn tokens_of(&self, kind: PartKind) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(move |token| token.kind == kind)
    }

    pub(super) fn word(&self, token: &Token) -> &str {
        self.slice((token.from, token.to))
    }

    /// The word in Latin letters; empty for Chinese characters.
    pub(super) fn spelled(&self, token: &Token) -> &str {
        self.slice(token.spelled)
    }

    pub(super) fn is_chinese(&self) -> bool {
        self.chinese
    }

    /// Whether any word is the name's own.
    pub(super) fn has_own(&self) -> bool {
        self.has_own
    }

    fn slice(&self, (from, to): (u16, u16)) -> &str {
        self.text
            .get(usize::from(from)..usize::from(to))
            .unwrap_or_default()
    }

    /// The stretch of the written name that folds to a stretch of the text: letters are counted on both sides.
    fn as_written(&self, (from, to): (u16, u16)) -> String {
        let counted = |text: &str| text.chars().filter(|letter| *letter != ' ').count();
        let before = counted(self.slice((0, from)));
        let within = counted(self.slice((from, to)));
        let (mut seen, mut folded, mut found) = (0, String::new(), (None, 0));
        for (place, character) in self.written.char_indices() {
            fold_into(character.encode_utf8(&mut [0; 4]), &mut folded);
            let letters = counted(&folded);
            if letters == 0 {
                continue;
            }
            if seen >= before && seen < before + within {
                found.0.get_or_insert(place);
                found.1 = place + character.len_utf8();
            }
            seen += letters;
        }
        let written = self.written.get(found.0.unwrap_or(0)..found.1);
        written.unwrap_or_default().to_owned()
    }
}

/// Writes the folded pieces behind one another, and where those in brackets lie.
fn write_text(name: &str, pieces: &Pieces<'_>, text: &mut String, brackets: &mut Vec<(u16, u16)>) {
    if pieces.main.is_empty() && pieces.former.is_empty() {
        fold_into(name, text);
        return;
    }
    let mut folded = String::new();
    for piece in &pieces.main {
        fold_into(piece.text, &mut folded);
        let Some(first) = folded.chars().next() else {
            continue;
        };
        if text.chars().next_back().is_some_and(|last| !is_han(last)) && !is_han(first) {
            text.push(' ');
        }
        let from = text.len();
        text.push_str(&folded);
        if let (true, Ok(from), Ok(to)) = (
            piece.bracketed,
            u16::try_from(from),
            u16::try_from(text.len()),
        ) {
            brackets.push((from, to));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn parts(name: &str) -> String {
        let parts = OrganisationName::parse(name).parts();
        let parts: Vec<String> = parts
            .iter()
            .map(|part| format!("{} {}", part.kind.zh(), part.written))
            .collect();
        parts.join(" | ")
    }

    #[test]
    fn region_trade_name_trade_and_legal_form_are_told_apart() {
        assert_snapshot!(parts("北京字节跳动科技有限公司"), @"行政区划 北京 | 字号 字节跳动 | 行业 科技 | 组织形式 有限公司");
        assert_snapshot!(parts("深圳市腾讯计算机系统有限公司"), @"行政区划 深圳市 | 字号 腾讯 | 行业 计算机系统 | 组织形式 有限公司");
        assert_snapshot!(parts("湖南长沙雨花区甲乙餐饮店（个体工商户）"), @"行政区划 湖南长沙雨花区 | 字号 甲乙 | 行业 餐饮店 | 组织形式 个体工商户");
        assert_snapshot!(parts("上海红杉投资管理中心（有限合伙）"), @"行政区划 上海 | 字号 红杉 | 行业 投资管理中心 | 组织形式 有限合伙");
        assert_snapshot!(parts("北京市金杜律师事务所"), @"行政区划 北京市 | 字号 金杜 | 组织形式 律师事务所");
    }

    #[test]
    fn a_region_in_brackets_stands_anywhere() {
        assert_snapshot!(parts("字节跳动（北京）科技有限公司"), @"字号 字节跳动 | 行政区划 北京 | 行业 科技 | 组织形式 有限公司");
        assert_snapshot!(parts("字节跳动科技(北京)有限公司"), @"字号 字节跳动 | 行业 科技 | 行政区划 北京 | 组织形式 有限公司");
        assert_snapshot!(parts("ＩＢＭ【中国】有限公司"), @"字号 ＩＢＭ | 行政区划 中国 | 组织形式 有限公司");
        assert_snapshot!(parts("長江實業（集團)有限公司"), @"字号 長江 | 行业 實業 | 组织形式 集團)有限公司");
    }

    #[test]
    fn a_place_is_the_trade_name_where_there_is_no_other() {
        assert_snapshot!(parts("北京银行"), @"字号 北京 | 行业 银行");
        assert_snapshot!(parts("吉林大学"), @"字号 吉林 | 组织形式 大学");
        assert_snapshot!(parts("长沙市雨花区人民政府"), @"行政区划 长沙市雨花区 | 组织形式 人民政府");
    }

    #[test]
    fn branches_are_a_chain() {
        assert_snapshot!(parts("中国工商银行股份有限公司北京分行海淀支行中关村营业部"), @"字号 中国 | 行业 工商银行 | 组织形式 股份有限公司 | 分支机构 北京分行 | 分支机构 海淀支行 | 分支机构 中关村营业部");
        assert_snapshot!(parts("工行北京分行"), @"字号 工行 | 分支机构 北京分行");
        assert_snapshot!(parts("太平洋人寿保险股份有限公司上海分公司浦东支公司"), @"字号 太平洋 | 行业 人寿保险 | 组织形式 股份有限公司 | 分支机构 上海分公司 | 分支机构 浦东支公司");
    }

    #[test]
    fn names_in_words_have_the_same_parts() {
        assert_snapshot!(parts("Beijing Zhongguancun Technology Co., Ltd."), @"行政区划 Beijing | 字号 Zhongguancun | 行业 Technology | 组织形式 Co., Ltd");
        assert_snapshot!(parts("OOO Gazprom"), @"组织形式 OOO | 字号 Gazprom");
        assert_snapshot!(parts("Bowne International de Mexico S.A. de C.V."), @"字号 Bowne | 行业 International | 虚词 de | 行政区划 Mexico | 组织形式 S.A. de C.V");
        assert_snapshot!(parts("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"БАЙКАЛ\""), @"组织形式 ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ | 字号 БАЙКАЛ");
        assert_snapshot!(parts("FABERLIC EUROPE Sp. z o.o."), @"字号 FABERLIC | 行政区划 EUROPE | 组织形式 Sp. z o.o");
    }

    #[test]
    fn former_names_are_kept_apart() {
        let name = OrganisationName::parse("甲乙丙丁有限公司（原名：甲丙有限公司）");
        assert_eq!(name.normal(), "甲乙丙丁有限公司");
        assert_eq!(name.former_names().collect::<Vec<_>>(), ["甲丙有限公司"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_its_parts_cover_it(
            any in any::<String>(),
            near in "[北京上海市区字节跳动科技贸易银行公司有限合伙分支行原名（）()A-z .,&]{0,40}",
        ) {
            for text in [any, near] {
                let name = OrganisationName::parse(&text);
                let parts = name.parts();
                let letters = |text: &str| text.chars().filter(|letter| *letter != ' ').count();
                let covered: usize = parts.iter().map(|part| letters(&part.normal)).sum();
                prop_assert_eq!(covered, letters(name.normal()));
                prop_assert!(parts.iter().all(|part| text.contains(&part.written)));
            }
        }
    }
}
