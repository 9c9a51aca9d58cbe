//! Who of the secretariat did what: rows that are written in the same transaction as the deed, so that there is
//! neither a deed without a row nor a row without a deed.
//!
//! Called by services that change something for an organizer. What must stay true: nothing in here is about the
//! arrival of answers or about a worker (tests `storage/privacy`), and `detail` holds keys and numbers, never
//! anybody's answer.

use super::{db::Transaction, entities::audit_entry};
use crate::{error::AppError, ids::OrganizerId};
use sea_orm::{EntityTrait, Set};

/// Writes one row in the caller's transaction, at its instant.
///
/// `actor` is `None` for the command line. `action` is dotted, noun first: `questionnaire.close`. `subject` is the id
/// or the slug of what it was done to; `detail` is for people, short, and may be empty.
///
/// # Errors
/// When the database refuses, and then the deed must not be done either.
pub async fn record(
    tx: &Transaction,
    actor: Option<&OrganizerId>,
    action: &'static str,
    subject: &str,
    detail: &str,
) -> Result<(), AppError> {
    debug_assert!(action.contains('.'), "actions are dotted");
    let entry = audit_entry::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        at: Set(tx.now_ms()),
        organizer_id: Set(actor.cloned()),
        action: Set(action.to_owned()),
        subject: Set(subject.to_owned()),
        detail: Set(detail.to_owned()),
    };
    audit_entry::Entity::insert(entry).exec_without_returning(tx).await?;
    Ok(())
}
