//! What a demonstration shows to everybody, so that the page can be seen before anybody wrote: two invented voices, each
//! with a yes that is signed as every other, by a key that nobody has any more.

use super::super::{
    at_rest::{self, Kind},
    attempt::case_of,
    consent::recipient_hash,
    entities::{disclosure, published_voice, share_grant, share_text},
    keys::{days, site},
    queries, random, to_hex,
};
use crate::{
    error::AppError,
    i18n::*,
    ids::VoiceId,
    server::{Context, error::internal},
    ui::{
        Reader,
        reader::{LOCALES, tag},
    },
    voices::sharing::{COOLING_OFF_DAYS, EVERYBODY, RecipientKind, Scope, quarter_of},
};
use ::seal::voice::{
    consent::{Grant, digest},
    envelope::Path,
};
use ed25519_dalek::SigningKey;
use sea_orm::ActiveModelTrait as _;
use std::collections::BTreeMap;

/// An invented voice: its words and what was done about it, in a language; and in which one its worker reads.
struct Invented {
    words: fn(Locale) -> &'static str,
    done: fn(Locale) -> &'static str,
    reads: Locale,
}

const INVENTED: [Invented; 2] = [
    Invented {
        words: |locale| td_string!(locale, voices.sample_1),
        done: |locale| td_string!(locale, voices.sample_1_done),
        reads: Locale::vi,
    },
    Invented {
        words: |locale| td_string!(locale, voices.sample_2),
        done: |locale| td_string!(locale, voices.sample_2_done),
        reads: Locale::zh_Hans,
    },
];

/// Puts them on the site of a demonstration, once: where anything is published nothing is added.
///
/// # Errors
/// When the database fails; [`AppError::Forbidden`] where there is no demonstration.
pub async fn publish(ctx: &Context) -> Result<(), AppError> {
    if !super::super::keys::is_demonstration(ctx).await? {
        return Err(AppError::Forbidden);
    }
    if !queries::published_quarters(ctx.read()).await?.is_empty() {
        return Ok(());
    }
    for invented in INVENTED {
        put(ctx, &invented).await?;
    }
    Ok(())
}

async fn put(ctx: &Context, invented: &Invented) -> Result<(), AppError> {
    let said = |locale| Reader::new(locale).plain((invented.words)(locale));
    let (words, shown) = (said(Locale::ja), said(invented.reads));
    let (words_hash, shown_hash) = (digest(&words), digest(&shown));
    let voice_id = VoiceId(to_hex(&random::<16>()?));
    let today = ctx.clock().today();
    let granted_on = today.plus_days(-COOLING_OFF_DAYS).unwrap_or(today);
    let [id, grant_id, text_id] = [random::<16>()?, random::<16>()?, random::<16>()?].map(|bytes| to_hex(&bytes));
    let salt: [u8; 16] = random()?;
    let recipient = recipient_hash(&salt, EVERYBODY);
    let (worker, language) = (SigningKey::from_bytes(&random()?), tag(invented.reads).to_owned());
    let own_site = site(ctx).await?;
    let broken = || internal("an invented voice is broken");
    let signed = Grant {
        site: &own_site,
        id: &grant_id,
        case: case_of(&voice_id).ok_or_else(broken)?,
        words: words_hash,
        recipient_kind: RecipientKind::Public.word(),
        recipient: &recipient,
        scope: Scope::Once.word(),
        from_day: days(today).ok_or_else(broken)?,
        until_day: days(today).ok_or_else(broken)?,
        language: &language,
        path: Path::Server,
        shown: Some(shown_hash),
    };
    let signature = signed.sign(&worker);
    let sealed = |bytes: &[u8]| at_rest::seal(ctx, Kind::Signature, &voice_id, bytes);
    let text = share_text::Model {
        id: text_id.clone(),
        voice_id: voice_id.clone(),
        words_hash: to_hex(&words_hash),
        words_number: 2,
        shown_number: 3,
        language: tag(Locale::ja).to_owned(),
        drafted_on: granted_on.into(),
        shown_hash: Some(to_hex(&shown_hash)),
        drafted_by: None,
    };
    let grant = share_grant::Model {
        id: grant_id.clone(),
        voice_id: voice_id.clone(),
        share_text_id: text_id.clone(),
        words_hash: to_hex(&words_hash),
        recipient_kind: RecipientKind::Public,
        recipient_hash: recipient.clone(),
        recipient_salt: sealed(&salt)?,
        scope: Scope::Once,
        from_day: today.into(),
        until_day: today.into(),
        language: language.clone(),
        path: share_grant::Path::Server,
        worker: sealed(worker.verifying_key().as_bytes())?,
        signature: sealed(&signature)?,
        granted_on: granted_on.into(),
    };
    let went = disclosure::Model {
        id: id.clone(),
        voice_id: voice_id.clone(),
        share_text_id: text_id,
        words_hash: to_hex(&words_hash),
        basis: disclosure::Basis::Grant,
        grant_id: Some(grant_id),
        approval_id: None,
        recipient_hash: recipient,
        disclosed_on: today.into(),
    };
    let done = LOCALES.map(|locale| (tag(locale), (invented.done)(locale)));
    let published = published_voice::Model {
        id,
        words_hash: to_hex(&words_hash),
        language: tag(Locale::ja).to_owned(),
        words,
        shown_language: Some(language),
        shown: Some(shown),
        quarter: quarter_of(today),
        outcome: Some(serde_json::to_string(&BTreeMap::from(done)).map_err(|_| broken())?),
    };
    let (text, grant) = (share_text::ActiveModel::from(text).reset_all(), share_grant::ActiveModel::from(grant));
    let (went, published) = (disclosure::ActiveModel::from(went), published_voice::ActiveModel::from(published));
    let (text, grant, went, published) = (&text, &grant.reset_all(), &went.reset_all(), &published.reset_all());
    ctx.write(|tx| async move {
        queries::insert_share_text(&tx, text.clone()).await?;
        queries::insert_grant(&tx, grant.clone()).await?;
        queries::insert_disclosure(&tx, went.clone()).await?;
        queries::insert_published(&tx, published.clone()).await?;
        Ok(())
    })
    .await
}
