//! All reads and writes of the tables `organizers`, `invitations` and `sessions`; those of second factors beside them.

mod second_factors;

pub(super) use second_factors::*;

use super::entities::{
    invitation,
    organizer::{self, Role},
    session,
};
use crate::ids::OrganizerId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Condition, Expr},
};

/// A session and whose it is.
pub(super) async fn find_session(
    conn: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<(session::Model, organizer::Model)>, DbErr> {
    let found = session::Entity::find_by_id(hash).find_also_related(organizer::Entity).one(conn).await?;
    Ok(found.and_then(|(session, organizer)| Some((session, organizer?))))
}

/// Stores a new session, seen just now.
pub(super) async fn insert_session(conn: &impl ConnectionTrait, new: session::Model) -> Result<(), DbErr> {
    session::Entity::insert(new.into_active_model()).exec_without_returning(conn).await.map(drop)
}

/// Notes when a session was seen.
pub(super) async fn touch_session(conn: &impl ConnectionTrait, hash: &str, now: i64) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(now))
        .filter(session::Column::IdHash.eq(hash))
        .exec(conn)
        .await
        .map(drop)
}

/// Ends one session.
pub(super) async fn delete_session(conn: &impl ConnectionTrait, hash: &str) -> Result<(), DbErr> {
    session::Entity::delete_by_id(hash).exec(conn).await.map(drop)
}

/// Ends an organizer's sessions, all or all but one.
pub(super) async fn delete_sessions_of(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
    but: Option<&str>,
) -> Result<(), DbErr> {
    let mut which = Condition::all().add(session::Column::OrganizerId.eq(organizer.clone()));
    if let Some(but) = but {
        which = which.add(session::Column::IdHash.ne(but));
    }
    session::Entity::delete_many().filter(which).exec(conn).await.map(drop)
}

/// Sweeps away the sessions that have ended by themselves; `idle_since` is the instant before which a session must
/// have been seen last to count as left.
pub(super) async fn delete_ended_sessions(conn: &impl ConnectionTrait, now: i64, idle_since: i64) -> Result<(), DbErr> {
    let ended =
        Condition::any().add(session::Column::ExpiresAt.lte(now)).add(session::Column::LastSeenAt.lte(idle_since));
    session::Entity::delete_many().filter(ended).exec(conn).await.map(drop)
}

/// How many sessions of an organizer still count.
pub(super) async fn count_sessions(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
    now: i64,
    idle_since: i64,
) -> Result<u64, DbErr> {
    session::Entity::find()
        .filter(session::Column::OrganizerId.eq(organizer.clone()))
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(session::Column::LastSeenAt.gt(idle_since))
        .count(conn)
        .await
}

/// An organizer, disabled or not.
pub(super) async fn find_organizer(
    conn: &impl ConnectionTrait,
    id: &OrganizerId,
) -> Result<Option<organizer::Model>, DbErr> {
    organizer::Entity::find_by_id(id.clone()).one(conn).await
}

/// The organizer of an address (as [`crate::auth::types::EmailAddress`] writes it), disabled or not.
pub(super) async fn find_organizer_by_email(
    conn: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<organizer::Model>, DbErr> {
    organizer::Entity::find().filter(organizer::Column::Email.eq(email)).one(conn).await
}

/// All organizers, those who may sign in first, then by name.
pub(super) async fn list_organizers(conn: &impl ConnectionTrait) -> Result<Vec<organizer::Model>, DbErr> {
    let mut rows = organizer::Entity::find().order_by_asc(organizer::Column::Id).all(conn).await?;
    // Sorted here, because the two databases sort names differently.
    rows.sort_by(|a, b| (a.disabled_at.is_some(), &a.name).cmp(&(b.disabled_at.is_some(), &b.name)));
    Ok(rows)
}

/// How many have ever joined.
pub(super) async fn count_organizers(conn: &impl ConnectionTrait) -> Result<u64, DbErr> {
    organizer::Entity::find().count(conn).await
}

/// Stores a new organizer.
pub(super) async fn insert_organizer(conn: &impl ConnectionTrait, new: organizer::Model) -> Result<(), DbErr> {
    organizer::Entity::insert(new.into_active_model()).exec_without_returning(conn).await.map(drop)
}

/// Stores another passphrase's hash.
pub(super) async fn set_passphrase(conn: &impl ConnectionTrait, id: &OrganizerId, stored: &str) -> Result<(), DbErr> {
    organizer::Entity::update_many()
        .col_expr(organizer::Column::PassphraseHash, Expr::value(stored))
        .filter(organizer::Column::Id.eq(id.clone()))
        .exec(conn)
        .await
        .map(drop)
}

/// Lets an organizer sign in no more; `false` if there is none who could.
pub(super) async fn disable_organizer(conn: &impl ConnectionTrait, id: &OrganizerId, now: i64) -> Result<bool, DbErr> {
    let done = organizer::Entity::update_many()
        .col_expr(organizer::Column::DisabledAt, Expr::value(now))
        .filter(organizer::Column::Id.eq(id.clone()))
        .filter(organizer::Column::DisabledAt.is_null())
        .exec(conn)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Lets a disabled organizer sign in again, in another role perhaps.
pub(super) async fn enable_organizer(conn: &impl ConnectionTrait, id: &OrganizerId, role: Role) -> Result<(), DbErr> {
    organizer::Entity::update_many()
        .col_expr(organizer::Column::DisabledAt, Expr::value(Option::<i64>::None))
        .col_expr(organizer::Column::Role, Expr::value(role))
        .filter(organizer::Column::Id.eq(id.clone()))
        .exec(conn)
        .await
        .map(drop)
}

/// Stores a new invitation.
pub(super) async fn insert_invitation(conn: &impl ConnectionTrait, new: invitation::Model) -> Result<(), DbErr> {
    invitation::Entity::insert(new.into_active_model()).exec_without_returning(conn).await.map(drop)
}

/// An invitation that is still good.
pub(super) async fn find_open_invitation(
    conn: &impl ConnectionTrait,
    hash: &str,
    now: i64,
) -> Result<Option<invitation::Model>, DbErr> {
    invitation::Entity::find_by_id(hash).filter(is_open(now)).one(conn).await
}

/// Uses an invitation up; `None` if it was not good any more. Of two at the same time one gets it.
pub(super) async fn use_invitation(
    conn: &impl ConnectionTrait,
    hash: &str,
    now: i64,
) -> Result<Option<invitation::Model>, DbErr> {
    let used = invitation::Entity::update_many()
        .col_expr(invitation::Column::AcceptedAt, Expr::value(now))
        .filter(invitation::Column::TokenHash.eq(hash))
        .filter(is_open(now))
        .exec(conn)
        .await?;
    if used.rows_affected == 0 {
        return Ok(None);
    }
    invitation::Entity::find_by_id(hash).one(conn).await
}

/// The invitations that wait, by address.
pub(super) async fn list_open_invitations(
    conn: &impl ConnectionTrait,
    now: i64,
) -> Result<Vec<invitation::Model>, DbErr> {
    let mut rows = invitation::Entity::find().filter(is_open(now)).all(conn).await?;
    rows.sort_by(|a, b| a.email.cmp(&b.email));
    Ok(rows)
}

/// Ends the invitations of an address that nobody has used.
pub(super) async fn delete_open_invitations(conn: &impl ConnectionTrait, email: &str) -> Result<(), DbErr> {
    delete_unused(conn, invitation::Column::Email.eq(email)).await
}

/// Ends the invitations by an organizer that nobody has used.
pub(super) async fn delete_open_invitations_by(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
) -> Result<(), DbErr> {
    delete_unused(conn, invitation::Column::InvitedBy.eq(organizer.clone())).await
}

/// Forgets the invitations whose days are over.
pub(super) async fn delete_old_invitations(conn: &impl ConnectionTrait, now: i64) -> Result<(), DbErr> {
    invitation::Entity::delete_many().filter(invitation::Column::ExpiresAt.lte(now)).exec(conn).await.map(drop)
}

async fn delete_unused(
    conn: &impl ConnectionTrait,
    which: impl sea_orm::sea_query::IntoCondition,
) -> Result<(), DbErr> {
    invitation::Entity::delete_many()
        .filter(which)
        .filter(invitation::Column::AcceptedAt.is_null())
        .exec(conn)
        .await
        .map(drop)
}

/// Neither used nor too old.
fn is_open(now: i64) -> Condition {
    Condition::all().add(invitation::Column::AcceptedAt.is_null()).add(invitation::Column::ExpiresAt.gt(now))
}
