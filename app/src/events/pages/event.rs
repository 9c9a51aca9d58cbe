//! `/{lang}/events/{slug}`: one event.

use super::facts::facts;
use crate::{
    error::AppError,
    events::{
        details::{Details, HostRole, Item},
        paths,
        server::{
            calendar::full_title,
            catalogue::{self, Event},
            linked_data::linked_data,
            planning::is_web_address,
        },
        standing::Standing,
        telling::{self, paragraphs, said},
    },
    i18n::*,
    server::{Context, page::page},
    ui::{
        BackLink, ButtonLink, Notice, Reader, StatusChip, Tone, Weight,
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

/// For how many days after an event its page still promises a report.
const REPORT_DAYS: i64 = 180;

/// The page of an event.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event or a draft.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let event = catalogue::find(&ctx, &slug).await?;
    let path = Some(["/events/", &event.slug].concat());
    let head = Head { reader, title: full_title(&event, reader), path, bundle: None, frame: Frame::Public };
    let offset = i64::from(ctx.clock().offset_minutes());
    let data = linked_data(&ctx, &event, reader);
    let awaits_report = event.held_on.plus_days(REPORT_DAYS).is_some_and(|last| last >= ctx.clock().today());
    Ok(page(&ctx, StatusCode::OK, head, move || {
        let locale = reader.locale;
        let details = &event.details;
        let (standing, tone) = telling::standing(reader, event.standing);
        view! {
            <BackLink reader href=paths::list(reader) />
            {over(reader, &event)}
            <h1>{said(reader, &event.title)}</h1>
            <p class="events-standing">
                <StatusChip reader label=standing tone />
            </p>
            {details
                .is_demonstration
                .then(|| view! {
                    <Notice tone=Tone::Waiting>
                        <p inner_html=reader.rich(td_string!(locale, events.demonstration))></p>
                    </Notice>
                })}
            {take_part(reader, &event, awaits_report)}
            {facts(reader, &event, offset)}
            <p>
                <a
                    href=paths::calendar(reader, &event.slug)
                    inner_html=reader.rich(td_string!(locale, events.calendar_add))
                ></a>
            </p>
            {(!details.about.is_empty())
                .then(|| section(reader, td_string!(locale, events.about), paragraphs(reader, &details.about).into_any()))}
            {(!details.programme.is_empty())
                .then(|| section(reader, td_string!(locale, events.programme), programme(reader, &details.programme)))}
            {(!details.hosts.is_empty())
                .then(|| section(reader, td_string!(locale, events.hosts), hosts(reader, details)))}
            {materials(reader, details)}
            <script type="application/ld+json" inner_html=data></script>
        }
        .into_any()
    }))
}

/// The series and which of it this is, above the theme.
fn over(reader: Reader, event: &Event) -> AnyView {
    let number = event.number.map(|number| td_string!(reader.locale, events.numbered, number = number).to_string());
    let number = number.map(|number| view! { <span inner_html=reader.rich(&number)></span> });
    let series = event.series.as_ref().map(|series| {
        view! { <a href=paths::series(reader, &series.slug)>{said(reader, &series.title)}</a> }
    });
    if series.is_none() && number.is_none() {
        return ().into_any();
    }
    view! { <p class="events-over">{series} " " {number}</p> }.into_any()
}

fn section(reader: Reader, title: &str, content: AnyView) -> AnyView {
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(title)></h2>
            {content}
        </section>
    }
    .into_any()
}

/// What a reader can do now. Nothing is offered that would be refused.
fn take_part(reader: Reader, event: &Event, awaits_report: bool) -> AnyView {
    let locale = reader.locale;
    let register = paths::register(reader, &event.slug);
    let (tone, text, button) = match event.standing {
        Standing::Draft => return ().into_any(),
        Standing::Announced | Standing::PlaceFixed => {
            let label = td_string!(locale, events.interest);
            (Tone::Plain, td_string!(locale, events.interest_text), Some((label, Weight::Quiet)))
        }
        Standing::Open => {
            let label = td_string!(locale, events.register);
            (Tone::Plain, td_string!(locale, events.open_text), Some((label, Weight::Primary)))
        }
        Standing::Full => {
            let label = td_string!(locale, events.register_waiting);
            (Tone::Waiting, td_string!(locale, events.full_text), Some((label, Weight::Primary)))
        }
        Standing::Closed => (Tone::Plain, td_string!(locale, events.closed_text), None),
        Standing::Held if awaits_report => (Tone::Plain, td_string!(locale, events.report_none), None),
        Standing::Held | Standing::Reported => (Tone::Plain, td_string!(locale, events.held_text), None),
        Standing::Cancelled => (Tone::Wrong, td_string!(locale, events.cancelled_text), None),
    };
    let report = event.report.clone().filter(|_| event.standing == Standing::Reported);
    let report = report.filter(|report| is_web_address(report) || report.starts_with('/'));
    view! {
        <section class="events-take-part" aria-labelledby="take-part">
            <h2 id="take-part" class="c-unseen" inner_html=reader.rich(td_string!(locale, events.take_part))></h2>
            <Notice tone>
                <p inner_html=reader.rich(text)></p>
            </Notice>
            {button.map(|(label, weight)| view! { <p><ButtonLink reader href=register label weight /></p> })}
            {report
                .map(|href| view! {
                    <p>
                        <a href=href inner_html=reader.rich(td_string!(locale, events.report_read))></a>
                    </p>
                })}
        </section>
    }
    .into_any()
}

fn programme(reader: Reader, items: &[Item]) -> AnyView {
    let items = items.iter().map(|item| {
        let speakers = item.speakers.iter().map(|speaker| {
            let invited = speaker.is_invited.then(|| {
                let word = reader.rich(td_string!(reader.locale, events.invited));
                view! { " (" <span inner_html=word></span> ")" }
            });
            let comma = (!speaker.name.is_empty() && !speaker.organisation.is_empty()).then_some(", ");
            let name = (!speaker.name.is_empty()).then(|| view! { <span translate="no">{speaker.name.clone()}</span> });
            view! { <p class="events-quiet">{name} {comma} {said(reader, &speaker.organisation)} {invited}</p> }
        });
        let at = (!item.at.is_empty()).then(|| view! { <span class="events-at">{item.at.clone()}</span> " " });
        view! {
            <li>
                <p>{at} {said(reader, &item.title)}</p>
                {speakers.collect_view()}
            </li>
        }
    });
    view! { <ol class="events-rows">{items.collect_view()}</ol> }.into_any()
}

/// Who holds it, by what they are, and what each of them is told about guests.
fn hosts(reader: Reader, details: &Details) -> AnyView {
    let locale = reader.locale;
    let by_role = HostRole::ALL.into_iter().flat_map(|role| {
        let label = match role {
            HostRole::Host => td_string!(locale, events.role_host),
            HostRole::CoHost => td_string!(locale, events.role_co_host),
            HostRole::Supporter => td_string!(locale, events.role_supporter),
        };
        details.hosts.iter().filter(move |host| host.role == role).map(move |host| (label, host))
    });
    let rows = by_role.map(|(label, host)| {
        let receives = (!host.receives.is_empty()).then(|| {
            let label = reader.rich(td_string!(locale, events.receives));
            view! { <p class="events-quiet"><span inner_html=label></span> " " {said(reader, &host.receives)}</p> }
        });
        view! {
            <li>
                <p><span class="events-quiet" inner_html=reader.rich(label)></span> " " {said(reader, &host.name)}</p>
                {receives}
            </li>
        }
    });
    view! { <ul class="events-rows">{rows.collect_view()}</ul> }.into_any()
}

fn materials(reader: Reader, details: &Details) -> AnyView {
    let links: Vec<_> = details
        .materials
        .iter()
        .filter(|material| is_web_address(&material.url))
        .map(|material| {
            // A material without a title is called by its address.
            let address = material.title.is_empty().then(|| material.url.clone());
            view! { <li><a href=material.url.clone()>{said(reader, &material.title)} {address}</a></li> }
        })
        .collect();
    if links.is_empty() {
        return ().into_any();
    }
    let list = view! { <ul class="events-rows">{links}</ul> }.into_any();
    section(reader, td_string!(reader.locale, events.materials), list)
}
