//! What is in force: settings and addresses.

use super::print;
use crate::config::Config;
use app::{
    routes::{Access, TABLE},
    server::assets::Bundle,
};
use serde::Serialize;

/// `entaku config`.
pub fn config(config: &Config) -> anyhow::Result<()> {
    print(config.to_toml()?.trim_end())
}

/// One row of the table, as programs read it.
#[derive(Serialize)]
struct Row {
    path: &'static str,
    access: &'static str,
    bundle: Option<&'static str>,
}

/// `entaku routes`: the accessibility walk takes its pages from here.
pub fn routes() -> anyhow::Result<()> {
    let rows: Vec<_> = TABLE
        .iter()
        .map(|route| Row { path: route.path, access: access(route.access), bundle: route.bundle.map(Bundle::name) })
        .collect();
    print(&serde_json::to_string_pretty(&rows)?)
}

const fn access(access: Access) -> &'static str {
    match access {
        Access::Public => "public",
        Access::Draft => "draft",
        Access::Organizer => "organizer",
    }
}
