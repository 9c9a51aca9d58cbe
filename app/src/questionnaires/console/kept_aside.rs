//! `/console/questionnaires/{slug}/quarantine`: what came and could not be placed, by reason; and one thing of it,
//! whose content is a coordinator's to read, with a reason.

use super::{
    answers::reason_words,
    parts::{Home, path, title},
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::server::{
        catalogue,
        quarantine::{self, KeptAside, KeptAsideFor, KeptAsidePage},
        scope::Reason,
    },
    server::Context,
    ui::{Button, DataTable, Field, Pagination, Reader, Shown, SummaryList, SummaryRow, TextField},
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
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
    if name.is_none() && page.rows.is_empty() {
        return Err(AppError::NotFound);
    }
    let locale = reader.locale;
    let about = Screen::new(Section::Questionnaires, td_string!(locale, answers.kept_title));
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

/// One thing, without what was sent.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let item = quarantine::find(&ctx, &organizer, &slug, &id).await?;
    let name = name(&ctx, reader, &slug).await?;
    let content = if organizer.is_coordinator() { Content::Form(String::new()) } else { Content::Refused };
    let item = Item { slug, name, item, content };
    Ok(item.draw(&ctx, &organizer, reader, StatusCode::OK, Problems::default()))
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    reason: String,
}

/// One thing with what was sent.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, [`AppError::NotFound`] if there is none.
pub async fn read(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path((slug, id)): Path<(String, String)>,
    form: Result<Form<ReasonForm>, FormRejection>,
) -> Result<Response, AppError> {
    let sensitive = organizer.sensitive_reader()?;
    let Form(ReasonForm { reason }) = form.map_err(|_| AppError::Malformed)?;
    let name = name(&ctx, reader, &slug).await?;
    match Reason::parse(&reason) {
        Ok(reason) => {
            let (item, payload) = quarantine::read(&ctx, &sensitive, &reason, &slug, &id).await?;
            let item = Item { slug, name, item, content: Content::Payload(payload) };
            Ok(item.draw(&ctx, &organizer, reader, StatusCode::OK, Problems::default()))
        }
        Err(fault) => {
            let mut problems = Problems::default();
            problems.add("reason", reason_words(reader, fault));
            let item = quarantine::find(&ctx, &organizer, &slug, &id).await?;
            let item = Item { slug, name, item, content: Content::Form(reason) };
            Ok(item.draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, problems))
        }
    }
}

/// What the questionnaire is called, if it is one of ours.
async fn name(ctx: &Context, reader: Reader, slug: &str) -> Result<Option<String>, AppError> {
    match catalogue::find_by_slug(ctx, slug).await {
        Ok(questionnaire) => Ok(Some(title(reader, &questionnaire))),
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn why(reader: Reader, why: KeptAsideFor) -> &'static str {
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

/// What of the content stands on the page.
enum Content {
    /// Nothing, for assistants.
    Refused,
    /// The form that asks for it, with the reason typed so far.
    Form(String),
    /// It.
    Payload(String),
}

struct Item {
    slug: String,
    name: Option<String>,
    item: KeptAside,
    content: Content,
}

impl Item {
    fn draw(
        self,
        ctx: &Context,
        organizer: &Organizer,
        reader: Reader,
        status: StatusCode,
        problems: Problems,
    ) -> Response {
        let locale = reader.locale;
        let about = Screen::new(Section::Questionnaires, td_string!(locale, answers.kept_item_title))
            .problems(problems.clone());
        screen(ctx, organizer, reader, status, about, move || {
            let Self { slug, name, item, content } = self;
            let row = |key: &str, value: Shown| SummaryRow { key: key.to_owned(), japanese: None, value, change: None };
            let size = td_string!(locale, answers.kept_bytes, bytes = item.bytes as u64).to_string();
            let facts = vec![
                row(td_string!(locale, answers.col_day), Shown::Typed(item.day)),
                row(td_string!(locale, answers.col_reason), Shown::Words(vec![why(reader, item.why).to_owned()])),
                row(td_string!(locale, answers.col_edition), Shown::Typed(item.definition)),
                row(td_string!(locale, answers.col_size), Shown::Words(vec![size])),
            ];
            let action = path(&slug, &["/quarantine/", &item.id].concat());
            view! {
                <Home reader slug title=name />
                <SummaryList reader rows=facts />
                {content.draw(reader, action, &problems)}
            }
            .into_any()
        })
    }
}

impl Content {
    fn draw(self, reader: Reader, action: String, problems: &Problems) -> AnyView {
        let locale = reader.locale;
        match self {
            Self::Refused => {
                let words = reader.rich(td_string!(locale, answers.with_coordinators));
                view! { <p inner_html=words></p> }.into_any()
            }
            Self::Form(reason) => {
                let field = Field::new("reason", td_string!(locale, answers.reason_label))
                    .hint(td_string!(locale, answers.reason_hint))
                    .error(problems.of("reason"))
                    .required();
                view! {
                    <form class="answers-form" method="post" action=action novalidate>
                        <p inner_html=reader.rich(td_string!(locale, answers.with_text))></p>
                        <TextField reader field name="reason" value=reason />
                        <Button reader label=td_string!(locale, answers.kept_show) />
                    </form>
                }
                .into_any()
            }
            Self::Payload(payload) => {
                let heading = reader.rich(td_string!(locale, answers.kept_payload));
                view! {
                    <section>
                        <h2 inner_html=heading></h2>
                        <pre class="answers-payload" translate="no" tabindex="0">
                            {payload}
                        </pre>
                    </section>
                }
                .into_any()
            }
        }
    }
}
