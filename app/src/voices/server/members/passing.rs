//! What members ask a worker to agree to, and what then goes out. There is no other way out of the desk.

use super::Member;
use crate::{
    error::AppError,
    i18n::*,
    ids::VoiceId,
    server::Context,
    ui::{Reader, reader::locale_of},
    voices::server::{
        consent::{self, PassedOn, authorize},
        from_hex, from_text,
        keys::open_desk,
        proposals::{self, Draft},
        store::Addition,
    },
};
use ::seal::voice::envelope::{Path, Role};

/// So many digits of a grant's id are enough to speak of it.
const REFERENCE: usize = 8;

/// What a worker is asked to agree to, as the call carries it.
#[derive(Clone, Copy, Debug)]
pub struct Proposed<'p> {
    /// Which of the voice the first letter is.
    pub number: u32,
    /// The words and, if there is one, the translation, sealed.
    pub letters: &'p [String],
    /// SHA-256 of the exact words.
    pub words: &'p str,
    /// In which language they would be sent.
    pub language: &'p str,
}

/// Adds the letters that ask the worker. How far the desk is, and what it promised, stays as it is.
///
/// # Errors
/// Those of [`proposals::propose`]; [`AppError::Malformed`] for what has not the form of a proposal, [`AppError::Expired`] if
/// the root does not vouch for the member today: the worker would not believe it.
pub async fn propose(ctx: &Context, by: &Member, voice: &VoiceId, proposed: &Proposed<'_>) -> Result<(), AppError> {
    if !by.signs_today() {
        return Err(AppError::Expired);
    }
    let Proposed { number, letters, words, language } = *proposed;
    let sealed = letters.iter().map(|letter| from_text(letter)).collect::<Option<Vec<_>>>();
    let sealed = sealed.filter(|sealed| matches!(sealed.len(), 1 | 2)).ok_or(AppError::Malformed)?;
    let is_language = locale_of(language).is_some();
    let words = from_hex(words).filter(|_| is_language).ok_or(AppError::Malformed)?;
    let additions: Vec<_> = (number..)
        .zip(&sealed)
        .map(|(number, envelope)| Addition { number, role: Role::Share, path: Path::Phone, envelope, state: None })
        .collect();
    let last = additions.last().map_or(number, |addition| addition.number);
    let draft = Draft { words: &words, numbers: (number, last), language };
    proposals::propose(ctx, voice, &draft, &additions).await.map(drop)
}

/// Writes down that words go to who the worker agreed to, and gives the letter that brings them.
///
/// # Errors
/// [`AppError::NotFound`] if the voice has no such grant, [`AppError::Forbidden`] if it does not hold today, or these are not
/// the words and the recipient of it, [`AppError::Expired`] if the root does not vouch for the member today.
pub async fn pass_on(
    ctx: &Context,
    by: &Member,
    voice: &VoiceId,
    grant: &str,
    words: String,
    (recipient, id): (&str, Option<&str>),
) -> Result<String, AppError> {
    if !by.signs_today() {
        return Err(AppError::Expired);
    }
    let desk = open_desk(ctx).await?.ok_or(AppError::Forbidden)?;
    let authorized = authorize(ctx, &desk, grant).await?;
    if authorized.voice() != voice {
        return Err(AppError::NotFound);
    }
    let passed = consent::pass_on(ctx, authorized, words, recipient, id).await?;
    Ok(letter(ctx, &passed, grant, recipient))
}

/// The letter that goes out, in the language of the words. No day stands in it: who knows when somebody stood with a phone
/// in the hand would know who it was.
fn letter(ctx: &Context, passed: &PassedOn, grant: &str, recipient: &str) -> String {
    let reader = Reader::new(locale_of(passed.language()).unwrap_or_default());
    let locale = reader.locale;
    let reference = grant.get(..REFERENCE).unwrap_or(grant).to_owned();
    let reference = td_string!(locale, mail.passed_reference, reference = reference).to_string();
    let (heading, text) = (td_string!(locale, mail.passed_heading), td_string!(locale, mail.passed_text));
    // The recipient as they were agreed to: nothing of it is markup.
    let head = [reader.plain(heading), recipient.trim().to_owned(), reader.plain(text)];
    let foot = [reader.plain(&reference), ctx.site().base_url.clone()];
    [head.join("\n\n"), passed.words().to_owned(), foot.join("\n")].join("\n\n---\n\n") + "\n"
}
