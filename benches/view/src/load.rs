//! Requests on a clock. They leave whether or not earlier ones came back, and latency counts from
//! the instant at which a request should have left, so a stalled server cannot hide its stall.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::sync::mpsc;

use crate::asked::Request;
use crate::client::Client;

/// How to ask.
#[derive(Debug, Clone)]
pub struct Load {
    /// The address of the server.
    pub server: String,
    /// Of the session.
    pub token: String,
    /// Requests a second.
    pub rate: u32,
    /// For how long.
    pub seconds: u32,
    /// Connections.
    pub connections: usize,
    /// Set by whoever wants it to end earlier.
    pub stop: Arc<AtomicBool>,
}

/// How long answers took, in ascending order.
#[derive(Debug)]
pub struct Latencies(Vec<Duration>);

impl Load {
    /// Asks, and waits for every answer.
    pub async fn run(self, requests: Vec<Request>) -> Result<Latencies> {
        if requests.is_empty() {
            bail!("there is nothing to ask for: is the store empty?");
        }
        let requests = Arc::new(requests);
        let (done, mut answers) = mpsc::unbounded_channel();
        let start = Instant::now() + Duration::from_millis(200);
        for connection in 0..self.connections {
            let client = Client::connect(&self.server).await?;
            let (load, requests, done) = (self.clone(), Arc::clone(&requests), done.clone());
            tokio::spawn(load.connection(client, connection, start, requests, done));
        }
        drop(done);
        let mut latencies = Vec::new();
        while let Some(answer) = answers.recv().await {
            latencies.push(answer?);
        }
        latencies.sort_unstable();
        Ok(Latencies(latencies))
    }

    async fn connection(
        self,
        mut client: Client,
        connection: usize,
        start: Instant,
        requests: Arc<Vec<Request>>,
        done: mpsc::UnboundedSender<Result<Duration>>,
    ) {
        let step = Duration::from_secs(1) / self.rate;
        let total = (self.rate * self.seconds) as usize;
        for number in (connection..total).step_by(self.connections) {
            let due = start + step * u32::try_from(number).unwrap_or(u32::MAX);
            tokio::time::sleep_until(due.into()).await;
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let (path, body) = &requests[number % requests.len()];
            let answer = match body {
                Some(body) => client.post(path, Some(&self.token), body).await,
                None => client.get(path, &self.token).await,
            };
            if done.send(answer.map(|_| due.elapsed())).is_err() {
                return;
            }
        }
    }
}

impl Latencies {
    /// Prints a row of figures.
    pub fn print(&self, what: &str, rate: u32, bar: Option<u32>) {
        let at = |part: usize| {
            let place = (self.0.len() * part / 1000).min(self.0.len().saturating_sub(1));
            let latency = self.0.get(place).copied().unwrap_or_default();
            latency.as_secs_f64() * 1e3
        };
        let bar = bar.map_or_else(String::new, |bar| format!("{bar}"));
        println!(
            "{what:<24} {rate:>4} {:>7} {:>8.2} {:>8.2} {:>8.2} {:>8.2} {:>8.2} {bar:>6}",
            self.0.len(),
            at(500),
            at(900),
            at(990),
            at(999),
            at(1000)
        );
    }
}

/// Prints what the columns of [`Latencies::print`] are.
pub fn print_header() {
    println!(
        "{:<24} {:>4} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8} {:>6}",
        "ms", "/s", "answers", "p50", "p90", "p99", "p99.9", "max", "bar"
    );
}
