//! The one value every service is given: database, keys, clock, live bus and what the site is called.

use super::{
    assets::Assets,
    bus::Bus,
    clock::Clock,
    db::{Db, Transaction},
    keys::Keys,
    parts::Parts,
};
use crate::error::AppError;
use sea_orm::DatabaseConnection;
use std::{future::Future, sync::Arc};

/// Shared by all requests; cloning it is cheap.
#[derive(Clone)]
pub struct Context(Arc<Inner>);

struct Inner {
    db: Db,
    keys: Keys,
    clock: Clock,
    bus: Bus,
    assets: Assets,
    site: Site,
    parts: Parts,
}

/// What the site is, as the configuration says.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Scheme, host and port under which people reach it, without a slash at the end.
    pub base_url: String,
    /// How to reach the secretariat (an address or a number), as the accessibility page prints it.
    pub contact: Option<String>,
    /// Whether pages for developers are shown.
    pub dev: bool,
    /// Whether it listens to more than this machine.
    pub is_reachable: bool,
    /// The root of the voice desk: the public key that vouches for the desk's keys. Without one the desk is closed.
    pub voices_root: Option<[u8; 32]>,
    /// Mail addresses of the voice desk's trustees, who hear when a worker says that it is late.
    pub voices_trustees: Vec<String>,
}

impl Site {
    /// Whether nobody but this machine reaches it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        !self.is_reachable
            && ["127.0.0.1", "localhost", "[::1]"]
                .iter()
                .any(|own| host.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
    }

    /// Whether cookies may be `Secure` and carry the `__Host-` prefix.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

impl Context {
    /// Puts the parts together; done once, at the start.
    #[must_use]
    pub fn new(db: Db, keys: Keys, clock: Clock, assets: Assets, site: Site) -> Self {
        Self(Arc::new(Inner { db, keys, clock, bus: Bus::default(), assets, site, parts: Parts::default() }))
    }

    /// A connection for reading; it cannot write.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        self.0.db.reader()
    }

    /// Runs `work` in one transaction: all of it is stored or nothing. This is the only way to write.
    ///
    /// ```ignore
    /// let name = &name; // owned values are borrowed first: `work` may run again
    /// ctx.write(|tx| async move {
    ///     queries::rename(&tx, id, name).await?;
    ///     audit::record(&tx, Some(organizer), "questionnaire.rename", id.as_str(), "").await
    /// })
    /// .await
    /// ```
    ///
    /// `work` may run more than once (PostgreSQL asks for a retry when two transactions met), so it must not do
    /// anything that cannot be undone; send messages after it returned. It must not call `write` itself.
    ///
    /// # Errors
    /// What `work` returns, or [`AppError::Internal`] when the database fails.
    pub async fn write<T, W, F>(&self, work: W) -> Result<T, AppError>
    where
        W: Fn(Transaction) -> F,
        F: Future<Output = Result<T, AppError>> + Send,
    {
        self.0.db.write(self.0.clock.now_ms(), work).await
    }

    /// The same for what is given out one after another; see [`Db::write_in_turn`]. `table` names the turn.
    ///
    /// # Errors
    /// As [`Context::write`].
    pub async fn write_in_turn<T, W, F>(&self, table: &'static str, work: W) -> Result<T, AppError>
    where
        W: Fn(Transaction) -> F,
        F: Future<Output = Result<T, AppError>> + Send,
    {
        self.0.db.write_in_turn(self.0.clock.now_ms(), table, work).await
    }

    /// The whole database, for the checks and the backup.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The keys derived from the installation's secret.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// The time, which tests can set.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Who is told that something changed.
    #[must_use]
    pub fn bus(&self) -> &Bus {
        &self.0.bus
    }

    /// The names of the built files.
    #[must_use]
    pub fn assets(&self) -> &Assets {
        &self.0.assets
    }

    /// What a domain keeps in memory for the whole process (see [`Parts`]).
    #[must_use]
    pub fn part<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.0.parts.get()
    }

    /// What the site is.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.0.site
    }
}
