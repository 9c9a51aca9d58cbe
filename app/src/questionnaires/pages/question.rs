//! One question a page: drawn on GET, read on POST.

use super::{
    address, go, person,
    post::{Post, is_island, reading_cookie},
    refusal, stage_page,
};
use crate::{
    error::AppError,
    questionnaires::{
        paths,
        server::{
            catalogue,
            counts::steps,
            draft::{self, Draft},
            effort::Client,
        },
        stage::{Asking, Item, Stage, asking},
        walk::{self, Place},
    },
    server::Context,
    ui::Reader,
};
use axum::{
    Form,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use form::{Kind, Problem, ProblemKey, flow};

/// The query of a page whose last post was refused.
const REFUSED: &str = "refused";

/// The question's page. Without a draft it leads to the start; where an earlier answer is needed, there.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire or question.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug, name)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let Some(mut draft) = Draft::of_questionnaire(&ctx, &headers, &slug) else {
        catalogue::find_by_slug(&ctx, &slug).await?;
        return Ok(go(&paths::start(reader, &slug), []));
    };
    if !draft.is_open() {
        return Ok(go(&paths::sent(reader, &slug), []));
    }
    let published = catalogue::definition_by_hash(&ctx, &draft.definition).await?;
    let definition = published.definition();
    flow::place_of(definition, &name).ok_or(AppError::NotFound)?;
    let today = ctx.clock().today();
    let place = walk::allowed(definition, &draft.answers, &name, today);
    if place != Place::Question(name.clone()) {
        return Ok(go(&address(reader, &slug, &place), [draft.keep(&ctx)?]));
    }
    steps::reach(&ctx, client, &mut draft, definition, &place).await;
    let typed = draft.typed.take_if(|(page, _)| *page == name).map(|(_, fields)| fields);
    let mut stage = asking(definition, &name, &draft.answers, today, typed.as_ref()).ok_or(AppError::NotFound)?;
    let query = query.unwrap_or_default();
    stage.change = query.contains("change");
    let mut status = StatusCode::OK;
    if let Some(fields) = typed.filter(|_| query.contains(REFUSED))
        && let Err(problems) = walk::take(definition, &draft.answers, &name, &fields, today)
    {
        // It comes again when the page is loaded anew.
        draft.typed = Some((name, fields));
        (stage, status) = (stage.refused(&problems), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let person = person(&ctx, &draft, reader);
    let mut response = stage_page(&ctx, reader, status, person, Stage::Question(Box::new(stage)), &draft);
    super::set_cookies(response.headers_mut(), [draft.keep(&ctx)?]);
    Ok(response)
}

/// 413: all answers together are more than a cookie holds. The page again, with what was typed and what to do; the
/// answers before it stay.
fn too_long(ctx: &Context, reader: Reader, draft: &Draft, stage: Option<Asking>, change: bool) -> Response {
    let words = |item: &&Item| matches!(item.question.kind, Kind::Text { .. });
    let question = stage.as_ref().and_then(|stage| stage.items.iter().find(words)).map(|item| &item.question);
    let (Some(question), Some(stage)) = (question.cloned(), stage) else {
        return refusal::too_long(ctx, reader, &draft.questionnaire);
    };
    let Kind::Text { max_bytes, .. } = question.kind else {
        return refusal::too_long(ctx, reader, &draft.questionnaire);
    };
    let mut stage = stage.refused(&[Problem { question: question.name, key: ProblemKey::TextTooLong { max_bytes } }]);
    stage.change = change;
    let (status, person) = (StatusCode::PAYLOAD_TOO_LARGE, person(ctx, draft, reader));
    stage_page(ctx, reader, status, person, Stage::Question(Box::new(stage)), draft)
}

/// Reads an answer: 303 to what follows, or 422 with what was typed and why it will not do. A language button keeps
/// what was typed and shows the same question in the other language.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire or question.
pub async fn answer(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug, name)): Path<(String, String, String)>,
    client: Client,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let post = Post::new(pairs);
    let mut draft = match refusal::draft_of(&ctx, reader, &headers, &slug, &post).await? {
        Ok(draft) => draft,
        Err(refused) => return Ok(refused),
    };
    let published = catalogue::definition_by_hash(&ctx, &draft.definition).await?;
    let definition = published.definition();
    flow::place_of(definition, &name).ok_or(AppError::NotFound)?;
    let today = ctx.clock().today();
    post.carry_into(&mut draft, definition, today)?;
    let fields = post.answer_fields();
    let taken = walk::take(definition, &draft.answers, &name, &fields, today);

    if let Some(switched) = post.switch(reader) {
        match taken {
            Ok(answers) => draft.answers = answers,
            Err(_) => draft.typed = Some((name.clone(), fields)),
        }
        let mut path = paths::question(switched, &slug, &name);
        if post.is_change() {
            path.push_str("?change");
        }
        // What is too long for the cookie is dropped from the field rather than refused: the answers stay.
        let kept = draft.keep(&ctx).or_else(|_| {
            draft.typed = None;
            draft.keep(&ctx)
        })?;
        return Ok(go(&path, [kept, reading_cookie(&ctx, switched)]));
    }

    match taken {
        Ok(answers) => {
            let place = walk::after(definition, &draft.answers, &answers, &name, post.is_change(), today);
            draft.answers = answers;
            draft.typed = None;
            if is_island(&headers) {
                steps::reach_from(&ctx, client, &mut draft, definition, &name, &place).await;
            }
            // Who says no leaves nothing behind.
            let cookie = if place == Place::Nothing { Ok(draft::forget(&ctx)) } else { draft.keep(&ctx) };
            let Ok(kept) = cookie else {
                let stage = asking(definition, &name, &draft.answers, today, Some(&fields));
                return Ok(too_long(&ctx, reader, &draft, stage, post.is_change()));
            };
            if is_island(&headers) {
                let mut response = StatusCode::NO_CONTENT.into_response();
                super::set_cookies(response.headers_mut(), [kept]);
                return Ok(response);
            }
            let mut path = address(reader, &slug, &place);
            if post.is_change() && matches!(place, Place::Question(_)) {
                path.push_str("?change");
            }
            Ok(go(&path, [kept]))
        }
        Err(problems) => {
            // Led to the page anew, so that *back* never meets a form that was posted. What is too long for the
            // cookie is drawn at once.
            draft.typed = Some((name.clone(), fields.clone()));
            if !is_island(&headers)
                && asking(definition, &name, &draft.answers, today, None).is_some()
                && let Ok(kept) = draft.keep(&ctx)
            {
                let mut path = [paths::question(reader, &slug, &name).as_str(), "?", REFUSED].concat();
                if post.is_change() {
                    path.push_str("&change");
                }
                return Ok(go(&path, [kept]));
            }
            draft.typed = None;
            let kept = draft.keep(&ctx);
            let Some(stage) = asking(definition, &name, &draft.answers, today, Some(&fields)) else {
                // Hidden meanwhile, in another window: on with what is shown.
                let place = walk::allowed(definition, &draft.answers, &name, today);
                return Ok(go(&address(reader, &slug, &place), kept));
            };
            let mut stage = stage.refused(&problems);
            stage.change = post.is_change();
            let person = person(&ctx, &draft, reader);
            let stage = Stage::Question(Box::new(stage));
            let mut response = stage_page(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, person, stage, &draft);
            super::set_cookies(response.headers_mut(), kept);
            Ok(response)
        }
    }
}
