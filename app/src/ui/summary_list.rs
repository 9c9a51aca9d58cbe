//! Check your answers: each question with what was answered and a way to change it.

use super::{Reader, field::Words};
use crate::i18n::*;
use leptos::prelude::*;

/// What stands beside a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Texts of `locales/` or of a definition (choices), one a line; they may hold ruby.
    Words(Vec<String>),
    /// What a person typed, as it is.
    Typed(String),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// What was asked: a text of `locales/` or of a definition.
    pub key: String,
    /// The same in Japanese.
    pub japanese: Option<String>,
    /// What was answered.
    pub value: Shown,
    /// Where it can be changed.
    pub change: Option<String>,
}

/// The rows as a description list.
#[component]
pub fn SummaryList(
    /// Who reads.
    reader: Reader,
    /// The rows, in order.
    rows: Vec<SummaryRow>,
) -> impl IntoView {
    let change = td_string!(reader.locale, shell.change);
    let rows = rows.into_iter().map(|row| {
        let SummaryRow { key, japanese, value, change: href } = row;
        // For who hears the link alone: "Change", then what.
        let what = reader.plain(&key);
        view! {
            <div class="c-summary__row">
                <dt class="c-summary__key">
                    <Words reader text=key japanese />
                </dt>
                <dd class="c-summary__value">
                    {match value {
                        Shown::Words(lines) => {
                            lines
                                .into_iter()
                                .map(|line| view! { <span class="c-summary__line" inner_html=reader.rich(&line)></span> })
                                .collect_view()
                                .into_any()
                        }
                        Shown::Typed(text) => view! { <span class="c-summary__typed">{text}</span> }.into_any(),
                    }}
                </dd>
                {href
                    .map(|href| {
                        view! {
                            <dd class="c-summary__change">
                                <a href=href>
                                    <span inner_html=reader.rich(change)></span>
                                    <span class="c-unseen">" " {what}</span>
                                </a>
                            </dd>
                        }
                    })}
            </div>
        }
    });
    view! { <dl class="c-summary">{rows.collect_view()}</dl> }
}
