//! A stream of records (流式采集): NDJSON in, one outcome a line out, both in bounded memory.
//!
//! Up to 200 lines that are there already are one transaction; a sender that pauses gets his answers
//! at once. Nothing more is read while the answers are not taken, so whoever sends must read too.

use std::collections::VecDeque;
use std::time::Duration;

use axum::body::{Body, Bytes};
use serde::Serialize;
use tokio::sync::mpsc;
use utoipa::ToSchema;

use crate::http::{Problem, StreamedBody, Text, limits, without_values};
use crate::pipeline::given::NewRecord;
use crate::pipeline::outcome::Outcome;
use crate::pipeline::single::write_records;
use crate::store::Store;

/// Lines of one transaction: about 25 ms of work.
const LINES_AT_ONCE: usize = 200;
/// A sender that is silent for so long wants to hear what became of what he sent.
const PAUSE: Duration = Duration::from_millis(20);
/// Answers that wait to be taken.
const ANSWERS_AHEAD: usize = 4;

/// What became of one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct StreamOutcome {
    /// The line, counted from 1.
    pub line: u64,
    /// What became of the record.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What must be corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// Begins to write what a body brings and gives the body of the answer.
pub fn write_stream(store: Store, actor: String, body: StreamedBody) -> Body {
    let (sender, receiver) = mpsc::channel(ANSWERS_AHEAD);
    tokio::spawn(async move {
        let stream = Stream {
            store,
            actor,
            answers: sender,
        };
        if stream.run(body).await.is_err() {
            tracing::debug!("the sender of a stream hung up");
        }
    });
    Body::from_stream(futures_util::stream::unfold(
        receiver,
        async |mut receiver: mpsc::Receiver<Bytes>| {
            let answer = receiver.recv().await?;
            Some((Ok::<_, std::convert::Infallible>(answer), receiver))
        },
    ))
}

/// Nobody takes the answers any more.
struct HungUp;

struct Stream {
    store: Store,
    actor: String,
    answers: mpsc::Sender<Bytes>,
}

impl Stream {
    /// What was written stays written, whoever hangs up: the same keys again change nothing.
    async fn run(&self, mut body: StreamedBody) -> Result<(), HungUp> {
        let mut lines = Lines::default();
        loop {
            let piece = if lines.whole.is_empty() {
                body.next_chunk().await
            } else if let Ok(piece) = tokio::time::timeout(PAUSE, body.next_chunk()).await {
                piece
            } else {
                self.flush(&mut lines, 1).await?;
                continue;
            };
            match piece {
                Ok(Some(piece)) => {
                    lines.push(&piece);
                    self.flush(&mut lines, LINES_AT_ONCE).await?;
                }
                Ok(None) => {
                    lines.end();
                    return self.flush(&mut lines, 1).await;
                }
                Err(problem) => {
                    self.flush(&mut lines, 1).await?;
                    let line = lines.number + 1;
                    return self.tell(&[refused(line, problem)]).await;
                }
            }
        }
    }

    /// Writes the lines that wait, as long as there are `at_least` so many.
    async fn flush(&self, lines: &mut Lines, at_least: usize) -> Result<(), HungUp> {
        while lines.whole.len() >= at_least {
            let count = lines.whole.len().min(LINES_AT_ONCE);
            let group: Vec<Line> = lines.whole.drain(..count).collect();
            self.write(group).await?;
        }
        Ok(())
    }

    async fn write(&self, group: Vec<Line>) -> Result<(), HungUp> {
        let mut answers: Vec<StreamOutcome> = Vec::with_capacity(group.len());
        let mut records = Vec::with_capacity(group.len());
        let mut numbers = Vec::with_capacity(group.len());
        for line in group {
            match line.record {
                Ok(record) => {
                    records.push(record);
                    numbers.push(line.number);
                }
                Err(problem) => answers.push(refused(line.number, problem)),
            }
        }
        match write_records(&self.store, &self.actor, &records).await {
            Ok(outcomes) => {
                let outcomes = numbers.into_iter().zip(outcomes);
                answers.extend(outcomes.map(|(line, answer)| match answer {
                    Ok(outcome) => StreamOutcome {
                        line,
                        outcome: Some(outcome),
                        problem: None,
                    },
                    Err(problem) => refused(line, problem),
                }));
            }
            Err(error) => {
                let problem = Problem::from(error);
                let failed = numbers.into_iter();
                answers.extend(failed.map(|line| refused(line, problem.clone())));
            }
        }
        answers.sort_unstable_by_key(|answer| answer.line);
        self.tell(&answers).await
    }

    async fn tell(&self, answers: &[StreamOutcome]) -> Result<(), HungUp> {
        let mut bytes = Vec::with_capacity(answers.len() * 256);
        for answer in answers {
            if serde_json::to_writer(&mut bytes, answer).is_ok() {
                bytes.push(b'\n');
            }
        }
        let sent = self.answers.send(Bytes::from(bytes)).await;
        sent.map_err(|_| HungUp)
    }
}

fn refused(line: u64, problem: Problem) -> StreamOutcome {
    StreamOutcome {
        line,
        outcome: None,
        problem: Some(problem),
    }
}

/// A line and the record in it.
struct Line {
    number: u64,
    record: Result<NewRecord, Problem>,
}

/// Cuts pieces into lines.
#[derive(Default)]
struct Lines {
    number: u64,
    begun: Vec<u8>,
    /// The line is longer than a request may be; the rest of it is passed over.
    too_long: bool,
    whole: VecDeque<Line>,
}

impl Lines {
    fn push(&mut self, piece: &[u8]) {
        let mut parts = piece.split(|byte| *byte == b'\n').peekable();
        while let Some(part) = parts.next() {
            if self.begun.len() + part.len() > limits::JSON_BYTES {
                self.too_long = true;
                self.begun.clear();
            } else if !self.too_long {
                self.begun.extend_from_slice(part);
            }
            if parts.peek().is_some() {
                self.end();
            }
        }
    }

    /// The end of a line.
    fn end(&mut self) {
        self.number += 1;
        let text = std::mem::take(&mut self.begun);
        let too_long = std::mem::take(&mut self.too_long);
        let record = if too_long {
            Err(limits::too_large())
        } else if text.iter().all(u8::is_ascii_whitespace) {
            return;
        } else {
            serde_json::from_slice(&text).map_err(|error| unreadable(&error))
        };
        let number = self.number;
        self.whole.push_back(Line { number, record });
    }
}

/// Says where and what is missing, without what was written: that may be somebody's number.
fn unreadable(error: &serde_json::Error) -> Problem {
    let title = Text::new(
        "本行的 JSON 无法读取",
        "the JSON of this line cannot be read",
    );
    Problem::invalid(title).detail(without_values(&error.to_string()))
}
