//! The link, shown once.

use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    i18n::*,
    server::Context,
    ui::{ButtonLink, Reader, Weight},
};
use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;

pub(super) fn draw(ctx: &Context, organizer: &Organizer, reader: Reader, path: &str) -> Response {
    let locale = reader.locale;
    let link = [ctx.site().base_url.as_str(), path].concat();
    let title = Screen::new(Section::Organizers, td_string!(locale, console.invited_title));
    screen(ctx, organizer, reader, StatusCode::OK, title, move || {
        view! {
            <p inner_html=reader.rich(td_string!(locale, console.invited_body))></p>
            <div class="c-group">
                <label class="c-label" for="link" inner_html=reader.rich(td_string!(locale, console.invited_link))></label>
                // A field and not a link: it is there to be copied, and following it would use it up.
                <input
                    class="c-field"
                    type="text"
                    id="link"
                    value=link
                    readonly
                    autocomplete="off"
                    spellcheck="false"
                    translate="no"
                />
            </div>
            <p>
                <ButtonLink
                    reader
                    href="/console/organizers"
                    label=td_string!(locale, console.invited_back)
                    weight=Weight::Quiet
                />
            </p>
        }
        .into_any()
    })
}
