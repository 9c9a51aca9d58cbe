//! What is said when a call has no answer.

use super::screen::{Desk, Phase};
pub(super) use crate::voices::islands::call::{Failure, call};
use crate::{error::AppError, i18n::*};
use leptos::prelude::*;

impl Desk {
    /// Says why there is no answer, where the form has no better words.
    pub(super) fn fail(self, failure: &Failure) {
        let locale = self.reader.locale;
        self.complain(match failure {
            Failure::Unreachable => td_string!(locale, members.unreachable),
            Failure::SignedOut => td_string!(locale, members.signed_out),
            Failure::Refused(AppError::NotFound) => td_string!(locale, members.gone),
            Failure::Refused(_) | Failure::Left => td_string!(locale, members.not_done),
        });
    }

    /// The same before anything is shown: the page has nothing else to say then.
    pub(super) fn fail_at_first(self, failure: &Failure) {
        self.screen.phase.set(match failure {
            Failure::SignedOut => Phase::SignedOut,
            Failure::Unreachable | Failure::Refused(_) | Failure::Left => Phase::Unreachable,
        });
    }
}
