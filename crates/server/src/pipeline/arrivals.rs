//! Records that arrive one by one at the same time: those who wait are written by one, in one transaction.
//!
//! A record alone asks sixty questions; of several that are written together most are asked once. Each keeps its own
//! answer and its own entry in the audit log. Nobody waits for a timer: whoever is alone is written at once, and those
//! who come meanwhile are written together after that.

use std::collections::VecDeque;
use std::slice;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::http::Problem;
use crate::pipeline::given::NewRecord;
use crate::pipeline::outcome::Outcome;
use crate::pipeline::record::Record;
use crate::pipeline::single::{Answer, write_each};
use crate::store::Store;

/// Records that are written together at most: some ten milliseconds of work.
const TOGETHER: usize = 16;

/// The line in which records wait. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Arrivals {
    line: Arc<Mutex<VecDeque<Waiting>>>,
    /// Whoever holds it writes.
    writing: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug)]
struct Waiting {
    actor: String,
    record: Record,
    answer: oneshot::Sender<Answer>,
}

impl Arrivals {
    /// Writes a record, maybe together with others.
    pub async fn write(&self, store: &Store, actor: &str, record: NewRecord) -> Answer {
        // What only computes is done before its turn, beside whoever writes.
        let record = Record::read(store, record).await?;
        let (answer, told) = oneshot::channel();
        self.line().push_back(Waiting {
            actor: actor.to_owned(),
            record,
            answer,
        });
        // In a task of its own: a sender who hangs up must not leave the others without an answer.
        tokio::spawn(self.clone().write_those_who_wait(store.clone()));
        let nobody = |error| Problem::internal("records", &error);
        told.await.map_err(nobody).flatten()
    }

    fn line(&self) -> MutexGuard<'_, VecDeque<Waiting>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everybody in line has such a task, so whoever this one does not write another one will.
    async fn write_those_who_wait(self, store: Store) {
        let _writing = self.writing.lock().await;
        let group = self.next_group();
        let Some(first) = group.first() else {
            return;
        };
        let actor = first.actor.clone();
        let (mut records, answers): (Vec<Record>, Vec<_>) = group
            .into_iter()
            .map(|waiting| (waiting.record, waiting.answer))
            .unzip();
        match write_each(&store, &actor, &mut records).await {
            Ok(said) => tell(answers.into_iter().zip(said)),
            Err(error) if records.len() == 1 => {
                let failed = answers.into_iter();
                tell(failed.zip([Err(error.into())]));
            }
            // What is wrong with one is not wrong with all.
            Err(_) => {
                for (record, answer) in records.into_iter().zip(answers) {
                    tell([(answer, write_alone(&store, &actor, record).await)].into_iter());
                }
            }
        }
    }

    /// Those at the head of the line whom one actor sent. Who hung up is passed over.
    fn next_group(&self) -> Vec<Waiting> {
        let mut line = self.line();
        line.retain(|waiting| !waiting.answer.is_closed());
        let actor = line.front().map(|first| first.actor.clone());
        let alike = line.iter().take(TOGETHER);
        let count = alike
            .take_while(|waiting| Some(&waiting.actor) == actor.as_ref())
            .count();
        line.drain(..count).collect()
    }
}

async fn write_alone(store: &Store, actor: &str, mut record: Record) -> Answer {
    let mut answers = write_each(store, actor, slice::from_mut(&mut record)).await?;
    let missing = || Err(Problem::internal("records", &"a record without an answer"));
    answers.pop().unwrap_or_else(missing)
}

fn tell(answers: impl Iterator<Item = (oneshot::Sender<Answer>, Answer)>) {
    for (sender, answer) in answers {
        // Who hung up asks again.
        let _: Result<(), Result<Outcome, Problem>> = sender.send(answer);
    }
}
