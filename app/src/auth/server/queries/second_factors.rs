//! All reads and writes of the tables `second_factors` and `recovery_codes`, and what sessions know of them.

use crate::{
    auth::server::entities::{recovery_code, second_factor, session},
    ids::OrganizerId,
    server::db::insert_or_nothing,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::Expr,
};

/// An organizer's second factor.
pub(in crate::auth::server) async fn find_factor(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
) -> Result<Option<second_factor::Model>, DbErr> {
    second_factor::Entity::find_by_id(organizer.clone()).one(conn).await
}

/// Who has one.
pub(in crate::auth::server) async fn list_factor_owners(
    conn: &impl ConnectionTrait,
) -> Result<Vec<OrganizerId>, DbErr> {
    second_factor::Entity::find().select_only().column(second_factor::Column::OrganizerId).into_tuple().all(conn).await
}

/// Stores a second factor; `false` if its organizer has one.
pub(in crate::auth::server) async fn insert_factor(
    conn: &impl ConnectionTrait,
    new: second_factor::Model,
) -> Result<bool, DbErr> {
    insert_or_nothing(second_factor::Entity::insert(new.into_active_model()), conn).await
}

/// Takes a second factor away with all its recovery codes; `false` if there is none.
pub(in crate::auth::server) async fn delete_factor(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
) -> Result<bool, DbErr> {
    delete_recovery_codes(conn, organizer).await?;
    let done = second_factor::Entity::delete_by_id(organizer.clone()).exec(conn).await?;
    Ok(done.rows_affected == 1)
}

/// Uses a step up; `false` if it or a later one was used before. Of two at the same time one gets it.
pub(in crate::auth::server) async fn use_step(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
    step: i64,
) -> Result<bool, DbErr> {
    let done = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::Column::OrganizerId.eq(organizer.clone()))
        .filter(second_factor::Column::LastStep.lt(step))
        .exec(conn)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Uses a recovery code up; `false` if it is none of theirs any more. Of two at the same time one gets it.
pub(in crate::auth::server) async fn use_recovery_code(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
    hash: &str,
) -> Result<bool, DbErr> {
    let done = recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::CodeHash.eq(hash))
        .filter(recovery_code::Column::OrganizerId.eq(organizer.clone()))
        .exec(conn)
        .await?;
    Ok(done.rows_affected == 1)
}

/// How many recovery codes are left.
pub(in crate::auth::server) async fn count_recovery_codes(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
) -> Result<u64, DbErr> {
    recovery_code::Entity::find().filter(recovery_code::Column::OrganizerId.eq(organizer.clone())).count(conn).await
}

/// Stores recovery codes in the place of all earlier ones.
pub(in crate::auth::server) async fn replace_recovery_codes(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
    hashes: &[String],
) -> Result<(), DbErr> {
    delete_recovery_codes(conn, organizer).await?;
    let rows = hashes.iter().map(|hash| {
        recovery_code::Model { code_hash: hash.clone(), organizer_id: organizer.clone() }.into_active_model()
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(conn).await.map(drop)
}

/// Notes that a session has shown the second factor.
pub(in crate::auth::server) async fn prove_session(
    conn: &impl ConnectionTrait,
    hash: &str,
    now: i64,
) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::ProvenAt, Expr::value(now))
        .filter(session::Column::IdHash.eq(hash))
        .exec(conn)
        .await
        .map(drop)
}

/// Notes that none of an organizer's sessions counts as one with a second factor any more.
pub(in crate::auth::server) async fn unprove_sessions_of(
    conn: &impl ConnectionTrait,
    organizer: &OrganizerId,
) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::ProvenAt, Expr::value(Option::<i64>::None))
        .filter(session::Column::OrganizerId.eq(organizer.clone()))
        .exec(conn)
        .await
        .map(drop)
}

async fn delete_recovery_codes(conn: &impl ConnectionTrait, organizer: &OrganizerId) -> Result<(), DbErr> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::OrganizerId.eq(organizer.clone()))
        .exec(conn)
        .await
        .map(drop)
}
