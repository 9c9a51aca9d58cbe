//! Reads and writes of registrations.

use crate::{
    events::server::entities::{
        desk, operation,
        registration::{self, State},
    },
    ids::{EventId, PlaceId, RegistrationId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait as _,
    QueryFilter, QueryOrder, QuerySelect,
};

/// How many registrations of a place are in a state.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Counted {
    /// The event.
    pub event_id: EventId,
    /// The place; nothing for interest in none.
    pub place_id: Option<PlaceId>,
    /// The state.
    pub state: State,
    /// How many.
    pub n: i64,
}

/// Counts of one event or of all, without what repeats another registration.
pub async fn count_states(conn: &impl ConnectionTrait, event: Option<&EventId>) -> Result<Vec<Counted>, DbErr> {
    let mut select = registration::Entity::find()
        .select_only()
        .column(registration::Column::EventId)
        .column(registration::Column::PlaceId)
        .column(registration::Column::State)
        .column_as(registration::Column::Id.count(), "n")
        .filter(registration::Column::RepeatOf.is_null())
        .group_by(registration::Column::EventId)
        .group_by(registration::Column::PlaceId)
        .group_by(registration::Column::State);
    if let Some(event) = event {
        select = select.filter(registration::Column::EventId.eq(event.clone()));
    }
    select.into_model::<Counted>().all(conn).await
}

/// Stores a registration.
pub async fn insert_registration(conn: &impl ConnectionTrait, row: registration::ActiveModel) -> Result<(), DbErr> {
    registration::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// Changes the columns that are set.
pub async fn update_registration(conn: &impl ConnectionTrait, row: registration::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// By its id.
pub async fn find_registration(
    conn: &impl ConnectionTrait,
    id: &RegistrationId,
) -> Result<Option<registration::Model>, DbErr> {
    registration::Entity::find_by_id(id.clone()).one(conn).await
}

/// By what the form carried.
pub async fn registration_by_attempt(
    conn: &impl ConnectionTrait,
    attempt: &str,
) -> Result<Option<registration::Model>, DbErr> {
    registration::Entity::find().filter(registration::Column::Attempt.eq(attempt)).one(conn).await
}

/// By the personal link, as the table holds it.
pub async fn registration_by_link(
    conn: &impl ConnectionTrait,
    link_key: &str,
) -> Result<Option<registration::Model>, DbErr> {
    registration::Entity::find().filter(registration::Column::LinkKey.eq(link_key)).one(conn).await
}

/// By the code that is spoken.
pub async fn registration_by_code(
    conn: &impl ConnectionTrait,
    event: &EventId,
    code: &str,
) -> Result<Option<registration::Model>, DbErr> {
    registration::Entity::find()
        .filter(registration::Column::EventId.eq(event.clone()))
        .filter(registration::Column::Code.eq(code))
        .one(conn)
        .await
}

/// All of an event, in the order in which they came.
pub async fn list_registrations(
    conn: &impl ConnectionTrait,
    event: &EventId,
) -> Result<Vec<registration::Model>, DbErr> {
    registration::Entity::find()
        .filter(registration::Column::EventId.eq(event.clone()))
        .order_by_asc(registration::Column::Turn)
        .all(conn)
        .await
}

/// Those at the head of a place's waiting list.
pub async fn first_waiting(
    conn: &impl ConnectionTrait,
    place: &PlaceId,
    most: u64,
) -> Result<Vec<registration::Model>, DbErr> {
    registration::Entity::find()
        .filter(registration::Column::PlaceId.eq(place.clone()))
        .filter(registration::Column::State.eq(State::Waiting))
        .filter(registration::Column::RepeatOf.is_null())
        .order_by_asc(registration::Column::Turn)
        .limit(most)
        .all(conn)
        .await
}

/// How many wait at a place before this turn.
pub async fn waiting_before(conn: &impl ConnectionTrait, place: &PlaceId, turn: i64) -> Result<u64, DbErr> {
    registration::Entity::find()
        .filter(registration::Column::PlaceId.eq(place.clone()))
        .filter(registration::Column::State.eq(State::Waiting))
        .filter(registration::Column::RepeatOf.is_null())
        .filter(registration::Column::Turn.lt(turn))
        .count(conn)
        .await
}

/// Offers that ended by now.
pub async fn ended_offers(conn: &impl ConnectionTrait, now_ms: i64) -> Result<Vec<registration::Model>, DbErr> {
    registration::Entity::find()
        .filter(registration::Column::State.eq(State::Offered))
        .filter(registration::Column::OfferedUntil.lte(now_ms))
        .order_by_asc(registration::Column::OfferedUntil)
        .all(conn)
        .await
}

/// What repeats this registration.
pub async fn repeats_of(conn: &impl ConnectionTrait, id: &RegistrationId) -> Result<Vec<registration::Model>, DbErr> {
    registration::Entity::find()
        .filter(registration::Column::RepeatOf.eq(id.clone()))
        .order_by_asc(registration::Column::Turn)
        .all(conn)
        .await
}

/// Whether anybody ever registered for a place, or a desk was opened there. Who came to a place came by a desk of it,
/// or is known to one.
pub async fn is_place_used(conn: &impl ConnectionTrait, place: &PlaceId) -> Result<bool, DbErr> {
    let count =
        registration::Entity::find().filter(registration::Column::PlaceId.eq(place.clone())).count(conn).await?;
    let desks = desk::Entity::find().filter(desk::Column::PlaceId.eq(place.clone())).count(conn).await?;
    let wire = place.as_str().replace('-', "");
    let came = operation::Entity::find().filter(operation::Column::Place.eq(wire)).count(conn).await?;
    Ok(count + desks + came > 0)
}

/// Deletes a registration and, with it, who it was.
pub async fn delete_registration(conn: &impl ConnectionTrait, id: &RegistrationId) -> Result<(), DbErr> {
    registration::Entity::delete_by_id(id.clone()).exec(conn).await.map(drop)
}

/// How many registrations of each place of each event seem to repeat another one and wait for an organizer's word.
pub async fn count_repeats(conn: &impl ConnectionTrait) -> Result<Vec<Counted>, DbErr> {
    registration::Entity::find()
        .select_only()
        .column(registration::Column::EventId)
        .column(registration::Column::PlaceId)
        .column(registration::Column::State)
        .column_as(registration::Column::Id.count(), "n")
        .filter(registration::Column::RepeatOf.is_not_null())
        .filter(registration::Column::State.ne(State::Cancelled))
        .group_by(registration::Column::EventId)
        .group_by(registration::Column::PlaceId)
        .group_by(registration::Column::State)
        .into_model::<Counted>()
        .all(conn)
        .await
}

/// Stores registrations, some hundred at once.
pub async fn insert_registrations(
    conn: &impl ConnectionTrait,
    rows: Vec<registration::ActiveModel>,
) -> Result<(), DbErr> {
    registration::Entity::insert_many(rows).exec_without_returning(conn).await.map(drop)
}
