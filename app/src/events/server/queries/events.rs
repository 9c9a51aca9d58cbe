//! Reads and writes of series, events, places and roles.

use crate::{
    events::server::entities::{event, event_role, place, series},
    ids::{EventId, PlaceId, SeriesId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

/// The event of that slug.
pub async fn find_event(conn: &impl ConnectionTrait, slug: &str) -> Result<Option<event::Model>, DbErr> {
    event::Entity::find().filter(event::Column::Slug.eq(slug)).one(conn).await
}

/// The event of that id.
pub async fn event_by_id(conn: &impl ConnectionTrait, id: &EventId) -> Result<Option<event::Model>, DbErr> {
    event::Entity::find_by_id(id.clone()).one(conn).await
}

/// All events, the latest day first.
pub async fn list_events(conn: &impl ConnectionTrait) -> Result<Vec<event::Model>, DbErr> {
    event::Entity::find()
        .order_by_desc(event::Column::HeldOn)
        .order_by_asc(event::Column::Begins)
        .order_by_asc(event::Column::Slug)
        .all(conn)
        .await
}

/// Stores a new event; the slug and, in a series, the number must be free.
pub async fn insert_event(conn: &impl ConnectionTrait, row: event::ActiveModel) -> Result<bool, DbErr> {
    crate::server::db::insert_or_nothing(event::Entity::insert(row), conn).await
}

/// Changes the columns that are set.
pub async fn update_event(conn: &impl ConnectionTrait, row: event::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// The next turn of an event: one more than the last.
pub async fn take_turn(conn: &impl ConnectionTrait, id: &EventId) -> Result<i64, DbErr> {
    event::Entity::update_many()
        .col_expr(event::Column::LastTurn, Expr::col(event::Column::LastTurn).add(1))
        .filter(event::Column::Id.eq(id.clone()))
        .exec(conn)
        .await?;
    Ok(event_by_id(conn, id).await?.map_or(0, |event| event.last_turn))
}

/// The places of these events, in their order.
pub async fn list_places(conn: &impl ConnectionTrait, events: &[EventId]) -> Result<Vec<place::Model>, DbErr> {
    let mut select = place::Entity::find();
    // One or all: a list of hundreds would be a statement of hundreds of values.
    if let [event] = events {
        select = select.filter(place::Column::EventId.eq(event.clone()));
    }
    select.order_by_asc(place::Column::EventId).order_by_asc(place::Column::Position).all(conn).await
}

/// Stores a place, new or changed.
pub async fn save_place(conn: &impl ConnectionTrait, row: place::ActiveModel, is_new: bool) -> Result<(), DbErr> {
    if is_new {
        place::Entity::insert(row).exec_without_returning(conn).await.map(drop)
    } else {
        row.update(conn).await.map(drop)
    }
}

/// Deletes a place that nobody registered for.
pub async fn delete_place(conn: &impl ConnectionTrait, id: &PlaceId) -> Result<(), DbErr> {
    place::Entity::delete_by_id(id.clone()).exec(conn).await.map(drop)
}

/// The series of that slug.
pub async fn find_series(conn: &impl ConnectionTrait, slug: &str) -> Result<Option<series::Model>, DbErr> {
    series::Entity::find().filter(series::Column::Slug.eq(slug)).one(conn).await
}

/// The series of that id.
pub async fn series_by_id(conn: &impl ConnectionTrait, id: &SeriesId) -> Result<Option<series::Model>, DbErr> {
    series::Entity::find_by_id(id.clone()).one(conn).await
}

/// All series, by slug.
pub async fn list_series(conn: &impl ConnectionTrait) -> Result<Vec<series::Model>, DbErr> {
    series::Entity::find().order_by_asc(series::Column::Slug).all(conn).await
}

/// Stores a new series; the slug must be free.
pub async fn insert_series(conn: &impl ConnectionTrait, row: series::ActiveModel) -> Result<bool, DbErr> {
    crate::server::db::insert_or_nothing(series::Entity::insert(row), conn).await
}

/// Changes the columns that are set.
pub async fn update_series(conn: &impl ConnectionTrait, row: series::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// The roles of an event.
pub async fn list_roles(conn: &impl ConnectionTrait, event: &EventId) -> Result<Vec<event_role::Model>, DbErr> {
    event_role::Entity::find()
        .filter(event_role::Column::EventId.eq(event.clone()))
        .order_by_asc(event_role::Column::OrganizerId)
        .order_by_asc(event_role::Column::Role)
        .all(conn)
        .await
}

/// Stores a role.
pub async fn insert_role(conn: &impl ConnectionTrait, row: event_role::ActiveModel) -> Result<(), DbErr> {
    event_role::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// Takes a role away; whether it was there.
pub async fn delete_role(conn: &impl ConnectionTrait, event: &EventId, id: &str) -> Result<bool, DbErr> {
    let deleted = event_role::Entity::delete_many()
        .filter(event_role::Column::EventId.eq(event.clone()))
        .filter(event_role::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// The roles of all events.
pub async fn list_all_roles(conn: &impl ConnectionTrait) -> Result<Vec<event_role::Model>, DbErr> {
    event_role::Entity::find().all(conn).await
}

/// The next turns of an event, so many at once; gives the last of them.
pub async fn take_turns(conn: &impl ConnectionTrait, id: &EventId, number: i64) -> Result<i64, DbErr> {
    event::Entity::update_many()
        .col_expr(event::Column::LastTurn, Expr::col(event::Column::LastTurn).add(number))
        .filter(event::Column::Id.eq(id.clone()))
        .exec(conn)
        .await?;
    Ok(event_by_id(conn, id).await?.map_or(0, |event| event.last_turn))
}
