//! The second step of signing in: the passphrase was right, now a code of the second factor.

use super::{
    gate::CodeGate,
    second_factors::use_code,
    sessions::{self, New, Started},
};
use crate::{
    auth::{
        second_factor::Typed,
        server::{
            half_open::HalfOpen,
            queries,
            throttle::{Key, Wait},
            token::{Purpose, Token},
        },
    },
    error::AppError,
    server::{Context, audit, error::internal},
};

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum SecondStep {
    /// Signed in.
    Started(Started),
    /// The code is wrong, or was used.
    Wrong,
    /// Seconds until another try is welcome.
    Wait(u32),
    /// The first step counts no more: another passphrase, disabled, or no second factor since.
    Over,
}

/// How the transaction ended.
enum Ended {
    Started,
    Wrong,
    Over,
}

/// Tries a code. `device` is set if the browser has signed in to the account before, `replaces` is the session that it
/// carries already. A wrong code leaves a row in the audit log: whoever typed it knows the passphrase.
///
/// # Errors
/// [`AppError::Internal`] when the database or the machine fails.
pub async fn sign_in_by_code(
    ctx: &Context,
    half: &HalfOpen,
    typed: &Typed,
    device: Option<Key>,
    replaces: Option<Token>,
) -> Result<SecondStep, AppError> {
    let gate = ctx.part::<CodeGate>();
    if let Err(Wait(seconds)) = gate.admit(ctx, half.account, device) {
        return Ok(SecondStep::Wait(seconds));
    }
    let token = Token::random().ok_or_else(|| internal("session token"))?;
    let replaced = replaces.map(|old| old.hash(ctx, Purpose::Session));
    let hash = token.hash(ctx, Purpose::Session);
    let (id, hash, replaced) = (&half.organizer, hash.as_str(), replaced.as_deref());
    let ended = ctx
        .write(|tx| async move {
            let row = queries::find_organizer(&tx, id).await?.filter(|row| row.disabled_at.is_none());
            if !row.is_some_and(|row| half.fits(ctx, &row.passphrase_hash)) {
                return Ok(Ended::Over);
            }
            let Some(factor) = queries::find_factor(&tx, id).await? else { return Ok(Ended::Over) };
            if !use_code(ctx, &tx, &factor, typed).await? {
                audit::record(&tx, Some(id), "second_factor.refused", id.as_str(), "").await?;
                return Ok(Ended::Wrong);
            }
            sessions::start(&tx, id, New { hash, replaces: replaced, is_proven: true }).await?;
            Ok(Ended::Started)
        })
        .await?;
    Ok(match ended {
        Ended::Wrong => SecondStep::Wrong,
        Ended::Over => SecondStep::Over,
        Ended::Started => {
            gate.succeeded(half.account, device);
            SecondStep::Started(Started { token, account: half.account })
        }
    })
}
