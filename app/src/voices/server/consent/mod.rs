//! Consent as data. A worker agrees to exactly these words, for one recipient, until a day, and signs it with the key that
//! follows from their receipt; nothing is passed on without such a row, and the database refuses what this forgets.
//!
//! The way out is one way: [`authorize`] gives an [`Authorized`] for a grant that holds today, [`pass_on`] takes it with the
//! words themselves, which must be those that were agreed to, writes down that they go, and gives the [`PassedOn`] that an
//! exporter takes. They can be held, and not made otherwise:
//!
//! ```
//! use app::voices::server::consent::{Authorized, PassedOn, ShareText};
//! fn hold(_: &Authorized<ShareText>, passed: &PassedOn) -> usize {
//!     passed.words().len()
//! }
//! ```
//!
//! ```compile_fail,E0451
//! use app::voices::server::consent::{Authorized, ShareText};
//! fn invent(what: ShareText) -> Authorized<ShareText> {
//!     Authorized { what, grant: unimplemented!() }
//! }
//! ```
//!
//! ```compile_fail,E0451
//! use app::voices::server::consent::PassedOn;
//! fn invent() -> PassedOn {
//!     PassedOn { words: "somebody's words".to_owned(), language: "ja".to_owned() }
//! }
//! ```

mod order;
mod publishing;
mod restored;

pub use order::{Ordering, approve, order, refuse};
pub use publishing::{Published, publish};
pub use restored::suspend_restored;
pub(super) use restored::suspended;

use super::{
    at_rest::{self, Kind},
    attempt::case_of,
    deletion,
    entities::{
        disclosure::{self, Basis},
        share_grant::{self, Path, RecipientKind, Scope},
        share_revocation, voice,
    },
    from_hex,
    keys::{Desk, days},
    queries,
    store::WorkerKeys,
    to_hex,
};
use crate::{
    error::AppError,
    ids::{OrganizerId, VoiceId},
    server::{
        Context, audit,
        db::{Transaction, forget_tonight},
        error::internal,
    },
};
use ::seal::voice::{
    consent::{Grant, Revocation, digest},
    envelope,
};
use form::Day;
use sea_orm::ActiveValue::Set;

pub use super::entities::share_text::Model as ShareText;
pub use crate::voices::sharing::{MOST_DAYS, recipient_hash};

/// Who changes what may be passed on stands here in one row: the table that names the turn.
const TURN: &str = "share_grants";
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

/// Something that may be passed on today, because of a grant that was loaded and looked at. Only [`authorize`] makes one.
#[derive(Debug)]
pub struct Authorized<T> {
    what: T,
    grant: share_grant::Model,
}

impl Authorized<ShareText> {
    /// For what kind of recipient.
    #[must_use]
    pub fn kind(&self) -> RecipientKind {
        self.grant.recipient_kind
    }

    /// Which member drafted the words.
    #[must_use]
    pub fn drafted_by(&self) -> Option<&str> {
        self.what.drafted_by.as_deref()
    }

    /// Whether this is the translation that the worker agreed to, in the language in which they read it.
    #[must_use]
    pub fn is_shown(&self, shown: Option<(&str, &str)>) -> bool {
        let digest = shown.map(|(_, text)| to_hex(&digest(text)));
        digest == self.what.shown_hash && shown.is_none_or(|(language, _)| language == self.grant.language)
    }

    /// Of which voice it is.
    #[must_use]
    pub fn voice(&self) -> &VoiceId {
        &self.grant.voice_id
    }
}

/// Words on their way to a recipient; that they go is written down. Only [`pass_on`] and [`approve`] make one. Its `Debug`
/// tells none.
pub struct PassedOn {
    words: String,
    language: String,
}

impl std::fmt::Debug for PassedOn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PassedOn").finish_non_exhaustive()
    }
}

impl PassedOn {
    /// The words, for the letter.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// In which language they are.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }
}

/// The words of a grant, if they may be passed on today.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such grant, [`AppError::Forbidden`] if it was taken back or came out of a
/// backup, its time has not come or is over, who says to have signed it did not, or the voice was deleted: who deletes everything takes everything back.
pub async fn authorize(ctx: &Context, desk: &Desk, grant_id: &str) -> Result<Authorized<ShareText>, AppError> {
    let grant = queries::find_grant(ctx.read(), grant_id).await?.ok_or(AppError::NotFound)?;
    let share_text = queries::find_share_text(ctx.read(), &grant.share_text_id).await?.ok_or(AppError::NotFound)?;
    let today = ctx.clock().today();
    let voice = queries::find_voice(ctx.read(), &grant.voice_id).await?.filter(is_there);
    let is_revoked = queries::find_revocation(ctx.read(), grant_id).await?.is_some()
        || suspended(ctx.read()).await?.contains(grant_id);
    let is_due = (grant.from_day.0..=grant.until_day.0).contains(&today);
    // The row brings its own key: it must be one of this worker's.
    let keys = voice.and_then(|voice| WorkerKeys::of_row(ctx, &voice));
    let signer = at_rest::open(ctx, Kind::Signature, &grant.voice_id, &grant.worker);
    let is_own = keys.zip(signer).is_some_and(|(keys, signer)| keys.signing.iter().any(|key| key[..] == signer[..]));
    if is_revoked || !is_due || !is_own || !is_as_signed(ctx, desk.site(), &grant, &share_text) {
        return Err(AppError::Forbidden);
    }
    Ok(Authorized { what: share_text, grant })
}

/// Whether a voice is there, and not being deleted.
fn is_there(voice: &voice::Model) -> bool {
    voice.kept_days >= 0
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

/// Writes down that the words go, and hands them over. They must be exactly those that were agreed to: one space more is
/// other words. The same `id` of a grant once more (32 hexadecimal digits; a new one without) hands them over again. The audit
/// log says who passed on and by which disclosure, never which voice.
///
/// # Errors
/// [`AppError::Forbidden`] for other words or another recipient, and if the grant was taken back or used up meanwhile,
/// [`AppError::Malformed`] for an id that is none.
pub async fn pass_on(
    ctx: &Context,
    authorized: Authorized<ShareText>,
    words: String,
    recipient: &str,
    (by, id): (&OrganizerId, Option<&str>),
) -> Result<PassedOn, AppError> {
    pass_on_with(ctx, authorized, words, recipient, (by, id), |_| async { Ok(()) }).await
}

/// The same, with what belongs to it in one transaction: it is done where the words go, and not where they went before.
async fn pass_on_with<W, F>(
    ctx: &Context,
    authorized: Authorized<ShareText>,
    words: String,
    recipient: &str,
    (by, id): (&OrganizerId, Option<&str>),
    also: W,
) -> Result<PassedOn, AppError>
where
    W: Fn(Transaction) -> F + Sync,
    F: Future<Output = Result<(), AppError>> + Send,
{
    let Authorized { what, grant } = authorized;
    let salt = at_rest::open(ctx, Kind::Signature, &grant.voice_id, &grant.recipient_salt);
    let salt = salt.and_then(|salt| salt.try_into().ok()).ok_or(AppError::Forbidden)?;
    let recipient_hash = recipient_hash(&salt, recipient);
    if to_hex(&digest(&words)) != what.words_hash || recipient_hash != grant.recipient_hash {
        return Err(AppError::Forbidden);
    }
    let language = what.language;
    let id = match id {
        Some(id) => to_hex(&from_hex::<16>(id).ok_or(AppError::Malformed)?),
        None => to_hex(&super::random::<16>()?),
    };
    let row = disclosure::ActiveModel {
        id: Set(id.clone()),
        voice_id: Set(grant.voice_id.clone()),
        share_text_id: Set(what.id),
        words_hash: Set(what.words_hash),
        basis: Set(Basis::Grant),
        grant_id: Set(Some(grant.id.clone())),
        approval_id: Set(None),
        recipient_hash: Set(recipient_hash),
        disclosed_on: Set(ctx.clock().today().into()),
    };
    let (row, grant, id, also) = (&row, &grant, &id, &also);
    ctx.write_in_turn(TURN, |tx| async move {
        let voice = queries::find_voice(&tx, &grant.voice_id).await?.filter(is_there);
        let is_revoked = queries::find_revocation(&tx, &grant.id).await?.is_some() || voice.is_none();
        let passed = queries::list_disclosures(&tx, &grant.voice_id).await?;
        let mut of_grant = passed.iter().filter(|disclosure| disclosure.grant_id.as_deref() == Some(&grant.id));
        // It went already, and its letter was lost on the way.
        if !is_revoked && of_grant.any(|disclosure| disclosure.id == *id) {
            return Ok(());
        }
        let is_used = grant.scope == Scope::Once
            && passed.iter().any(|disclosure| disclosure.grant_id.as_deref() == Some(&grant.id));
        if is_revoked || is_used {
            return Err(AppError::Forbidden);
        }
        queries::insert_disclosure(&tx, row.clone()).await?;
        audit::record(&tx, Some(by), "voices.passed_on", id, grant.recipient_kind.word()).await?;
        also(tx).await
    })
    .await?;
    Ok(PassedOn { words, language })
}
