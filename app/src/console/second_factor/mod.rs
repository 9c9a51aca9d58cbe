//! `/console/account/second-factor`: setting up a second factor, or, where there is one, its recovery codes and its end.

mod codes;
mod manage;
mod setup;

use crate::{
    auth::{
        Organizer,
        pages::problems::Problems,
        second_factor::Typed,
        server::service::{
            self,
            second_factors::{self, Proof},
        },
        types::Passphrase,
    },
    error::AppError,
    i18n::*,
    server::Context,
    ui::{Reader, Tone},
};
use axum::{
    extract::{Form, State, rejection::FormRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

/// Its address.
pub(super) const PATH: &str = "/console/account/second-factor";

/// What the forms send.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct FactorForm {
    /// `add`, `codes` or `remove`.
    act: String,
    /// The secret that was offered, sealed.
    offer: String,
    passphrase: Passphrase,
    code: String,
}

/// The page.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn show(organizer: Organizer, State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let answer = Answer { ctx: &ctx, organizer: &organizer, reader };
    match second_factors::find_codes_left(&ctx, &organizer).await? {
        Some(left) => Ok(manage::draw(&answer, left, Told::default())),
        None => Ok(setup::draw(&answer, &service::offer(&ctx, &organizer)?, Told::default())),
    }
}

/// Turns it on, makes recovery codes, turns it off.
///
/// # Errors
/// [`AppError::Malformed`] for what is no form, [`AppError::Internal`] when the database fails.
pub async fn act(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    form: Result<Form<FactorForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let answer = Answer { ctx: &ctx, organizer: &organizer, reader };
    let left = second_factors::find_codes_left(&ctx, &organizer).await?;
    match (form.act.as_str(), left) {
        ("add", None) => add(&answer, &form).await,
        ("codes" | "remove", Some(left)) => change(&answer, &form, left).await,
        // In another tab it was turned on or off meanwhile.
        ("add" | "codes" | "remove", _) => Ok(Redirect::to(PATH).into_response()),
        _ => Err(AppError::Malformed),
    }
}

async fn add(answer: &Answer<'_>, form: &FactorForm) -> Result<Response, AppError> {
    let Answer { ctx, organizer, reader } = *answer;
    let mut told = Told::default();
    let Some(offer) = service::find_offer(ctx, organizer, &form.offer) else {
        told.problems.add("code", td_string!(reader.locale, console.factor_stale));
        return Ok(setup::draw(answer, &service::offer(ctx, organizer)?, told.refused()));
    };
    told.miss_passphrase(reader, form);
    let digits = match Typed::parse(&form.code) {
        Some(Typed::Digits(digits)) => Some(digits),
        _ => {
            told.problems.add("code", td_string!(reader.locale, console.factor_digits_missing));
            None
        }
    };
    if let Some(digits) = digits.filter(|_| told.problems.is_empty()) {
        match second_factors::add(ctx, organizer, &offer, &form.passphrase, digits).await {
            Ok(Proof::Done(new)) => {
                return Ok(codes::draw(answer, &new, td_string!(reader.locale, console.factor_added)));
            }
            Ok(Proof::WrongPassphrase) => told.wrong_passphrase(reader),
            Ok(Proof::WrongCode) => told.problems.add("code", td_string!(reader.locale, console.factor_digits_wrong)),
            Ok(Proof::Wait(seconds)) => told.wait = Some(seconds),
            Err(AppError::Conflict) => return Ok(Redirect::to(PATH).into_response()),
            Err(error) => return Err(error),
        }
    }
    Ok(setup::draw(answer, &offer, told.refused()))
}

async fn change(answer: &Answer<'_>, form: &FactorForm, left: u64) -> Result<Response, AppError> {
    let Answer { ctx, organizer, reader } = *answer;
    let mut told = Told::default();
    told.miss_passphrase(reader, form);
    let typed = Typed::parse(&form.code);
    if typed.is_none() {
        told.problems.add("code", td_string!(reader.locale, auth.code_malformed));
    }
    let Some(typed) = typed.filter(|_| told.problems.is_empty()) else {
        return Ok(manage::draw(answer, left, told.refused()));
    };
    let proof = if form.act == "codes" {
        match second_factors::renew_codes(ctx, organizer, &form.passphrase, &typed).await? {
            Proof::Done(new) => {
                return Ok(codes::draw(answer, &new, td_string!(reader.locale, console.factor_codes_made)));
            }
            Proof::WrongPassphrase => Proof::WrongPassphrase,
            Proof::WrongCode => Proof::WrongCode,
            Proof::Wait(seconds) => Proof::Wait(seconds),
        }
    } else {
        second_factors::remove(ctx, organizer, &form.passphrase, &typed).await?
    };
    match proof {
        Proof::Done(()) => return Ok(Redirect::to("/console/account?done=second-factor").into_response()),
        Proof::WrongPassphrase => told.wrong_passphrase(reader),
        Proof::WrongCode => told.problems.add("code", td_string!(reader.locale, auth.code_wrong)),
        Proof::Wait(seconds) => told.wait = Some(seconds),
    }
    Ok(manage::draw(answer, left, told.refused()))
}

/// Where an answer is drawn, and for whom.
#[derive(Clone, Copy)]
struct Answer<'a> {
    ctx: &'a Context,
    organizer: &'a Organizer,
    reader: Reader,
}

/// What a page has to say about the form that was sent.
#[derive(Default)]
struct Told {
    problems: Problems,
    wait: Option<u32>,
    is_refused: bool,
}

impl Told {
    fn refused(self) -> Self {
        Self { is_refused: true, ..self }
    }

    fn miss_passphrase(&mut self, reader: Reader, form: &FactorForm) {
        if form.passphrase.is_empty() {
            self.problems.add("passphrase", td_string!(reader.locale, auth.passphrase_missing));
        }
    }

    fn wrong_passphrase(&mut self, reader: Reader) {
        self.problems.add("passphrase", td_string!(reader.locale, console.present_wrong));
    }

    fn status(&self) -> StatusCode {
        match (self.wait, self.is_refused) {
            (Some(_), _) => StatusCode::TOO_MANY_REQUESTS,
            (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, false) => StatusCode::OK,
        }
    }

    fn notice(&self, reader: Reader) -> Option<(Tone, String)> {
        let seconds = self.wait?;
        Some((Tone::Waiting, td_string!(reader.locale, auth.wait, seconds = seconds).to_string()))
    }

    /// Puts onto an answer when to come again.
    fn timed(&self, mut response: Response) -> Response {
        if let Some(seconds) = self.wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
