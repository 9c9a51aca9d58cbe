//! `/console/voices/published`: what everybody reads, what was done about it, and taking something off the site. Works
//! without script. Every organizer sees it; only members of the desk change anything.

use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    server::Context,
    ui::{
        Button, ButtonLink, Field, LongTextField, Reader, Weight,
        reader::{LOCALES, endonym, locale_of, tag},
    },
    voices::{
        pages::public::{anchor, quarter_words},
        paths,
        server::{
            members,
            published::{self, Model, OUTCOME_BYTES},
        },
        sharing::is_misleading,
    },
};
use axum::{
    extract::{Form, Path, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What is typed about one voice, by field.
type Typed = BTreeMap<String, String>;

/// What was refused: which voice, what was typed, and what is wrong.
type Refused = (String, Typed, Problems);

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(organizer: Organizer, State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let is_member = match member(&ctx, &organizer).await {
        Ok(_) => true,
        Err(AppError::Forbidden) => false,
        Err(error) => return Err(error),
    };
    draw(&ctx, &organizer, reader, StatusCode::OK, (is_member, None)).await
}

/// Says what was done about a voice, or takes it off the site: 303 back to it, or 422 with what was typed.
///
/// # Errors
/// [`AppError::NotFound`] if it is not there (any more), [`AppError::Malformed`] for what no button sends.
pub async fn press(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(id): Path<String>,
    form: Result<Form<Typed>, FormRejection>,
) -> Result<Response, AppError> {
    let member = member(&ctx, &organizer).await?;
    let Form(typed) = form.map_err(|_| AppError::Malformed)?;
    let voice = published::find(&ctx, &id).await?;
    match typed.get("act").map(String::as_str) {
        Some("take-down") => {
            published::take_down(&ctx, &member, &id).await?;
            Ok(Redirect::to(paths::PUBLISHED).into_response())
        }
        Some("tell") => {
            let mut problems = Problems::default();
            let mut outcomes = BTreeMap::new();
            for locale in LOCALES {
                let text = typed.get(tag(locale)).map(|text| text.replace("\r\n", "\n")).unwrap_or_default();
                let text: String = text.chars().filter(|sign| !is_misleading(*sign)).collect();
                if text.len() > OUTCOME_BYTES {
                    // In which of the five stands before it.
                    let words = [endonym(locale), ": ", td_string!(reader.locale, console.published_long)].concat();
                    problems.add(field_id(&voice, tag(locale)), words);
                }
                outcomes.insert(tag(locale).to_owned(), text.trim().to_owned());
            }
            if !problems.is_empty() {
                let refused = Some((id, typed, problems));
                return draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, (true, refused)).await;
            }
            published::tell(&ctx, &member, &id, &outcomes).await?;
            Ok(Redirect::to(&[paths::PUBLISHED, "#", &anchor(&voice)].concat()).into_response())
        }
        _ => Err(AppError::Malformed),
    }
}

/// The member that an organizer is.
async fn member(ctx: &Context, organizer: &Organizer) -> Result<members::Member, AppError> {
    if !members::is_let_in(ctx, organizer).await? {
        return Err(AppError::Forbidden);
    }
    members::of(ctx, organizer).await
}

/// The field for one language: its id is the page's alone, so that a fault leads to it.
fn field_id(voice: &Model, language: &str) -> String {
    [&anchor(voice), "-", language].concat()
}

async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    (is_member, refused): (bool, Option<Refused>),
) -> Result<Response, AppError> {
    let mut voices = Vec::new();
    for (quarter, _) in published::quarters(ctx).await? {
        voices.push((quarter.clone(), published::of_quarter(ctx, &quarter).await?));
    }
    let problems = refused.as_ref().map(|(_, _, problems)| problems.clone()).unwrap_or_default();
    let head = Screen::new(Section::Voices, td_string!(reader.locale, console.published_title)).problems(problems);
    Ok(screen(ctx, organizer, reader, status, head, move || {
        body(reader, &voices, is_member, refused.as_ref()).into_any()
    }))
}

fn body(
    reader: Reader,
    voices: &[(String, Vec<Model>)],
    is_member: bool,
    refused: Option<&Refused>,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let lead = match is_member {
        true => td_string!(locale, console.published_lead),
        false => td_string!(locale, console.published_members),
    };
    let none =
        voices.is_empty().then(|| view! { <p inner_html=reader.rich(td_string!(locale, console.published_none))></p> });
    let quarters: Vec<_> = voices
        .iter()
        .map(|(quarter, voices)| {
            let all: Vec<_> = voices.iter().map(|voice| one(reader, voice, is_member, refused)).collect();
            view! {
                <h2 inner_html=reader.rich(&quarter_words(reader, quarter))></h2>
                {all}
            }
        })
        .collect();
    view! {
        <p class="c-actions">
            <ButtonLink reader weight=Weight::Quiet href=paths::DESK label=td_string!(locale, members.title) />
            <ButtonLink reader weight=Weight::Quiet href=reader.href(paths::PUBLIC) label=td_string!(locale, voices.public_heading) />
        </p>
        <p inner_html=reader.rich(lead)></p>
        {none}
        {quarters}
    }
}

/// One of them, for members with its form.
fn one(reader: Reader, voice: &Model, is_member: bool, refused: Option<&Refused>) -> impl IntoView + use<> {
    let locale = reader.locale;
    let refused = refused.filter(|(id, _, _)| *id == voice.id);
    let said = published::outcomes(voice);
    let lang = locale_of(&voice.language).map(|locale| Reader::new(locale).lang());
    let fields: Vec<_> = LOCALES
        .into_iter()
        .map(|own| {
            let id = field_id(voice, tag(own));
            let label = td_string!(locale, console.published_outcome, language = endonym(own)).to_string();
            let value = match refused {
                Some((_, typed, _)) => typed.get(tag(own)).cloned(),
                None => said.get(tag(own)).cloned(),
            };
            let fault = refused.and_then(|(_, _, problems)| problems.of(&id));
            let field = Field { label, ..Field::new(id, "") }.error(fault);
            view! { <LongTextField reader field name=tag(own) value=value.unwrap_or_default() /> }
        })
        .collect();
    let form = is_member.then(|| {
        view! {
            <form method="post" action=[paths::PUBLISHED, "/", &voice.id].concat() novalidate>
                <details open=refused.is_some()>
                    <summary inner_html=reader.rich(td_string!(locale, voices.public_outcome))></summary>
                    {fields}
                    <div class="c-actions">
                        <Button reader label=td_string!(locale, console.published_save) name="act" value="tell" />
                    </div>
                </details>
                <details>
                    <summary inner_html=reader.rich(td_string!(locale, console.published_down_ask))></summary>
                    <p inner_html=reader.rich(td_string!(locale, console.published_down_text))></p>
                    <div class="c-actions">
                        <Button
                            reader
                            label=td_string!(locale, console.published_down)
                            weight=Weight::Grave
                            name="act"
                            value="take-down"
                        />
                    </div>
                </details>
            </form>
        }
    });
    let meaning = voice.shown.clone().map(|shown| {
        let lang = voice.shown_language.as_deref().and_then(locale_of).map(|locale| Reader::new(locale).lang());
        view! {
            <p class="voice-letter__text" translate="no" lang=lang>
                {shown}
            </p>
        }
    });
    view! {
        <article class="voice-letter" id=anchor(voice)>
            <p class="voice-letter__text" translate="no" lang=lang>
                {voice.words.clone()}
            </p>
            {meaning}
            {form}
        </article>
    }
}
