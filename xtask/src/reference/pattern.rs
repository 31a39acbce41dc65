//! Whether a text of digits matches a pattern of telephone metadata: literals, `\d`, classes, groups, `|`, `?` and
//! counted repetitions are all that such patterns hold.

use anyhow::{Context, Result, bail, ensure};

/// A pattern, taken apart.
pub struct Pattern(Vec<Branch>);

type Branch = Vec<(Piece, usize, usize)>;

enum Piece {
    Digits([bool; 10]),
    Group(Vec<Branch>),
}

impl Pattern {
    pub fn parse(text: &str) -> Result<Self> {
        let mut rest = text.chars().peekable();
        let branches = branches(&mut rest)?;
        ensure!(rest.next().is_none(), "pattern has too many brackets");
        Ok(Self(branches))
    }

    /// Whether the whole text matches.
    pub fn matches(&self, digits: &str) -> bool {
        ends(&self.0, digits.as_bytes()).contains(&0)
    }
}

type Characters<'text> = std::iter::Peekable<std::str::Chars<'text>>;

fn branches(rest: &mut Characters) -> Result<Vec<Branch>> {
    let mut branches = vec![Branch::new()];
    while let Some(&next) = rest.peek() {
        match next {
            ')' => break,
            '|' => {
                rest.next();
                branches.push(Branch::new());
            }
            _ => {
                let piece = piece(rest)?;
                let (least, most) = repetition(rest)?;
                let branch = branches.last_mut().context("no branch")?;
                branch.push((piece, least, most));
            }
        }
    }
    Ok(branches)
}

fn piece(rest: &mut Characters) -> Result<Piece> {
    let mut digits = [false; 10];
    match rest.next().context("pattern ends early")? {
        '(' => {
            ensure!(
                rest.next() == Some('?') && rest.next() == Some(':'),
                "group that captures"
            );
            let group = branches(rest)?;
            ensure!(rest.next() == Some(')'), "group without end");
            return Ok(Piece::Group(group));
        }
        '\\' => {
            ensure!(rest.next() == Some('d'), "escape that is not for digits");
            digits = [true; 10];
        }
        '[' => class(rest, &mut digits)?,
        other => digits[digit(other)?] = true,
    }
    Ok(Piece::Digits(digits))
}

fn class(rest: &mut Characters, digits: &mut [bool; 10]) -> Result<()> {
    let mut before = None;
    loop {
        match (rest.next().context("class without end")?, before) {
            (']', _) => return Ok(()),
            ('-', Some(first)) => {
                let last = digit(rest.next().context("range without end")?)?;
                digits[first..=last].fill(true);
            }
            (other, _) => {
                let one = digit(other)?;
                digits[one] = true;
                before = Some(one);
            }
        }
    }
}

fn digit(character: char) -> Result<usize> {
    let digit = character
        .to_digit(10)
        .with_context(|| format!("`{character}` in a pattern"))?;
    Ok(usize::try_from(digit)?)
}

/// How often at least and at most.
fn repetition(rest: &mut Characters) -> Result<(usize, usize)> {
    match rest.peek() {
        Some('?') => {
            rest.next();
            Ok((0, 1))
        }
        Some('{') => {
            rest.next();
            let inside: String = rest
                .by_ref()
                .take_while(|character| *character != '}')
                .collect();
            let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
            Ok((least.parse()?, most.parse()?))
        }
        Some('*' | '+') => bail!("repetition without end"),
        _ => Ok((1, 1)),
    }
}

/// How many characters may be left behind a match at the start of a text.
fn ends(branches: &[Branch], text: &[u8]) -> Vec<usize> {
    let mut left = Vec::new();
    for branch in branches {
        let mut here = vec![text.len()];
        for (piece, least, most) in branch {
            here = repeated(piece, *least, *most, here, text);
        }
        left.extend(here);
    }
    left.sort_unstable();
    left.dedup();
    left
}

fn repeated(piece: &Piece, least: usize, most: usize, from: Vec<usize>, text: &[u8]) -> Vec<usize> {
    let (mut here, mut all) = (from, Vec::new());
    for times in 0..=most {
        if times >= least {
            all.extend(&here);
        }
        here = here
            .iter()
            .flat_map(|left| once(piece, &text[text.len() - left..]))
            .collect();
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn once(piece: &Piece, text: &[u8]) -> Vec<usize> {
    match piece {
        Piece::Group(group) => ends(group, text),
        Piece::Digits(digits) => match text.first() {
            Some(first @ b'0'..=b'9') if digits[usize::from(first - b'0')] => vec![text.len() - 1],
            _ => Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_what_they_name_and_nothing_else() {
        let pattern =
            Pattern::parse(r"(?:10|2[02-5])\d{8}|3(?:11|7[179])[2-8]\d{6,7}|9?5").unwrap();
        for (digits, matches) in [
            ("1012345678", true),
            ("2112345678", false),
            ("2412345678", true),
            ("3112345678", true),
            ("31123456789", true),
            ("37123456", false),
            ("95", true),
            ("5", true),
            ("", false),
            ("1012345678x", false),
        ] {
            assert_eq!(pattern.matches(digits), matches, "{digits}");
        }
        for broken in ["(1)", "[1", "1*", r"\w", "(?:1"] {
            assert!(Pattern::parse(broken).is_err(), "{broken}");
        }
    }
}
