//! Rules of seven kinds, each as a pack writes it with its examples, and as SQL.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::book::FACTS;

/// A rule in both languages.
pub struct Twin {
    /// By which both name it.
    pub id: String,
    /// As a pack writes it.
    pub toml: String,
    /// An expression over the columns that gives the outcome as a text.
    pub sql: String,
}

const SAID: &str = "label = { zh = \"规则\", en = \"a rule\" }\nsource = \"bench\"\n";
const LABEL: &str = "label = { zh = \"项\", en = \"a part\" }";
const HEAD: &str = "id = \"bench\"\nversion = \"1\"\nlayer = \"base\"\neffective_from = 2026-01-01\nlabel = { zh = \"测速\", en = \"bench\" }\nfiles = [\"rules.toml\"]\n[[source]]\nid = \"bench\"\ntitle = \"bench\"\nconfidence = \"read\"\n";

/// The files of a pack of these rules.
pub fn files(rules: &[Twin]) -> BTreeMap<String, String> {
    let mut text = String::new();
    for (name, kind, values) in FACTS {
        let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
        // Writing to a text never fails.
        let _ = writeln!(
            text,
            "[[fact]]\nname = \"customer.{name}\"\ntype = \"{kind}\"\n{LABEL}\nvalues = [{}]",
            values.join(", ")
        );
    }
    text.extend(rules.iter().map(|rule| rule.toml.as_str()));
    let files = [("pack.toml", HEAD.to_owned()), ("rules.toml", text)];
    files.map(|(name, text)| (name.to_owned(), text)).into()
}

/// So many rules: of sixty, 26 conditions, 10 tables of bands, 10 of decisions, 5 lists, 5 derived facts, 2 clocks and
/// 2 scorecards.
pub fn rules(count: usize) -> Vec<Twin> {
    let rule = |number: usize| match number % 30 {
        0..13 => condition(number),
        13..18 => bands(number),
        18..23 => decision(number),
        23 | 24 => completeness(number),
        27 if number % 60 == 27 => completeness(number),
        25..28 => derived(number),
        28 => clock(number),
        _ => scorecard(number),
    };
    (0..count).map(rule).collect()
}

fn condition(number: usize) -> Twin {
    let bound = number % 60 + 20;
    let (when, holds, fails) = match number % 5 {
        0 => (
            format!("customer.assets >= {bound}00000"),
            format!("\"customer.assets\" = {bound}00000"),
            "\"customer.assets\" = 0",
        ),
        1 => (
            format!("customer.age < {bound} && customer.is_foreign"),
            "\"customer.age\" = 1, \"customer.is_foreign\" = true".to_owned(),
            "\"customer.is_foreign\" = false",
        ),
        2 => (
            format!(
                "customer.kind == \"person\" && (customer.listed || customer.turnover > {bound}00.5)"
            ),
            "\"customer.kind\" = \"person\", \"customer.listed\" = true".to_owned(),
            "\"customer.kind\" = \"company\"",
        ),
        3 => (
            format!("customer.country in [\"c1\", \"c5\", \"c9\"] || customer.share >= 0.{bound}"),
            "\"customer.country\" = \"c1\"".to_owned(),
            "\"customer.country\" = \"c0\", \"customer.share\" = 0",
        ),
        _ => (
            format!(
                "customer.document_ends < date(\"2026-11-22\") && years(customer.since, date(\"2026-11-22\")) >= {}",
                bound % 9 + 1
            ),
            "\"customer.document_ends\" = 2020-01-01, \"customer.since\" = 1980-01-01".to_owned(),
            "\"customer.document_ends\" = 2030-01-01",
        ),
    };
    let shown = format!(
        "{{ given = {{ {holds} }}, expect = true }}, {{ given = {{ {fails} }}, expect = false }}, {{ given = {{}}, expect = \"missing\" }}"
    );
    let id = format!("condition-{number}");
    let toml =
        format!("[[condition]]\nid = \"{id}\"\n{SAID}when = '{when}'\nexample = [{shown}]\n");
    let when = sql(&when);
    let sql =
        format!("case when {when} then 'true' when not ({when}) then 'false' else 'missing' end");
    Twin { id, toml, sql }
}

fn bands(number: usize) -> Twin {
    let bounds: Vec<usize> = (1..6).map(|band| band * (number % 7 + 10)).collect();
    let (mut toml, mut sql, mut shown) = (String::new(), String::new(), String::new());
    for (band, bound) in bounds.iter().enumerate() {
        let from = band
            .checked_sub(1)
            .map(|before| format!("from = {}, ", bounds[before]));
        let from = from.unwrap_or_default();
        let _ = write!(
            toml,
            "{{ id = \"b{band}\", {LABEL}, {from}below = {bound} }}, "
        );
        let _ = write!(sql, "when age < {bound} then 'b{band}' ");
        let _ = write!(
            shown,
            "{{ given = {{ \"customer.age\" = {} }}, expect = \"b{band}\" }}, ",
            bound - 1
        );
    }
    let last = bounds.last().copied().unwrap_or_default();
    let id = format!("bands-{number}");
    let toml = format!(
        "[[bands]]\nid = \"{id}\"\n{SAID}of = 'customer.age'\nband = [{toml}{{ id = \"top\", {LABEL}, from = {last} }}]\nexample = [{shown}{{ given = {{ \"customer.age\" = {last} }}, expect = \"top\" }}, {{ given = {{}}, expect = \"missing\" }}]\n"
    );
    let sql = format!("case when age is null then 'missing' {sql}else 'top' end");
    Twin { id, toml, sql }
}

fn decision(number: usize) -> Twin {
    let bound = number % 40 + 10;
    let rows = [
        ("customer.listed".to_owned(), "deny"),
        (format!("customer.assets >= {bound}000000"), "ask"),
        (
            "customer.is_foreign && customer.country in [\"c2\", \"c3\"]".to_owned(),
            "ask",
        ),
        (
            format!("customer.age < {bound} && customer.kind != \"company\""),
            "watch",
        ),
        (
            "customer.records > 40000000 || customer.share > 0.99".to_owned(),
            "ask",
        ),
    ];
    let (mut toml, mut sql_rows) = (String::new(), String::new());
    for (when, gives) in &rows {
        let _ = write!(toml, "{{ when = '{when}', gives = \"{gives}\" }}, ");
        let when = sql(when);
        let _ = write!(
            sql_rows,
            "when {when} then '{gives}' when ({when}) is null then 'missing' "
        );
    }
    let outcomes =
        ["deny", "ask", "watch", "allow"].map(|id| format!("{{ id = \"{id}\", {LABEL} }}"));
    let harmless =
        "\"customer.listed\" = false, \"customer.assets\" = 0, \"customer.is_foreign\" = false";
    let shown = format!(
        "{{ given = {{ \"customer.listed\" = true }}, expect = \"deny\" }}, {{ given = {{ \"customer.listed\" = false, \"customer.assets\" = 90000000 }}, expect = \"ask\" }}, {{ given = {{ {harmless}, \"customer.age\" = 5, \"customer.kind\" = \"trust\" }}, expect = \"watch\" }}, {{ given = {{ {harmless}, \"customer.age\" = 70, \"customer.records\" = 1, \"customer.share\" = 0 }}, expect = \"allow\" }}, {{ given = {{}}, expect = \"missing\" }}"
    );
    let id = format!("decision-{number}");
    let toml = format!(
        "[[decision]]\nid = \"{id}\"\n{SAID}hit = \"first\"\noutcome = [{}]\nrow = [{toml}]\notherwise = \"allow\"\nexample = [{shown}]\n",
        outcomes.join(", ")
    );
    Twin {
        id,
        toml,
        sql: format!("case {sql_rows}else 'allow' end"),
    }
}

fn completeness(number: usize) -> Twin {
    let names = ["age", "job", "country", "kind", "since"];
    let mut names = names.map(str::to_owned);
    names.rotate_left(number % 5);
    let items = names
        .iter()
        .map(|name| format!("{{ id = \"{name}\", {LABEL}, fact = \"customer.{name}\" }}"));
    let items: Vec<String> = items.collect();
    let all = "\"customer.age\" = 1, \"customer.job\" = \"j1\", \"customer.country\" = \"c1\", \"customer.kind\" = \"trust\", \"customer.since\" = 2020-01-01";
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let id = format!("completeness-{number}");
    let toml = format!(
        "[[completeness]]\nid = \"{id}\"\n{SAID}item = [{}]\nexample = [{{ given = {{ {all} }}, expect = [] }}, {{ given = {{}}, expect = [{}] }}]\n",
        items.join(", "),
        quoted.join(", ")
    );
    let lacking: Vec<String> = names
        .iter()
        .map(|name| format!("case when {name} is null then '{name}' end"))
        .collect();
    let sql = format!("'[' || concat_ws(', ', {}) || ']'", lacking.join(", "));
    Twin { id, toml, sql }
}

fn derived(number: usize) -> Twin {
    let value = format!(
        "years(customer.since, date(\"2026-11-22\")) * {} + customer.age",
        number % 9 + 1
    );
    let id = format!("derived.d{number}");
    let expect = 26 * (number % 9 + 1) + 1;
    let toml = format!(
        "[[derived]]\nid = \"{id}\"\n{SAID}type = \"integer\"\nvalue = '{value}'\nexample = [{{ given = {{ \"customer.since\" = 2000-01-01, \"customer.age\" = 1 }}, expect = {expect} }}, {{ given = {{}}, expect = \"missing\" }}]\n"
    );
    let sql = format!("coalesce(({})::varchar, 'missing')", sql(&value));
    Twin { id, toml, sql }
}

fn clock(number: usize) -> Twin {
    let days = number % 300 + 30;
    let id = format!("clock-{number}");
    let toml = format!(
        "[[clock]]\nid = \"{id}\"\n{SAID}starts = \"customer.document_ends\"\nwithin = {{ days = {days} }}\nexample = [{{ given = {{}}, expect = \"missing\" }}]\n"
    );
    let sql = format!("coalesce((document_ends + {days})::varchar, 'missing')");
    Twin { id, toml, sql }
}

fn scorecard(number: usize) -> Twin {
    let (mut items, mut total) = (String::new(), Vec::new());
    for (item, name) in ["age", "assets", "records", "age"].iter().enumerate() {
        let bounds = [20, 40, 60, 80].map(|bound| bound + number % 7 + item);
        let cases = bounds.map(|bound| bound * if *name == "age" { 1 } else { 500_000 });
        let (mut toml, mut sql) = (String::new(), String::new());
        for (score, bound) in cases.iter().enumerate() {
            let score = score + 1;
            let _ = write!(
                toml,
                "{{ when = 'customer.{name} < {bound}', score = {score} }}, "
            );
            let _ = write!(sql, "when {name} < {bound} then {score} ");
        }
        let _ = write!(
            items,
            "{{ id = \"i{item}\", {LABEL}, family = \"f\", weight = 25, otherwise = 5, prudent = 4, case = [{toml}] }}, "
        );
        total.push(format!(
            "25 * case when {name} is null then 4 {sql}else 5 end"
        ));
    }
    let given = |value: u32| {
        format!(
            "{{ \"customer.age\" = {value}, \"customer.assets\" = {value}0000000, \"customer.records\" = {value}0000000, \"customer.listed\" = false }}"
        )
    };
    let id = format!("scorecard-{number}");
    let toml = format!(
        "[[scorecard]]\nid = \"{id}\"\n{SAID}levels = 5\ngrade = [{{ id = \"low\", {LABEL}, up_to = 40 }}, {{ id = \"medium\", {LABEL}, up_to = 70 }}, {{ id = \"high\", {LABEL} }}]\nitem = [{items}]\ndirect = [{{ id = \"listed\", {LABEL}, when = 'customer.listed', grade = \"high\" }}]\nexample = [{{ given = {}, grade = \"low\" }}, {{ given = {{ \"customer.age\" = 1 }}, grade = \"medium\" }}, {{ given = {}, grade = \"high\" }}]\n",
        given(1),
        given(99)
    );
    let sql = format!(
        "case when listed then 'high' when ({0}) <= 200 then 'low' when ({0}) <= 350 then 'medium' else 'high' end",
        total.join(" + ")
    );
    Twin { id, toml, sql }
}

/// An expression of a pack as SQL, for those forms that are written above.
fn sql(expression: &str) -> String {
    let pairs = [
        ("customer.", ""),
        ("&&", "and"),
        ("||", "or"),
        ("==", "="),
        ("years(", "date_sub('year', "),
        ("date(\"2026-11-22\")", "date '2026-11-22'"),
        ("[", "("),
        ("]", ")"),
        ("\"", "'"),
    ];
    pairs
        .iter()
        .fold(expression.to_owned(), |text, (old, new)| {
            text.replace(old, new)
        })
}
