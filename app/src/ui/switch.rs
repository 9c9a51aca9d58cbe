//! The one switch that has a meaning on a page of the way, if any: furigana in easy Japanese, Japanese beside other
//! languages. Frame and island write the same.

use super::{
    Reader,
    html::{Html, some},
};
use crate::i18n::*;

/// The name and value that it sends, and its words.
#[must_use]
pub fn on_the_way(reader: Reader) -> Option<(&'static str, &'static str, &'static str)> {
    let locale = reader.locale;
    Some(match locale {
        Locale::ja => return None,
        Locale::ja_easy if reader.furigana => ("furigana", "off", td_string!(locale, shell.furigana_off)),
        Locale::ja_easy => ("furigana", "on", td_string!(locale, shell.furigana_on)),
        _ if reader.with_japanese => ("japanese", "off", td_string!(locale, shell.japanese_off)),
        _ => ("japanese", "on", td_string!(locale, shell.japanese_on)),
    })
}

/// Writes it as a button of the form that a page of the way holds.
pub fn write(html: &mut Html, reader: Reader) {
    let Some((name, value, label)) = on_the_way(reader) else { return };
    let attributes = [
        some("class", "c-switch"),
        some("type", "submit"),
        some("form", FORM),
        some("name", name),
        some("value", value),
        some("formnovalidate", ""),
    ];
    html.line(reader, "button", &attributes, label);
}

/// The id of the form that a page of the way holds.
const FORM: &str = "question";
