//! What runs on the server.

use super::{DeskCommand, read};
use crate::{
    commands::{print, ready},
    config::Config,
    database,
};
use anyhow::{bail, ensure};
use app::{
    error::AppError,
    server::Context,
    voices::server::{
        ceremony::{self, Holder, Signed, TrusteeKey, Wraps},
        demonstration, keys,
    },
};

/// `entaku desk …`.
pub(super) async fn run(config: &Config, command: DeskCommand) -> anyhow::Result<()> {
    let ctx = ready(config).await?;
    match command {
        DeskCommand::Root { .. } | DeskCommand::Trustee { .. } => Ok(()),
        DeskCommand::Requests { trustees } => {
            let trustees = trustees.iter().map(|file| read::<TrusteeKey>(file)).collect::<Result<Vec<_>, _>>()?;
            let requests = ceremony::requests(&ctx, trustees).await?;
            print(&serde_json::to_string_pretty(&requests)?)
        }
        DeskCommand::Install { file } => {
            let signed: Signed = read(&file)?;
            told(ceremony::install(&ctx, &signed).await)?;
            print(&format!("key {} of the desk, good until {}", signed.number, signed.until_day))
        }
        DeskCommand::InstallWraps { file } => {
            let wraps: Wraps = read(&file)?;
            told(ceremony::install_wraps(&ctx, None, &wraps).await)?;
            print(&format!("key {} of the desk, for {} members", wraps.number, wraps.wraps.len()))
        }
        DeskCommand::Challenge { number, first, second } => {
            // People name the two in any order; the key is sealed for them in one.
            let told_so = ceremony::challenge(&ctx, number, &Holder::Trustees(&first, &second)).await;
            print(&match told_so {
                Err(AppError::NotFound) => {
                    told(ceremony::challenge(&ctx, number, &Holder::Trustees(&second, &first)).await)?
                }
                other => told(other)?,
            })
        }
        DeskCommand::Answer { number, first, second, answer } => {
            match ceremony::answer(&ctx, number, &Holder::Trustees(&first, &second), answer.trim()).await {
                Err(AppError::NotFound) => {
                    told(ceremony::answer(&ctx, number, &Holder::Trustees(&second, &first), answer.trim()).await)?;
                }
                other => told(other)?,
            }
            print("opened once")
        }
        DeskCommand::Status => status(&ctx).await,
        DeskCommand::Open { review } => {
            let lacks = ceremony::lacks(&ctx, Some(&review)).await?;
            ensure!(lacks.is_empty(), "the desk stays closed:\n{}", sentences(&lacks));
            told(ceremony::open(&ctx, &review).await)?;
            status(&ctx).await
        }
        DeskCommand::Close => {
            told(ceremony::close(&ctx).await)?;
            print("closed")
        }
        DeskCommand::Remove { member } => match ceremony::remove(&ctx, &member).await {
            Err(AppError::Conflict) => {
                bail!("a key of the desk would then be opened by fewer than two: somebody else joins first")
            }
            removed => told(removed),
        },
        DeskCommand::SaveKeys { file } => {
            ensure!(!file.exists(), "{} is there already; nothing is written over", file.display());
            let saved = database::save_keys(ctx.db(), &file).await?;
            print(&format!("keys: {}\nThrow this file away after two weeks.", saved.rows))
        }
        DeskCommand::RestoreKeys { file } => {
            let restored = database::restore_keys(ctx.db(), &file).await?;
            print(&format!("keys: {}", restored.rows))
        }
        DeskCommand::Demonstrate => {
            ensure!(config.server.listen.ip().is_loopback(), "a demonstration listens on this machine alone");
            told(demonstration::open(&ctx).await)?;
            demonstration::show_samples(&ctx).await?;
            status(&ctx).await
        }
    }
}

async fn status(ctx: &Context) -> anyhow::Result<()> {
    match keys::open_desk(ctx).await? {
        Some(desk) => {
            let kind = if desk.is_demonstration() { "open, a demonstration" } else { "open" };
            print(&format!("{kind}: key {}, fingerprint {}", desk.epoch(), desk.fingerprint()))
        }
        None => {
            let lacks = ceremony::lacks(ctx, Some("-")).await?;
            print("closed")?;
            if lacks.is_empty() {
                print("nothing is missing: `entaku desk open --review …`")
            } else {
                print(&sentences(&lacks))
            }
        }
    }
}

fn sentences(lacks: &[ceremony::Lack]) -> String {
    lacks.iter().map(|lack| format!("- {lack}")).collect::<Vec<_>>().join("\n")
}

/// The error in a sentence.
fn told<T>(result: Result<T, AppError>) -> anyhow::Result<T> {
    match result {
        Err(AppError::Forbidden) => {
            bail!("the root of this installation does not vouch for it, or it is not allowed here")
        }
        Err(AppError::Conflict) => bail!("it is there already, or something is missing: `entaku desk status`"),
        Err(AppError::NotFound) => bail!("there is none"),
        Err(AppError::Malformed) => bail!("it has not the right form"),
        other => Ok(other?),
    }
}
