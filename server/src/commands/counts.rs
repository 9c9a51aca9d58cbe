//! The counts of answers: whether they are right, and made right.

use super::{print, ready};
use crate::config::Config;
use anyhow::{anyhow, bail};
use app::{
    error::AppError,
    questionnaires::server::counts::{self, Checked},
};

/// Differences that are told one by one.
const TOLD: usize = 20;

/// `entaku counts check`: fails if a count is wrong.
pub async fn check(config: &Config) -> anyhow::Result<()> {
    let ctx = ready(config).await?;
    let checked = counts::check(&ctx).await.map_err(told)?;
    tell(&checked)?;
    match checked.differences.len() {
        0 => Ok(()),
        wrong => bail!("{wrong} counts are not what the answers give: make them right with `entaku counts rebuild`"),
    }
}

/// `entaku counts rebuild`.
pub async fn rebuild(config: &Config) -> anyhow::Result<()> {
    let ctx = ready(config).await?;
    let checked = counts::rebuild(&ctx).await.map_err(told)?;
    tell(&checked)?;
    print(&format!("made right: {}", checked.differences.len()))
}

fn tell(checked: &Checked) -> anyhow::Result<()> {
    print(&format!("answers: {}", checked.responses))?;
    if checked.unreadable > 0 {
        print(&format!(
            "of these not readable by this version, counted by day and language only: {}",
            checked.unreadable
        ))?;
    }
    for difference in checked.differences.iter().take(TOLD) {
        print(&format!("{}: {:+}", difference.count, difference.missing))?;
    }
    match checked.differences.len().saturating_sub(TOLD) {
        0 => Ok(()),
        more => print(&format!("and {more} more")),
    }
}

fn told(error: AppError) -> anyhow::Error {
    anyhow!("the answers cannot be counted: {error}")
}
