//! The file: written beside its place and moved there when it is whole, read line by line and believed at its end.

use super::{BackupError, Summary};
use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

const FORMAT: &str = "entaku-backup";
const VERSION: u32 = 1;
/// What a backup does not hold, said in its first line.
const WITHOUT: [&str; 4] = ["sessions", "invitations", "the keys of voices", "the installation's secret"];
/// Longer lines are none of ours: the longest row is a definition.
const MAX_LINE: u64 = 64 << 20;

/// The first line: what the file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    version: u32,
    /// The steps of migration of the database it was made from, in their order.
    pub migrations: Vec<String>,
    /// Rows by table.
    pub tables: BTreeMap<String, u64>,
    without: Vec<String>,
}

impl Manifest {
    pub(super) fn new(migrations: Vec<String>, tables: BTreeMap<String, u64>) -> Self {
        let without = WITHOUT.map(str::to_owned).to_vec();
        Self { format: FORMAT.to_owned(), version: VERSION, migrations, tables, without }
    }
}

/// Every other line.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Row { t: String, r: Map<String, Value> },
    End { end: bool, rows: u64, sha256: String },
}

/// A row with the table it belongs to.
pub(super) struct Row {
    pub(super) table: String,
    pub(super) values: Map<String, Value>,
}

/// Reads a whole file and tells what it holds, if it is whole and unchanged.
///
/// # Errors
/// When it is not.
pub fn inspect(path: &Path) -> Result<Manifest, BackupError> {
    let mut reader = Reader::open(path)?;
    while reader.next_row()?.is_some() {}
    Ok(reader.manifest)
}

/// A file in the making. It has its name only when it is whole; a broken-off one is removed.
pub(super) struct Writer {
    out: Option<GzEncoder<BufWriter<File>>>,
    hash: Sha256,
    rows: u64,
    partial: PathBuf,
    path: PathBuf,
}

impl Writer {
    pub(super) fn create(path: &Path, manifest: &Manifest) -> Result<Self, BackupError> {
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        match fs::remove_file(&partial) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let out = GzEncoder::new(BufWriter::new(options.open(&partial)?), Compression::default());
        let mut writer = Self { out: Some(out), hash: Sha256::new(), rows: 0, partial, path: path.to_owned() };
        writer.line(manifest)?;
        Ok(writer)
    }

    pub(super) fn row(&mut self, table: &str, values: Map<String, Value>) -> Result<(), BackupError> {
        self.rows += 1;
        self.line(&Line::Row { t: table.to_owned(), r: values })
    }

    /// Writes the end and moves the file to its place. What was there is replaced.
    pub(super) fn finish(mut self, manifest: Manifest) -> Result<Summary, BackupError> {
        let sha256 = hex(self.hash.clone());
        let rows = self.rows;
        self.line(&Line::End { end: true, rows, sha256: sha256.clone() })?;
        if let Some(out) = self.out.take() {
            let file = out.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            file.sync_all()?;
        }
        fs::rename(&self.partial, &self.path)?;
        // The name is on disk when its folder is.
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(Summary { tables: manifest.tables, rows, sha256 })
    }

    fn line(&mut self, line: &impl Serialize) -> Result<(), BackupError> {
        let mut bytes = serde_json::to_vec(line).map_err(std::io::Error::from)?;
        bytes.push(b'\n');
        self.hash.update(&bytes);
        if let Some(out) = &mut self.out {
            out.write_all(&bytes)?;
        }
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // After the move there is no such file any more.
        let _ = fs::remove_file(&self.partial);
    }
}

/// A file being read. Rows are not to be believed before [`Reader::next_row`] has said that there are no more.
pub(super) struct Reader {
    lines: BufReader<GzDecoder<BufReader<File>>>,
    hash: Sha256,
    counted: BTreeMap<String, u64>,
    pub(super) manifest: Manifest,
}

impl Reader {
    pub(super) fn open(path: &Path) -> Result<Self, BackupError> {
        let mut lines = BufReader::new(GzDecoder::new(BufReader::new(File::open(path)?)));
        let Ok(Some(first)) = read_line(&mut lines) else { return Err(BackupError::Foreign) };
        // The version is looked at before the rest: a later one may say the rest in another way.
        let head: Value = serde_json::from_slice(&first).map_err(|_| BackupError::Foreign)?;
        if head.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(BackupError::Foreign);
        }
        match head.get("version").and_then(Value::as_u64) {
            Some(version) if version > u64::from(VERSION) => return Err(BackupError::Newer),
            Some(_) => {}
            None => return Err(BackupError::Foreign),
        }
        let manifest: Manifest = serde_json::from_value(head).map_err(|_| BackupError::Foreign)?;
        let counted = manifest.tables.keys().map(|table| (table.clone(), 0)).collect();
        Ok(Self { lines, hash: Sha256::new_with_prefix(&first), counted, manifest })
    }

    /// The next row; nothing after the last, and only if the file is exactly what was written.
    pub(super) fn next_row(&mut self) -> Result<Option<Row>, BackupError> {
        let Some(bytes) = read_line(&mut self.lines)? else { return Err(BackupError::Truncated) };
        match serde_json::from_slice(&bytes).map_err(|_| BackupError::Altered)? {
            Line::Row { t, r } => {
                self.hash.update(&bytes);
                *self.counted.get_mut(&t).ok_or(BackupError::Altered)? += 1;
                Ok(Some(Row { table: t, values: r }))
            }
            Line::End { end, rows, sha256 } => {
                let is_whole = end
                    && sha256 == hex(self.hash.clone())
                    && rows == self.counted.values().sum::<u64>()
                    && self.counted == self.manifest.tables
                    && read_line(&mut self.lines)?.is_none()
                    && self.lines.get_mut().get_mut().fill_buf()?.is_empty();
                if is_whole { Ok(None) } else { Err(BackupError::Altered) }
            }
        }
    }

    /// What was read, once it was read to the end.
    pub(super) fn summary(&self) -> Summary {
        let rows = self.counted.values().sum();
        Summary { tables: self.counted.clone(), rows, sha256: hex(self.hash.clone()) }
    }
}

/// One line with its end, or nothing at the end of the file. A line without an end is a cut file.
fn read_line(lines: &mut impl BufRead) -> Result<Option<Vec<u8>>, BackupError> {
    let mut bytes = Vec::new();
    match lines.take(MAX_LINE).read_until(b'\n', &mut bytes) {
        Ok(0) => Ok(None),
        Ok(_) if bytes.ends_with(b"\n") => Ok(Some(bytes)),
        Ok(_) => Err(BackupError::Truncated),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(BackupError::Truncated),
        // The gzip layer found its own checksum wrong, or bytes that are not its own.
        Err(error) if matches!(error.kind(), std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput) => {
            Err(BackupError::Altered)
        }
        Err(error) => Err(error.into()),
    }
}

fn hex(hash: Sha256) -> String {
    data_encoding::HEXLOWER.encode(&hash.finalize())
}
