//! What is wrong with a pack, and where.

use std::fmt;
use std::ops::Range;

/// The same in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wording {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Wording {
    /// Both wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// The rule, or the fact, of which something is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Concerned {
    /// The key of its tables, as `condition` or `fact`.
    pub kind: &'static str,
    /// Its id, or the name of a fact.
    pub id: String,
}

/// What a rule says of an example that expects something else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Otherwise {
    /// The rule by its id.
    pub rule: String,
    /// The place of the example among those of the rule.
    pub example: usize,
    /// What it says, as examples write it.
    pub found: String,
}

/// Something wrong in a file of a pack. Its display is what an engineer reads: place, reason, the line and a caret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The file, from the folder of the pack.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// A code that never changes.
    pub code: &'static str,
    /// What to correct.
    pub wording: Wording,
    /// The line as it stands in the file.
    pub excerpt: String,
    /// The rule in which it is, if it is in one whose id is known.
    pub rule: Option<Concerned>,
    /// Of an example that turns out otherwise: what its rule says.
    pub otherwise: Option<Otherwise>,
    /// The byte of the file at which it stands.
    start: usize,
}

/// Characters of a line that are shown.
const LONGEST_EXCERPT: usize = 200;

/// Problems of a pack as they are found. Line and column are counted for those alone that are reported, so that a file
/// of nothing but mistakes takes no longer than another.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    kept: Vec<Problem>,
    found: usize,
    hushed: usize,
}

/// Problems that are reported; whoever mends a hundred asks again.
const MOST_PROBLEMS: usize = 100;
/// Problems that are kept until it is known which come first.
const MOST_KEPT: usize = 2_000;

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        self.found += 1;
        if !self.is_full() {
            self.kept.push(problem);
        }
    }

    /// Leaves out the last problem that is like this one: it follows from another that is told.
    pub fn take_back(&mut self, problem: &Problem) {
        let said = |problem: &Problem| (problem.start, problem.code, problem.wording.clone());
        let is_same = |kept: &Problem| kept.file == problem.file && said(kept) == said(problem);
        if let Some(place) = self.kept.iter().rposition(is_same) {
            self.kept.remove(place);
            self.hush();
        }
    }

    /// How many are kept, for [`Problems::concern`].
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Says of the problems that were kept since there were so many that they are in a rule.
    pub fn concern(&mut self, since: usize, kind: &'static str, id: &str) {
        let own = self.kept.iter_mut().skip(since);
        for problem in own.filter(|problem| problem.rule.is_none() && !id.is_empty()) {
            let id = id.to_owned();
            problem.rule = Some(Concerned { kind, id });
        }
    }

    /// Notes that something is wrong of which nothing is said, because it follows from what was told already.
    pub fn hush(&mut self) {
        self.hushed += 1;
    }

    /// Rises with everything that is wrong, told or not.
    pub fn count(&self) -> usize {
        self.found + self.hushed
    }

    /// Whether there are so many that no more are looked for.
    pub fn is_full(&self) -> bool {
        self.kept.len() >= MOST_KEPT
    }

    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// In the order of files and lines, each with its place; `text` knows the files.
    pub fn reported<'a>(mut self, text: impl Fn(&str) -> &'a str) -> Vec<Problem> {
        let place = |problem: &Problem| (problem.file.clone(), problem.start);
        self.kept.sort_by_key(place);
        self.kept.truncate(MOST_PROBLEMS);
        for problem in &mut self.kept {
            problem.find_place(text(&problem.file));
        }
        self.kept
    }
}

impl Problem {
    /// A problem at these bytes of a file.
    pub(crate) fn at(
        file: &str,
        span: &Range<usize>,
        code: &'static str,
        wording: Wording,
    ) -> Self {
        Self {
            file: file.to_owned(),
            line: 1,
            column: 1,
            code,
            wording,
            excerpt: String::new(),
            rule: None,
            otherwise: None,
            start: span.start,
        }
    }

    /// A problem of a whole file.
    pub(crate) fn of_file(file: &str, code: &'static str, wording: Wording) -> Self {
        Self::at(file, &(0..0), code, wording)
    }

    fn find_place(&mut self, text: &str) {
        let start = text.floor_char_boundary(self.start.min(text.len()));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        self.line = before.matches('\n').count() + 1;
        self.column = text[line_start..start].chars().count() + 1;
        self.excerpt = line.chars().take(LONGEST_EXCERPT).collect();
    }
}

impl Problem {
    /// As its display, with the reason in Chinese.
    pub fn in_chinese(&self) -> String {
        self.told(&self.wording.zh)
    }

    fn told(&self, reason: &str) -> String {
        let Self {
            file, line, column, ..
        } = self;
        let told = format!("{file}:{line}:{column}: {reason}");
        if self.excerpt.is_empty() {
            return told;
        }
        // A Chinese character takes two places on a terminal.
        let width = |character: char| if character.is_ascii() { 1 } else { 2 };
        let before = self.excerpt.chars().take(column.saturating_sub(1));
        let places: usize = before.map(width).sum();
        format!("{told}\n    {}\n    {:places$}^", self.excerpt, "")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.told(&self.wording.en))
    }
}

impl std::error::Error for Problem {}
