//! A member of the desk with their key unlocked: reads, answers, notes, and passes the desk's key on. It runs where the
//! passphrase was typed, in the member's browser; the server never has any of this. Pure: entropy is an input.

mod passing;

pub use passing::{Ordered, Proposed};

use super::{
    api::{Facts, Opened, OwnWrap, VoiceRow},
    challenge::{Holder, proof},
    encoding::{case_of, from_hex, from_text, to_hex, to_text},
    letters::{self, Letter, SealedLetter, Signers},
    people::Person,
    sharing::{Shared, SignedOrder, shared},
};
use ::seal::{
    KEY_BYTES, SecretKey,
    voice::{
        envelope::{self, CaseId, Frame, Path, Role},
        message::Message,
        note::{open_note, seal_note},
        passphrase::{self, Stretched},
        receipt::{COST, SALT_BYTES},
        wrap::{self, Seed},
    },
};
use ed25519_dalek::VerifyingKey;
use form::Day;
use serde::Serialize;
use zeroize::Zeroizing;

/// The least characters of a passphrase: who has the table can try as many as they can pay for.
pub const PASSPHRASE_CHARS: usize = 20;
/// The most characters of how workers know a member.
pub const CALLED_CHARS: usize = 40;

/// The name under which a key of the desk is wrapped.
pub(super) fn epoch_name(number: u32) -> [u8; 4] {
    number.to_be_bytes()
}

/// What somebody sends who wants to read at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Enrolment {
    /// Random; 32 hexadecimal digits.
    pub id: String,
    /// How workers will know them.
    pub called: String,
    /// What checks their letters.
    pub sign_key: String,
    /// To what keys are sealed for them.
    pub seal_key: String,
    /// Of the passphrase.
    pub salt: String,
    /// Their secret keys, locked.
    pub locked: String,
}

impl Enrolment {
    /// Makes a member's keys and locks them by a passphrase (composed, NFC). The four of `entropy` must be fresh and used
    /// once. `None` only if the memory cannot be had.
    #[must_use]
    pub fn make(site: &str, called: &str, passphrase: &str, entropy: [[u8; KEY_BYTES]; 4]) -> Option<Self> {
        let [id, seed, salt, lock] = entropy;
        let id = to_hex(&id[..SALT_BYTES]);
        let salt: &[u8; SALT_BYTES] = salt.first_chunk()?;
        let seed = Zeroizing::new(seed);
        let member = passphrase::Member::of(*seed);
        let locked = Stretched::of(passphrase, salt, COST)?.lock(site, &id, &seed, lock)?;
        Some(Self {
            sign_key: to_hex(member.signing().verifying_key().as_bytes()),
            seal_key: to_hex(member.kem().public().as_bytes()),
            called: called.to_owned(),
            salt: to_hex(salt),
            locked: to_text(&locked),
            id,
        })
    }
}

/// Why a member's key stays locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaysLocked {
    /// It is another passphrase.
    Passphrase,
    /// The memory that it takes cannot be had.
    Memory,
    /// What the server tells is not this member's, or of no installation.
    Broken,
}

/// A member whose key is unlocked. It has no `Debug`.
pub struct Unlocked {
    site: String,
    root: VerifyingKey,
    member: passphrase::Member,
    me: Person,
    people: Vec<Person>,
    keys: Vec<(u32, Zeroizing<Seed>)>,
}

/// A voice that was opened. It has no `Debug`.
#[derive(Clone)]
pub struct Case {
    /// As it stands in the list.
    pub row: VoiceRow,
    /// Its letters, in their order.
    pub letters: Vec<Letter>,
    /// So many are missing, or not what who is said to have written them signed.
    pub doubtful: usize,
    /// Whether the worker wants it kept for longer.
    pub is_kept_long: bool,
    /// What may be passed on if the worker agrees, and what they agreed to.
    pub shared: Vec<Shared>,
    /// So many times the server says that the worker agreed, and their signature does not: nothing may go by that.
    pub untrue: usize,
    /// What members asked for without a yes, as they signed it.
    pub orders: Vec<SignedOrder>,
    id: CaseId,
    key: SecretKey,
}

impl Unlocked {
    /// Unlocks with a passphrase (composed, NFC), and opens all keys of the desk that are sealed for the member.
    ///
    /// # Errors
    /// [`StaysLocked`].
    pub fn unlock(facts: &Facts, passphrase: &str) -> Result<Self, StaysLocked> {
        let broken = StaysLocked::Broken;
        let me = facts.me.as_ref().ok_or(broken)?;
        let root = from_hex(&facts.root).and_then(|root| VerifyingKey::from_bytes(&root).ok()).ok_or(broken)?;
        let (salt, locked) = from_hex(&me.salt).zip(from_text(&me.locked)).ok_or(broken)?;
        let stretched = Stretched::of(passphrase, &salt, COST).ok_or(StaysLocked::Memory)?;
        let id = &me.person.id;
        let seed = stretched.unlock(&facts.site, id, &locked).map(Zeroizing::new).ok_or(StaysLocked::Passphrase)?;
        let member = passphrase::Member::of(*seed);
        if to_hex(member.signing().verifying_key().as_bytes()) != me.person.sign_key {
            return Err(broken);
        }
        let open = |own: &OwnWrap| {
            let (holder, wrapped) = (wrap::Holder::Member(id), from_text(&own.wrapped)?);
            let key = wrap::unwrap(&facts.site, &epoch_name(own.number), &holder, &member.kem(), &wrapped)?;
            let key = Zeroizing::new(key);
            // Anybody can seal a key of their own for a member: only the one for which the root vouched is used.
            let public = facts.keys.iter().find(|public| public.number == own.number)?;
            let vouched = public.vouched(&facts.site, &root, Day::parse(&public.from_day)?)?;
            (SecretKey::derive(&key).public() == vouched).then_some((own.number, key))
        };
        let keys = me.wraps.iter().filter_map(open).collect();
        let (site, people) = (facts.site.clone(), facts.people.clone());
        Ok(Self { site, root, keys, people, me: me.person.clone(), member })
    }

    /// Who it is.
    #[must_use]
    pub fn me(&self) -> &Person {
        &self.me
    }

    /// What posters say of the root, to be compared.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        ::seal::voice::root::fingerprint(&self.root)
    }

    /// How many keys of the desk the member can open.
    #[must_use]
    pub fn key_count(&self) -> usize {
        self.keys.len()
    }

    /// Whether the member can open what was sealed to a key of the desk.
    #[must_use]
    pub fn has_key(&self, number: u32) -> bool {
        self.key(number).is_some()
    }

    fn key(&self, number: u32) -> Option<&Zeroizing<Seed>> {
        self.keys.iter().find(|(own, _)| *own == number).map(|(_, key)| key)
    }

    /// The answers to challenges that were posed, by the number of the key.
    #[must_use]
    pub fn answers(&self, facts: &Facts) -> Vec<(u32, String)> {
        let wraps = facts.me.iter().flat_map(|me| &me.wraps);
        let answered = wraps.filter_map(|own| {
            let key = SecretKey::derive(self.key(own.number)?);
            Some((own.number, proof(&key, &Holder::Member(&self.me.id), own.challenge.as_deref()?)?))
        });
        answered.collect()
    }

    /// What the desk noted about a voice; `None` where there is nothing, or nothing for this member.
    #[must_use]
    pub fn note(&self, row: &VoiceRow) -> Option<String> {
        let key = SecretKey::derive(self.key(row.epoch)?);
        open_note(&self.site, case_of(&row.id)?, (row.epoch, &key), &from_text(row.note.as_ref()?)?)
    }

    /// Seals a note about a voice. `None` if it is too long, or the member has not its key.
    #[must_use]
    pub fn seal_note(&self, row: &VoiceRow, note: &str, entropy: [u8; KEY_BYTES]) -> Option<String> {
        let to = SecretKey::derive(self.key(row.epoch)?).public();
        seal_note(&self.site, case_of(&row.id)?, (row.epoch, &to), note, entropy).map(|sealed| to_text(&sealed))
    }

    /// Opens a voice. `None` if it was sealed to a key that the member has not, or is broken.
    #[must_use]
    pub fn open(&self, opened: Opened) -> Option<Case> {
        let id = case_of(&opened.row.id)?;
        let epoch = SecretKey::derive(self.key(opened.row.epoch)?);
        let (holder, wrapped) = (wrap::Holder::Epoch(opened.row.epoch), from_text(&opened.wrapped)?);
        let seed = Zeroizing::new(wrap::unwrap(&self.site, &id.0, &holder, &epoch, &wrapped)?);
        let key = SecretKey::derive(&seed);
        let stored: Vec<_> = opened.letters.iter().filter_map(SealedLetter::stored).collect();
        let worker = letters::keys(&opened.workers);
        let signers = Signers { site: &self.site, root: &self.root, worker: &worker, people: &self.people };
        let count = usize::try_from(opened.row.messages).unwrap_or(0);
        let (letters, doubtful) = letters::read(&signers, id, &key, count, &stored);
        let (shared, orders) = (shared(&letters, &opened.shares), opened.orders);
        let (row, is_kept_long) = (opened.row, opened.is_kept_long);
        let mut case = Case { row, letters, doubtful, is_kept_long, shared, untrue: 0, orders, id, key };
        case.look_at_yeses(&self.site, &opened.yeses, &worker);
        Some(case)
    }

    /// Seals the member's answer as the next letter of a voice: its number, and the letter. `None` if it is too long.
    #[must_use]
    pub fn reply(&self, case: &Case, text: &str, entropy: [u8; KEY_BYTES]) -> Option<(u32, String)> {
        let number = case.row.messages.checked_add(1)?;
        Some((number, self.letter(case, number, text, entropy)?))
    }

    /// Seals a letter of the desk under a number.
    fn letter(&self, case: &Case, number: u32, text: &str, entropy: [u8; KEY_BYTES]) -> Option<String> {
        let frame = Frame { site: &self.site, case: case.id, number, role: Role::Desk, path: Path::Phone };
        let mut message = Message::default();
        // Answers are to be written in the worker's language: programs that read aloud are told so.
        case.row.language.clone_into(&mut message.language);
        text.clone_into(&mut message.text);
        let signed = Zeroizing::new(message.signed(&frame, &self.member.signing()));
        envelope::seal(&frame, &case.key.public(), &signed, entropy).map(|sealed| to_text(&sealed))
    }

    /// Members who have not a key that this member has, by its number: they joined after it was made.
    #[must_use]
    pub fn without_key<'f>(&self, facts: &'f Facts) -> Vec<(u32, &'f Person)> {
        let today = Day::parse(&facts.today);
        let mut without = Vec::new();
        for key in facts.keys.iter().filter(|key| self.key(key.number).is_some()) {
            let others = facts.people.iter().filter(|person| {
                !key.readers.contains(&person.id)
                    && today.is_some_and(|today| person.opens(&self.site, &self.root, today).is_some())
            });
            without.extend(others.map(|person| (key.number, person)));
        }
        without
    }

    /// Seals a key of the desk for another member, if the root vouches for them.
    #[must_use]
    pub fn give(&self, facts: &Facts, number: u32, to: &Person, entropy: [u8; KEY_BYTES]) -> Option<String> {
        let public = to.opens(&self.site, &self.root, Day::parse(&facts.today)?)?;
        let (holder, key) = (wrap::Holder::Member(&to.id), self.key(number)?);
        wrap::wrap(&self.site, &epoch_name(number), &holder, &public, key, entropy).map(|wrapped| to_text(&wrapped))
    }
}
