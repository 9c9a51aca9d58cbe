//! What happens on the server: who wants to read, what goes to the root, and what came back from it.

use super::{MemberKeys, Requests, Signed, TrusteeKey, Wrap, Wraps};
use crate::{
    error::AppError,
    ids::OrganizerId,
    server::{Context, audit},
    voices::server::{
        demonstration,
        entities::{voice_epoch, voice_epoch_wrap, voice_member, voice_recovery, voice_trustee},
        from_hex, from_text,
        keys::{days, root, site},
        letters, queries, random,
        store::WRAP_BYTES,
        to_hex,
    },
};
use ::seal::{
    OVERHEAD, STEP,
    voice::root::{Certificate, Subject},
};
use ed25519_dalek::VerifyingKey;
use form::Day;
use sea_orm::ActiveValue::Set;

/// Bytes of a key that is sealed twice.
const NESTED_BYTES: usize = OVERHEAD + 2 * STEP;

/// Somebody wants to read at the desk: their public keys, and their secret ones as their passphrase locked them. They
/// read nothing until the root has signed. Gives their id.
///
/// # Errors
/// [`AppError::Malformed`] for what are no keys, [`AppError::Conflict`] if they are a member already.
pub async fn enrol(
    ctx: &Context,
    organizer: &OrganizerId,
    id: &str,
    keys: &MemberKeys,
    salt: &str,
    locked: &str,
) -> Result<(), AppError> {
    let are_keys = from_hex::<32>(&keys.sign_key).is_some() && from_hex::<32>(&keys.seal_key).is_some();
    let is_locked = from_text(locked).is_some_and(|bytes| bytes.len() == WRAP_BYTES);
    let is_called = !keys.called.trim().is_empty() && keys.called.chars().count() <= 40;
    if !are_keys || !is_locked || !is_called || from_hex::<16>(salt).is_none() || from_hex::<16>(id).is_none() {
        return Err(AppError::Malformed);
    }
    let today = ctx.clock().today();
    let row = voice_member::Model {
        id: id.to_owned(),
        organizer_id: organizer.clone(),
        called: keys.called.trim().to_owned(),
        sign_key: keys.sign_key.clone(),
        sign_certificate: String::new(),
        seal_key: keys.seal_key.clone(),
        seal_certificate: String::new(),
        salt: salt.to_owned(),
        locked: locked.to_owned(),
        joined_on: today.into(),
        until_day: today.into(),
        left_on: None,
    };
    let row = &row;
    ctx.write(|tx| async move {
        let there = queries::list_members(&tx).await?;
        let is_there = there.iter().any(|member| {
            member.organizer_id == row.organizer_id && member.left_on.is_none() && !member.sign_certificate.is_empty()
        });
        if is_there {
            return Err(AppError::Conflict);
        }
        // Who asked before and was not signed for yet, asks anew.
        for before in
            there.iter().filter(|member| member.organizer_id == row.organizer_id && member.sign_certificate.is_empty())
        {
            queries::delete_member(&tx, &before.id).await?;
        }
        queries::insert_member(&tx, row.clone().into()).await?;
        audit::record(&tx, Some(organizer), "voices.enrolled", &row.id, "").await
    })
    .await
}

/// Whether somebody may be given keys: who has not left, and on a real desk nobody of a demonstration, whose passphrase
/// everybody knows.
fn may_read(ctx: &Context, member: &voice_member::Model) -> bool {
    let is_real = ctx.site().voices_root.is_some();
    member.left_on.is_none() && !(is_real && member.organizer_id.as_str().starts_with(demonstration::NOBODY))
}

/// What the root is to sign: everybody who is to read, and the trustees.
///
/// # Errors
/// When the database fails.
pub async fn requests(ctx: &Context, trustees: Vec<TrusteeKey>) -> Result<Requests, AppError> {
    let members = queries::list_members(ctx.read()).await?.into_iter().filter(|member| may_read(ctx, member));
    let members = members.map(|member| MemberKeys {
        id: member.id,
        called: member.called,
        sign_key: member.sign_key,
        seal_key: member.seal_key,
        since: member.joined_on.to_string(),
    });
    let last = queries::last_epoch(ctx.read()).await?.map_or(0, |epoch| epoch.number);
    let number = u32::try_from(last + 1).map_err(|_| AppError::Malformed)?;
    Ok(Requests { site: site(ctx).await?, number, members: members.collect(), trustees })
}

/// Stores what the root made, if it vouches for every part of it. The key is not sealed to yet.
///
/// # Errors
/// [`AppError::Forbidden`] if the root of this installation did not sign exactly this for exactly these members,
/// [`AppError::Malformed`] for what has not the form, [`AppError::Conflict`] if there is a key of that number.
pub async fn install(ctx: &Context, signed: &Signed) -> Result<(), AppError> {
    let root = root(ctx).await?.ok_or(AppError::Forbidden)?;
    let site = site(ctx).await?;
    if signed.site != site || from_hex(&signed.root) != Some(root.to_bytes()) {
        return Err(AppError::Forbidden);
    }
    let day = |text: &str| Day::parse(text).ok_or(AppError::Malformed);
    let (from_day, until_day) = (day(&signed.from_day)?, day(&signed.until_day)?);
    let rows = Rows::of(signed, &Vouching { root, site: &site, from_day, until_day }, ctx).await?;
    let rows = &rows;
    ctx.write(|tx| async move {
        if !queries::insert_epoch(&tx, rows.epoch.clone().into()).await? {
            return Err(AppError::Conflict);
        }
        let there = queries::list_members(&tx).await?;
        for member in &rows.members {
            // Somebody may have left since this was looked at.
            if !there.iter().any(|row| Set(row.id.clone()) == member.id && row.left_on.is_none()) {
                return Err(AppError::Forbidden);
            }
            queries::update_member(&tx, member.clone()).await?;
        }
        for trustee in &rows.trustees {
            queries::put_trustee(&tx, trustee.clone().into()).await?;
        }
        for wrap in &rows.wraps {
            queries::insert_epoch_wrap(&tx, wrap.clone().into()).await?;
        }
        for recovery in &rows.recoveries {
            queries::insert_recovery(&tx, recovery.clone().into()).await?;
        }
        audit::record(&tx, None, "voices.installed", &rows.epoch.number.to_string(), "").await
    })
    .await
}

/// A member who gives a key to another one.
#[derive(Clone, Copy, Debug)]
pub struct Giver<'g> {
    /// Who signed in.
    pub organizer: &'g OrganizerId,
    /// Which member they are.
    pub member: &'g str,
}

/// Stores what two trustees sealed once more, or a member for another one. The root vouched for these members before.
///
/// # Errors
/// [`AppError::Forbidden`] for a member that the root does not vouch for, or who has left, and if a giver has not opened
/// the key; [`AppError::Conflict`] if a giver seals for who has it; [`AppError::Malformed`] for what has not the form.
pub async fn install_wraps(ctx: &Context, giver: Option<Giver<'_>>, wraps: &Wraps) -> Result<(), AppError> {
    let root = root(ctx).await?.ok_or(AppError::Forbidden)?;
    let (site, today) = (site(ctx).await?, ctx.clock().today());
    let (root, site) = (&root, site.as_str());
    for wrap in &wraps.wraps {
        is_sealed(&wrap.wrapped, WRAP_BYTES)?;
    }
    let number = i64::from(wraps.number);
    ctx.write(|tx| async move {
        queries::find_epoch(&tx, number).await?.ok_or(AppError::NotFound)?;
        let members = queries::list_members(&tx).await?;
        let there = queries::list_epoch_wraps(&tx, number).await?;
        let has_opened = |id: &str| there.iter().any(|wrap| wrap.member_id == id && wrap.opened_on.is_some());
        if giver.is_some_and(|giver| !has_opened(giver.member)) {
            return Err(AppError::Forbidden);
        }
        for Wrap { member, wrapped } in &wraps.wraps {
            let row = members.iter().find(|row| row.id == *member && may_read(ctx, row));
            let person = row.map(|row| letters::person(row.clone())).ok_or(AppError::Forbidden)?;
            person.opens(site, root, today).ok_or(AppError::Forbidden)?;
            if giver.is_some() && there.iter().any(|wrap| wrap.member_id == *member) {
                return Err(AppError::Conflict);
            }
            // Who can open theirs keeps it: nobody knows whether the new one opens.
            if has_opened(member) {
                continue;
            }
            queries::delete_epoch_wrap(&tx, number, member).await?;
            let (member_id, wrapped) = (member.clone(), wrapped.clone());
            let row = voice_epoch_wrap::Model { epoch: number, member_id, wrapped, opened_on: None };
            queries::insert_epoch_wrap(&tx, row.into()).await?;
        }
        let (actor, act) = match giver {
            Some(giver) => (Some(giver.organizer), "voices.given"),
            None => (None, "voices.restored"),
        };
        audit::record(&tx, actor, act, &number.to_string(), "").await
    })
    .await
}

/// Against what everything is held.
struct Vouching<'v> {
    root: VerifyingKey,
    site: &'v str,
    from_day: Day,
    until_day: Day,
}

impl Vouching<'_> {
    /// Lets what the root signed pass.
    fn hold(&self, subject: Subject<'_>, key: &str, signature: &str) -> Result<(), AppError> {
        self.hold_since(subject, key, signature, self.from_day)
    }

    fn hold_since(&self, subject: Subject<'_>, key: &str, signature: &str, since: Day) -> Result<(), AppError> {
        let certificate = || {
            Some(Certificate {
                site: self.site,
                subject,
                key: from_hex(key)?,
                from_day: days(since)?,
                until_day: days(self.until_day)?,
            })
        };
        let certificate = certificate().ok_or(AppError::Malformed)?;
        let signature = from_hex(signature).ok_or(AppError::Malformed)?;
        let holds = certificate.holds(&self.root, &signature, certificate.from_day);
        if holds { Ok(()) } else { Err(AppError::Forbidden) }
    }
}

/// What is stored of a file that holds.
struct Rows {
    epoch: voice_epoch::Model,
    members: Vec<voice_member::ActiveModel>,
    trustees: Vec<voice_trustee::Model>,
    wraps: Vec<voice_epoch_wrap::Model>,
    recoveries: Vec<voice_recovery::Model>,
}

impl Rows {
    async fn of(signed: &Signed, vouching: &Vouching<'_>, ctx: &Context) -> Result<Self, AppError> {
        vouching.hold(Subject::Epoch(signed.number), &signed.public_key, &signed.certificate)?;
        let number = i64::from(signed.number);
        let epoch = voice_epoch::Model {
            number,
            public_key: signed.public_key.clone(),
            certificate: signed.certificate.clone(),
            from_day: vouching.from_day.into(),
            until_day: vouching.until_day.into(),
            activated_on: None,
        };
        let there = queries::list_members(ctx.read()).await?;
        let (mut members, mut wraps) = (Vec::new(), Vec::new());
        for member in &signed.members {
            // The keys that the root saw must be those that stand here.
            let row = there.iter().find(|row| row.id == member.id && may_read(ctx, row)).ok_or(AppError::Forbidden)?;
            let since = row.joined_on.0;
            let (signs, seals) = (Subject::Member(&member.id, &row.called), Subject::MemberSeal(&member.id));
            vouching.hold_since(signs, &row.sign_key, &member.sign_certificate, since)?;
            vouching.hold_since(seals, &row.seal_key, &member.seal_certificate, since)?;
            is_sealed(&member.wrapped, WRAP_BYTES)?;
            members.push(voice_member::ActiveModel {
                id: Set(member.id.clone()),
                sign_certificate: Set(member.sign_certificate.clone()),
                seal_certificate: Set(member.seal_certificate.clone()),
                until_day: Set(vouching.until_day.into()),
                ..Default::default()
            });
            let (member_id, wrapped) = (member.id.clone(), member.wrapped.clone());
            wraps.push(voice_epoch_wrap::Model { epoch: number, member_id, wrapped, opened_on: None });
        }
        let mut trustees = Vec::new();
        for trustee in &signed.trustees {
            vouching.hold(Subject::Trustee(&trustee.key.id), &trustee.key.seal_key, &trustee.certificate)?;
            trustees.push(voice_trustee::Model {
                id: trustee.key.id.clone(),
                called: trustee.key.called.clone(),
                seal_key: trustee.key.seal_key.clone(),
                certificate: trustee.certificate.clone(),
                from_day: vouching.from_day.into(),
                until_day: vouching.until_day.into(),
            });
        }
        let mut recoveries = Vec::new();
        for recovery in &signed.recoveries {
            is_sealed(&recovery.nested, NESTED_BYTES)?;
            recoveries.push(voice_recovery::Model {
                epoch: number,
                first_id: recovery.first.clone(),
                second_id: recovery.second.clone(),
                nested: recovery.nested.clone(),
                opened_on: None,
            });
        }
        Ok(Self { epoch, members, trustees, wraps, recoveries })
    }
}

fn is_sealed(text: &str, bytes: usize) -> Result<(), AppError> {
    let is_it = from_text(text).is_some_and(|sealed| sealed.len() == bytes);
    if is_it { Ok(()) } else { Err(AppError::Malformed) }
}

/// A new id for a member or a trustee.
///
/// # Errors
/// When the machine has no randomness.
pub fn new_id() -> Result<String, AppError> {
    Ok(to_hex(&random::<16>()?))
}
