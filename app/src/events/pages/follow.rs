//! `/{lang}/follow/{link}`: ends mails about the next date of a series. The page asks, the button ends.

use super::parts::{go, guest_head};
use crate::{
    error::AppError,
    events::{paths, server::own, telling::said},
    i18n::*,
    server::{Context, page::page},
    ui::{Button, ButtonLink, Reader, Weight},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

/// Asks; after it ended, says so.
///
/// # Errors
/// [`AppError::NotFound`] for what is no link.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, link)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let series = own::find_followed(&ctx, &link).await?;
    let locale = reader.locale;
    let path = ["/follow/", &link].concat();
    let Some(series) = series else {
        let title = td_string!(locale, registrations.follow_ended_title);
        return Ok(page(&ctx, StatusCode::GONE, guest_head(reader, title, path), || {
            view! {
                <h1 inner_html=reader.rich(title)></h1>
                <p inner_html=reader.rich(td_string!(locale, registrations.follow_ended_text))></p>
                <div class="c-actions">
                    <ButtonLink
                        reader
                        href=paths::list(reader)
                        label=td_string!(locale, registrations.to_list)
                        weight=Weight::Quiet
                    />
                </div>
            }
            .into_any()
        }));
    };
    let title = td_string!(locale, registrations.follow_title);
    Ok(page(&ctx, StatusCode::OK, guest_head(reader, title, path), || {
        view! {
            <form method="post" action=paths::unfollow(reader, &link)>
                <h1 inner_html=reader.rich(title)></h1>
                <p>{said(reader, &series.title)}</p>
                <p inner_html=reader.rich(td_string!(locale, registrations.follow_text))></p>
                <div class="c-actions">
                    <Button reader label=td_string!(locale, registrations.follow_stop) weight=Weight::Grave />
                </div>
            </form>
        }
        .into_any()
    }))
}

/// Ends it.
///
/// # Errors
/// [`AppError::NotFound`] for what is no link.
pub async fn end(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, link)): Path<(String, String)>,
) -> Result<Response, AppError> {
    own::end_following(&ctx, &link).await?;
    Ok(go(&paths::unfollow(reader, &link)))
}
