//! The calls of the desk's members. They carry public keys, days, counts and what is sealed; no passphrase, no key, no word
//! of a letter, but for words that their worker agreed to and that go out (`pass_on`). Each asks anew who calls.

mod consent;

pub use super::letters::SealedLetter;
use super::{
    people::Person,
    sharing::{ShareFacts, SignedOrder, SignedYes},
    standing::{Part, State},
};
use crate::error::AppError;
pub use consent::{approve, order, pass_on, propose, publish, refuse};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

/// The path of every call here, held by the test `questionnaires/api`.
pub const PATHS: &[&str] = &[
    "/api/v1/voices/answer-challenge",
    "/api/v1/voices/approve",
    "/api/v1/voices/assign",
    "/api/v1/voices/desk",
    "/api/v1/voices/enrol",
    "/api/v1/voices/give-key",
    "/api/v1/voices/list",
    "/api/v1/voices/note",
    "/api/v1/voices/open",
    "/api/v1/voices/order",
    "/api/v1/voices/pass-on",
    "/api/v1/voices/propose",
    "/api/v1/voices/publish",
    "/api/v1/voices/refuse",
    "/api/v1/voices/reply",
    "/api/v1/voices/sort",
];

/// How the desk stands, and where the caller stands with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The installation among voices; 32 hexadecimal digits.
    pub site: String,
    /// Who vouches for all keys; 64 hexadecimal digits, empty while there is none.
    pub root: String,
    /// Whether voices are taken today.
    pub is_open: bool,
    /// Whether whoever runs the server can read everything.
    pub is_demonstration: bool,
    /// The site's day, `YYYY-MM-DD`.
    pub today: String,
    /// Everybody for whom a root has signed.
    pub people: Vec<Person>,
    /// Keys of the desk, the newest first.
    pub keys: Vec<DeskKey>,
    /// Who calls, if they are a member or want to be one.
    pub me: Option<Me>,
    /// How many voices came in a flood and wait for somebody to look at them.
    #[serde(default)]
    pub aside: u64,
}

impl Facts {
    /// Whether the root vouched for somebody when they joined.
    #[must_use]
    pub fn is_vouched(&self, person: &Person) -> bool {
        let vouched = || {
            let root = ed25519_dalek::VerifyingKey::from_bytes(&super::encoding::from_hex(&self.root)?).ok()?;
            person.signs(&self.site, &root, form::Day::parse(&person.joined_on)?)
        };
        vouched().is_some()
    }
}

/// A key of the desk, its public half.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskKey {
    /// Its number.
    pub number: u32,
    /// 64 hexadecimal digits.
    pub public_key: String,
    /// That the root vouches for it; 128 hexadecimal digits.
    pub certificate: String,
    /// The first day.
    pub from_day: String,
    /// The last one.
    pub until_day: String,
    /// The members for whom it is sealed, by their ids.
    pub readers: Vec<String>,
}

/// The caller's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// What all may know.
    pub person: Person,
    /// Of the passphrase; 32 hexadecimal digits.
    pub salt: String,
    /// Their secret keys, locked by the passphrase; base 64.
    pub locked: String,
    /// The desk's keys, sealed for them.
    pub wraps: Vec<OwnWrap>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWrap {
    /// Which key.
    pub number: u32,
    /// The key, sealed; base 64.
    pub wrapped: String,
    /// What only that key opens, until it was answered once.
    pub challenge: Option<String>,
}

/// A voice in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceRow {
    /// Its id; 32 hexadecimal digits.
    pub id: String,
    /// To which key of the desk it was sealed.
    pub epoch: u32,
    /// In which language the worker reads.
    pub language: String,
    /// How far the desk is.
    pub state: State,
    /// By which day the worker was promised the next step.
    pub due_on: String,
    /// Who looks after it.
    pub member: Option<String>,
    /// What the desk noted, sealed; base 64.
    pub note: Option<String>,
    /// How often members were handed it.
    pub opens: i64,
    /// How many letters it has.
    pub messages: u32,
    /// Whether the worker wrote last.
    pub is_waiting: bool,
    /// When it came.
    pub opened_on: String,
    /// When something was last added.
    pub changed_on: String,
    /// When its worker said that the desk is late.
    #[serde(default)]
    pub late_on: Option<String>,
    /// Whether a member waits for another one's answer about something that must go without a yes.
    #[serde(default)]
    pub is_ordered: bool,
    /// Whether its worker agreed to something that may go today and has not.
    #[serde(default)]
    pub is_agreed: bool,
}

/// A voice as it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// As it stands in the list now.
    pub row: VoiceRow,
    /// The case key, sealed to the desk's key; base 64.
    pub wrapped: String,
    /// What checks the worker's letters, newest first; 64 hexadecimal digits each.
    pub workers: Vec<String>,
    /// Whether the worker wants it kept for longer after its end.
    pub is_kept_long: bool,
    /// The letters, in their order.
    pub letters: Vec<SealedLetter>,
    /// What may be passed on if the worker agrees, and what they agreed to.
    #[serde(default)]
    pub shares: Vec<ShareFacts>,
    /// What they agreed to, as they signed it.
    #[serde(default)]
    pub yeses: Vec<SignedYes>,
    /// What members asked for without a yes, as they signed it.
    #[serde(default)]
    pub orders: Vec<SignedOrder>,
    /// The site's day, `YYYY-MM-DD`: a desk may stay unlocked over midnight.
    #[serde(default)]
    pub today: String,
}

/// How the desk stands, and where the caller stands with it.
#[server(prefix = "/api/v1", endpoint = "voices/desk", input = Json, output = Json)]
pub async fn read_desk() -> Result<Facts, AppError> {
    let (ctx, organizer) = super::server::members::caller().await?;
    super::server::members::facts(&ctx, &organizer).await
}

/// Asks to read at the desk. The keys were made where the passphrase was typed.
#[server(prefix = "/api/v1", endpoint = "voices/enrol", input = Json, output = Json)]
pub async fn enrol(
    /// Random; 32 hexadecimal digits.
    id: String,
    /// How workers will know them.
    called: String,
    /// What checks their letters; 64 hexadecimal digits.
    sign_key: String,
    /// To what keys are sealed for them; 64 hexadecimal digits.
    seal_key: String,
    /// Of the passphrase; 32 hexadecimal digits.
    salt: String,
    /// Their secret keys, locked by the passphrase; base 64.
    locked: String,
) -> Result<(), AppError> {
    use super::server::{
        ceremony::{self, MemberKeys},
        demonstration,
    };

    let (ctx, organizer) = super::server::members::caller().await?;
    let since = String::from(ctx.clock().today());
    let keys = MemberKeys { id: id.clone(), called, sign_key, seal_key, since };
    ceremony::enrol(&ctx, organizer.id(), &id, &keys, &salt, &locked).await?;
    demonstration::admit(&ctx, &id).await
}

/// Says that the caller has opened a key of the desk.
#[server(prefix = "/api/v1", endpoint = "voices/answer-challenge", input = Json, output = Json)]
pub async fn answer_challenge(
    /// Which key.
    number: u32,
    /// What the challenge held.
    answer: String,
) -> Result<(), AppError> {
    use super::server::{
        ceremony::{self, Holder},
        members,
    };

    let (ctx, organizer) = super::server::members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    ceremony::answer(&ctx, number, &Holder::Member(member.id()), &answer).await
}

/// Voices of one part of the list.
#[server(prefix = "/api/v1", endpoint = "voices/list", input = Json, output = Json)]
pub async fn list_voices(
    /// Which part; those that are open if it is left out.
    #[server(default)]
    part: Part,
) -> Result<Vec<VoiceRow>, AppError> {
    use super::server::members;

    let (ctx, organizer) = super::server::members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    members::list(&ctx, &member, part).await
}

/// One voice as it is sealed; it is counted, and its worker sees how often.
#[server(prefix = "/api/v1", endpoint = "voices/open", input = Json, output = Json)]
pub async fn open_voice(
    /// Its id.
    voice: String,
) -> Result<Opened, AppError> {
    use super::server::members;

    let (ctx, organizer) = super::server::members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    members::open(&ctx, &member, &crate::ids::VoiceId(voice)).await
}

/// Adds a letter of the desk, and says how far it is.
#[server(prefix = "/api/v1", endpoint = "voices/reply", input = Json, output = Json)]
pub async fn reply_to_voice(
    /// Which voice.
    voice: String,
    /// Which of its letters this is.
    number: u32,
    /// The letter, sealed to the case's key; base 64.
    envelope: String,
    /// How far the desk is with it.
    state: State,
) -> Result<(), AppError> {
    use super::server::members;

    let (ctx, organizer) = super::server::members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    members::reply(&ctx, &member, &crate::ids::VoiceId(voice), number, &envelope, state).await
}

/// Notes something for the desk.
#[server(prefix = "/api/v1", endpoint = "voices/note", input = Json, output = Json)]
pub async fn note_voice(
    /// Which voice.
    voice: String,
    /// The note, sealed to the desk's key, base 64; empty to take it away.
    note: String,
) -> Result<(), AppError> {
    use super::server::members;

    let (ctx, organizer) = super::server::members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    members::note(&ctx, &member, &crate::ids::VoiceId(voice), &note).await
}

/// Says who looks after a voice.
#[server(prefix = "/api/v1", endpoint = "voices/assign", input = Json, output = Json)]
pub async fn assign_voice(
    /// Which voice.
    voice: String,
    /// The member's id; nobody if it is left out.
    #[server(default)]
    member: Option<String>,
) -> Result<(), AppError> {
    use super::server::members;

    let (ctx, organizer) = super::server::members::caller().await?;
    let caller = members::of(&ctx, &organizer).await?;
    members::assign(&ctx, &caller, &crate::ids::VoiceId(voice), member.as_deref()).await
}

/// Gives a key of the desk to a member who joined after it was made.
#[server(prefix = "/api/v1", endpoint = "voices/give-key", input = Json, output = Json)]
pub async fn give_key(
    /// Which key.
    number: u32,
    /// The member's id.
    member: String,
    /// The key, sealed for them; base 64.
    wrapped: String,
) -> Result<(), AppError> {
    use super::server::members;

    let (ctx, organizer) = super::server::members::caller().await?;
    let caller = members::of(&ctx, &organizer).await?;
    members::give(&ctx, &organizer, &caller, number, &member, &wrapped).await
}

/// Says of voices that came in a flood whether they are voices or junk.
#[server(prefix = "/api/v1", endpoint = "voices/sort", input = Json, output = Json)]
pub async fn sort_voices(
    /// Which.
    voices: Vec<String>,
    /// Whether they are junk: concluded without an answer, and deleted like all that are.
    is_junk: bool,
) -> Result<(), AppError> {
    use super::server::members;

    let (ctx, organizer) = super::server::members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    let voices: Vec<_> = voices.into_iter().map(crate::ids::VoiceId).collect();
    members::sort(&ctx, &member, &voices, is_junk).await
}
