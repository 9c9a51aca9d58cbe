//! When a post cannot be taken: the draft is gone, or it is somebody else's. A page that says what happened to the
//! answers, and the way on.

use super::{
    go, help,
    post::{Post, is_island},
    start::GO_ON,
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{
        paths,
        server::{catalogue, draft::Draft},
    },
    server::{Context, page::page},
    ui::{
        Button, ButtonLink, Reader, Weight,
        shell::{Frame, Head},
    },
};
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;

/// The open draft that a post belongs to, or the answer that says why there is none.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn draft_of(
    ctx: &Context,
    reader: Reader,
    headers: &HeaderMap,
    slug: &str,
    post: &Post,
) -> Result<Result<Draft, Response>, AppError> {
    let refused = match Draft::of_questionnaire(ctx, headers, slug) {
        Some(draft) if !post.is_of(&draft) => other(ctx, reader, slug),
        Some(draft) if draft.is_open() => return Ok(Ok(draft)),
        // Sent already, and the same person: the same code again.
        Some(_) => go(&paths::sent(post.switch(reader).unwrap_or(reader), slug), []),
        None => {
            catalogue::find_by_slug(ctx, slug).await?;
            gone(ctx, reader, slug)
        }
    };
    // The island asked in passing; it has no use for a page.
    let refused = if is_island(headers) && !refused.status().is_redirection() {
        refused.status().into_response()
    } else {
        refused
    };
    Ok(Err(refused))
}

/// 410: thirty idle minutes, *Exit*, or a cookie that cannot be read. Nothing was sent.
fn gone(ctx: &Context, reader: Reader, slug: &str) -> Response {
    let locale = reader.locale;
    let path = paths::start(reader, slug);
    end_page(
        ctx,
        reader,
        StatusCode::GONE,
        td_string!(locale, questionnaires.gone_title),
        td_string!(locale, questionnaires.gone_text),
        move || {
            let label = td_string!(locale, questionnaires.start_again);
            view! { <ButtonLink reader href=path label /> }.into_any()
        },
    )
}

/// 409: the page in the window is of one person, the draft in the browser of another. It asks; nothing is mixed.
fn other(ctx: &Context, reader: Reader, slug: &str) -> Response {
    let locale = reader.locale;
    let (start, new_person) = (paths::start(reader, slug), paths::new_person(reader, slug));
    notice_page(
        ctx,
        reader,
        StatusCode::CONFLICT,
        td_string!(locale, questionnaires.other_title),
        td_string!(locale, questionnaires.other_text),
        move || {
            view! {
                <form method="post" action=start>
                    <input type="hidden" name=GO_ON value="yes" />
                    <Button reader label=td_string!(locale, questionnaires.other_continue) />
                </form>
                <form method="post" action=new_person>
                    <Button reader label=td_string!(locale, questionnaires.new_person) weight=Weight::Quiet />
                </form>
            }
            .into_any()
        },
    )
}

/// 413: all answers together are more than a cookie holds; the last one was not taken, and no words are there that
/// could be shortened.
pub fn too_long(ctx: &Context, reader: Reader, slug: &str) -> Response {
    let locale = reader.locale;
    let path = paths::check(reader, slug);
    notice_page(
        ctx,
        reader,
        StatusCode::PAYLOAD_TOO_LARGE,
        td_string!(locale, questionnaires.too_long_title),
        td_string!(locale, questionnaires.too_long_text),
        move || {
            let label = td_string!(locale, questionnaires.back);
            view! { <ButtonLink reader href=path label /> }.into_any()
        },
    )
}

/// A page where the way has ended: who helps stands on it, as on every last page.
pub fn end_page(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    title: &'static str,
    text: &'static str,
    actions: impl FnOnce() -> AnyView,
) -> Response {
    let aid = || view! { <div class="c-aid" inner_html=help::html(reader)></div> }.into_any();
    draw(ctx, reader, status, title, text, actions, Some(aid))
}

/// A page with a title, a sentence and what to do.
fn notice_page(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    title: &'static str,
    text: &'static str,
    actions: impl FnOnce() -> AnyView,
) -> Response {
    draw(ctx, reader, status, title, text, actions, None::<fn() -> AnyView>)
}

fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    title: &'static str,
    text: &'static str,
    actions: impl FnOnce() -> AnyView,
    below: Option<impl FnOnce() -> AnyView>,
) -> Response {
    let head = Head { reader, title: reader.plain(title), path: None, bundle: None, frame: Frame::Public };
    page(ctx, status, head, move || {
        view! {
            <h1 inner_html=reader.rich(title)></h1>
            <p inner_html=reader.rich(text)></p>
            <div class="c-actions">{actions()}</div>
            {below.map(|below| below())}
        }
        .into_any()
    })
}
