//! The calls of who writes with script (door A): everything that they carry was sealed or signed on the phone. A page that
//! was opened yesterday must still be able to make them: paths and arguments stay, new arguments are optional.

use super::{
    api::{DeskKey, SealedLetter},
    people::Person,
    sharing::{ShareFacts, Yes},
    standing::State,
};
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

/// The path of every call here, held by the test `http/api`.
pub const PATHS: &[&str] = &[
    "/api/v1/voices",
    "/api/v1/voices/add",
    "/api/v1/voices/agree",
    "/api/v1/voices/change-receipt",
    "/api/v1/voices/delete",
    "/api/v1/voices/door",
    "/api/v1/voices/keep",
    "/api/v1/voices/late",
    "/api/v1/voices/letters",
    "/api/v1/voices/withdraw",
];

/// What a page hands to its program. None of it is a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// The installation among voices; 32 hexadecimal digits.
    pub site: String,
    /// Who vouches for the desk's keys, as the configuration says; 64 hexadecimal digits.
    pub root: String,
    /// To which key letters are sealed.
    pub key: DeskKey,
    /// The site's day, `YYYY-MM-DD`.
    pub today: String,
    /// The word of the form, as door B carries it.
    pub attempt: String,
    /// The voice that this form makes; 32 hexadecimal digits.
    pub voice: String,
    /// Whether whoever runs the server can read everything.
    pub is_demonstration: bool,
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrived {
    /// It is stored; by this day there is an answer, `YYYY-MM-DD`.
    Stored(String),
    /// Very many come from this network: look for a number of so many bits first.
    Work(u32),
}

/// A voice as its worker may have it, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its id; 32 hexadecimal digits.
    pub voice: String,
    /// How far the desk is.
    pub state: State,
    /// By which day the next step was promised.
    pub due_on: String,
    /// Whether that day is over.
    pub is_late: bool,
    /// How often members were handed it.
    pub opens: i64,
    /// How many letters it has.
    pub messages: u32,
    /// Whether it is kept for longer after its end.
    pub is_kept_long: bool,
    /// The case key, sealed for the worker; base 64.
    pub wrapped: String,
    /// What checks the worker's own letters, newest first; 64 hexadecimal digits each.
    pub workers: Vec<String>,
    /// Who may have answered.
    pub people: Vec<Person>,
    /// The letters, in their order.
    pub letters: Vec<SealedLetter>,
    /// What the desk asks to pass on, and what was agreed to.
    #[serde(default)]
    pub shares: Vec<ShareFacts>,
    /// The site's day, `YYYY-MM-DD`.
    #[serde(default)]
    pub today: String,
    /// When they said that the desk is late.
    #[serde(default)]
    pub late_on: Option<String>,
    /// Whether somebody beside the desk is told then.
    #[serde(default)]
    pub is_watched: bool,
}

/// What follows from a receipt and is shown to the server, for a new voice or in place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptKeys {
    /// By this the voice is found; 64 hexadecimal digits.
    pub auth: String,
    /// To this the case key is sealed; 64 hexadecimal digits.
    pub kem: String,
    /// This checks letters; 64 hexadecimal digits.
    pub sign: String,
}

/// The key of a new voice, sealed for both who may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseKey {
    /// For the desk; base 64.
    pub for_desk: String,
    /// To which key of the desk that is.
    pub key: u32,
    /// For the worker; base 64.
    pub for_worker: String,
}

/// What a page hands to its program, anew: the page was open for very long.
#[server(prefix = "/api/v1", endpoint = "voices/door", input = Json, output = Json)]
pub async fn read_door() -> Result<Door, AppError> {
    super::server::door_a::door_anew(&super::server::called()?).await
}

/// Takes in a letter that was sealed on a phone. It may be repeated: the same voice is there once.
#[server(prefix = "/api/v1", endpoint = "voices", input = Json, output = Json)]
pub async fn send_voice(
    /// The word of the form.
    attempt: String,
    /// In which language the worker reads.
    language: String,
    /// What follows from the receipt.
    keys: ReceiptKeys,
    /// The case key, sealed.
    wraps: CaseKey,
    /// The letter; base 64.
    envelope: String,
    /// The number that was looked for, if one was asked for.
    #[server(default)]
    work: u64,
) -> Result<Arrived, AppError> {
    use super::server::door_a;
    use crate::questionnaires::server::effort::Client;
    use axum::http::request::Parts;

    let ctx = super::server::called()?;
    let client = use_context::<Parts>().map_or(Client::unknown(), |parts| Client::of(&parts));
    let new = door_a::New { attempt, language, keys, wraps, envelope, work };
    door_a::arrive(&ctx, client, &new).await
}

/// What was written and answered, sealed.
#[server(prefix = "/api/v1", endpoint = "voices/letters", input = Json, output = Json)]
pub async fn read_letters(
    /// What follows from the receipt; 64 hexadecimal digits.
    auth: String,
) -> Result<Told, AppError> {
    super::server::door_a::letters(&super::server::called()?, &auth).await
}

/// Adds a letter that was sealed on the phone.
#[server(prefix = "/api/v1", endpoint = "voices/add", input = Json, output = Json)]
pub async fn add_letter(
    /// What follows from the receipt.
    auth: String,
    /// Which of the voice.
    number: u32,
    /// The letter; base 64.
    envelope: String,
) -> Result<(), AppError> {
    super::server::door_a::add(&super::server::called()?, &auth, number, &envelope).await
}

/// Keeps a voice for longer after its end, or for as long as all others.
#[server(prefix = "/api/v1", endpoint = "voices/keep", input = Json, output = Json)]
pub async fn keep_voice(
    /// What follows from the receipt.
    auth: String,
    /// For three years.
    is_long: bool,
) -> Result<(), AppError> {
    super::server::door_a::keep(&super::server::called()?, &auth, is_long).await
}

/// Says that the desk is late.
#[server(prefix = "/api/v1", endpoint = "voices/late", input = Json, output = Json)]
pub async fn say_late(
    /// What follows from the receipt.
    auth: String,
) -> Result<(), AppError> {
    super::server::door_a::late(&super::server::called()?, &auth).await
}

/// Deletes everything at once.
#[server(prefix = "/api/v1", endpoint = "voices/delete", input = Json, output = Json)]
pub async fn delete_voice(
    /// What follows from the receipt.
    auth: String,
) -> Result<(), AppError> {
    super::server::door_a::delete(&super::server::called()?, &auth).await
}

/// Lets another receipt open a voice instead of this one.
#[server(prefix = "/api/v1", endpoint = "voices/change-receipt", input = Json, output = Json)]
pub async fn change_receipt(
    /// What follows from the receipt so far.
    auth: String,
    /// What follows from the other one.
    keys: ReceiptKeys,
    /// The case key, sealed for the other one; base 64.
    wrapped: String,
) -> Result<(), AppError> {
    super::server::door_a::change(&super::server::called()?, &auth, &keys, &wrapped).await
}

/// Agrees to words that may be passed on. The same yes sent again is there once.
#[server(prefix = "/api/v1", endpoint = "voices/agree", input = Json, output = Json)]
pub async fn agree(
    /// What follows from the receipt.
    auth: String,
    /// To what, signed.
    yes: Yes,
) -> Result<(), AppError> {
    super::server::door_a::agree(&super::server::called()?, &auth, &yes).await
}

/// Takes a yes back. Doing it twice changes nothing.
#[server(prefix = "/api/v1", endpoint = "voices/withdraw", input = Json, output = Json)]
pub async fn withdraw(
    /// What follows from the receipt.
    auth: String,
    /// Which grant; 32 hexadecimal digits.
    grant: String,
    /// By the key that follows from the receipt; 128 hexadecimal digits.
    signature: String,
) -> Result<(), AppError> {
    super::server::door_a::withdraw(&super::server::called()?, &auth, &grant, &signature).await
}
