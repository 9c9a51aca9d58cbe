//! Words that everybody may read on this site: the worker agreed to them, and another member than the one who drafted them
//! has looked. They are the only words of a voice that stand in clear, and they go when the worker takes the yes back.

use super::{Authorized, ShareText, pass_on_with};
use crate::{
    error::AppError,
    server::{Context, audit, db::Transaction},
    voices::{
        server::{entities::published_voice, members::Member, queries},
        sharing::{EVERYBODY, RecipientKind, quarter_of},
    },
};
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

/// Writes down that the words go to everybody, and puts them on the site, in one transaction. Done once more, nothing is
/// done: what a colleague took off the site meanwhile stays off.
///
/// # Errors
/// [`AppError::Forbidden`] for a yes to another recipient, for who drafted the words, for other words or another
/// translation, and if the yes was taken back; those of [`super::pass_on`].
pub async fn publish(
    ctx: &Context,
    authorized: Authorized<ShareText>,
    by: &Member,
    what: Published,
) -> Result<(), AppError> {
    let Published { words, shown, id } = what;
    let text = shown.as_ref().map(|(language, text)| (language.as_str(), text.as_str()));
    let is_by_another = match authorized.drafted_by() {
        Some(drafter) => by.is_another(ctx, drafter).await?,
        None => false,
    };
    if authorized.kind() != RecipientKind::Public || !authorized.is_shown(text) || !is_by_another {
        return Err(AppError::Forbidden);
    }
    let (shown_language, shown) = shown.unzip();
    let row = published_voice::ActiveModel {
        id: Set(id.clone()),
        words_hash: Set(authorized.what.words_hash.clone()),
        language: Set(authorized.what.language.clone()),
        words: Set(words.clone()),
        shown_language: Set(shown_language),
        shown: Set(shown),
        quarter: Set(quarter_of(ctx.clock().today())),
        outcome: Set(None),
    };
    let (row, number) = (&row, id.as_str());
    let put = |tx: Transaction| async move {
        queries::insert_published(&tx, row.clone()).await?;
        audit::record(&tx, Some(by.organizer()), "voices.published", number, "").await
    };
    pass_on_with(ctx, authorized, words, EVERYBODY, (by.organizer(), Some(&id)), put).await.map(drop)
}
