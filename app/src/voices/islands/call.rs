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
    /// What was asked for is not wanted any more: the page was closed or locked meanwhile.
    Left,
}

/// Calls; the name of most calls begins with a slash. `turn` is another number as soon as everything was forgotten: an
/// answer that comes after that is not given to anybody.
pub(super) async fn call<T: DeserializeOwned>(turn: impl Fn() -> u32, name: &str, body: &Value) -> Result<T, Failure> {
    let asked_in = turn();
    let answer = answer(name, body).await;
    if turn() == asked_in { answer } else { Err(Failure::Left) }
}

async fn answer<T: DeserializeOwned>(name: &str, body: &Value) -> Result<T, Failure> {
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
