//! Work that reads a file does not belong on the threads that answer.

use crate::intake::IntakeError;

/// Runs work that reads a file on a thread of its own.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IntakeError> + Send + 'static,
) -> Result<T, IntakeError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(IntakeError::state(
            "读取文件中断",
            format!("reading the file stopped: {error}"),
        )),
    }
}
