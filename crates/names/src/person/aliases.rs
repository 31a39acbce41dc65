//! Several names in one text: former names, other names, names in brackets.

use crate::Reason;

/// At most so many names of one text are compared.
pub(super) const MOST_NAMES: usize = 4;

/// Words behind which another name of the same person stands.
const MARKS: [&str; 26] = [
    "a.k.a.",
    "a.k.a",
    "f.k.a.",
    "f.k.a",
    "n.k.a.",
    " aka ",
    " fka ",
    " alias ",
    " formerly ",
    " née ",
    " nee ",
    "曾用名",
    "又名",
    "别名",
    "別名",
    "化名",
    "原名",
    "本名",
    "乳名",
    "笔名",
    "筆名",
    "艺名",
    "藝名",
    "小名",
    "又称",
    "别称",
];

/// Titles behind or before a Chinese name (称谓).
const TITLES: [&str; 24] = [
    "先生",
    "女士",
    "小姐",
    "太太",
    "夫人",
    "老师",
    "老師",
    "教授",
    "博士",
    "医生",
    "醫生",
    "经理",
    "經理",
    "总经理",
    "同志",
    "律师",
    "律師",
    "主任",
    "师傅",
    "師傅",
    "董事长",
    "校长",
    "院长",
    "阁下",
];

/// Calls back for each name of a text, the first being the main one, and says whether a title was left out.
pub(super) fn each_name<'text>(
    text: &'text str,
    mut callback: impl FnMut(&'text str, Option<Reason>),
) {
    if !may_have_marks(text) {
        let (name, title) = without_title(text);
        return callback(name, title);
    }
    let mut rest = text;
    let mut count = 0;
    while count < MOST_NAMES {
        let cut = rest.char_indices().find_map(|(place, character)| {
            separator(&rest[place..], character).map(|length| (place, length))
        });
        let (piece, behind) = match cut {
            Some((place, length)) => (&rest[..place], Some(&rest[place + length..])),
            None => (rest, None),
        };
        let (name, title) = without_title(piece.trim_matches(|it: char| !it.is_alphanumeric()));
        if name.chars().any(char::is_alphanumeric) {
            callback(name, title);
            count += 1;
        } else if let (Some(reason), true) = (title, count > 0) {
            // A bracket with a title only.
            callback("", Some(reason));
        }
        match behind {
            Some(behind) => rest = behind,
            None => break,
        }
    }
    if count == 0 {
        callback(text, None);
    }
}

/// A quick look: most names are one.
fn may_have_marks(text: &str) -> bool {
    text.bytes()
        .any(|byte| matches!(byte, b'(' | b')' | b'[' | b'"' | b';' | b'/' | b'<' | b'{'))
        || text.chars().any(|character| {
            matches!(
                character,
                '（' | '【' | '［' | '「' | '《' | '“' | '；' | '／' | '〔' | '名' | '称'
            )
        })
        || MARKS[..11]
            .iter()
            .any(|mark| find_ignoring_case(text, mark))
}

fn find_ignoring_case(text: &str, mark: &str) -> bool {
    let (text, mark) = (text.as_bytes(), mark.as_bytes());
    text.windows(mark.len())
        .any(|window| window.eq_ignore_ascii_case(mark))
}

/// The length of what separates two names at the beginning of a text.
fn separator(text: &str, first: char) -> Option<usize> {
    if matches!(
        first,
        '(' | ')'
            | '（'
            | '）'
            | '['
            | ']'
            | '【'
            | '】'
            | '［'
            | '］'
            | '「'
            | '」'
            | '《'
            | '》'
            | '"'
            | '“'
            | '”'
            | ';'
            | '；'
            | '/'
            | '／'
            | '〔'
            | '〕'
            | '{'
            | '}'
            | '<'
            | '>'
    ) {
        return Some(first.len_utf8());
    }
    let mark = MARKS.iter().find(|mark| {
        text.as_bytes()
            .get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
    })?;
    let behind = &text[mark.len()..];
    // The name of Chinese persons may contain the characters of a mark; only a colon, or what is no Chinese name before, makes it one.
    Some(
        mark.len() + behind.len()
            - behind
                .trim_start_matches([':', '：', ' ', '为', '是'])
                .len(),
    )
}

/// A Chinese name without its title.
fn without_title(name: &str) -> (&str, Option<Reason>) {
    let name = name.trim();
    if name.ends_with(|last: char| last.is_ascii()) {
        return (name, None);
    }
    for title in TITLES {
        if let Some(rest) = name.strip_suffix(title) {
            return (rest.trim_end(), Some(Reason::Title));
        }
    }
    (name, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_by_brackets_and_marks() {
        let names = |text: &str| {
            let mut found = Vec::new();
            each_name(text, |name, title| {
                found.push(format!("{name}{}", title.map_or("", |_| "+")));
            });
            found.join("|")
        };
        let all: Vec<String> = [
            "张三",
            "张三先生",
            "张三（先生）",
            "张三（曾用名：张三丰）",
            "张三 又名 李四",
            "John Smith a.k.a. Johnny S.",
            "马云 (Jack Ma)",
            "王名",
            "LEE, Ann (née Wong)",
        ]
        .iter()
        .map(|text| names(text))
        .collect();
        insta::assert_snapshot!(all.join("\n"), @r"
        张三
        张三+
        张三|+
        张三|张三丰
        张三|李四
        John Smith|Johnny S
        马云|Jack Ma
        王名
        LEE, Ann|née Wong
        ");
    }
}
