//! Desks and what they said.

use crate::{
    events::server::entities::{desk, guest, merged_guest, operation, operation_name, refused_operation, registration},
    ids::{EventId, RegistrationId},
};
use rollcall::Id;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait as _, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait as _,
    sea_query::{OnConflict, SimpleExpr},
};

/// Stores a new desk.
pub async fn insert_desk(conn: &impl ConnectionTrait, row: desk::ActiveModel) -> Result<(), DbErr> {
    desk::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// Changes one.
pub async fn update_desk(conn: &impl ConnectionTrait, row: desk::ActiveModel) -> Result<(), DbErr> {
    desk::Entity::update(row).validate()?.exec(conn).await.map(drop)
}

/// By its secret's hash.
pub async fn find_desk_by_token(conn: &impl ConnectionTrait, hash: &str) -> Result<Option<desk::Model>, DbErr> {
    desk::Entity::find().filter(desk::Column::TokenHash.eq(hash)).one(conn).await
}

/// By the hash of what its square says.
pub async fn find_desk_by_invitation(conn: &impl ConnectionTrait, hash: &str) -> Result<Option<desk::Model>, DbErr> {
    desk::Entity::find().filter(desk::Column::InvitationHash.eq(hash)).one(conn).await
}

/// By its id.
pub async fn find_desk(conn: &impl ConnectionTrait, id: &str) -> Result<Option<desk::Model>, DbErr> {
    desk::Entity::find_by_id(id.to_owned()).one(conn).await
}

/// An event's desks, in the order in which they were opened.
pub async fn list_desks(conn: &impl ConnectionTrait, event: &EventId) -> Result<Vec<desk::Model>, DbErr> {
    desk::Entity::find()
        .filter(desk::Column::EventId.eq(event.clone()))
        .order_by_asc(desk::Column::OpenedAt)
        .order_by_asc(desk::Column::Id)
        .all(conn)
        .await
}

/// An event's operations behind a number, in their order.
pub async fn list_operations(
    conn: &impl ConnectionTrait,
    event: &EventId,
    after: i64,
) -> Result<Vec<operation::Model>, DbErr> {
    operation::Entity::find()
        .filter(operation::Column::EventId.eq(event.clone()))
        .filter(operation::Column::Number.gt(after))
        .order_by_asc(operation::Column::Number)
        .all(conn)
        .await
}

/// Those of these ids that are held, of whatever event.
pub async fn operations_by_id(conn: &impl ConnectionTrait, ids: &[String]) -> Result<Vec<operation::Model>, DbErr> {
    operation::Entity::find().filter(operation::Column::Id.is_in(ids.to_vec())).all(conn).await
}

/// Those of a desk's numbers that are held.
pub async fn held_sequences(conn: &impl ConnectionTrait, desk: &str, sequences: &[i64]) -> Result<Vec<i64>, DbErr> {
    operation::Entity::find()
        .select_only()
        .column(operation::Column::Sequence)
        .filter(operation::Column::DeskId.eq(desk))
        .filter(operation::Column::Sequence.is_in(sequences.to_vec()))
        .into_tuple()
        .all(conn)
        .await
}

/// The highest number of a desk that is held; 0 if nothing is.
pub async fn last_sequence(conn: &impl ConnectionTrait, desk: &str) -> Result<i64, DbErr> {
    let last: Option<i64> = operation::Entity::find()
        .select_only()
        .column(operation::Column::Sequence)
        .filter(operation::Column::DeskId.eq(desk))
        .order_by_desc(operation::Column::Sequence)
        .into_tuple()
        .one(conn)
        .await?;
    Ok(last.unwrap_or(0))
}

/// The number of an event's latest operation; 0 if there is none.
pub async fn last_number(conn: &impl ConnectionTrait, event: &EventId) -> Result<i64, DbErr> {
    let last: Option<i64> = operation::Entity::find()
        .select_only()
        .column(operation::Column::Number)
        .filter(operation::Column::EventId.eq(event.clone()))
        .order_by_desc(operation::Column::Number)
        .into_tuple()
        .one(conn)
        .await?;
    Ok(last.unwrap_or(0))
}

/// Whether an event has an operation of this number, and it is this one.
pub async fn is_numbered(
    conn: &impl ConnectionTrait,
    event: &EventId,
    number: i64,
    id: Option<Id>,
) -> Result<bool, DbErr> {
    let of_number = operation::Entity::find()
        .filter(operation::Column::EventId.eq(event.clone()))
        .filter(operation::Column::Number.eq(number));
    let found = of_number.apply_if(id, |query, id| query.filter(operation::Column::Id.eq(id.to_string())));
    Ok(found.count(conn).await? > 0)
}

/// Which of these registrations still have a name.
pub async fn named_among(conn: &impl ConnectionTrait, ids: Vec<RegistrationId>) -> Result<Vec<RegistrationId>, DbErr> {
    guest::Entity::find()
        .select_only()
        .column(guest::Column::RegistrationId)
        .filter(guest::Column::RegistrationId.is_in(ids))
        .into_tuple()
        .all(conn)
        .await
}

/// Ids that are another guest's, and whose.
pub async fn list_merged(conn: &impl ConnectionTrait, event: &EventId) -> Result<Vec<merged_guest::Model>, DbErr> {
    merged_guest::Entity::find()
        .filter(merged_guest::Column::EventId.eq(event.clone()))
        .order_by_asc(merged_guest::Column::Guest)
        .all(conn)
        .await
}

/// Says whom an id is; the first word on it stays.
pub async fn insert_merged(conn: &impl ConnectionTrait, row: merged_guest::ActiveModel) -> Result<(), DbErr> {
    let once = OnConflict::column(merged_guest::Column::Guest).do_nothing().to_owned();
    merged_guest::Entity::insert(row).on_conflict(once).exec_without_returning(conn).await.map(drop)
}

/// The names that were told beside operations behind a number.
pub async fn list_names_behind(
    conn: &impl ConnectionTrait,
    event: &EventId,
    after: i64,
) -> Result<Vec<operation_name::Model>, DbErr> {
    let behind = operation::Entity::find()
        .select_only()
        .column(operation::Column::Id)
        .filter(operation::Column::EventId.eq(event.clone()))
        .filter(operation::Column::Number.gt(after))
        .into_query();
    operation_name::Entity::find()
        .filter(operation_name::Column::EventId.eq(event.clone()))
        .filter(operation_name::Column::OperationId.in_subquery(behind))
        .all(conn)
        .await
}

/// Operations of an event that brought a name and have none any more, by their ids.
pub async fn list_nameless(conn: &impl ConnectionTrait, event: &EventId) -> Result<Vec<String>, DbErr> {
    let named = operation_name::Entity::find()
        .select_only()
        .column(operation_name::Column::OperationId)
        .filter(operation_name::Column::EventId.eq(event.clone()))
        .into_query();
    operation::Entity::find()
        .select_only()
        .column(operation::Column::Id)
        .filter(operation::Column::EventId.eq(event.clone()))
        .filter(operation::Column::Act.is_in([operation::Kind::WalkIn, operation::Kind::Correct]))
        .filter(operation::Column::Id.not_in_subquery(named))
        .order_by_asc(operation::Column::Id)
        .into_tuple()
        .all(conn)
        .await
}

/// How many operations of a desk lie on the tray and nobody has looked.
pub async fn count_refused_of(conn: &impl ConnectionTrait, desk: &str) -> Result<u64, DbErr> {
    refused_operation::Entity::find()
        .filter(refused_operation::Column::DeskId.eq(desk))
        .filter(refused_operation::Column::SettledAt.is_null())
        .count(conn)
        .await
}

/// One of an event's refused operations.
pub async fn find_refused(conn: &impl ConnectionTrait, id: &str) -> Result<Option<refused_operation::Model>, DbErr> {
    refused_operation::Entity::find_by_id(id.to_owned()).one(conn).await
}

/// Changes one.
pub async fn update_refused(conn: &impl ConnectionTrait, row: refused_operation::ActiveModel) -> Result<(), DbErr> {
    refused_operation::Entity::update(row).validate()?.exec(conn).await.map(drop)
}

/// Which of these ids walked in to an event.
pub async fn walked_in(conn: &impl ConnectionTrait, event: &EventId, guests: &[String]) -> Result<Vec<String>, DbErr> {
    operation::Entity::find()
        .select_only()
        .column(operation::Column::Guest)
        .filter(operation::Column::EventId.eq(event.clone()))
        .filter(operation::Column::Act.eq(operation::Kind::WalkIn))
        .filter(operation::Column::Guest.is_in(guests.to_vec()))
        .into_tuple()
        .all(conn)
        .await
}

/// Which of these registrations are of an event.
pub async fn registered_among(
    conn: &impl ConnectionTrait,
    event: &EventId,
    ids: Vec<RegistrationId>,
) -> Result<Vec<RegistrationId>, DbErr> {
    registration::Entity::find()
        .select_only()
        .column(registration::Column::Id)
        .filter(registration::Column::EventId.eq(event.clone()))
        .filter(registration::Column::Id.is_in(ids))
        .into_tuple()
        .all(conn)
        .await
}

/// Stores operations.
pub async fn insert_operations(conn: &impl ConnectionTrait, rows: Vec<operation::ActiveModel>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    operation::Entity::insert_many(rows).exec_without_returning(conn).await.map(drop)
}

/// Stores the names beside them.
pub async fn insert_operation_names(
    conn: &impl ConnectionTrait,
    rows: Vec<operation_name::ActiveModel>,
) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    operation_name::Entity::insert_many(rows).exec_without_returning(conn).await.map(drop)
}

/// The names that were told for an event, by operation.
pub async fn list_operation_names(
    conn: &impl ConnectionTrait,
    event: &EventId,
) -> Result<Vec<operation_name::Model>, DbErr> {
    operation_name::Entity::find().filter(operation_name::Column::EventId.eq(event.clone())).all(conn).await
}

/// Puts what was refused on the tray, once for each reason.
pub async fn insert_refused(conn: &impl ConnectionTrait, row: refused_operation::ActiveModel) -> Result<(), DbErr> {
    use refused_operation::Column;
    let once = OnConflict::columns([Column::DeskId, Column::OperationId, Column::Why]).do_nothing().to_owned();
    refused_operation::Entity::insert(row).on_conflict(once).exec_without_returning(conn).await.map(drop)
}

/// What lies on an event's tray, in the order in which it happened.
pub async fn list_refused(
    conn: &impl ConnectionTrait,
    event: &EventId,
) -> Result<Vec<refused_operation::Model>, DbErr> {
    refused_operation::Entity::find()
        .filter(refused_operation::Column::EventId.eq(event.clone()))
        .order_by_asc(refused_operation::Column::HappenedAt)
        .order_by_asc(refused_operation::Column::ReceivedAt)
        .order_by_asc(refused_operation::Column::Id)
        .all(conn)
        .await
}

/// Deletes the names that desks told of one guest.
pub(super) async fn erase_names_of(conn: &impl ConnectionTrait, guest: &str) -> Result<(), DbErr> {
    // Also what was told of them while they were somebody else's walk-in or second registration.
    let others = merged_guest::Entity::find().filter(merged_guest::Column::IntoGuest.eq(guest)).all(conn).await?;
    let others = others.into_iter().map(|row| row.guest);
    for guest in others.chain([guest.to_owned()]) {
        let of_guest = operation_name::Column::Guest.eq(guest.as_str());
        operation_name::Entity::delete_many().filter(of_guest).exec(conn).await?;
        forget_names(conn, refused_operation::Column::Operation.contains(guest.as_str())).await?;
    }
    Ok(())
}

/// Deletes the names that desks told for an event.
pub(super) async fn erase_names_of_event(conn: &impl ConnectionTrait, event: &EventId) -> Result<(), DbErr> {
    operation_name::Entity::delete_many().filter(operation_name::Column::EventId.eq(event.clone())).exec(conn).await?;
    forget_names(conn, refused_operation::Column::EventId.eq(event.clone())).await
}

/// On the tray the operations stay, without their names.
async fn forget_names(conn: &impl ConnectionTrait, of: SimpleExpr) -> Result<(), DbErr> {
    refused_operation::Entity::update_many()
        .set(refused_operation::ActiveModel { name: Set(None), ..Default::default() })
        .filter(of)
        .exec(conn)
        .await
        .map(drop)
}
