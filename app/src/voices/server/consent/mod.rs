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

mod granting;
mod order;
mod publishing;
mod restored;

pub use granting::{Granting, grant, is_as_signed, revoke};
pub use order::{Ordering, approve, order, refuse};
pub use publishing::{Published, publish};
pub use restored::suspend_restored;
pub(super) use restored::suspended;

use super::{
    at_rest::{self, Kind},
    entities::{
        disclosure::{self, Basis},
        share_grant::{self, RecipientKind, Scope},
        voice,
    },
    from_hex,
    keys::Desk,
    queries,
    store::WorkerKeys,
    to_hex,
};
use crate::{
    error::AppError,
    ids::{OrganizerId, VoiceId},
    server::{Context, audit, db::Transaction},
};
use ::seal::voice::consent::digest;
use sea_orm::ActiveValue::Set;

pub use super::entities::share_text::Model as ShareText;
pub use crate::voices::sharing::{MOST_DAYS, recipient_hash};

/// Who changes what may be passed on stands here in one row: the table that names the turn.
const TURN: &str = "share_grants";

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
