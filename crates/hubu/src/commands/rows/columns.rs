//! Which columns of the input are meant.
//!
//! `--column` names one; the first row is then a header. Without it the first row is a header when
//! one of its cells is a header that the catalogue knows, a word of the command's own, or when no
//! cell holds anything that a value would hold; the column is the first that is recognised. In a
//! plain list without a header the first line is a value like the others.

use anyhow::Result;
use domain::Text;
use domain::intake::recognise;
use domain::register::Catalogue;
use streaming::Input;

use crate::failure::Refusal;

/// So much of a list of columns is told.
const MOST_LISTED_BYTES: usize = 2_000;

/// How a command recognises its column.
#[derive(Debug, Clone, Copy)]
pub struct Recognition<'a> {
    /// Attributes of the catalogue, the likeliest first.
    pub attributes: &'a [&'a str],
    /// Other headers, folded, the likeliest first.
    pub words: &'a [&'a str],
    /// Whether a cell may be a value; a first row without any is a header.
    pub may_be_value: fn(&str) -> bool,
}

/// The columns of an input that has been opened.
#[derive(Debug)]
pub struct Columns {
    names: Vec<String>,
    attributes: Vec<Option<String>>,
    has_header: bool,
}

impl Columns {
    /// Reads the header. `required` says that a column was named, so there must be one.
    pub fn read(
        catalogue: &Catalogue,
        input: &Input,
        no_header: bool,
        required: bool,
        recognition: &Recognition<'_>,
    ) -> Self {
        let first = input.first_row();
        let attributes: Vec<Option<String>> = recognise(catalogue, first)
            .into_iter()
            .map(|found| found.attribute)
            .collect();
        let is_header = || {
            let own = |cell: &String| recognition.words.contains(&folded(cell).as_str());
            let blank = first.iter().all(|cell| cell.trim().is_empty());
            attributes.iter().any(Option::is_some)
                || first
                    .iter()
                    .any(|cell| own(cell) || is_key(catalogue, cell))
                || (!blank && !first.iter().any(|cell| (recognition.may_be_value)(cell)))
        };
        let has_header = input.has_header() || (!no_header && (required || is_header()));
        if has_header {
            let names = first.to_vec();
            return Self {
                names,
                attributes,
                has_header,
            };
        }
        Self {
            names: (1..=first.len())
                .map(|place| format!("column_{place}"))
                .collect(),
            attributes: vec![None; first.len()],
            has_header,
        }
    }

    /// The names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The input without its header.
    pub fn strip(&self, input: Input) -> Input {
        if self.has_header {
            input.with_header()
        } else {
            input
        }
    }

    /// The place of the column with this name.
    pub fn named(&self, name: &str) -> Result<usize> {
        let exact = self.names.iter().position(|column| column == name);
        let alike = || {
            self.names
                .iter()
                .position(|column| folded(column) == folded(name))
        };
        let place = exact.or_else(alike);
        Ok(place.ok_or_else(|| self.unknown(name))?)
    }

    /// The column that carries one of these attributes, the likeliest first.
    pub fn carrying(&self, attributes: &[&str]) -> Option<usize> {
        attributes.iter().find_map(|wanted| {
            let carries = |found: &Option<String>| found.as_deref() == Some(*wanted);
            self.attributes.iter().position(carries)
        })
    }

    /// The column of values: the one that is named, the one that is recognised, or the only one.
    pub fn of_values(&self, named: Option<&str>, recognition: &Recognition<'_>) -> Result<usize> {
        if let Some(name) = named {
            return self.named(name);
        }
        let own = || {
            let at = |word: &&str| self.names.iter().position(|name| folded(name) == *word);
            recognition.words.iter().find_map(at)
        };
        let found = self.carrying(recognition.attributes).or_else(own);
        match found {
            Some(place) => Ok(place),
            None if self.names.len() <= 1 || !self.has_header => Ok(0),
            None => Err(self.undecided().into()),
        }
    }

    fn list(&self) -> String {
        let mut list = self.names.join(", ");
        if list.len() > MOST_LISTED_BYTES {
            list.truncate(list.floor_char_boundary(MOST_LISTED_BYTES));
            list.push('…');
        }
        list
    }

    fn unknown(&self, name: &str) -> Refusal {
        let list = self.list();
        Refusal::bad_input(Text::new(
            format!("没有名为 {name} 的列；现有的列：{list}"),
            format!("there is no column {name}; the columns are: {list}"),
        ))
    }

    fn undecided(&self) -> Refusal {
        let list = self.list();
        Refusal::bad_input(Text::new(
            format!("请用 --column 指定列；现有的列：{list}"),
            format!("say which column with --column; the columns are: {list}"),
        ))
    }
}

fn is_key(catalogue: &Catalogue, cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    catalogue.key_headers().contains(&cell)
}

/// Case, blanks and joining marks do not matter in a header.
fn folded(header: &str) -> String {
    header
        .chars()
        .filter(|character| !character.is_whitespace() && !"_-\u{feff}".contains(*character))
        .flat_map(char::to_lowercase)
        .collect()
}
