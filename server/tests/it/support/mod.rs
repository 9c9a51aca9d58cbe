//! What tests share: a site of their own, with a database of its own and a clock that stands still.

// Not every domain's tests use everything here.
#![allow(dead_code)]

pub mod database;

use app::server::{
    Context, Site,
    assets::Assets,
    clock::Clock,
    keys::{Keys, SECRET_BYTES},
};
use axum::Router;
use database::TestDatabase;
use server::router::{RouterOptions, router};

/// 2026-11-22T03:00:00Z, noon in Tokyo: when every test begins.
pub const NOW_MS: i64 = 1_795_316_400_000;
/// The site's day then.
pub const TODAY: &str = "2026-11-22";

/// What a program takes for a secret: 0, 1, 2 and so on.
pub const SECRET: [u8; SECRET_BYTES] = {
    let mut secret = [0; SECRET_BYTES];
    let mut at = 0;
    while at < SECRET_BYTES {
        secret[at] = at as u8;
        at += 1;
    }
    secret
};

/// A site that nobody else uses; it ends with the value.
pub struct TestApp {
    /// What services and pages are given.
    pub ctx: Context,
    database: TestDatabase,
}

impl TestApp {
    /// Migrated and empty, as on a laptop.
    pub async fn new() -> Self {
        Self::with_base_url("http://127.0.0.1:3000").await
    }

    /// The same under another address.
    pub async fn with_base_url(base_url: &str) -> Self {
        Self::with(base_url, [7; SECRET_BYTES]).await
    }

    /// The same with the secret of programs that serve its database ([`SECRET`]).
    pub async fn beside_programs() -> Self {
        Self::with("http://127.0.0.1:3000", SECRET).await
    }

    /// The same with a root for the voice desk.
    pub async fn with_voices_root(root: [u8; 32], secret: [u8; SECRET_BYTES]) -> Self {
        let base_url = "http://127.0.0.1:3000".to_owned();
        let voices_trustees = vec!["chair@example.org".to_owned()];
        Self::with_site(Site { base_url, voices_root: Some(root), voices_trustees, ..Site::default() }, secret).await
    }

    async fn with(base_url: &str, secret: [u8; SECRET_BYTES]) -> Self {
        Self::with_site(Site { base_url: base_url.to_owned(), ..Site::default() }, secret).await
    }

    async fn with_site(site: Site, secret: [u8; SECRET_BYTES]) -> Self {
        let database = TestDatabase::migrated().await;
        let ctx =
            Context::new(database.db.clone(), Keys::derive(&secret), Clock::fixed(NOW_MS), Assets::default(), site);
        Self { ctx, database }
    }

    /// The whole site as the process serves it, for in-process requests (`tower::ServiceExt::oneshot`).
    pub fn router(&self) -> Router {
        router(self.ctx.clone(), &RouterOptions::new(std::env::temp_dir()))
    }

    /// The address of its database, for a second process or connection.
    pub fn database_url(&self) -> &str {
        self.database.url()
    }
}
