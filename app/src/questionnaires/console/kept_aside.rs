//! `/console/questionnaires/{slug}/quarantine`: what came and could not be placed, by reason. One thing of it is in
//! [`super::kept_aside_item`].

use super::parts::{Home, path, title};
use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::{
        catalogue,
        quarantine::{self, KeptAsideFor, KeptAsidePage},
    },
    server::Context,
    ui::{DataTable, Pagination, Reader, Tone},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

/// What the address of the list says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct KeptAsideQuery {
    /// The page, from 1. What is no number is the first one.
    page: String,
    /// What has just been done: `accepted`, `discarded`, or `gone` if there was nothing left to do.
    done: String,
}

/// The list.
///
/// # Errors
/// [`AppError::NotFound`] for a slug that is none of ours and for which nothing came.
pub async fn list(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(query): Query<KeptAsideQuery>,
) -> Result<Response, AppError> {
    let page = quarantine::list(&ctx, &organizer, &slug, query.page.parse().unwrap_or(1)).await?;
    let name = name(&ctx, reader, &slug).await?;
    let locale = reader.locale;
    let done = match query.done.as_str() {
        "accepted" => Some(td_string!(locale, answers.kept_accepted)),
        "discarded" => Some(td_string!(locale, answers.kept_discarded)),
        "gone" => Some(td_string!(locale, answers.kept_gone)),
        _ => None,
    };
    if name.is_none() && page.rows.is_empty() && done.is_none() {
        return Err(AppError::NotFound);
    }
    let about = Screen::new(Section::Questionnaires, td_string!(locale, answers.kept_title))
        .notice(done.map(|words| (Tone::Done, words.to_owned())));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || {
        let empty = page.rows.is_empty().then(|| {
            let words = reader.rich(td_string!(locale, answers.kept_empty));
            view! { <p inner_html=words></p> }
        });
        view! {
            <Home reader slug=slug.clone() title=name />
            <p inner_html=reader.rich(td_string!(locale, answers.kept_text))></p>
            {empty}
            {(!page.rows.is_empty()).then(|| rows(reader, &slug, page))}
        }
        .into_any()
    }))
}

/// What the questionnaire is called, if it is one of ours.
pub(super) async fn name(ctx: &Context, reader: Reader, slug: &str) -> Result<Option<String>, AppError> {
    match catalogue::find_by_slug(ctx, slug).await {
        Ok(questionnaire) => Ok(Some(title(reader, &questionnaire))),
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn why(reader: Reader, why: KeptAsideFor) -> &'static str {
    let locale = reader.locale;
    match why {
        KeptAsideFor::UnknownDefinition => td_string!(locale, answers.why_unknown_definition),
        KeptAsideFor::Closed => td_string!(locale, answers.why_closed),
        KeptAsideFor::OtherBytes => td_string!(locale, answers.why_other_bytes),
        KeptAsideFor::Unreadable => td_string!(locale, answers.why_unreadable),
    }
}

fn rows(reader: Reader, slug: &str, page: KeptAsidePage) -> impl IntoView + use<> {
    let locale = reader.locale;
    let KeptAsidePage { by_reason, rows, number, pages } = page;
    let counts = by_reason
        .into_iter()
        .map(|(reason, count)| {
            view! {
                <tr>
                    <th scope="row" inner_html=reader.rich(why(reader, reason))></th>
                    <td>{count}</td>
                </tr>
            }
        })
        .collect_view();
    let items = rows
        .into_iter()
        .map(|item| {
            let href = path(slug, &["/quarantine/", &item.id].concat());
            let size = td_string!(locale, answers.kept_bytes, bytes = item.bytes as u64).to_string();
            view! {
                <tr>
                    <td>{item.day}</td>
                    <td inner_html=reader.rich(why(reader, item.why))></td>
                    <td inner_html=reader.rich(&size)></td>
                    <td>
                        <a href=href inner_html=reader.rich(td_string!(locale, answers.kept_open))></a>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let columns = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    let (day, reason) = (td_string!(locale, answers.col_day), td_string!(locale, answers.col_reason));
    view! {
        <DataTable
            reader
            id="kept-aside-reasons"
            caption=td_string!(locale, answers.kept_by_reason)
            columns=columns(&[reason, td_string!(locale, answers.col_answers)])
        >
            {counts}
        </DataTable>
        <DataTable
            reader
            id="kept-aside"
            caption=td_string!(locale, answers.kept_title)
            columns=columns(&[day, reason, td_string!(locale, answers.col_size), td_string!(locale, answers.col_item)])
        >
            {items}
        </DataTable>
        <Pagination reader page=number pages base="?page=" />
    }
}
