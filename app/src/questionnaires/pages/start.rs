//! What the questionnaire is, and *Begin*. Nothing is kept until then.

use super::{address, go, post::Post};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{
        paths,
        server::{catalogue, counts::steps::Steps, draft::Draft},
        walk::{self, Place},
    },
    server::{Context, page::page},
    ui::{
        Button, Notice, Reader, Weight,
        shell::{Frame, Head},
    },
};
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use form::flow;
use leptos::prelude::*;

/// The box under which a person lets us count where they stop.
const COUNT_STEPS: &str = "count-steps";

/// The first page. A person with a draft may go on with it or hand the phone to another.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(&ctx, &slug).await?;
    let definition = questionnaire.current.definition().clone();
    let is_open = questionnaire.is_open;
    let has_draft = Draft::of_questionnaire(&ctx, &headers, &slug).is_some_and(|draft| draft.is_open());
    let head = Head {
        reader,
        title: reader.plain(definition.title.get(reader.tag())),
        path: Some(["/questionnaires/", &slug].concat()),
        bundle: None,
        frame: Frame::Discreet,
    };
    Ok(page(&ctx, StatusCode::OK, head, move || {
        let locale = reader.locale;
        let purpose = definition.purpose.get(reader.tag()).to_owned();
        let paragraphs: Vec<_> =
            purpose.split("\n\n").map(|paragraph| view! { <p inner_html=reader.rich(paragraph)></p> }).collect();
        let begin = match (is_open, has_draft) {
            (false, _) => view! {
                <Notice>
                    <h2 inner_html=reader.rich(td_string!(locale, questionnaires.closed_title))></h2>
                    <p inner_html=reader.rich(td_string!(locale, questionnaires.closed_text))></p>
                </Notice>
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
                    <div class="c-actions">
                        <Button reader label=td_string!(locale, questionnaires.new_person) weight=Weight::Quiet />
                    </div>
                    <p class="c-hint" inner_html=reader.rich(td_string!(locale, questionnaires.new_person_hint))></p>
                </form>
            }
            .into_any(),
            (true, false) => view! {
                <form method="post" action=paths::start(reader, &slug)>
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
            {begin}
        }
        .into_any()
    }))
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

/// *Begin*: a new id, or on with the draft that is there.
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
    if !questionnaire.is_open {
        return Ok(go(&paths::start(reader, &slug), []));
    }
    let open = Draft::of_questionnaire(&ctx, &headers, &slug).filter(Draft::is_open);
    let (draft, published) = match open {
        Some(draft) => {
            let published = catalogue::definition_by_hash(&ctx, &draft.definition).await?;
            (draft, published)
        }
        None => {
            let mut draft = Draft::begin(&slug, questionnaire.current.hash(), reader.tag());
            draft.steps = Post::new(pairs).get(COUNT_STEPS).map(|_| Steps::default());
            (draft, questionnaire.current)
        }
    };
    let definition = published.definition();
    let today = ctx.clock().today();
    let unanswered = flow::shown(definition, &draft.answers, today)
        .into_iter()
        .find(|question| draft.answers.get(&question.name).is_none());
    let place = match unanswered {
        Some(question) => walk::allowed(definition, &draft.answers, &question.name, today),
        None => Place::Check,
    };
    Ok(go(&address(reader, &slug, &place), [draft.keep(&ctx)?]))
}
