//! Rust text with comments (and, if wanted, the content of strings) replaced by blanks.
//!
//! Not a parser: it knows just enough of Rust's tokens to tell code from what only looks like code.
//! Line breaks stay, so a line number of the result is one of the file.

/// Without comments and without the content of strings.
pub fn code(text: &str) -> String {
    blank(text, false)
}

/// Without comments.
pub fn code_and_strings(text: &str) -> String {
    blank(text, true)
}

enum Token {
    Code,
    Comment,
    Text,
}

fn blank(text: &str, keep_strings: bool) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (length, token) = next_token(rest, result.chars().next_back());
        let (piece, after) = rest.split_at(length);
        match token {
            Token::Code => result.push_str(piece),
            Token::Text if keep_strings => result.push_str(piece),
            Token::Comment | Token::Text => result.extend(piece.chars().map(blank_character)),
        }
        rest = after;
    }
    result
}

fn blank_character(character: char) -> char {
    if character == '\n' || character == '"' {
        character
    } else {
        ' '
    }
}

/// Bytes and nature of what stands at the start of `rest`.
fn next_token(rest: &str, before: Option<char>) -> (usize, Token) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), Token::Comment);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), Token::Comment);
    }
    if rest.starts_with('"') {
        return (quoted(rest), Token::Text);
    }
    let in_word = before.is_some_and(|character| character.is_alphanumeric() || character == '_');
    if rest.starts_with('r')
        && !in_word
        && let Some(length) = raw_string(rest)
    {
        return (length, Token::Text);
    }
    if rest.starts_with('\'')
        && let Some(length) = character_literal(rest)
    {
        return (length, Token::Text);
    }
    (rest.chars().next().map_or(1, char::len_utf8), Token::Code)
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut position = 0;
    while position < rest.len() {
        let here = &rest.as_bytes()[position..];
        if here.starts_with(b"/*") {
            depth += 1;
            position += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            position += 2;
            if depth == 0 {
                return position;
            }
        } else {
            position += 1;
        }
    }
    rest.len()
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (position, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return position + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    if rest.as_bytes().get(1 + hashes) != Some(&b'"') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let start = hashes + 2;
    Some(
        rest[start..]
            .find(&end)
            .map_or(rest.len(), |position| start + position + end.len()),
    )
}

/// `'x'`, `'\n'` and `'\u{1f}'`, but not the lifetime `'a`.
fn character_literal(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1);
    let (_, first) = characters.next()?;
    if first == '\\' {
        return rest[2..]
            .char_indices()
            .skip(1)
            .find(|(_, found)| *found == '\'')
            .map(|(at, _)| at + 3);
    }
    let (position, second) = characters.next()?;
    (second == '\'').then_some(position + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_become_blanks_and_lines_stay() {
        assert_eq!(
            code("let a = \"sqlx\"; // tokio\nuse b;"),
            "let a = \"    \";         \nuse b;"
        );
        assert_eq!(code("/* a /* b */ c\n*/ d"), "              \n   d");
    }

    #[test]
    fn raw_strings_and_character_literals_are_text_but_lifetimes_are_code() {
        assert_eq!(code("r#\"tokio\"# x"), "  \"     \"  x");
        assert_eq!(
            code("fn f<'a>(x: &'a str, q: char) { q == '\"' }"),
            "fn f<'a>(x: &'a str, q: char) { q ==  \"  }"
        );
        assert_eq!(code("'\\'' tokio"), "     tokio");
    }

    #[test]
    fn strings_can_be_kept() {
        assert_eq!(
            code_and_strings("a(\"insert // into\") // b"),
            "a(\"insert // into\")     "
        );
    }
}
