//! Data written in Python or JavaScript, read as JSON values without running it.
//!
//! Numbers, texts in either kind of quotes (also as `u('…')`), lists, tuples, dictionaries, bare keys and the names of nothing and of truth;
//! other bare words are texts. Expressions are refused.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

/// The value that begins behind the first `marker` of a text, like `def get_data():\n    return `.
pub fn value_behind(text: &str, marker: &str) -> Result<Value> {
    let place = text
        .find(marker)
        .with_context(|| format!("`{marker}` is not there"))?;
    let mut reader = Reader {
        rest: &text[place + marker.len()..],
    };
    reader.value().with_context(|| {
        format!(
            "before `{}`",
            reader.rest.chars().take(40).collect::<String>()
        )
    })
}

struct Reader<'text> {
    rest: &'text str,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Value> {
        self.skip();
        match self.rest.chars().next() {
            Some('{') => self.dictionary(),
            Some('[') => self.list(']'),
            Some('(') => self.list(')'),
            Some('"' | '\'') => self.texts(),
            Some(first) if first.is_ascii_digit() || first == '-' => self.number(),
            Some(first) if is_word(first) => self.word(),
            _ => bail!("no value"),
        }
    }

    /// Drops blanks and comments.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let end = if self.rest.starts_with('#') || self.rest.starts_with("//") {
                self.rest.find('\n')
            } else if self.rest.starts_with("/*") {
                self.rest.find("*/").map(|place| place + 2)
            } else {
                return;
            };
            self.rest = &self.rest[end.unwrap_or(self.rest.len())..];
        }
    }

    fn taken(&mut self, expected: char) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(expected);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn dictionary(&mut self) -> Result<Value> {
        self.taken('{');
        let mut map = Map::new();
        while !self.taken('}') {
            let key = match self.value()? {
                Value::String(text) => text,
                other => other.to_string(),
            };
            if !self.taken(':') {
                bail!("no colon behind the key {key}");
            }
            let value = self.value()?;
            map.insert(key, value);
            if !self.taken(',') && !self.rest.starts_with('}') {
                bail!("no comma in a dictionary");
            }
        }
        Ok(Value::Object(map))
    }

    fn list(&mut self, end: char) -> Result<Value> {
        self.rest = &self.rest[1..];
        let mut values = Vec::new();
        while !self.taken(end) {
            values.push(self.value()?);
            if !self.taken(',') && !self.rest.starts_with(end) {
                bail!("no comma in a list");
            }
        }
        Ok(Value::Array(values))
    }

    /// Texts that stand one behind another are one, as in Python.
    fn texts(&mut self) -> Result<Value> {
        let mut text = String::new();
        while self.rest.starts_with(['"', '\'']) {
            self.text(&mut text)?;
            self.skip();
        }
        Ok(Value::String(text))
    }

    fn text(&mut self, text: &mut String) -> Result<()> {
        let mut characters = self.rest.chars();
        let quote = characters.next();
        loop {
            match characters.next() {
                None => bail!("text without end"),
                end if end == quote => break,
                Some('\\') => text.push(escaped(&mut characters)?),
                Some(character) => text.push(character),
            }
        }
        self.rest = characters.as_str();
        Ok(())
    }

    fn number(&mut self) -> Result<Value> {
        let end = self
            .rest
            .find(|character: char| !(character.is_ascii_digit() || "-.eE+".contains(character)))
            .unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        serde_json::from_str(number).with_context(|| format!("number {number}"))
    }

    fn word(&mut self) -> Result<Value> {
        let end = self.rest.find(|character| !is_word(character));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        if word == "u" && rest.starts_with(['"', '\'']) {
            return self.texts();
        }
        if word == "u" && rest.starts_with('(') {
            let text = self.list(')')?;
            return Ok(text.get(0).cloned().unwrap_or_default());
        }
        Ok(match word {
            "None" | "null" | "undefined" => Value::Null,
            "True" | "true" => Value::Bool(true),
            "False" | "false" => Value::Bool(false),
            _ => Value::String(word.to_owned()),
        })
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$' | '.')
}

fn escaped(characters: &mut std::str::Chars) -> Result<char> {
    let digits = match characters.next().context("text without end")? {
        'n' => return Ok('\n'),
        't' => return Ok('\t'),
        'r' => return Ok('\r'),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        other => return Ok(other),
    };
    let hexadecimal: String = characters.by_ref().take(digits).collect();
    let number = u32::from_str_radix(&hexadecimal, 16)?;
    char::from_u32(number).with_context(|| format!("no character {hexadecimal}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(text: &str) -> String {
        value_behind(text, "data = ").unwrap().to_string()
    }

    #[test]
    fn python_and_javascript_say_the_same() {
        let expected = r#"[{"name":"中国","number":-1.5,"other":null},{"list":["a'b",true]}]"#;
        let python = "data = [{'name': u('\\u4e2d' '\\u56fd'), 'number': -1.5, 'other': None}, # one\n {'list': ('a\\'b', True,)}]\n";
        let script = "var data = [{ name: \"中国\", number: -1.5, other: null }, /* one */ { list: [\"a'b\", true] }];";
        assert_eq!(
            (read(python).as_str(), read(script).as_str()),
            (expected, expected)
        );
    }

    #[test]
    fn what_is_no_data_is_refused() {
        for text in [
            "data = ",
            "data = [1",
            "data = {'a' 1}",
            "data = 'a",
            "data = [1 2]",
            "nothing",
        ] {
            assert!(value_behind(text, "data = ").is_err(), "{text}");
        }
    }
}
