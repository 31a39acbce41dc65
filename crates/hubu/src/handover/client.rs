//! The side that has work and not the store.

use std::path::Path;

use ::server::pipeline::ImportReport;
use anyhow::{Context, Result, bail};
use domain::Text;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;

use crate::failure::Refusal;
use crate::handover::{Answer, LONGEST_LINE, Request, socket_of};
use crate::importing::ImportRequest;
use crate::progress::Progress;

/// Has the process that holds the store in `folder` import a file.
pub async fn import(
    folder: &Path,
    request: ImportRequest,
    progress: &Progress,
) -> Result<ImportReport> {
    let stream = UnixStream::connect(socket_of(folder))
        .await
        .map_err(|_| nobody_answers(folder))?;
    let (reading, mut writing) = stream.into_split();
    let mut line = serde_json::to_vec(&Request::Import(request))?;
    line.push(b'\n');
    writing.write_all(&line).await?;
    let mut answers = BufReader::new(reading);
    loop {
        let mut line = Vec::new();
        let length = (&mut answers)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .await?;
        if length == 0 {
            bail!(
                "the server that holds the store ended before the import did; import again to go on"
            );
        }
        let answer = serde_json::from_slice(&line)
            .context("the server that holds the store is of another release")?;
        match answer {
            Answer::Progress { rows_done, rows } => progress.tell(rows_done, rows),
            Answer::Report { report } => return Ok(*report),
            Answer::Refused { code, text } => return Err(Refusal { code, text }.into()),
        }
    }
}

fn nobody_answers(folder: &Path) -> Refusal {
    let folder = folder.display();
    Refusal::held(Text::new(
        format!("{folder} 中的数据正被另一个 hubu 进程使用，且它不接受移交；请等它结束或先停止它"),
        format!(
            "the store in {folder} is held by another hubu process that takes no work: wait until it ends, or stop it"
        ),
    ))
}
