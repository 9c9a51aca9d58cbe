//! A workbook on its way: its rows are read as those of every file, and its bytes leave while it is packed.
//!
//! Writing and packing keep a processor busy and wait for a disk, so they are done on the threads that may wait. What
//! goes wrong there, a full disk too, ends this file and nothing else.

use super::{Export, about::About, cells, codebook::Codebook, workbook::Book};
use crate::{error::AppError, server::error::internal};
use std::io::{self, BufWriter, Write};
use tokio::{
    sync::mpsc,
    task::{JoinHandle, spawn_blocking},
};

/// Bytes that are sent at once.
const CHUNK: usize = 64 * 1024;
/// Chunks that may wait for somebody slow.
const WAITING: usize = 4;

/// The bytes of a workbook that is whole.
pub(super) struct Bound {
    chunks: mpsc::Receiver<Vec<u8>>,
    /// Whether it went well; nobody asks when whoever takes the file has left.
    packing: Option<JoinHandle<bool>>,
}

impl Bound {
    /// The next of them; `None` when the file is whole.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        if let Some(chunk) = self.chunks.recv().await {
            return Ok(Some(chunk));
        }
        match self.packing.take() {
            Some(packing) => match packing.await {
                Ok(true) => Ok(None),
                _ => Err(internal("a workbook is not written")),
            },
            None => Ok(None),
        }
    }
}

impl Export {
    /// Reads all rows into a workbook and begins to pack it.
    pub(super) async fn bind(&mut self) -> Result<Bound, AppError> {
        let heads = cells::heads(self.rows.columns(), &self.labels);
        let mut book = waiting(move || Book::begin(heads)).await?;
        loop {
            let rows = self.rows.next().await?;
            if rows.is_empty() {
                break;
            }
            self.written += rows.len() as u64;
            let rows = rows.iter().map(|row| cells::row(self.rows.columns(), &self.labels, row)).collect();
            book = waiting(move || book.add(rows).map(|()| book)).await?;
        }
        let about = About {
            labels: &self.labels,
            slug: &self.slug,
            editions: self.rows.editions(),
            filter: self.rows.filter(),
            include: self.include,
            day: self.day,
            answers: self.written,
            shortened: book.shortened(),
        };
        let about = about.lines();
        let Codebook { heads, lines } = Codebook::of(self.rows.editions());
        let heads = heads.into_iter().map(super::Cell::Text).collect();
        let codebook = std::iter::once(heads).chain(lines).collect();
        let (sender, chunks) = mpsc::channel(WAITING);
        let packing = spawn_blocking(move || {
            let mut out = BufWriter::with_capacity(CHUNK, Chunks(sender));
            book.finish(codebook, about, &mut out).is_ok() && out.flush().is_ok()
        });
        Ok(Bound { chunks, packing: Some(packing) })
    }
}

/// Does some of the writing where waiting is allowed.
async fn waiting<T: Send + 'static, E: Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, AppError> {
    spawn_blocking(work).await.ok().and_then(Result::ok).ok_or_else(|| internal("a workbook is not written"))
}

/// Where the packer writes to; whoever takes the bytes may have left.
struct Chunks(mpsc::Sender<Vec<u8>>);

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.blocking_send(bytes.to_vec()).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
