//! Calls to our server, each with its own name under `/api/v1/voices`.

use crate::{browser::http, error::AppError};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How long an answer is waited for.
const WITHIN_MS: u32 = 20_000;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Nobody answered, or somebody else.
    Unreachable,
    /// Nobody is signed in any more.
    SignedOut,
    /// The server said no.
    Refused(AppError),
    /// What was asked for is not wanted any more: the page was closed meanwhile.
    Left,
}

/// Calls; the name of most calls begins with a slash.
pub(super) async fn call<T: DeserializeOwned>(name: &str, body: &Value) -> Result<T, Failure> {
    let path = ["/api/v1/voices", name].concat();
    let reply = http::post_json(&path, &body.to_string(), true, WITHIN_MS).await;
    // A hotel's page bears no build.
    let reply = reply.filter(|reply| reply.build.is_some()).ok_or(Failure::Unreachable)?;
    match reply.status {
        200 => serde_json::from_str(&reply.body).map_err(|_| Failure::Unreachable),
        401 => Err(Failure::SignedOut),
        _ => Err(Failure::Refused(serde_json::from_str(&reply.body).unwrap_or(AppError::Transport))),
    }
}
