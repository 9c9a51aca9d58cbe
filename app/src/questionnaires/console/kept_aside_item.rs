//! `/console/questionnaires/{slug}/quarantine/{id}`: one thing that was kept aside. Its content is a coordinator's to
//! read, with a reason; it may be counted after all, or discarded by a coordinator, with a reason too.

use super::{
    answers::reason_words,
    kept_aside::{name, why},
    parts::{Home, path},
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::{
        quarantine::{self, Accepted, KeptAside, Refusal},
        scope::Reason,
    },
    server::Context,
    ui::{Button, Field, Reader, Shown, SummaryList, SummaryRow, TextField, Tone, Weight},
};
use axum::{
    extract::{Form, Path, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

/// What a form of the page sends. It has no `Debug`: reasons are for the audit log alone.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    /// `read` (or nothing), `accept` or `discard`.
    act: String,
    reason: String,
}

/// The page, without what was sent.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, AppError> {
    Item::find(&ctx, &organizer, reader, slug, &id).await?.draw(&ctx, &organizer, reader, StatusCode::OK)
}

/// Shows what was sent, counts it or discards it.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, who may only count it; [`AppError::NotFound`] if there is none to be read;
/// [`AppError::Malformed`] for what is no form.
pub async fn act(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path((slug, id)): Path<(String, String)>,
    form: Result<Form<ItemForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(ItemForm { act, reason }) = form.map_err(|_| AppError::Malformed)?;
    match act.as_str() {
        "" | "read" => read(&ctx, &organizer, reader, slug, &id, reason).await,
        "accept" => accept(&ctx, &organizer, reader, slug, &id).await,
        "discard" => discard(&ctx, &organizer, reader, slug, &id, reason).await,
        _ => Err(AppError::Malformed),
    }
}

async fn read(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    slug: String,
    id: &str,
    typed: String,
) -> Result<Response, AppError> {
    let sensitive = organizer.sensitive_reader()?;
    match Reason::parse(&typed) {
        Ok(reason) => {
            let (_, payload) = quarantine::read(ctx, &sensitive, &reason, &slug, id).await?;
            let item = Item { payload: Some(payload), ..Item::find(ctx, organizer, reader, slug, id).await? };
            item.draw(ctx, organizer, reader, StatusCode::OK)
        }
        Err(fault) => {
            let mut item = Item { reason: typed, ..Item::find(ctx, organizer, reader, slug, id).await? };
            item.problems.add("reason", reason_words(reader, fault));
            item.draw(ctx, organizer, reader, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn accept(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    slug: String,
    id: &str,
) -> Result<Response, AppError> {
    match quarantine::accept(ctx, organizer, &slug, id).await? {
        Accepted::Placed => Ok(back(&slug, "accepted")),
        Accepted::Gone => Ok(back(&slug, "gone")),
        Accepted::Refused(refusal) => {
            let item = Item { refusal: Some(refusal), ..Item::find(ctx, organizer, reader, slug, id).await? };
            item.draw(ctx, organizer, reader, StatusCode::CONFLICT)
        }
    }
}

async fn discard(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    slug: String,
    id: &str,
    typed: String,
) -> Result<Response, AppError> {
    organizer.require_coordinator()?;
    match Reason::parse(&typed) {
        Ok(reason) => {
            let was_there = quarantine::discard(ctx, organizer, &reason, &slug, id).await?;
            Ok(back(&slug, if was_there { "discarded" } else { "gone" }))
        }
        Err(fault) => {
            let mut item = Item { discard_reason: typed, ..Item::find(ctx, organizer, reader, slug, id).await? };
            item.problems.add("discard-reason", reason_words(reader, fault));
            item.draw(ctx, organizer, reader, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// 303 to the list, which says what was done.
fn back(slug: &str, done: &str) -> Response {
    Redirect::to(&path(slug, &["/quarantine?done=", done].concat())).into_response()
}

/// One thing, with what was typed and what came of it.
struct Item {
    slug: String,
    name: Option<String>,
    item: KeptAside,
    /// What was sent, if it is to be shown.
    payload: Option<String>,
    reason: String,
    discard_reason: String,
    problems: Problems,
    refusal: Option<Refusal>,
}

impl Item {
    async fn find(
        ctx: &Context,
        organizer: &Organizer,
        reader: Reader,
        slug: String,
        id: &str,
    ) -> Result<Self, AppError> {
        let item = quarantine::find(ctx, organizer, &slug, id).await?;
        let name = name(ctx, reader, &slug).await?;
        Ok(Self {
            slug,
            name,
            item,
            payload: None,
            reason: String::new(),
            discard_reason: String::new(),
            problems: Problems::default(),
            refusal: None,
        })
    }

    fn draw(
        self,
        ctx: &Context,
        organizer: &Organizer,
        reader: Reader,
        status: StatusCode,
    ) -> Result<Response, AppError> {
        let locale = reader.locale;
        let is_coordinator = organizer.is_coordinator();
        let refused = self.refusal.map(|refusal| (Tone::Wrong, refusal_words(reader, refusal).to_owned()));
        let about = Screen::new(Section::Questionnaires, td_string!(locale, answers.kept_item_title))
            .problems(self.problems.clone())
            .notice(refused);
        Ok(screen(ctx, organizer, reader, status, about, move || {
            let row = |key: &str, value: Shown| SummaryRow { key: key.to_owned(), japanese: None, value, change: None };
            let Self { slug, name, item, payload, reason, discard_reason, problems, .. } = self;
            let size = td_string!(locale, answers.kept_bytes, bytes = item.bytes as u64).to_string();
            let facts = vec![
                row(td_string!(locale, answers.col_day), Shown::Typed(item.day)),
                row(td_string!(locale, answers.col_reason), Shown::Words(vec![why(reader, item.why).to_owned()])),
                row(td_string!(locale, answers.col_edition), Shown::Typed(item.definition)),
                row(td_string!(locale, answers.col_size), Shown::Words(vec![size])),
            ];
            let action = path(&slug, &["/quarantine/", &item.id].concat());
            let content = match payload {
                Some(payload) => sent(reader, payload).into_any(),
                None if is_coordinator => ask(reader, action.clone(), reason, &problems).into_any(),
                None => coordinators(reader).into_any(),
            };
            view! {
                <Home reader slug title=name />
                <SummaryList reader rows=facts />
                {content}
                {count(reader, action.clone())}
                {is_coordinator.then(|| give_up(reader, action, discard_reason, &problems))}
            }
            .into_any()
        }))
    }
}

fn coordinators(reader: Reader) -> impl IntoView {
    let words = reader.rich(td_string!(reader.locale, answers.with_coordinators));
    view! { <p inner_html=words></p> }
}

/// The form that asks for the content.
fn ask(reader: Reader, action: String, reason: String, problems: &Problems) -> impl IntoView + use<> {
    let locale = reader.locale;
    let field = Field::new("reason", td_string!(locale, answers.reason_label))
        .hint(td_string!(locale, answers.reason_hint))
        .error(problems.of("reason"))
        .required();
    view! {
        <form class="answers-form" method="post" action=action novalidate>
            <p inner_html=reader.rich(td_string!(locale, answers.with_text))></p>
            <TextField reader field name="reason" value=reason />
            <Button reader label=td_string!(locale, answers.kept_show) name="act" value="read" />
        </form>
    }
}

/// The content.
fn sent(reader: Reader, payload: String) -> impl IntoView {
    let heading = reader.rich(td_string!(reader.locale, answers.kept_payload));
    view! {
        <section>
            <h2 inner_html=heading></h2>
            <pre class="answers-payload" translate="no" tabindex="0">
                {payload}
            </pre>
        </section>
    }
}

/// The form that counts it.
fn count(reader: Reader, action: String) -> impl IntoView {
    let locale = reader.locale;
    view! {
        <form class="answers-form" method="post" action=action>
            <h2 inner_html=reader.rich(td_string!(locale, answers.kept_accept_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, answers.kept_accept_text))></p>
            <Button reader label=td_string!(locale, answers.kept_accept) name="act" value="accept" />
        </form>
    }
}

/// The form that discards it.
fn give_up(reader: Reader, action: String, reason: String, problems: &Problems) -> impl IntoView + use<> {
    let locale = reader.locale;
    let field = Field::new("discard-reason", td_string!(locale, answers.reason_label))
        .hint(td_string!(locale, answers.kept_discard_hint))
        .error(problems.of("discard-reason"))
        .required();
    view! {
        <form class="answers-form" method="post" action=action novalidate>
            <h2 inner_html=reader.rich(td_string!(locale, answers.kept_discard_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, answers.kept_discard_text))></p>
            <TextField reader field name="reason" value=reason />
            <Button
                reader
                label=td_string!(locale, answers.kept_discard)
                weight=Weight::Grave
                name="act"
                value="discard"
            />
        </form>
    }
}

/// Why it cannot be counted, in words.
fn refusal_words(reader: Reader, refusal: Refusal) -> &'static str {
    let locale = reader.locale;
    match refusal {
        Refusal::UnknownDefinition => td_string!(locale, answers.kept_refused_unknown_definition),
        Refusal::Unreadable => td_string!(locale, answers.kept_refused_unreadable),
        Refusal::Invalid => td_string!(locale, answers.kept_refused_invalid),
        Refusal::OtherBytes => td_string!(locale, answers.kept_refused_other_bytes),
    }
}
