//! What is asked for, how often, and within what time it is to be answered.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::{Map, Value, json};

use crate::client::Client;

/// Values taken from a book, spread over all of it.
const VALUES: usize = 5_000;
/// Pages of the list that views are taken from, and customers of each.
const PAGES: u64 = 40;
const PAGE_ROWS: u64 = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Asked {
    /// The view by customer number.
    View,
    /// A search by an identity number.
    IdNumber,
    /// A search by a telephone number.
    Phone,
    /// A search by the first seven digits of a telephone number.
    PrefixSeven,
    /// A search by the last four characters of an identity number.
    LastFour,
    /// A search by a name of two characters.
    Name,
    /// A search by a surname, which thousands have.
    Surname,
    /// A search by the pinyin of a name.
    Pinyin,
    /// A search by initials.
    Initials,
    /// One value in full: a write, because it is written down who saw it.
    Disclosure,
    /// A record that arrives: every second one speaks of somebody who is known, the others of strangers.
    Record,
}

/// A request as it goes over the wire: its path and, for a `POST`, its body.
pub type Request = (String, Option<Value>);

impl Asked {
    /// Everything that is measured while nothing else runs.
    pub const READS: [Self; 9] = [
        Self::View,
        Self::IdNumber,
        Self::Phone,
        Self::PrefixSeven,
        Self::LastFour,
        Self::Name,
        Self::Surname,
        Self::Pinyin,
        Self::Initials,
    ];

    /// Requests a second.
    pub fn rate(self) -> u32 {
        match self {
            Self::View | Self::IdNumber => 500,
            Self::Record => 1_000,
            Self::Phone => 200,
            Self::Disclosure => 5,
            _ => 50,
        }
    }

    /// The time in milliseconds within which 99 of 100 are to be answered.
    pub fn bar(self) -> u32 {
        match self {
            Self::View | Self::IdNumber => 5,
            Self::Record => 10,
            _ => 50,
        }
    }

    /// Whether the values come out of a book.
    pub fn needs_book(self) -> bool {
        matches!(
            self,
            Self::IdNumber | Self::Phone | Self::PrefixSeven | Self::LastFour | Self::Record
        )
    }
}

/// The requests of one kind, in an order that is the same every time.
pub fn requests(
    asked: Asked,
    book: Option<&Path>,
    client: &mut Client,
    token: &str,
) -> Result<Vec<Request>> {
    let column = |header: &str| {
        let book = book.context("this needs --book FILE, the book that was imported")?;
        values(book, header)
    };
    let texts = match asked {
        Asked::View => return numbers(client, token, "", None),
        Asked::Disclosure => {
            let wanted = json!({ "attribute": "mobile", "purpose": "service" });
            return numbers(client, token, "/disclosures", Some(&wanted));
        }
        Asked::Record => {
            let book = book.context("this needs --book FILE, the book that was imported")?;
            return arrivals(book);
        }
        Asked::IdNumber => column("证件号码")?,
        Asked::Phone => column("手机号码")?,
        Asked::PrefixSeven => parts(&column("手机号码")?, |digits| digits.get(..7)),
        Asked::LastFour => parts(&column("证件号码")?, |digits| {
            digits.get(digits.len().checked_sub(4)?..)
        }),
        Asked::Name => pairs(
            &spelt("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗"),
            &spelt("伟 芳 娜 敏 静 丽 强 磊 军 洋"),
        ),
        Asked::Surname => spelt("王 李 张 刘 陈 杨 赵 黄 周 吴"),
        Asked::Pinyin => pairs(
            &spelt("wang li zhang liu chen yang zhao huang zhou wu"),
            &spelt("wei fang na min jing li qiang lei jun yang"),
        ),
        Asked::Initials => pairs(&spelt("w l z c y h x s g m"), &spelt("w f n m j l q y h x")),
    };
    let search = |text: String| {
        let body = json!({ "text": text, "limit": 20 });
        ("/api/v1/customers/search".to_owned(), Some(body))
    };
    Ok(shuffled(texts.into_iter().map(search).collect()))
}

/// Addresses of customers from all over the register, so that no cache holds them together.
fn numbers(
    client: &mut Client,
    token: &str,
    rest: &str,
    body: Option<&Value>,
) -> Result<Vec<Request>> {
    let first = client.get("/api/v1/customers?limit=1", token)?;
    let total = first["count"]["value"].as_u64().unwrap_or(1).max(1);
    let mut numbers = Vec::new();
    for place in 0..PAGES {
        let from = total * place / PAGES;
        let page = format!("/api/v1/customers?limit={PAGE_ROWS}&from={from:011}");
        let page = client.get(&page, token)?;
        let items = page["items"].as_array().cloned().unwrap_or_default();
        // Not everybody has a telephone number that could be shown.
        let items = items
            .iter()
            .filter(|item| body.is_none() || item["mobile"].is_string());
        numbers.extend(
            items
                .filter_map(|item| item["number"].as_str())
                .map(|number| (format!("/api/v1/customers/{number}{rest}"), body.cloned())),
        );
    }
    Ok(shuffled(numbers))
}

/// Records as another channel would send them, taken from all over a book: half of them as they stand there, half with
/// name, day of birth and numbers of three different persons, who is a stranger that lives where somebody lives.
fn arrivals(book: &Path) -> Result<Vec<Request>> {
    const ARRIVALS: usize = 100_000;
    let columns = [
        ("name", "姓名/名称"),
        ("sex", "性别"),
        ("birth_date", "出生日期"),
        ("identity_type", "证件类型"),
        ("identity_number", "证件号码"),
        ("mobile", "手机号码"),
        ("home_address", "地址"),
    ];
    let mut lines = BufReader::new(File::open(book)?).lines();
    let header = lines.next().context("the book is empty")??;
    let header: Vec<&str> = header.trim_start_matches('\u{feff}').split(',').collect();
    let place = |header_name: &str| {
        let place = header.iter().position(|one| *one == header_name);
        place.with_context(|| format!("{} has no column {header_name}", book.display()))
    };
    let places = columns.map(|(_, header_name)| place(header_name));
    let places = places.into_iter().collect::<Result<Vec<usize>>>()?;
    let bytes = std::fs::metadata(book)?.len();
    let step = usize::try_from(bytes / 250)? / ARRIVALS;
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(ARRIVALS);
    for line in lines.step_by(step.max(1)).take(ARRIVALS) {
        let line = line?;
        // A cell with a comma in it is rare, and its row is left out.
        let cells: Vec<&str> = line.split(',').collect();
        if cells.len() == header.len() && !line.contains('"') {
            rows.push(
                places
                    .iter()
                    .map(|place| cells[*place].to_owned())
                    .collect(),
            );
        }
    }
    let run = std::process::id();
    let record = |(number, row): (usize, &Vec<String>)| {
        let other = |by: usize| &rows[(number + by) % rows.len()];
        let cells = (0..columns.len()).map(|place| match (number % 2, place) {
            (0, _) | (_, 6) => &row[place],
            (_, 0) => &other(7)[place],
            (_, 1..=4) => &other(11)[place],
            _ => &other(13)[place],
        });
        let named = columns.iter().map(|(attribute, _)| *attribute).zip(cells);
        let attributes: Map<String, Value> = named
            .filter(|(_, value)| !value.is_empty())
            .map(|(attribute, value)| (attribute.to_owned(), json!(value)))
            .collect();
        let key = format!("{run}-{number}");
        let body = json!({ "source": "bench", "key": key, "attributes": attributes });
        ("/api/v1/records".to_owned(), Some(body))
    };
    Ok(shuffled(rows.iter().enumerate().map(record).collect()))
}

/// What stands in one column of a book of the generator, from all over it.
fn values(book: &Path, header: &str) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(book)?;
    let mut lines = text.lines();
    let mut headers = lines.next().unwrap_or_default().split(',');
    let place = headers
        .position(|one| one.trim_start_matches('\u{feff}') == header)
        .with_context(|| format!("{} has no column {header}", book.display()))?;
    let step = (text.len() / 200 / VALUES).max(1);
    let values = lines
        .step_by(step)
        .filter_map(|line| line.split(',').nth(place));
    let values = values.filter(|value| value.len() >= 11 && value.is_ascii());
    Ok(values.map(str::to_owned).take(VALUES).collect())
}

fn parts(values: &[String], part: impl Fn(&str) -> Option<&str>) -> Vec<String> {
    let parts = values.iter().filter_map(|value| part(value));
    parts.map(str::to_owned).collect()
}

fn spelt(words: &str) -> Vec<String> {
    words.split(' ').map(str::to_owned).collect()
}

fn pairs(first: &[String], second: &[String]) -> Vec<String> {
    let mut pairs = Vec::with_capacity(first.len() * second.len());
    for one in first {
        pairs.extend(second.iter().map(|two| format!("{one}{two}")));
    }
    pairs
}

/// A fixed shuffle, so that runs are alike.
fn shuffled(mut requests: Vec<Request>) -> Vec<Request> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for place in (1..requests.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let other = usize::try_from(state >> 33).unwrap_or_default() % (place + 1);
        requests.swap(place, other);
    }
    requests
}
