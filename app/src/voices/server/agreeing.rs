//! The yes of who came back without script (door B): signed in memory, with what follows from the receipt, and taken back
//! likewise. The row says that it was signed here. Door A signs on the phone (`app/src/voices/worker.rs`).

use super::{
    attempt::case_of,
    consent,
    entities::share_grant,
    keys::{self, Desk},
    letters::Letters,
    proposals, random,
};
use crate::{
    error::AppError,
    ids::VoiceId,
    server::{Context, error::internal},
    voices::sharing::{Asked, Yes},
};
use ::seal::voice::{consent::Revocation, envelope::Path, receipt::Worker};

/// Signs and stores the yes of who came back without script: in memory, with what follows from the receipt. The row says
/// that it was signed here.
///
/// # Errors
/// [`AppError::NotFound`] if the voice has no such words, [`AppError::Forbidden`] if it is too late for them; the others of
/// [`proposals::agree`].
pub async fn agree(ctx: &Context, desk: &Desk, to: &Letters, worker: &Worker, share: &str) -> Result<(), AppError> {
    let case = case_of(&to.voice.id).ok_or_else(|| internal("a voice's id is broken"))?;
    let shared = to.shared.iter().find(|shared| shared.facts.id == share).ok_or(AppError::NotFound)?;
    let today = ctx.clock().today();
    // Pressed twice, or too late: the letters say how it stands.
    if !matches!(shared.standing(today), Asked::Open { .. }) {
        return Ok(());
    }
    let at = (desk.site(), case, Path::Server);
    let yes = Yes::sign(at, shared, today, [random()?, random()?], &worker.signing()).ok_or(AppError::Forbidden)?;
    proposals::agree(ctx, desk, &to.voice.id, &yes, share_grant::Path::Server).await
}

/// The same for taking it back, also while the desk is closed.
///
/// # Errors
/// [`AppError::NotFound`] if the voice has no such grant; the others of [`consent::revoke`].
pub async fn withdraw(ctx: &Context, voice: &VoiceId, worker: &Worker, grant: &str) -> Result<(), AppError> {
    let case = case_of(voice).ok_or_else(|| internal("a voice's id is broken"))?;
    let site = keys::site(ctx).await?;
    let signature = Revocation { site: &site, case, grant }.sign(&worker.signing());
    consent::revoke(ctx, &site, voice, grant, &signature).await
}
