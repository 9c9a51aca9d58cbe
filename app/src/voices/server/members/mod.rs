//! What members of the desk are told and do. The server hands out what is sealed and takes in what is sealed: it opens
//! nothing for them, and they never show it their passphrase or a key.

mod answering;
mod facts;
mod reading;

pub use answering::{assign, give, note, reply};
pub use facts::facts;
pub use reading::{list, open};

use super::{entities::voice_member, queries};
use crate::{auth::Organizer, error::AppError, server::Context};

/// Somebody who reads at the desk: signed in, vouched for by the root, and still there. Only [`of`] makes one.
#[derive(Clone, Debug)]
pub struct Member(voice_member::Model);

impl Member {
    /// Their id among voices.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }
}

/// The member that an organizer is.
///
/// # Errors
/// [`AppError::Forbidden`] if they are none, or the root has not signed yet.
pub async fn of(ctx: &Context, organizer: &Organizer) -> Result<Member, AppError> {
    let row = own(ctx, organizer).await?.filter(|row| !row.sign_certificate.is_empty());
    row.map(Member).ok_or(AppError::Forbidden)
}

/// Their row, signed for or not.
async fn own(ctx: &Context, organizer: &Organizer) -> Result<Option<voice_member::Model>, AppError> {
    let rows = queries::list_members(ctx.read()).await?;
    Ok(rows.into_iter().find(|row| row.organizer_id == *organizer.id() && row.left_on.is_none()))
}
