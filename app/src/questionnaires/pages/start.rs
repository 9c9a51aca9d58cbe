//! What the questionnaire is, and *Begin*. Nothing is kept until then.

use super::{address, go, help, post::Post, via::Via};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{
        paths,
        server::{catalogue, counts::steps::Steps, draft::Draft, schedule::Standing},
        walk::{self, Place},
    },
    server::{Context, page::page},
    ui::{
        Button, Notice, Reader, Weight,
        dates::long_day,
        shell::{Frame, Head},
    },
};
use axum::{
    Form,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use form::flow;
use leptos::prelude::*;

/// The box under which a person lets us count where they stop.
const COUNT_STEPS: &str = "count-steps";

/// The first page. A person with a draft may go on with it or hand the phone to another. Whoever came by a channel
/// keeps it over a change of language; it is kept nowhere else until they begin.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    query: Result<Query<Via>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(&ctx, &slug).await?;
    let channel = Via::of_query(query).channel(&ctx, &questionnaire).await?;
    let definition = questionnaire.current.definition().clone();
    let standing = questionnaire.standing;
    let has_draft = Draft::of_questionnaire(&ctx, &headers, &slug).is_some_and(|draft| draft.is_open());
    let head = Head {
        reader,
        title: reader.plain(definition.title.get(reader.tag())),
        path: Some(match &channel {
            Some(code) => ["/questionnaires/", &slug, paths::VIA, code].concat(),
            None => ["/questionnaires/", &slug].concat(),
        }),
        bundle: None,
        frame: Frame::Discreet,
    };
    Ok(page(&ctx, StatusCode::OK, head, move || {
        let locale = reader.locale;
        let purpose = definition.purpose.get(reader.tag()).to_owned();
        let paragraphs: Vec<_> =
            purpose.split("\n\n").map(|paragraph| view! { <p inner_html=reader.rich(paragraph)></p> }).collect();
        let days = days(reader, standing);
        let begin = match (standing.is_open(), has_draft) {
            (false, _) => view! {
                <Notice>
                    <h2 inner_html=reader.rich(td_string!(locale, questionnaires.closed_title))></h2>
                    {days}
                    <p inner_html=reader.rich(td_string!(locale, questionnaires.closed_text))></p>
                </Notice>
                <div class="c-aid" inner_html=help::html(reader)></div>
            }
            .into_any(),
            (true, true) => view! {
                <Notice>
                    <p inner_html=reader.rich(td_string!(locale, questionnaires.open_draft))></p>
                </Notice>
                <form method="post" action=paths::start(reader, &slug)>
                    <div class="c-actions">
                        <Button reader label=td_string!(locale, questionnaires.continue_answers) />
                    </div>
                </form>
                <form method="post" action=paths::new_person(reader, &slug)>
                    {via(channel.as_deref())}
                    <div class="c-actions">
                        <Button reader label=td_string!(locale, questionnaires.new_person) weight=Weight::Quiet />
                    </div>
                    <p class="c-hint" inner_html=reader.rich(td_string!(locale, questionnaires.new_person_hint))></p>
                </form>
            }
            .into_any(),
            (true, false) => view! {
                {days}
                <form method="post" action=paths::start(reader, &slug)>
                    {via(channel.as_deref())}
                    {count_steps(reader)}
                    <div class="c-actions">
                        <Button reader label=td_string!(locale, questionnaires.begin) />
                    </div>
                </form>
            }
            .into_any(),
        };
        view! {
            <h1 inner_html=reader.rich(definition.title.get(reader.tag()))></h1>
            {paragraphs}
            <p class="c-hint" inner_html=reader.rich(td_string!(locale, questionnaires.languages_hint))></p>
            {channel
                .is_some()
                .then(|| {
                    let words = reader.rich(td_string!(locale, questionnaires.channel_hint));
                    view! { <p class="c-hint" inner_html=words></p> }
                })}
            {begin}
            <p class="c-hint">
                <span inner_html=reader.rich(td_string!(locale, questionnaires.delete_question))></span>
                " "
                <a
                    href=paths::delete(reader, &slug)
                    inner_html=reader.rich(td_string!(locale, questionnaires.delete_title))
                ></a>
            </p>
        }
        .into_any()
    }))
}

/// The channel, carried by the form.
fn via(channel: Option<&str>) -> impl IntoView + use<> {
    channel.map(|code| view! { <input type="hidden" name="via" value=code.to_owned() /> })
}

/// The day that decides, if there is one: until when, from when, or how long it was open.
fn days(reader: Reader, standing: Standing) -> Option<impl IntoView> {
    let locale = reader.locale;
    let words = match standing {
        Standing::Open { through: Some(day) } => {
            td_string!(locale, questionnaires.open_through, day = long_day(reader, day)).to_string()
        }
        Standing::Before { opens_on: day } => {
            td_string!(locale, questionnaires.opens_on, day = long_day(reader, day)).to_string()
        }
        Standing::After { closed_on: day } => {
            td_string!(locale, questionnaires.closed_on, day = long_day(reader, day)).to_string()
        }
        Standing::Open { through: None } | Standing::Closed => return None,
    };
    Some(view! { <p inner_html=reader.rich(&words)></p> })
}

/// The box that lets us count where people stop. Nobody is counted who leaves it as it is.
fn count_steps(reader: Reader) -> impl IntoView {
    let words = reader.rich(td_string!(reader.locale, questionnaires.count_steps));
    view! {
        <div class="c-choices">
            <label class="c-choice">
                <input class="c-choice__input" type="checkbox" name=COUNT_STEPS value="yes" autocomplete="off" />
                <span class="c-choice__label" inner_html=words></span>
            </label>
        </div>
    }
}

/// *Begin*: a new id, or on with the draft that is there, by whichever channel that one came.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn begin(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(&ctx, &slug).await?;
    let post = Post::new(pairs);
    let channel = Via::of_path(post.get("via").unwrap_or_default().to_owned()).channel(&ctx, &questionnaire).await?;
    if !questionnaire.is_open {
        return Ok(go(&paths::start_by(reader, &slug, channel.as_deref()), []));
    }
    let open = Draft::of_questionnaire(&ctx, &headers, &slug).filter(Draft::is_open);
    let (draft, published) = match open {
        Some(draft) => {
            let published = catalogue::definition_by_hash(&ctx, &draft.definition).await?;
            (draft, published)
        }
        None => {
            let mut draft = Draft::begin(&slug, questionnaire.current.hash(), reader.tag(), channel);
            draft.steps = post.get(COUNT_STEPS).map(|_| Steps::default());
            (draft, questionnaire.current)
        }
    };
    let definition = published.definition();
    let today = ctx.clock().today();
    let unanswered = flow::shown(definition, &draft.answers, today)
        .into_iter()
        .find(|question| question.kind.is_answered() && draft.answers.get(&question.name).is_none());
    let place = match unanswered {
        Some(question) => walk::allowed(definition, &draft.answers, &question.name, today),
        None => Place::Check,
    };
    Ok(go(&address(reader, &slug, &place), [draft.keep(&ctx)?]))
}
