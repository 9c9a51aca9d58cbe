//! All SQL of voices. Nothing here decides anything.

mod consent;

pub use consent::*;

use super::entities::{
    deleted_voice, voice, voice_epoch, voice_epoch_wrap, voice_member, voice_message, voice_recovery, voice_trustee,
    voice_wrap,
};
use crate::{
    ids::VoiceId,
    server::{
        db::insert_or_nothing,
        entities::{StoredDay, setting},
    },
    voices::standing::Part,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, Func, OnConflict, Query},
};

/// What the installation remembers under a key.
pub async fn setting(conn: &impl ConnectionTrait, key: &str) -> Result<Option<String>, DbErr> {
    Ok(setting::Entity::find_by_id(key).one(conn).await?.map(|row| row.value))
}

/// Remembers it.
pub async fn set_setting(conn: &impl ConnectionTrait, key: &str, value: &str) -> Result<(), DbErr> {
    let row = setting::ActiveModel { key: Set(key.to_owned()), value: Set(value.to_owned()) };
    let anew = OnConflict::column(setting::Column::Key).update_column(setting::Column::Value).to_owned();
    setting::Entity::insert(row).on_conflict(anew).exec_without_returning(conn).await.map(drop)
}

/// The key to which voices are sealed on a day: of those that were activated, the last one that is good on it.
pub async fn epoch_of_day(conn: &impl ConnectionTrait, day: StoredDay) -> Result<Option<voice_epoch::Model>, DbErr> {
    voice_epoch::Entity::find()
        .filter(voice_epoch::Column::ActivatedOn.is_not_null())
        .filter(voice_epoch::Column::FromDay.lte(day))
        .filter(voice_epoch::Column::UntilDay.gte(day))
        .order_by_desc(voice_epoch::Column::Number)
        .one(conn)
        .await
}

/// Stores a key of the desk; `false` if there is one of its number.
pub async fn insert_epoch(conn: &impl ConnectionTrait, row: voice_epoch::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(voice_epoch::Entity::insert(row.reset_all()), conn).await
}

/// Forgets what is remembered under a key.
pub async fn delete_setting(conn: &impl ConnectionTrait, key: &str) -> Result<(), DbErr> {
    setting::Entity::delete_by_id(key).exec(conn).await.map(drop)
}

/// The last key that is good on a day, activated or not.
pub async fn key_of_day(conn: &impl ConnectionTrait, day: StoredDay) -> Result<Option<voice_epoch::Model>, DbErr> {
    voice_epoch::Entity::find()
        .filter(voice_epoch::Column::FromDay.lte(day))
        .filter(voice_epoch::Column::UntilDay.gte(day))
        .order_by_desc(voice_epoch::Column::Number)
        .one(conn)
        .await
}

/// A key of the desk.
pub async fn find_epoch(conn: &impl ConnectionTrait, number: i64) -> Result<Option<voice_epoch::Model>, DbErr> {
    voice_epoch::Entity::find_by_id(number).one(conn).await
}

/// All of them, the newest first.
pub async fn list_epochs(conn: &impl ConnectionTrait) -> Result<Vec<voice_epoch::Model>, DbErr> {
    voice_epoch::Entity::find().order_by_desc(voice_epoch::Column::Number).all(conn).await
}

/// The one with the highest number.
pub async fn last_epoch(conn: &impl ConnectionTrait) -> Result<Option<voice_epoch::Model>, DbErr> {
    voice_epoch::Entity::find().order_by_desc(voice_epoch::Column::Number).one(conn).await
}

/// Changes the columns that are set.
pub async fn update_epoch(conn: &impl ConnectionTrait, row: voice_epoch::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// The keys that voices are sealed to, or could be.
pub async fn epochs_in_use(conn: &impl ConnectionTrait) -> Result<Vec<i64>, DbErr> {
    let of_voices = voice::Entity::find().select_only().column(voice::Column::Epoch).distinct();
    let mut numbers: Vec<i64> = of_voices.into_tuple().all(conn).await?;
    let active = voice_epoch::Entity::find().filter(voice_epoch::Column::ActivatedOn.is_not_null()).all(conn).await?;
    numbers.extend(active.into_iter().map(|epoch| epoch.number));
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// Stores a key for a member.
pub async fn insert_epoch_wrap(conn: &impl ConnectionTrait, row: voice_epoch_wrap::ActiveModel) -> Result<(), DbErr> {
    voice_epoch_wrap::Entity::insert(row.reset_all()).exec_without_returning(conn).await.map(drop)
}

/// For whom a key is wrapped.
pub async fn list_epoch_wraps(conn: &impl ConnectionTrait, number: i64) -> Result<Vec<voice_epoch_wrap::Model>, DbErr> {
    voice_epoch_wrap::Entity::find().filter(voice_epoch_wrap::Column::Epoch.eq(number)).all(conn).await
}

/// Changes a wrap; `false` if there is none.
pub async fn note_wrap(conn: &impl ConnectionTrait, row: voice_epoch_wrap::ActiveModel) -> Result<bool, DbErr> {
    is_there(row.update(conn).await.map(drop))
}

/// Deletes what of a key is wrapped for a member.
pub async fn delete_epoch_wrap(conn: &impl ConnectionTrait, number: i64, member: &str) -> Result<(), DbErr> {
    voice_epoch_wrap::Entity::delete_by_id((number, member.to_owned())).exec(conn).await.map(drop)
}

/// Deletes all that is wrapped for a member.
pub async fn delete_epoch_wraps(conn: &impl ConnectionTrait, member: &str) -> Result<(), DbErr> {
    let wraps = voice_epoch_wrap::Entity::delete_many().filter(voice_epoch_wrap::Column::MemberId.eq(member));
    wraps.exec(conn).await.map(drop)
}

/// Stores a key for two trustees.
pub async fn insert_recovery(conn: &impl ConnectionTrait, row: voice_recovery::ActiveModel) -> Result<(), DbErr> {
    voice_recovery::Entity::insert(row.reset_all()).exec_without_returning(conn).await.map(drop)
}

/// For which pairs of trustees a key is wrapped.
pub async fn list_recoveries(conn: &impl ConnectionTrait, number: i64) -> Result<Vec<voice_recovery::Model>, DbErr> {
    voice_recovery::Entity::find().filter(voice_recovery::Column::Epoch.eq(number)).all(conn).await
}

/// Changes a recovery; `false` if there is none.
pub async fn note_recovery(conn: &impl ConnectionTrait, row: voice_recovery::ActiveModel) -> Result<bool, DbErr> {
    is_there(row.update(conn).await.map(drop))
}

fn is_there(updated: Result<(), DbErr>) -> Result<bool, DbErr> {
    match updated {
        Ok(()) => Ok(true),
        Err(DbErr::RecordNotUpdated) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Stores a trustee, or what the root says of them now.
pub async fn put_trustee(conn: &impl ConnectionTrait, row: voice_trustee::ActiveModel) -> Result<(), DbErr> {
    use voice_trustee::Column;
    let anew = OnConflict::column(Column::Id)
        .update_columns([Column::Called, Column::SealKey, Column::Certificate, Column::FromDay, Column::UntilDay])
        .to_owned();
    voice_trustee::Entity::insert(row.reset_all()).on_conflict(anew).exec_without_returning(conn).await.map(drop)
}

/// Stores who wants to read.
pub async fn insert_member(conn: &impl ConnectionTrait, row: voice_member::ActiveModel) -> Result<(), DbErr> {
    voice_member::Entity::insert(row.reset_all()).exec_without_returning(conn).await.map(drop)
}

/// Changes the columns that are set.
pub async fn update_member(conn: &impl ConnectionTrait, row: voice_member::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// Forgets who wanted to read and was not signed for.
pub async fn delete_member(conn: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    voice_member::Entity::delete_by_id(id).exec(conn).await.map(drop)
}

/// All who read or read once.
pub async fn list_members(conn: &impl ConnectionTrait) -> Result<Vec<voice_member::Model>, DbErr> {
    voice_member::Entity::find().order_by_asc(voice_member::Column::Id).all(conn).await
}

/// Stores a voice; `false` if it is there.
pub async fn insert_voice(conn: &impl ConnectionTrait, row: voice::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(voice::Entity::insert(row), conn).await
}

/// By its id.
pub async fn find_voice(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<Option<voice::Model>, DbErr> {
    voice::Entity::find_by_id(id.clone()).one(conn).await
}

/// By what follows from its receipt.
pub async fn find_voice_by_tag(conn: &impl ConnectionTrait, tag: &str) -> Result<Option<voice::Model>, DbErr> {
    voice::Entity::find().filter(voice::Column::ReceiptTag.eq(tag)).one(conn).await
}

/// Voices of one part of the list: those that are due first.
pub async fn list_voices(conn: &impl ConnectionTrait, part: Part, most: u64) -> Result<Vec<voice::Model>, DbErr> {
    use voice::Column::{AsideOn, ConcludedOn};
    let (is_over, is_aside) = match part {
        Part::Open => (ConcludedOn.is_null(), Condition::all().add(AsideOn.is_null())),
        Part::Concluded => (ConcludedOn.is_not_null(), Condition::all()),
        Part::Aside => (ConcludedOn.is_null(), Condition::all().add(AsideOn.is_not_null())),
    };
    voice::Entity::find()
        .filter(is_over)
        .filter(is_aside)
        // What was discarded stands behind what was answered.
        .order_by_asc(Expr::col(AsideOn).is_not_null())
        .order_by_asc(voice::Column::DueOn)
        .order_by_asc(voice::Column::Id)
        .limit(most)
        .all(conn)
        .await
}

/// The beginning of each voice's last message, as text: enough to tell who is said to have written it.
pub async fn last_heads(conn: &impl ConnectionTrait) -> Result<Vec<(VoiceId, String)>, DbErr> {
    use voice_message::Column;
    let last = Query::select()
        .column(voice::Column::Messages)
        .from(voice::Entity)
        .and_where(Expr::col((voice::Entity, voice::Column::Id)).equals((voice_message::Entity, Column::VoiceId)))
        .to_owned();
    let head = Func::cust("substr").arg(Expr::col(Column::Envelope)).arg(1_i32).arg(32_i32);
    voice_message::Entity::find()
        .select_only()
        .column(Column::VoiceId)
        .column_as(Expr::from(head), "head")
        .filter(Expr::col((voice_message::Entity, Column::Number)).in_subquery(last))
        .into_tuple()
        .all(conn)
        .await
}

/// Counts that a member was handed a voice.
pub async fn count_open(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<(), DbErr> {
    let opens = voice::Column::Opens;
    let counted = voice::Entity::update_many()
        .col_expr(opens, Expr::col(opens).add(1_i64))
        .filter(voice::Column::Id.eq(id.clone()));
    counted.exec(conn).await.map(drop)
}

/// How many are kept apart.
pub async fn count_aside(conn: &impl ConnectionTrait) -> Result<u64, DbErr> {
    use voice::Column::{AsideOn, ConcludedOn};
    voice::Entity::find().filter(ConcludedOn.is_null()).filter(AsideOn.is_not_null()).count(conn).await
}

/// Voices whose workers said before a day that the desk is late, and of which no trustee knows.
pub async fn list_late(conn: &impl ConnectionTrait, before: StoredDay) -> Result<Vec<VoiceId>, DbErr> {
    let late = voice::Entity::find().select_only().column(voice::Column::Id);
    let late = late.filter(voice::Column::LateOn.lt(before)).filter(voice::Column::LateToldOn.is_null());
    late.into_tuple().all(conn).await
}

/// Notes that one does; of those that are late still.
pub async fn note_late_told(conn: &impl ConnectionTrait, ids: &[VoiceId], day: StoredDay) -> Result<(), DbErr> {
    let told = voice::Entity::update_many()
        .col_expr(voice::Column::LateToldOn, Expr::value(Some(day)))
        .filter(voice::Column::Id.is_in(ids.iter().cloned()))
        .filter(voice::Column::LateOn.is_not_null());
    told.exec(conn).await.map(drop)
}

/// All that were concluded.
pub async fn list_concluded(conn: &impl ConnectionTrait) -> Result<Vec<voice::Model>, DbErr> {
    voice::Entity::find().filter(voice::Column::ConcludedOn.is_not_null()).all(conn).await
}

/// Changes the columns that are set.
pub async fn update_voice(conn: &impl ConnectionTrait, row: voice::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// Stores a message; `false` if there is one of that number.
pub async fn insert_message(conn: &impl ConnectionTrait, row: voice_message::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(voice_message::Entity::insert(row), conn).await
}

/// How many characters all sealed messages of a voice have.
pub async fn sealed_length(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<i64, DbErr> {
    let length = Expr::expr(Func::char_length(Expr::col(voice_message::Column::Envelope))).sum().cast_as("bigint");
    let sum = voice_message::Entity::find()
        .select_only()
        .column_as(length, "length")
        .filter(voice_message::Column::VoiceId.eq(id.clone()));
    Ok(sum.into_tuple::<Option<i64>>().one(conn).await?.flatten().unwrap_or(0))
}

/// Notes that a voice was deleted.
pub async fn mark_deleted(conn: &impl ConnectionTrait, row: deleted_voice::ActiveModel) -> Result<(), DbErr> {
    insert_or_nothing(deleted_voice::Entity::insert(row), conn).await.map(drop)
}

/// Whether a voice was.
pub async fn is_deleted(conn: &impl ConnectionTrait, mark: &str) -> Result<bool, DbErr> {
    Ok(deleted_voice::Entity::find_by_id(mark).one(conn).await?.is_some())
}

/// Forgets what was deleted before a day.
pub async fn forget_marks(conn: &impl ConnectionTrait, before: StoredDay) -> Result<(), DbErr> {
    let old = deleted_voice::Entity::delete_many().filter(deleted_voice::Column::DeletedOn.lt(before));
    old.exec(conn).await.map(drop)
}

/// A voice's messages, in their order.
pub async fn list_messages(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<Vec<voice_message::Model>, DbErr> {
    voice_message::Entity::find()
        .filter(voice_message::Column::VoiceId.eq(id.clone()))
        .order_by_asc(voice_message::Column::Number)
        .all(conn)
        .await
}

/// Stores a wrap.
pub async fn insert_wrap(conn: &impl ConnectionTrait, row: voice_wrap::ActiveModel) -> Result<(), DbErr> {
    voice_wrap::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// One holder's wrap.
pub async fn find_wrap(
    conn: &impl ConnectionTrait,
    id: &VoiceId,
    holder: voice_wrap::Holder,
) -> Result<Option<voice_wrap::Model>, DbErr> {
    voice_wrap::Entity::find_by_id((id.clone(), holder)).one(conn).await
}

/// Puts another wrap in its place.
pub async fn update_wrap(conn: &impl ConnectionTrait, row: voice_wrap::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// Deletes the wraps of a voice.
pub async fn delete_wraps(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<(), DbErr> {
    let wraps = voice_wrap::Entity::delete_many().filter(voice_wrap::Column::VoiceId.eq(id.clone()));
    wraps.exec(conn).await.map(drop)
}

/// Deletes what is sealed, and the voice itself.
pub async fn delete_voice(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<(), DbErr> {
    let messages = voice_message::Entity::delete_many().filter(voice_message::Column::VoiceId.eq(id.clone()));
    messages.exec(conn).await?;
    voice::Entity::delete_by_id(id.clone()).exec(conn).await.map(drop)
}
