//! A batch comes from a desk: each operation is answered for itself.

use super::{Desk, TURN, merged, place_of, table_id, wire_id};
use crate::{
    error::AppError,
    events::{
        guest::Line,
        server::{
            catalogue::{self, Event},
            entities::{desk, operation, operation_name, refused_operation},
            queries,
        },
    },
    ids::RegistrationId,
    server::{Context, bus::Topic, db::Transaction},
};
use rollcall::{
    Act, Batch, Entry, Id, Log, Operation, Verdict,
    log::{Clash, Reason},
    operation::{MOST_NAME_BYTES, MOST_SEQUENCE},
    time::Contact,
};
use sea_orm::Set;
use std::collections::HashSet;

/// Operations of one desk that lie on the tray at most: more is no honest desk.
const MOST_ON_TRAY: u64 = 2_000;
/// Characters that are kept of what cannot be read.
const MOST_UNREADABLE: usize = 1_000;

/// What a desk is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// What became of each operation, in the order of the batch.
    pub verdicts: Vec<(Id, Verdict)>,
    /// The number of the event's latest operation.
    pub last: i64,
}

/// Takes in what a desk sends. The same twice is the same once, and answered `known`. Of what stands in `unreadable`
/// nothing but the id can be read: it lies on the tray, and holds nothing else up.
///
/// # Errors
/// When the database fails: then nothing of it is held, and the desk sends it again.
pub async fn deliver(
    ctx: &Context,
    desk: &Desk,
    batch: &Batch,
    unreadable: &[(Id, String)],
) -> Result<Delivered, AppError> {
    let delivered = ctx.write_in_turn(TURN, |tx| async move {
        // Asked anew: it may have been revoked since it showed its secret.
        let row = queries::find_desk(&tx, &desk.id.to_string()).await?.ok_or(AppError::SignInRequired)?;
        let is_revoked = row.revoked_at.is_some();
        let desk = &Desk { is_revoked, expires_at: row.expires_at, ..desk.clone() };
        let event = catalogue::find_by_id(ctx, &tx, &desk.event).await?;
        let lying = queries::count_refused_of(&tx, &desk.id.to_string()).await?;
        if lying >= MOST_ON_TRAY {
            // No verdict: the desk keeps what it has.
            return Err(AppError::TooManyRequests { retry_after: 600 });
        }
        let mut known = Known::load(&tx, desk, &event, batch).await?;
        let contact = Contact { desk_ms: batch.sent_at, server_ms: tx.now_ms(), opened_ms: row.opened_at };
        let mut last = queries::last_number(&tx, &desk.event).await?;
        let (mut verdicts, mut rows, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for said in &batch.operations {
            let name = batch.name_of(&said.id);
            let at = contact.correct(said.at);
            let verdict = known.take(desk, &event, Entry { desk: desk.id, at: at.at_ms, operation: *said }, name);
            match verdict {
                Verdict::Applied => {
                    last += 1;
                    rows.push(stored(desk, said, last, at.at_ms, at.is_doubtful, tx.now_ms()));
                    names.extend(named(desk, said, name).filter(|_| known.may_name(&event, &said.act)));
                }
                Verdict::Known => {}
                Verdict::Conflict(_) | Verdict::Refused(_) => {
                    let text = serde_json::to_string(said).unwrap_or_default();
                    let name = name.filter(|_| known.may_name(&event, &said.act));
                    let aside = Aside { id: said.id, text, at: Some(at.at_ms), name };
                    put_aside(&tx, desk, aside, verdict).await?;
                }
            }
            verdicts.push((said.id, verdict));
        }
        for (id, text) in unreadable {
            let verdict = Verdict::Refused(Reason::Unreadable);
            let aside = Aside { id: *id, text: text.chars().take(MOST_UNREADABLE).collect(), at: None, name: None };
            put_aside(&tx, desk, aside, verdict).await?;
            verdicts.push((*id, verdict));
        }
        queries::insert_operations(&tx, rows).await?;
        queries::insert_operation_names(&tx, names).await?;
        let made = i64::try_from(batch.made.min(MOST_SEQUENCE)).unwrap_or(0).max(row.made);
        let seen = desk::ActiveModel {
            id: Set(desk.id.to_string()),
            made: Set(made),
            seen_at: Set(Some(tx.now_ms())),
            ..Default::default()
        };
        queries::update_desk(&tx, seen).await?;
        Ok(Delivered { verdicts, last })
    });
    let delivered = delivered.await?;
    ctx.bus().publish(Topic::Attendance(desk.event.clone()));
    Ok(delivered)
}

/// Takes in one operation that happened at a known time.
///
/// # Errors
/// When the database fails.
pub(super) async fn append(
    tx: &Transaction,
    desk: &Desk,
    event: &Event,
    said: &Operation,
    at: i64,
    name: Option<&str>,
) -> Result<Verdict, AppError> {
    let batch = Batch { sent_at: said.at, made: said.sequence, operations: vec![*said], names: Vec::new() };
    let mut known = Known::load(tx, desk, event, &batch).await?;
    let verdict = known.take(desk, event, Entry { desk: desk.id, at, operation: *said }, name);
    if verdict == Verdict::Applied {
        let name = name.filter(|_| known.may_name(event, &said.act));
        let number = queries::last_number(tx, &desk.event).await? + 1;
        queries::insert_operations(tx, vec![stored(desk, said, number, at, false, tx.now_ms())]).await?;
        queries::insert_operation_names(tx, named(desk, said, name).into_iter().collect()).await?;
    }
    Ok(verdict)
}

/// The row of the name that goes along; nothing for what brings none.
fn named(desk: &Desk, said: &Operation, name: Option<&str>) -> Option<operation_name::ActiveModel> {
    let (name, guest) = (name.filter(|_| said.act.brings_name())?, said.act.guest()?);
    Some(operation_name::ActiveModel {
        operation_id: Set(said.id.to_string()),
        event_id: Set(desk.event.clone()),
        guest: Set(guest.to_string()),
        name: Set(name.trim().to_owned()),
    })
}

/// What is held of whatever a batch names.
struct Known {
    log: Log,
    /// Ids that are held by other events: they are taken.
    taken: HashSet<Id>,
    /// Numbers of this desk that are held by operations outside of the batch.
    numbers: HashSet<u64>,
    registered: HashSet<Id>,
    /// Who registered and has had their data deleted since, under whatever id.
    deleted: HashSet<Id>,
    walked_in: HashSet<Id>,
}

impl Known {
    async fn load(tx: &Transaction, desk: &Desk, event: &Event, batch: &Batch) -> Result<Self, AppError> {
        let ids: Vec<String> = batch.operations.iter().map(|said| said.id.to_string()).collect();
        let held = queries::operations_by_id(tx, &ids).await?;
        let mut log = Log::default();
        let mut taken = HashSet::new();
        for row in &held {
            match entry_of(row).filter(|_| row.event_id == event.id) {
                Some(entry) => {
                    log.append(entry);
                }
                None => taken.extend(Id::parse(&row.id)),
            }
        }
        let sequences: Vec<i64> =
            batch.operations.iter().filter_map(|said| i64::try_from(said.sequence).ok()).collect();
        let own = log.entries().filter(|entry| entry.desk == desk.id);
        let held_here: HashSet<u64> = own.map(|entry| entry.operation.sequence).collect();
        let numbers = queries::held_sequences(tx, &desk.id.to_string(), &sequences).await?;
        let numbers = numbers.into_iter().filter_map(|number| u64::try_from(number).ok());
        let numbers = numbers.filter(|number| !held_here.contains(number)).collect();
        let guests: Vec<Id> = batch.operations.iter().filter_map(|said| said.act.guest()).collect();
        let registrations = guests.iter().map(|guest| RegistrationId(table_id(*guest))).collect();
        let registered = queries::registered_among(tx, &event.id, registrations).await?;
        let mut registered: HashSet<Id> = registered.iter().filter_map(|id| wire_id(id.as_str())).collect();
        // Who was merged since the desk heard of them is somebody all the same.
        let merged = merged(tx, &event.id).await?;
        let whose = |guest: &Id| merged.get(guest).copied().unwrap_or(*guest);
        registered.extend(merged.keys());
        let people = guests.iter().map(|guest| RegistrationId(table_id(whose(guest)))).collect();
        let people = queries::registered_among(tx, &event.id, people).await?;
        let named: HashSet<RegistrationId> = queries::named_among(tx, people.clone()).await?.into_iter().collect();
        let nameless: HashSet<Id> =
            people.iter().filter(|id| !named.contains(id)).filter_map(|id| wire_id(id.as_str())).collect();
        let deleted = guests.iter().filter(|guest| nameless.contains(&whose(guest))).copied().collect();
        let guests: Vec<String> = guests.iter().map(Id::to_string).collect();
        let walked_in = queries::walked_in(tx, &event.id, &guests).await?;
        let walked_in = walked_in.iter().filter_map(|guest| Id::parse(guest)).collect();
        Ok(Self { log, taken, numbers, registered, deleted, walked_in })
    }

    /// Where names were deleted none comes in again.
    fn may_name(&self, event: &Event, act: &Act) -> bool {
        event.anonymised_on.is_none() && act.guest().is_none_or(|guest| !self.deleted.contains(&guest))
    }

    /// What becomes of an operation; it is held from then on if it is applied.
    fn take(&mut self, desk: &Desk, event: &Event, entry: Entry, name: Option<&str>) -> Verdict {
        let said = entry.operation;
        if self.taken.contains(&said.id) {
            return Verdict::Conflict(Clash::SameId);
        }
        match self.log.judge(desk.id, &said) {
            Verdict::Applied => {}
            other => return other,
        }
        if self.numbers.contains(&said.sequence) {
            return Verdict::Conflict(Clash::SameSequence);
        }
        // What happened while the desk was open is taken in whenever it comes; of what a wrong clock noted nobody knows
        // whether it did.
        if desk.is_revoked || entry.at >= desk.expires_at {
            return Verdict::Refused(Reason::Revoked);
        }
        if let Some(reason) = self.reason_against(event, &said.act, name) {
            return Verdict::Refused(reason);
        }
        if let Act::WalkIn { guest, .. } = said.act {
            self.walked_in.insert(guest);
        }
        self.log.append(entry)
    }

    fn reason_against(&self, event: &Event, act: &Act, name: Option<&str>) -> Option<Reason> {
        if act.place().is_some_and(|place| place_of(event, place).is_none()) {
            return Some(Reason::UnknownPlace);
        }
        if act.brings_name() {
            let is_name = name.is_some_and(|name| name.len() <= MOST_NAME_BYTES && Line::required(name).is_ok());
            if !is_name {
                return Some(Reason::NoName);
            }
        }
        match act {
            Act::WalkIn { guest, .. } if self.registered.contains(guest) => Some(Reason::GuestExists),
            Act::WalkIn { .. } | Act::Undo { .. } => None,
            Act::Arrive { guest, .. } | Act::Leave { guest } | Act::Move { guest, .. } | Act::Correct { guest } => {
                let is_known = self.registered.contains(guest) || self.walked_in.contains(guest);
                (!is_known).then_some(Reason::UnknownGuest)
            }
        }
    }
}

/// What is put on the tray.
struct Aside<'a> {
    id: Id,
    /// What was said, as JSON.
    text: String,
    /// When it happened, if that can be told.
    at: Option<i64>,
    name: Option<&'a str>,
}

/// Onto the tray.
async fn put_aside(tx: &Transaction, desk: &Desk, aside: Aside<'_>, verdict: Verdict) -> Result<(), AppError> {
    let Aside { id, text, at, name } = aside;
    let why = match verdict {
        Verdict::Conflict(clash) => clash.as_str(),
        Verdict::Refused(reason) => reason.as_str(),
        Verdict::Applied | Verdict::Known => return Ok(()),
    };
    // What no name can be is not kept either.
    let name = name.and_then(|name| Line::required(name).ok()).map(|name| name.as_str().to_owned());
    let row = refused_operation::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        event_id: Set(desk.event.clone()),
        desk_id: Set(desk.id.to_string()),
        operation_id: Set(id.to_string()),
        why: Set(why.to_owned()),
        operation: Set(text),
        happened_at: Set(at),
        name: Set(name),
        received_at: Set(tx.now_ms()),
        settled_at: Set(None),
        settled_by: Set(None),
    };
    queries::insert_refused(tx, row).await.map_err(AppError::from)
}

fn stored(desk: &Desk, said: &Operation, number: i64, at: i64, is_doubtful: bool, now: i64) -> operation::ActiveModel {
    use operation::Kind;
    let (act, target) = match said.act {
        Act::Arrive { .. } => (Kind::Arrive, None),
        Act::WalkIn { .. } => (Kind::WalkIn, None),
        Act::Leave { .. } => (Kind::Leave, None),
        Act::Move { .. } => (Kind::Move, None),
        Act::Correct { .. } => (Kind::Correct, None),
        Act::Undo { operation } => (Kind::Undo, Some(operation.to_string())),
    };
    operation::ActiveModel {
        id: Set(said.id.to_string()),
        event_id: Set(desk.event.clone()),
        number: Set(number),
        desk_id: Set(desk.id.to_string()),
        // Within bounds: the log has looked.
        sequence: Set(i64::try_from(said.sequence).unwrap_or(0)),
        at: Set(at),
        noted_at: Set(said.at),
        received_at: Set(now),
        doubtful: Set(i64::from(is_doubtful)),
        known: Set(i64::try_from(said.known).unwrap_or(i64::MAX)),
        act: Set(act),
        guest: Set(said.act.guest().map(|guest| guest.to_string())),
        place: Set(said.act.place().map(|place| place.to_string())),
        target: Set(target),
    }
}

/// A row as the rules read it; nothing if it is broken.
pub(super) fn entry_of(row: &operation::Model) -> Option<Entry> {
    use operation::Kind;
    let id = |text: &Option<String>| text.as_deref().and_then(Id::parse);
    let act = match row.act {
        Kind::Arrive => Act::Arrive { guest: id(&row.guest)?, place: id(&row.place)? },
        Kind::WalkIn => Act::WalkIn { guest: id(&row.guest)?, place: id(&row.place)? },
        Kind::Leave => Act::Leave { guest: id(&row.guest)? },
        Kind::Move => Act::Move { guest: id(&row.guest)?, place: id(&row.place)? },
        Kind::Correct => Act::Correct { guest: id(&row.guest)? },
        Kind::Undo => Act::Undo { operation: id(&row.target)? },
    };
    let operation = Operation {
        id: Id::parse(&row.id)?,
        sequence: u64::try_from(row.sequence).ok()?,
        at: row.noted_at,
        known: u64::try_from(row.known).ok()?,
        act,
    };
    Some(Entry { desk: Id::parse(&row.desk_id)?, at: row.at, operation })
}
