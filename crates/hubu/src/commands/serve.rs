//! `hubu serve`: API and console, until it is told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Result;
use domain::Text;
use server::access::{ADMINISTRATOR, CookieSettings, ensure_administrator};
use server::index::{Steps, collect_garbage, merge_runs, settle_recent, warm};
use server::intake::end_leases;
use server::pipeline::Imports;
use server::resolution::end_left_runs;
use server::{Store, wiring};
use storage::{Kind, StorageError};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;

use crate::commands::Session;
use crate::failure::Refusal;
use crate::{handover, output};

/// How often the look-up index is looked after.
const INDEX_PERIOD: Duration = Duration::from_secs(3);
/// Requests that are still running when the server is told to stop get this long.
const FAREWELL: Duration = Duration::from_secs(20);

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The address to listen on [default: 127.0.0.1:7800]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

/// Serves.
pub async fn run(session: Session, arguments: Arguments) -> Result<()> {
    let mut stop = Stop::listen()?;
    let store = session.open_to_show().await?;
    prepare(&session, &store).await?;
    let address = arguments.listen.unwrap_or(session.settings.listen);
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| cannot_listen(address, &error))?;
    let address = listener.local_addr()?;
    let mut jobs = JoinSet::new();
    let imports = Imports::default();
    jobs.spawn(wiring::run_jobs(store.clone(), imports.clone()));
    jobs.spawn(keep_index(store.clone()));
    if store.database.kind() == Kind::Sqlite {
        match handover::listen(&store) {
            Ok(socket) => {
                jobs.spawn(socket.run(store.clone()));
            }
            // Such as a folder whose path is too long for a socket: imports then go through the API.
            Err(error) => tracing::warn!(%error, "hubu import cannot hand its work to this server"),
        }
    }
    output::line(&session.language.choose(
        format!("户部已启动：http://{address}（按 Ctrl-C 停止）"),
        format!("Hubu serves http://{address} (Ctrl-C stops it)"),
    ))?;
    let settings = wiring::Settings {
        cookie: CookieSettings {
            secure: session.settings.secure_cookie,
        },
        imports,
    };
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    let mut serving = tokio::spawn(wiring::serve(
        listener,
        wiring::app(store.clone(), settings),
        async move { drop(told.await) },
    ));
    tokio::select! {
        ended = &mut serving => return Ok(ended??),
        () = stop.asked() => drop(tell),
    }
    let farewell = tokio::time::timeout(FAREWELL, serving).await;
    jobs.shutdown().await;
    store.database.close().await;
    match farewell {
        Ok(ended) => Ok(ended??),
        // A download that never ends must not keep the machine from restarting.
        Err(_) => Ok(()),
    }
}

/// What a start finds to do before anybody is answered.
async fn prepare(session: &Session, store: &Store) -> Result<()> {
    end_leases(store).await?;
    end_left_runs(store).await?;
    if let Some(password) = ensure_administrator(store).await? {
        output::line(&session.language.choose(
            format!("首个用户：{ADMINISTRATOR}　口令：{password}（只显示这一次，请登录后更换）"),
            format!(
                "first account: {ADMINISTRATOR}  password: {password} (shown only now; change it)"
            ),
        ))?;
    }
    Ok(())
}

/// Reads through what every look-up needs, writes recent look-up keys as runs and merges runs, a little at a time.
async fn keep_index(store: Store) {
    let mut ticks = tokio::time::interval(INDEX_PERIOD);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = keep_index_once(&store).await {
            tracing::warn!(%error, "the look-up index will be looked after later");
        }
    }
}

async fn keep_index_once(store: &Store) -> Result<(), StorageError> {
    // First, so that few wait longer for what they look for; then again and again, because other servers write runs too.
    warm(store).await?;
    // What a crash left.
    collect_garbage(store, Steps::Small).await?;
    settle_recent(store, Steps::Small, false).await?;
    merge_runs(store, Steps::Small).await?;
    Ok(())
}

/// Listens for whoever asks the process to stop; from here on being asked does not end it at once.
struct Stop {
    interrupted: Signal,
    terminated: Signal,
}

impl Stop {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            interrupted: signal(SignalKind::interrupt())?,
            terminated: signal(SignalKind::terminate())?,
        })
    }

    async fn asked(&mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> anyhow::Error {
    Refusal::bad_input(Text::new(
        format!("无法在 {address} 上监听：{error}"),
        format!("cannot listen on {address}: {error}"),
    ))
    .into()
}
