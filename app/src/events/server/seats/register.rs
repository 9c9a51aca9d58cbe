//! A new registration.

use super::{Refusal, State, TURN, move_up, put};
use crate::{
    error::AppError,
    events::{
        guest::Typed,
        seating::Seat,
        server::{
            catalogue::{self, Event},
            entities::{follower, guest, mailing::MailKind, registration},
            link::{self, Link},
            mails, queries,
        },
    },
    ids::{EventId, PlaceId, RegistrationId},
    server::{Context, db::Transaction, error::internal},
};
use registration::Source;
use sea_orm::Set;

/// What a guest wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A seat there, or a place on its waiting list.
    Seat(PlaceId),
    /// To hear of it when the place is fixed or registration opens; perhaps of one place.
    Interest(Option<PlaceId>),
}

/// A form that was sent.
#[derive(Clone, Debug)]
pub struct Registering<'a> {
    /// For what.
    pub event: &'a EventId,
    /// What they want.
    pub wish: Wish,
    /// Who they are.
    pub guest: &'a Typed,
    /// What the form carried ([`link::new_attempt`]).
    pub attempt: &'a str,
    /// In which language mails are written.
    pub language: &'a str,
    /// Whether they want to hear of the next date of the series.
    pub follows: bool,
    /// Who entered it.
    pub source: Source,
    /// With which list it came.
    pub import: Option<&'a str>,
}

/// How often a code is made up until one is free.
const TRIES: u32 = 16;

/// Registers a guest: a seat if one is free and nobody waits, else a place on the waiting list. Gives the personal link.
///
/// Somebody who seems to be registered already is stored as a repeat: it looks to them like any other and holds no
/// seat, until an organizer says that it is somebody else. So nobody learns by trying who is registered; the link to
/// the first goes to the address that stands there.
///
/// # Errors
/// Inside, why it cannot be; outside, when the database fails.
pub async fn register(ctx: &Context, registering: &Registering<'_>) -> Result<Result<Link, Refusal>, AppError> {
    ctx.write_in_turn(TURN, |tx| async move { register_within(ctx, &tx, registering).await }).await
}

/// The same inside a transaction of [`TURN`], for lists.
///
/// # Errors
/// As [`register`].
pub async fn register_within(
    ctx: &Context,
    tx: &Transaction,
    registering: &Registering<'_>,
) -> Result<Result<Link, Refusal>, AppError> {
    if let Some(row) = queries::registration_by_attempt(tx, registering.attempt).await? {
        return Link::of_key(ctx.keys(), &row.link_key).map(Ok);
    }
    let stored = match store(ctx, tx, registering).await? {
        Ok(stored) => stored,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let row = queries::find_registration(tx, &stored.id).await?.ok_or(AppError::NotFound)?;
    let guest = queries::find_guest(tx, &stored.id).await?.ok_or(AppError::NotFound)?;
    // The event as it is with them in it: letters name seats and lists.
    let event = catalogue::find_by_id(ctx, tx, registering.event).await?;
    mails::tell_of_registration(ctx, tx, &event, &row, &guest, stored.repeated.as_ref()).await?;
    Ok(Ok(stored.link))
}

/// The same without telling anybody: for guests that nobody is, in the demonstration content.
///
/// # Errors
/// As [`register`].
pub async fn register_untold(
    ctx: &Context,
    tx: &Transaction,
    registering: &Registering<'_>,
) -> Result<Result<(), Refusal>, AppError> {
    Ok(store(ctx, tx, registering).await?.map(drop))
}

/// A registration that stands in the tables.
struct Stored {
    id: RegistrationId,
    link: Link,
    /// The one that it seems to repeat.
    repeated: Option<(registration::Model, guest::Model)>,
}

async fn store(
    ctx: &Context,
    tx: &Transaction,
    registering: &Registering<'_>,
) -> Result<Result<Stored, Refusal>, AppError> {
    let event = catalogue::find_by_id(ctx, tx, registering.event).await?;
    let (place, state) = match state_for(&event, registering, tx.now_ms()) {
        Ok(given) => given,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let repeated = find_repeated(tx, &event, registering.guest).await?;
    let link = Link::random()?;
    let row = registration::ActiveModel {
        place_id: Set(place),
        state: Set(state),
        turn: Set(queries::take_turn(tx, &event.id).await?),
        code: Set(free_code(tx, &event.id).await?),
        attempt: Set(registering.attempt.to_owned()),
        language: Set(registering.language.to_owned()),
        kind: Set(registering.guest.kind.map(str::to_owned)),
        repeat_of: Set(repeated.as_ref().map(|(row, _)| row.id.clone())),
        source: Set(registering.source),
        import_id: Set(registering.import.map(str::to_owned)),
        ..blank_row(ctx, tx, &event.id, link)
    };
    let id = row.id.clone().take().ok_or_else(|| internal("a registration without an id"))?;
    queries::insert_registration(tx, row).await?;
    let guest = guest_row(&id, &event.id, registering.guest);
    queries::insert_guest(tx, guest).await?;
    if registering.follows {
        follow(ctx, tx, &event, registering).await?;
    }
    Ok(Ok(Stored { id, link, repeated }))
}

/// What they are given, and where.
fn state_for(event: &Event, registering: &Registering<'_>, now_ms: i64) -> Result<(Option<PlaceId>, State), Refusal> {
    // Organizers also enter who called after the last day.
    let is_own = registering.source == Source::Guest;
    if event.is_over(now_ms) {
        return Err(Refusal::Closed);
    }
    match &registering.wish {
        Wish::Interest(place) => {
            if is_own && !event.standing.takes_interest() {
                return Err(Refusal::Closed);
            }
            if place.as_ref().is_some_and(|place| event.place(place).is_none()) {
                return Err(Refusal::NoPlace);
            }
            Ok((place.clone(), State::Interested))
        }
        Wish::Seat(place) => {
            if is_own && !event.standing.takes_guests() {
                return Err(Refusal::Closed);
            }
            let place = event.place(place).ok_or(Refusal::NoPlace)?;
            let state = match place.taken.next() {
                Seat::Held => State::Registered,
                Seat::Waiting => State::Waiting,
            };
            Ok((Some(place.id.clone()), state))
        }
    }
}

/// The registration of this event that is the same person's: the same name, and the same phone or address.
///
/// # Errors
/// When the database fails.
pub async fn find_repeated(
    tx: &Transaction,
    event: &Event,
    guest: &Typed,
) -> Result<Option<(registration::Model, guest::Model)>, AppError> {
    let (name, phone, email) = (guest.name_key(), guest.phone_key(), guest.email_key());
    let mut found: Option<(registration::Model, guest::Model)> = None;
    for same in queries::same_guests(tx, &event.id, &name, &phone, email.as_deref()).await? {
        let Some(row) = queries::find_registration(tx, &same.registration_id).await? else { continue };
        let counts = row.state != State::Cancelled && row.repeat_of.is_none();
        if counts && found.as_ref().is_none_or(|(other, _)| row.turn < other.turn) {
            found = Some((row, same));
        }
    }
    Ok(found)
}

/// Lets what repeated a registration count for itself, when that one ended: the first repeat takes over what the same
/// person gave back, and is what the later ones repeat. Its page has said so all along.
pub(super) async fn release_repeats(
    ctx: &Context,
    tx: &Transaction,
    event: &Event,
    ended: &registration::Model,
    had: State,
) -> Result<(), AppError> {
    let repeats = queries::repeats_of(tx, &ended.id).await?;
    let mut repeats = repeats.into_iter().filter(|repeat| repeat.state != State::Cancelled);
    let Some(first) = repeats.next() else { return Ok(()) };
    let (heir, shown) = (first.id.clone(), first.state);
    let place = first.place_id.clone();
    let inherits = place == ended.place_id && matches!(had, State::Registered | State::Offered);
    let turn = queries::take_turn(tx, &first.event_id).await?;
    put(tx, first, |row| {
        row.repeat_of = Set(None);
        row.turn = Set(turn);
        row.state = Set(match shown {
            State::Interested => State::Interested,
            _ if inherits => State::Registered,
            _ => State::Waiting,
        });
    })
    .await?;
    for other in repeats {
        put(tx, other, |row| row.repeat_of = Set(Some(heir.clone()))).await?;
    }
    let Some(place) = place.filter(|_| shown != State::Interested && !inherits) else { return Ok(()) };
    move_up(ctx, tx, &place).await?;
    let row = queries::find_registration(tx, &heir).await?.ok_or(AppError::NotFound)?;
    // Who was shown a seat and now waits for one must hear of it.
    match queries::find_guest(tx, &heir).await? {
        Some(guest) if row.state == State::Waiting && shown != State::Waiting => {
            mails::tell(ctx, tx, event, &row, &guest, MailKind::Waiting).await
        }
        _ => Ok(()),
    }
}

async fn free_code(tx: &Transaction, event: &EventId) -> Result<String, AppError> {
    for _ in 0..TRIES {
        let code = link::new_code()?;
        if queries::registration_by_code(tx, event, &code).await?.is_none() {
            return Ok(code);
        }
    }
    Err(internal("no free code for a registration"))
}

/// What every new registration has alike.
pub(super) fn blank_row(ctx: &Context, tx: &Transaction, event: &EventId, link: Link) -> registration::ActiveModel {
    registration::ActiveModel {
        id: Set(RegistrationId(uuid::Uuid::new_v4().to_string())),
        event_id: Set(event.clone()),
        ended_by: Set(None),
        link_key: Set(link.key(ctx.keys())),
        offered_until: Set(None),
        changes: Set(0),
        created_at: Set(tx.now_ms()),
        changed_at: Set(tx.now_ms()),
        ..Default::default()
    }
}

/// The row of who it is.
pub(super) fn guest_row(id: &RegistrationId, event: &EventId, typed: &Typed) -> guest::ActiveModel {
    let text = |line: &Option<crate::events::guest::Line>| line.as_ref().map(|line| line.as_str().to_owned());
    guest::ActiveModel {
        registration_id: Set(id.clone()),
        event_id: Set(event.clone()),
        name: Set(typed.name.as_str().to_owned()),
        reading: Set(text(&typed.reading)),
        organisation: Set(text(&typed.organisation).unwrap_or_default()),
        phone: Set(typed.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default()),
        email: Set(typed.email_key()),
        needs: Set(typed.needs.clone()),
        answers: Set(typed.answers.clone()),
        name_key: Set(typed.name_key()),
        phone_key: Set(typed.phone_key()),
        email_key: Set(typed.email_key()),
        note: Set(None),
    }
}

async fn follow(ctx: &Context, tx: &Transaction, event: &Event, registering: &Registering<'_>) -> Result<(), AppError> {
    let (Some(series), Some(email)) = (&event.series, registering.guest.email_key()) else { return Ok(()) };
    let row = follower::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        series_id: Set(series.id.clone()),
        email: Set(email.clone()),
        email_key: Set(email),
        language: Set(registering.language.to_owned()),
        link_key: Set(Link::random()?.key(ctx.keys())),
        created_at: Set(tx.now_ms()),
    };
    queries::insert_follower(tx, row).await.map(drop).map_err(AppError::from)
}
