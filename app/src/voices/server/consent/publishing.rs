//! Words that everybody may read on this site: the worker agreed to them, and another member than the one who drafted them
//! has looked. They are the only words of a voice that stand in clear, and they go when the worker takes the yes back.

use super::{Authorized, PassedOn, ShareText, TURN, pass_on};
use crate::{
    error::AppError,
    server::{Context, audit},
    voices::{
        server::{entities::published_voice, members::Member, queries},
        sharing::{EVERYBODY, RecipientKind, quarter_of},
    },
};
use ::seal::voice::consent::digest;
use sea_orm::ActiveValue::Set;

/// What is to be published, as the worker agreed to it.
#[derive(Clone, Debug)]
pub struct Published {
    /// The exact words.
    pub words: String,
    /// Their translation with its language, if the worker was shown one.
    pub shown: Option<(String, String)>,
    /// Under which id that is written down; 32 hexadecimal digits.
    pub id: String,
}

/// Writes down that the words go to everybody, and puts them on the site. Done once more, they are there once.
///
/// # Errors
/// [`AppError::Forbidden`] for a yes to another recipient, for who drafted the words, for other words or another
/// translation, and if the yes was taken back; those of [`pass_on`].
pub async fn publish(
    ctx: &Context,
    authorized: Authorized<ShareText>,
    by: &Member,
    what: Published,
) -> Result<(), AppError> {
    let Published { words, shown, id } = what;
    let text = shown.as_ref().map(|(_, text)| text.as_str());
    if authorized.kind() != RecipientKind::Public || !authorized.is_seen_by_two(by.id(), text) {
        return Err(AppError::Forbidden);
    }
    let grant = authorized.grant.id.clone();
    let PassedOn { words, language } = pass_on(ctx, authorized, words, EVERYBODY, (by.organizer(), Some(&id))).await?;
    let (shown_language, shown) = shown.unzip();
    let row = published_voice::ActiveModel {
        id: Set(id.clone()),
        words_hash: Set(super::to_hex(&digest(&words))),
        language: Set(language),
        words: Set(words),
        shown_language: Set(shown_language),
        shown: Set(shown),
        quarter: Set(quarter_of(ctx.clock().today())),
        outcome: Set(None),
    };
    let (row, id, grant) = (&row, &id, &grant);
    ctx.write_in_turn(TURN, |tx| async move {
        if queries::find_revocation(&tx, grant).await?.is_some() {
            return Err(AppError::Forbidden);
        }
        if queries::insert_published(&tx, row.clone()).await? {
            audit::record(&tx, Some(by.organizer()), "voices.published", id, "").await?;
        }
        Ok(())
    })
    .await
}
