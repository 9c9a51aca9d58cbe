//! The square for the phone, and the form by which somebody shows that the phone has understood it.

use super::{Answer, PATH, Told};
use crate::{
    auth::{pages::passphrase_fields::PresentPassphrase, server::service::Offer},
    console::{Screen, Section, screen},
    i18n::*,
    server::Context,
    ui::{Button, Field, TextField, qr},
};
use axum::response::Response;
use leptos::prelude::*;

/// What an entry in the app is called: which installation it is for.
fn called(ctx: &Context) -> String {
    let host = ctx.site().base_url.split_once("://").map_or("", |(_, host)| host);
    ["Entaku ", host].concat().trim_end().to_owned()
}

pub(super) fn draw(answer: &Answer<'_>, offer: &Offer, told: Told) -> Response {
    let Answer { ctx, organizer, reader } = *answer;
    let locale = reader.locale;
    let label = reader.plain(td_string!(locale, console.factor_square));
    let square = qr::svg_on_screen(&offer.secret.uri(&called(ctx), organizer.email()), &label).unwrap_or_default();
    let (groups, sealed, email) = (offer.secret.groups(), offer.sealed.clone(), organizer.email().to_owned());
    let title = Screen::new(Section::Account, td_string!(locale, console.factor_setup_title))
        .problems(told.problems.clone())
        .notice(told.notice(reader));
    let problems = told.problems.clone();
    let code = Field::new("code", td_string!(locale, console.factor_digits)).error(told.problems.of("code"));
    let response = screen(ctx, organizer, reader, told.status(), title, move || {
        view! {
            <section>
                <p inner_html=reader.rich(td_string!(locale, console.factor_about))></p>
                <p inner_html=reader.rich(td_string!(locale, console.factor_app))></p>
                <h2 inner_html=reader.rich(td_string!(locale, console.factor_scan))></h2>
                <div class="c-console__square" inner_html=square></div>
                <p inner_html=reader.rich(td_string!(locale, console.factor_by_hand))></p>
                <p class="c-console__codes" id="secret" translate="no">
                    {groups}
                </p>
            </section>
            <section>
                <h2 inner_html=reader.rich(td_string!(locale, console.factor_confirm))></h2>
                <form method="post" action=PATH novalidate>
                    <input type="hidden" name="act" value="add" />
                    <input type="hidden" name="offer" value=sealed />
                    <PresentPassphrase reader email problems />
                    <TextField reader field=code name="code" inputmode="numeric" autocomplete="one-time-code" />
                    <Button reader label=td_string!(locale, console.factor_add) />
                </form>
            </section>
        }
        .into_any()
    });
    told.timed(response)
}
