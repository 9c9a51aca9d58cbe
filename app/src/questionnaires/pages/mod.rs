//! The way of one person through a questionnaire, page by page. Every page works without script: real forms, posted
//! to the page's own path, redrawn with 422 where something could not be read, answered with 303 where it could.

pub mod check;
pub mod delete;
pub mod help;
pub mod leave;
pub mod phone;
pub mod post;
pub mod question;
pub mod refusal;
pub mod sent;
pub mod short;
pub mod start;
pub mod via;

use crate::{
    questionnaires::{
        beginning::Beginning,
        components::{stage_html, stage_title},
        islands::questionnaire::Questionnaire,
        server::{draft::Draft, intake},
        stage::{Person, Stage},
        walk::Place,
    },
    server::{
        Context,
        assets::Bundle,
        page::{page, see_other as go},
    },
    ui::{
        Reader,
        shell::{Frame, Head},
    },
};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;

/// What a page needs to know of the person whose draft it draws.
fn person(ctx: &Context, draft: &Draft, reader: Reader) -> Person {
    Person {
        slug: draft.questionnaire.clone(),
        definition: draft.definition.clone(),
        instance_id: draft.instance_id.clone(),
        language: draft.language.clone(),
        channel: draft.channel.clone(),
        receipt_key: data_encoding::HEXLOWER.encode(ctx.keys().receipt_key().as_bytes()),
        intake_key: intake::public_key(ctx.keys(), &draft.questionnaire),
        today: ctx.clock().today(),
        help: help::html(reader),
    }
}

/// Draws a stage: as an island while answers are being given, plain once they are sent.
fn stage_page(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    person: Person,
    stage: Stage,
    draft: &Draft,
) -> Response {
    let path = match &stage {
        Stage::Question(asking) => ["/questionnaires/", &person.slug, "/questions/", &asking.page].concat(),
        Stage::Check(_) => ["/questionnaires/", &person.slug, "/check"].concat(),
        Stage::Sent(_) | Stage::Waiting(_) => ["/questionnaires/", &person.slug, "/sent"].concat(),
    };
    let head = Head {
        reader,
        title: stage_title(reader, &stage),
        path: Some(path),
        bundle: draft.is_open().then_some(Bundle::Worker),
        frame: Frame::Worker,
    };
    let html = stage_html(reader, &person, &stage, None);
    let place = match &stage {
        Stage::Question(asking) => Some((Place::Question(asking.page.clone()), asking.change)),
        Stage::Check(_) => Some((Place::Check, false)),
        Stage::Sent(_) | Stage::Waiting(_) => None,
    };
    let (answers, telling) = (draft.answers.clone(), draft.telling.clone());
    let (phone, build) = (draft.phone(), ctx.assets().build().to_owned());
    let beginning = place.map(|(place, change)| {
        Beginning { reader, person, answers, telling, place: Some(place), change, phone, settled: None, build }
            .to_json()
    });
    page(ctx, status, head, move || {
        let island = beginning.is_some().then(|| view! { <Questionnaire /> });
        view! {
            <div class="questionnaire" data-beginning=beginning inner_html=html></div>
            {island.is_some().then(foot)}
            {island}
        }
        .into_any()
    })
}

/// Where the island says what of the answers is on this phone.
fn foot() -> impl IntoView {
    view! {
        <div class="c-kept" id="kept" hidden>
            <div class="c-kept__lines" id="kept-lines" role="status"></div>
            <div class="c-kept__actions" id="kept-actions"></div>
        </div>
    }
}

/// The address of a place.
fn address(reader: Reader, slug: &str, place: &Place) -> String {
    use crate::questionnaires::paths;
    match place {
        Place::Question(name) => paths::question(reader, slug, name),
        Place::Check => paths::check(reader, slug),
        Place::Nothing => paths::nothing(reader, slug),
    }
}

fn set_cookies(headers: &mut HeaderMap, cookies: impl IntoIterator<Item = HeaderValue>) {
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
}
