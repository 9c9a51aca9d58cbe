//! Who is signed in and shows the present passphrase once more: to change it, or before the second factor is touched.

use super::{
    gate::Gate,
    sessions::{account_key, is_unchanged},
};
use crate::{
    auth::{
        Organizer,
        server::{
            entities::organizer,
            passphrases, queries,
            throttle::{Key, Wait},
        },
        types::Passphrase,
    },
    error::AppError,
    server::{Context, audit},
};

/// What came of the wish for another passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is changed; every other session has ended.
    Done,
    /// The present passphrase was wrong.
    Wrong,
    /// Seconds until another try is welcome.
    Wait(u32),
}

/// Changes the passphrase of somebody who knows the present one. The new one must have been checked.
///
/// # Errors
/// [`AppError::Internal`] when the database or the machine fails.
pub async fn change_passphrase(
    ctx: &Context,
    organizer: &Organizer,
    present: &Passphrase,
    new: &Passphrase,
) -> Result<Change, AppError> {
    let row = match check_present(ctx, organizer, present).await? {
        Present::Right(row) => row,
        Present::Wrong => return Ok(Change::Wrong),
        Present::Wait(seconds) => return Ok(Change::Wait(seconds)),
    };
    let stored = passphrases::hash(ctx, new).await?;
    let (id, row, stored) = (organizer.id(), &row, stored.as_str());
    ctx.write(|tx| async move {
        if !is_unchanged(&tx, row).await? {
            return Ok(Change::Wrong);
        }
        queries::set_passphrase(&tx, id, stored).await?;
        queries::delete_sessions_of(&tx, id, Some(organizer.session())).await?;
        audit::record(&tx, Some(id), "passphrase.changed", id.as_str(), "").await?;
        Ok(Change::Done)
    })
    .await
}

/// Whether somebody who is signed in knows the passphrase.
pub(super) enum Present {
    /// They do; as they are stored.
    Right(organizer::Model),
    /// They do not.
    Wrong,
    /// Seconds until another try is welcome.
    Wait(u32),
}

/// Checks the passphrase of somebody who is signed in.
pub(super) async fn check_present(
    ctx: &Context,
    organizer: &Organizer,
    present: &Passphrase,
) -> Result<Present, AppError> {
    let gate = ctx.part::<Gate>();
    let account = account_key(ctx, organizer.email());
    let device = session_device(ctx, organizer);
    if let Err(Wait(seconds)) = gate.admit(ctx, account, Some(device)) {
        return Ok(Present::Wait(seconds));
    }
    let row = queries::find_organizer(ctx.read(), organizer.id()).await?.ok_or(AppError::SignInRequired)?;
    if !present.is_within_bounds() || !passphrases::verify(ctx, present, Some(row.passphrase_hash.clone())).await? {
        return Ok(Present::Wrong);
    }
    gate.succeeded(account, Some(device));
    Ok(Present::Right(row))
}

/// The session is the device: who found an open laptop guesses as slowly as everybody else.
pub(super) fn session_device(ctx: &Context, organizer: &Organizer) -> Key {
    ctx.keys().keyed_hash("session-device", organizer.session().as_bytes())
}
