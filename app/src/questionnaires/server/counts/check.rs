//! Going through all answers: whether the counts are those that they give, and making them so.
//!
//! Answers may arrive meanwhile. Everything is read as it was at one moment, counts and answers alike, and what
//! differed then is added: whatever came since has added itself.

use super::{Group, Tally, said_in};
use crate::{
    error::AppError,
    ids::{InstanceId, QuestionnaireId},
    questionnaires::server::{
        catalogue,
        entities::{answer_count, day_count, response_count, step_count},
        queries,
    },
    server::{Context, entities::setting, error::internal},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, sea_query::Expr};

/// The setting that says by which rule the counts were built, and how often: `1.3`.
const KEPT: &str = "counts.kept";
/// The rule by which [`super::said`] counts. A program with another one builds all counts anew when it starts.
const RULE: u32 = 2;
/// Answers that are read at once.
const PART: u64 = 1_000;
/// How often a rebuild begins again because another one was faster.
const TRIES: u32 = 3;

/// One count that is not what the answers give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which: questionnaire, then a day or the definition's first digits, language, channel, question and value.
    pub count: String,
    /// How much is missing; what is too much is below nothing.
    pub missing: i64,
}

/// What came of going through all answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many answers there are.
    pub responses: u64,
    /// How many of them this program cannot read: they count by day and language only.
    pub unreadable: u64,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// Compares the counts with all answers. Nothing is changed, and nobody has to wait.
///
/// # Errors
/// When the database fails.
pub async fn check(ctx: &Context) -> Result<Checked, AppError> {
    Ok(compare(ctx).await?.checked)
}

/// Makes the counts what the answers give, and tells what differed.
///
/// # Errors
/// When the database fails.
pub async fn rebuild(ctx: &Context) -> Result<Checked, AppError> {
    for _ in 0..TRIES {
        let Compared { checked, missing, kept } = compare(ctx).await?;
        let (missing, kept) = (&missing, &kept);
        let is_first = ctx
            .write(|tx| async move {
                // What differed may be added once only: a rebuild beside this one has changed the mark.
                if !mark(&tx, kept.as_deref()).await? {
                    return Ok(false);
                }
                missing.write(&tx).await?;
                Ok(true)
            })
            .await?;
        if is_first {
            return Ok(checked);
        }
    }
    Err(internal("counts are rebuilt by others all the time"))
}

/// Builds the counts if that was never done by this program's rule: for a database of an earlier program, or one that
/// was put back from its backup. Run it before answers arrive.
///
/// # Errors
/// When the database fails.
pub async fn ensure(ctx: &Context) -> Result<Option<Checked>, AppError> {
    let kept = find_mark(ctx.read()).await?;
    if kept.is_some_and(|kept| kept.split('.').next() == Some(&RULE.to_string())) {
        return Ok(None);
    }
    rebuild(ctx).await.map(Some)
}

/// Adds the lanes up and drops counts of nothing. Once a day will do.
///
/// # Errors
/// When the database fails.
pub async fn tidy(ctx: &Context) -> Result<(), AppError> {
    ctx.write(|tx| async move {
        queries::counts::tidy::<response_count::Entity>(&tx).await?;
        queries::counts::tidy::<day_count::Entity>(&tx).await?;
        queries::counts::tidy::<answer_count::Entity>(&tx).await?;
        Ok(queries::counts::tidy::<step_count::Entity>(&tx).await?)
    })
    .await
}

/// What was found at one moment.
struct Compared {
    checked: Checked,
    /// What has to be added.
    missing: Tally,
    /// The mark of that moment.
    kept: Option<String>,
}

async fn compare(ctx: &Context) -> Result<Compared, AppError> {
    let snapshot = ctx.db().snapshot().await?;
    let conn = snapshot.connection();
    let kept = find_mark(conn).await?;
    let mut missing = Tally::default();
    let mut checked = Checked::default();
    let mut after: Option<InstanceId> = None;
    loop {
        let rows = queries::list_all_responses(conn, after.as_ref(), PART).await?;
        for row in &rows {
            let published = match catalogue::definition_by_hash(ctx, &row.definition).await {
                Ok(published) => Some(published),
                Err(AppError::NotFound) => None,
                Err(error) => return Err(error),
            };
            let said = said_in(row, published.as_deref());
            checked.responses += 1;
            checked.unreadable += u64::from(said.is_none());
            missing.add(Group::of(row), row.received_on.into(), &said.unwrap_or_default(), 1);
        }
        let is_last = (rows.len() as u64) < PART;
        after = rows.into_iter().next_back().map(|row| row.instance_id);
        if is_last {
            break;
        }
    }
    missing.take_away(
        queries::counts::list::<response_count::Entity>(conn).await?,
        queries::counts::list::<day_count::Entity>(conn).await?,
        queries::counts::list::<answer_count::Entity>(conn).await?,
    );
    let questionnaires = queries::list_questionnaires(conn).await?;
    snapshot.end().await?;
    let name = |id: &QuestionnaireId| {
        let found = questionnaires.iter().find(|questionnaire| questionnaire.id == *id);
        found.map_or_else(|| id.to_string(), |questionnaire| questionnaire.slug.clone())
    };
    checked.differences =
        missing.told(name).into_iter().map(|(count, missing)| Difference { count, missing }).collect();
    Ok(Compared { checked, missing, kept })
}

async fn find_mark(conn: &impl ConnectionTrait) -> Result<Option<String>, AppError> {
    Ok(setting::Entity::find_by_id(KEPT).one(conn).await?.map(|row| row.value))
}

/// Writes the next mark unless it is another one than `before` by now.
async fn mark(conn: &impl ConnectionTrait, before: Option<&str>) -> Result<bool, AppError> {
    let times = before.and_then(|kept| kept.split('.').nth(1)?.parse::<u64>().ok()).unwrap_or_default();
    let value = format!("{RULE}.{}", times + 1);
    let changed = match before {
        Some(before) => {
            let update = setting::Entity::update_many()
                .col_expr(setting::Column::Value, Expr::value(value))
                .filter(setting::Column::Key.eq(KEPT))
                .filter(setting::Column::Value.eq(before));
            update.exec(conn).await?.rows_affected > 0
        }
        None => {
            let row = setting::ActiveModel { key: Set(KEPT.to_owned()), value: Set(value) };
            crate::server::db::insert_or_nothing(setting::Entity::insert(row), conn).await?
        }
    };
    Ok(changed)
}
