//! `/dev/ui`, development only: each part of `crate::ui` in all its states, in the language of `?lang=`. The
//! accessibility walk and whoever changes the style look here; `?frame=worker`, `discreet` or `console` changes the
//! frame (tables stand in the console's, which alone loads their style). Its words are borrowed from the pages, so
//! that they are as long and as full of readings as real ones.

use crate::{
    error::AppError,
    i18n::*,
    server::{Context, page::page},
    ui::{
        BackButton, BackLink, Button, ButtonLink, Checkboxes, ChoiceRow, DataTable, DateFields, ErrorSummary, Field,
        LongTextField, Notice, Pagination, Panel, Radios, Reader, Ring, Select, Shown, StatusChip, SummaryList,
        SummaryRow, TextField, Tone, Weight, bar,
        html::Html,
        reader::locale_of,
        shell::{Frame, Head, QUESTION_FORM},
    },
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

/// What to see.
#[derive(Debug, Default, Deserialize)]
pub struct View {
    lang: Option<String>,
    frame: Option<String>,
    furigana: Option<String>,
    japanese: Option<String>,
}

/// The gallery.
///
/// # Errors
/// [`AppError::NotFound`] in production.
pub async fn show(State(ctx): State<Context>, reader: Reader, Query(view): Query<View>) -> Result<Response, AppError> {
    if !(cfg!(debug_assertions) || ctx.site().dev) {
        return Err(AppError::NotFound);
    }
    let reader = Reader {
        locale: view.lang.as_deref().and_then(locale_of).unwrap_or(reader.locale),
        furigana: view.furigana.as_deref() != Some("off"),
        with_japanese: view.japanese.as_deref() == Some("on"),
    };
    let frame = match view.frame.as_deref() {
        Some("worker") => Frame::Worker,
        Some("discreet") => Frame::Discreet,
        Some("console") => Frame::Console,
        _ => Frame::Public,
    };
    let path = matches!(frame, Frame::Discreet | Frame::Public).then(String::new);
    let head = Head { reader, title: "Parts".to_owned(), path, bundle: None, frame };
    let sample = Sample { reader };
    Ok(page(&ctx, StatusCode::OK, head, move || {
        view! {
            {sample.errors()}
            <form id=QUESTION_FORM method="post" novalidate>
                {sample.question()} {sample.choices()} {sample.fields()} {sample.buttons()}
            </form>
            {sample.told()}
            {(frame == Frame::Console).then(|| sample.tables())}
        }
        .into_any()
    }))
}

/// The parts, with words of real pages.
#[derive(Clone, Copy)]
struct Sample {
    reader: Reader,
}

impl Sample {
    fn short(self) -> String {
        td_string!(self.reader.locale, home.door_voice).to_owned()
    }

    fn long(self) -> String {
        td_string!(self.reader.locale, home.door_questions_text).to_owned()
    }

    fn error(self) -> Option<String> {
        Some(td_string!(self.reader.locale, shell.error_too_large_text).to_owned())
    }

    /// The words in Japanese, if they are wanted.
    fn japanese(self) -> Option<String> {
        self.reader.with_japanese.then(|| td_string!(Locale::ja, home.door_questions_text).to_owned())
    }

    fn rows(self, checked: usize) -> Vec<ChoiceRow> {
        let locale = self.reader.locale;
        let labels = [
            td_string!(locale, shell.every_day),
            td_string!(locale, home.voice_what_3),
            td_string!(locale, home.voice_danger),
            td_string!(locale, home.contact),
        ];
        let row = |(index, label): (usize, &str)| ChoiceRow {
            value: index.to_string(),
            label: label.to_owned(),
            japanese: self.japanese(),
            checked: index == checked,
            apart: index == 3,
            ..ChoiceRow::default()
        };
        labels.into_iter().enumerate().map(row).collect()
    }

    fn errors(self) -> impl IntoView {
        let errors = self.error().map(|text| ("#years".to_owned(), text)).into_iter().collect();
        view! {
            <ErrorSummary reader=self.reader errors />
            <BackLink reader=self.reader href="#main" />
        }
    }

    fn question(self) -> impl IntoView {
        let reader = self.reader;
        let place = td_string!(reader.locale, shell.page_of, page = 3, pages = 12).to_string();
        let japanese = self.japanese();
        let field = Field {
            hint_japanese: japanese.clone(),
            japanese,
            ..Field::new("days", td_string!(reader.locale, home.heading)).heading().hint(self.long())
        };
        view! {
            <p class="c-progress">
                <Ring seats=12 taken=3 />
                <span inner_html=reader.rich(&place)></span>
            </p>
            <Radios reader field name="days" choices=self.rows(1) />
        }
    }

    fn choices(self) -> impl IntoView {
        let reader = self.reader;
        let refused = Field::new("several", self.long()).hint(self.short()).error(self.error());
        view! {
            <Checkboxes reader field=refused name="several" choices=self.rows(0) />
            <Radios reader field=Field::new("none", self.short()) name="none" choices=self.rows(9) />
            <Select reader field=Field::new("menu", self.short()).hint(self.long()) name="menu" choices=self.rows(2) />
        }
    }

    fn fields(self) -> impl IntoView {
        let reader = self.reader;
        let names = ["date-year", "date-month", "date-day"];
        let wrong = ["wrong-year", "wrong-month", "wrong-day"];
        view! {
            <TextField reader field=Field::new("name", self.short()).required() name="name" value="Ẫ ở ữ 漢字" />
            <TextField
                reader
                field=Field::new("hours", self.long()).hint(self.short())
                name="hours"
                value="40"
                inputmode="numeric"
                unit=Some(td_string!(reader.locale, shell.day).to_owned())
                short=true
            />
            <TextField
                reader
                field=Field::new("years", self.long()).error(self.error())
                name="years"
                value="４００"
                inputmode="numeric"
                short=true
            />
            <DateFields reader field=Field::new("date", self.short()) names />
            <DateFields
                reader
                field=Field::new("wrong", self.short()).hint(self.long()).error(self.error())
                names=wrong
                values=["2026".to_owned(), "13".to_owned(), String::new()]
            />
            <LongTextField reader field=Field::new("words", self.long()).hint(self.short()) name="words" />
            <LongTextField
                reader
                field=Field::new("more", self.short()).error(self.error())
                name="more"
                value="</textarea><script>"
            />
        }
    }

    fn buttons(self) -> impl IntoView {
        let reader = self.reader;
        view! {
            <div class="c-actions">
                <Button reader label=self.short() />
                <Button reader label=self.short() weight=Weight::Quiet name="go" value="other".to_owned() />
                <Button reader label=self.short() weight=Weight::Grave />
                <ButtonLink reader href="#main" label=self.short() />
                <BackButton reader name="go" value="back" />
            </div>
        }
    }

    fn told(self) -> impl IntoView {
        let reader = self.reader;
        let tones = [Tone::Plain, Tone::Done, Tone::Waiting, Tone::Wrong];
        let notice = move |tone: Tone| {
            view! {
                <Notice tone>
                    <p inner_html=reader.rich(&self.long())></p>
                    <StatusChip reader label=self.short() tone />
                </Notice>
            }
        };
        let row = |value: Shown| SummaryRow {
            key: self.long(),
            japanese: self.japanese(),
            value,
            change: Some("#main".to_owned()),
        };
        let rows = vec![
            row(Shown::Words(vec![self.short(), self.long()])),
            row(Shown::Typed("<b>ở ữ</b>\n二行目".to_owned())),
            SummaryRow { change: None, ..row(Shown::Words(Vec::new())) },
        ];
        view! {
            {tones.map(notice).into_iter().collect_view()}
            <SummaryList reader rows />
            <Panel reader title=self.short() code_label=self.long() code="7K3M-9QXA".to_owned() />
        }
    }

    fn tables(self) -> impl IntoView {
        let reader = self.reader;
        let columns = vec![self.short(), td_string!(reader.locale, shell.day).to_owned(), self.short()];
        let row = |number: u64| {
            let mut html = Html::new();
            bar::write(&mut html, number, 1234);
            view! {
                <tr>
                    <td>"vi"</td>
                    <td class="c-table__number">{number}</td>
                    <td>"ở ữ 漢字 " {bar::percent(number, 1234)} {html.into_view()}</td>
                </tr>
            }
        };
        view! {
            <DataTable reader id="table" caption=self.short() columns>
                {[1, 120, 1234].map(row).into_iter().collect_view()}
            </DataTable>
            <Pagination reader page=2 pages=3 base="?page=" />
        }
    }
}
