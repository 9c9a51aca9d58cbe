//! `/{lang}/accessibility`: what the site aims at, how that is checked, what is missing, whom to tell.

use super::{head, list, passage};
use crate::{
    error::AppError,
    i18n::*,
    server::{Context, page::page},
    ui::{Reader, dates::long_day, shell::Frame},
};
use axum::{extract::State, http::StatusCode, response::Response};
use form::Day;
use leptos::prelude::*;

/// When the statement was last read against the site.
const WRITTEN: (i32, u8, u8) = (2026, 11, 22);

/// The statement.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let head = head(reader, td_string!(reader.locale, home.accessibility_title), "/accessibility", Frame::Public);
    let locale = reader.locale;
    let contact = match ctx.site().contact.as_deref() {
        Some(contact) => td_string!(locale, home.contact_text, contact = contact).to_string(),
        None => td_string!(locale, home.contact_none).to_owned(),
    };
    let (year, month, day) = WRITTEN;
    let date = Day::new(year, month, day)
        .map(|day| td_string!(locale, home.accessibility_date, date = long_day(reader, day)).to_string())
        .unwrap_or_default();
    Ok(page(&ctx, StatusCode::OK, head, move || {
        view! {
            <h1 inner_html=reader.rich(td_string!(locale, home.accessibility_heading))></h1>
            <p inner_html=reader.rich(td_string!(locale, home.accessibility_aim))></p>
            {list(
                reader,
                td_string!(locale, home.accessibility_works),
                &[
                    td_string!(locale, home.accessibility_works_1),
                    td_string!(locale, home.accessibility_works_2),
                    td_string!(locale, home.accessibility_works_3),
                    td_string!(locale, home.accessibility_works_4),
                    td_string!(locale, home.accessibility_works_5),
                ],
            )}
            {passage(
                reader,
                td_string!(locale, home.accessibility_method),
                &[td_string!(locale, home.accessibility_method_text)],
            )}
            {passage(
                reader,
                td_string!(locale, home.accessibility_limits),
                &[td_string!(locale, home.accessibility_limits_text)],
            )}
            {passage(reader, td_string!(locale, home.contact), &[&contact])}
            <p class="c-hint" inner_html=reader.rich(&date)></p>
        }
        .into_any()
    }))
}
