//! What the console's first page says when the consultation lines were checked long ago.

use crate::{
    auth::Organizer,
    console::today::Draw,
    error::AppError,
    i18n::*,
    server::Context,
    ui::{Notice, Reader, Tone, dates::long_day, lines},
};
use futures::{FutureExt as _, future::BoxFuture};
use leptos::prelude::*;

/// So many days a check is good for.
const GOOD_FOR_DAYS: i64 = 90;

/// A warning, with how to make it go away; nothing while the check is fresh.
pub fn part(ctx: Context, _: Organizer, reader: Reader) -> BoxFuture<'static, Result<Option<Draw>, AppError>> {
    async move {
        let today = ctx.clock().today();
        let Some(checked) = lines::checked_on() else { return Ok(None) };
        let days = today.unix_days() - checked.unix_days();
        if days <= GOOD_FOR_DAYS {
            return Ok(None);
        }
        let draw: Draw = Box::new(move || {
            let locale = reader.locale;
            let text =
                td_string!(locale, console.lines_old_text, date = long_day(reader, checked), days = days).to_string();
            view! {
                <section>
                    <h2 inner_html=reader.rich(td_string!(locale, console.lines_old_title))></h2>
                    <Notice tone=Tone::Waiting>
                        <p inner_html=reader.rich(&text)></p>
                        <p inner_html=reader.rich(td_string!(locale, console.lines_old_how))></p>
                        <p>
                            <a href=reader.href("/voice") inner_html=reader.rich(td_string!(locale, shell.more_lines))></a>
                        </p>
                    </Notice>
                </section>
            }
            .into_any()
        });
        Ok(Some(draw))
    }
    .boxed()
}
