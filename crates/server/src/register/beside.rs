//! Work on other cores beside the statements of a chunk: what only computes does not wait for the
//! store, and the store does not wait for it.

use tokio::task::JoinHandle;

use crate::register::RegisterError;

/// Rows for which waking another thread takes longer than the work.
const FEW: usize = 32;

/// Work that was begun and is waited for where its result is needed. It touches no store, so
/// nothing is lost when nobody waits any more.
pub struct Beside<T>(Begun<T>);

enum Begun<T> {
    Done(T),
    Running(JoinHandle<T>),
}

/// Begins work on a thread of its own.
pub fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Beside<T> {
    Beside(Begun::Running(tokio::task::spawn_blocking(work)))
}

/// Begins work over so many rows as [`beside`] does; over a few it is done at once.
pub fn beside_if_many<T: Send + 'static>(
    rows: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> Beside<T> {
    if rows > FEW {
        return beside(work);
    }
    Beside(Begun::Done(work()))
}

impl<T> Beside<T> {
    /// Waits for the result. A panic of the work goes on here.
    pub async fn join(self) -> Result<T, RegisterError> {
        let running = match self.0 {
            Begun::Done(done) => return Ok(done),
            Begun::Running(running) => running,
        };
        match running.await {
            Ok(done) => Ok(done),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(RegisterError::Stopping),
            },
        }
    }
}
