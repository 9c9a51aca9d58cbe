//! How the person likes to read: furigana, and Japanese beside their own language.

use super::{Frame, QUESTION_FORM};
use crate::{i18n::*, ui::Reader};
use leptos::{either::Either, prelude::*};

/// The one switch that has a meaning here, if any: furigana in easy Japanese; Japanese beside other languages on a
/// worker's page (elsewhere nothing stands beside).
#[component]
pub(super) fn Switches(reader: Reader, path: Option<String>, frame: Frame) -> impl IntoView {
    let locale = reader.locale;
    let (name, value, label) = match (locale, frame) {
        (_, Frame::Console) | (Locale::ja, _) => return None,
        (Locale::ja_easy, _) if reader.furigana => ("furigana", "off", td_string!(locale, shell.furigana_off)),
        (Locale::ja_easy, _) => ("furigana", "on", td_string!(locale, shell.furigana_on)),
        (_, Frame::Public | Frame::Discreet) => return None,
        (_, Frame::Worker) if reader.with_japanese => ("japanese", "off", td_string!(locale, shell.japanese_off)),
        (_, Frame::Worker) => ("japanese", "on", td_string!(locale, shell.japanese_on)),
    };
    if frame == Frame::Worker {
        return Some(Either::Left(view! {
            <button
                class="c-switch"
                type="submit"
                form=QUESTION_FORM
                name=name
                value=value
                formnovalidate
                inner_html=reader.rich(label)
            ></button>
        }));
    }
    let back = path.map_or_else(|| "/".to_owned(), |path| reader.href(&path));
    Some(Either::Right(view! {
        <form class="c-switches" method="post" action=reader.href("/reading")>
            <input type="hidden" name="back" value=back />
            <button class="c-switch" type="submit" name=name value=value inner_html=reader.rich(label)></button>
        </form>
    }))
}
