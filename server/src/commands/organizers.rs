//! The first organizer, and help for one who lost everything.

use super::{RoleName, print, ready};
use crate::config::Config;
use anyhow::{anyhow, bail};
use app::{
    auth::{
        Role,
        server::service::{self, second_factors},
    },
    error::AppError,
};

/// `entaku organizer invite`: prints the link, which stands nowhere else.
pub async fn invite(config: &Config, email: &str, role: RoleName, only_first: bool) -> anyhow::Result<()> {
    let ctx = ready(config).await?;
    if only_first && service::has_organizers(&ctx).await.map_err(|error| anyhow!("{error}"))? {
        return Ok(());
    }
    let role = match role {
        RoleName::Coordinator => Role::Coordinator,
        RoleName::Assistant => Role::Assistant,
    };
    match service::invite(&ctx, email, role, None).await {
        Ok(path) => print(&format!("{}{path}", ctx.site().base_url)),
        Err(AppError::Invalid(_)) => bail!("{email:?} is no mail address"),
        Err(error) => bail!("the invitation cannot be stored: {error}"),
    }
}

/// `entaku organizer take-second-factor`: for the last coordinator who lost phone and recovery codes.
pub async fn take_second_factor(config: &Config, email: &str) -> anyhow::Result<()> {
    let ctx = ready(config).await?;
    match second_factors::take_away_by_email(&ctx, email).await {
        Ok(()) => print("taken away: they sign in with the passphrase alone"),
        Err(AppError::NotFound) => bail!("no organizer with this mail address has a second factor"),
        Err(error) => bail!("the second factor cannot be taken away: {error}"),
    }
}
