//! `/console/join/{token}`: the page behind an invitation's link. Joining, or a new passphrase for who has joined.

use super::{
    enter,
    passphrase_fields::{self, NewPassphraseFields},
    problems::Problems,
};
use crate::{
    auth::{
        server::{
            cookies,
            service::{self, Invited, NewPassphrase},
        },
        types::{Passphrase, parse_name},
    },
    error::AppError,
    i18n::*,
    server::{Context, page::page},
    ui::{
        Button, ErrorSummary, Field, Reader, TextField,
        errors::error_prefix,
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Form, Path, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

/// What the form sends. A field left out is an empty one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct JoinForm {
    name: String,
    new_passphrase: Passphrase,
    new_passphrase_again: Passphrase,
}

/// The form, if the link is still good.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn show(State(ctx): State<Context>, reader: Reader, Path(token): Path<String>) -> Result<Response, AppError> {
    match service::find_invitation(&ctx, &token).await {
        Ok(invited) => {
            let shown = Shown { token, invited, name: String::new(), problems: Problems::default() };
            Ok(form(&ctx, reader, StatusCode::OK, shown))
        }
        Err(AppError::Expired) => Ok(gone(&ctx, reader)),
        Err(error) => Err(error),
    }
}

/// Joins and signs in.
///
/// # Errors
/// [`AppError::Malformed`] for what is no form, [`AppError::Internal`] when the database fails.
pub async fn send(
    State(ctx): State<Context>,
    reader: Reader,
    Path(token): Path<String>,
    headers: HeaderMap,
    sent: Result<Form<JoinForm>, FormRejection>,
) -> Result<Response, AppError> {
    let invited = match service::find_invitation(&ctx, &token).await {
        Ok(invited) => invited,
        Err(AppError::Expired) => return Ok(gone(&ctx, reader)),
        Err(error) => return Err(error),
    };
    let Form(JoinForm { name: typed, new_passphrase, new_passphrase_again }) = sent.map_err(|_| AppError::Malformed)?;
    let name = parse_name(&typed);
    let mut problems = Problems::default();
    if name.is_none() && !invited.has_joined {
        problems.add("name", td_string!(reader.locale, auth.name_wrong));
    }
    let pair = (&new_passphrase, &new_passphrase_again);
    passphrase_fields::check(&mut problems, reader, pair, &invited.email, name.as_deref().unwrap_or_default());
    if !problems.is_empty() {
        let shown = Shown { token, invited, name: typed, problems };
        return Ok(form(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, shown));
    }
    let new = NewPassphrase {
        token: &token,
        name: name.as_deref(),
        passphrase: &new_passphrase,
        replaces: cookies::session(&ctx, &headers),
    };
    match service::join(&ctx, new).await {
        Ok(entered) => Ok(enter(&ctx, &headers, &entered, "")),
        Err(AppError::Expired) => Ok(gone(&ctx, reader)),
        Err(error) => Err(error),
    }
}

/// What the form is drawn from.
struct Shown {
    token: String,
    invited: Invited,
    name: String,
    problems: Problems,
}

fn form(ctx: &Context, reader: Reader, status: StatusCode, shown: Shown) -> Response {
    let locale = reader.locale;
    let Shown { token, invited, name, problems } = shown;
    let (title, lead, button) = if invited.has_joined {
        (
            td_string!(locale, auth.renew_title),
            td_string!(locale, auth.renew_lead),
            td_string!(locale, auth.renew_button),
        )
    } else {
        (td_string!(locale, auth.join_title), td_string!(locale, auth.join_lead), td_string!(locale, auth.join_button))
    };
    let prefix = if problems.is_empty() { String::new() } else { error_prefix(reader) };
    let title_text = [prefix.as_str(), &reader.plain(title)].concat();
    let head = Head { reader, title: title_text, path: None, bundle: None, frame: Frame::Console };
    page(ctx, status, head, move || {
        let name_field = Field::new("name", td_string!(locale, auth.name))
            .hint(td_string!(locale, auth.name_hint))
            .error(problems.of("name"));
        let email = invited.email.clone();
        view! {
            {(!problems.is_empty()).then(|| view! { <ErrorSummary reader errors=problems.summary() /> })}
            <h1 inner_html=reader.rich(title)></h1>
            <p class="c-console__whose" translate="no">{invited.email}</p>
            <p inner_html=reader.rich(lead)></p>
            <form method="post" action=format!("/console/join/{token}") novalidate>
                // For the browser's memory of passphrases: whose the new one is.
                <input
                    class="c-unseen"
                    type="text"
                    autocomplete="username"
                    value=email
                    readonly
                    tabindex="-1"
                    aria-hidden="true"
                />
                {(!invited.has_joined)
                    .then(|| {
                        view! { <TextField reader field=name_field name="name" value=name autocomplete="name" /> }
                    })}
                <NewPassphraseFields reader problems />
                <Button reader label=button />
            </form>
        }
        .into_any()
    })
}

/// One answer for every link that is not good, whatever the reason: a forged one learns nothing.
fn gone(ctx: &Context, reader: Reader) -> Response {
    let locale = reader.locale;
    let title = td_string!(locale, auth.gone_title);
    let head = Head { reader, title: reader.plain(title), path: None, bundle: None, frame: Frame::Console };
    page(ctx, StatusCode::GONE, head, move || {
        view! {
            <h1 inner_html=reader.rich(title)></h1>
            <p inner_html=reader.rich(td_string!(locale, auth.gone_body))></p>
            <p>
                <a href="/console/sign-in" inner_html=reader.rich(td_string!(locale, auth.gone_sign_in))></a>
            </p>
        }
        .into_any()
    })
}
