//! Channels: the poster, class or leaflet by which people come to a questionnaire. A channel is a short code in an
//! address; whoever begins there carries it along, and it is sent with the answers. It names a place, never a person.
//!
//! Called by the first page of a questionnaire, by the arrival of answers and by the organizers' screen. What must
//! stay true, held by the tests `questionnaires/channels`: a code that nobody made is as good as none, a code that
//! answers may carry never goes away, and nothing is kept before *Begin*.

mod typed;

pub use typed::{ChannelCode, ChannelName, Fault};

use super::{
    catalogue::{self, Questionnaire},
    entities::channel::{self, State},
    queries,
};
use crate::{
    auth::Organizer,
    error::AppError,
    ids::QuestionnaireId,
    server::{Context, audit, db::Transaction, entities::StoredDay, error::internal},
};
use form::Day;
use sea_orm::Set;

/// The most channels of one questionnaire, retired ones too: with more of them each would have few people, and few
/// people can be told apart.
pub const MAX_CHANNELS: usize = 100;

/// The fewest people that should come by one channel; what the screen asks of organizers.
pub const FEWEST_PEOPLE: u32 = 20;

/// How often a code is made up until one is free.
const TRIES: u32 = 8;

/// One channel as organizers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// What stands in the address.
    pub code: String,
    /// What organizers call it.
    pub name: String,
    /// Whether it is still handed out.
    pub is_active: bool,
    /// The site's day on which it was made.
    pub created_on: Day,
}

/// The code of a channel of this questionnaire that an address names, retired or not; `None` for whatever is none.
///
/// # Errors
/// When the database fails.
pub async fn known(ctx: &Context, questionnaire: &QuestionnaireId, typed: &str) -> Result<Option<String>, AppError> {
    let Some(code) = ChannelCode::parse(typed) else { return Ok(None) };
    let row = queries::find_channel(ctx.read(), questionnaire, code.as_str()).await?;
    Ok(row.map(|row| row.code))
}

/// The same for a questionnaire's slug; `None` too where there is no such questionnaire.
///
/// # Errors
/// When the database fails.
pub async fn known_by_slug(ctx: &Context, slug: &str, typed: &str) -> Result<Option<String>, AppError> {
    // A name that none can have is not asked for: a database refuses some characters.
    if !form::names::is_slug(slug) {
        return Ok(None);
    }
    match queries::find_questionnaire(ctx.read(), slug).await? {
        Some(questionnaire) => known(ctx, &questionnaire.id, typed).await,
        None => Ok(None),
    }
}

/// A questionnaire and its channels, those in use first.
///
/// # Errors
/// [`AppError::NotFound`] if there is none of that slug.
pub async fn list(ctx: &Context, _: &Organizer, slug: &str) -> Result<(Questionnaire, Vec<Channel>), AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let rows = queries::list_channels(ctx.read(), &questionnaire.id).await?;
    Ok((questionnaire, rows.into_iter().map(of_row).collect()))
}

/// Makes a channel and leaves an audit row. Without a code one is made up. Gives the code.
///
/// # Errors
/// [`AppError::NotFound`] if there is no questionnaire of that slug; inside, what does not fit the channels that are
/// there.
pub async fn add(
    ctx: &Context,
    organizer: &Organizer,
    slug: &str,
    name: &ChannelName,
    code: Option<&ChannelCode>,
) -> Result<Result<ChannelCode, Fault>, AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let today = StoredDay(ctx.clock().today());
    for _ in 0..TRIES {
        let proposed = code.cloned().map_or_else(ChannelCode::propose, Ok)?;
        let (id, stored) = (&questionnaire.id, &proposed);
        let added = ctx
            .write(|tx| async move {
                let added = store(&tx, id, name, stored, today).await?;
                if added.is_ok() {
                    audit::record(&tx, Some(organizer.id()), "channel.added", slug, stored.as_str()).await?;
                }
                Ok(added)
            })
            .await?;
        match added {
            Ok(()) => return Ok(Ok(proposed)),
            Err(Fault::CodeTaken) if code.is_none() => {}
            Err(fault) => return Ok(Err(fault)),
        }
    }
    Err(internal("no free code for a channel"))
}

/// Retires a channel, or takes it back into use. Its links go on working and its answers go on being counted. Doing
/// it twice changes nothing and leaves one audit row.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such questionnaire or channel.
pub async fn set_active(
    ctx: &Context,
    organizer: &Organizer,
    slug: &str,
    code: &str,
    is_active: bool,
) -> Result<(), AppError> {
    let (state, action) = match is_active {
        true => (State::Active, "channel.restored"),
        false => (State::Retired, "channel.retired"),
    };
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let code = known(ctx, &questionnaire.id, code).await?.ok_or(AppError::NotFound)?;
    let (id, code) = (&questionnaire.id, &code);
    ctx.write(|tx| async move {
        if queries::set_channel_state(&tx, id, code, state).await? {
            audit::record(&tx, Some(organizer.id()), action, slug, code).await?;
        }
        Ok(())
    })
    .await
}

async fn store(
    tx: &Transaction,
    questionnaire: &QuestionnaireId,
    name: &ChannelName,
    code: &ChannelCode,
    today: StoredDay,
) -> Result<Result<(), Fault>, AppError> {
    let others = queries::list_channels(tx, questionnaire).await?;
    // Also what keeps a second tap from making a second channel.
    if others.iter().any(|other| other.name == name.as_str()) {
        return Ok(Err(Fault::NameTaken));
    }
    if others.len() >= MAX_CHANNELS {
        return Ok(Err(Fault::TooMany));
    }
    let row = channel::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        questionnaire_id: Set(questionnaire.clone()),
        code: Set(code.as_str().to_owned()),
        name: Set(name.as_str().to_owned()),
        state: Set(State::Active),
        created_on: Set(today),
    };
    let is_new = queries::insert_channel(tx, row).await?;
    Ok(if is_new { Ok(()) } else { Err(Fault::CodeTaken) })
}

fn of_row(row: channel::Model) -> Channel {
    let channel::Model { code, name, state, created_on, .. } = row;
    Channel { code, name, is_active: state == State::Active, created_on: created_on.0 }
}
