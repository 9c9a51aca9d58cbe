//! What was collected, written out.

use super::{Format, ready};
use crate::config::Config;
use anyhow::{Context as _, anyhow, bail, ensure};
use app::{
    error::AppError,
    questionnaires::server::{
        export::{self, ExportOptions, Filter, FilterText, Labels},
        scope::{Reason, Scope},
    },
    server::Context,
    ui::reader::{LOCALES, tag},
};
use std::{
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// What is asked for on the command line.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The questionnaire.
    pub slug: String,
    /// The kind of file.
    pub format: Format,
    /// The language of labels.
    pub labels: Option<String>,
    /// Which answers.
    pub filter: AskedFor,
    /// Why everything is needed.
    pub reason: Option<String>,
    /// Where to.
    pub output: Option<PathBuf>,
}

/// Which answers, as typed; empty is all.
#[derive(Clone, Debug)]
pub struct AskedFor {
    /// The version of an edition.
    pub edition: String,
    /// A language.
    pub language: String,
    /// The code of a channel.
    pub channel: String,
    /// `question=code`.
    pub answer: String,
}

impl AskedFor {
    fn filter(&self) -> anyhow::Result<Filter> {
        let Self { edition, language, channel, answer } = self;
        Filter::parse(FilterText { version: edition, language, channel, answer }).map_err(|_| anyhow!(NOT_TO_BE_HAD))
    }
}

/// What is wrong with what was typed, be it seen before or after the questionnaire was looked at.
const NOT_TO_BE_HAD: &str = "this cannot be had: a filter is misspelt or asks for what only a reason opens, or the \
    questionnaire has no labels in that language; see `entaku export answers --help`";

/// `entaku export answers`.
pub async fn answers(config: &Config, asked: Asked) -> anyhow::Result<()> {
    let labels = match asked.labels {
        None => Labels::Codes,
        Some(language) => {
            let known: Vec<_> = LOCALES.into_iter().map(tag).collect();
            ensure!(
                known.contains(&language.as_str()),
                "labels are there in {}, not in {language:?}",
                known.join(", ")
            );
            Labels::In(language)
        }
    };
    let reason = asked.reason.as_deref().map(Reason::parse).transpose();
    let Ok(reason) = reason else {
        bail!("the reason must be a sentence: it stands in the audit log for others to read")
    };
    let filter = asked.filter.filter()?;
    let ctx = ready(config).await?;
    let slug = asked.slug.as_str();
    app::questionnaires::server::catalogue::find_by_slug(&ctx, slug).await.map_err(|error| told(slug, &error))?;
    let misspelt = export::misspelt(&ctx, slug, &filter).await.map_err(|error| told(slug, &error))?;
    if let Some(part) = misspelt {
        bail!("{slug} has no such {part}: see its editions, channels and codebook")
    }
    let scope = match &reason {
        None => Scope::ordinary_by_command(),
        Some(reason) => Scope::everything_by_command(&ctx, reason, slug).await.map_err(|error| told(slug, &error))?,
    };
    let format = match asked.format {
        Format::Csv => export::Format::Csv,
        Format::Json => export::Format::Json,
        Format::Xlsx => export::Format::Xlsx,
    };
    let options = ExportOptions { format, labels, filter, scope };
    match &asked.output {
        None => {
            write(&ctx, slug, options, io::stdout().lock()).await?;
        }
        Some(path) => {
            let rows = write_file(&ctx, slug, options, path).await?;
            tracing::info!(rows, "exported");
        }
    }
    Ok(())
}

/// The file appears when it is whole, readable by its owner alone.
async fn write_file(ctx: &Context, slug: &str, options: ExportOptions, path: &Path) -> anyhow::Result<u64> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&part)
        .with_context(|| format!("{} cannot be written", part.display()))?;
    let rows = write(ctx, slug, options, io::BufWriter::new(file)).await?;
    fs::rename(&part, path).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(rows)
}

async fn write(ctx: &Context, slug: &str, options: ExportOptions, out: impl Write) -> anyhow::Result<u64> {
    export::write(ctx, slug, options, out).await.map_err(|error| told(slug, &error))
}

fn told(slug: &str, error: &AppError) -> anyhow::Error {
    match error {
        AppError::NotFound => anyhow!("there is no questionnaire {slug:?}"),
        AppError::Malformed => anyhow!(NOT_TO_BE_HAD),
        error => anyhow!("the answers cannot be read: {error}"),
    }
}
