//! What members of the desk are told and do. The server hands out what is sealed and takes in what is sealed: it opens
//! nothing for them, and they never show it their passphrase or a key.

mod answering;
mod facts;
mod passing;
mod reading;

pub use answering::{assign, give, note, reply, sort};
pub use facts::facts;
pub use passing::{Proposed, approve, order, pass_on, propose, publish};
pub use reading::{list, open};

use super::{
    entities::voice_member,
    keys::{is_demonstration, root, site},
    letters, queries,
};
use crate::{
    auth::{Organizer, server::guard::organizer_of_call},
    error::AppError,
    ids::OrganizerId,
    server::Context,
    voices::{people::Person, server::called},
};

/// Somebody who reads at the desk: signed in, vouched for by the root of today, and still there. Only [`of`] makes one.
#[derive(Clone, Debug)]
pub struct Member {
    row: voice_member::Model,
    signs_today: bool,
}

impl Member {
    /// Their id among voices.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.row.id
    }

    /// Who signs in as them.
    #[must_use]
    pub fn organizer(&self) -> &OrganizerId {
        &self.row.organizer_id
    }

    /// Whether another person has this id: whoever joined anew has another one, and is the same.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_another(&self, ctx: &Context, id: &str) -> Result<bool, AppError> {
        let rows = queries::list_members(ctx.read()).await?;
        Ok(rows.iter().any(|row| row.id == id && row.organizer_id != self.row.organizer_id))
    }

    /// As all may know them.
    #[must_use]
    pub fn person(&self) -> Person {
        letters::person(self.row.clone())
    }

    /// Whether workers would believe a letter of theirs today.
    #[must_use]
    pub fn signs_today(&self) -> bool {
        self.signs_today
    }
}

/// Who calls, and where.
///
/// # Errors
/// [`AppError::SignInRequired`] without a session, [`AppError::Forbidden`] without a second factor ([`is_let_in`]).
pub async fn caller() -> Result<(Context, Organizer), AppError> {
    let (ctx, organizer) = (called()?, organizer_of_call().await?);
    if !is_let_in(&ctx, &organizer).await? {
        return Err(AppError::Forbidden);
    }
    Ok((ctx, organizer))
}

/// Whether an organizer may come to the members' desk at all: only from a session that showed a second factor, so that
/// nobody comes by a passphrase that was seen or guessed. A desk to try out asks for none.
///
/// # Errors
/// When the database fails.
pub async fn is_let_in(ctx: &Context, organizer: &Organizer) -> Result<bool, AppError> {
    Ok(organizer.is_proven() || is_demonstration(ctx).await?)
}

/// The member that an organizer is.
///
/// # Errors
/// [`AppError::Forbidden`] if they are none, or the root of this installation has not signed.
pub async fn of(ctx: &Context, organizer: &Organizer) -> Result<Member, AppError> {
    let row = own(ctx, organizer).await?.ok_or(AppError::Forbidden)?;
    let root = root(ctx).await?.ok_or(AppError::Forbidden)?;
    let (site, person) = (site(ctx).await?, letters::person(row.clone()));
    // What came while they were vouched for they may read later, too.
    person.signs(&site, &root, row.joined_on.0).ok_or(AppError::Forbidden)?;
    let signs_today = person.signs(&site, &root, ctx.clock().today()).is_some();
    Ok(Member { row, signs_today })
}

/// Their row, signed for or not.
async fn own(ctx: &Context, organizer: &Organizer) -> Result<Option<voice_member::Model>, AppError> {
    let rows = queries::list_members(ctx.read()).await?;
    Ok(rows.into_iter().find(|row| row.organizer_id == *organizer.id() && row.left_on.is_none()))
}
