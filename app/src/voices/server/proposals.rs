//! What the desk asks a worker to agree to, and their yes, as both doors bring it in. What a yes is, and what follows from
//! it, is [`super::consent`]'s.

use super::{
    at_rest::{self, Kind},
    consent::{Granting, ShareText, grant, suspended},
    entities::{
        disclosure_order,
        share_grant::{self, Path},
        share_text,
    },
    from_hex,
    keys::Desk,
    queries,
    store::{self, Addition},
    to_hex,
};
use crate::{
    error::AppError,
    ids::VoiceId,
    server::{Context, db::Transaction},
    ui::reader::locale_of,
    voices::sharing::{GrantFacts, OrderFacts, ShareFacts, SignedOrder, SignedYes, Yes},
};
use form::Day;
use sea_orm::ActiveModelTrait as _;

/// Words that may be passed on, as they are stored.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'d> {
    /// SHA-256 of the exact words.
    pub words: &'d [u8; 32],
    /// SHA-256 of their translation, if there is one.
    pub shown: Option<&'d [u8; 32]>,
    /// The letter that holds them, and the one that the worker reads.
    pub numbers: (u32, u32),
    /// In which language they would be sent.
    pub language: &'d str,
    /// Which member drafts them.
    pub by: &'d str,
}

/// The row of words that may be passed on; nothing is stored yet.
///
/// # Errors
/// If there is no randomness.
pub fn text(ctx: &Context, voice: &VoiceId, draft: &Draft<'_>) -> Result<ShareText, AppError> {
    let (words_number, shown_number) = draft.numbers;
    Ok(ShareText {
        id: to_hex(&super::random::<16>()?),
        voice_id: voice.clone(),
        words_hash: to_hex(draft.words),
        words_number: i64::from(words_number),
        shown_number: i64::from(shown_number),
        language: draft.language.to_owned(),
        drafted_on: ctx.clock().today().into(),
        shown_hash: draft.shown.map(|hash| to_hex(hash)),
        drafted_by: Some(draft.by.to_owned()),
    })
}

/// Stores them with the letters that hold them and whatever belongs to it, or nothing of it.
///
/// # Errors
/// [`AppError::NotFound`] if the voice is gone, and those of [`store::append`] for its letters.
pub async fn store<W, F>(
    ctx: &Context,
    voice: &VoiceId,
    text: &ShareText,
    letters: &[Addition<'_>],
    also: W,
) -> Result<(), AppError>
where
    W: Fn(Transaction) -> F + Sync,
    F: Future<Output = Result<(), AppError>> + Send,
{
    for letter in letters {
        store::look_at(voice, letter)?;
    }
    let row: share_text::ActiveModel = text.clone().into();
    let (row, also) = (&row, &also);
    ctx.write(|tx| async move {
        queries::find_voice(&tx, voice).await?.ok_or(AppError::NotFound)?;
        for letter in letters {
            store::append_in(&tx, ctx, voice, letter).await?;
        }
        queries::insert_share_text(&tx, row.clone().reset_all()).await?;
        also(tx).await
    })
    .await
}

/// Stores words that may be passed on, with the letters that hold them, or nothing of it.
///
/// # Errors
/// [`AppError::NotFound`] if the voice is gone, and those of [`store::append`] for its letters.
pub async fn propose(
    ctx: &Context,
    voice: &VoiceId,
    draft: &Draft<'_>,
    letters: &[Addition<'_>],
) -> Result<ShareText, AppError> {
    let share_text = text(ctx, voice, draft)?;
    store(ctx, voice, &share_text, letters, |_| async { Ok(()) }).await?;
    Ok(share_text)
}

/// Stores the yes of a worker, as it was signed at either door.
///
/// # Errors
/// [`AppError::NotFound`] if the voice has no such words, [`AppError::Malformed`] for what has not the form of a yes, and
/// those of [`grant`].
pub async fn agree(ctx: &Context, desk: &Desk, voice: &VoiceId, yes: &Yes, path: Path) -> Result<(), AppError> {
    let share_text = queries::find_share_text(ctx.read(), &yes.share).await?;
    let share_text = share_text.filter(|text| text.voice_id == *voice).ok_or(AppError::NotFound)?;
    let day = |text: &str| Day::parse(text).ok_or(AppError::Malformed);
    from_hex::<16>(&yes.id).ok_or(AppError::Malformed)?;
    from_hex::<32>(&yes.recipient_hash).ok_or(AppError::Malformed)?;
    locale_of(&yes.language).ok_or(AppError::Malformed)?;
    let signature = from_hex(&yes.signature).ok_or(AppError::Malformed)?;
    let granting = Granting {
        id: &yes.id,
        share_text: &share_text,
        recipient_kind: yes.kind,
        recipient_hash: &yes.recipient_hash,
        recipient_salt: &yes.salt().ok_or(AppError::Malformed)?,
        scope: yes.scope,
        from_day: day(&yes.from_day)?,
        until_day: day(&yes.until_day)?,
        language: &yes.language,
        path,
    };
    grant(ctx, desk, &granting, &signature).await
}

/// Everything that the worker of a voice agreed to, as it was signed: members look at it themselves.
///
/// # Errors
/// When the database fails.
pub async fn yeses(ctx: &Context, voice: &VoiceId) -> Result<Vec<SignedYes>, AppError> {
    let signed = |row: share_grant::Model| {
        let opened = |text: &str| at_rest::open(ctx, Kind::Signature, voice, text).map(|bytes| to_hex(&bytes));
        let (salt, signature) = (opened(&row.recipient_salt)?, opened(&row.signature)?);
        let yes = Yes {
            share: row.share_text_id,
            id: row.id,
            kind: row.recipient_kind,
            recipient_hash: row.recipient_hash,
            salt,
            scope: row.scope,
            from_day: String::from(row.from_day.0),
            until_day: String::from(row.until_day.0),
            language: row.language,
            signature,
        };
        Some(SignedYes { yes, is_on_phone: row.path == Path::Phone })
    };
    Ok(queries::list_grants(ctx.read(), voice).await?.into_iter().filter_map(signed).collect())
}

/// Everything that members asked for without a yes, as they signed it.
///
/// # Errors
/// When the database fails.
pub async fn orders(ctx: &Context, voice: &VoiceId) -> Result<Vec<SignedOrder>, AppError> {
    let signed = |row: disclosure_order::Model| {
        let salt = to_hex(&at_rest::open(ctx, Kind::Signature, voice, &row.recipient_salt)?);
        let reason = u32::try_from(row.reason_number).ok()?;
        Some(SignedOrder { id: row.id, salt, reason, signer: row.first_signer, signature: row.first_signature })
    };
    Ok(queries::list_orders(ctx.read(), voice).await?.into_iter().filter_map(signed).collect())
}

/// What is known of all words of a voice that may be passed on, in the order of its letters.
///
/// # Errors
/// When the database fails.
pub async fn facts(ctx: &Context, voice: &VoiceId) -> Result<Vec<ShareFacts>, AppError> {
    let texts = queries::list_share_texts(ctx.read(), voice).await?;
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let grants = queries::list_grants(ctx.read(), voice).await?;
    let revocations = queries::list_revocations(ctx.read(), voice).await?;
    let disclosures = queries::list_disclosures(ctx.read(), voice).await?;
    let orders = queries::list_orders(ctx.read(), voice).await?;
    let suspended = suspended(ctx.read()).await?;
    let order = |order: &disclosure_order::Model| OrderFacts {
        id: order.id.clone(),
        ordered_on: String::from(order.ordered_on.0),
        refused_on: order.refused_on.map(|day| String::from(day.0)),
        disclosed_on: disclosures
            .iter()
            .find(|row| row.approval_id.as_deref() == Some(&order.id))
            .map(|row| String::from(row.disclosed_on.0)),
    };
    let fact = |grant: &share_grant::Model| GrantFacts {
        id: grant.id.clone(),
        from_day: String::from(grant.from_day.0),
        until_day: String::from(grant.until_day.0),
        scope: grant.scope,
        revoked_on: revocations.iter().find(|row| row.grant_id == grant.id).map(|row| String::from(row.revoked_on.0)),
        disclosed_on: disclosures
            .iter()
            .filter(|row| row.grant_id.as_deref() == Some(&grant.id))
            .map(|row| String::from(row.disclosed_on.0))
            .collect(),
        is_suspended: suspended.contains(&grant.id),
    };
    let number = |number: i64| u32::try_from(number).unwrap_or(0);
    Ok(texts
        .into_iter()
        .map(|text| ShareFacts {
            grants: grants.iter().filter(|grant| grant.share_text_id == text.id).map(fact).collect(),
            words_number: number(text.words_number),
            shown_number: number(text.shown_number),
            drafted_on: String::from(text.drafted_on.0),
            signs_shown: text.shown_hash.is_some(),
            order: orders.iter().find(|order| order.share_text_id == text.id).map(order),
            id: text.id,
        })
        .collect())
}
