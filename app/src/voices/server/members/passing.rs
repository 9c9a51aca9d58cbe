//! What members ask a worker to agree to, and what then goes out. There is no other way out of the desk.

use super::Member;
use crate::{
    error::AppError,
    i18n::*,
    ids::VoiceId,
    server::Context,
    ui::{Reader, reader::locale_of},
    voices::{
        server::{
            consent::{self, Authorized, Ordering, PassedOn, Published, ShareText, authorize},
            from_hex, from_text,
            keys::open_desk,
            proposals::{self, Draft},
            store::{Addition, MOST_MESSAGES},
        },
        sharing::{Basis, RecipientKind, SignedOrder},
    },
};
use ::seal::voice::envelope::{Path, Role};

/// So many digits of the id of a grant or an order are enough to speak of it.
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
    /// SHA-256 of the translation, if there is one.
    pub shown: Option<&'p str>,
    /// In which language they would be sent.
    pub language: &'p str,
}

/// The same, read.
struct Sealed {
    letters: Vec<Vec<u8>>,
    words: [u8; 32],
    shown: Option<[u8; 32]>,
}

impl Proposed<'_> {
    /// Reads it: the words, their translation if there is one, and so many letters more.
    fn sealed(&self, by: &Member, more: usize) -> Result<Sealed, AppError> {
        if !by.signs_today() {
            return Err(AppError::Expired);
        }
        if self.number > MOST_MESSAGES {
            return Err(AppError::Malformed);
        }
        let read = || {
            locale_of(self.language)?;
            let letters = self.letters.iter().map(|letter| from_text(letter)).collect::<Option<Vec<_>>>()?;
            let shown = match self.shown {
                Some(shown) => Some(from_hex(shown)?),
                None => None,
            };
            let count = 1 + usize::from(shown.is_some()) + more;
            let sealed = Sealed { letters, words: from_hex(self.words)?, shown };
            (sealed.letters.len() == count).then_some(sealed)
        };
        read().ok_or(AppError::Malformed)
    }
}

impl Sealed {
    fn additions(&self, first: u32) -> Vec<Addition<'_>> {
        let letters = (first..).zip(&self.letters);
        letters
            .map(|(number, envelope)| Addition { number, role: Role::Share, path: Path::Phone, envelope, state: None })
            .collect()
    }

    fn draft<'d>(&'d self, by: &'d Member, proposed: &Proposed<'d>) -> Draft<'d> {
        let shown_number = proposed.number + u32::from(self.shown.is_some());
        Draft {
            words: &self.words,
            shown: self.shown.as_ref(),
            numbers: (proposed.number, shown_number),
            language: proposed.language,
            by: by.id(),
        }
    }
}

/// Adds the letters that ask the worker. How far the desk is, and what it promised, stays as it is.
///
/// # Errors
/// Those of [`proposals::propose`]; [`AppError::Malformed`] for what has not the form of a proposal, [`AppError::Expired`] if
/// the root does not vouch for the member today: the worker would not believe it.
pub async fn propose(ctx: &Context, by: &Member, voice: &VoiceId, proposed: &Proposed<'_>) -> Result<(), AppError> {
    let sealed = proposed.sealed(by, 0)?;
    let additions = sealed.additions(proposed.number);
    let draft = sealed.draft(by, proposed);
    proposals::propose(ctx, voice, &draft, &additions).await.map(drop)
}

/// Adds the letters that hold what must be passed on without a yes, and the one that tells the worker, and asks another
/// member.
///
/// # Errors
/// Those of [`consent::order`]; [`AppError::Malformed`] for what has not the form of a proposal, [`AppError::Expired`] if the
/// root does not vouch for the member today.
pub async fn order(
    ctx: &Context,
    by: &Member,
    voice: &VoiceId,
    proposed: &Proposed<'_>,
    (basis, recipient_hash, signed): (Basis, &str, &SignedOrder),
) -> Result<(), AppError> {
    let sealed = proposed.sealed(by, 1)?;
    let mut additions = sealed.additions(proposed.number);
    if let Some(reason) = additions.last_mut() {
        reason.role = Role::Desk;
    }
    let draft = sealed.draft(by, proposed);
    let desk = open_desk(ctx).await?.ok_or(AppError::Forbidden)?;
    let ordering = Ordering { basis, draft: &draft, recipient_hash, signed };
    consent::order(ctx, &desk, by, voice, &ordering, &additions).await
}

/// Answers for what another member asked for, and gives the letter that brings the words.
///
/// # Errors
/// Those of [`consent::approve`]; [`AppError::Expired`] if the root does not vouch for the member today.
pub async fn approve(
    ctx: &Context,
    by: &Member,
    voice: &VoiceId,
    (order, signature): (&str, &str),
    (words, recipient): (String, &str),
) -> Result<String, AppError> {
    if !by.signs_today() {
        return Err(AppError::Expired);
    }
    let desk = open_desk(ctx).await?.ok_or(AppError::Forbidden)?;
    let (passed, basis) = consent::approve(ctx, &desk, by, voice, order, signature, (words, recipient)).await?;
    Ok(letter(ctx, &passed, (order, Some(basis)), recipient))
}

/// Puts words on the site that the worker lets everybody read.
///
/// # Errors
/// Those of [`consent::publish`] and [`authorize`]; [`AppError::NotFound`] if the voice has no such grant,
/// [`AppError::Expired`] if the root does not vouch for the member today.
pub async fn publish(
    ctx: &Context,
    by: &Member,
    voice: &VoiceId,
    grant: &str,
    what: Published,
) -> Result<(), AppError> {
    let authorized = authorized(ctx, by, voice, grant).await?;
    consent::publish(ctx, authorized, by, what).await
}

/// What of a voice may go by a grant today.
async fn authorized(
    ctx: &Context,
    by: &Member,
    voice: &VoiceId,
    grant: &str,
) -> Result<Authorized<ShareText>, AppError> {
    if !by.signs_today() {
        return Err(AppError::Expired);
    }
    let desk = open_desk(ctx).await?.ok_or(AppError::Forbidden)?;
    let authorized = authorize(ctx, &desk, grant).await?;
    if authorized.voice() == voice { Ok(authorized) } else { Err(AppError::NotFound) }
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
    let authorized = authorized(ctx, by, voice, grant).await?;
    // What everybody may read has a way of its own: another member looks first.
    if authorized.kind() == RecipientKind::Public {
        return Err(AppError::Forbidden);
    }
    let passed = consent::pass_on(ctx, authorized, words, recipient, (by.organizer(), id)).await?;
    Ok(letter(ctx, &passed, (grant, None), recipient))
}

/// The letter that goes out, in the language of the words. No day stands in it: who knows when somebody stood with a phone
/// in the hand would know who it was.
fn letter(ctx: &Context, passed: &PassedOn, (right, basis): (&str, Option<Basis>), recipient: &str) -> String {
    let reader = Reader::new(locale_of(passed.language()).unwrap_or_default());
    let locale = reader.locale;
    let reference = right.get(..REFERENCE).unwrap_or(right).to_owned();
    let reference = td_string!(locale, mail.passed_reference, reference = reference).to_string();
    let (heading, text) = (
        td_string!(locale, mail.passed_heading),
        match basis {
            None => td_string!(locale, mail.passed_text),
            Some(Basis::CourtOrder) => td_string!(locale, mail.ordered_text_court),
            Some(Basis::DangerToLife) => td_string!(locale, mail.ordered_text_danger),
        },
    );
    // The recipient as they were agreed to: nothing of it is markup.
    let head = [reader.plain(heading), recipient.trim().to_owned(), reader.plain(text)];
    let foot = [reader.plain(&reference), ctx.site().base_url.clone()];
    [head.join("\n\n"), passed.words().to_owned(), foot.join("\n")].join("\n\n---\n\n") + "\n"
}
