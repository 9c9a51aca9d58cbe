//! `/console/questionnaires/{slug}/versions`: all versions of a questionnaire, the newest first, and what changed from
//! each to the next.

use super::parts::{Home, language_name, title};
use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    i18n::*,
    questionnaires::{
        paths,
        server::{
            changes::Changes,
            versions::{self, Version},
        },
    },
    server::Context,
    ui::{Reader, Shown, StatusChip, SummaryList, SummaryRow, Tone, dates::long_day},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let (questionnaire, versions) = versions::list(&ctx, &organizer, &slug).await?;
    let about = Screen::new(Section::Questionnaires, td_string!(reader.locale, answers.versions_title));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || {
        let versions = versions.into_iter().map(|version| section(reader, version)).collect_view();
        view! {
            <Home reader slug title=Some(title(reader, &questionnaire)) />
            <p inner_html=reader.rich(td_string!(reader.locale, answers.versions_text))></p>
            {versions}
        }
        .into_any()
    }))
}

fn section(reader: Reader, version: Version) -> impl IntoView {
    let locale = reader.locale;
    let Version { published, published_on, answers, is_current, changes } = version;
    let row = |key: &str, value: Shown| SummaryRow { key: key.to_owned(), japanese: None, value, change: None };
    let day = long_day(reader, published_on);
    let rows = vec![
        row(td_string!(locale, answers.col_published), Shown::Words(vec![day])),
        row(td_string!(locale, answers.col_answers), Shown::Typed(answers.to_string())),
        row(td_string!(locale, answers.col_changes), Shown::Words(changed(reader, changes.as_ref()))),
        row(td_string!(locale, answers.col_hash), Shown::Typed(published.hash().to_owned())),
    ];
    let current = is_current.then(|| {
        view! {
            <p>
                <StatusChip reader label=td_string!(locale, answers.version_current) tone=Tone::Done />
            </p>
        }
    });
    view! {
        <section>
            <h2>
                <span inner_html=reader.rich(td_string!(locale, answers.col_edition))></span>
                " "
                <span translate="no">{published.definition().version.clone()}</span>
            </h2>
            {current}
            <SummaryList reader rows />
            <p>
                <a
                    href=paths::definition(published.hash())
                    inner_html=reader.rich(td_string!(locale, answers.version_file))
                ></a>
            </p>
        </section>
    }
}

/// What changed, a line each.
fn changed(reader: Reader, changes: Option<&Changes>) -> Vec<String> {
    let locale = reader.locale;
    let Some(changes) = changes else { return vec![td_string!(locale, answers.version_first).to_owned()] };
    if changes.is_empty() {
        return vec![td_string!(locale, answers.change_none).to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = |names: Vec<String>, words: &dyn Fn(String) -> String| {
        if !names.is_empty() {
            lines.push(words(names.join(", ")));
        }
    };
    let languages = |tags: &[String]| tags.iter().map(|tag| language_name(tag)).collect::<Vec<_>>();
    line(changes.questions_added.clone(), &|names| {
        td_string!(locale, answers.change_questions_added, names = names).to_string()
    });
    line(changes.questions_removed.clone(), &|names| {
        td_string!(locale, answers.change_questions_removed, names = names).to_string()
    });
    line(changes.choices_added.clone(), &|names| {
        td_string!(locale, answers.change_choices_added, names = names).to_string()
    });
    line(changes.choices_removed.clone(), &|names| {
        td_string!(locale, answers.change_choices_removed, names = names).to_string()
    });
    line(languages(&changes.languages_added), &|names| {
        td_string!(locale, answers.change_languages_added, names = names).to_string()
    });
    line(languages(&changes.languages_removed), &|names| {
        td_string!(locale, answers.change_languages_removed, names = names).to_string()
    });
    for (tag, places) in &changes.texts {
        let language = language_name(tag);
        line(places.iter().cloned().collect(), &|names| {
            td_string!(locale, answers.change_texts, language = language.clone(), names = names).to_string()
        });
    }
    line(changes.rules.iter().cloned().collect(), &|names| {
        td_string!(locale, answers.change_rules, names = names).to_string()
    });
    if changes.is_reordered {
        lines.push(td_string!(locale, answers.change_order).to_owned());
    }
    lines
}
