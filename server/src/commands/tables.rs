//! The tables: brought up to date, filled with demonstration content.

use super::ready;
use crate::{config::Config, start};
use anyhow::anyhow;

/// `entaku migrate`.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    let db = start::database(config).await?;
    start::migrate(&db).await?;
    tracing::info!("the tables are up to date");
    Ok(())
}

/// `entaku seed`.
pub async fn seed(config: &Config) -> anyhow::Result<()> {
    let ctx = ready(config).await?;
    app::questionnaires::server::seed::seed(&ctx)
        .await
        .map_err(|error| anyhow!("the demonstration content cannot be stored: {error}"))?;
    app::events::server::seed::seed(&ctx)
        .await
        .map_err(|error| anyhow!("the demonstration events cannot be stored: {error}"))?;
    tracing::info!("the demonstration content is there");
    Ok(())
}
