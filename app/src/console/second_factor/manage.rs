//! What can be done with a second factor that is on: new recovery codes, and turning it off. Both ask for passphrase and
//! code, so one form has both buttons.

use super::{Answer, PATH, Told};
use crate::{
    auth::pages::passphrase_fields::PresentPassphrase,
    console::{Screen, Section, screen},
    i18n::*,
    ui::{Button, Field, TextField, Weight},
};
use axum::response::Response;
use leptos::prelude::*;

pub(super) fn draw(answer: &Answer<'_>, left: u64, told: Told) -> Response {
    let Answer { ctx, organizer, reader } = *answer;
    let locale = reader.locale;
    let email = organizer.email().to_owned();
    let title = Screen::new(Section::Account, td_string!(locale, console.factor_title))
        .problems(told.problems.clone())
        .notice(told.notice(reader));
    let problems = told.problems.clone();
    let code = Field::new("code", td_string!(locale, auth.code))
        .hint(td_string!(locale, auth.code_hint))
        .error(told.problems.of("code"));
    let on = td_string!(locale, console.factor_on, count = left).to_string();
    let response = screen(ctx, organizer, reader, told.status(), title, move || {
        view! {
            <section>
                <p inner_html=reader.rich(&on)></p>
                <p inner_html=reader.rich(td_string!(locale, console.factor_prove))></p>
                <form method="post" action=PATH novalidate>
                    <PresentPassphrase reader email problems />
                    <TextField reader field=code name="code" autocomplete="one-time-code" />
                    <Button reader label=td_string!(locale, console.factor_renew) name="act" value="codes" />
                    <p class="c-hint" inner_html=reader.rich(td_string!(locale, console.factor_remove_hint))></p>
                    <Button
                        reader
                        label=td_string!(locale, console.factor_remove)
                        weight=Weight::Grave
                        name="act"
                        value="remove"
                    />
                </form>
            </section>
        }
        .into_any()
    });
    told.timed(response)
}
