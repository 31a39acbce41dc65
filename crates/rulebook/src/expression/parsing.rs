//! From text to the tree of the language's own parser, within limits.

use cel::common::ast::{IdedExpr, SourceInfo};
use cel::parser::Parser;

use super::ExpressionProblem;
use crate::problem::Wording;

/// Characters of an expression.
const LONGEST: usize = 4_000;
/// Brackets within brackets; the parser's own limit counts its rules, many for each bracket.
const DEEPEST: usize = 24;
/// Operators and points that follow each other.
const LONGEST_CHAIN: usize = 150;
/// Signs that make the parser go deeper without a bracket: each of them stands before what it is about.
const PREFIXES: [char; 2] = ['!', '-'];

/// A parsed expression.
pub(super) struct Parsed<'a> {
    pub text: &'a str,
    pub root: IdedExpr,
    source: SourceInfo,
}

impl Parsed<'_> {
    /// Where a node stands, in bytes of the text.
    pub fn span(&self, id: u64) -> std::ops::Range<usize> {
        let (start, stop) = self.source.offset_for(id).unwrap_or_default();
        let start = self.text.floor_char_boundary(start as usize);
        start..self.text.ceil_char_boundary(stop as usize + 1).max(start)
    }
}

pub(super) fn parse(text: &str) -> Result<Parsed<'_>, Vec<ExpressionProblem>> {
    let problem = |start: usize, code, zh: String, en: String| {
        vec![ExpressionProblem {
            span: start..text.len().max(start),
            code,
            wording: Wording::new(zh, en),
        }]
    };
    if text.chars().count() > LONGEST {
        let zh = format!("表达式超过 {LONGEST} 个字符");
        let en = format!("an expression has {LONGEST} characters at most");
        return Err(problem(0, "too_long", zh, en));
    }
    if let Some(place) = too_deep(text) {
        let zh = format!("括号或前缀嵌套超过 {DEEPEST} 层");
        let en = format!("brackets and signs before a value are nested {DEEPEST} deep at most");
        return Err(problem(place, "too_deep", zh, en));
    }
    let parsed = Parser::new().parse_with_source_info(text);
    let (root, source) = parsed.map_err(|errors| {
        let mut problems: Vec<ExpressionProblem> = Vec::new();
        for error in errors.errors {
            let start = place(text, error.pos);
            // What follows a first mistake is mostly its consequence.
            if problems.is_empty() {
                let told = error.msg.lines().next().unwrap_or_default();
                problems = problem(
                    start,
                    "syntax",
                    format!("语法错误：{told}"),
                    format!("syntax: {told}"),
                );
            }
        }
        if problems.is_empty() {
            // The parser stopped without saying where.
            let (zh, en) = ("语法错误", "syntax: this cannot be read");
            problems = problem(0, "syntax", zh.to_owned(), en.to_owned());
        }
        problems
    })?;
    Ok(Parsed { text, root, source })
}

/// The byte at a line and column, which the parser counts from 1 and 0.
fn place(text: &str, (line, column): (isize, isize)) -> usize {
    let skipped = usize::try_from(line - 1).unwrap_or_default();
    let start: usize = text.split_inclusive('\n').take(skipped).map(str::len).sum();
    let column = usize::try_from(column).unwrap_or_default();
    let rest = &text[start.min(text.len())..];
    let offset = rest
        .char_indices()
        .nth(column)
        .map_or(rest.len(), |(offset, _)| offset);
    start + offset
}

/// Where an expression is nested too deep for whoever walks over its tree.
fn too_deep(text: &str) -> Option<usize> {
    let (mut prefixes, mut choices) = (0_usize, 0_usize);
    let mut chains = Chains::new(text);
    for (place, character) in text.char_indices() {
        choices += usize::from(character == '?');
        if PREFIXES.contains(&character) {
            prefixes += 1;
        } else if !character.is_whitespace() {
            prefixes = 0;
        }
        chains.read(text, place, character);
        if prefixes > DEEPEST || choices > DEEPEST || chains.are_too_deep() {
            return Some(place);
        }
    }
    None
}

/// Brackets, and operators that follow each other: `a + b + c` is a tree of two steps although it has no bracket.
struct Chains {
    /// By open bracket: the links of the chain in it so far.
    links: Vec<usize>,
    /// The quote that ends the text that is being read.
    quote: Option<char>,
    /// Whether it is plain where texts begin and end. Where it is not, everything counts as one chain.
    is_plain: bool,
}

impl Chains {
    fn new(text: &str) -> Self {
        let unclear = ["\"\"\"", "'''", "\\", "//"];
        Self {
            links: vec![0],
            quote: None,
            is_plain: unclear.iter().all(|unclear| !text.contains(unclear)),
        }
    }

    fn read(&mut self, text: &str, place: usize, character: char) {
        if let Some(quote) = self.quote.filter(|_| self.is_plain) {
            if character == quote || character == '\n' {
                self.quote = None;
            }
            return;
        }
        match character {
            '"' | '\'' => self.quote = Some(character),
            '(' | '[' | '{' => self.links.push(0),
            ')' | ']' | '}' => {
                if self.links.len() > 1 {
                    self.links.pop();
                }
                self.link();
            }
            // Conditions beside each other are no chain; the parser keeps their tree flat.
            '&' | '|' | ',' | '?' | ':' if self.is_plain => {
                if let Some(links) = self.links.last_mut() {
                    *links = 0;
                }
            }
            '+' | '-' | '*' | '/' | '%' | '<' | '>' | '=' | '.' => self.link(),
            'i' if text[place..].starts_with("in") => self.link(),
            _ => {}
        }
    }

    fn link(&mut self) {
        if let Some(links) = self.links.last_mut() {
            *links += 1;
        }
    }

    fn are_too_deep(&self) -> bool {
        let links: usize = self.links.iter().sum();
        self.links.len() > DEEPEST + 1 || links > LONGEST_CHAIN
    }
}
