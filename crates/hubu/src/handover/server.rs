//! The side that has the store.

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use ::server::Store;
use ::server::pipeline::Pace;
use domain::Text;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;

use crate::failure::{Refusal, refusal_of};
use crate::handover::{Answer, LONGEST_LINE, Request, socket_of};
use crate::importing::{self, ImportRequest};

/// Answers that wait for a slow reader; progress beyond it is left out.
const ANSWERS_AHEAD: usize = 16;

/// A socket that takes work; dropping it takes its file away.
#[derive(Debug)]
pub struct Listening {
    listener: UnixListener,
    path: PathBuf,
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::warn!(%error, "the socket in the data folder stays behind");
        }
    }
}

/// Opens the socket in the data folder. Whoever calls this holds the store, so a file that lies
/// there belongs to nobody any more.
pub fn listen(store: &Store) -> io::Result<Listening> {
    let path = socket_of(store.folder());
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(Listening { listener, path })
}

impl Listening {
    /// Takes work for as long as the server runs.
    pub async fn run(self, store: Store) {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(serve(store.clone(), stream));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection to the socket failed");
                    tokio::task::yield_now().await;
                }
            }
        }
    }
}

async fn serve(store: Store, stream: UnixStream) {
    if let Err(error) = answer(store, stream).await {
        tracing::info!(%error, "whoever handed work over went away");
    }
}

async fn answer(store: Store, stream: UnixStream) -> io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut line = Vec::new();
    BufReader::new(reading.take(LONGEST_LINE))
        .read_until(b'\n', &mut line)
        .await?;
    let request = match serde_json::from_slice(&line) {
        Ok(Request::Import(request)) => request,
        Err(error) => {
            let text = Text::new(
                "移交的请求无法理解",
                format!("the request cannot be read: {error}"),
            );
            return send(&mut writing, &refused(Refusal::bad_input(text))).await;
        }
    };
    let (sender, mut answers) = mpsc::channel(ANSWERS_AHEAD);
    // The import goes on when the caller goes away, as an upload through the console does.
    tokio::spawn(import(store, request, sender));
    while let Some(answer) = answers.recv().await {
        send(&mut writing, &answer).await?;
    }
    Ok(())
}

async fn import(store: Store, request: ImportRequest, answers: mpsc::Sender<Answer>) {
    let ended = importing::run(&store, request, Pace::Shared, |batch| {
        let count = |count: i64| u64::try_from(count).unwrap_or_default();
        let progress = Answer::Progress {
            rows_done: count(batch.counts.rows_done),
            rows: count(batch.begun.total_rows),
        };
        // Nobody misses one figure of many.
        drop(answers.try_send(progress));
    })
    .await;
    let last = match ended {
        Ok(report) => Answer::Report {
            report: Box::new(report),
        },
        Err(error) => refused(refusal_of(&error.into())),
    };
    if answers.send(last).await.is_err() {
        tracing::info!("nobody waits for the report of an import any more");
    }
}

fn refused(Refusal { code, text }: Refusal) -> Answer {
    Answer::Refused { code, text }
}

async fn send(writing: &mut (impl AsyncWriteExt + Unpin), answer: &Answer) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    writing.write_all(&line).await
}
