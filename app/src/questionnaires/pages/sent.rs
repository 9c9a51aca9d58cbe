//! The code, as long as the draft's cookie lives; then the next person.

use super::{
    go, person,
    post::{Post, reading_cookie},
    refusal, stage_page,
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{
        paths,
        server::{
            catalogue,
            draft::{self, Draft},
        },
        stage::{Sent, Stage},
    },
    server::Context,
    ui::{ButtonLink, Reader},
};
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::prelude::*;

/// The page with the code. Reloading shows the same code; without anything sent it leads to the start.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let draft = Draft::of_questionnaire(&ctx, &headers, &slug);
    let Some((draft, sent)) = draft.and_then(|draft| draft.sent.clone().map(|sent| (draft, sent))) else {
        catalogue::find_by_slug(&ctx, &slug).await?;
        return Ok(go(&paths::start(reader, &slug), []));
    };
    let stage = Stage::Sent(Sent { code: sent.code, outcome: sent.outcome });
    let person = person(&ctx, &draft, reader);
    Ok(stage_page(&ctx, reader, StatusCode::OK, person, stage, &draft))
}

/// A button of this page: another language, or the next person.
///
/// # Errors
/// None today; the signature is that of all handlers.
pub async fn press(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let post = Post::new(pairs);
    if let Some(switched) = post.switch(reader) {
        return Ok(go(&paths::sent(switched, &slug), [reading_cookie(&ctx, switched)]));
    }
    // A page that somebody left open must not end the draft of the next person.
    let draft = Draft::of_questionnaire(&ctx, &headers, &slug);
    let is_own = draft.as_ref().is_none_or(|draft| post.is_of(draft));
    // The next person stands at the same poster.
    let channel = draft.and_then(|draft| draft.channel);
    Ok(go(&paths::start_by(reader, &slug, channel.as_deref()), is_own.then(|| draft::forget(&ctx))))
}

/// Nothing was sent: the person said no, and the post that said so left no trace.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn nothing(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    catalogue::find_by_slug(&ctx, &slug).await?;
    let locale = reader.locale;
    let home = reader.href("");
    Ok(refusal::end_page(
        &ctx,
        reader,
        StatusCode::OK,
        td_string!(locale, questionnaires.nothing_title),
        td_string!(locale, questionnaires.nothing_text),
        move || view! { <ButtonLink reader href=home label=td_string!(locale, questionnaires.to_home) /> }.into_any(),
    ))
}
