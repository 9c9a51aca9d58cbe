//! `/console`: what matters today, one part per domain.

use super::{Screen, Section, screen};
use crate::{auth::Organizer, error::AppError, i18n::*, server::Context, ui::Reader};
use axum::{
    extract::State,
    http::StatusCode,
    routing::{MethodRouter, get},
};
use futures::future::BoxFuture;
use leptos::prelude::*;

/// Draws what a [`Part`] has read. It runs on the rendering thread and must not wait.
pub type Draw = Box<dyn FnOnce() -> AnyView + Send>;

/// One domain's part of the page: reads first, then draws a `<section>` that begins with an `h2`. `None` if there is
/// nothing to say today.
pub type Part = fn(Context, Organizer, Reader) -> BoxFuture<'static, Result<Option<Draw>, AppError>>;

/// The page made of these parts, from top to bottom. `routes` knows them.
pub fn routes(parts: &'static [Part]) -> MethodRouter<Context> {
    get(async move |organizer: Organizer, State(ctx): State<Context>, reader: Reader| {
        let mut drawings = Vec::with_capacity(parts.len());
        for part in parts {
            if let Some(draw) = part(ctx.clone(), organizer.clone(), reader).await? {
                drawings.push(draw);
            }
        }
        let title = Screen::new(Section::Today, td_string!(reader.locale, console.today_title));
        let answer = screen(&ctx, &organizer, reader, StatusCode::OK, title, move || {
            if drawings.is_empty() {
                let empty = reader.rich(td_string!(reader.locale, console.today_empty));
                return view! { <p inner_html=empty></p> }.into_any();
            }
            drawings.into_iter().map(|draw| draw()).collect_view().into_any()
        });
        Ok::<_, AppError>(answer)
    })
}
