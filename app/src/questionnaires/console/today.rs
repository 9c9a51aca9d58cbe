//! What questionnaires have to say on the console's first page.

use super::parts::{path, title};
use crate::{
    auth::Organizer,
    console::today::Draw,
    error::AppError,
    i18n::*,
    questionnaires::server::{effort, service},
    server::Context,
    ui::{Notice, Reader, Tone, dates::long_day},
};
use futures::{FutureExt as _, future::BoxFuture};
use leptos::prelude::*;

/// How many answers there are, and whether unusually many came today.
pub fn part(ctx: Context, organizer: Organizer, reader: Reader) -> BoxFuture<'static, Result<Option<Draw>, AppError>> {
    async move {
        let (summaries, _) = service::list(&ctx, &organizer).await?;
        if summaries.is_empty() {
            return Ok(None);
        }
        let today = ctx.clock().today();
        let rows: Vec<_> = summaries
            .into_iter()
            .map(|summary| {
                let is_flagged = effort::flags(&ctx, &summary.questionnaire.slug).contains(&today);
                (title(reader, &summary.questionnaire), summary, is_flagged)
            })
            .collect();
        let draw: Draw = Box::new(move || {
            let locale = reader.locale;
            let many = td_string!(locale, answers.flag, day = long_day(reader, today)).to_string();
            let rows = rows.into_iter().map(|(title, summary, is_flagged)| {
                let count = td_string!(locale, answers.answers_caption, count = summary.answers).to_string();
                let many = reader.rich(&many);
                view! {
                    <li>
                        <a href=path(&summary.questionnaire.slug, "") inner_html=reader.rich(&title)></a>
                        ": "
                        <span inner_html=reader.rich(&count)></span>
                        {is_flagged.then(|| view! { <Notice tone=Tone::Waiting><p inner_html=many></p></Notice> })}
                    </li>
                }
            });
            view! {
                <section>
                    <h2 inner_html=reader.rich(td_string!(locale, answers.list_title))></h2>
                    <ul>{rows.collect_view()}</ul>
                </section>
            }
            .into_any()
        });
        Ok(Some(draw))
    }
    .boxed()
}
