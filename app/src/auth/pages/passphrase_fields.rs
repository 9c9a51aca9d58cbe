//! The fields in which passphrases are typed: the present one, and a new one twice, with what is wrong with it.

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

/// The id and name of the field of the present one.
pub const PRESENT: &str = "passphrase";

/// The field of the passphrase that somebody has now, always empty, with a hidden one that tells the browser's memory of
/// passphrases whose it is.
#[component]
pub fn PresentPassphrase(
    /// Who reads.
    reader: Reader,
    /// Whose it is.
    email: String,
    /// What was wrong with what was sent.
    problems: Problems,
) -> impl IntoView {
    let field = Field::new(PRESENT, td_string!(reader.locale, console.present_passphrase)).error(problems.of(PRESENT));
    view! {
        <input
            class="c-unseen"
            type="text"
            autocomplete="username"
            value=email
            readonly
            tabindex="-1"
            aria-hidden="true"
        />
        <TextField reader field name=PRESENT kind="password" autocomplete="current-password" />
    }
}

/// Both fields of a new one, always empty: a passphrase is never sent back to the page.
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
