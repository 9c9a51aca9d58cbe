//! Check your answers, and *Send*.

use super::{
    address, go, person,
    post::{Post, reading_cookie},
    refusal, set_cookies, stage_page,
};
use crate::{
    error::AppError,
    questionnaires::{
        paths,
        server::{arrival, catalogue, counts::steps, draft::Draft, effort::Client},
        stage::{Stage, Trouble, asking, checking},
        types::Sending,
        walk::{self, Place},
    },
    server::Context,
    ui::Reader,
};
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use form::flow;

/// The page with all answers.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
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
    let place = walk::check(published.definition(), &draft.answers, ctx.clock().today());
    if place != Place::Check {
        return Ok(go(&address(reader, &slug, &place), [draft.keep(&ctx)?]));
    }
    steps::reach(&ctx, client, &mut draft, published.definition(), &place).await;
    let mut response = draw(&ctx, reader, &draft, published.definition(), StatusCode::OK, None);
    set_cookies(response.headers_mut(), [draft.keep(&ctx)?]);
    Ok(response)
}

/// *Send*: the draft's answers become bytes that never change, and arrive by the same service as the island's. The
/// same draft sent twice is the same bytes, so it gives one row and the same code.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire; [`AppError::Internal`] when storing failed.
pub async fn send(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
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
    let today = ctx.clock().today();
    if let Some(carried) = post.carried()? {
        draft.answers = carried;
    }
    draft.answers = flow::prune(definition, &draft.answers, today);
    if let Some(switched) = post.switch(reader) {
        let cookies = [draft.keep(&ctx)?, reading_cookie(&ctx, switched)];
        return Ok(go(&paths::check(switched, &slug), cookies));
    }
    let place = walk::check(definition, &draft.answers, today);
    if place != Place::Check {
        return Ok(go(&address(reader, &slug, &place), [draft.keep(&ctx)?]));
    }

    let sending = Sending::of(person(&ctx, &draft, reader).payload(draft.answers.clone()));
    let trouble = match arrival::arrive_from(&ctx, client, sending).await {
        Ok(receipt) => {
            steps::sent(&ctx, client, &draft).await;
            return Ok(go(&paths::sent(reader, &slug), [draft.into_sent(&receipt).keep(&ctx)?]));
        }
        // An answer that was fine when it was given is not any more (a day has passed): back to it, and why.
        Err(AppError::Invalid(problems)) => return refused(&ctx, reader, &draft, definition, &problems),
        Err(AppError::TooManyRequests { retry_after }) => Trouble::Busy(retry_after),
        Err(AppError::Conflict) => Trouble::Conflict,
        Err(error) => return Err(error),
    };
    let status = match trouble {
        Trouble::Busy(_) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::CONFLICT,
    };
    let mut response = draw(&ctx, reader, &draft, definition, status, Some(trouble));
    set_cookies(response.headers_mut(), [draft.keep(&ctx)?]);
    Ok(response)
}

/// The page of an answer that does not hold any more.
fn refused(
    ctx: &Context,
    reader: Reader,
    draft: &Draft,
    definition: &form::Definition,
    problems: &[form::Problem],
) -> Result<Response, AppError> {
    let question = problems.first().and_then(|problem| definition.question(&problem.question));
    let page = question.map(|question| flow::page_name(definition, question));
    let stage = page.and_then(|name| asking(definition, name, &draft.answers, ctx.clock().today(), None));
    let Some(stage) = stage else { return Ok(go(&paths::check(reader, &draft.questionnaire), [draft.keep(ctx)?])) };
    let mut stage = stage.refused(problems);
    stage.change = true;
    let (status, person) = (StatusCode::UNPROCESSABLE_ENTITY, person(ctx, draft, reader));
    let mut response = stage_page(ctx, reader, status, person, Stage::Question(Box::new(stage)), draft);
    set_cookies(response.headers_mut(), [draft.keep(ctx)?]);
    Ok(response)
}

fn draw(
    ctx: &Context,
    reader: Reader,
    draft: &Draft,
    definition: &form::Definition,
    status: StatusCode,
    trouble: Option<Trouble>,
) -> Response {
    let mut stage = checking(definition, &draft.answers, reader, ctx.clock().today());
    stage.trouble = trouble;
    stage_page(ctx, reader, status, person(ctx, draft, reader), Stage::Check(stage), draft)
}
