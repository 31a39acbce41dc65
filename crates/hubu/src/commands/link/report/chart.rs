//! Charts as SVG.

use std::fmt::Write;

use linkage::Threshold;

use crate::language::Language;

/// A bar to the right for what is above zero, to the left for what is below.
pub struct Bar {
    pub label: String,
    pub value: f64,
    pub shown: String,
    pub class: &'static str,
}

const WIDTH: f64 = 760.0;
const ROW: f64 = 22.0;
const LABELS: f64 = 150.0;
const NUMBERS: f64 = 110.0;

/// Bars one below the other, which span at least these values.
pub fn bars(bars: &[Bar], (least, most): (f64, f64)) -> String {
    let least = bars
        .iter()
        .map(|bar| bar.value)
        .fold(least.min(0.0), f64::min);
    let most = bars
        .iter()
        .map(|bar| bar.value)
        .fold(most.max(0.0), f64::max);
    let scale = (WIDTH - LABELS - NUMBERS) / (most - least).max(f64::MIN_POSITIVE);
    let zero = LABELS - least * scale;
    let mut svg = open(WIDTH, ROW * bars.len() as f64);
    for (row, bar) in bars.iter().enumerate() {
        let y = row as f64 * ROW;
        let (x, width) = (
            zero + bar.value.min(0.0) * scale,
            (bar.value.abs() * scale).max(1.0),
        );
        let text = y + ROW * 0.7;
        let _ = write!(
            svg,
            "<text x=\"0\" y=\"{text}\">{}</text><rect class=\"{}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{:.1}\"/>\
             <text x=\"{:.1}\" y=\"{text}\">{}</text>",
            escaped(&bar.label),
            bar.class,
            y + 3.0,
            ROW - 6.0,
            (zero + bar.value.max(0.0) * scale + 6.0).min(WIDTH - NUMBERS + 6.0),
            escaped(&bar.shown),
        );
    }
    svg + "</svg>"
}

/// Expected precision and recall from -10 to 20 bits, and where the threshold is.
pub fn thresholds(curve: &[Threshold], chosen: f32, language: Language) -> String {
    const HEIGHT: f64 = 220.0;
    let x = |bits: f32| 40.0 + f64::from(bits + 10.0) * (WIDTH - 60.0) / 30.0;
    let y = |share: f64| 10.0 + (1.0 - share) * (HEIGHT - 40.0);
    let line = |share: fn(&Threshold) -> f64| {
        curve.iter().fold(String::new(), |mut points, point| {
            let _ = write!(points, "{:.1},{:.1} ", x(point.bits), y(share(point)));
            points
        })
    };
    let mut svg = open(WIDTH, HEIGHT);
    for share in [0.0, 0.5, 1.0] {
        let at = y(share);
        let _ = write!(
            svg,
            "<path d=\"M40 {at} H{}\" stroke=\"#d0d7de\"/><text x=\"4\" y=\"{:.1}\">{:.0}%</text>",
            WIDTH - 20.0,
            at + 4.0,
            share * 100.0
        );
    }
    for bits in [-10_i8, 0, 10, 20] {
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{bits}</text>",
            x(f32::from(bits)),
            HEIGHT - 8.0
        );
    }
    let at = x(chosen.clamp(-10.0, 20.0));
    let _ = write!(
        svg,
        "<path d=\"M{at:.1} 10 V{}\" stroke=\"#1f2328\" stroke-dasharray=\"4\"/>\
         <polyline points=\"{}\" fill=\"none\" stroke=\"#2f7d5d\" stroke-width=\"2\"/><polyline points=\"{}\" fill=\"none\" stroke=\"#4a6fa5\" stroke-width=\"2\"/></svg>\
         <p><span style=\"color:#2f7d5d\">■</span> {} <span style=\"color:#4a6fa5\">■</span> {}</p>",
        HEIGHT - 30.0,
        line(|point| point.precision),
        line(|point| point.recall),
        language.choose("准确", "precision"),
        language.choose("召回", "recall"),
    );
    svg
}

fn open(width: f64, height: f64) -> String {
    format!(
        "<svg role=\"img\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" xmlns=\"http://www.w3.org/2000/svg\">"
    )
}

/// Text that is no markup, whatever it holds.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
