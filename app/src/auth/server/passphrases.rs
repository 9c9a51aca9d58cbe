//! Argon2id, off the request threads, two at a time.
//!
//! What is hashed is not the passphrase but a keyed hash of it: whoever steals the database or a backup, which do
//! not hold the installation's secret, cannot even begin to guess. If the secret is lost, organizers need new
//! invitations.

use crate::{
    auth::types::Passphrase,
    error::AppError,
    server::{Context, error::internal},
};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::OnceLock;
use tokio::sync::Semaphore;

/// Memory in KiB. Twice OWASP's second choice (19 MiB, t=2, p=1); about 100 ms on one core of a small server.
const MEMORY_KIB: u32 = 38 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;

/// More at a time would take all cores and the memory of a small machine from everybody else.
static AT_A_TIME: Semaphore = Semaphore::const_new(2);

/// What stands in for the passphrase of somebody who does not exist.
static NOBODY: OnceLock<Option<String>> = OnceLock::new();

/// A new passphrase as the text that is stored: algorithm, parameters, salt and hash.
///
/// # Errors
/// [`AppError::Internal`] when the machine has no memory or no randomness left.
pub async fn hash(ctx: &Context, passphrase: &Passphrase) -> Result<String, AppError> {
    let keyed = keyed(ctx, passphrase);
    apart(move || hash_now(&keyed)).await?.ok_or_else(|| internal("passphrase hash"))
}

/// Whether the passphrase is the stored one. Without a stored one the answer is no and takes the same time.
///
/// # Errors
/// [`AppError::Internal`] when the machine has no memory left.
pub async fn verify(ctx: &Context, passphrase: &Passphrase, stored: Option<String>) -> Result<bool, AppError> {
    let keyed = keyed(ctx, passphrase);
    apart(move || {
        // Made on the first call whoever it is for, so that being unknown does not show in the time.
        let nobody = NOBODY.get_or_init(|| hash_now(b"nobody"));
        let known = stored.is_some();
        let against = stored.as_ref().or(nobody.as_ref())?;
        let hash = PasswordHash::new(against).ok()?;
        Some(hasher()?.verify_password(&keyed, &hash).is_ok() && known)
    })
    .await?
    .ok_or_else(|| internal("passphrase check"))
}

/// Runs heavy work on a thread of its own, when its turn has come.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let turn = AT_A_TIME.acquire().await.map_err(|_| internal("passphrase queue"))?;
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| internal("passphrase thread"))?;
    drop(turn);
    Ok(done)
}

fn keyed(ctx: &Context, passphrase: &Passphrase) -> [u8; 32] {
    ctx.keys().keyed_hash("passphrase", passphrase.reveal().as_bytes())
}

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(bytes: &[u8]) -> Option<String> {
    let hash: PasswordHash = hasher()?.hash_password(bytes).ok()?;
    Some(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_text_names_algorithm_and_strength() {
        let stored = hash_now(b"x").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=38912,t=2,p=1$"), "{stored}");
        assert_ne!(stored, hash_now(b"x").unwrap(), "each has its own salt");
    }
}
