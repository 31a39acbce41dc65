//! Scorecards as a pack writes them.

use std::ops::Range;

use crate::expression::Expression;
use crate::facts::Label;
use crate::pack::identifier;
use crate::pack::reading::Section;
use crate::pack::values::{hundredths, signed_hundredths, whole_number};
use crate::rule::{Head, Reading};
use crate::rules::scorecard::WHOLE;
use crate::rules::{Case, DirectCase, Floor, Grade, Item, Modifier, Scorecard};

/// What a modifier may add or take, in hundredths.
const MOST_POINTS: i32 = 10_000;

pub(super) fn read(
    head: Head,
    card: &mut Section<'_>,
    reading: &mut Reading<'_>,
) -> Option<Scorecard> {
    let levels = whole_number(card, "levels", (2, 10), reading.problems);
    let grades = grades(card, reading);
    let (items, weights) = items(card, levels.unwrap_or(10), reading);
    let direct = direct(card, &grades, reading);
    let modifiers = modifiers(card, reading);
    let floors = floors(card, &grades, reading);
    let examples = reading.examples(card, |example, reading| {
        let total = example.optional("total", reading.problems);
        let grade = &grades[grade_of(example, &grades, reading)?].id;
        Some(total.map_or_else(|| grade.clone(), |total| format!("{} {grade}", total.text)))
    });
    if let Some(weights) = weights {
        check_weights(card, weights, reading);
    }
    Some(Scorecard {
        head,
        levels: levels? as u8,
        items,
        direct,
        modifiers,
        floors,
        grades,
        examples,
    })
}

fn check_weights(card: &Section<'_>, sum: u64, reading: &mut Reading<'_>) {
    if sum != u64::from(WHOLE) {
        let sum = sum as f64 / 100.0;
        let told = (
            format!("各项权重合计 {sum}，应为 100"),
            format!("the weights sum to {sum}, not to 100"),
        );
        reading.report(card, &card.span, "weights", told);
    }
}

/// From the lowest to the highest, without gap or overlap: each begins where the one before ends.
fn grades(card: &mut Section<'_>, reading: &mut Reading<'_>) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    let sections = card.parts("grade", reading.problems);
    let last = sections.len().saturating_sub(1);
    if sections.len() < 3 {
        let told = ("等级不少于三级", "there are three grades at least");
        reading.report(card, &card.span, "grades", told);
    }
    for (place, mut section) in sections.into_iter().enumerate() {
        let id = identifier(&mut section, reading.problems);
        let label = section.label(reading.problems);
        let told = reading.problems.count();
        let up_to = hundredths(&mut section, "up_to", reading.problems);
        let is_known = reading.problems.count() == told;
        let before = grades.last().and_then(|grade| grade.up_to);
        let ascends = before.is_none_or(|before| up_to.is_none_or(|own| own > before));
        if is_known && ((place < last) != up_to.is_some() || !ascends) {
            let told = (
                "up_to 逐级上升，最后一级没有 up_to",
                "up_to rises from grade to grade, and the last has none",
            );
            reading.report(&section, &section.span, "bands", told);
        }
        let before = grades.iter().map(|grade| grade.id.as_str());
        reading.check_new(&section, id.as_deref(), before);
        grades.extend(id.map(|id| Grade { id, label, up_to }));
        section.end(reading.problems);
    }
    grades
}

/// The items and the sum of their weights, if all of them are known.
fn items(
    card: &mut Section<'_>,
    levels: u32,
    reading: &mut Reading<'_>,
) -> (Vec<Item>, Option<u64>) {
    let (mut items, mut weights) = (Vec::<Item>::new(), Some(0));
    for mut section in card.parts("item", reading.problems) {
        let id = identifier(&mut section, reading.problems);
        let label = section.label(reading.problems);
        let article = section.optional("article", reading.problems);
        let family = section.text("family", reading.problems);
        let weight = hundredths(&mut section, "weight", reading.problems);
        let otherwise = whole_number(&mut section, "otherwise", (1, levels), reading.problems);
        let prudent = whole_number(&mut section, "prudent", (1, levels), reading.problems);
        let cases = cases(&mut section, levels, reading);
        if weight == Some(0) || section.value("weight").is_none() {
            let told = (
                "权重须大于零；不适用的项目不列",
                "a weight is above zero; what does not apply is left out",
            );
            reading.report(&section, &section.span, "weight", told);
        }
        weights = weights.and_then(|sum: u64| Some(sum + u64::from(weight?)));
        let before = items.iter().map(|item| item.id.as_str());
        reading.check_new(&section, id.as_deref(), before);
        if let (Some(id), Some(family), Some(weight), Some(otherwise), Some(prudent)) =
            (id, family, weight, otherwise, prudent)
        {
            items.push(Item {
                id,
                label,
                article: article.map(|article| article.text.to_owned()),
                family: family.text.to_owned(),
                weight,
                cases,
                otherwise: otherwise as u8,
                prudent: prudent as u8,
            });
        }
        section.end(reading.problems);
    }
    (items, weights)
}

fn cases(item: &mut Section<'_>, levels: u32, reading: &mut Reading<'_>) -> Vec<Case> {
    let (mut cases, mut spans) = (Vec::<Case>::new(), Vec::<Range<usize>>::new());
    for mut section in item.sections("case", reading.problems) {
        let when = reading.condition(&mut section, "when");
        let score = whole_number(&mut section, "score", (1, levels), reading.problems);
        if let (Some((when, written)), Some(score)) = (when, score) {
            spans.push(written.span);
            cases.push(Case {
                when,
                text: written.text.to_owned(),
                score: score as u8,
            });
        }
        section.end(reading.problems);
    }
    let looked_at: Vec<_> = cases.iter().map(|case| &case.when).zip(spans).collect();
    reading.check_reached(item, &looked_at);
    cases
}

fn direct(card: &mut Section<'_>, grades: &[Grade], reading: &mut Reading<'_>) -> Vec<DirectCase> {
    let (mut direct, mut spans) = (Vec::<DirectCase>::new(), Vec::<Range<usize>>::new());
    for mut section in card.sections("direct", reading.problems) {
        let (named, when) = named(&mut section, reading);
        let grade = grade_of(&mut section, grades, reading);
        if let (Some((id, label)), Some((when, span)), Some(grade)) = (named, when, grade) {
            spans.push(span);
            direct.push(DirectCase {
                id,
                label,
                when,
                grade,
            });
        }
        section.end(reading.problems);
    }
    let looked_at: Vec<_> = direct.iter().map(|case| &case.when).zip(spans).collect();
    reading.check_reached(card, &looked_at);
    direct
}

fn modifiers(card: &mut Section<'_>, reading: &mut Reading<'_>) -> Vec<Modifier> {
    let mut modifiers = Vec::new();
    for mut section in card.sections("modifier", reading.problems) {
        let (named, when) = named(&mut section, reading);
        let points = signed_hundredths(&mut section, "points", reading.problems);
        match section.value("points") {
            None => reading.problems.push(section.missing("points")),
            Some(value) if points.is_some_and(|points| points.abs() > MOST_POINTS) => {
                let told = (
                    "points 为 -100 至 100",
                    "points are a number from -100 to 100",
                );
                reading.report(&section, &value.span(), "number", told);
            }
            Some(_) => {}
        }
        if let (Some((id, label)), Some((when, span)), Some(points)) = (named, when, points) {
            reading.check_reached(&section, &[(&when, span)]);
            modifiers.push(Modifier {
                id,
                label,
                when,
                points,
            });
        }
        section.end(reading.problems);
    }
    modifiers
}

fn floors(card: &mut Section<'_>, grades: &[Grade], reading: &mut Reading<'_>) -> Vec<Floor> {
    let mut floors = Vec::new();
    for mut section in card.sections("floor", reading.problems) {
        let (named, when) = named(&mut section, reading);
        let grade = grade_of(&mut section, grades, reading);
        if let (Some((id, label)), Some((when, span)), Some(grade)) = (named, when, grade) {
            reading.check_reached(&section, &[(&when, span)]);
            floors.push(Floor {
                id,
                label,
                when,
                grade,
            });
        }
        section.end(reading.problems);
    }
    floors
}

type Named = (Option<(String, Label)>, Option<(Expression, Range<usize>)>);

/// Id, label and condition of a part of a card.
fn named(section: &mut Section<'_>, reading: &mut Reading<'_>) -> Named {
    let id = identifier(section, reading.problems);
    let label = section.label(reading.problems);
    let when = reading.condition(section, "when");
    let when = when.map(|(when, written)| (when, written.span));
    (id.map(|id| (id, label)), when)
}

fn grade_of(
    section: &mut Section<'_>,
    grades: &[Grade],
    reading: &mut Reading<'_>,
) -> Option<usize> {
    let named = section.text("grade", reading.problems)?;
    let place = grades.iter().position(|grade| grade.id == named.text);
    if place.is_none() {
        let told = (
            format!("没有等级 {}", named.text),
            format!("there is no grade {}", named.text),
        );
        reading.report(section, &named.span, "unknown_grade", told);
    }
    place
}
