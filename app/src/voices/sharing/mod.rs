//! What may be passed on if the worker agrees: exactly these words, to this recipient, until a day. The desk drafts them as
//! one or two sealed letters of their own kind ([`Proposal::messages`]); worker and member read them back out of what they
//! opened ([`shared`]), never out of the server's word. Pure; the same at both doors, on the server and in browsers.

mod asked;
mod order;
mod yes;

#[cfg(test)]
mod tests;

pub use asked::{Asked, GrantFacts, ShareFacts, Shared, shared};
pub use order::{Basis, ORDER_DAYS, OrderFacts, SignedOrder};
pub use yes::{SignedYes, Yes};

use super::encoding::to_hex;
use ::seal::voice::{consent::digest, message::Message};
use form::Day;
use serde::{Deserialize, Serialize};

/// So many days lie between the yes and the first day on which an employer or who supervises it may be told, or everybody,
/// who are they too: 72 hours, and who agrees a minute before midnight has them too.
pub const COOLING_OFF_DAYS: i64 = 4;
/// For so many days a grant is good at most.
pub const MOST_DAYS: i64 = 366;
/// The most characters of a recipient's name.
pub const RECIPIENT_CHARS: usize = 200;
/// The most characters of words that may be passed on, and of their translation: what is needed and no more.
pub const WORDS_CHARS: usize = 2_000;
/// How words that everybody may read name their recipient.
pub const EVERYBODY: &str = "everybody";

/// What kind of recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "ssr",
    derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum),
    sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum RecipientKind {
    /// A labour standards inspection office.
    LabourOffice,
    /// A trade union.
    Union,
    /// A lawyer.
    Lawyer,
    /// An embassy or consulate.
    Embassy,
    /// A ministry or another authority.
    Ministry,
    /// The employer.
    Employer,
    /// The organisation that supervises the employer.
    Supervisor,
    /// Everybody, on this site.
    Public,
}

impl RecipientKind {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Self; 8] = [
        Self::LabourOffice,
        Self::Union,
        Self::Lawyer,
        Self::Embassy,
        Self::Ministry,
        Self::Supervisor,
        Self::Employer,
        Self::Public,
    ];

    /// The word that is signed, stored and sent for it; never changed.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LabourOffice => "labour_office",
            Self::Union => "union",
            Self::Lawyer => "lawyer",
            Self::Embassy => "embassy",
            Self::Ministry => "ministry",
            Self::Employer => "employer",
            Self::Supervisor => "supervisor",
            Self::Public => "public",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The first day on which such a recipient may be told of what is agreed to on a day.
    #[must_use]
    pub fn first_day(self, agreed_on: Day) -> Day {
        let waits = matches!(self, Self::Employer | Self::Supervisor | Self::Public);
        let days = if waits { COOLING_OFF_DAYS } else { 0 };
        agreed_on.plus_days(days).unwrap_or(agreed_on)
    }
}

/// How often it may be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "ssr",
    derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum),
    sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Once.
    Once,
    /// As often as needed until the day.
    Repeatedly,
}

impl Scope {
    /// The word that is signed, stored and sent for it; never changed.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Repeatedly => "repeatedly",
        }
    }

    /// The scope of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Once, Self::Repeatedly].into_iter().find(|scope| scope.word() == word)
    }
}

/// Whether a sign is none that is read, or turns the order in which others are read: what is agreed to is what is seen.
#[must_use]
pub fn is_misleading(sign: char) -> bool {
    let is_format = matches!(sign, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    is_format || (sign.is_control() && sign != '\n')
}

/// What the desk asks a worker to agree to. Its `Debug` tells no word of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What kind of recipient.
    pub kind: RecipientKind,
    /// Who it is.
    pub recipient: String,
    /// How often they may be told.
    pub scope: Scope,
    /// Until which day.
    pub until: Day,
    /// In which language it would be sent (BCP 47).
    pub language: String,
    /// The exact words.
    pub words: String,
    /// The same in the worker's language, with that language, if it is another one.
    pub shown: Option<(String, String)>,
    /// Why no yes is asked for, if none is.
    pub order: Option<Basis>,
}

impl std::fmt::Debug for Proposal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proposal").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The topic of a letter that holds a translation.
const SHOWN: &str = "shown";

impl Proposal {
    /// The letters that hold it, in their order: the words with the terms, and the translation. The words bear the terms in
    /// the fields in which a worker's letter has its topic and employer.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        let about = digest(&self.words).to_vec();
        let until = String::from(self.until);
        let mut terms = vec![self.kind.word(), self.scope.word(), &until];
        terms.extend(self.order.map(Basis::word));
        let mut words = Message::default();
        self.language.clone_into(&mut words.language);
        words.topic = terms.join(" ");
        self.recipient.clone_into(&mut words.employer);
        self.words.clone_into(&mut words.text);
        words.about.clone_from(&about);
        let mut messages = vec![words];
        if let Some((language, text)) = &self.shown {
            let mut shown = Message::default();
            language.clone_into(&mut shown.language);
            SHOWN.clone_into(&mut shown.topic);
            text.clone_into(&mut shown.text);
            shown.about = about;
            messages.push(shown);
        }
        messages
    }

    /// Reads it back. `None` for letters that are none, or of other words than they say.
    fn read(words: &Message, shown: Option<&Message>) -> Option<Self> {
        let mut terms = words.topic.split(' ');
        let (kind, scope) = (RecipientKind::of_word(terms.next()?)?, Scope::of_word(terms.next()?)?);
        let until = Day::parse(terms.next()?)?;
        let order = terms.next().map(Basis::of_word);
        // What is asked for in a way that this does not know is not asked for.
        if order == Some(None) || terms.next().is_some() {
            return None;
        }
        let texts = [Some(words), shown].into_iter().flatten().map(|message| message.text.as_str());
        if texts.chain([words.employer.as_str()]).any(|text| text.chars().any(is_misleading)) {
            return None;
        }
        let belongs = |message: &Message| message.about == digest(&words.text);
        let shown = match shown {
            Some(shown) if shown.topic == SHOWN && belongs(shown) => Some((shown.language.clone(), shown.text.clone())),
            Some(_) => return None,
            None => None,
        };
        belongs(words).then(|| Self {
            kind,
            recipient: words.employer.clone(),
            scope,
            until,
            language: words.language.clone(),
            words: words.text.clone(),
            shown,
            order: order.flatten(),
        })
    }

    /// Names the translation by its bytes, as the yes does.
    #[must_use]
    pub fn shown_digest(&self) -> Option<[u8; 32]> {
        self.shown.as_ref().map(|(_, text)| digest(text))
    }

    /// The language in which a worker reads it.
    #[must_use]
    pub fn read_in(&self) -> &str {
        self.shown.as_ref().map_or(&self.language, |(language, _)| language)
    }
}

/// Whether a text seems to name a day: a year and, within a sign or two of it, another number. What everybody reads must not.
#[must_use]
pub fn names_a_day(text: &str) -> bool {
    let mut numbers: Vec<(usize, usize, u32)> = Vec::new();
    for (at, digit) in text.chars().enumerate().filter_map(|(at, sign)| Some((at, digit_of(sign)?))) {
        match numbers.last_mut() {
            Some((_, end, value)) if *end == at => (*end, *value) = (at + 1, value.saturating_mul(10) + digit),
            _ => numbers.push((at, at + 1, digit)),
        }
    }
    let is_year = |(from, end, value): &(usize, usize, u32)| end - from == 4 && (1_990..2_100).contains(value);
    numbers
        .windows(2)
        .any(|pair| matches!(pair, [one, other] if (is_year(one) || is_year(other)) && other.0 - one.1 <= 2))
}

/// A digit, of either width.
fn digit_of(sign: char) -> Option<u32> {
    let narrow = char::from_u32(u32::from(sign).wrapping_sub(0xfee0)).filter(char::is_ascii_digit);
    narrow.unwrap_or(sign).to_digit(10)
}

/// The quarter of a day, `YYYY-Qn`.
#[must_use]
pub fn quarter_of(day: Day) -> String {
    format!("{:04}-Q{}", day.year(), day.month().div_ceil(3))
}

/// Names a recipient without telling who it is: with a salt of the grant's own, as names are few enough to be tried out.
#[must_use]
pub fn recipient_hash(salt: &[u8; 16], recipient: &str) -> String {
    to_hex(&digest(&[&to_hex(salt), " ", recipient.trim()].concat()))
}
