//! Signing in and out. Who has a second factor is let in by `second_step`.

use super::gate::Gate;
use crate::{
    auth::{
        Organizer,
        server::{
            entities::{organizer, session},
            half_open::HalfOpen,
            passphrases, queries,
            throttle::{Key, Wait},
            token::{Purpose, Token},
        },
        types::{EmailAddress, Passphrase},
    },
    error::AppError,
    ids::OrganizerId,
    server::{Context, audit, db::Transaction, error::internal},
};

/// A session ends after so long without a request, in milliseconds: 8 hours.
pub const IDLE_MS: i64 = 8 * 60 * 60 * 1_000;
/// A session ends after so long in any case: 7 days.
pub const ABSOLUTE_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
/// How exactly the last request is known: 5 minutes, so that reading a page rarely writes.
const TOUCH_MS: i64 = 5 * 60 * 1_000;

/// One try to sign in.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// The mail address as typed.
    pub email: &'a str,
    /// The passphrase as typed.
    pub passphrase: &'a Passphrase,
    /// The browser's key, if it has signed in to this account before (see [`account_key`]).
    pub device: Option<Key>,
    /// The session that the browser carries already; it ends with this one's beginning.
    pub replaces: Option<Token>,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum SignIn {
    /// The passphrase is right.
    Entered(Entered),
    /// The address or the passphrase is wrong; which, is not told.
    Wrong,
    /// Seconds until another try is welcome.
    Wait(u32),
}

/// How far somebody is who has shown what they know.
#[derive(Debug, PartialEq, Eq)]
pub enum Entered {
    /// Signed in.
    Started(Started),
    /// Not before a code of their second factor.
    Half(HalfOpen),
}

/// A new session.
#[derive(Debug, PartialEq, Eq)]
pub struct Started {
    /// For the cookie.
    pub token: Token,
    /// The account, for the device's cookie.
    pub account: Key,
}

/// The account somebody means, whether there is one or not: a keyed hash of the address.
#[must_use]
pub fn account_key(ctx: &Context, email: &str) -> Key {
    match EmailAddress::parse(email) {
        Some(email) => ctx.keys().keyed_hash("account", email.as_str().as_bytes()),
        None => ctx.keys().keyed_hash("no-account", email.as_bytes()),
    }
}

/// Tries to sign in. Takes the same time whether the address is known or not.
///
/// # Errors
/// [`AppError::Internal`] when the database or the machine fails.
pub async fn sign_in(ctx: &Context, attempt: Attempt<'_>) -> Result<SignIn, AppError> {
    let Attempt { email, passphrase, device, replaces } = attempt;
    let account = account_key(ctx, email);
    let gate = ctx.part::<Gate>();
    if let Err(Wait(seconds)) = gate.admit(ctx, account, device) {
        return Ok(SignIn::Wait(seconds));
    }
    if !passphrase.is_within_bounds() {
        return Ok(SignIn::Wrong);
    }
    let address = EmailAddress::parse(email);
    // The question is asked even of an address that cannot exist, for the sake of the time it takes.
    let wanted = address.as_ref().map(EmailAddress::as_str).unwrap_or_default();
    let organizer = queries::find_organizer_by_email(ctx.read(), wanted).await?;
    let organizer = organizer.filter(|organizer| organizer.disabled_at.is_none());
    let stored = organizer.as_ref().map(|organizer| organizer.passphrase_hash.clone());
    let right = passphrases::verify(ctx, passphrase, stored).await?;
    let Some(organizer) = organizer.filter(|_| right) else { return Ok(SignIn::Wrong) };

    let token = Token::random().ok_or_else(|| internal("session token"))?;
    let replaced = replaces.map(|old| old.hash(ctx, Purpose::Session));
    let hash = token.hash(ctx, Purpose::Session);
    let (organizer, hash, replaced) = (&organizer, hash.as_str(), replaced.as_deref());
    let whole = ctx
        .write(|tx| async move {
            // Disabled, or given another passphrase, while this one was being checked.
            if !is_unchanged(&tx, organizer).await? {
                return Ok(None);
            }
            if queries::find_factor(&tx, &organizer.id).await?.is_some() {
                return Ok(Some(false));
            }
            start(&tx, &organizer.id, New { hash, replaces: replaced, is_proven: false }).await?;
            Ok(Some(true))
        })
        .await?;
    let Some(whole) = whole else { return Ok(SignIn::Wrong) };
    gate.succeeded(account, device);
    Ok(SignIn::Entered(if whole {
        Entered::Started(Started { token, account })
    } else {
        Entered::Half(HalfOpen::new(ctx, organizer.id.clone(), account, &organizer.passphrase_hash))
    }))
}

/// Whether somebody may still sign in as they could a moment ago.
pub(super) async fn is_unchanged(tx: &Transaction, seen: &organizer::Model) -> Result<bool, AppError> {
    let now = queries::find_organizer(tx, &seen.id).await?;
    Ok(now.is_some_and(|now| now.disabled_at.is_none() && now.passphrase_hash == seen.passphrase_hash))
}

/// A session to begin.
#[derive(Clone, Copy)]
pub(super) struct New<'a> {
    /// What is stored of its token.
    pub hash: &'a str,
    /// The same of the session that the browser carries already.
    pub replaces: Option<&'a str>,
    /// Whether a second factor was shown.
    pub is_proven: bool,
}

/// Begins a session in the caller's transaction; ended ones are swept away on the way.
pub(super) async fn start(tx: &Transaction, organizer: &OrganizerId, new: New<'_>) -> Result<(), AppError> {
    let now = tx.now_ms();
    queries::delete_ended_sessions(tx, now, now - IDLE_MS).await?;
    if let Some(old) = new.replaces {
        queries::delete_session(tx, old).await?;
    }
    let row = session::Model {
        id_hash: new.hash.to_owned(),
        organizer_id: organizer.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + ABSOLUTE_MS,
        proven_at: new.is_proven.then_some(now),
    };
    queries::insert_session(tx, row).await?;
    audit::record(tx, Some(organizer), "session.started", organizer.as_str(), "").await
}

/// Sweeps away sessions that have ended by themselves and invitations whose days are over, used or not. Nothing
/// depends on it: both count as gone before. Called once in a while by the process.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn forget_ended(ctx: &Context) -> Result<(), AppError> {
    ctx.write(|tx| async move {
        let now = tx.now_ms();
        queries::delete_ended_sessions(&tx, now, now - IDLE_MS).await?;
        Ok(queries::delete_old_invitations(&tx, now).await?)
    })
    .await
}

/// Whether a session still counts.
#[must_use]
pub fn is_alive(session: &session::Model, now: i64) -> bool {
    now < session.expires_at && now - session.last_seen_at < IDLE_MS
}

/// Notes that the session was used, at most every five minutes.
pub(in crate::auth) async fn touch(ctx: &Context, session: &session::Model, now: i64) -> Result<(), AppError> {
    if now - session.last_seen_at < TOUCH_MS {
        return Ok(());
    }
    let hash = session.id_hash.as_str();
    ctx.write(|tx| async move { Ok(queries::touch_session(&tx, hash, tx.now_ms()).await?) }).await
}

/// Ends this browser's session.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn sign_out(ctx: &Context, organizer: &Organizer) -> Result<(), AppError> {
    let id = organizer.id();
    ctx.write(|tx| async move {
        queries::delete_session(&tx, organizer.session()).await?;
        audit::record(&tx, Some(id), "session.ended", id.as_str(), "").await
    })
    .await
}

/// Ends all of the organizer's sessions, on whatever browser.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn sign_out_everywhere(ctx: &Context, organizer: &Organizer) -> Result<(), AppError> {
    let id = organizer.id();
    ctx.write(|tx| async move {
        queries::delete_sessions_of(&tx, id, None).await?;
        audit::record(&tx, Some(id), "session.ended", id.as_str(), "everywhere").await
    })
    .await
}

/// How many browsers the organizer is signed in on.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn count_sessions(ctx: &Context, organizer: &Organizer) -> Result<u64, AppError> {
    let now = ctx.clock().now_ms();
    Ok(queries::count_sessions(ctx.read(), organizer.id(), now, now - IDLE_MS).await?)
}
