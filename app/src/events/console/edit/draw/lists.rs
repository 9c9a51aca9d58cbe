//! The lists of the form: places, programme, hosts, materials, each with its button for more.

use super::Drawing;
use crate::{
    events::{
        console::{edit::Rows, parts::AskedWords},
        details::HostRole,
    },
    i18n::*,
    ui::{
        Weight, button,
        choices::{self, ChoiceRow},
        html::some,
        text_field,
    },
};

impl Drawing<'_> {
    /// A list of rows and the button that adds to it.
    fn rows(&mut self, rows: Rows, title: &str, more: &str, draw: fn(&mut Self, usize)) {
        for row in 0..self.typed.rows(rows) {
            self.html.open("fieldset", &[some("class", "planning-row")]);
            let number = (row + 1).to_string();
            self.html.open("legend", &[]).rich(self.reader, title).text(" ").text(&number).close("legend");
            draw(self, row);
            self.html.close("fieldset");
        }
        if self.typed.rows(rows) < rows.most() {
            let sends = Some(("more", rows.as_str()));
            button::write(&mut self.html, self.reader, more, Weight::Quiet, sends, None);
        }
    }

    pub(super) fn places(&mut self) {
        let locale = self.reader.locale;
        self.html.line(self.reader, "p", &[], td_string!(locale, planning.places_text));
        let title = td_string!(locale, planning.place_label);
        self.rows(Rows::Places, title, td_string!(locale, planning.more_places), Self::place);
    }

    fn place(&mut self, row: usize) {
        let (reader, locale) = (self.reader, self.reader.locale);
        let name = |field: &str| Rows::Places.name(row, field);
        let id = self.typed.get(&name("id")).to_owned();
        if !id.is_empty() {
            self.hidden(&name("id"), &id);
        }
        let chosen = self.typed.get(&name("kind"));
        let kinds = [
            ("venue", td_string!(locale, planning.kind_venue), chosen != "online"),
            ("online", td_string!(locale, planning.kind_online), chosen == "online"),
        ];
        let kinds = kinds.map(|(value, label, checked)| ChoiceRow {
            value: value.to_owned(),
            label: label.to_owned(),
            checked,
            ..ChoiceRow::default()
        });
        let field = self.field(&name("kind"), td_string!(locale, planning.kind_label), None);
        choices::write(&mut self.html, reader, &field, &field.id, &kinds, choices::Rows::Radios);
        for (key, label, hint, long) in [
            (
                "name",
                td_string!(locale, planning.place_name),
                Some(td_string!(locale, planning.place_name_hint)),
                false,
            ),
            (
                "address",
                td_string!(locale, planning.place_address),
                Some(td_string!(locale, planning.address_hint)),
                false,
            ),
            ("access", td_string!(locale, planning.place_access), Some(td_string!(locale, planning.access_hint)), true),
        ] {
            self.words(&AskedWords { key: &name(key), label, hint, long, required: false, open: 2 });
        }
        let hint = Some(td_string!(locale, planning.link_hint));
        let field = self.field(&name("link"), td_string!(locale, planning.place_link), hint);
        self.line(&field, false);
        let hint = Some(td_string!(locale, planning.capacity_hint));
        let field = self.field(&name("capacity"), td_string!(locale, planning.capacity_label), hint);
        self.line(&field, true);
    }

    pub(super) fn programme(&mut self) {
        let locale = self.reader.locale;
        let title = td_string!(locale, planning.item_label);
        self.rows(Rows::Programme, title, td_string!(locale, planning.more_items), |drawing, row| {
            let locale = drawing.reader.locale;
            let name = |field: &str| Rows::Programme.name(row, field);
            let field = drawing.field(&name("at"), td_string!(locale, planning.item_at), None);
            drawing.line(&field, true);
            drawing.words(&AskedWords {
                key: &name("title"),
                label: td_string!(locale, planning.item_title),
                hint: None,
                long: false,
                required: false,
                open: 2,
            });
            let hint = Some(td_string!(locale, planning.speakers_hint));
            let field = drawing.field(&name("speakers"), td_string!(locale, planning.speakers_label), hint);
            let value = drawing.typed.get(&field.id);
            text_field::write_lines(&mut drawing.html, drawing.reader, &field, &field.id, value);
        });
    }

    pub(super) fn hosts(&mut self) {
        let locale = self.reader.locale;
        let title = td_string!(locale, planning.host_label);
        self.rows(Rows::Hosts, title, td_string!(locale, planning.more_hosts), |drawing, row| {
            let (reader, locale) = (drawing.reader, drawing.reader.locale);
            let name = |field: &str| Rows::Hosts.name(row, field);
            let chosen = drawing.typed.get(&name("role"));
            let roles = HostRole::ALL.map(|role| {
                let label = match role {
                    HostRole::Host => td_string!(locale, planning.host_host),
                    HostRole::CoHost => td_string!(locale, planning.host_co_host),
                    HostRole::Supporter => td_string!(locale, planning.host_supporter),
                };
                let checked = role.as_str() == chosen || chosen.is_empty() && role == HostRole::default();
                let (value, label) = (role.as_str().to_owned(), label.to_owned());
                ChoiceRow { value, label, checked, ..ChoiceRow::default() }
            });
            let field = drawing.field(&name("role"), td_string!(locale, planning.host_role), None);
            choices::write(&mut drawing.html, reader, &field, &field.id, &roles, choices::Rows::Radios);
            for (key, label, hint) in [
                ("name", td_string!(locale, planning.host_name), None),
                (
                    "receives",
                    td_string!(locale, planning.host_receives),
                    Some(td_string!(locale, planning.receives_hint)),
                ),
            ] {
                drawing.words(&AskedWords { key: &name(key), label, hint, long: false, required: false, open: 2 });
            }
        });
    }

    pub(super) fn materials(&mut self) {
        let locale = self.reader.locale;
        let hint = Some(td_string!(locale, planning.report_hint));
        let field = self.field("report", td_string!(locale, planning.report_label), hint);
        self.line(&field, false);
        let title = td_string!(locale, planning.material_label);
        self.rows(Rows::Materials, title, td_string!(locale, planning.more_materials), |drawing, row| {
            let locale = drawing.reader.locale;
            let name = |field: &str| Rows::Materials.name(row, field);
            drawing.words(&AskedWords {
                key: &name("title"),
                label: td_string!(locale, planning.material_title),
                hint: None,
                long: false,
                required: false,
                open: 2,
            });
            let field = drawing.field(&name("url"), td_string!(locale, planning.material_url), None);
            drawing.line(&field, false);
        });
    }
}
