//! Requests on a clock. They leave whether or not earlier ones came back, and latency counts from
//! the instant at which a request should have left, so a stalled server cannot hide its stall. A
//! connection is a thread: its alarm is exact to some microseconds, and it costs little beside the
//! server that it shares the processors with.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};

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
    pub fn run(self, requests: &[Request]) -> Result<Latencies> {
        if requests.is_empty() {
            bail!("there is nothing to ask for: is the store empty?");
        }
        let start = Instant::now() + Duration::from_millis(200);
        let load = &self;
        let answers: Vec<Result<Vec<Duration>>> = thread::scope(|scope| {
            let connection = |number| scope.spawn(move || load.connection(number, start, requests));
            let threads: Vec<_> = (0..load.connections).map(connection).collect();
            let join = |thread: thread::ScopedJoinHandle<'_, Result<_>>| {
                let failed = |_| Err(anyhow!("a connection of the load generator failed"));
                thread.join().unwrap_or_else(failed)
            };
            threads.into_iter().map(join).collect()
        });
        let mut latencies = Vec::new();
        for answer in answers {
            latencies.extend(answer?);
        }
        latencies.sort_unstable();
        Ok(Latencies(latencies))
    }

    fn connection(
        &self,
        connection: usize,
        start: Instant,
        requests: &[Request],
    ) -> Result<Vec<Duration>> {
        let mut client = Client::connect(&self.server)?;
        let mut latencies = Vec::new();
        let step = Duration::from_secs(1) / self.rate;
        let total = (self.rate * self.seconds) as usize;
        for number in (connection..total).step_by(self.connections) {
            let due = start + step * u32::try_from(number).unwrap_or(u32::MAX);
            let (path, body) = &requests[number % requests.len()];
            let request = client.written(path, Some(&self.token), body.as_ref());
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            client.ask(&request)?;
            latencies.push(due.elapsed());
        }
        Ok(latencies)
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
