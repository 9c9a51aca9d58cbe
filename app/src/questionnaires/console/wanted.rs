//! What addresses and forms say of the rows that are wanted: the same for the table, one answer and every file.

use crate::{
    error::AppError,
    questionnaires::server::export::{Column, Columns, Filter, FilterText},
};
use leptos::prelude::*;
use serde::Deserialize;

/// Filters, page and labels, as they were typed or followed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// The page of the table, from 1. What is no number is the first one.
    pub page: String,
    /// Only answers to the edition of this version.
    pub version: String,
    /// Only answers in this language.
    pub language: String,
    /// Only answers that came through this channel, or through none.
    pub channel: String,
    /// Only people who gave this answer: `question=code`.
    pub answer: String,
    /// The language in which a file is written; codes if empty.
    pub labels: String,
}

impl Wanted {
    /// Which answers pass.
    ///
    /// # Errors
    /// [`AppError::Malformed`] for what can be no version, language, channel or answer.
    pub fn filter(&self) -> Result<Filter, AppError> {
        let Self { version, language, channel, answer, .. } = self;
        Filter::parse(FilterText { version, language, channel, answer })
    }

    /// The page of the table.
    pub fn page(&self) -> u32 {
        self.page.parse().unwrap_or(1)
    }

    /// The filters as they stand in an address, with `&` behind each; nothing if they cannot be read.
    pub fn query(&self) -> String {
        self.filter().map(|filter| filter.query()).unwrap_or_default()
    }

    /// The same rows without a filter by what only a reason opens: it would say in an address what somebody answered.
    pub fn without_grave(&self, columns: &Columns) -> Self {
        let name = self.answer.split('=').next().unwrap_or_default();
        let is_open = columns.find(name).is_some_and(Column::is_ordinary);
        Self { answer: if is_open { self.answer.clone() } else { String::new() }, ..self.clone() }
    }

    /// The filters for a form that keeps them.
    pub fn hidden(&self) -> impl IntoView + use<> {
        let Self { version, language, channel, answer, .. } = self.clone();
        let field = |name: &'static str, value: String| view! { <input type="hidden" name=name value=value /> };
        [("version", version), ("language", language), ("channel", channel), ("answer", answer)]
            .map(|(name, value)| field(name, value))
            .collect_view()
    }
}
