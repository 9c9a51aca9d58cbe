//! Who writes and who comes back with script: keys, receipt and letters are made on the phone (door A), and opened there.
//! Pure: entropy is an input.

use super::{
    api::DeskKey,
    door::{CaseKey, Door, ReceiptKeys, Told},
    encoding::{case_of, from_hex, from_text, to_hex, to_text},
    letters::{self, Letter, SealedLetter, Signers},
    people::days,
    sharing::{Shared, Yes, shared},
    written::Written,
};
use ::seal::{
    KEY_BYTES, PublicKey, SecretKey,
    voice::{
        consent::Revocation,
        envelope::{self, CaseId, Frame, Path, Role},
        message::Message,
        receipt::{COST, ENTROPY_BYTES, GROUP, Receipt, SALT_BYTES, Worker, digits_in},
        root::{Certificate, Subject},
        wrap::{Holder, Seed, unwrap, wrap},
    },
};
use ed25519_dalek::VerifyingKey;
use form::Day;
use serde::Serialize;
use zeroize::Zeroizing;

/// Why a phone cannot do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cannot {
    /// The memory that a receipt takes cannot be had.
    Memory,
    /// Nobody vouches for the desk's key.
    Untrusted,
    /// The letter is too long.
    TooLong,
}

impl DeskKey {
    /// The key, if the root vouches for it on a day.
    #[must_use]
    pub fn vouched(&self, site: &str, root: &VerifyingKey, day: Day) -> Option<PublicKey> {
        let key = from_hex(&self.public_key)?;
        let certificate = Certificate {
            site,
            subject: Subject::Epoch(self.number),
            key,
            from_day: days(Day::parse(&self.from_day)?)?,
            until_day: days(Day::parse(&self.until_day)?)?,
        };
        let holds = certificate.holds(root, &from_hex(&self.certificate)?, days(day)?);
        holds.then_some(PublicKey::from_bytes(key))
    }
}

impl Door {
    fn root(&self) -> Option<VerifyingKey> {
        VerifyingKey::from_bytes(&from_hex(&self.root)?).ok()
    }

    /// To which key the desk's wrap goes: what nobody vouches for is not sealed to.
    fn seal_to(&self) -> Result<PublicKey, Cannot> {
        let vouched = || self.key.vouched(&self.site, &self.root()?, Day::parse(&self.today)?);
        vouched().ok_or(Cannot::Untrusted)
    }

    fn salt(&self) -> Result<[u8; SALT_BYTES], Cannot> {
        from_hex(&self.site).ok_or(Cannot::Untrusted)
    }
}

/// Whether somebody typed the last group of a receipt, in whatever digits.
#[must_use]
pub fn is_last(receipt: &Receipt, typed: &str) -> bool {
    let digits = Zeroizing::new(digits_in(typed));
    digits.len() == GROUP && receipt.groups().last() == Some(&*digits)
}

/// What is shown to the server of a receipt.
fn keys_of(worker: &Worker) -> ReceiptKeys {
    ReceiptKeys {
        auth: to_hex(&worker.auth()),
        kem: to_hex(worker.kem().public().as_bytes()),
        sign: to_hex(worker.signing().verifying_key().as_bytes()),
    }
}

/// A letter that was sealed, as the call carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sealed {
    /// The word of the form.
    pub attempt: String,
    /// In which language the worker reads.
    pub language: String,
    /// What follows from the receipt.
    pub keys: ReceiptKeys,
    /// The case key, sealed.
    pub wraps: CaseKey,
    /// The letter.
    pub envelope: String,
    /// The number that was looked for.
    pub work: u64,
}

/// Somebody who writes for the first time: their receipt, and the key of their case. It has no `Debug`.
pub struct Writer {
    receipt: Receipt,
    worker: Worker,
    seed: Zeroizing<Seed>,
    case: CaseId,
}

impl Writer {
    /// Draws a receipt and stretches it: this takes a second of a phone. `entropy` and `seed` must be fresh.
    ///
    /// # Errors
    /// [`Cannot`].
    pub fn begin(door: &Door, entropy: &[u8; ENTROPY_BYTES], seed: Seed) -> Result<Self, Cannot> {
        door.seal_to()?;
        let seed = Zeroizing::new(seed);
        let receipt = Receipt::draw(entropy).ok_or(Cannot::Memory)?;
        let worker = receipt.stretch(&door.salt()?, COST).ok_or(Cannot::Memory)?;
        let case = case_of(&door.voice).ok_or(Cannot::Untrusted)?;
        Ok(Self { receipt, worker, seed, case })
    }

    /// The receipt.
    #[must_use]
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// The same as who comes back with the receipt.
    #[must_use]
    pub fn returned(&self) -> Returned {
        Returned(self.worker.clone())
    }

    /// Seals the first letter. Each `entropy` must be fresh and used once.
    ///
    /// # Errors
    /// [`Cannot`].
    pub fn seal(
        &self,
        door: &Door,
        language: &str,
        written: &Written,
        [letter, desk, worker]: [[u8; KEY_BYTES]; 3],
    ) -> Result<Sealed, Cannot> {
        let key = SecretKey::derive(&self.seed).public();
        let envelope = sealed(door, (self.case, 1), &key, &self.worker, (language, written), letter);
        let (epoch, to) = (Holder::Epoch(door.key.number), door.seal_to()?);
        let for_desk = wrap(&door.site, &self.case.0, &epoch, &to, &self.seed, desk).ok_or(Cannot::Untrusted)?;
        let own = self.worker.kem().public();
        let for_worker = wrap(&door.site, &self.case.0, &Holder::Worker, &own, &self.seed, worker);
        Ok(Sealed {
            attempt: door.attempt.clone(),
            language: language.to_owned(),
            keys: keys_of(&self.worker),
            wraps: CaseKey {
                for_desk: to_text(&for_desk),
                key: door.key.number,
                for_worker: to_text(&for_worker.ok_or(Cannot::Untrusted)?),
            },
            envelope: envelope.ok_or(Cannot::TooLong)?,
            work: 0,
        })
    }
}

/// One letter of a worker, sealed.
fn sealed(
    door: &Door,
    (case, number): (CaseId, u32),
    to: &PublicKey,
    worker: &Worker,
    (language, written): (&str, &Written),
    entropy: [u8; KEY_BYTES],
) -> Option<String> {
    let frame = Frame { site: &door.site, case, number, role: Role::Worker, path: Path::Phone };
    let signed = Zeroizing::new(message_of(language, written).signed(&frame, &worker.signing()));
    envelope::seal(&frame, to, &signed, entropy).map(|sealed| to_text(&sealed))
}

/// What was written, as it is sealed at both doors.
#[must_use]
pub fn message_of(language: &str, written: &Written) -> Message {
    Message {
        language: language.to_owned(),
        topic: written.topic.clone(),
        employer: written.employer.clone(),
        text: written.text.clone(),
        about: Vec::new(),
    }
}

/// Somebody who typed their receipt. It has no `Debug`.
#[derive(Clone)]
pub struct Returned(Worker);

/// What they wrote and were answered, opened. It has no `Debug`.
#[derive(Clone)]
pub struct Thread {
    /// As it stands.
    pub told: Told,
    /// The letters, in their order.
    pub letters: Vec<Letter>,
    /// So many are missing, or not what who is said to have written them signed.
    pub doubtful: usize,
    /// What the desk asks to pass on, and what was agreed to.
    pub shared: Vec<Shared>,
    case: CaseId,
    seed: Zeroizing<Seed>,
}

/// Another receipt for the same voice, until its last group was typed. It has no `Debug`.
#[derive(Clone)]
pub struct Other {
    /// The receipt.
    pub receipt: Receipt,
    /// Who has it.
    pub returned: Returned,
    /// What the server is shown.
    pub keys: ReceiptKeys,
    /// The case key, sealed for it.
    pub wrapped: String,
}

impl Thread {
    /// Notes that a yes is taken back.
    pub fn take_back(&mut self, grant: &str) {
        let today = self.told.today.clone();
        let grants = self.shared.iter_mut().flat_map(|shared| &mut shared.facts.grants);
        for own in grants.filter(|own| own.id == grant) {
            own.revoked_on.get_or_insert_with(|| today.clone());
        }
    }
}

impl Returned {
    /// Stretches a receipt: this takes a second of a phone.
    ///
    /// # Errors
    /// [`Cannot`].
    pub fn of(door: &Door, receipt: &Receipt) -> Result<Self, Cannot> {
        receipt.stretch(&door.salt()?, COST).map(Self).ok_or(Cannot::Memory)
    }

    /// What the server is shown.
    #[must_use]
    pub fn auth(&self) -> String {
        to_hex(&self.0.auth())
    }

    /// Opens what the server told. `None` if it is not this worker's: the case key is taken from the wrap alone, never
    /// from the server's word.
    #[must_use]
    pub fn open(&self, door: &Door, told: Told) -> Option<Thread> {
        let case = case_of(&told.voice)?;
        let seed = unwrap(&door.site, &case.0, &Holder::Worker, &self.0.kem(), &from_text(&told.wrapped)?)?;
        let seed = Zeroizing::new(seed);
        let stored: Vec<_> = told.letters.iter().filter_map(SealedLetter::stored).collect();
        let worker = letters::keys(&told.workers);
        let root = door.root()?;
        let signers = Signers { site: &door.site, root: &root, worker: &worker, people: &told.people };
        let count = usize::try_from(told.messages).unwrap_or(0);
        let (letters, doubtful) = letters::read(&signers, case, &SecretKey::derive(&seed), count, &stored);
        let mut told = told;
        if told.today.is_empty() {
            // An older server does not say.
            told.today.clone_from(&door.today);
        }
        let shared = shared(&letters, &told.shares);
        Some(Thread { told, letters, doubtful, shared, case, seed })
    }

    /// Agrees to words that may be passed on. `entropy` must be fresh. `None` if it is too late for it.
    #[must_use]
    pub fn agree(&self, door: &Door, of: &Thread, to: &Shared, entropy: [[u8; 16]; 2]) -> Option<Yes> {
        let today = Day::parse(&of.told.today)?;
        Yes::sign((&door.site, of.case, Path::Phone), to, today, entropy, &self.0.signing())
    }

    /// Takes a yes back: the signature.
    #[must_use]
    pub fn withdraw(&self, door: &Door, of: &Thread, grant: &str) -> String {
        let revocation = Revocation { site: &door.site, case: of.case, grant };
        to_hex(&revocation.sign(&self.0.signing()))
    }

    /// Seals one letter more: its number, and the letter. `None` if it is too long.
    #[must_use]
    pub fn add(
        &self,
        door: &Door,
        to: &Thread,
        language: &str,
        written: &Written,
        entropy: [u8; KEY_BYTES],
    ) -> Option<(u32, String)> {
        let number = to.told.messages.checked_add(1)?;
        let key = SecretKey::derive(&to.seed).public();
        Some((number, sealed(door, (to.case, number), &key, &self.0, (language, written), entropy)?))
    }

    /// Draws another receipt for the same voice. Everything random must be fresh and used once.
    ///
    /// # Errors
    /// [`Cannot`].
    pub fn other(
        door: &Door,
        of: &Thread,
        drawn: &[u8; ENTROPY_BYTES],
        entropy: [u8; KEY_BYTES],
    ) -> Result<Other, Cannot> {
        let receipt = Receipt::draw(drawn).ok_or(Cannot::Memory)?;
        let returned = Self::of(door, &receipt)?;
        let to = returned.0.kem().public();
        let wrapped = wrap(&door.site, &of.case.0, &Holder::Worker, &to, &of.seed, entropy);
        let keys = keys_of(&returned.0);
        Ok(Other { receipt, keys, wrapped: to_text(&wrapped.ok_or(Cannot::Untrusted)?), returned })
    }
}
