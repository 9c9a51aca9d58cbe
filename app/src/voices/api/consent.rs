//! The calls by which words leave the desk: by the worker's yes, or by the answer of two members.

use crate::{
    error::AppError,
    voices::{
        member::Proposed,
        sharing::{Basis, SignedOrder},
    },
};
use leptos::{prelude::*, server_fn::codec::Json};

/// Asks a worker whether words may be passed on.
#[server(prefix = "/api/v1", endpoint = "voices/propose", input = Json, output = Json)]
pub async fn propose(
    /// Which voice.
    voice: String,
    /// Which of its letters the first of these is.
    number: u32,
    /// The words and, if the worker reads another language, their translation, sealed to the case's key; base 64.
    letters: Vec<String>,
    /// SHA-256 of the exact words; 64 hexadecimal digits.
    words: String,
    /// In which language they would be sent.
    language: String,
    /// SHA-256 of the translation, if there is one.
    #[server(default)]
    shown: Option<String>,
) -> Result<(), AppError> {
    use crate::voices::server::members;

    let (ctx, organizer) = members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    let shown = shown.as_deref();
    let proposed = members::Proposed { number, letters: &letters, words: &words, shown, language: &language };
    members::propose(&ctx, &member, &crate::ids::VoiceId(voice), &proposed).await
}

/// Writes down that words go to who the worker agreed to, and gives the letter that brings them.
#[server(prefix = "/api/v1", endpoint = "voices/pass-on", input = Json, output = Json)]
pub async fn pass_on(
    /// Which voice.
    voice: String,
    /// By which grant; 32 hexadecimal digits.
    grant: String,
    /// The exact words.
    words: String,
    /// To whom.
    recipient: String,
    /// Under which id this is written down; 32 hexadecimal digits. The same once more gives the letter again.
    #[server(default)]
    id: Option<String>,
) -> Result<String, AppError> {
    use crate::voices::server::members;

    let (ctx, organizer) = members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    members::pass_on(&ctx, &member, &crate::ids::VoiceId(voice), &grant, words, (&recipient, id.as_deref())).await
}

/// Puts words on the site that the worker lets everybody read. Who drafted them does not.
#[server(prefix = "/api/v1", endpoint = "voices/publish", input = Json, output = Json)]
pub async fn publish(
    /// Which voice.
    voice: String,
    /// By which grant; 32 hexadecimal digits.
    grant: String,
    /// The exact words.
    words: String,
    /// Their translation with its language, if the worker was shown one.
    #[server(default)]
    shown: Option<(String, String)>,
    /// Under which id this is written down; 32 hexadecimal digits.
    id: String,
) -> Result<(), AppError> {
    use crate::voices::server::{consent::Published, members};

    let (ctx, organizer) = members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    members::publish(&ctx, &member, &crate::ids::VoiceId(voice), &grant, Published { words, shown, id }).await
}

/// Asks another member whether words must be passed on without the worker's yes, and tells the worker.
#[server(prefix = "/api/v1", endpoint = "voices/order", input = Json, output = Json)]
pub async fn order(
    /// Which voice.
    voice: String,
    /// The words, their translation if the worker reads another language, and as the last letter what tells the worker.
    proposed: Proposed,
    /// Why.
    basis: Basis,
    /// SHA-256 of the salt and who would be told; 64 hexadecimal digits.
    recipient: String,
    /// What the member signed.
    order: SignedOrder,
) -> Result<(), AppError> {
    use crate::voices::server::members;

    let (ctx, organizer) = members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    let Proposed { number, letters, words, language, shown } = &proposed;
    let proposed = members::Proposed { number: *number, letters, words, shown: shown.as_deref(), language };
    members::order(&ctx, &member, &crate::ids::VoiceId(voice), &proposed, (basis, &recipient, &order)).await
}

/// Says no to what another member asked for.
#[server(prefix = "/api/v1", endpoint = "voices/refuse", input = Json, output = Json)]
pub async fn refuse(
    /// Which voice.
    voice: String,
    /// Which order; 32 hexadecimal digits.
    order: String,
) -> Result<(), AppError> {
    use crate::voices::server::{consent, members};

    let (ctx, organizer) = members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    consent::refuse(&ctx, &member, &crate::ids::VoiceId(voice), &order).await
}

/// Answers for what another member asked for, and gives the letter that brings the words. The same once more gives it again.
#[server(prefix = "/api/v1", endpoint = "voices/approve", input = Json, output = Json)]
pub async fn approve(
    /// Which voice.
    voice: String,
    /// Which order; 32 hexadecimal digits.
    order: String,
    /// By the member's key; 128 hexadecimal digits.
    signature: String,
    /// The exact words.
    words: String,
    /// To whom.
    recipient: String,
) -> Result<String, AppError> {
    use crate::voices::server::members;

    let (ctx, organizer) = members::caller().await?;
    let member = members::of(&ctx, &organizer).await?;
    members::approve(&ctx, &member, &crate::ids::VoiceId(voice), (&order, &signature), (words, &recipient)).await
}
