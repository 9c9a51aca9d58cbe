//! The two fields in which a new passphrase is typed, and what is wrong with it.

use super::problems::Problems;
use crate::{
    auth::types::{Passphrase, PassphraseFault},
    i18n::*,
    ui::{Field, Reader, TextField},
};
use leptos::prelude::*;

/// The id and name of the first field.
pub const NEW: &str = "new_passphrase";
/// The id and name of the second.
pub const AGAIN: &str = "new_passphrase_again";

/// Both fields, always empty: a passphrase is never sent back to the page.
#[component]
pub fn NewPassphraseFields(
    /// Who reads.
    reader: Reader,
    /// What was wrong with what was sent.
    problems: Problems,
) -> impl IntoView {
    let locale = reader.locale;
    let new = Field::new(NEW, td_string!(locale, auth.new_passphrase))
        .hint(td_string!(locale, auth.new_passphrase_hint))
        .error(problems.of(NEW));
    let again = Field::new(AGAIN, td_string!(locale, auth.new_passphrase_again)).error(problems.of(AGAIN));
    view! {
        <TextField reader field=new name=NEW kind="password" autocomplete="new-password" />
        <TextField reader field=again name=AGAIN kind="password" autocomplete="new-password" />
    }
}

/// Notes what is wrong with a new passphrase; `email` and `name` are whose it will be.
pub fn check(problems: &mut Problems, reader: Reader, typed: (&Passphrase, &Passphrase), email: &str, name: &str) {
    let locale = reader.locale;
    let (new, again) = typed;
    match new.check_new(email, name) {
        Err(fault) => problems.add(
            NEW,
            match fault {
                PassphraseFault::Empty => td_string!(locale, auth.passphrase_missing),
                PassphraseFault::TooShort => td_string!(locale, auth.passphrase_short),
                PassphraseFault::TooLong => td_string!(locale, auth.passphrase_long),
                PassphraseFault::Common => td_string!(locale, auth.passphrase_common),
                PassphraseFault::Personal => td_string!(locale, auth.passphrase_personal),
            },
        ),
        Ok(()) if new != again => problems.add(AGAIN, td_string!(locale, auth.passphrase_differs)),
        Ok(()) => {}
    }
}
