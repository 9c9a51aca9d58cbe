//! The addresses of one questionnaire, for pages, forms and the island. No answer ever stands in an address.

use crate::ui::Reader;

/// `/{lang}/questionnaires/{slug}`: what it is, and *Begin*.
#[must_use]
pub fn start(reader: Reader, slug: &str) -> String {
    join(reader, slug, &[])
}

/// The same for somebody who came by a channel.
#[must_use]
pub fn start_by(reader: Reader, slug: &str, channel: Option<&str>) -> String {
    let mut path = start(reader, slug);
    if let Some(code) = channel {
        path.push_str(VIA);
        path.push_str(code);
    }
    path
}

/// What stands before a channel's code in the address of a first page.
pub const VIA: &str = "?via=";

/// `/q/{slug}` and `/q/{slug}/{code}`: short enough for paper. It asks for the language, then leads to the start.
#[must_use]
pub fn short(slug: &str, channel: Option<&str>) -> String {
    let mut path = String::from("/q/");
    path.push_str(slug);
    if let Some(code) = channel {
        path.push('/');
        path.push_str(code);
    }
    path
}

/// One question.
#[must_use]
pub fn question(reader: Reader, slug: &str, name: &str) -> String {
    join(reader, slug, &["questions", name])
}

/// Check your answers, and *Send*.
#[must_use]
pub fn check(reader: Reader, slug: &str) -> String {
    join(reader, slug, &["check"])
}

/// After sending: the code.
#[must_use]
pub fn sent(reader: Reader, slug: &str) -> String {
    join(reader, slug, &["sent"])
}

/// The person did not want to take part, or there is nothing to send.
#[must_use]
pub fn nothing(reader: Reader, slug: &str) -> String {
    join(reader, slug, &["nothing-sent"])
}

/// Forget these answers; somebody else begins.
#[must_use]
pub fn new_person(reader: Reader, slug: &str) -> String {
    join(reader, slug, &["new-person"])
}

/// Delete answers by their code.
#[must_use]
pub fn delete(reader: Reader, slug: &str) -> String {
    join(reader, slug, &["delete"])
}

/// After deleting.
#[must_use]
pub fn deleted(reader: Reader, slug: &str) -> String {
    join(reader, slug, &["deleted"])
}

/// What is kept on the phone, and how it leaves it.
#[must_use]
pub fn phone(reader: Reader, slug: &str) -> String {
    join(reader, slug, &["phone"])
}

/// What a browser needs to put the questionnaire on a home screen.
#[must_use]
pub fn manifest(reader: Reader, slug: &str) -> String {
    join(reader, slug, &["app.webmanifest"])
}

/// The service worker that lets the pages of one language open without a network.
#[must_use]
pub fn worker(reader: Reader, slug: &str) -> String {
    join(reader, slug, &["worker.js"])
}

/// The immutable definition, for programs.
#[must_use]
pub fn definition(hash: &str) -> String {
    let mut path = String::from("/definitions/");
    path.push_str(hash);
    path
}

fn join(reader: Reader, slug: &str, rest: &[&str]) -> String {
    let mut path = reader.href("/questionnaires/");
    path.push_str(slug);
    for part in rest {
        path.push('/');
        path.push_str(part);
    }
    path
}
