//! `/console/questionnaires/{slug}/poster`: a sheet of A4 to print, for a channel or for none: one poster, or eight
//! cards to hand out. What stands around the sheet is not printed.

use super::{
    parts::{Home, Options, Select, path, title},
    sheet::{Kind, Sheet},
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::{
        paths,
        server::{
            catalogue::Questionnaire,
            channels::{self, Channel},
        },
    },
    server::Context,
    ui::{Button, Field, Notice, Reader, TextField, Tone},
};
use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use form::Definition;
use leptos::prelude::*;
use serde::Deserialize;

/// What a question takes, in seconds: read in a second language, thought about, pressed.
const SECONDS_A_QUESTION: usize = 15;

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// A channel's code; empty for none.
    channel: String,
    /// `poster` or `cards`; empty is the poster.
    sheet: String,
    /// How many minutes it takes; empty is reckoned.
    minutes: String,
}

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire or channel, [`AppError::Malformed`] for what can be no sheet.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, AppError> {
    let Query(wanted) = query.map_err(|_| AppError::Malformed)?;
    let (questionnaire, channels) = channels::list(&ctx, &organizer, &slug).await?;
    let channel = match wanted.channel.as_str() {
        "" => None,
        code => Some(channels.iter().find(|channel| channel.code == code).ok_or(AppError::NotFound)?.code.clone()),
    };
    let kind = match wanted.sheet.as_str() {
        "" | "poster" => Kind::Poster,
        "cards" => Kind::Cards,
        _ => return Err(AppError::Malformed),
    };
    let reckoned = reckon(questionnaire.current.definition());
    let mut problems = Problems::default();
    let minutes = match wanted.minutes.trim() {
        "" => Some(reckoned),
        typed => typed.parse().ok().filter(|minutes| (1..100).contains(minutes)),
    };
    if minutes.is_none() {
        problems.add("minutes", td_string!(reader.locale, sharing.print_minutes_wrong));
    }
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let minutes = minutes.unwrap_or(reckoned);
    let typed = if wanted.minutes.is_empty() { minutes.to_string() } else { wanted.minutes };
    let site = ctx.site();
    let sheet = Sheet {
        kind,
        definition: questionnaire.current.definition().clone(),
        address: [site.base_url.as_str(), &paths::short(&slug, channel.as_deref())].concat(),
        minutes,
        contact: site.contact.clone(),
    };
    let is_https = site.is_https();
    let about =
        Screen::new(Section::Questionnaires, td_string!(reader.locale, sharing.print_title)).problems(problems.clone());
    Ok(screen(&ctx, &organizer, reader, status, about, move || {
        let locale = reader.locale;
        let warning = (!is_https).then(|| {
            let words = reader.rich(td_string!(locale, sharing.print_not_https));
            view! {
                <Notice tone=Tone::Wrong>
                    <p inner_html=words></p>
                </Notice>
            }
        });
        view! {
            <Home reader slug=slug.clone() title=Some(title(reader, &questionnaire)) />
            <p>
                <a href=path(&slug, "/sharing") inner_html=reader.rich(td_string!(locale, sharing.title))></a>
            </p>
            {form(reader, &questionnaire, &channels, channel.unwrap_or_default(), kind, typed, &problems)}
            <p inner_html=reader.rich(td_string!(locale, sharing.print_text))></p>
            {warning}
            {sheet.draw(reader)}
        }
        .into_any()
    }))
}

/// About how many minutes a questionnaire takes.
fn reckon(definition: &Definition) -> u32 {
    let seconds =
        definition.questions.iter().filter(|question| question.kind.is_answered()).count() * SECONDS_A_QUESTION;
    u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX).clamp(1, 99)
}

/// Which sheet: asked for by the address, so that it can be kept as a bookmark.
fn form(
    reader: Reader,
    questionnaire: &Questionnaire,
    channels: &[Channel],
    chosen: String,
    kind: Kind,
    minutes: String,
    problems: &Problems,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let none = (String::new(), reader.plain(td_string!(locale, sharing.print_no_channel)));
    // A retired channel is no longer handed out, unless it was asked for by its code.
    let offered = channels.iter().filter(|channel| channel.is_active || channel.code == chosen);
    let rows = std::iter::once(none).chain(offered.map(|channel| (channel.code.clone(), channel.name.clone())));
    let sheets = vec![
        ("poster".to_owned(), reader.plain(td_string!(locale, sharing.poster))),
        ("cards".to_owned(), reader.plain(td_string!(locale, sharing.cards))),
    ];
    let field = Field::new("minutes", td_string!(locale, sharing.print_minutes))
        .hint(td_string!(locale, sharing.print_minutes_hint))
        .error(problems.of("minutes"));
    view! {
        <form class="answers-form" method="get" action=path(&questionnaire.slug, "/poster") novalidate>
            <Select
                reader
                id="channel"
                name="channel"
                label=td_string!(locale, sharing.print_channel)
                options=vec![Options { heading: None, rows: rows.collect() }]
                chosen
            />
            <Select
                reader
                id="sheet"
                name="sheet"
                label=td_string!(locale, sharing.print_sheet)
                options=vec![Options { heading: None, rows: sheets }]
                chosen=kind.as_str().to_owned()
            />
            <TextField reader field name="minutes" value=minutes inputmode="numeric" short=true />
            <Button reader label=td_string!(locale, sharing.print_show) />
        </form>
    }
}
