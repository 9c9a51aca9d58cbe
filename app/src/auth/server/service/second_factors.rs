//! Adding a second factor, making recovery codes anew, taking it away again.

use super::{
    gate::CodeGate,
    offers::Offer,
    present::{Present, check_present, session_device},
    sessions::{self, account_key},
};
use crate::{
    auth::{
        Organizer,
        second_factor::{RecoveryCode, Secret, Typed},
        server::{
            at_rest::{self, Kind},
            entities::{organizer, second_factor},
            queries,
            throttle::Wait,
        },
        types::{EmailAddress, Passphrase},
    },
    error::AppError,
    ids::OrganizerId,
    server::{Context, audit, db::Transaction, error::internal},
};

/// How many recovery codes somebody has left; none if they have no second factor.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn find_codes_left(ctx: &Context, organizer: &Organizer) -> Result<Option<u64>, AppError> {
    match queries::find_factor(ctx.read(), organizer.id()).await? {
        Some(_) => Ok(Some(queries::count_recovery_codes(ctx.read(), organizer.id()).await?)),
        None => Ok(None),
    }
}

/// What came of an act that asks for passphrase and code.
#[derive(Debug, PartialEq, Eq)]
pub enum Proof<T> {
    /// It is done.
    Done(T),
    /// The passphrase is wrong.
    WrongPassphrase,
    /// The code is wrong, or was used.
    WrongCode,
    /// Seconds until another try is welcome.
    Wait(u32),
}

/// Turns the second factor on and gives the recovery codes, this once. From then on this session counts as one with it:
/// it was just shown.
///
/// # Errors
/// [`AppError::Conflict`] if there is one already.
pub async fn add(
    ctx: &Context,
    organizer: &Organizer,
    offer: &Offer,
    present: &Passphrase,
    typed: u32,
) -> Result<Proof<Vec<RecoveryCode>>, AppError> {
    // A passphrase, too: else who finds an open laptop could lock its owner out, and would have a second factor.
    let row = match check_present(ctx, organizer, present).await? {
        Present::Right(row) => row,
        Present::Wrong => return Ok(Proof::WrongPassphrase),
        Present::Wait(seconds) => return Ok(Proof::Wait(seconds)),
    };
    let Some(step) = offer.secret.find_step(typed, ctx.clock().now_ms(), None) else { return Ok(Proof::WrongCode) };
    let codes = RecoveryCode::draw().ok_or_else(|| internal("recovery codes"))?;
    let id = organizer.id();
    let hashes: Vec<_> = codes.iter().map(|code| recovery_hash(ctx, id, code)).collect();
    let sealed = at_rest::seal(ctx, Kind::Factor, id.as_str(), offer.secret.reveal())?;
    let (row, hashes, sealed) = (&row, hashes.as_slice(), sealed.as_str());
    let added = ctx
        .write(|tx| async move {
            if !sessions::is_unchanged(&tx, row).await? {
                return Ok(false);
            }
            let new = second_factor::Model {
                organizer_id: id.clone(),
                sealed: sealed.to_owned(),
                last_step: step,
                added_at: tx.now_ms(),
            };
            if !queries::insert_factor(&tx, new).await? {
                return Err(AppError::Conflict);
            }
            queries::replace_recovery_codes(&tx, id, hashes).await?;
            queries::prove_session(&tx, organizer.session(), tx.now_ms()).await?;
            audit::record(&tx, Some(id), "second_factor.added", id.as_str(), "").await?;
            Ok(true)
        })
        .await?;
    Ok(if added { Proof::Done(codes) } else { Proof::WrongPassphrase })
}

/// Makes new recovery codes in the place of the earlier ones and gives them, this once.
///
/// # Errors
/// [`AppError::NotFound`] if there is no second factor.
pub async fn renew_codes(
    ctx: &Context,
    organizer: &Organizer,
    present: &Passphrase,
    typed: &Typed,
) -> Result<Proof<Vec<RecoveryCode>>, AppError> {
    let codes = RecoveryCode::draw().ok_or_else(|| internal("recovery codes"))?;
    let id = organizer.id();
    let hashes: Vec<_> = codes.iter().map(|code| recovery_hash(ctx, id, code)).collect();
    let proof = prove(ctx, organizer, present, typed, Act::Renew(&hashes)).await?;
    Ok(match proof {
        Proof::Done(()) => Proof::Done(codes),
        Proof::WrongPassphrase => Proof::WrongPassphrase,
        Proof::WrongCode => Proof::WrongCode,
        Proof::Wait(seconds) => Proof::Wait(seconds),
    })
}

/// Turns the second factor off. No session counts as one with it any more.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn remove(
    ctx: &Context,
    organizer: &Organizer,
    present: &Passphrase,
    typed: &Typed,
) -> Result<Proof<()>, AppError> {
    prove(ctx, organizer, present, typed, Act::Remove).await
}

/// What is done once passphrase and code are right.
#[derive(Clone, Copy)]
enum Act<'a> {
    /// Recovery codes with these hashes.
    Renew(&'a [String]),
    /// Away with it.
    Remove,
}

async fn prove(
    ctx: &Context,
    organizer: &Organizer,
    present: &Passphrase,
    typed: &Typed,
    act: Act<'_>,
) -> Result<Proof<()>, AppError> {
    let row = match check_present(ctx, organizer, present).await? {
        Present::Right(row) => row,
        Present::Wrong => return Ok(Proof::WrongPassphrase),
        Present::Wait(seconds) => return Ok(Proof::Wait(seconds)),
    };
    let (gate, account) = (ctx.part::<CodeGate>(), account_key(ctx, organizer.email()));
    let device = session_device(ctx, organizer);
    if let Err(Wait(seconds)) = gate.admit(ctx, account, Some(device)) {
        return Ok(Proof::Wait(seconds));
    }
    let (id, row) = (organizer.id(), &row);
    let done = ctx
        .write(|tx| async move {
            let factor = queries::find_factor(&tx, id).await?.ok_or(AppError::NotFound)?;
            if !sessions::is_unchanged(&tx, row).await? || !use_code(ctx, &tx, &factor, typed).await? {
                return Ok(false);
            }
            let action = match act {
                Act::Renew(hashes) => {
                    queries::replace_recovery_codes(&tx, id, hashes).await?;
                    "second_factor.codes_made"
                }
                Act::Remove => {
                    queries::delete_factor(&tx, id).await?;
                    queries::unprove_sessions_of(&tx, id).await?;
                    "second_factor.removed"
                }
            };
            audit::record(&tx, Some(id), action, id.as_str(), "").await?;
            Ok(true)
        })
        .await?;
    if !done {
        return Ok(Proof::WrongCode);
    }
    gate.succeeded(account, Some(device));
    Ok(Proof::Done(()))
}

/// Takes a colleague's second factor away, who lost phone and recovery codes, and ends their sessions: the phone may hold
/// one. They sign in with the passphrase alone.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, [`AppError::Conflict`] for oneself (that takes a code), [`AppError::NotFound`]
/// if there is nobody of that id or they have none.
pub async fn take_away(ctx: &Context, organizer: &Organizer, id: &OrganizerId) -> Result<(), AppError> {
    organizer.require_coordinator()?;
    if organizer.id() == id {
        return Err(AppError::Conflict);
    }
    ctx.write(|tx| async move {
        // Disabled meanwhile, perhaps by the very colleague.
        let actor = queries::find_organizer(&tx, organizer.id()).await?;
        if actor.is_none_or(|actor| actor.disabled_at.is_some()) {
            return Err(AppError::SignInRequired);
        }
        take(&tx, Some(organizer.id()), id).await
    })
    .await
}

/// The same from the command line, where no coordinator is left who could sign in.
///
/// # Errors
/// [`AppError::NotFound`] if there is nobody of that address or they have none.
pub async fn take_away_by_email(ctx: &Context, email: &str) -> Result<(), AppError> {
    let email = EmailAddress::parse(email).ok_or(AppError::NotFound)?;
    let email = email.as_str();
    ctx.write(|tx| async move {
        let organizer::Model { id, .. } =
            queries::find_organizer_by_email(&tx, email).await?.ok_or(AppError::NotFound)?;
        take(&tx, None, &id).await
    })
    .await
}

async fn take(tx: &Transaction, by: Option<&OrganizerId>, id: &OrganizerId) -> Result<(), AppError> {
    if !queries::delete_factor(tx, id).await? {
        return Err(AppError::NotFound);
    }
    queries::delete_sessions_of(tx, id, None).await?;
    audit::record(tx, by, "second_factor.taken", id.as_str(), "").await
}

/// Uses a code up, in the caller's transaction; `false` if it is none of theirs or was used.
pub(super) async fn use_code(
    ctx: &Context,
    tx: &Transaction,
    factor: &second_factor::Model,
    typed: &Typed,
) -> Result<bool, AppError> {
    let id = &factor.organizer_id;
    match typed {
        Typed::Digits(digits) => {
            let secret = at_rest::open(ctx, Kind::Factor, id.as_str(), &factor.sealed);
            let Some(secret) = secret.and_then(|bytes| Secret::of(&bytes)) else {
                tracing::error!("a second factor was sealed under another secret of the installation: take it away");
                return Ok(false);
            };
            match secret.find_step(*digits, tx.now_ms(), Some(factor.last_step)) {
                Some(step) => Ok(queries::use_step(tx, id, step).await?),
                None => Ok(false),
            }
        }
        Typed::Recovery(code) => {
            let is_theirs = queries::use_recovery_code(tx, id, &recovery_hash(ctx, id, code)).await?;
            if is_theirs {
                audit::record(tx, Some(id), "second_factor.code_used", id.as_str(), "").await?;
            }
            Ok(is_theirs)
        }
    }
}

/// What is stored of a recovery code.
fn recovery_hash(ctx: &Context, organizer: &OrganizerId, code: &RecoveryCode) -> String {
    let value = [organizer.as_str(), " ", code.reveal()].concat();
    data_encoding::BASE64URL_NOPAD.encode(&ctx.keys().keyed_hash("recovery-code", value.as_bytes()))
}
