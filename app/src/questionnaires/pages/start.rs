//! What the questionnaire is, and *Begin*. Nothing is kept until then.

use super::{
    address, foot, go, help, person,
    post::{Post, is_island},
    set_cookies,
    via::Via,
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{
        beginning::Beginning,
        components::start::{self as parts, BEGIN, CONTINUE, NEXT, OFFERED, PHONE, PHONE_FIELD, WHOSE},
        islands::questionnaire as island,
        paths,
        server::{
            catalogue::{self, Questionnaire},
            counts::steps::Steps,
            draft::Draft,
            schedule::Standing,
        },
        walk::{self, Place},
    },
    server::{Context, assets::Bundle, page::page},
    ui::{
        Button, ErrorSummary, Notice, Reader, Weight,
        dates::long_day,
        errors::error_prefix,
        html::Html,
        reader::{locale_of, tag},
        shell::{Frame, Head},
    },
};
use axum::{
    Form,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use form::{Answers, flow};
use leptos::prelude::*;
use outbox::draft::Phone;
use serde::Deserialize;

/// The box under which a person lets us count where they stop.
const COUNT_STEPS: &str = "count-steps";

/// The field of a form that goes on with the answers of the cookie.
pub(super) const GO_ON: &str = "go-on";

/// What the address of the first page says beside the channel.
#[derive(Default, Deserialize)]
pub struct Asked {
    /// *Begin* was pressed without saying who uses the phone.
    refused: Option<String>,
    /// The box was ticked then.
    steps: Option<String>,
}

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
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(&ctx, &slug).await?;
    let channel = Via::of_query(query).channel(&ctx, &questionnaire).await?;
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let definition = questionnaire.current.definition().clone();
    let standing = questionnaire.standing;
    let held = Draft::of_questionnaire(&ctx, &headers, &slug);
    let settled = held.as_ref().filter(|draft| !draft.is_open()).map(|draft| draft.instance_id.clone());
    let draft = held.filter(Draft::is_offered);
    let is_refused = asked.refused.is_some() && standing.is_open() && draft.is_none();
    let title = reader.plain(definition.title.get(reader.tag()));
    let head = Head {
        reader,
        title: if is_refused { error_prefix(reader) + &title } else { title },
        path: Some(match &channel {
            Some(code) => ["/questionnaires/", &slug, paths::VIA, code].concat(),
            None => ["/questionnaires/", &slug].concat(),
        }),
        bundle: Some(Bundle::Worker),
        frame: Frame::Discreet,
    };
    let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let beginning = beginning(&ctx, reader, &questionnaire, channel.clone(), draft.as_ref());
    let beginning = Beginning { settled, ..beginning }.to_json();
    let has_draft = draft.is_some();
    Ok(page(&ctx, status, head, move || {
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
                <form method="post" id=CONTINUE action=paths::start(reader, &slug)>
                    <div class="c-actions">
                        <Button reader label=td_string!(locale, questionnaires.continue_answers) />
                    </div>
                </form>
                <form method="post" id=NEXT action=paths::new_person(reader, &slug)>
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
                <form method="post" id=BEGIN action=paths::start(reader, &slug) novalidate>
                    {via(channel.as_deref())}
                    <div id=WHOSE inner_html=whose(reader, is_refused)></div>
                    {count_steps(reader, asked.steps.is_some())}
                    <div class="c-actions">
                        <Button reader label=td_string!(locale, questionnaires.begin) />
                    </div>
                </form>
            }
            .into_any(),
        };
        view! {
            <div class="questionnaire" data-beginning=beginning>
                {is_refused.then(|| errors(reader))}
                <h1 inner_html=reader.rich(definition.title.get(reader.tag()))></h1>
                {paragraphs}
                <p class="c-hint" inner_html=reader.rich(td_string!(locale, questionnaires.languages_hint))></p>
                {channel
                    .is_some()
                    .then(|| {
                        let words = reader.rich(td_string!(locale, questionnaires.channel_hint));
                        view! { <p class="c-hint" inner_html=words></p> }
                    })}
                <div id=OFFERED></div>
                {begin}
                <p class="c-hint">
                    <span inner_html=reader.rich(td_string!(locale, questionnaires.delete_question))></span>
                    " "
                    <a
                        href=paths::delete(reader, &slug)
                        inner_html=reader.rich(td_string!(locale, questionnaires.delete_title))
                    ></a>
                </p>
            </div>
            {foot()}
            <island::Questionnaire />
        }
        .into_any()
    }))
}

/// What the island begins with before anybody began.
fn beginning(
    ctx: &Context,
    reader: Reader,
    questionnaire: &Questionnaire,
    channel: Option<String>,
    draft: Option<&Draft>,
) -> Beginning {
    let mut begun = Draft::begin(&questionnaire.slug, questionnaire.current.hash(), reader.tag(), channel, None);
    begun.instance_id = draft.map(|draft| draft.instance_id.clone()).unwrap_or_default();
    Beginning {
        reader,
        person: person(ctx, &begun, reader),
        answers: Answers::default(),
        telling: String::new(),
        place: None,
        change: false,
        phone: None,
        settled: None,
        build: ctx.assets().build().to_owned(),
    }
}

/// Who uses the phone.
fn whose(reader: Reader, is_refused: bool) -> String {
    let mut html = Html::new();
    parts::write_phone(&mut html, reader, is_refused);
    html.finish()
}

/// On top: that nothing was chosen.
fn errors(reader: Reader) -> impl IntoView {
    let error = td_string!(reader.locale, offline.phone_required).to_owned();
    view! { <ErrorSummary reader errors=vec![(["#", PHONE_FIELD].concat(), error)] /> }
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
fn count_steps(reader: Reader, is_ticked: bool) -> impl IntoView {
    let words = reader.rich(td_string!(reader.locale, questionnaires.count_steps));
    view! {
        <div class="c-choices">
            <label class="c-choice">
                <input class="c-choice__input" type="checkbox" name=COUNT_STEPS value="yes" checked=is_ticked autocomplete="off" />
                <span class="c-choice__label" inner_html=words></span>
            </label>
        </div>
    }
}

/// *Begin*: a new id, or on with the draft that is there, by whichever channel that one came. An island began already,
/// under an id of its own, perhaps on a definition that it kept from before; it wants the cookie only.
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
    let path = paths::start_by(reader, &slug, channel.as_deref());
    if !questionnaire.is_open {
        return Ok(go(&path, []));
    }
    let phone = post.get(PHONE).and_then(Phone::of);
    let counted = post.get(COUNT_STEPS).map(|_| Steps::default());
    if is_island(&headers) {
        let cookie = begun_by_island(&ctx, reader, &questionnaire, &headers, &post, channel, phone, counted).await?;
        let mut response = StatusCode::NO_CONTENT.into_response();
        set_cookies(response.headers_mut(), [cookie]);
        return Ok(response);
    }
    // Another page may ask whose answers go on; there they do, also on a phone that others use.
    let goes_on = post.get(GO_ON).is_some();
    let held = Draft::of_questionnaire(&ctx, &headers, &slug);
    let held = held.filter(|draft| draft.is_offered() || (goes_on && draft.is_open()));
    let (draft, published) = match (held, phone) {
        (Some(draft), None) => {
            let published = catalogue::definition_by_hash(&ctx, &draft.definition).await?;
            (draft, published)
        }
        // Who says whose phone it is begins, whatever the cookie holds of somebody else.
        (_, Some(phone)) => {
            let mut draft = Draft::begin(&slug, questionnaire.current.hash(), reader.tag(), channel, Some(phone));
            draft.steps = counted;
            (draft, questionnaire.current)
        }
        (None, None) => {
            // Led to the page anew, so that *back* never meets a form that was posted.
            let sign = if path.contains('?') { "&" } else { "?" };
            let steps = if counted.is_some() { "&steps" } else { "" };
            return Ok(go(&[path.as_str(), sign, "refused", steps].concat(), []));
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

/// The cookie for somebody who began on a page that was open, or kept on the phone. The same person again keeps what
/// the cookie holds.
#[allow(clippy::too_many_arguments)]
async fn begun_by_island(
    ctx: &Context,
    reader: Reader,
    questionnaire: &Questionnaire,
    headers: &HeaderMap,
    post: &Post,
    channel: Option<String>,
    phone: Option<Phone>,
    counted: Option<Steps>,
) -> Result<HeaderValue, AppError> {
    let id = post.get("instance").filter(|id| form::is_instance_id(id)).ok_or(AppError::Malformed)?;
    let hash = post.get("definition").unwrap_or_default();
    let published = catalogue::definition_of(ctx, questionnaire, hash).await?;
    let same = Draft::of_questionnaire(ctx, headers, &questionnaire.slug)
        .filter(|draft| draft.is_open() && draft.instance_id == id);
    let mut draft = same.unwrap_or_else(|| {
        let mut draft = Draft::begin(&questionnaire.slug, published.hash(), reader.tag(), channel, phone);
        id.clone_into(&mut draft.instance_id);
        draft.steps = counted;
        draft
    });
    if let Some(language) = post.get("begun_in").and_then(locale_of) {
        draft.language = tag(language).to_owned();
    }
    post.carry_into(&mut draft, published.definition(), ctx.clock().today())?;
    draft.keep(ctx)
}
