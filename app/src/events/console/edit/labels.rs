//! What the fields of the form are called, in the order of the form: for the list of what is wrong with it.

use super::Rows;
use crate::{i18n::*, ui::Reader};

/// Where a field stands in the form, and what it is called; nothing for what is no field.
#[must_use]
pub fn label(reader: Reader, id: &str) -> Option<(usize, String)> {
    let locale = reader.locale;
    let labels = [
        ("slug", td_string!(locale, planning.slug_label)),
        ("number", td_string!(locale, planning.number_label)),
        ("title-ja", td_string!(locale, planning.title_label)),
        ("about-ja", td_string!(locale, planning.about_label)),
        ("day", td_string!(locale, planning.day_label)),
        ("begins", td_string!(locale, planning.begins_label)),
        ("ends", td_string!(locale, planning.ends_label)),
        ("offset", td_string!(locale, planning.offset_label)),
        ("until", td_string!(locale, planning.until_label)),
        ("interpretation-ja", td_string!(locale, planning.interpretation_label)),
        ("hours", td_string!(locale, planning.hours_label)),
        ("keep", td_string!(locale, planning.keep_label)),
        ("questions", td_string!(locale, planning.questions_label)),
        ("report", td_string!(locale, planning.report_label)),
    ];
    if let Some(at) = labels.iter().position(|(own, _)| *own == id) {
        return Some((at, reader.plain(labels[at].1)));
    }
    let (at, rows) = Rows::ALL.into_iter().enumerate().find(|(_, rows)| id.starts_with(rows.as_str()))?;
    let row = id.strip_prefix(rows.as_str())?.strip_prefix('-')?;
    let row: usize = row.split_once('-').map_or(row, |(row, _)| row).parse().ok()?;
    let title = match rows {
        Rows::Places => td_string!(locale, planning.place_label),
        Rows::Programme => td_string!(locale, planning.item_label),
        Rows::Hosts => td_string!(locale, planning.host_label),
        Rows::Materials => td_string!(locale, planning.material_label),
    };
    let order = labels.len() + at * 100 + row;
    Some((order, [reader.plain(title).as_str(), " ", &(row + 1).to_string()].concat()))
}
