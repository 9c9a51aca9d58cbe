//! What must hold in every story, looked at while it happens and when it has ended.

use super::{
    person::{Frozen, Kind, Person},
    phone::{Locks, Phone},
    world::{At, World},
};
use app::questionnaires::server::entities::{
    quarantined_response::{self as quarantined, Reason},
    response,
};
use outbox::{Row, draft::Phone as Whose};
use std::{collections::BTreeMap, fmt};

/// What did not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    /// Answers that a phone had taken, or for which a page had a receipt, are nowhere.
    Lost,
    /// Answers are there more than once.
    Doubled,
    /// Something stands under somebody's id that they did not send.
    Mixed,
    /// A phone let go of answers that the server does not hold.
    TooEarly,
    /// A phone had two requests under way.
    TwoAtOnce,
    /// The bytes of a row are not those that were frozen.
    Rewritten,
    /// A draft was written on a phone that others use.
    DraftOnShared,
    /// A code was kept on a phone that others use.
    CodeOnShared,
    /// A queue did not go on by itself when all was well again.
    Stuck,
    /// Something is left on a phone for ever.
    Left,
}

impl Broken {
    /// By what it is broken.
    pub fn by(self, what: impl Into<String>) -> Violation {
        Violation { broken: self, what: what.into() }
    }
}

/// What did not hold, and of whom.
#[derive(Clone, Debug)]
pub struct Violation {
    /// What did not hold.
    pub broken: Broken,
    what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.broken, self.what)
    }
}

/// A page may post this row: nobody else on this phone posts, and it is as it was frozen. Where the browser has no
/// locks a lease may end over slow requests, so that there only the server keeps answers from being doubled.
pub fn may_post(world: &World, at: At, row: &Row) -> Result<(), Violation> {
    let phone = &world.phones[at.phone];
    if phone.locks == Locks::Browser && phone.tabs.iter().any(|tab| tab.posting.is_some()) {
        return Err(Broken::TwoAtOnce.by(format!("{at:?} posts {} beside another request", row.id)));
    }
    is_as_frozen(world, row)
}

/// Neither a calendar nor a language changes what waits on a phone.
pub fn rows_are_as_frozen(world: &World, phone: usize) -> Result<(), Violation> {
    world.phones[phone].storage.rows().iter().try_for_each(|row| is_as_frozen(world, row))
}

fn is_as_frozen(world: &World, row: &Row) -> Result<(), Violation> {
    let person = world.people.iter().find(|person| person.id == row.id);
    if person.is_some_and(|person| person.frozen.iter().any(|frozen| frozen.row == *row)) {
        return Ok(());
    }
    Err(Broken::Rewritten.by(format!("nobody froze the row of {} as it is", row.id)))
}

/// The server holds these bytes, at this moment.
pub async fn is_held(world: &World, id: &str, digest: &str) -> Result<(), Violation> {
    let is_stored = world.service.rows(&[id]).await.iter().any(|row| row.digest == digest);
    if is_stored || world.service.aside(&[id]).await.iter().any(|row| row.digest == digest) {
        return Ok(());
    }
    Err(Broken::TooEarly.by(format!("{id} was let go of, and the server does not hold it")))
}

/// Only a phone of somebody's own keeps drafts.
pub fn drafts_are_on_own_phones(phone: &Phone) -> Result<(), Violation> {
    if phone.whose == Whose::Shared && !phone.storage.drafts().is_empty() {
        return Err(Broken::DraftOnShared.by("a draft stands on a phone that others use"));
    }
    Ok(())
}

/// All has been well for a while, nobody touched anything, and every page was open: what waited was sent. Where the
/// storage has refused something before, two versions of one person's answers may have been frozen: the later one is in
/// conflict, and its row stays.
pub fn queue_resumed_by_itself(world: &World) -> Result<(), Violation> {
    for (number, phone) in world.phones.iter().enumerate() {
        let waiting = phone.storage.rows();
        if !phone.has_refused && !waiting.is_empty() {
            return Err(Broken::Stuck.by(format!("phone {number} still holds {}", waiting[0].id)));
        }
    }
    Ok(())
}

/// Everything has been sent: everybody is there once, and nothing is left on a phone.
pub async fn accounts_are_right(world: &mut World) -> Result<(), Violation> {
    let ids: Vec<&str> = world.people.iter().map(|person| person.id.as_str()).collect();
    let rows = world.service.rows(&ids).await;
    let rows: BTreeMap<String, response::Model> =
        rows.into_iter().map(|row| (row.instance_id.0.clone(), row)).collect();
    let mut aside: BTreeMap<String, Vec<quarantined::Model>> = BTreeMap::new();
    for row in world.service.aside(&ids).await {
        aside.entry(row.instance_id.clone()).or_default().push(row);
    }
    for person in &world.people {
        is_there_once(person, rows.get(&person.id), aside.get(&person.id).map(Vec::as_slice).unwrap_or_default())?;
    }
    let expected = (rows.len() as u64, aside.values().map(|rows| rows.len() as u64).sum::<u64>());
    let (all, all_aside) = world.service.count().await;
    let more = (all - world.before.0, all_aside - world.before.1);
    if more != expected {
        return Err(Broken::Doubled.by(format!("{more:?} rows came, {expected:?} of them under somebody's id")));
    }
    let mut conflicts = 0;
    for (number, phone) in world.phones.iter().enumerate() {
        if let Some(draft) = phone.storage.drafts().first() {
            return Err(Broken::Left.by(format!("phone {number} still keeps the draft of {}", draft.id)));
        }
        let has_code = phone.storage.marks().iter().any(|mark| mark.code.is_some());
        if phone.whose == Whose::Shared && has_code {
            return Err(Broken::CodeOnShared.by(format!("phone {number} keeps a code")));
        }
        for row in phone.storage.rows() {
            is_in_conflict(&row, rows.get(&row.id), aside.get(&row.id).map(Vec::as_slice).unwrap_or_default())?;
            conflicts += 1;
        }
    }
    world.tally.add("answers stored", expected.0);
    world.tally.add("answers kept aside", expected.1);
    world.tally.add("rows in conflict, kept on both sides", conflicts);
    Ok(())
}

fn is_there_once(
    person: &Person,
    row: Option<&response::Model>,
    aside: &[quarantined::Model],
) -> Result<(), Violation> {
    let Person { id, kind, .. } = person;
    let there: Vec<(&str, &str)> = row
        .map(|row| (row.digest.as_str(), row.payload.as_str()))
        .into_iter()
        .chain(aside.iter().map(|row| (row.digest.as_str(), row.payload.as_str())))
        .collect();
    for (digest, payload) in &there {
        let is_theirs = |frozen: &Frozen| frozen.sending.digest == *digest && frozen.sending.payload == *payload;
        if !person.frozen.iter().any(is_theirs) {
            return Err(Broken::Mixed.by(format!("under {id} stands what they did not send")));
        }
        if there.iter().filter(|(other, _)| other == digest).count() > 1 {
            return Err(Broken::Doubled.by(format!("{id} is stored and kept aside")));
        }
    }
    if there.len() > 1 && person.has_one_version() {
        return Err(Broken::Doubled.by(format!("{id} is there {} times", there.len())));
    }
    for digest in person.kept.iter().chain(&person.received) {
        if !there.iter().any(|(other, _)| other == digest) {
            return Err(Broken::Lost.by(format!("{id} is nowhere")));
        }
    }
    // Of what fits, the first to come is stored; whatever does not is kept aside.
    if there.is_empty() || row.is_some() == (*kind == Kind::Fits) {
        return Ok(());
    }
    Err(Broken::Lost.by(format!("{id} of {kind:?} is in the wrong place")))
}

/// A row may stay on a phone only if other answers came under its id before: then both sides keep it, and say so. It
/// takes a storage that refused at *Send*, so that the draft stayed and was changed.
fn is_in_conflict(row: &Row, stored: Option<&response::Model>, aside: &[quarantined::Model]) -> Result<(), Violation> {
    let is_other = stored.is_some_and(|stored| stored.digest != row.digest);
    let is_aside = aside.iter().any(|aside| aside.digest == row.digest && aside.reason == Reason::OtherBytes);
    if is_other && is_aside {
        return Ok(());
    }
    Err(Broken::Left.by(format!("{} still waits", row.id)))
}
