//! Reads and writes of mails, mailings and calls.

use crate::{
    events::server::entities::{
        call, mail,
        mailing::{self, MailKind},
        registration,
    },
    ids::{EventId, OrganizerId, PlaceId, RegistrationId},
    server::db::insert_or_nothing,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, Expr},
};
use std::collections::HashMap;

/// Stores a mail.
pub async fn insert_mail(conn: &impl ConnectionTrait, row: mail::ActiveModel) -> Result<(), DbErr> {
    mail::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// Mails that are due and that no worker has, the longest due first.
pub async fn due_mails(conn: &impl ConnectionTrait, now_ms: i64, most: u64) -> Result<Vec<mail::Model>, DbErr> {
    let free = Condition::any().add(mail::Column::ClaimedUntil.is_null()).add(mail::Column::ClaimedUntil.lte(now_ms));
    mail::Entity::find()
        .filter(mail::Column::State.eq(mail::State::Waiting))
        .filter(mail::Column::DueAt.lte(now_ms))
        .filter(free)
        .order_by_asc(mail::Column::DueAt)
        .order_by_asc(mail::Column::CreatedAt)
        .limit(most)
        .all(conn)
        .await
}

/// Mails of an event, the latest first.
pub async fn list_mails(conn: &impl ConnectionTrait, event: &EventId) -> Result<Vec<mail::Model>, DbErr> {
    mail::Entity::find()
        .filter(mail::Column::EventId.eq(event.clone()))
        .order_by_desc(mail::Column::CreatedAt)
        .all(conn)
        .await
}

/// Takes the address and the text out of a guest's mails; what was not sent is not sent any more.
pub async fn drop_mails_of(conn: &impl ConnectionTrait, id: &RegistrationId) -> Result<(), DbErr> {
    forget_mails(conn, Condition::all().add(mail::Column::RegistrationId.eq(id.clone()))).await
}

/// The same for all mails of an event.
pub async fn drop_mails_of_event(conn: &impl ConnectionTrait, event: &EventId) -> Result<(), DbErr> {
    forget_mails(conn, Condition::all().add(mail::Column::EventId.eq(event.clone()))).await
}

async fn forget_mails(conn: &impl ConnectionTrait, which: Condition) -> Result<(), DbErr> {
    mail::Entity::update_many()
        .col_expr(mail::Column::State, Expr::value(mail::State::Dropped))
        .filter(which.clone())
        .filter(mail::Column::State.eq(mail::State::Waiting))
        .exec(conn)
        .await?;
    mail::Entity::update_many()
        .col_expr(mail::Column::Recipient, Expr::value(Option::<String>::None))
        .col_expr(mail::Column::Message, Expr::value(Option::<String>::None))
        .filter(which)
        .exec(conn)
        .await
        .map(drop)
}

/// The first mailing of a kind that the program sends by itself, if it was.
pub async fn own_mailing(
    conn: &impl ConnectionTrait,
    event: &EventId,
    kind: MailKind,
) -> Result<Option<mailing::Model>, DbErr> {
    mailing::Entity::find()
        .filter(mailing::Column::EventId.eq(event.clone()))
        .filter(mailing::Column::Kind.eq(kind))
        .filter(mailing::Column::OrganizerId.is_null())
        .one(conn)
        .await
}

/// Stores a mailing.
pub async fn insert_mailing(conn: &impl ConnectionTrait, row: mailing::ActiveModel) -> Result<(), DbErr> {
    mailing::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// The mailings of an event, the latest first.
pub async fn list_mailings(conn: &impl ConnectionTrait, event: &EventId) -> Result<Vec<mailing::Model>, DbErr> {
    mailing::Entity::find()
        .filter(mailing::Column::EventId.eq(event.clone()))
        .order_by_desc(mailing::Column::CreatedAt)
        .order_by_asc(mailing::Column::Id)
        .all(conn)
        .await
}

/// Notes that somebody is to be called, once per mailing.
pub async fn insert_call(conn: &impl ConnectionTrait, row: call::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(call::Entity::insert(row), conn).await
}

/// Whom a mailing cannot reach.
pub async fn list_calls(conn: &impl ConnectionTrait, mailing: &str) -> Result<Vec<call::Model>, DbErr> {
    call::Entity::find().filter(call::Column::MailingId.eq(mailing)).order_by_asc(call::Column::Id).all(conn).await
}

/// Ticks a call or takes the tick back; whether it changed.
pub async fn set_call_done(
    conn: &impl ConnectionTrait,
    mailing: &str,
    call: &str,
    done: Option<(i64, OrganizerId)>,
) -> Result<bool, DbErr> {
    let (at, by) = done.unzip();
    let was_done = at.is_none();
    let mut update = call::Entity::update_many()
        .col_expr(call::Column::DoneAt, Expr::value(at))
        .col_expr(call::Column::DoneBy, Expr::value(by.map(|by| by.0)))
        .filter(call::Column::MailingId.eq(mailing))
        .filter(call::Column::Id.eq(call));
    update = if was_done {
        update.filter(call::Column::DoneAt.is_not_null())
    } else {
        update.filter(call::Column::DoneAt.is_null())
    };
    Ok(update.exec(conn).await?.rows_affected > 0)
}

/// The events and places of those who are still to be called, each person once.
pub async fn open_calls(conn: &impl ConnectionTrait) -> Result<Vec<(EventId, Option<PlaceId>)>, DbErr> {
    let rows: Vec<(RegistrationId, EventId, Option<PlaceId>)> = registration::Entity::find()
        .select_only()
        .column(registration::Column::Id)
        .column(registration::Column::EventId)
        .column(registration::Column::PlaceId)
        .filter(
            registration::Column::Id.in_subquery(
                QuerySelect::query(
                    &mut call::Entity::find()
                        .select_only()
                        .column(call::Column::RegistrationId)
                        .filter(call::Column::DoneAt.is_null()),
                )
                .to_owned(),
            ),
        )
        .into_tuple()
        .all(conn)
        .await?;
    let by_id: HashMap<_, _> = rows.into_iter().map(|(id, event, place)| (id, (event, place))).collect();
    Ok(by_id.into_values().collect())
}

/// Takes calls back that nobody has made yet: what they were to tell is no longer true.
pub async fn drop_open_calls(conn: &impl ConnectionTrait, event: &EventId) -> Result<(), DbErr> {
    let mut of_event = mailing::Entity::find()
        .select_only()
        .column(mailing::Column::Id)
        .filter(mailing::Column::EventId.eq(event.clone()));
    call::Entity::delete_many()
        .filter(call::Column::DoneAt.is_null())
        .filter(call::Column::MailingId.in_subquery(QuerySelect::query(&mut of_event).to_owned()))
        .exec(conn)
        .await?;
    Ok(())
}

/// By its id.
pub async fn find_mail(conn: &impl ConnectionTrait, id: &str) -> Result<Option<mail::Model>, DbErr> {
    mail::Entity::find_by_id(id).one(conn).await
}

/// Changes the columns that are set, of a mail that still waits; whether it did.
pub async fn settle_mail(conn: &impl ConnectionTrait, id: &str, row: mail::ActiveModel) -> Result<bool, DbErr> {
    let settled = mail::Entity::update_many()
        .set(row)
        .filter(mail::Column::Id.eq(id))
        .filter(mail::Column::State.eq(mail::State::Waiting))
        .exec(conn)
        .await?;
    Ok(settled.rows_affected > 0)
}

/// Takes address and text out of mails to somebody who follows a series; what was not sent is not sent any more.
pub async fn drop_mails_to_follower(conn: &impl ConnectionTrait, address: &str) -> Result<(), DbErr> {
    let theirs = Condition::all().add(mail::Column::RegistrationId.is_null()).add(mail::Column::Recipient.eq(address));
    forget_mails(conn, theirs).await
}

/// How many mails of each event still hold an address.
pub async fn count_recipients(conn: &impl ConnectionTrait) -> Result<Vec<(EventId, i64)>, DbErr> {
    mail::Entity::find()
        .select_only()
        .column(mail::Column::EventId)
        .column_as(mail::Column::Id.count(), "n")
        .filter(mail::Column::Recipient.is_not_null())
        .filter(mail::Column::EventId.is_not_null())
        .group_by(mail::Column::EventId)
        .into_tuple()
        .all(conn)
        .await
}

/// Sends what waits for a guest to another address, or to nobody.
pub async fn redirect_mails_of(
    conn: &impl ConnectionTrait,
    id: &RegistrationId,
    address: Option<&str>,
) -> Result<(), DbErr> {
    let Some(address) = address else { return drop_mails_of(conn, id).await };
    mail::Entity::update_many()
        .col_expr(mail::Column::Recipient, Expr::value(address))
        .filter(mail::Column::RegistrationId.eq(id.clone()))
        .filter(mail::Column::State.eq(mail::State::Waiting))
        .exec(conn)
        .await
        .map(drop)
}

/// The mailing of an event by its id.
pub async fn find_mailing(
    conn: &impl ConnectionTrait,
    event: &EventId,
    id: &str,
) -> Result<Option<mailing::Model>, DbErr> {
    mailing::Entity::find_by_id(id).filter(mailing::Column::EventId.eq(event.clone())).one(conn).await
}

/// The same for several registrations at once.
pub async fn drop_mails_of_all(conn: &impl ConnectionTrait, ids: &[RegistrationId]) -> Result<(), DbErr> {
    forget_mails(conn, Condition::all().add(mail::Column::RegistrationId.is_in(ids.to_vec()))).await
}
