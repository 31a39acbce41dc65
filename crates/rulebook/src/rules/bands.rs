//! Band tables (分档表): a number, a day or a moment falls into one band, and no number between two.

use crate::expression::{self, Expression, Outcome};
use crate::facts::{Batch, Label, Type};
use crate::pack::identifier;
use crate::pack::reading::Section;
use crate::pack::values::{day_of, moment_of, number_of};
use crate::rule::{Example, Head, Kind, Known, MISSING, Reading, Trial};

/// A table of bands without gap or overlap.
#[derive(Clone, Debug)]
pub struct Bands {
    /// Who it is.
    pub head: Head,
    /// What falls into them.
    pub of: Expression,
    /// From the lowest to the highest.
    pub bands: Vec<Band>,
    /// The band of given facts.
    pub examples: Vec<Example<Known>>,
}

/// A band, which ends where the next begins.
#[derive(Clone, PartialEq, Debug)]
pub struct Band {
    /// By which it is named.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// Where it ends; nothing for the last.
    pub end: Option<Bound>,
}

/// An end of a band.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bound {
    /// The number, the day since 1970, or the second since then.
    pub at: f64,
    /// Whether the number itself is in the lower band.
    pub included: bool,
}

impl Bands {
    /// The place of the band of each row; none where a fact is missing.
    pub fn evaluate(&self, batch: &Batch) -> Vec<Option<usize>> {
        match self.of.evaluate(batch) {
            Outcome::Integers(values) => {
                let values = values.into_iter();
                values
                    .map(|value| Some(self.place(value? as f64)))
                    .collect()
            }
            Outcome::Numbers(values) => {
                let values = values.into_iter();
                // What is no number, as zero by zero, lies nowhere.
                let values = values.map(|value| value.filter(|value| !value.is_nan()));
                values.map(|value| Some(self.place(value?))).collect()
            }
            Outcome::Truths(_) | Outcome::Texts => vec![None; batch.len()],
        }
    }

    fn place(&self, value: f64) -> usize {
        let within = |end: &Bound| value < end.at || (end.included && value <= end.at);
        let found = self
            .bands
            .iter()
            .position(|band| band.end.as_ref().is_none_or(within));
        found.unwrap_or(self.bands.len().saturating_sub(1))
    }
}

impl Kind for Bands {
    const KEY: &'static str = "bands";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let written = table.text("of", reading.problems);
        let of = written.and_then(|written| {
            let of = reading.compiled(table, &written, Expression::compile)?;
            if !matches!(of.kind(), Type::Boolean | Type::Text | Type::Texts) {
                return Some(of);
            }
            let told = (
                "分档的对象为数、日期或时刻",
                "what falls into bands is a number, a day or a moment",
            );
            reading.report(table, &written.span, "wrong_type", told);
            None
        });
        let bands = bands(table, of.as_ref().map(Expression::kind), reading);
        let examples = reading.examples(table, |example, reading| {
            reading.expected_word(example, |said| {
                said == MISSING || bands.iter().any(|band| band.id == said)
            })
        });
        Some(Self {
            head,
            of: of?,
            bands,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        vec![&self.of]
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        let found = self.evaluate(&trial.rows(&self.examples));
        let mut shown = Vec::new();
        for (example, place) in self.examples.iter().zip(found) {
            let found = place.map_or(MISSING, |place| &self.bands[place].id);
            trial.compare(&self.head, example, found);
            shown.push(found.to_owned());
        }
        let bands = self.bands.iter().map(|band| band.id.as_str());
        let sides: Vec<&str> = bands.chain([MISSING]).collect();
        trial.check_shown(&self.head, &shown, &sides)
    }
}

/// The bands; `kind` is the type of what falls into them, if that is known.
fn bands(table: &mut Section<'_>, kind: Option<Type>, reading: &mut Reading<'_>) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    let sections = table.parts("band", reading.problems);
    let last = sections.len().saturating_sub(1);
    if sections.len() < 2 {
        let told = ("分档表至少有两档", "there are two bands at least");
        reading.report(table, &table.span.clone(), "bands", told);
    }
    // Where the band before ends; not looked at where a bound was told of.
    let mut before = None;
    for (place, mut section) in sections.into_iter().enumerate() {
        let id = identifier(&mut section, reading.problems);
        let label = section.label(reading.problems);
        let told = reading.problems.count();
        let start = bound(&mut section, ["above", "from"], kind, reading);
        let end = bound(&mut section, ["up_to", "below"], kind, reading);
        let is_known = kind.is_some() && reading.problems.count() == told;
        if is_known
            && (place == 0 || before.is_some())
            && let Some(wrong) = misfit(before, start, end, (place == 0, place == last))
        {
            reading.report(&section, &section.span.clone(), "bands", wrong);
        }
        before = end.filter(|_| is_known);
        let ids = bands.iter().map(|band| band.id.as_str());
        reading.check_new(&section, id.as_deref(), ids);
        bands.extend(id.map(|id| Band { id, label, end }));
        section.end(reading.problems);
    }
    bands
}

/// Why a band cannot follow the one before.
fn misfit(
    before: Option<Bound>,
    start: Option<Bound>,
    end: Option<Bound>,
    (first, last): (bool, bool),
) -> Option<(&'static str, &'static str)> {
    if first && start.is_some() {
        return Some(("第一档没有下界", "the first band has no lower bound"));
    }
    if last == end.is_some() {
        return Some((
            "除最后一档外，每档都有上界",
            "every band but the last has an upper bound",
        ));
    }
    if first {
        return None;
    }
    let (Some(before), Some(start)) = (before, start) else {
        return Some(("缺少下界", "the lower bound is missing"));
    };
    let order = |bound: Bound| (bound.at, bound.included);
    if order(start) > order(before) {
        return Some(("与前一档之间有空档", "there is a gap to the band before"));
    }
    if order(start) < order(before) {
        return Some(("与前一档重叠", "it overlaps with the band before"));
    }
    let ends_first = end.is_some_and(|end| order(end) <= order(start));
    ends_first.then_some(("上界不大于下界", "it ends before it begins"))
}

/// A bound under one of two keys: that with which the number itself is in the lower band, and that with which it is not.
fn bound(
    section: &mut Section<'_>,
    [lower, upper]: [&'static str; 2],
    kind: Option<Type>,
    reading: &mut Reading<'_>,
) -> Option<Bound> {
    let (key, value, included) = match (section.value(lower), section.value(upper)) {
        (Some(value), None) => (lower, value, true),
        (None, Some(value)) => (upper, value, false),
        (None, None) => return None,
        (Some(value), Some(_)) => {
            let told = (
                format!("{lower} 与 {upper} 只写一个"),
                format!("either {lower} or {upper} is written"),
            );
            reading.report(section, &value.span(), "bands", told);
            return None;
        }
    };
    let day = day_of(value.get_ref()).map(f64::from);
    let moment = moment_of(value.get_ref()).map(|moment| moment as f64);
    let (at, told) = match kind {
        Some(Type::Date) => (day, ("日期", "a day")),
        Some(Type::Moment) => (moment, ("时刻", "a moment")),
        Some(_) => (number_of(value.get_ref()), ("数", "a number")),
        None => (
            day.or(moment).or_else(|| number_of(value.get_ref())),
            ("数、日期或时刻", "a number, a day or a moment"),
        ),
    };
    let Some(at) = at else {
        let told = (
            format!("{key} 为{}", told.0),
            format!("{key} is {}", told.1),
        );
        reading.report(section, &value.span(), "number", told);
        return None;
    };
    // Up to 17 and below 18 are the same for whole numbers.
    if included && matches!(kind, Some(Type::Integer | Type::Date | Type::Moment)) {
        return Some(Bound {
            at: at.floor() + 1.0,
            included: false,
        });
    }
    Some(Bound { at, included })
}

impl Bound {
    /// The bound as a pack writes it: of a day as a date, of a moment as one.
    pub fn written(&self, kind: Type) -> String {
        match kind {
            Type::Date => expression::written_day(self.at as i32),
            Type::Moment => expression::written_moment(self.at as i64),
            _ => self.at.to_string(),
        }
    }
}
