//! How the person likes to read: furigana, and Japanese beside their own language.

use super::Frame;
use crate::ui::{Reader, html::Html, switch};
use leptos::{either::Either, prelude::*};

/// The one switch that has a meaning here, if any. Japanese stands beside on a worker's page only.
#[component]
pub(super) fn Switches(reader: Reader, path: Option<String>, frame: Frame) -> impl IntoView {
    if frame == Frame::Console {
        return None;
    }
    let (name, value, label) = switch::on_the_way(reader)?;
    if frame.has_form(path.as_ref()) {
        let mut html = Html::new();
        switch::write(&mut html, reader);
        return Some(Either::Left(html.into_view()));
    }
    if name != "furigana" {
        return None;
    }
    let back = path.map_or_else(|| "/".to_owned(), |path| reader.href(&path));
    Some(Either::Right(view! {
        <form class="c-switches" method="post" action=reader.href("/reading")>
            <input type="hidden" name="back" value=back />
            <button class="c-switch" type="submit" name=name value=value inner_html=reader.rich(label)></button>
        </form>
    }))
}
