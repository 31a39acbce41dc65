//! Several names in one text: former names, other names, names in brackets.

use crate::Reason;

/// At most so many names of one text are compared.
pub(super) const MOST_NAMES: usize = 4;

/// Words in letters behind which another name of the same person stands.
const MARKS: [&str; 11] = [
    "aka", "a.k.a.", "a.k.a", "fka", "f.k.a.", "f.k.a", "nka", "alias", "formerly", "née", "nee",
];

/// The same in Chinese.
const CHINESE_MARKS: [&str; 15] = [
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
    if let Some((name, title)) = only_name(text) {
        return callback(name, title);
    }
    let mut rest = text;
    let mut count = 0;
    while count < MOST_NAMES {
        let cut = rest
            .char_indices()
            .find_map(|(place, _)| separator(rest, place).map(|length| (place, length)));
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

/// The only name of a text that has one and no word that introduces another, and whether a title was left out.
pub(super) fn only_name(text: &str) -> Option<(&str, Option<Reason>)> {
    (!may_have_marks(text)).then(|| without_title(text))
}

/// A quick look: most names are one.
fn may_have_marks(text: &str) -> bool {
    if let Some(found) = may_have_marks_in_letters(text) {
        return found;
    }
    text.chars()
        .any(|it| matches!(it, '名' | '称') || is_separator(it))
        || words_of_letters(text).any(is_mark)
}

/// The same where no character has three bytes or more: signs among shorter ones are all plain. Nothing if one has.
fn may_have_marks_in_letters(text: &str) -> Option<bool> {
    let mut before = b' ';
    for (place, byte) in text.bytes().enumerate() {
        if byte >= 0xe0 {
            return None;
        }
        if byte < 0x80 && SEPARATORS >> byte & 1 == 1 {
            return Some(true);
        }
        let begins = before == b' ' && begins_mark(byte);
        if begins
            && words_of_letters(text.get(place..)?)
                .next()
                .is_some_and(is_mark)
        {
            return Some(true);
        }
        before = byte;
    }
    Some(false)
}

fn begins_mark(letter: u8) -> bool {
    matches!(letter | 0x20, b'a' | b'f' | b'n')
}

/// The plain ones among the separators, as bits.
const SEPARATORS: u128 = {
    let signs = b"()[]{}<>\"/;";
    let (mut set, mut place) = (0, 0);
    while place < signs.len() {
        set |= 1 << signs[place];
        place += 1;
    }
    set
};

/// Brackets and what else stands between names.
fn is_separator(character: char) -> bool {
    matches!(
        character,
        '(' | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '"'
            | '/'
            | ';'
            | '（'
            | '）'
            | '［'
            | '］'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '「'
            | '」'
            | '《'
            | '》'
            | '“'
            | '”'
            | '；'
            | '／'
    )
}

/// The words between blanks.
fn words_of_letters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|letter| letter == b' ');
        let (word, behind) = text.split_at(end.unwrap_or(text.len()));
        rest = end.and_then(|_| behind.get(1..));
        Some(word)
    })
}

fn is_mark(word: &str) -> bool {
    let first = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    matches!(first, b'a' | b'f' | b'n')
        && (3..=8).contains(&word.len())
        && MARKS.iter().any(|mark| word.eq_ignore_ascii_case(mark))
}

/// The length of what separates two names at a place of a text.
fn separator(text: &str, place: usize) -> Option<usize> {
    let rest = &text[place..];
    let first = rest.chars().next()?;
    if is_separator(first) {
        return Some(first.len_utf8());
    }
    let free = !text[..place].ends_with(char::is_alphanumeric);
    if first.is_ascii() {
        let word = rest.split(' ').next().unwrap_or_default();
        return (free && is_mark(word)).then_some(word.len());
    }
    let mark = CHINESE_MARKS.iter().find(|mark| rest.starts_with(*mark))?;
    let behind = &rest[mark.len()..];
    let said = behind.trim_start_matches([':', '：', ' ', '为', '是']);
    // Names contain these characters too: something must set the mark apart.
    (free || said.len() < behind.len() || mark.chars().count() > 2)
        .then_some(mark.len() + behind.len() - said.len())
}

/// A Chinese name without its title.
fn without_title(name: &str) -> (&str, Option<Reason>) {
    let name = name.trim();
    if !name.ends_with(is_end_of_title) {
        return (name, None);
    }
    for title in TITLES {
        if let Some(rest) = name.strip_suffix(title) {
            return (rest.trim_end(), Some(Reason::Title));
        }
    }
    (name, None)
}

/// The last characters of the titles, so that nearly all names are let through at once.
fn is_end_of_title(character: char) -> bool {
    matches!(
        character,
        '生' | '士'
            | '姐'
            | '太'
            | '人'
            | '师'
            | '師'
            | '授'
            | '理'
            | '志'
            | '任'
            | '傅'
            | '长'
            | '下'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_every_title_is_known() {
        assert!(TITLES.iter().all(|title| title.ends_with(is_end_of_title)));
    }

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
            "王小名",
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
    王小名
    LEE, Ann|Wong
    ");
    }
}
