//! What is said when a call has no answer.

use super::screen::{Desk, Phase};
pub(super) use crate::voices::islands::call::Failure;
use crate::{error::AppError, i18n::*, voices::islands::call::call};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;

impl Desk {
    /// Calls; what comes after it was locked is said to nobody.
    pub(super) async fn call<T: DeserializeOwned>(self, name: &str, body: &Value) -> Result<T, Failure> {
        call(move || self.turn(), name, body).await
    }

    /// Says why there is no answer, where the form has no better words.
    pub(super) fn fail(self, failure: &Failure) {
        let locale = self.reader.locale;
        self.complain(match failure {
            Failure::Unreachable => td_string!(locale, members.unreachable),
            Failure::SignedOut => td_string!(locale, members.signed_out),
            Failure::Refused(AppError::NotFound) => td_string!(locale, members.gone),
            Failure::Refused(_) => td_string!(locale, members.not_done),
            Failure::Left => return,
        });
    }

    /// The same before anything is shown: the page has nothing else to say then.
    pub(super) fn fail_at_first(self, failure: &Failure) {
        self.screen.phase.set(match failure {
            Failure::SignedOut => Phase::SignedOut,
            Failure::Unreachable | Failure::Refused(_) => Phase::Unreachable,
            Failure::Left => return,
        });
    }
}
