//! A desk to try out: its root, its key and its trustees follow from the installation's secret, so whoever runs the server
//! can read everything. Every page says that nobody must write real things. It opens on loopback alone.

mod sample;

pub use sample::publish as show_samples;

use super::{
    ceremony::{self, Holder, MemberKeys, Signed, TrusteeKey},
    entities::{voice_epoch_wrap, voice_member},
    from_hex,
    keys::{DEMONSTRATION, OPENED, days},
    queries, to_hex,
};
use crate::{
    error::AppError,
    ids::OrganizerId,
    server::{Context, error::internal},
};
use ::seal::{
    PublicKey, SecretKey,
    voice::{
        passphrase::{Member, Stretched},
        root::{Certificate, Subject},
        wrap,
    },
};
use ed25519_dalek::SigningKey;
use sea_orm::ActiveValue::Set;
use zeroize::Zeroizing;

/// For so many days a key is good.
const DAYS: i64 = 90;
/// Members that there are from the start, so that losing one passphrase loses nothing here either.
const MEMBERS: [&str; 2] = ["Blue", "Yellow"];
/// Trustees.
const TRUSTEES: [&str; 3] = ["Red", "Green", "White"];
/// How the organizers begin who are nobody.
pub const NOBODY: &str = "demonstration-";
/// What unlocks the members that are there from the start.
pub const PASSPHRASE: &str = "seven green umbrellas";

fn seed(ctx: &Context, what: &str) -> [u8; 32] {
    ctx.keys().keyed_hash("voice-demonstration", what.as_bytes())
}

/// The root of the demonstration.
#[must_use]
pub fn root(ctx: &Context) -> SigningKey {
    SigningKey::from_bytes(&seed(ctx, "root"))
}

/// Opens it, or renews its key when that is over. Doing it twice changes nothing.
///
/// # Errors
/// [`AppError::Forbidden`] on a site that others can reach, [`AppError::Conflict`] if a real desk is open.
pub async fn open(ctx: &Context) -> Result<(), AppError> {
    if !ctx.site().is_loopback() {
        return Err(AppError::Forbidden);
    }
    let opened = queries::setting(ctx.read(), OPENED).await?;
    if ctx.site().voices_root.is_some() || opened.as_deref().is_some_and(|opened| opened != DEMONSTRATION) {
        return Err(AppError::Conflict);
    }
    let today = ctx.clock().today();
    ctx.write(|tx| async move { ceremony::set_opened(&tx, DEMONSTRATION).await }).await?;
    if queries::epoch_of_day(ctx.read(), today.into()).await?.is_some() {
        return Ok(());
    }
    let there = queries::list_members(ctx.read()).await?;
    for called in MEMBERS {
        if !there.iter().any(|member| member.called == called) {
            join(ctx, called).await?;
        }
    }
    let trustees = TRUSTEES.map(|called| TrusteeKey {
        id: to_hex(&seed(ctx, called)[..16]),
        called: called.to_owned(),
        seal_key: to_hex(SecretKey::derive(&seed(ctx, called)).public().as_bytes()),
    });
    let requests = ceremony::requests(ctx, trustees.to_vec()).await?;
    let until = today.plus_days(DAYS).unwrap_or(today);
    let mut first = Some(seed(ctx, &format!("key {}", requests.number)));
    // The first randomness that is asked for becomes the key.
    let random = || first.take().or_else(|| super::random().ok());
    let signed = ceremony::sign(&root(ctx), &requests, today, until, random);
    let signed = signed.map_err(|_| internal("the demonstration's keys cannot be made"))?;
    ceremony::install(ctx, &signed).await?;
    drill(ctx, &signed).await?;
    ceremony::activate(ctx, signed.number).await
}

/// Signs for who asks to read at the demonstration, and gives them its keys. On a real desk nothing happens here.
///
/// # Errors
/// [`AppError::NotFound`] if nobody asked by this id.
pub async fn admit(ctx: &Context, member: &str) -> Result<(), AppError> {
    let opened = queries::setting(ctx.read(), OPENED).await?;
    let is_real = ctx.site().voices_root.is_some() || !ctx.site().is_loopback();
    if is_real || opened.as_deref() != Some(DEMONSTRATION) {
        return Ok(());
    }
    let (site, root, today) = (super::keys::site(ctx).await?, root(ctx), ctx.clock().today());
    let members = queries::list_members(ctx.read()).await?;
    let row = members.into_iter().find(|row| row.id == member).ok_or(AppError::NotFound)?;
    let until = today.plus_days(DAYS).unwrap_or(today);
    let vouch = |subject, key: &str| {
        let certificate = Certificate {
            site: &site,
            subject,
            key: from_hex(key)?,
            from_day: days(row.joined_on.0)?,
            until_day: days(until)?,
        };
        Some(to_hex(&certificate.sign(&root)))
    };
    let signs = vouch(Subject::Member(&row.id, &row.called), &row.sign_key).ok_or(AppError::Malformed)?;
    let opens = vouch(Subject::MemberSeal(&row.id), &row.seal_key).ok_or(AppError::Malformed)?;
    let to = PublicKey::from_bytes(from_hex(&row.seal_key).ok_or(AppError::Malformed)?);
    let mut wraps = Vec::new();
    for epoch in queries::list_epochs(ctx.read()).await? {
        let Ok(number) = u32::try_from(epoch.number) else { continue };
        let key = Zeroizing::new(seed(ctx, &format!("key {number}")));
        if to_hex(SecretKey::derive(&key).public().as_bytes()) != epoch.public_key {
            continue;
        }
        let holder = wrap::Holder::Member(&row.id);
        let wrapped = wrap::wrap(&site, &ceremony::epoch_name(number), &holder, &to, &key, super::random()?);
        let wrapped = super::to_text(&wrapped.ok_or(AppError::Malformed)?);
        let (epoch, member_id) = (epoch.number, row.id.clone());
        wraps.push(voice_epoch_wrap::Model { epoch, member_id, wrapped, opened_on: None });
    }
    let admitted = voice_member::ActiveModel {
        id: Set(row.id.clone()),
        sign_certificate: Set(signs),
        seal_certificate: Set(opens),
        until_day: Set(until.into()),
        ..Default::default()
    };
    let (admitted, wraps) = (&admitted, &wraps);
    ctx.write(|tx| async move {
        queries::update_member(&tx, admitted.clone()).await?;
        for wrap in wraps {
            queries::insert_epoch_wrap(&tx, wrap.clone().into()).await?;
        }
        Ok(())
    })
    .await
}

/// Everybody opens theirs once.
async fn drill(ctx: &Context, signed: &Signed) -> Result<(), AppError> {
    let key = SecretKey::derive(&seed(ctx, &format!("key {}", signed.number)));
    let members = signed.members.iter().map(|member| Holder::Member(&member.id));
    let pairs = signed.recoveries.iter().map(|pair| Holder::Trustees(&pair.first, &pair.second));
    for holder in members.chain(pairs) {
        let challenge = ceremony::challenge(ctx, signed.number, &holder).await?;
        let answered = ceremony::proof(&key, &holder, &challenge).ok_or_else(|| internal("a drill failed"))?;
        ceremony::answer(ctx, signed.number, &holder, &answered).await?;
    }
    Ok(())
}

/// A member that is there from the start.
async fn join(ctx: &Context, called: &str) -> Result<(), AppError> {
    let id = to_hex(&seed(ctx, called)[..16]);
    let own = seed(ctx, &format!("member {called}"));
    let member = Member::of(own);
    let mut salt = [0; 16];
    salt.copy_from_slice(&seed(ctx, &format!("salt {called}"))[..16]);
    let stretched = Stretched::of(PASSPHRASE, &salt, ::seal::voice::receipt::COST);
    let stretched = stretched.ok_or_else(|| internal("a passphrase cannot be stretched"))?;
    let site = super::keys::site(ctx).await?;
    let own = Zeroizing::new(own);
    let locked = stretched.lock(&site, &id, &own, super::random()?).ok_or_else(|| internal("a member has no key"))?;
    let keys = MemberKeys {
        id: id.clone(),
        called: called.to_owned(),
        sign_key: to_hex(member.signing().verifying_key().as_bytes()),
        seal_key: to_hex(member.kem().public().as_bytes()),
        since: String::from(ctx.clock().today()),
    };
    let nobody = OrganizerId([NOBODY, called].concat());
    ceremony::enrol(ctx, &nobody, &id, &keys, &to_hex(&salt), &super::to_text(&locked)).await
}
