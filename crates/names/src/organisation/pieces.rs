//! What stands in brackets in the name of an organisation, and other names that are told in it (曾用名).

use crate::Reason;

/// A stretch of a name as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'name> {
    pub text: &'name str,
    /// Whether it stood in brackets.
    pub bracketed: bool,
}

/// A name cut at its brackets. Without any, `main` is empty: the whole is one piece.
#[derive(Debug, Default)]
pub(super) struct Pieces<'name> {
    pub main: Vec<Piece<'name>>,
    /// Former names and other names, without the words that introduce them.
    /// With each the reason to give where it agrees.
    pub former: Vec<(Reason, &'name str)>,
}

/// More pieces than any name has; what follows stays uncut.
const MOST_PIECES: usize = 16;

/// Words before a former name, lower case; the longer before those that they begin with.
const FORMER: [&str; 18] = [
    "原名称为",
    "原名称",
    "原名为",
    "原名",
    "曾用名称",
    "曾用名",
    "前身为",
    "前身",
    "更名前",
    "旧称",
    "旧名",
    "原",
    "formerly known as",
    "formerly",
    "previously known as",
    "previously",
    "f.k.a.",
    "fka",
];

/// Words before another name.
const ALIAS: [&str; 10] = [
    "又名",
    "又称",
    "亦称",
    "以下简称",
    "简称",
    "别名",
    "also known as",
    "a.k.a.",
    "aka",
    "d.b.a.",
];

/// Cuts a name at its brackets, of either width, and at the words that introduce a former name.
pub(super) fn cut(name: &str) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    if !name.bytes().any(may_cut) || !name.contains(cuts) {
        return pieces;
    }
    let mut rest = name;
    while let Some(open) = rest.find(is_opening) {
        let (before, from) = rest.split_at(open);
        let mut inside = from.chars();
        inside.next();
        let inside = inside.as_str();
        let Some(close) = matching_close(inside) else {
            break;
        };
        pieces.add(before, false);
        pieces.add(&inside[..close], true);
        let mut after = inside[close..].chars();
        after.next();
        rest = after.as_str();
        if pieces.main.len() + pieces.former.len() >= MOST_PIECES {
            break;
        }
    }
    if !(pieces.main.is_empty() && pieces.former.is_empty()) {
        pieces.add(rest, false);
        return pieces;
    }
    if let Some((before, former)) = name
        .split_once([',', '，', ';', '；', '、'])
        .and_then(|(before, after)| Some((before, introduced(after)?)))
    {
        pieces.add(before, false);
        pieces.former.push(former);
    }
    pieces
}

impl<'name> Pieces<'name> {
    fn add(&mut self, text: &'name str, bracketed: bool) {
        if text.trim().is_empty() {
            return;
        }
        match introduced(text).filter(|_| bracketed) {
            Some(former) => self.former.push(former),
            None if bracketed && self.begins_like(text) => {
                self.former.push((Reason::Alias, text.trim()));
            }
            None => self.main.push(Piece { text, bracketed }),
        }
    }
}

impl Pieces<'_> {
    /// Whether letters in brackets are the initials of the words before them: `Muhammad Jamal Network (MJN)`.
    fn begins_like(&self, text: &str) -> bool {
        let text = text.trim();
        if !(2..=10).contains(&text.len())
            || !text.bytes().all(|letter| letter.is_ascii_alphabetic())
        {
            return false;
        }
        let words = self
            .main
            .iter()
            .flat_map(|piece| piece.text.split([' ', '-', '/', '.', '\'', ',']));
        let mut initials = words.filter_map(|word| word.bytes().next());
        // Small words may be left out, so the letters need only come in their order.
        text.bytes()
            .all(|letter| initials.any(|initial| initial.eq_ignore_ascii_case(&letter)))
    }
}

/// The name behind an introduction, if it is long enough to be one, and what it is.
fn introduced(text: &str) -> Option<(Reason, &str)> {
    let text = text.trim_start();
    let former = FORMER.iter().map(|word| (Reason::FormerName, word));
    let mut words = former.chain(ALIAS.iter().map(|word| (Reason::Alias, word)));
    let (reason, rest) = words.find_map(|(reason, word)| {
        let (head, rest) = text.split_at_checked(word.len())?;
        let goes_on = rest.starts_with(|next: char| next.is_ascii_alphabetic());
        let whole = !word.is_ascii() || !goes_on;
        (head.eq_ignore_ascii_case(word) && whole).then_some((reason, rest))
    })?;
    let sign = |letter: char| {
        letter.is_whitespace() || matches!(letter, ':' | '：' | '"' | '“' | '”' | '\'' | '.')
    };
    let rest = rest.trim_matches(sign);
    (rest.chars().count() >= 3).then_some((reason, rest))
}

/// Where the bracket that was opened closes; brackets inside count.
fn matching_close(inside: &str) -> Option<usize> {
    let mut depth = 1_u32;
    for (place, character) in inside.char_indices() {
        if is_opening(character) {
            depth += 1;
        } else if is_closing(character) {
            depth -= 1;
            if depth == 0 {
                return Some(place);
            }
        }
    }
    None
}

/// A quick look at bytes: the signs at which a name is cut are plain, or begin with one of these bytes.
fn may_cut(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b';' | 0xe3 | 0xef
    )
}

fn cuts(character: char) -> bool {
    is_opening(character)
        || is_closing(character)
        || matches!(character, ',' | '，' | ';' | '；' | '、')
}

fn is_opening(character: char) -> bool {
    matches!(
        character,
        '(' | '（' | '[' | '［' | '【' | '〔' | '{' | '｛' | '﹙'
    )
}

fn is_closing(character: char) -> bool {
    matches!(
        character,
        ')' | '）' | ']' | '］' | '】' | '〕' | '}' | '｝' | '﹚'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cuts(name: &str) -> String {
        let pieces = cut(name);
        let main: Vec<String> = pieces
            .main
            .iter()
            .map(|piece| format!("{}{}", piece.text, if piece.bracketed { "*" } else { "" }))
            .collect();
        format!(
            "{} / {}",
            main.join("|"),
            pieces
                .former
                .iter()
                .map(|(_, name)| *name)
                .collect::<Vec<_>>()
                .join("|")
        )
    }

    #[test]
    fn brackets_of_both_widths_cut() {
        assert_eq!(cuts("字节跳动（北京)科技"), "字节跳动|北京*|科技 / ");
        assert_eq!(cuts("合伙企业(有限合伙)"), "合伙企业|有限合伙* / ");
        assert_eq!(cuts("甲乙丙"), " / ");
        assert_eq!(cuts("甲(乙"), " / ");
    }

    #[test]
    fn former_names_are_told_apart() {
        assert_eq!(
            cuts("甲乙有限公司（原名：甲丙有限公司）"),
            "甲乙有限公司 / 甲丙有限公司"
        );
        assert_eq!(
            cuts("甲乙有限公司，曾用名甲丙有限公司"),
            "甲乙有限公司 / 甲丙有限公司"
        );
        assert_eq!(cuts("Acme Ltd (formerly Apex Ltd)"), "Acme Ltd  / Apex Ltd");
        assert_eq!(
            cuts("Muhammad Jamal Network (MJN)"),
            "Muhammad Jamal Network  / MJN"
        );
        assert_eq!(cuts("中原（原平）有限公司"), "中原|原平*|有限公司 / ");
    }
}
