//! From the settings to the context that everything else is given.

use crate::config::Config;
use anyhow::anyhow;
use app::{
    questionnaires::server::counts,
    server::{
        Context, Site,
        assets::Assets,
        clock::Clock,
        db::{Db, DbOptions},
        keys::Keys,
    },
};
use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Opens the database, reads secret and built files. It does not migrate.
///
/// # Errors
/// In words for the person at the keyboard, without the database's password.
pub async fn context(config: &Config) -> anyhow::Result<Context> {
    let dist = config.dist()?;
    let assets = Assets::read(&dist).map_err(|error| {
        anyhow!("the built files in {} cannot be read ({error}): build them with `make build`", dist.display())
    })?;
    let keys = Keys::derive(&config.secret()?);
    let db = database(config).await?;
    let clock = Clock::system(config.site.utc_offset_minutes);
    let site = Site {
        base_url: config.site.base_url.clone(),
        contact: config.site.contact.clone(),
        dev: config.dev,
        is_reachable: !config.server.listen.ip().is_loopback(),
        voices_root: config.voices.root(),
        voices_trustees: config.voices.trustees.clone(),
    };
    Ok(Context::new(db, keys, clock, assets, site))
}

/// Opens the database alone.
///
/// # Errors
/// As [`context`].
pub async fn database(config: &Config) -> anyhow::Result<Db> {
    let kind = if config.database.url.starts_with("sqlite") { "SQLite" } else { "PostgreSQL" };
    Db::connect(&config.database.url, DbOptions::default())
        .await
        .map_err(|error| anyhow!("the {kind} database cannot be opened ({}): check database.url", reason(&error)))
}

/// Brings the tables up to date.
///
/// # Errors
/// When a step fails; then the tables are as before.
pub async fn migrate(db: &Db) -> anyhow::Result<()> {
    crate::database::migrate(db)
        .await
        .map_err(|error| anyhow!("the tables cannot be brought up to date ({})", reason(&error)))
}

/// Builds the counts of answers if that was never done: after an update, or when an old backup was put back. It goes
/// through all answers, a million in about half a minute.
///
/// # Errors
/// When the database fails.
pub async fn counts(ctx: &Context) -> anyhow::Result<()> {
    let built = counts::ensure(ctx).await.map_err(|error| anyhow!("the answers cannot be counted ({error})"))?;
    if let Some(built) = built.filter(|built| built.responses > 0) {
        tracing::info!(answers = built.responses, unreadable = built.unreadable, "counted");
    }
    Ok(())
}

/// Why, as far as it holds no address: that could carry the password.
fn reason(error: &DbErr) -> String {
    let (DbErr::Conn(inner) | DbErr::Exec(inner) | DbErr::Query(inner)) = error else {
        return "no connection".to_owned();
    };
    match inner {
        RuntimeErr::SqlxError(error) => match error.as_ref() {
            sqlx::Error::Io(error) => error.to_string(),
            sqlx::Error::Database(error) => error.message().to_owned(),
            sqlx::Error::PoolTimedOut => "no answer in time".to_owned(),
            sqlx::Error::Tls(_) => "no encrypted connection".to_owned(),
            _ => "the address is not understood".to_owned(),
        },
        RuntimeErr::Internal(reason) => reason.clone(),
    }
}

impl Config {
    /// A word of warning about settings that are allowed and probably not meant.
    pub fn advise(&self) {
        let is_https = self.site.base_url.starts_with("https://");
        if !is_https && !self.server.listen.ip().is_loopback() {
            tracing::warn!(
                "others can reach this server without encryption: put a proxy with TLS before it and set ENTAKU_BASE_URL"
            );
        }
        // This process speaks no TLS itself, so with https there is a proxy.
        if is_https && self.server.trusted_proxies.is_empty() {
            tracing::warn!(
                "all people count as one client: set ENTAKU_TRUSTED_PROXIES to the address of the proxy with TLS"
            );
        }
    }
}
