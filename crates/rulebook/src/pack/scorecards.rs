//! Scorecards as a pack writes them.

use toml::de::DeValue;

use crate::expression::Expression;
use crate::facts::{FactDictionary, Value};
use crate::pack::Source;
use crate::pack::given::{given, whole_number};
use crate::pack::reading::Section;
use crate::pack::rules::{compiled, identifier, origin};
use crate::problem::Problem;
use crate::scorecard::{DirectCase, Grade, Item, Scorecard};

type Problems = Vec<Problem>;

/// What all weights sum to, in hundredths of a percent.
const WHOLE: u32 = 10_000;

/// What a scorecard says of given facts.
#[derive(Clone, PartialEq, Debug)]
pub struct RatingExample {
    /// What is known, by the place of the fact.
    pub given: Vec<(usize, Value)>,
    /// The total as people write it, where it is expected.
    pub total: Option<String>,
    /// The grade that is expected.
    pub grade: String,
    /// Where it stands.
    pub(super) span: std::ops::Range<usize>,
}

/// The scorecards of a file, each with its examples.
pub(super) fn scorecards(
    section: &mut Section<'_>,
    facts: &FactDictionary,
    sources: &[Source],
    problems: &mut Problems,
) -> Vec<(Scorecard, Vec<RatingExample>)> {
    let mut found = Vec::new();
    for mut card in section.sections("scorecard", problems) {
        let id = identifier(&mut card, problems);
        let label = card.label(problems);
        let origin = origin(&mut card, sources, problems);
        let levels = whole_number(&mut card, "levels", (2, 10), problems);
        let grades = grades(&mut card, problems);
        let items = items(&mut card, facts, levels.unwrap_or(10) as u8, problems);
        let direct = direct(&mut card, facts, &grades, problems);
        let examples = examples(&mut card, facts, &grades, problems);
        check_weights(&card, &items, problems);
        if let (Some(id), Some(origin), Some(levels)) = (id, origin, levels) {
            let card = Scorecard {
                id,
                label,
                origin,
                levels: levels as u8,
                items,
                direct,
                grades,
            };
            found.push((card, examples));
        }
        card.end(problems);
    }
    found
}

fn check_weights(card: &Section<'_>, items: &[Item], problems: &mut Problems) {
    let sum: u32 = items.iter().map(|item| item.weight).sum();
    if sum != WHOLE {
        let sum = f64::from(sum) / 100.0;
        let (zh, en) = (
            format!("各项权重合计 {sum}，应为 100"),
            format!("the weights sum to {sum}, not to 100"),
        );
        problems.push(card.problem(&card.span, "weights", zh, en));
    }
}

/// From the lowest to the highest, without gap or overlap: each begins where the one before ends.
fn grades(card: &mut Section<'_>, problems: &mut Problems) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    let sections = card.sections("grade", problems);
    let last = sections.len().saturating_sub(1);
    if sections.len() < 3 {
        let (zh, en) = ("等级不少于三级", "there are three grades at least");
        problems.push(card.problem(&card.span, "grades", zh, en));
    }
    for (place, mut section) in sections.into_iter().enumerate() {
        let id = identifier(&mut section, problems);
        let label = section.label(problems);
        let up_to = hundredths(&mut section, "up_to", problems);
        let before = grades.last().and_then(|grade| grade.up_to);
        let ascends = before.is_none_or(|before| up_to.is_none_or(|own| own > before));
        if (place < last) != up_to.is_some() || !ascends {
            let (zh, en) = (
                "up_to 逐级上升，最后一级没有 up_to",
                "up_to rises from grade to grade, and the last has none",
            );
            problems.push(section.problem(&section.span, "bands", zh, en));
        }
        if let Some(id) = id {
            grades.push(Grade { id, label, up_to });
        }
        section.end(problems);
    }
    grades
}

/// A number with at most two digits behind the point, in hundredths.
fn hundredths(
    section: &mut Section<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<u32> {
    let value = section.value(key)?;
    let number = match value.get_ref() {
        DeValue::Integer(number) => number.as_str().parse::<f64>().ok(),
        DeValue::Float(number) => number.as_str().parse::<f64>().ok(),
        _ => None,
    };
    let hundredths = number.map(|number| number * 100.0);
    let fits = |hundredths: &f64| {
        (hundredths.round() - hundredths).abs() < 1e-6 && (0.0..=1e6).contains(hundredths)
    };
    let found = hundredths
        .filter(fits)
        .map(|hundredths| hundredths.round() as u32);
    if found.is_none() {
        let (zh, en) = (
            format!("{key} 为不小于零的数，最多两位小数"),
            format!("{key} is a number from zero with two digits behind the point at most"),
        );
        problems.push(section.problem(&value.span(), "number", zh, en));
    }
    found
}

fn items(
    card: &mut Section<'_>,
    facts: &FactDictionary,
    levels: u8,
    problems: &mut Problems,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for mut section in card.sections("item", problems) {
        let id = identifier(&mut section, problems);
        let label = section.label(problems);
        let family = section.text("family", problems);
        let weight = hundredths(&mut section, "weight", problems);
        let scores = (1, u32::from(levels));
        let otherwise = whole_number(&mut section, "otherwise", scores, problems);
        let prudent = whole_number(&mut section, "prudent", scores, problems);
        let mut cases: Vec<(Expression, u8)> = Vec::new();
        for mut case in section.sections("case", problems) {
            let when = case.text("when", problems);
            let when = when.and_then(|when| compiled(&case, &when, facts, problems));
            let score = whole_number(&mut case, "score", scores, problems);
            if let (Some(when), Some(score)) = (when, score) {
                cases.push((when, score as u8));
            }
            case.end(problems);
        }
        if weight == Some(0) {
            let (zh, en) = (
                "权重须大于零；不适用的项目不列",
                "a weight is above zero; what does not apply is left out",
            );
            problems.push(section.problem(&section.span, "weight", zh, en));
        }
        if let Some(id) = id
            .as_ref()
            .filter(|id| items.iter().any(|item| item.id == **id))
        {
            let (zh, en) = (
                format!("项目 {id} 重复"),
                format!("item {id} stands here twice"),
            );
            problems.push(section.problem(&section.span, "twice", zh, en));
        }
        if let (Some(id), Some(family), Some(weight), Some(otherwise), Some(prudent)) =
            (id, family, weight, otherwise, prudent)
        {
            items.push(Item {
                id,
                label,
                family: family.text.to_owned(),
                weight,
                cases,
                otherwise: otherwise as u8,
                prudent: prudent as u8,
            });
        }
        section.end(problems);
    }
    items
}

fn direct(
    card: &mut Section<'_>,
    facts: &FactDictionary,
    grades: &[Grade],
    problems: &mut Problems,
) -> Vec<DirectCase> {
    let mut direct = Vec::new();
    for mut section in card.sections("direct", problems) {
        let id = identifier(&mut section, problems);
        let label = section.label(problems);
        let when = section.text("when", problems);
        let when = when.and_then(|when| compiled(&section, &when, facts, problems));
        let grade = grade_of(&mut section, grades, problems);
        if let (Some(id), Some(when), Some(grade)) = (id, when, grade) {
            direct.push(DirectCase {
                id,
                label,
                when,
                grade,
            });
        }
        section.end(problems);
    }
    direct
}

fn grade_of(section: &mut Section<'_>, grades: &[Grade], problems: &mut Problems) -> Option<usize> {
    let named = section.text("grade", problems)?;
    let place = grades.iter().position(|grade| grade.id == named.text);
    if place.is_none() {
        let (zh, en) = (
            format!("没有等级 {}", named.text),
            format!("there is no grade {}", named.text),
        );
        problems.push(section.problem(&named.span, "unknown_grade", zh, en));
    }
    place
}

fn examples(
    card: &mut Section<'_>,
    facts: &FactDictionary,
    grades: &[Grade],
    problems: &mut Problems,
) -> Vec<RatingExample> {
    let mut examples = Vec::new();
    for mut example in card.sections("example", problems) {
        let given = given(&mut example, facts, problems);
        let total = example.optional("total", problems);
        let grade = grade_of(&mut example, grades, problems);
        if let Some(grade) = grade {
            examples.push(RatingExample {
                given,
                total: total.map(|total| total.text.to_owned()),
                grade: grades[grade].id.clone(),
                span: example.span.clone(),
            });
        }
        example.end(problems);
    }
    examples
}
