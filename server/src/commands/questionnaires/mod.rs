//! Definitions from the command line: checked without a database, published into it, listed.

mod faults;

use super::{print, ready};
use crate::config::Config;
use anyhow::{Context as _, anyhow, bail};
use app::questionnaires::server::{
    publish::{self, PublishError},
    schedule::Standing,
    service,
};
use form::{Fault, Published};
use std::{
    fs,
    io::{self, Read},
    path::Path,
};

/// `entaku questionnaires check`: every fault of a definition on a line of its own, or what the definition is. It
/// reads no configuration and opens no database.
pub fn check(file: &Path) -> anyhow::Result<()> {
    match Published::from_json(&read(file)?) {
        Ok(published) => tell(&published),
        Err(faults) => refuse(&faults, file),
    }
}

/// `entaku questionnaires publish`: from then on new answers to this questionnaire are given to this definition. The
/// audit log names the command line.
pub async fn publish(config: &Config, file: &Path, again: bool) -> anyhow::Result<()> {
    let json = read(file)?;
    // Before the database is opened: a faulty file says so even where there is none.
    let published = match Published::from_json(&json) {
        Ok(published) => published,
        Err(faults) => return refuse(&faults, file),
    };
    let ctx = ready(config).await?;
    let newer = publish::would_lead_back(&ctx, &published).await;
    let newer = newer.map_err(|error| anyhow!("the published versions cannot be read: {error}"))?;
    if let (Some(newer), false) = (newer, again) {
        let version = &published.definition().version;
        bail!("version {version} was published before, and version {newer} took its place: --again leads back to it")
    }
    match publish::publish(&ctx, None, &json).await {
        Ok(published) => {
            tell(&published)?;
            print("published: new answers are given to this version")
        }
        Err(PublishError::Faults(faults)) => refuse(&faults, file),
        Err(error @ PublishError::VersionTaken { .. }) => {
            bail!("{error}: give the definition in {} a version of its own", file.display())
        }
        Err(PublishError::App(error)) => Err(anyhow!("the definition cannot be stored: {error}")),
    }
}

/// `entaku questionnaires list`: a line each, fields parted by tabs.
pub async fn list(config: &Config) -> anyhow::Result<()> {
    let ctx = ready(config).await?;
    let summaries =
        service::list_by_command(&ctx).await.map_err(|error| anyhow!("the questionnaires cannot be read: {error}"))?;
    for summary in summaries {
        let questionnaire = summary.questionnaire;
        let current = questionnaire.current;
        let fields = [
            questionnaire.slug,
            standing(questionnaire.standing),
            format!("version {}", current.definition().version),
            format!("answers {}", summary.answers),
            format!("kept aside {}", summary.kept_aside),
            current.hash().to_owned(),
        ];
        print(&fields.join("\t"))?;
    }
    Ok(())
}

/// A file, or standard input for `-`. One byte more than a definition may have is enough to see that it is too large.
fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let most = form::publish::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes).context("standard input cannot be read")?;
    } else {
        let open = fs::File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
        open.take(most).read_to_end(&mut bytes).with_context(|| format!("{} cannot be read", file.display()))?;
    }
    Ok(bytes)
}

fn refuse(faults: &[Fault], file: &Path) -> anyhow::Result<()> {
    for fault in faults {
        print(&faults::line(fault))?;
    }
    let number = if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) };
    bail!("{number} in {}", if file == Path::new("-") { "standard input".into() } else { file.display().to_string() })
}

fn tell(published: &Published) -> anyhow::Result<()> {
    let definition = published.definition();
    print(&format!("hash: {}", published.hash()))?;
    print(&format!("slug: {}", definition.slug))?;
    print(&format!("version: {}", definition.version))?;
    print(&format!("languages: {}", definition.languages.join(", ")))?;
    print(&format!("questions: {}", definition.questions.len()))
}

fn standing(standing: Standing) -> String {
    match standing {
        Standing::Open { through: None } => "open".to_owned(),
        Standing::Open { through: Some(day) } => format!("open through {day}"),
        Standing::Before { opens_on } => format!("opens on {opens_on}"),
        Standing::After { closed_on } => format!("closed after {closed_on}"),
        Standing::Closed => "closed".to_owned(),
    }
}
