//! Which series and events there are, as pages and services read them: rows put together with places, seats and what
//! follows from the calendar.

use super::{
    entities::{
        event::{self, Promotion, State},
        place::{self, Kind},
        registration::State as Seat,
        series,
    },
    queries::{self, Counted},
};
use crate::{
    error::AppError,
    events::{
        details::Details,
        seating::Taken,
        standing::{Facts, Standing},
        words::Words,
    },
    ids::{EventId, PlaceId, SeriesId},
    server::Context,
};
use form::{Day, Published, Time};
use sea_orm::ConnectionTrait;
use std::{collections::HashMap, sync::Arc};

/// A series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its id.
    pub id: SeriesId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: Words,
    /// What it is for.
    pub about: Words,
    /// Unix milliseconds.
    pub changed_at: i64,
}

/// An event with its places.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Its name in addresses.
    pub slug: String,
    /// The series it belongs to.
    pub series: Option<Arc<Series>>,
    /// Which of its series it is.
    pub number: Option<u32>,
    /// The theme.
    pub title: Words,
    /// Programme, hosts and the rest.
    pub details: Details,
    /// The day, as the calendar at the place says.
    pub held_on: Day,
    /// When it begins there.
    pub begins: Option<Time>,
    /// When it ends there.
    pub ends: Option<Time>,
    /// How far the clocks there are ahead of UTC.
    pub utc_offset_minutes: i64,
    /// The last day on which people register.
    pub register_until: Option<Day>,
    /// What organizers decided.
    pub state: State,
    /// What that means today.
    pub standing: Standing,
    /// Where its report is read.
    pub report: Option<String>,
    /// Organizers' own questions.
    pub questions: Option<Arc<Published>>,
    /// What becomes of who moves up.
    pub promotion: Promotion,
    /// How long an offer stands.
    pub offer_hours: i64,
    /// After so many days names are deleted.
    pub keep_days: i64,
    /// When they were.
    pub anonymised_on: Option<Day>,
    /// The calendar entry's revision.
    pub sequence: i64,
    /// Unix milliseconds.
    pub changed_at: i64,
    /// Where, in their order.
    pub places: Vec<Place>,
    /// How many want to hear of it.
    pub interested: u32,
}

/// A place of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// Whether people come there or call in.
    pub kind: Kind,
    /// The city or what it is called.
    pub name: Words,
    /// Where exactly; nothing while it is to be announced.
    pub address: Option<Words>,
    /// How to get there and in.
    pub access: Words,
    /// Where to call in; for guests only.
    pub link: Option<String>,
    /// Its seats.
    pub taken: Taken,
}

impl Place {
    /// Whether people know where to go.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        match self.kind {
            Kind::Venue => self.address.is_some(),
            Kind::Online => true,
        }
    }
}

impl Event {
    /// One of its places.
    #[must_use]
    pub fn place(&self, id: &PlaceId) -> Option<&Place> {
        self.places.iter().find(|place| place.id == *id)
    }

    /// When it begins, in Unix milliseconds: the time of day, or the first minute of its day.
    #[must_use]
    pub fn begins_ms(&self) -> i64 {
        self.instant(self.begins.map_or(0, |time| i64::from(time.minutes())))
    }

    /// When it ends: the time of day, or the last minute of its day.
    #[must_use]
    pub fn ends_ms(&self) -> i64 {
        self.instant(self.ends.map_or(24 * 60, |time| i64::from(time.minutes())))
    }

    fn instant(&self, minutes: i64) -> i64 {
        (self.held_on.unix_days() * 24 * 60 + minutes - self.utc_offset_minutes) * 60_000
    }

    /// Whether nobody is given a seat any more.
    #[must_use]
    pub fn is_over(&self, now_ms: i64) -> bool {
        self.state == State::Cancelled || now_ms >= self.ends_ms()
    }

    /// The seats of all its places together: taken ones, and how many there are if each place has a limit.
    #[must_use]
    pub fn seats(&self) -> (u32, Option<u32>) {
        let taken = self.places.iter().map(|place| place.taken.registered + place.taken.offered).sum();
        let all = self.places.iter().map(|place| place.taken.capacity).sum::<Option<u32>>();
        (taken, all)
    }
}

/// The event of that slug that everybody may know of.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn find(ctx: &Context, slug: &str) -> Result<Event, AppError> {
    let event = find_any(ctx, slug).await?;
    if event.standing.is_public() { Ok(event) } else { Err(AppError::NotFound) }
}

/// The event of that slug, drafts too: for organizers.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn find_any(ctx: &Context, slug: &str) -> Result<Event, AppError> {
    // A name that none can have is not asked for: a database refuses some characters.
    if !form::names::is_slug(slug) {
        return Err(AppError::NotFound);
    }
    let row = queries::find_event(ctx.read(), slug).await?.ok_or(AppError::NotFound)?;
    whole(ctx, ctx.read(), row).await
}

/// The event of that id, as `conn` sees it: inside a transaction with what the transaction did.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn find_by_id(ctx: &Context, conn: &impl ConnectionTrait, id: &EventId) -> Result<Event, AppError> {
    let row = queries::event_by_id(conn, id).await?.ok_or(AppError::NotFound)?;
    whole(ctx, conn, row).await
}

/// All events that everybody may know of, the latest day first.
///
/// # Errors
/// When the database fails.
pub async fn list(ctx: &Context) -> Result<Vec<Event>, AppError> {
    Ok(list_any(ctx).await?.into_iter().filter(|event| event.standing.is_public()).collect())
}

/// All events, drafts too, the latest day first: for organizers.
///
/// # Errors
/// When the database fails.
pub async fn list_any(ctx: &Context) -> Result<Vec<Event>, AppError> {
    let conn = ctx.read();
    let series: HashMap<SeriesId, Arc<Series>> =
        list_series(ctx).await?.into_iter().map(|series| (series.id.clone(), Arc::new(series))).collect();
    let mut places: HashMap<EventId, Vec<place::Model>> = HashMap::new();
    for row in queries::list_places(conn, &[]).await? {
        places.entry(row.event_id.clone()).or_default().push(row);
    }
    let mut counts: HashMap<EventId, Vec<Counted>> = HashMap::new();
    for row in queries::count_states(conn, None).await? {
        counts.entry(row.event_id.clone()).or_default().push(row);
    }
    let rows = queries::list_events(conn).await?;
    let built = rows.into_iter().map(|row| {
        let of_series = row.series_id.as_ref().and_then(|id| series.get(id)).map(Arc::clone);
        let places = places.remove(&row.id).unwrap_or_default();
        let counts = counts.remove(&row.id).unwrap_or_default();
        of_rows(ctx, row, of_series, places, &counts)
    });
    Ok(built.collect())
}

/// All series, by slug.
///
/// # Errors
/// When the database fails.
pub async fn list_series(ctx: &Context) -> Result<Vec<Series>, AppError> {
    Ok(queries::list_series(ctx.read()).await?.into_iter().map(of_series_row).collect())
}

/// The series of that slug.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn find_series(ctx: &Context, slug: &str) -> Result<Series, AppError> {
    if !form::names::is_slug(slug) {
        return Err(AppError::NotFound);
    }
    queries::find_series(ctx.read(), slug).await?.map(of_series_row).ok_or(AppError::NotFound)
}

/// The public event of a series that comes next, today's too.
///
/// # Errors
/// When the database fails.
pub async fn next_of(ctx: &Context, series: &SeriesId) -> Result<Option<Event>, AppError> {
    let events = list(ctx).await?;
    Ok(next_among(&events, series).cloned())
}

/// The next event of a series among these.
#[must_use]
pub fn next_among<'e>(events: &'e [Event], series: &SeriesId) -> Option<&'e Event> {
    events
        .iter()
        .filter(|event| event.series.as_ref().is_some_and(|own| own.id == *series) && event.standing.is_ahead())
        .min_by_key(|event| (event.held_on, event.begins))
}

async fn whole(ctx: &Context, conn: &impl ConnectionTrait, row: event::Model) -> Result<Event, AppError> {
    let series = match &row.series_id {
        Some(id) => queries::series_by_id(conn, id).await?.map(of_series_row).map(Arc::new),
        None => None,
    };
    let places = queries::list_places(conn, std::slice::from_ref(&row.id)).await?;
    let counts = queries::count_states(conn, Some(&row.id)).await?;
    Ok(of_rows(ctx, row, series, places, &counts))
}

fn of_rows(
    ctx: &Context,
    row: event::Model,
    series: Option<Arc<Series>>,
    places: Vec<place::Model>,
    counts: &[Counted],
) -> Event {
    let places: Vec<Place> = places.into_iter().map(|place| of_place(place, counts)).collect();
    let facts = Facts {
        state: row.state,
        held_on: row.held_on.0,
        register_until: row.register_until.map(Day::from),
        has_places: !places.is_empty() && places.iter().all(Place::is_fixed),
        is_full: !places.is_empty()
            && places.iter().all(|place| place.taken.next() == crate::events::seating::Seat::Waiting),
        has_report: row.report.is_some(),
    };
    let time = |text: &Option<String>| text.as_deref().and_then(Time::parse);
    let questions = row.questions.as_deref().and_then(|json| Published::from_json(json.as_bytes()).ok());
    Event {
        series,
        number: row.number.and_then(|number| u32::try_from(number).ok()),
        title: Words::of_json(&row.title),
        details: Details::of_json(&row.details),
        held_on: row.held_on.0,
        begins: time(&row.begins),
        ends: time(&row.ends),
        utc_offset_minutes: row.utc_offset_minutes,
        register_until: facts.register_until,
        state: row.state,
        standing: facts.on(ctx.clock().today()),
        report: row.report,
        questions: questions.map(Arc::new),
        promotion: row.promotion,
        offer_hours: row.offer_hours,
        keep_days: row.keep_days,
        anonymised_on: row.anonymised_on.map(Day::from),
        sequence: row.sequence,
        changed_at: row.changed_at,
        interested: counts.iter().filter(|row| row.state == Seat::Interested).map(|row| number(row.n)).sum(),
        id: row.id,
        slug: row.slug,
        places,
    }
}

fn of_place(row: place::Model, counts: &[Counted]) -> Place {
    let in_state = |state: Seat| {
        let here = counts.iter().filter(|count| count.place_id.as_ref() == Some(&row.id) && count.state == state);
        here.map(|count| number(count.n)).sum()
    };
    let taken = Taken {
        capacity: row.capacity.map(number),
        registered: in_state(Seat::Registered),
        offered: in_state(Seat::Offered),
        waiting: in_state(Seat::Waiting),
    };
    Place {
        kind: row.kind,
        name: Words::of_json(&row.name),
        address: row.address.as_deref().map(Words::of_json).filter(|words| !words.is_empty()),
        access: Words::of_json(&row.access),
        link: row.link,
        taken,
        id: row.id,
    }
}

fn of_series_row(row: series::Model) -> Series {
    let series::Model { id, slug, title, about, changed_at, .. } = row;
    Series { id, slug, title: Words::of_json(&title), about: Words::of_json(&about), changed_at }
}

fn number(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}
