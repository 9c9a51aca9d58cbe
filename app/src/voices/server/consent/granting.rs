//! What a worker agrees to, stored and taken back; and whether a row still says what they signed.

use super::{ShareText, TURN, suspended};
use crate::{
    error::AppError,
    ids::VoiceId,
    server::{Context, db::forget_tonight, error::internal},
    voices::{
        server::{
            at_rest::{self, Kind},
            attempt::case_of,
            deletion,
            entities::{
                share_grant::{self, Path, RecipientKind, Scope},
                share_revocation,
            },
            from_hex,
            keys::{Desk, days},
            queries,
            store::WorkerKeys,
        },
        sharing::MOST_DAYS,
    },
};
use ::seal::voice::{
    consent::{Grant, Revocation},
    envelope,
};
use form::Day;
use sea_orm::ActiveValue::Set;

/// What a worker agrees to.
#[derive(Clone, Debug)]
pub struct Granting<'g> {
    /// A new id, 32 hexadecimal digits.
    pub id: &'g str,
    /// To which words.
    pub share_text: &'g ShareText,
    /// What kind of recipient.
    pub recipient_kind: RecipientKind,
    /// Who it is, salted ([`recipient_hash`]).
    pub recipient_hash: &'g str,
    /// The salt.
    pub recipient_salt: &'g [u8; 16],
    /// How often.
    pub scope: Scope,
    /// From which day.
    pub from_day: Day,
    /// Until which.
    pub until_day: Day,
    /// In which language the worker read the words.
    pub language: &'g str,
    /// Where it is signed.
    pub path: Path,
}

impl Granting<'_> {
    /// What is signed, in the words of the core. `None` only if a stored id, digest or day is broken.
    #[must_use]
    pub fn to_sign<'s>(&'s self, site: &'s str) -> Option<Grant<'s>> {
        let shown = match &self.share_text.shown_hash {
            Some(hash) => Some(from_hex(hash)?),
            None => None,
        };
        Some(Grant {
            site,
            id: self.id,
            case: case_of(&self.share_text.voice_id)?,
            words: from_hex(&self.share_text.words_hash)?,
            recipient_kind: self.recipient_kind.word(),
            recipient: self.recipient_hash,
            scope: self.scope.word(),
            from_day: days(self.from_day)?,
            until_day: days(self.until_day)?,
            language: self.language,
            path: match self.path {
                Path::Phone => envelope::Path::Phone,
                Path::Server => envelope::Path::Server,
            },
            shown,
        })
    }
}

/// Stores that a worker agreed. The same grant sent again is there once, and so is one to the same words and terms under
/// another id, as long as the first is not taken back.
///
/// # Errors
/// [`AppError::NotFound`] if the voice is gone, [`AppError::Malformed`] for days that no page offers,
/// [`AppError::Forbidden`] if it is not signed by who has the voice's receipt, [`AppError::Conflict`] for another grant
/// under the same id.
pub async fn grant(ctx: &Context, desk: &Desk, granting: &Granting<'_>, signature: &[u8; 64]) -> Result<(), AppError> {
    let voice_id = &granting.share_text.voice_id;
    let voice = queries::find_voice(ctx.read(), voice_id).await?.ok_or(AppError::NotFound)?;
    let today = ctx.clock().today();
    let last = today.plus_days(MOST_DAYS).unwrap_or(today);
    let soonest = granting.recipient_kind.first_day(today);
    if granting.from_day < soonest || granting.until_day < granting.from_day || granting.until_day > last {
        return Err(AppError::Malformed);
    }
    let keys = WorkerKeys::of_row(ctx, &voice).ok_or(AppError::NotFound)?;
    let newest = keys.signing().first().copied().ok_or(AppError::NotFound)?;
    let to_sign = granting.to_sign(desk.site()).ok_or_else(|| internal("a stored share text is broken"))?;
    if !to_sign.is_signed(&newest, signature) {
        return Err(AppError::Forbidden);
    }
    let row = share_grant::ActiveModel {
        id: Set(granting.id.to_owned()),
        voice_id: Set(voice_id.clone()),
        share_text_id: Set(granting.share_text.id.clone()),
        words_hash: Set(granting.share_text.words_hash.clone()),
        recipient_kind: Set(granting.recipient_kind),
        recipient_hash: Set(granting.recipient_hash.to_owned()),
        recipient_salt: Set(at_rest::seal(ctx, Kind::Signature, voice_id, granting.recipient_salt)?),
        scope: Set(granting.scope),
        from_day: Set(granting.from_day.into()),
        until_day: Set(granting.until_day.into()),
        language: Set(granting.language.to_owned()),
        path: Set(granting.path),
        worker: Set(at_rest::seal(ctx, Kind::Signature, voice_id, newest.as_bytes())?),
        signature: Set(at_rest::seal(ctx, Kind::Signature, voice_id, signature)?),
        granted_on: Set(today.into()),
    };
    let row = &row;
    ctx.write_in_turn(TURN, |tx| async move {
        // Pressed twice, or again because the answer was lost: one yes, so that *once* is once, and one taking back is all.
        let there = queries::list_grants(&tx, voice_id).await?;
        let taken_back = queries::list_revocations(&tx, voice_id).await?;
        let suspended = suspended(&tx).await?;
        let is_said = there.iter().any(|other| {
            other.id != granting.id
                && other.share_text_id == granting.share_text.id
                && (other.recipient_kind, other.scope) == (granting.recipient_kind, granting.scope)
                && other.until_day.0 == granting.until_day
                && taken_back.iter().all(|row| row.grant_id != other.id)
                && !suspended.contains(&other.id)
        });
        if is_said || queries::insert_grant(&tx, row.clone()).await? {
            return Ok(());
        }
        // The same again, or something else under its id.
        let there = queries::find_grant(&tx, granting.id).await?.ok_or(AppError::Conflict)?;
        let is_same = there.share_text_id == granting.share_text.id
            && there.recipient_hash == granting.recipient_hash
            && (there.from_day.0, there.until_day.0) == (granting.from_day, granting.until_day)
            && (there.recipient_kind, there.scope) == (granting.recipient_kind, granting.scope);
        if is_same { Ok(()) } else { Err(AppError::Conflict) }
    })
    .await
}

/// Takes a grant back: nothing more is passed on by it. What was, was. Doing it twice changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] if the voice has no such grant, [`AppError::Forbidden`] if it is not signed by who has the
/// voice's receipt.
pub async fn revoke(
    ctx: &Context,
    site: &str,
    voice_id: &VoiceId,
    grant_id: &str,
    signature: &[u8; 64],
) -> Result<(), AppError> {
    let voice = queries::find_voice(ctx.read(), voice_id).await?.ok_or(AppError::NotFound)?;
    let grant = queries::find_grant(ctx.read(), grant_id).await?.filter(|grant| grant.voice_id == *voice_id);
    grant.ok_or(AppError::NotFound)?;
    let keys = WorkerKeys::of_row(ctx, &voice).ok_or(AppError::NotFound)?;
    let newest = keys.signing().first().copied().ok_or(AppError::NotFound)?;
    let case = case_of(voice_id).ok_or_else(|| internal("a voice's id is broken"))?;
    let revocation = Revocation { site, case, grant: grant_id };
    if !revocation.is_signed(&newest, signature) {
        return Err(AppError::Forbidden);
    }
    let row = share_revocation::ActiveModel {
        grant_id: Set(grant_id.to_owned()),
        voice_id: Set(voice_id.clone()),
        signature: Set(at_rest::seal(ctx, Kind::Signature, voice_id, signature)?),
        revoked_on: Set(ctx.clock().today().into()),
    };
    let row = &row;
    ctx.write_in_turn(TURN, |tx| async move {
        queries::insert_revocation(&tx, row.clone()).await?;
        // What everybody read goes with it, from the pages of the disk too.
        forget_tonight(&tx).await.map_err(AppError::from)
    })
    .await?;
    deletion::overwrite(ctx).await;
    Ok(())
}

/// Whether the row still says what was signed: nobody who writes into the table agrees in a worker's name.
#[must_use]
pub fn is_as_signed(ctx: &Context, site: &str, grant: &share_grant::Model, share_text: &ShareText) -> bool {
    let opened = |text: &str| at_rest::open(ctx, Kind::Signature, &grant.voice_id, text);
    let key = opened(&grant.worker).and_then(|key| ed25519_dalek::VerifyingKey::from_bytes(&key.try_into().ok()?).ok());
    let signature = opened(&grant.signature).and_then(|signature| signature.try_into().ok());
    let (Some(key), Some(signature)) = (key, signature) else { return false };
    let granting = Granting {
        id: &grant.id,
        share_text,
        recipient_kind: grant.recipient_kind,
        recipient_hash: &grant.recipient_hash,
        recipient_salt: &[0; 16],
        scope: grant.scope,
        from_day: grant.from_day.0,
        until_day: grant.until_day.0,
        language: &grant.language,
        path: grant.path,
    };
    granting.to_sign(site).is_some_and(|grant| grant.is_signed(&key, &signature))
}
