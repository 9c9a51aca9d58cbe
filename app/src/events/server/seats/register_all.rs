//! A list of registrations at once. The rules are those of one ([`super::register`]): the same seats, the same waiting
//! list, the same hint at who may be registered already; but what is known of the event is read once and not for
//! each of ten thousand rows.

use super::{
    Refusal, State,
    register::{blank_row, guest_row},
};
use crate::{
    error::AppError,
    events::{
        guest::Typed,
        seating::{Seat, Taken},
        server::{
            catalogue,
            entities::{guest, registration},
            link::{self, Link},
            mails, queries,
        },
    },
    ids::{EventId, PlaceId, RegistrationId},
    server::{Context, db::Transaction},
};
use registration::Source;
use sea_orm::{ActiveValue, Set};
use std::collections::{HashMap, HashSet};

/// Rows of one statement: databases bound the values of a statement.
const ROWS: usize = 500;

/// One row of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where they come.
    pub place: PlaceId,
    /// Who they are.
    pub guest: Typed,
    /// What makes it count once.
    pub attempt: String,
    /// In which language mails are written.
    pub language: String,
}

/// Registers all of them inside a transaction of [`super::TURN`], in their order; how many had not come before.
/// `tells` sends each their mail.
///
/// # Errors
/// Inside, why the list cannot be taken in: the event is over, a place is none of its; outside, when the database
/// fails.
pub async fn register_all_within(
    ctx: &Context,
    tx: &Transaction,
    event: &EventId,
    entries: &[Entry],
    import: &str,
    tells: bool,
) -> Result<Result<usize, Refusal>, AppError> {
    let event = catalogue::find_by_id(ctx, tx, event).await?;
    if event.is_over(tx.now_ms()) {
        return Ok(Err(Refusal::Closed));
    }
    let mut seats: HashMap<PlaceId, Taken> = event.places.iter().map(|place| (place.id.clone(), place.taken)).collect();
    if entries.iter().any(|entry| !seats.contains_key(&entry.place)) {
        return Ok(Err(Refusal::NoPlace));
    }
    let mut known = Known::load(tx, &event.id).await?;
    let new: Vec<&Entry> = entries.iter().filter(|entry| known.attempts.insert(entry.attempt.clone())).collect();
    let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
    let first_turn = queries::take_turns(tx, &event.id, count).await? - count;
    let (mut rows, mut guests) = (Vec::with_capacity(new.len()), Vec::with_capacity(new.len()));
    for (turn, entry) in (first_turn + 1..).zip(&new) {
        let id = RegistrationId(uuid::Uuid::new_v4().to_string());
        let repeat_of = known.repeated(&entry.guest, &id);
        let state = match seats.get_mut(&entry.place) {
            Some(taken) => give(taken, repeat_of.is_some()),
            None => return Ok(Err(Refusal::NoPlace)),
        };
        let row = registration::ActiveModel {
            id: Set(id.clone()),
            place_id: Set(Some(entry.place.clone())),
            state: Set(state),
            turn: Set(turn),
            code: Set(known.free_code()?),
            attempt: Set(entry.attempt.clone()),
            language: Set(entry.language.clone()),
            kind: Set(entry.guest.kind.map(str::to_owned)),
            repeat_of: Set(repeat_of),
            source: Set(Source::Import),
            import_id: Set(Some(import.to_owned())),
            ..blank_row(ctx, tx, &event.id, Link::random()?)
        };
        rows.push(row);
        guests.push(guest_row(&id, &event.id, &entry.guest));
    }
    let ids: Vec<RegistrationId> = rows.iter().filter_map(|row| value(&row.id)).collect();
    for chunk in rows.chunks(ROWS) {
        queries::insert_registrations(tx, chunk.to_vec()).await?;
    }
    for chunk in guests.chunks(ROWS) {
        queries::insert_guests(tx, chunk.to_vec()).await?;
    }
    if tells {
        tell(ctx, tx, &event.id, &ids).await?;
    }
    Ok(Ok(ids.len()))
}

/// A seat or a place on the waiting list; a repeat is shown what it would have, and holds nothing.
fn give(taken: &mut Taken, is_repeat: bool) -> State {
    let seat = taken.next();
    let state = match seat {
        Seat::Held => State::Registered,
        Seat::Waiting => State::Waiting,
    };
    match seat {
        _ if is_repeat => {}
        Seat::Held => taken.registered += 1,
        Seat::Waiting => taken.waiting += 1,
    }
    state
}

async fn tell(ctx: &Context, tx: &Transaction, event: &EventId, ids: &[RegistrationId]) -> Result<(), AppError> {
    let event = catalogue::find_by_id(ctx, tx, event).await?;
    let new: HashSet<&RegistrationId> = ids.iter().collect();
    let mut guests: HashMap<RegistrationId, guest::Model> = queries::list_guests(tx, &event.id)
        .await?
        .into_iter()
        .map(|guest| (guest.registration_id.clone(), guest))
        .collect();
    for row in queries::list_registrations(tx, &event.id).await? {
        // Who may be registered already is asked by an organizer first.
        if !new.contains(&row.id) || row.repeat_of.is_some() {
            continue;
        }
        if let Some(guest) = guests.remove(&row.id) {
            mails::tell_of_registration(ctx, tx, &event, &row, &guest, None).await?;
        }
    }
    Ok(())
}

/// What is known of an event's registrations.
struct Known {
    attempts: HashSet<String>,
    codes: HashSet<String>,
    /// Who counts, by name and phone or address.
    people: HashMap<(String, String), RegistrationId>,
}

impl Known {
    async fn load(tx: &Transaction, event: &EventId) -> Result<Self, AppError> {
        let rows = queries::list_registrations(tx, event).await?;
        let mut guests: HashMap<RegistrationId, guest::Model> = queries::list_guests(tx, event)
            .await?
            .into_iter()
            .map(|guest| (guest.registration_id.clone(), guest))
            .collect();
        let mut known = Self { attempts: HashSet::new(), codes: HashSet::new(), people: HashMap::new() };
        // In the order in which they came: the first of two is the one that is repeated.
        for row in rows {
            if row.state != State::Cancelled
                && row.repeat_of.is_none()
                && let Some(guest) = guests.remove(&row.id)
            {
                for key in keys(&guest.name_key, &guest.phone_key, guest.email_key.as_deref()) {
                    known.people.entry(key).or_insert_with(|| row.id.clone());
                }
            }
            known.attempts.insert(row.attempt);
            known.codes.insert(row.code);
        }
        Ok(known)
    }

    /// Who it seems to be already; if nobody, it is remembered as who it is.
    fn repeated(&mut self, guest: &Typed, id: &RegistrationId) -> Option<RegistrationId> {
        let keys = keys(&guest.name_key(), &guest.phone_key(), guest.email_key().as_deref());
        let found = keys.iter().find_map(|key| self.people.get(key)).cloned();
        if found.is_none() {
            for key in keys {
                self.people.insert(key, id.clone());
            }
        }
        found
    }

    fn free_code(&mut self) -> Result<String, AppError> {
        loop {
            let code = link::new_code()?;
            if self.codes.insert(code.clone()) {
                return Ok(code);
            }
        }
    }
}

/// By what a person is known: the name with the phone, the name with the address.
fn keys(name: &str, phone: &str, email: Option<&str>) -> Vec<(String, String)> {
    let phone = Some(phone).filter(|phone| !phone.is_empty());
    [phone, email].into_iter().flatten().map(|other| (name.to_owned(), other.to_owned())).collect()
}

fn value<T: Clone + Into<sea_orm::Value>>(value: &ActiveValue<T>) -> Option<T> {
    match value {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value.clone()),
        ActiveValue::NotSet => None,
    }
}
