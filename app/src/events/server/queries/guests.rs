//! Reads and writes of guests, followers and lists.

use super::attendance::{erase_names_of, erase_names_of_event};
use crate::{
    events::server::{
        attendance::wire_id,
        entities::{follower, guest, import, registration},
    },
    ids::{EventId, RegistrationId, SeriesId},
    server::db::insert_or_nothing,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Condition,
};

/// Stores a guest.
pub async fn insert_guest(conn: &impl ConnectionTrait, row: guest::ActiveModel) -> Result<(), DbErr> {
    guest::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// Changes the columns that are set.
pub async fn update_guest(conn: &impl ConnectionTrait, row: guest::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// Whose registration it is, unless the name was deleted.
pub async fn find_guest(conn: &impl ConnectionTrait, id: &RegistrationId) -> Result<Option<guest::Model>, DbErr> {
    guest::Entity::find_by_id(id.clone()).one(conn).await
}

/// All guests of an event.
pub async fn list_guests(conn: &impl ConnectionTrait, event: &EventId) -> Result<Vec<guest::Model>, DbErr> {
    guest::Entity::find().filter(guest::Column::EventId.eq(event.clone())).all(conn).await
}

/// Guests of an event with this name and this phone or address.
pub async fn same_guests(
    conn: &impl ConnectionTrait,
    event: &EventId,
    name_key: &str,
    phone_key: &str,
    email_key: Option<&str>,
) -> Result<Vec<guest::Model>, DbErr> {
    let mut same = Condition::any();
    if !phone_key.is_empty() {
        same = same.add(guest::Column::PhoneKey.eq(phone_key));
    }
    if let Some(email) = email_key {
        same = same.add(guest::Column::EmailKey.eq(email));
    }
    if same.is_empty() {
        return Ok(Vec::new());
    }
    guest::Entity::find()
        .filter(guest::Column::EventId.eq(event.clone()))
        .filter(guest::Column::NameKey.eq(name_key))
        .filter(same)
        .all(conn)
        .await
}

/// Deletes who it was, also what desks told of them.
pub async fn delete_guest(conn: &impl ConnectionTrait, id: &RegistrationId) -> Result<(), DbErr> {
    if let Some(guest) = wire_id(id.as_str()) {
        erase_names_of(conn, &guest.to_string()).await?;
    }
    guest::Entity::delete_by_id(id.clone()).exec(conn).await.map(drop)
}

/// Deletes who they all were, also what desks told of them and of who walked in; how many had registered.
pub async fn delete_guests(conn: &impl ConnectionTrait, event: &EventId) -> Result<u64, DbErr> {
    erase_names_of_event(conn, event).await?;
    let deleted = guest::Entity::delete_many().filter(guest::Column::EventId.eq(event.clone())).exec(conn).await?;
    Ok(deleted.rows_affected)
}

/// Stores a follower unless the address follows already.
pub async fn insert_follower(conn: &impl ConnectionTrait, row: follower::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(follower::Entity::insert(row), conn).await
}

/// Who follows a series.
pub async fn list_followers(conn: &impl ConnectionTrait, series: &SeriesId) -> Result<Vec<follower::Model>, DbErr> {
    follower::Entity::find()
        .filter(follower::Column::SeriesId.eq(series.clone()))
        .order_by_asc(follower::Column::CreatedAt)
        .all(conn)
        .await
}

/// The follower whose link it is.
pub async fn find_follower(conn: &impl ConnectionTrait, link_key: &str) -> Result<Option<follower::Model>, DbErr> {
    follower::Entity::find().filter(follower::Column::LinkKey.eq(link_key)).one(conn).await
}

/// Ends following by an address; whether it followed.
pub async fn delete_follower(conn: &impl ConnectionTrait, series: &SeriesId, email_key: &str) -> Result<bool, DbErr> {
    let deleted = follower::Entity::delete_many()
        .filter(follower::Column::SeriesId.eq(series.clone()))
        .filter(follower::Column::EmailKey.eq(email_key))
        .exec(conn)
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Stores that a list was pasted.
pub async fn insert_import(conn: &impl ConnectionTrait, row: import::ActiveModel) -> Result<(), DbErr> {
    import::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// The lists of an event, the latest first.
pub async fn list_imports(conn: &impl ConnectionTrait, event: &EventId) -> Result<Vec<import::Model>, DbErr> {
    import::Entity::find()
        .filter(import::Column::EventId.eq(event.clone()))
        .order_by_desc(import::Column::At)
        .all(conn)
        .await
}

/// Marks that a list was taken back.
pub async fn update_import(conn: &impl ConnectionTrait, row: import::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// The registrations that came with a list.
pub async fn registrations_of_import(
    conn: &impl ConnectionTrait,
    import: &str,
) -> Result<Vec<registration::Model>, DbErr> {
    registration::Entity::find().filter(registration::Column::ImportId.eq(import)).all(conn).await
}

/// How many names each event still holds.
pub async fn count_names(conn: &impl ConnectionTrait) -> Result<Vec<(EventId, i64)>, DbErr> {
    guest::Entity::find()
        .select_only()
        .column(guest::Column::EventId)
        .column_as(guest::Column::RegistrationId.count(), "n")
        .group_by(guest::Column::EventId)
        .into_tuple()
        .all(conn)
        .await
}

/// How many follow each series.
pub async fn count_followers(conn: &impl ConnectionTrait) -> Result<Vec<(SeriesId, i64)>, DbErr> {
    follower::Entity::find()
        .select_only()
        .column(follower::Column::SeriesId)
        .column_as(follower::Column::Id.count(), "n")
        .group_by(follower::Column::SeriesId)
        .into_tuple()
        .all(conn)
        .await
}

/// Stores guests, some hundred at once.
pub async fn insert_guests(conn: &impl ConnectionTrait, rows: Vec<guest::ActiveModel>) -> Result<(), DbErr> {
    guest::Entity::insert_many(rows).exec_without_returning(conn).await.map(drop)
}

/// Deletes registrations that came with a list, some hundred at once, and with them who it was.
pub async fn delete_registrations(conn: &impl ConnectionTrait, ids: &[RegistrationId]) -> Result<(), DbErr> {
    guest::Entity::delete_many().filter(guest::Column::RegistrationId.is_in(ids.to_vec())).exec(conn).await?;
    registration::Entity::delete_many().filter(registration::Column::Id.is_in(ids.to_vec())).exec(conn).await.map(drop)
}

/// A list of an event by its id.
pub async fn find_import(
    conn: &impl ConnectionTrait,
    event: &EventId,
    id: &str,
) -> Result<Option<import::Model>, DbErr> {
    import::Entity::find_by_id(id).filter(import::Column::EventId.eq(event.clone())).one(conn).await
}
