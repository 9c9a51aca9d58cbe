//! `/console/questionnaires/{slug}/sharing`: the channels by which people come: the list, a new one, retiring one.

use super::parts::{Home, path, title};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::{
        paths,
        server::{
            catalogue::Questionnaire,
            channels::{self, Channel, ChannelCode, ChannelName, FEWEST_PEOPLE, Fault},
        },
    },
    server::Context,
    ui::{Button, DataTable, Field, Notice, Reader, StatusChip, TextField, Tone, Weight, dates::long_day},
};
use axum::{
    extract::{Form, Path, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

/// What is typed to make a channel.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChannelForm {
    name: String,
    code: String,
}

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    draw(&ctx, &organizer, reader, StatusCode::OK, &slug, ChannelForm::default(), Problems::default()).await
}

/// Makes a channel: 303 back to the list, or 422 with what was typed.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire, [`AppError::Malformed`] for what is no form.
pub async fn add(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Result<Form<ChannelForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(typed) = form.map_err(|_| AppError::Malformed)?;
    let mut faults = Vec::new();
    let name = ChannelName::parse(&typed.name).map_err(|fault| faults.push(fault)).ok();
    let code = ChannelCode::typed(&typed.code).map_err(|fault| faults.push(fault)).ok();
    if let (Some(name), Some(code)) = (name, code) {
        match channels::add(&ctx, &organizer, &slug, &name, code.as_ref()).await? {
            Ok(_) => return Ok(Redirect::to(&path(&slug, "/sharing")).into_response()),
            Err(fault) => faults.push(fault),
        }
    }
    let mut problems = Problems::default();
    for fault in faults {
        let (field, words) = fault_words(reader, fault);
        problems.add(field, words);
    }
    draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, &slug, typed, problems).await
}

/// What the buttons of a row send.
#[derive(Debug, Deserialize)]
pub struct StateForm {
    /// `active` or `retired`.
    state: String,
}

/// Retires a channel or takes it back, and leads back.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire or channel, [`AppError::Malformed`] for what is no state.
pub async fn set_state(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path((slug, code)): Path<(String, String)>,
    form: Result<Form<StateForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(StateForm { state }) = form.map_err(|_| AppError::Malformed)?;
    let is_active = match state.as_str() {
        "active" => true,
        "retired" => false,
        _ => return Err(AppError::Malformed),
    };
    channels::set_active(&ctx, &organizer, &slug, &code, is_active).await?;
    Ok(Redirect::to(&path(&slug, "/sharing")).into_response())
}

/// The field that a fault belongs to, and its words.
fn fault_words(reader: Reader, fault: Fault) -> (&'static str, String) {
    let locale = reader.locale;
    match fault {
        Fault::NameMissing => ("name", td_string!(locale, sharing.name_missing).to_owned()),
        Fault::NameTooLong => ("name", td_string!(locale, sharing.name_too_long).to_owned()),
        Fault::NameTaken => ("name", td_string!(locale, sharing.name_taken).to_owned()),
        Fault::CodeWrong => ("code", td_string!(locale, sharing.code_wrong).to_owned()),
        Fault::CodeTaken => ("code", td_string!(locale, sharing.code_taken).to_owned()),
        Fault::TooMany => ("name", td_string!(locale, sharing.too_many, most = channels::MAX_CHANNELS).to_string()),
    }
}

async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    slug: &str,
    typed: ChannelForm,
    problems: Problems,
) -> Result<Response, AppError> {
    let (questionnaire, channels) = channels::list(ctx, organizer, slug).await?;
    let base_url = ctx.site().base_url.clone();
    let about =
        Screen::new(Section::Questionnaires, td_string!(reader.locale, sharing.title)).problems(problems.clone());
    Ok(screen(ctx, organizer, reader, status, about, move || {
        body(reader, &questionnaire, channels, &base_url, typed, &problems).into_any()
    }))
}

fn body(
    reader: Reader,
    questionnaire: &Questionnaire,
    channels: Vec<Channel>,
    base_url: &str,
    typed: ChannelForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let slug = questionnaire.slug.as_str();
    let few = td_string!(locale, sharing.danger_few, people = FEWEST_PEOPLE).to_string();
    let plain = [base_url, &paths::short(slug, None)].concat();
    view! {
        <Home reader slug=slug.to_owned() title=Some(title(reader, questionnaire)) />
        <p inner_html=reader.rich(td_string!(locale, sharing.lead))></p>
        <Notice tone=Tone::Waiting>
            <h2 inner_html=reader.rich(td_string!(locale, sharing.danger_title))></h2>
            <ul>
                <li inner_html=reader.rich(&few)></li>
                <li inner_html=reader.rich(td_string!(locale, sharing.danger_names))></li>
            </ul>
        </Notice>
        <section>
            <h2 inner_html=reader.rich(td_string!(locale, sharing.plain_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, sharing.plain_text))></p>
            <p class="sharing-address" translate="no">{plain}</p>
            {sheets(reader, slug, None)}
        </section>
        {list(reader, slug, base_url, channels)}
        {form(reader, slug, typed, problems)}
    }
}

/// The ways to poster and handout of a channel.
fn sheets(reader: Reader, slug: &str, code: Option<&str>) -> impl IntoView + use<> {
    let locale = reader.locale;
    let poster = path(slug, "/poster");
    let (poster, cards) = match code {
        Some(code) => {
            let poster = [&poster, "?channel=", code].concat();
            let cards = [&poster, "&sheet=cards"].concat();
            (poster, cards)
        }
        None => (poster.clone(), [&poster, "?sheet=cards"].concat()),
    };
    view! {
        <p class="sharing-sheets">
            <a href=poster inner_html=reader.rich(td_string!(locale, sharing.poster))></a>
            <a href=cards inner_html=reader.rich(td_string!(locale, sharing.cards))></a>
        </p>
    }
}

fn list(reader: Reader, slug: &str, base_url: &str, channels: Vec<Channel>) -> impl IntoView + use<> {
    let locale = reader.locale;
    if channels.is_empty() {
        let empty = reader.rich(td_string!(locale, sharing.empty));
        return view! { <p inner_html=empty></p> }.into_any();
    }
    let columns = vec![
        td_string!(locale, sharing.col_name).to_owned(),
        td_string!(locale, sharing.col_address).to_owned(),
        td_string!(locale, answers.col_state).to_owned(),
        td_string!(locale, sharing.col_created).to_owned(),
        td_string!(locale, sharing.col_sheets).to_owned(),
        td_string!(locale, console.column_act).to_owned(),
    ];
    let rows: Vec<_> = channels.into_iter().map(|channel| row(reader, slug, base_url, channel)).collect();
    view! {
        <DataTable reader id="channels" caption=td_string!(locale, sharing.caption) columns>
            {rows}
        </DataTable>
        <p class="c-hint" inner_html=reader.rich(td_string!(locale, sharing.retired_hint))></p>
    }
    .into_any()
}

fn row(reader: Reader, slug: &str, base_url: &str, channel: Channel) -> impl IntoView + use<> {
    let locale = reader.locale;
    let Channel { code, name, is_active, created_on } = channel;
    let address = [base_url, &paths::short(slug, Some(&code))].concat();
    let (label, state) = match is_active {
        true => (td_string!(locale, sharing.retire), "retired"),
        false => (td_string!(locale, sharing.restore), "active"),
    };
    let chip = match is_active {
        true => view! { <StatusChip reader label=td_string!(locale, sharing.state_active) tone=Tone::Done /> },
        false => view! { <StatusChip reader label=td_string!(locale, sharing.state_retired) /> },
    };
    let action = path(slug, &["/sharing/", &code].concat());
    let sheets = is_active.then(|| sheets(reader, slug, Some(&code)));
    view! {
        <tr>
            <th scope="row" translate="no">
                {name}
            </th>
            <td translate="no">{address}</td>
            <td>{chip}</td>
            <td inner_html=reader.rich(&long_day(reader, created_on))></td>
            <td>{sheets}</td>
            <td>
                <form method="post" action=action>
                    <Button reader label weight=Weight::Quiet name="state" value=state />
                </form>
            </td>
        </tr>
    }
}

fn form(reader: Reader, slug: &str, typed: ChannelForm, problems: &Problems) -> impl IntoView + use<> {
    let locale = reader.locale;
    let name = Field::new("name", td_string!(locale, sharing.name_label))
        .hint(td_string!(locale, sharing.name_hint))
        .error(problems.of("name"))
        .required();
    let code = Field::new("code", td_string!(locale, sharing.code_label))
        .hint(td_string!(locale, sharing.code_hint))
        .error(problems.of("code"));
    view! {
        <form class="answers-form" method="post" action=path(slug, "/sharing") novalidate>
            <h2 inner_html=reader.rich(td_string!(locale, sharing.add_title))></h2>
            <TextField reader field=name name="name" value=typed.name />
            <TextField reader field=code name="code" value=typed.code />
            <Button reader label=td_string!(locale, sharing.add) />
        </form>
    }
}
