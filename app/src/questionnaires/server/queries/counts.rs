//! Reads and writes of the four tables of counts. Who reads adds the lanes up; who writes adds in one of them.

use super::{Narrow, unsigned};
use crate::{
    ids::QuestionnaireId,
    questionnaires::server::entities::{answer_count, day_count, questionnaire, response_count, step_count},
    server::entities::StoredDay,
};
use form::Day;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, Order,
    PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Alias, Condition, Expr, ExprTrait, OnConflict},
};
use std::collections::{BTreeMap, HashMap};

/// The column that holds how many.
const N: &str = "n";
/// Rows of one statement; eight columns each, and SQLite takes 32,766 values.
const BATCH: usize = 400;

/// Adds to counts; those that are not there begin at nothing. The rows must have different keys and, so that two
/// transactions do not wait for each other, stand in the order of their keys.
pub async fn add<A>(conn: &impl ConnectionTrait, rows: Vec<A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait,
    A::Entity: EntityTrait<ActiveModel = A>,
{
    let keys = || <A::Entity as EntityTrait>::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    let stored = Expr::col((A::Entity::default(), Alias::new(N)));
    let more = Expr::col((Alias::new("excluded"), Alias::new(N)));
    let on_conflict = OnConflict::columns(keys()).value(Alias::new(N), stored.add(more)).to_owned();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let batch: Vec<A> = rows.by_ref().take(BATCH).collect();
        A::Entity::insert_many(batch).on_conflict(on_conflict.clone()).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Adds all lanes up in the first one, and drops counts of nothing.
pub async fn tidy<E: EntityTrait>(conn: &impl ConnectionTrait) -> Result<(), DbErr> {
    let table = E::default().table_name();
    let keys: Vec<&str> = E::PrimaryKey::iter().map(|key| key.into_column().as_str()).collect();
    let key = keys.iter().filter(|key| **key != "lane").copied().collect::<Vec<_>>().join(", ");
    let conflict = keys.join(", ");
    for sql in [
        format!(
            "INSERT INTO {table} ({key}, lane, n) SELECT {key}, 0, SUM(n) FROM {table} WHERE lane <> 0 GROUP BY {key} \
             ON CONFLICT ({conflict}) DO UPDATE SET n = {table}.n + excluded.n"
        ),
        format!("DELETE FROM {table} WHERE lane <> 0"),
        format!("DELETE FROM {table} WHERE n = 0"),
    ] {
        conn.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Drops counts of nothing among those of one definition.
pub async fn drop_empty(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    definition: &str,
    day: Day,
) -> Result<(), DbErr> {
    answer_count::Entity::delete_many()
        .filter(answer_count::Column::QuestionnaireId.eq(id.clone()))
        .filter(answer_count::Column::Definition.eq(definition))
        .filter(answer_count::Column::N.eq(0))
        .exec(conn)
        .await?;
    response_count::Entity::delete_many()
        .filter(response_count::Column::QuestionnaireId.eq(id.clone()))
        .filter(response_count::Column::Definition.eq(definition))
        .filter(response_count::Column::N.eq(0))
        .exec(conn)
        .await?;
    day_count::Entity::delete_many()
        .filter(day_count::Column::QuestionnaireId.eq(id.clone()))
        .filter(day_count::Column::Day.eq(StoredDay(day)))
        .filter(day_count::Column::N.eq(0))
        .exec(conn)
        .await?;
    Ok(())
}

/// All rows of a table, every lane for itself.
pub async fn list<E: EntityTrait>(conn: &impl ConnectionTrait) -> Result<Vec<E::Model>, DbErr> {
    E::find().all(conn).await
}

/// How many answers a questionnaire has, in all languages or in one.
pub async fn count_responses(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    language: Option<&str>,
) -> Result<u64, DbErr> {
    let mut select = response_count::Entity::find().filter(response_count::Column::QuestionnaireId.eq(id.clone()));
    if let Some(language) = language {
        select = select.filter(response_count::Column::Language.eq(language));
    }
    let sum: Option<Option<i64>> = select.select_only().expr(sum()).into_tuple().one(conn).await?;
    Ok(unsigned(sum.flatten().unwrap_or_default()))
}

/// Every slug with its number of answers, for the live page.
pub async fn count_all(conn: &impl ConnectionTrait) -> Result<Vec<(String, u64)>, DbErr> {
    let counts: Vec<(QuestionnaireId, i64)> = response_count::Entity::find()
        .select_only()
        .column(response_count::Column::QuestionnaireId)
        .expr(sum())
        .group_by(response_count::Column::QuestionnaireId)
        .into_tuple()
        .all(conn)
        .await?;
    let questionnaires: Vec<(QuestionnaireId, String)> = questionnaire::Entity::find()
        .select_only()
        .columns([questionnaire::Column::Id, questionnaire::Column::Slug])
        .order_by_asc(questionnaire::Column::Slug)
        .into_tuple()
        .all(conn)
        .await?;
    let count_of = |id| counts.iter().find(|(counted, _)| *counted == id).map_or(0, |(_, count)| unsigned(*count));
    Ok(questionnaires.into_iter().map(|(id, slug)| (slug, count_of(id))).collect())
}

/// Answers of one definition in one language that came in one way.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Part {
    /// The hash of the definition.
    pub definition: String,
    /// The language.
    pub language: String,
    /// The channel; empty for none.
    pub channel: String,
    /// How many.
    pub n: i64,
}

/// All answers to a questionnaire, part by part.
pub async fn count_by_part(conn: &impl ConnectionTrait, id: &QuestionnaireId) -> Result<Vec<Part>, DbErr> {
    let parts = [response_count::Column::Definition, response_count::Column::Language, response_count::Column::Channel];
    let mut select = response_count::Entity::find()
        .select_only()
        .columns(parts)
        .expr_as(sum(), N)
        .filter(response_count::Column::QuestionnaireId.eq(id.clone()));
    for part in parts {
        select = select.group_by(part).order_by_asc(part);
    }
    select.into_model().all(conn).await
}

/// How many answers to a questionnaire have all of this.
pub async fn count_narrow(conn: &impl ConnectionTrait, id: &QuestionnaireId, narrow: &Narrow) -> Result<u64, DbErr> {
    let fits = |part: &Part| {
        narrow.definition.as_ref().is_none_or(|definition| *definition == part.definition)
            && narrow.language.as_ref().is_none_or(|language| *language == part.language)
            && narrow.channel.as_ref().is_none_or(|channel| channel.as_deref().unwrap_or_default() == part.channel)
    };
    Ok(count_by_part(conn, id).await?.iter().filter(|part| fits(part)).map(|part| unsigned(part.n)).sum())
}

/// Answers by the hash of the definition that was answered.
pub async fn count_by_definition(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
) -> Result<HashMap<String, u64>, DbErr> {
    let mut counts = HashMap::new();
    for part in count_by_part(conn, id).await? {
        *counts.entry(part.definition).or_default() += unsigned(part.n);
    }
    Ok(counts)
}

/// Answers by channel, the most used first.
pub async fn count_by_channel(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
) -> Result<Vec<(Option<String>, u64)>, DbErr> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for part in count_by_part(conn, id).await?.into_iter().filter(|part| part.n > 0) {
        *counts.entry(part.channel).or_default() += unsigned(part.n);
    }
    let mut counts: Vec<_> =
        counts.into_iter().map(|(code, count)| (Some(code).filter(|code| !code.is_empty()), count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(counts)
}

/// Answers by language.
pub async fn count_by_language(conn: &impl ConnectionTrait, id: &QuestionnaireId) -> Result<Vec<(String, u64)>, DbErr> {
    let counts = response_count::Entity::find()
        .select_only()
        .column(response_count::Column::Language)
        .expr(sum())
        .filter(response_count::Column::QuestionnaireId.eq(id.clone()))
        .group_by(response_count::Column::Language)
        .order_by_asc(response_count::Column::Language);
    Ok(above_nothing(counts.into_tuple().all(conn).await?).collect())
}

/// Answers by day, the latest first.
pub async fn count_by_day(conn: &impl ConnectionTrait, id: &QuestionnaireId) -> Result<Vec<(Day, u64)>, DbErr> {
    let counts: Vec<(StoredDay, i64)> = day_count::Entity::find()
        .select_only()
        .column(day_count::Column::Day)
        .expr(sum())
        .filter(day_count::Column::QuestionnaireId.eq(id.clone()))
        .group_by(day_count::Column::Day)
        .order_by(day_count::Column::Day, Order::Desc)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(above_nothing(counts).map(|(day, count)| (day.into(), count)).collect())
}

/// Which counts of answers are added up; all, unless one is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    /// The hash of a definition.
    pub definition: Option<String>,
    /// A language.
    pub language: Option<String>,
    /// A channel; empty for those that came without one.
    pub channel: Option<String>,
}

/// What was said to the questions of a questionnaire, and how often: question, value, count.
pub async fn count_by_value(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    only: &Only,
) -> Result<Vec<(String, String, u64)>, DbErr> {
    use answer_count::Column;
    let condition = Condition::all()
        .add(Column::QuestionnaireId.eq(id.clone()))
        .add_option(only.definition.as_ref().map(|hash| Column::Definition.eq(hash.as_str())))
        .add_option(only.language.as_ref().map(|language| Column::Language.eq(language.as_str())))
        .add_option(only.channel.as_ref().map(|channel| Column::Channel.eq(channel.as_str())));
    // Grouped as the key is ordered, definition first: nothing has to be sorted.
    let counts: Vec<(String, String, i64)> =
        grouped(answer_count::Entity::find().filter(condition), [Column::Definition, Column::Question, Column::Value])
            .select_only()
            .columns([Column::Question, Column::Value])
            .expr(sum())
            .into_tuple()
            .all(conn)
            .await?;
    Ok(counts.into_iter().map(|(question, value, count)| (question, value, unsigned(count))).collect())
}

/// How many of the people who allowed it came to each page of the way.
pub async fn count_by_step(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    definition: Option<&str>,
) -> Result<Vec<(String, u64)>, DbErr> {
    use step_count::Column;
    let condition = Condition::all()
        .add(Column::QuestionnaireId.eq(id.clone()))
        .add_option(definition.map(|hash| Column::Definition.eq(hash)));
    let counts = grouped(step_count::Entity::find().filter(condition), [Column::Question])
        .select_only()
        .column(Column::Question)
        .expr(sum());
    Ok(above_nothing(counts.into_tuple().all(conn).await?).collect())
}

fn grouped<E: EntityTrait, const C: usize>(mut select: Select<E>, columns: [E::Column; C]) -> Select<E> {
    for column in columns {
        select = select.group_by(column);
    }
    select
}

/// The sum over all lanes. PostgreSQL would add up to a number that may have a fraction.
fn sum() -> Expr {
    Expr::col(Alias::new(N)).sum().cast_as("BIGINT")
}

fn above_nothing<K>(counts: Vec<(K, i64)>) -> impl Iterator<Item = (K, u64)> {
    counts.into_iter().map(|(key, count)| (key, unsigned(count))).filter(|(_, count)| *count > 0)
}
