//! Work on other cores beside the statements of a chunk: what only computes does not wait for the
//! store, and the store does not wait for it.

use tokio::task::JoinHandle;

use crate::register::RegisterError;

/// Work that was begun and is waited for where its result is needed. It touches no store, so
/// nothing is lost when nobody waits any more.
pub struct Beside<T>(JoinHandle<T>);

/// Begins work on a thread of its own.
pub fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Beside<T> {
    Beside(tokio::task::spawn_blocking(work))
}

impl<T> Beside<T> {
    /// Waits for the result. A panic of the work goes on here.
    pub async fn join(self) -> Result<T, RegisterError> {
        match self.0.await {
            Ok(done) => Ok(done),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(RegisterError::Stopping),
            },
        }
    }
}
