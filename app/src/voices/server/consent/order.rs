//! The only other right beside a worker's yes: a court's order, or a life in danger. One member asks, with the exact words,
//! the recipient and a letter that tells the worker; another one, who is not the same, answers for it too. Both sign, and the
//! database lets nothing go without both.

use super::{PassedOn, TURN, is_there, suspended};
use crate::{
    error::AppError,
    ids::VoiceId,
    server::{Context, audit, error::internal},
    voices::{
        server::{
            at_rest::{self, Kind},
            attempt::case_of,
            entities::{
                approval,
                disclosure::{self, Basis as Right},
                disclosure_order,
                share_text::Model as ShareText,
            },
            from_hex,
            keys::Desk,
            letters,
            members::Member,
            proposals::{self, Draft},
            queries,
            store::Addition,
            to_hex,
        },
        sharing::{Basis, ORDER_DAYS, SignedOrder, recipient_hash},
    },
};
use ::seal::voice::consent::{Order, digest};
use sea_orm::ActiveValue::Set;

/// What one member asks for.
#[derive(Clone, Copy, Debug)]
pub struct Ordering<'o> {
    /// Why.
    pub basis: Basis,
    /// The words, and the letters that hold them.
    pub draft: &'o Draft<'o>,
    /// SHA-256 of the salt and who would be told; 64 hexadecimal digits.
    pub recipient_hash: &'o str,
    /// What the member signed.
    pub signed: &'o SignedOrder,
}

/// What is signed, as the rows say it. `None` if one of them is broken.
fn to_sign<'o>(desk: &'o Desk, row: &'o disclosure_order::Model) -> Option<Order<'o>> {
    Some(Order {
        site: desk.site(),
        id: &row.id,
        case: case_of(&row.voice_id)?,
        basis: row.basis.word(),
        words: from_hex(&row.words_hash)?,
        recipient: &row.recipient_hash,
        reason: u32::try_from(row.reason_number).ok()?,
    })
}

/// Whether this member signed it, with the key for which the root vouches today.
fn is_signed_by(ctx: &Context, desk: &Desk, row: &disclosure_order::Model, by: &Member, signature: &str) -> bool {
    let is_signed = || {
        let key = by.person().signs(desk.site(), desk.root(), ctx.clock().today())?;
        Some(to_sign(desk, row)?.is_signed(&key, &from_hex(signature)?))
    };
    is_signed().unwrap_or_default()
}

/// Writes down that one member asks, with the letters that hold the words and tell the worker. Nothing goes by it.
///
/// # Errors
/// [`AppError::Forbidden`] if it is not signed by this member, [`AppError::Malformed`] for what has not the form of an order,
/// and those of [`proposals::propose`].
pub async fn order(
    ctx: &Context,
    desk: &Desk,
    by: &Member,
    voice: &VoiceId,
    ordering: &Ordering<'_>,
    letters: &[Addition<'_>],
) -> Result<(), AppError> {
    let Ordering { basis, draft, recipient_hash, signed } = *ordering;
    let salt = from_hex::<16>(&signed.salt).ok_or(AppError::Malformed)?;
    from_hex::<32>(recipient_hash).ok_or(AppError::Malformed)?;
    from_hex::<16>(&signed.id).ok_or(AppError::Malformed)?;
    let text = proposals::text(ctx, voice, draft)?;
    let row = disclosure_order::Model {
        id: signed.id.clone(),
        voice_id: voice.clone(),
        share_text_id: text.id.clone(),
        words_hash: text.words_hash.clone(),
        basis,
        recipient_hash: recipient_hash.to_owned(),
        recipient_salt: at_rest::seal(ctx, Kind::Signature, voice, &salt)?,
        reason_number: i64::from(signed.reason),
        first_signer: by.id().to_owned(),
        first_signature: signed.signature.clone(),
        ordered_on: ctx.clock().today().into(),
        refused_by: None,
        refused_on: None,
    };
    let is_told = letters.last().is_some_and(|letter| letter.number == signed.reason);
    if !is_told || signed.signer != by.id() || !is_signed_by(ctx, desk, &row, by, &signed.signature) {
        return Err(AppError::Forbidden);
    }
    let row: disclosure_order::ActiveModel = row.into();
    let (text, row) = (&text, &row);
    proposals::store(ctx, voice, text, letters, |tx| async move {
        queries::insert_order(&tx, row.clone()).await?;
        audit::record(&tx, Some(by.organizer()), "voices.order_asked", &signed.id, basis.word()).await
    })
    .await
}

/// Another member says no. Nothing goes by it, for ever.
///
/// # Errors
/// [`AppError::NotFound`] if the voice has no such order, [`AppError::Forbidden`] for who asked for it, [`AppError::Conflict`]
/// if it was decided by now.
pub async fn refuse(ctx: &Context, by: &Member, voice: &VoiceId, id: &str) -> Result<(), AppError> {
    let today = ctx.clock().today();
    let asked = queries::find_order(ctx.read(), id).await?.filter(|order| order.voice_id == *voice);
    if !by.is_another(ctx, &asked.ok_or(AppError::NotFound)?.first_signer).await? {
        return Err(AppError::Forbidden);
    }
    ctx.write_in_turn(TURN, |tx| async move {
        let order = queries::find_order(&tx, id).await?.ok_or(AppError::NotFound)?;
        if order.refused_on.is_some() || queries::find_approval(&tx, id).await?.is_some() {
            return Err(AppError::Conflict);
        }
        let refused = disclosure_order::ActiveModel {
            id: Set(id.to_owned()),
            refused_by: Set(Some(by.id().to_owned())),
            refused_on: Set(Some(today.into())),
            ..Default::default()
        };
        queries::update_order(&tx, refused).await?;
        audit::record(&tx, Some(by.organizer()), "voices.order_refused", id, order.basis.word()).await
    })
    .await
}

/// Another member answers for it too: it is written down, and the words are handed over. Once more by either of the two, and
/// they are handed over again.
///
/// # Errors
/// [`AppError::NotFound`] if the voice has no such order, [`AppError::Forbidden`] if the same person asked for it, one of the
/// two did not sign, these are not the words and the recipient of it, somebody said no, it is older than [`ORDER_DAYS`] or
/// came out of a backup, or the voice was deleted.
pub async fn approve(
    ctx: &Context,
    desk: &Desk,
    by: &Member,
    voice: &VoiceId,
    id: &str,
    signature: &str,
    (words, recipient): (String, &str),
) -> Result<(PassedOn, Basis), AppError> {
    let order = queries::find_order(ctx.read(), id).await?.filter(|order| order.voice_id == *voice);
    let order = order.ok_or(AppError::NotFound)?;
    let text = queries::find_share_text(ctx.read(), &order.share_text_id).await?;
    let text = text.ok_or_else(|| internal("an order is of no words"))?;
    is_right(ctx, &order, &text, (&words, recipient))?;
    let is_another = by.is_another(ctx, &order.first_signer).await?;
    let is_signed = || is_signed_by(ctx, desk, &order, by, signature);
    if is_another && !(is_asked(ctx, desk, &order).await? && is_signed()) {
        return Err(AppError::Forbidden);
    }
    let (approval, disclosure) = rows(ctx, &order, by, signature);
    let (order, approval, disclosure) = (&order, &approval, &disclosure);
    ctx.write_in_turn(TURN, |tx| async move {
        let there = queries::find_voice(&tx, voice).await?.filter(is_there);
        let now = queries::find_order(&tx, id).await?.filter(|order| order.refused_on.is_none());
        if there.is_none() || now.is_none() {
            return Err(AppError::Forbidden);
        }
        // It went already, and its letter was lost on the way.
        if let Some(done) = queries::find_approval(&tx, id).await? {
            let is_one = [&done.first_signer, &done.second_signer].into_iter().any(|signer| signer == by.id());
            return if is_one { Ok(()) } else { Err(AppError::Forbidden) };
        }
        let last = now.and_then(|order| order.ordered_on.0.plus_days(ORDER_DAYS));
        if !is_another || last.is_none_or(|last| last < ctx.clock().today()) || suspended(&tx).await?.contains(id) {
            return Err(AppError::Forbidden);
        }
        queries::insert_approval(&tx, approval.clone()).await?;
        queries::insert_disclosure(&tx, disclosure.clone()).await?;
        audit::record(&tx, Some(by.organizer()), "voices.order_approved", id, order.basis.word()).await
    })
    .await?;
    Ok((PassedOn { words, language: text.language }, order.basis))
}

/// Whether the member who is said to have asked signed exactly that, for whom the root vouched on that day and who is there.
async fn is_asked(ctx: &Context, desk: &Desk, order: &disclosure_order::Model) -> Result<bool, AppError> {
    let members = queries::list_members(ctx.read()).await?;
    let asked = members.into_iter().find(|row| row.id == order.first_signer && row.left_on.is_none());
    let is_signed = || {
        let key = letters::person(asked?).signs(desk.site(), desk.root(), order.ordered_on.0)?;
        Some(to_sign(desk, order)?.is_signed(&key, &from_hex(&order.first_signature)?))
    };
    Ok(is_signed().unwrap_or_default())
}

/// Whether these are the words and the recipient of an order.
fn is_right(
    ctx: &Context,
    order: &disclosure_order::Model,
    text: &ShareText,
    (words, recipient): (&str, &str),
) -> Result<(), AppError> {
    let salt = at_rest::open(ctx, Kind::Signature, &order.voice_id, &order.recipient_salt);
    let salt = salt.and_then(|salt| salt.try_into().ok()).ok_or(AppError::Forbidden)?;
    let is_right = to_hex(&digest(words)) == text.words_hash
        && text.words_hash == order.words_hash
        && recipient_hash(&salt, recipient) == order.recipient_hash;
    if is_right { Ok(()) } else { Err(AppError::Forbidden) }
}

/// What stands in the tables once two have signed.
fn rows(
    ctx: &Context,
    order: &disclosure_order::Model,
    by: &Member,
    signature: &str,
) -> (approval::ActiveModel, disclosure::ActiveModel) {
    let today = ctx.clock().today();
    let approval = approval::ActiveModel {
        id: Set(order.id.clone()),
        voice_id: Set(order.voice_id.clone()),
        basis: Set(order.basis),
        reason_number: Set(order.reason_number),
        first_signer: Set(order.first_signer.clone()),
        first_signature: Set(order.first_signature.clone()),
        second_signer: Set(by.id().to_owned()),
        second_signature: Set(signature.to_owned()),
        approved_on: Set(today.into()),
    };
    let disclosure = disclosure::ActiveModel {
        id: Set(order.id.clone()),
        voice_id: Set(order.voice_id.clone()),
        share_text_id: Set(order.share_text_id.clone()),
        words_hash: Set(order.words_hash.clone()),
        basis: Set(match order.basis {
            Basis::CourtOrder => Right::CourtOrder,
            Basis::DangerToLife => Right::DangerToLife,
        }),
        grant_id: Set(None),
        approval_id: Set(Some(order.id.clone())),
        recipient_hash: Set(order.recipient_hash.clone()),
        disclosed_on: Set(today.into()),
    };
    (approval, disclosure)
}
