//! `/console/desk/{lang}/open/{token}`: what a desk's square leads to. To look changes nothing; a press makes this phone
//! the desk, once.

use crate::{
    auth::server::{cookies, token::Token},
    desk::{components::languages, paths, server::phone},
    error::AppError,
    events::server::{
        attendance::desks::{self, Invited},
        catalogue,
    },
    i18n::*,
    server::{Context, error::internal, page::page},
    ui::{
        Button, Reader,
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;

/// The page. It hands the browser a secret, so that a press whose answer is lost can be repeated.
///
/// # Errors
/// When the database fails.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((tag, token)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let Some(invited) = find(&ctx, &token).await? else { return Ok(gone(&ctx, reader)) };
    let secret = phone::secret(&ctx, &headers, invited.id);
    // Who has entered already is led on; anybody else comes too late.
    if let (true, Some(secret)) = (invited.is_used, &secret)
        && desks::of_token(&ctx, secret).await.is_ok_and(|desk| desk.id() == invited.id)
    {
        return Ok(Redirect::to(&paths::page(&tag, &invited.id.to_string())).into_response());
    }
    if invited.is_used {
        return Ok(gone(&ctx, reader));
    }
    let mut response = ask(&ctx, reader, &token, &invited).await?;
    if secret.is_none() {
        let secret = Token::random().ok_or_else(|| internal("no randomness"))?;
        cookies::put(response.headers_mut(), [phone::set_secret(&ctx, invited.id, &secret)]);
    }
    Ok(response)
}

/// Lets this phone in.
///
/// # Errors
/// When the database fails.
pub async fn enter(
    State(ctx): State<Context>,
    reader: Reader,
    Path((tag, token)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let Some(invited) = find(&ctx, &token).await? else { return Ok(gone(&ctx, reader)) };
    let invitation = Token::parse(&token).ok_or(AppError::NotFound)?;
    // A browser that keeps no cookie can be no desk: it gets one with the answer, and the press is repeated.
    let secret = phone::secret(&ctx, &headers, invited.id);
    if secret.is_none() && invited.is_used {
        return Ok(gone(&ctx, reader));
    }
    let Some(secret) = secret else {
        return Ok(Redirect::to(&paths::open(&tag, &token)).into_response());
    };
    match desks::enter(&ctx, &invitation, &secret).await {
        Ok(id) => {
            let mut response = Redirect::to(&paths::page(&tag, &id.to_string())).into_response();
            // Kept from now on as long as any desk is open.
            cookies::put(response.headers_mut(), [phone::set_secret(&ctx, id, &secret)]);
            Ok(response)
        }
        Err(AppError::Expired | AppError::Conflict) => Ok(gone(&ctx, reader)),
        Err(error) => Err(error),
    }
}

/// What the square opens, if anything.
async fn find(ctx: &Context, token: &str) -> Result<Option<Invited>, AppError> {
    let Some(invitation) = Token::parse(token) else { return Ok(None) };
    match desks::invited(ctx, &invitation).await {
        Ok(invited) => Ok(Some(invited)),
        Err(AppError::Expired) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn ask(ctx: &Context, reader: Reader, token: &str, invited: &Invited) -> Result<Response, AppError> {
    let event = catalogue::find_by_id(ctx, ctx.read(), &invited.event).await?;
    let locale = reader.locale;
    let place = event.place(&invited.place).map(|place| place.name.said(reader).text.to_owned()).unwrap_or_default();
    let title = td_string!(locale, desk.enter_title);
    let head = Head { reader, title: reader.plain(title), path: None, bundle: None, frame: Frame::Desk };
    let action = paths::open(reader.tag(), token);
    let time = ctx.clock().written(invited.expires_at);
    let hint = td_string!(locale, desk.enter_hint, time = time).to_string();
    let (name, event_title) = (invited.name.clone(), event.title.said(reader).text.to_owned());
    let token = token.to_owned();
    Ok(page(ctx, StatusCode::OK, head, move || {
        view! {
            <h1 inner_html=reader.rich(title)></h1>
            <p class="desk-enter">
                <strong translate="no">{name}</strong>
                ", "
                <span inner_html=reader.rich(&place)></span>
            </p>
            <p inner_html=reader.rich(&event_title)></p>
            <p inner_html=reader.rich(&hint)></p>
            <form method="post" action=action>
                <Button reader label=td_string!(locale, desk.enter_button) />
            </form>
            <h2 inner_html=reader.rich(td_string!(locale, desk.kept_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, desk.kept_text))></p>
            {languages(reader, |tag| paths::open(tag, &token))}
        }
        .into_any()
    }))
}

/// One answer for every square that opens nothing, whatever the reason.
fn gone(ctx: &Context, reader: Reader) -> Response {
    let title = td_string!(reader.locale, desk.enter_gone_title);
    let head = Head { reader, title: reader.plain(title), path: None, bundle: None, frame: Frame::Desk };
    page(ctx, StatusCode::GONE, head, move || {
        view! {
            <h1 inner_html=reader.rich(title)></h1>
            <p inner_html=reader.rich(td_string!(reader.locale, desk.enter_gone_text))></p>
        }
        .into_any()
    })
}
