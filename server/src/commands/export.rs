//! What was collected, written out.

use super::Format;
use crate::config::Config;
use std::path::Path;

/// `entaku export answers`.
pub async fn answers(
    config: &Config,
    slug: &str,
    format: Format,
    labels: Option<&str>,
    output: Option<&Path>,
) -> anyhow::Result<()> {
    let _ = (config, slug, format, labels, output);
    Ok(())
}
