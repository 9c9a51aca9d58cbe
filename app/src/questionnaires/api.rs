//! The calls of the worker's pages. A page cached weeks ago must still be able to make them: paths and arguments
//! stay, new arguments are optional.

use super::types::Receipt;
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::Json};

/// The path of every call here, held by the test `questionnaires/api`.
pub const PATHS: &[&str] = &["/api/v1/responses"];

/// Sends one person's answers; [`super::types::Sending`] holds the same fields. It may be repeated: the same bytes
/// give the same receipt. 202 says that they are kept aside for a person.
#[server(prefix = "/api/v1", endpoint = "responses", input = Json, output = Json)]
pub async fn send_response(
    /// The questionnaire's slug.
    questionnaire: String,
    /// Hash of the definition that was answered.
    definition: String,
    /// The id made once when the person began.
    instance_id: String,
    /// SHA-256 of the payload's bytes.
    digest: String,
    /// The canonical bytes of the answers; empty if they come sealed.
    #[server(default)]
    payload: String,
    /// The same, sealed to `intake_key`; base64 for addresses, without padding.
    #[server(default)]
    sealed: Option<String>,
    /// The public key that they were sealed to.
    #[server(default)]
    intake_key: Option<String>,
) -> Result<Receipt, AppError> {
    use crate::{
        questionnaires::{
            intake::SealedSending,
            server::{arrival, counts::steps, draft, effort::Client},
            types::{Outcome, Sending},
        },
        server::{Context, error::internal},
    };
    use axum::http::{StatusCode, header, request::Parts};

    let ctx = use_context::<Context>().ok_or_else(|| internal("a call without context"))?;
    let parts = use_context::<Parts>();
    let options = use_context::<leptos_axum::ResponseOptions>();
    let client = parts.as_ref().map_or(Client::unknown(), Client::of);
    let receipt = match (sealed, intake_key) {
        (Some(sealed), Some(intake_key)) => {
            let sealed = SealedSending { questionnaire, definition, instance_id, digest, intake_key, sealed };
            arrival::arrive_sealed_from(&ctx, client, sealed).await?
        }
        (None, None) => {
            let sending = Sending { questionnaire, definition, instance_id, digest, payload };
            arrival::arrive_from(&ctx, client, sending).await?
        }
        _ => return Err(AppError::Malformed),
    };
    if let Some(parts) = &parts {
        steps::sent_by_call(&ctx, client, &parts.headers, &receipt).await;
    }
    if let Some(options) = options {
        if receipt.outcome == Outcome::KeptAside {
            options.set_status(StatusCode::ACCEPTED);
        }
        // The draft's cookie ends with *Send*, also when the island sent: the code takes its place.
        if let Some(cookie) = parts.and_then(|parts| draft::sent_cookie(&ctx, &parts.headers, &receipt)) {
            options.append_header(header::SET_COOKIE, cookie);
        }
    }
    Ok(receipt)
}
