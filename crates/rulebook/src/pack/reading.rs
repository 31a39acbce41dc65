//! TOML with places: each value is taken once by its key, and what nobody takes is a mistake.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::facts::Label;
use crate::pack::place::byte_of;
use crate::problem::{Problem, Problems, Wording};

/// Outcomes, items, bands or grades of a rule.
const MOST_PARTS: usize = 1_000;

/// A file and what was read of it.
pub(crate) struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
    table: Spanned<DeTable<'a>>,
}

/// A table of a file, whose values are taken one after the other.
pub(crate) struct Section<'a> {
    pub file: &'a File<'a>,
    table: &'a DeTable<'a>,
    /// Where the table stands.
    pub span: Range<usize>,
    taken: BTreeSet<&'static str>,
}

/// A text and where it stands.
pub(crate) struct Written<'a> {
    pub text: &'a str,
    pub span: Range<usize>,
}

impl<'a> File<'a> {
    pub fn parse(name: &'a str, text: &'a str, problems: &mut Problems) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or_default();
            let told = error.message();
            let wording = Wording::new(format!("TOML 语法错误：{told}"), format!("TOML: {told}"));
            problems.push(Problem::at(name, &span, "toml", wording));
        }
        Self { name, text, table }
    }

    pub fn root(&'a self) -> Section<'a> {
        Section {
            file: self,
            table: self.table.get_ref(),
            span: 0..0,
            taken: BTreeSet::new(),
        }
    }
}

impl<'a> Section<'a> {
    pub fn problem(
        &self,
        span: &Range<usize>,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Problem {
        Problem::at(self.file.name, span, code, Wording::new(zh, en))
    }

    /// A problem at a byte of a text as it reads, not as it is written.
    pub fn problem_within(
        &self,
        written: &Written<'_>,
        byte: usize,
        code: &'static str,
        wording: Wording,
    ) -> Problem {
        let raw = &self.file.text[written.span.clone()];
        let start = written.span.start + byte_of(raw, byte);
        Problem::at(self.file.name, &(start..start), code, wording)
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.taken.insert(key);
        self.table.get(key)
    }

    fn mistyped(&self, key: &str, value: &Spanned<DeValue<'_>>, zh: &str, en: &str) -> Problem {
        self.problem(
            &value.span(),
            "wrong_type",
            format!("{key} 应为{zh}"),
            format!("{key} must be {en}"),
        )
    }

    pub fn missing(&self, key: &str) -> Problem {
        self.problem(
            &self.span,
            "missing",
            format!("缺少 {key}"),
            format!("{key} is missing"),
        )
    }

    /// A text, if there is one.
    pub fn optional(&mut self, key: &'static str, problems: &mut Problems) -> Option<Written<'a>> {
        let value = self.take(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            problems.push(self.mistyped(key, value, "文本", "a text"));
        }
        let span = value.span();
        text.map(|text| Written { text, span })
    }

    /// A text that must be there and say something.
    pub fn text(&mut self, key: &'static str, problems: &mut Problems) -> Option<Written<'a>> {
        let known = self.table.contains_key(key);
        let text = self.optional(key, problems);
        if !known {
            problems.push(self.missing(key));
        }
        let text = text?;
        if text.text.trim().is_empty() {
            problems.push(self.problem(
                &text.span,
                "empty",
                format!("{key} 为空"),
                format!("{key} says nothing"),
            ));
            return None;
        }
        Some(text)
    }

    /// A label in both languages.
    pub fn label(&mut self, problems: &mut Problems) -> Label {
        let Some(mut label) = self.section("label", problems) else {
            if !self.table.contains_key("label") {
                problems.push(self.missing("label"));
            }
            return Label::default();
        };
        let mut said = |key| label.text(key, problems).map(|said| said.text.to_owned());
        let said = Label {
            zh: said("zh").unwrap_or_default(),
            en: said("en").unwrap_or_default(),
        };
        label.end(problems);
        said
    }

    /// A table in the table.
    pub fn section(&mut self, key: &'static str, problems: &mut Problems) -> Option<Section<'a>> {
        let value = self.take(key)?;
        let Some(table) = value.get_ref().as_table() else {
            problems.push(self.mistyped(key, value, "表", "a table"));
            return None;
        };
        Some(Section {
            file: self.file,
            table,
            span: value.span(),
            taken: BTreeSet::new(),
        })
    }

    /// The tables of a list, as `[[rule]]` writes them.
    pub fn sections(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Section<'a>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            problems.push(self.mistyped(key, value, "表的列表", "a list of tables"));
            return Vec::new();
        };
        let mut sections = Vec::new();
        for value in list {
            match value.get_ref().as_table() {
                Some(table) => sections.push(Section {
                    file: self.file,
                    table,
                    span: value.span(),
                    taken: BTreeSet::new(),
                }),
                None => problems.push(self.mistyped(key, value, "表", "a table")),
            }
        }
        sections
    }

    /// The tables of a list of parts that are looked up by their ids, which would take long if they were very many.
    pub fn parts(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Section<'a>> {
        let mut parts = self.sections(key, problems);
        if parts.len() > MOST_PARTS {
            problems.push(self.problem(
                &self.span,
                "too_many_parts",
                format!("{key} 有 {} 个，最多 {MOST_PARTS}", parts.len()),
                format!(
                    "there are {} of {key}, {MOST_PARTS} are the most",
                    parts.len()
                ),
            ));
            parts.truncate(MOST_PARTS);
        }
        parts
    }

    /// The tables of a list for whoever looks at them before they are read; nothing counts as taken.
    pub fn peeked(&self, key: &'static str) -> Vec<Section<'a>> {
        let list = self
            .table
            .get(key)
            .and_then(|value| value.get_ref().as_array());
        let tables = list.into_iter().flatten().filter_map(|value| {
            Some(Section {
                file: self.file,
                table: value.get_ref().as_table()?,
                span: value.span(),
                taken: BTreeSet::new(),
            })
        });
        tables.collect()
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str, problems: &mut Problems) -> Vec<Written<'a>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            problems.push(self.mistyped(key, value, "文本列表", "a list of texts"));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in list {
            let span = value.span();
            match value.get_ref().as_str() {
                Some(text) => texts.push(Written { text, span }),
                None => problems.push(self.mistyped(key, value, "文本", "a text")),
            }
        }
        texts
    }

    /// A list of values, for whoever knows their type.
    pub fn values(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> &'a [Spanned<DeValue<'a>>] {
        let Some(value) = self.take(key) else {
            return &[];
        };
        let list = value.get_ref().as_array();
        if list.is_none() {
            problems.push(self.mistyped(key, value, "列表", "a list"));
        }
        list.map_or(&[], |list| &list[..])
    }

    /// Any value, for whoever knows its type.
    pub fn value(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.take(key)
    }

    /// All keys with their values; nothing of the table is left.
    pub fn entries(
        self,
    ) -> impl Iterator<Item = (&'a str, Range<usize>, &'a Spanned<DeValue<'a>>)> {
        let entries = self.table.iter();
        entries.map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
    }

    /// Reports what nobody took. Of a key that is another one misspelt nobody says that the other is missing.
    pub fn end(self, problems: &mut Problems) {
        let keys = self.table.keys();
        let mut unknown = keys.filter(|key| !self.taken.contains(key.get_ref().as_ref()));
        let Some(first) = unknown.next() else { return };
        let taken = self.taken.iter().copied();
        let mut absent: Vec<&str> = taken.filter(|key| !self.table.contains_key(*key)).collect();
        for key in std::iter::once(first).chain(unknown) {
            if problems.is_full() {
                problems.hush();
                continue;
            }
            let name = key.get_ref().as_ref();
            let meant = nearest(name, &absent).map(|place| absent.swap_remove(place));
            let (mut zh, mut en) = (
                format!("此处不认识 {name}"),
                format!("{name} is not known here"),
            );
            if let Some(meant) = meant {
                zh = format!("{zh}；是否为 {meant}？");
                en = format!("{en}; is it {meant}?");
                problems.take_back(&self.missing(meant));
                if meant == "example" {
                    problems.take_back(&self.without_example());
                }
            }
            problems.push(self.problem(&key.span(), "unknown_key", zh, en));
        }
    }

    /// That a rule has no example.
    pub fn without_example(&self) -> Problem {
        let (zh, en) = ("规则没有示例", "the rule has no example");
        self.problem(&self.span, "missing_example", zh, en)
    }
}

/// The place of the key that somebody meant who wrote this: they differ in two letters side by side at most, and agree
/// in half of all.
fn nearest(name: &str, keys: &[&str]) -> Option<usize> {
    let alike = |key: &str| {
        let pairs = |pairs: &mut dyn Iterator<Item = (u8, u8)>| {
            pairs.take_while(|(one, other)| one == other).count()
        };
        let (longest, shortest) = (name.len().max(key.len()), name.len().min(key.len()));
        let start = pairs(&mut name.bytes().zip(key.bytes()));
        let end = pairs(&mut name.bytes().rev().zip(key.bytes().rev()));
        let shared = start + end.min(shortest - start);
        (longest - shared <= 2 && shared * 2 >= longest).then_some(shared)
    };
    let places = keys.iter().enumerate();
    let found = places.filter_map(|(place, key)| Some((alike(key)?, place)));
    found.max().map(|(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_pen_is_told_from_another_word() {
        let keys = ["starts", "within", "when", "to", "label"];
        let meant = |name| nearest(name, &keys).map(|place| keys[place]);
        for (name, key) in [
            ("start", "starts"),
            ("wihtin", "within"),
            ("wen", "when"),
            ("too", "to"),
            ("lable", "label"),
        ] {
            assert_eq!(meant(name), Some(key), "{name}");
        }
        for other in ["colour", "x", "labelled", "until", ""] {
            assert_eq!(meant(other), None, "{other}");
        }
    }
}
