//! Dictionaries (字典): codes, what they are called, and how files write them.

use std::collections::HashMap;

use crate::expression::Expression;
use crate::facts::Label;
use crate::pack::reading::Section;
use crate::rule::{Example, Head, Kind, MISSING, Reading, Trial};

/// A list of codes.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// Who it is.
    pub head: Head,
    /// In the order of the pack.
    pub codes: Vec<Code>,
    /// By how a code is written, folded.
    places: HashMap<String, usize>,
    /// The code of given texts.
    pub examples: Vec<Example<String>>,
}

/// A code of a dictionary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Code {
    /// The code.
    pub code: String,
    /// What it is called.
    pub label: Label,
    /// How files write it.
    pub written: Vec<String>,
    /// The place of the code above it.
    pub parent: Option<usize>,
}

impl Dictionary {
    /// The code that a text means: the code itself, its label in either language or as files write it; letters large
    /// or small, without blanks around.
    pub fn find(&self, text: &str) -> Option<&Code> {
        self.places
            .get(&folded(text))
            .map(|place| &self.codes[*place])
    }
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

impl Kind for Dictionary {
    const KEY: &'static str = "dictionary";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let (codes, places) = codes(table, reading);
        let examples = reading.examples_of(table, |example, reading| {
            let given = example.text("given", reading.problems);
            let is_code = |said: &str| {
                let place = places.get(&folded(said));
                place.is_some_and(|place| codes[*place].code == said)
            };
            let expect = reading.expected_word(example, |said| said == MISSING || is_code(said));
            Some((given?.text.to_owned(), expect?))
        });
        Some(Self {
            head,
            codes,
            places,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        Vec::new()
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        let mut shown = Vec::new();
        for example in &self.examples {
            let code = self.find(&example.given);
            let found = code.map_or(MISSING, |code| &code.code);
            trial.compare(&self.head, example, found);
            shown.push(found.to_owned());
        }
        let found = shown.iter().any(|found| found != MISSING);
        trial.check_shown(&self.head, &shown, &[MISSING]) && found
    }
}

/// The codes, and what means which of them.
fn codes(
    table: &mut Section<'_>,
    reading: &mut Reading<'_>,
) -> (Vec<Code>, HashMap<String, usize>) {
    let (mut codes, mut places) = (Vec::<Code>::new(), HashMap::new());
    let mut own: HashMap<String, usize> = HashMap::new();
    let sections = table.sections("code", reading.problems);
    if sections.is_empty() {
        reading.problems.push(table.missing("code"));
    }
    for mut section in sections {
        let code = section.text("code", reading.problems);
        let label = section.label(reading.problems);
        let written = section.texts("written", reading.problems);
        let parent = parent(&mut section, &own, reading);
        if let Some(code) = code {
            let said = [code.text, &label.zh, &label.en];
            let said = said.into_iter().filter(|text| !text.is_empty());
            let all = said.chain(written.iter().map(|written| written.text));
            let mut twice = None;
            for text in all {
                let before = places.insert(folded(text), codes.len());
                if before.is_some_and(|before| before != codes.len()) {
                    twice = twice.or(Some(text));
                }
            }
            if let Some(text) = twice {
                let told = (
                    format!("「{text}」指两个代码"),
                    format!("{text:?} means two codes"),
                );
                reading.report(&section, &section.span.clone(), "twice", told);
            }
            own.insert(code.text.to_owned(), codes.len());
            codes.push(Code {
                code: code.text.to_owned(),
                label,
                written: written.iter().map(|text| text.text.to_owned()).collect(),
                parent,
            });
        }
        section.end(reading.problems);
    }
    (codes, places)
}

/// The place of the code above, which must stand before.
fn parent(
    section: &mut Section<'_>,
    before: &HashMap<String, usize>,
    reading: &mut Reading<'_>,
) -> Option<usize> {
    let named = section.optional("parent", reading.problems)?;
    let place = before.get(named.text).copied();
    if place.is_none() {
        let told = (
            format!("此前没有代码 {}", named.text),
            format!("there is no code {} before", named.text),
        );
        reading.report(section, &named.span, "unknown_code", told);
    }
    place
}
