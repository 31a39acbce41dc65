//! From text to the tree of the language's own parser, within limits.

use cel::common::ast::{IdedExpr, SourceInfo};
use cel::parser::Parser;

use super::ExpressionProblem;
use crate::problem::Wording;

/// Characters of an expression.
const LONGEST: usize = 4_000;
/// Brackets within brackets; the parser's own limit counts its rules, many for each bracket.
const DEEPEST: usize = 24;
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

/// Where brackets or signs are nested too deep. Those inside texts count too, which nobody will miss.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut prefixes, mut choices) = (0_usize, 0_usize, 0_usize);
    for (place, character) in text.char_indices() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '?' => choices += 1,
            _ => {}
        }
        if PREFIXES.contains(&character) {
            prefixes += 1;
        } else if !character.is_whitespace() {
            prefixes = 0;
        }
        if depth > DEEPEST || prefixes > DEEPEST || choices > DEEPEST {
            return Some(place);
        }
    }
    None
}
