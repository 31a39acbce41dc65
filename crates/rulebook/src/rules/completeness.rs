//! Completeness lists (完备清单): what must be known of whom.

use crate::expression::{Expression, Truth};
use crate::facts::Batch;
use crate::facts::Label;
use crate::pack::identifier;
use crate::pack::reading::{Section, Written};
use crate::rule::{
    Example, Head, Kind, Known, MISSING, NOT_APPLICABLE, Reading, Trial, list, truths,
};

/// A list of what must be known.
#[derive(Clone, Debug)]
pub struct Completeness {
    /// Who it is.
    pub head: Head,
    /// Of whom; none for all.
    pub applies: Option<Expression>,
    /// What must be known.
    pub items: Vec<Item>,
    /// What is lacking where facts are given.
    pub examples: Vec<Example<Known>>,
}

/// Something that must be known.
#[derive(Clone, Debug)]
pub struct Item {
    /// By which what is lacking is named.
    pub id: String,
    /// What it is.
    pub label: Label,
    /// The article that asks for it.
    pub article: Option<String>,
    /// The places of the facts of which one is enough.
    pub any: Vec<usize>,
    /// Asked for when this holds, or cannot be decided; always where there is none.
    pub when: Option<Expression>,
}

/// What a list says of a row.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Found {
    /// It does not concern it.
    NotApplicable,
    /// Whether it concerns it hangs on a fact that is missing.
    Undecided,
    /// The places of the items that are lacking; none if all is known.
    Lacking(Vec<usize>),
}

impl Completeness {
    /// What each row lacks.
    pub fn evaluate(&self, batch: &Batch) -> Vec<Found> {
        let mut found: Vec<Found> = match &self.applies {
            None => vec![Found::Lacking(Vec::new()); batch.len()],
            Some(applies) => truths(applies, batch)
                .into_iter()
                .map(|truth| match truth {
                    Truth::True => Found::Lacking(Vec::new()),
                    Truth::False => Found::NotApplicable,
                    Truth::Missing => Found::Undecided,
                })
                .collect(),
        };
        for (place, item) in self.items.iter().enumerate() {
            let asked = item.when.as_ref().map(|when| truths(when, batch));
            for (row, found) in found.iter_mut().enumerate() {
                if let Found::Lacking(lacking) = found
                    && asked
                        .as_ref()
                        .is_none_or(|asked| asked[row] != Truth::False)
                    && item.any.iter().all(|fact| batch.lacks(*fact, row))
                {
                    lacking.push(place);
                }
            }
        }
        found
    }

    /// What is found, as an example writes it.
    pub fn written(&self, found: &Found) -> String {
        match found {
            Found::NotApplicable => NOT_APPLICABLE.to_owned(),
            Found::Undecided => MISSING.to_owned(),
            Found::Lacking(lacking) => {
                list(lacking.iter().map(|place| self.items[*place].id.as_str()))
            }
        }
    }
}

impl Kind for Completeness {
    const KEY: &'static str = "completeness";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let applies = reading.optional_condition(table, "applies");
        let items = items(table, reading);
        let examples = reading.examples(table, |example, reading| {
            let word = [MISSING, NOT_APPLICABLE];
            if example
                .value("expect")
                .is_some_and(|value| value.get_ref().is_str())
            {
                return reading.expected_word(example, |said| word.contains(&said));
            }
            reading.expected_words(example, |said| items.iter().any(|item| item.id == said))
        });
        Some(Self {
            head,
            applies,
            items,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        let asked = self.items.iter().filter_map(|item| item.when.as_ref());
        self.applies.iter().chain(asked).collect()
    }

    fn named(&self) -> Vec<usize> {
        self.items
            .iter()
            .flat_map(|item| &item.any)
            .copied()
            .collect()
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        let found = self.evaluate(&trial.rows(&self.examples));
        let shown: Vec<String> = found.iter().map(|found| self.written(found)).collect();
        for (example, found) in self.examples.iter().zip(&shown) {
            trial.compare(&self.head, example, found);
        }
        let complete = trial.check_shown(&self.head, &shown, &["[]"]);
        let concerns = self.applies.is_none() || {
            let sides = [NOT_APPLICABLE, MISSING];
            trial.check_shown(&self.head, &shown, &sides)
        };
        let is_lacking =
            |found: &Found| matches!(found, Found::Lacking(items) if !items.is_empty());
        complete && concerns && found.iter().any(is_lacking)
    }
}

fn items(table: &mut Section<'_>, reading: &mut Reading<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let sections = table.parts("item", reading.problems);
    if sections.is_empty() {
        reading.problems.push(table.missing("item"));
    }
    for mut section in sections {
        let id = identifier(&mut section, reading.problems);
        let label = section.label(reading.problems);
        let article = section.optional("article", reading.problems);
        let one = section.optional("fact", reading.problems);
        let named = section
            .texts("any", reading.problems)
            .into_iter()
            .chain(one);
        let named: Vec<Written<'_>> = named.collect();
        let known = named.iter();
        let any = known.filter_map(|name| reading.fact(&section, name));
        let any: Vec<usize> = any.collect();
        let when = reading.optional_condition(&mut section, "when");
        if section.value("fact").is_none() && (section.value("any").is_none() || named.is_empty()) {
            reading.problems.push(section.missing("fact"));
        }
        let before = items.iter().map(|item| item.id.as_str());
        reading.check_new(&section, id.as_deref(), before);
        if let Some(id) = id {
            items.push(Item {
                id,
                label,
                article: article.map(|article| article.text.to_owned()),
                any,
                when,
            });
        }
        section.end(reading.problems);
    }
    items
}
