//! `cargo xtask bench view`: views and searches over HTTP at a fixed rate against a running server.
//!
//! Requests leave on a clock, whether or not earlier ones came back, and latency counts from the
//! instant at which a request should have left, so a stalled server cannot hide its stall. What is
//! asked for is read beforehand from the server itself.

mod client;

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::client::Client;

/// What to ask, and how fast.
#[derive(Debug, Parser)]
struct Arguments {
    /// The address of the server.
    #[arg(long, default_value = "127.0.0.1:7800")]
    server: String,
    /// The account.
    #[arg(long)]
    name: String,
    /// Its password.
    #[arg(long)]
    password: String,
    /// What to ask for.
    #[arg(long, value_enum, default_value_t = Asked::View)]
    asked: Asked,
    /// Requests a second.
    #[arg(long, default_value_t = 500)]
    rate: u32,
    /// For how long.
    #[arg(long, default_value_t = 20)]
    seconds: u32,
    /// Connections.
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// For searches by identity number: a file with one number a line.
    #[arg(long)]
    values: Option<std::path::PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Asked {
    /// The view by customer number.
    View,
    /// A search by what the file of values holds, by itself telling what it is.
    Search,
    /// A search by the first character of a name.
    Name,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut client = Client::connect(&arguments.server).await?;
    let credentials = json!({ "name": arguments.name, "password": arguments.password });
    let session = client.post("/api/v1/sessions", None, &credentials).await?;
    let token = session["token"]
        .as_str()
        .context("the server gave no token")?
        .to_owned();
    let requests = requests(&arguments, &mut client, &token).await?;
    let latencies = load(&arguments, &token, &requests).await?;
    print(&arguments, latencies);
    Ok(())
}

/// A request as it goes over the wire: its path and, for a search, its body.
type Request = (String, Option<Value>);

async fn requests(arguments: &Arguments, client: &mut Client, token: &str) -> Result<Vec<Request>> {
    let search = |text: &str| {
        (
            "/api/v1/customers/search".to_owned(),
            Some(json!({ "text": text, "limit": 20 })),
        )
    };
    match (arguments.asked, &arguments.values) {
        (Asked::View, _) => {
            let first = client.get("/api/v1/customers?limit=1", token).await?;
            let total = first["count"]["value"].as_u64().unwrap_or(1).max(1);
            let mut numbers = Vec::new();
            // Pages from all over the register, so that no cache holds them together.
            for place in 0..40 {
                let from = total * place / 40;
                let page = format!("/api/v1/customers?limit=50&from={from:011}0");
                let page = client.get(&page, token).await?;
                let items = page["items"].as_array().cloned().unwrap_or_default();
                numbers.extend(items.iter().filter_map(|item| {
                    item["number"]
                        .as_str()
                        .map(|number| (format!("/api/v1/customers/{number}"), None))
                }));
            }
            Ok(shuffled(numbers))
        }
        (Asked::Search, Some(file)) => {
            let text = std::fs::read_to_string(file)?;
            Ok(shuffled(text.lines().map(search).collect()))
        }
        (Asked::Search, None) => anyhow::bail!("--asked search needs --values FILE"),
        (Asked::Name, _) => {
            let surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
            let given = "伟芳娜敏静丽强磊军洋";
            let names = surnames
                .chars()
                .flat_map(|surname| given.chars().map(move |given| format!("{surname}{given}")));
            Ok(shuffled(names.map(|name| search(&name)).collect()))
        }
    }
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

async fn load(arguments: &Arguments, token: &str, requests: &[Request]) -> Result<Vec<Duration>> {
    let total = arguments.rate * arguments.seconds;
    let step = Duration::from_secs(1) / arguments.rate;
    let (done, mut answers) = mpsc::unbounded_channel();
    let start = Instant::now() + Duration::from_millis(200);
    for connection in 0..arguments.connections {
        let mut client = Client::connect(&arguments.server).await?;
        let (token, requests, done) = (token.to_owned(), requests.to_vec(), done.clone());
        let connections = arguments.connections;
        tokio::spawn(async move {
            for number in (connection..total as usize).step_by(connections) {
                let due = start + step * u32::try_from(number).unwrap_or(u32::MAX);
                tokio::time::sleep_until(due.into()).await;
                let (path, body) = &requests[number % requests.len()];
                let answer = match body {
                    Some(body) => client.post(path, Some(&token), body).await,
                    None => client.get(path, &token).await,
                };
                if done.send(answer.map(|_| due.elapsed())).is_err() {
                    return;
                }
            }
        });
    }
    drop(done);
    let mut latencies = Vec::with_capacity(total as usize);
    while let Some(answer) = answers.recv().await {
        latencies.push(answer?);
    }
    Ok(latencies)
}

fn print(arguments: &Arguments, mut latencies: Vec<Duration>) {
    latencies.sort_unstable();
    let at = |part: usize| {
        let place = (latencies.len() * part / 1000).min(latencies.len().saturating_sub(1));
        latencies
            .get(place)
            .map_or(0.0, |latency| latency.as_secs_f64() * 1e3)
    };
    println!(
        "{:?}: {} requests at {} a second",
        arguments.asked,
        latencies.len(),
        arguments.rate
    );
    println!(
        "p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms, p99.9 {:.2} ms, max {:.2} ms",
        at(500),
        at(900),
        at(990),
        at(999),
        at(1000)
    );
}
