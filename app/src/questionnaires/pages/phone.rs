//! What a phone keeps of answers: an explanation that works without script, and an island that fills in what is here
//! now. The only page that offers to put the questionnaire on a home screen, where others can see it.

use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{islands::phone::Phone, paths, phone_beginning::PhoneBeginning, server::catalogue},
    server::{Context, assets::Bundle, page::page_with_manifest},
    ui::{
        BackLink, Reader,
        html::{Html, some},
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    catalogue::find_by_slug(&ctx, &slug).await?;
    let title = td_string!(reader.locale, phone.title);
    let head = Head {
        reader,
        title: reader.plain(title),
        path: Some(["/questionnaires/", &slug, "/phone"].concat()),
        bundle: Some(Bundle::Phone),
        frame: Frame::Discreet,
    };
    let receipt_key = data_encoding::HEXLOWER.encode(ctx.keys().receipt_key().as_bytes());
    let beginning = PhoneBeginning { reader, slug: slug.clone(), receipt_key }.to_json();
    let address = [ctx.site().base_url.as_str(), &paths::start(reader, &slug)].concat();
    Ok(page_with_manifest(&ctx, StatusCode::OK, head, paths::manifest(reader, &slug), move || {
        let locale = reader.locale;
        let asleep = reader.rich(td_string!(locale, phone.asleep));
        view! {
            <BackLink reader href=paths::start(reader, &slug) />
            <h1 inner_html=reader.rich(title)></h1>
            <p inner_html=reader.rich(td_string!(locale, phone.intro))></p>
            <div class="c-phone" id="phone" data-beginning=beginning>
                <p inner_html=asleep></p>
            </div>
            {explanation(reader, &address).into_view()}
            <Phone />
        }
        .into_any()
    }))
}

/// What can be here, and the two ways to open the page better. `address` is what may be copied into another browser.
fn explanation(reader: Reader, address: &str) -> Html {
    let locale = reader.locale;
    let mut html = Html::new();
    passage(&mut html, reader, "what", td_string!(locale, phone.what_title));
    list(
        &mut html,
        reader,
        &[
            td_string!(locale, phone.what_draft),
            td_string!(locale, phone.what_waiting),
            td_string!(locale, phone.what_code),
            td_string!(locale, phone.what_pages),
        ],
    );
    html.line(reader, "p", &[], td_string!(locale, phone.what_iphone)).close("section");

    passage(&mut html, reader, "browser", td_string!(locale, phone.browser_title));
    html.line(reader, "p", &[], td_string!(locale, phone.browser_text));
    html.line(reader, "p", &[], td_string!(locale, phone.browser_first));
    list(&mut html, reader, &[td_string!(locale, phone.browser_android), td_string!(locale, phone.browser_iphone)]);
    html.line(reader, "p", &[], td_string!(locale, phone.browser_copy));
    html.open("p", &[some("class", "c-phone__address"), some("translate", "no")]).text(address).close("p");
    html.close("section");

    passage(&mut html, reader, "home", td_string!(locale, phone.home_title));
    html.line(reader, "p", &[], td_string!(locale, phone.home_text));
    html.open("p", &[]).line(reader, "strong", &[], td_string!(locale, phone.home_seen)).close("p");
    list(&mut html, reader, &[td_string!(locale, phone.home_android), td_string!(locale, phone.home_iphone)]);
    html.line(reader, "p", &[], td_string!(locale, phone.home_apart)).close("section");
    html
}

/// Opens a section; other pages lead to it by its id.
fn passage(html: &mut Html, reader: Reader, id: &str, title: &str) {
    html.open("section", &[some("class", "c-passage"), some("id", id)]).line(reader, "h2", &[], title);
}

fn list(html: &mut Html, reader: Reader, items: &[&str]) {
    html.open("ul", &[]);
    for item in items {
        html.line(reader, "li", &[], item);
    }
    html.close("ul");
}
