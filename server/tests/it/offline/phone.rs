//! A phone: its storage, its tabs and the lock that they share. It carries out what the shipped uploader decides, as
//! the browser does: whatever a page waits for begins, happens and is told to it, each at a moment of its own, and
//! between any two of them the page may die (`life`).

use super::{
    invariants::{self, Violation},
    person::Answering,
    sabotage::Sabotage,
    storage::Storage,
    world::{At, Event, World},
};
use app::questionnaires::types::Receipt;
use form::Day;
use outbox::{
    Row,
    draft::{Draft, Phone as Whose},
    lease,
    shelf::Freezing,
    uploader::{Effect, Input, Uploader},
};
use std::{collections::VecDeque, net::Ipv4Addr};

const DAY_MS: i64 = 86_400_000;

/// How a browser sees to it that one tab uploads at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locks {
    /// It has locks, and gives them back for who dies.
    Browser,
    /// It has none; a row of the storage says who uploads and until when.
    Lease,
}

/// One device.
pub struct Phone {
    /// Whose it is, as everybody says who answers on it.
    pub whose: Whose,
    /// Its network.
    pub address: Ipv4Addr,
    /// What it keeps.
    pub storage: Storage,
    /// Whether its storage refuses everything now.
    pub refuses: bool,
    /// Whether it ever did.
    pub has_refused: bool,
    /// How its tabs keep out of each other's way.
    pub locks: Locks,
    /// The tab that has the browser's lock.
    pub lock: Option<usize>,
    /// Whether it has a signal.
    pub is_online: bool,
    /// So many days its calendar is off.
    pub days_off: i64,
    /// The day on which the server drew the page that it shows.
    pub drawn_on: Day,
    /// People who will still begin to answer on it.
    pub waiting: u64,
    /// Its tabs.
    pub tabs: Vec<Tab>,
    /// The transactions of its storage that are under way, in the order in which they began.
    pub transactions: VecDeque<(At, Change)>,
}

/// One tab. All but its life is memory.
pub struct Tab {
    /// How often it was loaded.
    pub life: u32,
    /// Whether a page is in it.
    pub is_open: bool,
    /// The shipped machine.
    pub uploader: Uploader<Receipt>,
    /// Which timer counts.
    pub timer: u32,
    /// The request whose answer it waits for.
    pub posting: Option<usize>,
    /// Whoever answers in it.
    pub answering: Option<Answering>,
    /// The day it reckons with.
    pub today: Day,
    /// The language in which it shows things.
    pub view: &'static str,
}

/// One transaction of the storage.
pub enum Change {
    /// A draft is written.
    Keep(Draft),
    /// *Send*: the draft goes, the row comes.
    Freeze(Row),
    /// The outbox is read.
    Load,
    /// A row goes because of a receipt.
    Settle {
        /// The row's id.
        id: String,
        /// The digest that the receipt names.
        digest: String,
        /// The code that the person may keep.
        code: String,
    },
    /// The lease is taken, if it is free.
    TakeLease,
    /// The lease is given back.
    GiveBack,
}

/// What a page is told in the end.
pub enum Told {
    /// Nothing that it waits for.
    Nothing,
    /// Something for the uploader.
    Input(Input<Receipt>),
    /// What became of *Send*; nothing if the storage refused.
    Frozen(Row, Option<Freezing>),
}

impl Change {
    /// What the page is told if the storage refuses.
    fn refused(self) -> Told {
        match self {
            Self::Keep(_) | Self::GiveBack => Told::Nothing,
            Self::Freeze(row) => Told::Frozen(row, None),
            Self::Load => Told::Input(Input::Loaded(None)),
            Self::Settle { .. } => Told::Input(Input::Settled(false)),
            Self::TakeLease => Told::Input(Input::Locked(false)),
        }
    }
}

impl World {
    /// Gives a page's uploader what happened, and does what it says.
    pub async fn feed(&mut self, at: At, input: Input<Receipt>) -> Result<(), Violation> {
        let effects = self.tab(at).uploader.step(input);
        for effect in effects {
            self.carry_out(at, effect).await?;
        }
        Ok(())
    }

    async fn carry_out(&mut self, at: At, effect: Effect<Receipt>) -> Result<(), Violation> {
        match effect {
            Effect::Lock => self.soon(Event::Lock(at)),
            Effect::Load => self.begin(at, Change::Load),
            Effect::Post(row) => self.post(at, row)?,
            Effect::Settle { id, digest, receipt } => {
                self.begin(at, Change::Settle { id, digest, code: receipt.code });
            }
            Effect::Unlock => self.unlock(at),
            Effect::Timer(ms) => {
                let tab = self.tab(at);
                tab.timer += 1;
                let timer = tab.timer;
                self.after(u64::from(ms), Event::Ring(at, timer));
            }
            Effect::Received { id, receipt } => {
                self.tally.add("receipts", 1);
                self.tell(|| format!("{at:?} has the receipt of {id}"));
                invariants::is_held(self, &id, &receipt.digest).await?;
                if let Some(person) = self.people.iter_mut().find(|person| person.id == id) {
                    person.received.insert(receipt.digest);
                }
            }
            Effect::Show(_) => {}
        }
        Ok(())
    }

    /// Begins a transaction of the phone's storage.
    pub fn begin(&mut self, at: At, change: Change) {
        self.phones[at.phone].transactions.push_back((at, change));
        self.soon(Event::Transact(at.phone));
    }

    /// The browser decides who has the lock.
    pub fn lock(&mut self, at: At) {
        let phone = &mut self.phones[at.phone];
        let is_ours = match (self.sabotage, phone.locks) {
            (Some(Sabotage::NoLock), _) => true,
            (_, Locks::Browser) if phone.lock.is_some() => false,
            (_, Locks::Browser) => {
                phone.lock = Some(at.tab);
                true
            }
            (_, Locks::Lease) => return self.begin(at, Change::TakeLease),
        };
        self.soon(Event::Tell(at, Told::Input(Input::Locked(is_ours))));
    }

    fn unlock(&mut self, at: At) {
        let phone = &mut self.phones[at.phone];
        match phone.locks {
            Locks::Browser if phone.lock == Some(at.tab) => phone.lock = None,
            Locks::Browser => {}
            Locks::Lease => self.begin(at, Change::GiveBack),
        }
    }

    /// Carries out the transaction that waits longest, unless its page dies over it.
    pub async fn transact(&mut self, phone: usize) -> Result<(), Violation> {
        let Some(at) = self.phones[phone].transactions.front().map(|(at, _)| *at) else { return Ok(()) };
        if self.dies(at).await? {
            return Ok(());
        }
        if let Some((at, change)) = self.phones[phone].transactions.pop_front() {
            let told = self.commit(at, change).await?;
            self.soon(Event::Tell(at, told));
        }
        Ok(())
    }

    /// One transaction, whole, or refused.
    pub async fn commit(&mut self, at: At, change: Change) -> Result<Told, Violation> {
        let (now, name) = (self.service.now_ms(), self.chance.uuid());
        let phone = &mut self.phones[at.phone];
        if phone.refuses {
            return Ok(change.refused());
        }
        let own = phone.whose == Whose::Own;
        Ok(match change {
            Change::Keep(draft) => {
                phone.storage.keep(&draft);
                invariants::drafts_are_on_own_phones(phone)?;
                Told::Nothing
            }
            Change::Freeze(row) => {
                let freezing = phone.storage.freeze(&row, own);
                if freezing == Freezing::Move
                    && let Some(person) = self.people.iter_mut().find(|person| person.id == row.id)
                {
                    person.kept = Some(row.digest.clone());
                }
                self.tell(|| format!("{at:?} froze {}: {freezing:?}", row.id));
                Told::Frozen(row, Some(freezing))
            }
            Change::Load => Told::Input(Input::Loaded(Some(phone.storage.rows()))),
            Change::Settle { id, digest, code } => {
                if phone.storage.settle(&id, &digest, &code, own) {
                    self.tell(|| format!("{at:?} lets go of {id}"));
                    invariants::is_held(self, &id, &digest).await?;
                }
                Told::Input(Input::Settled(true))
            }
            Change::TakeLease => {
                // A page goes by another name each time.
                let taken = lease::take(phone.storage.lease.as_ref(), &name, now + phone.days_off * DAY_MS);
                let is_ours = taken.is_some();
                if is_ours {
                    phone.storage.lease = taken;
                }
                Told::Input(Input::Locked(is_ours))
            }
            Change::GiveBack => {
                phone.storage.lease = None;
                Told::Nothing
            }
        })
    }

    /// The page is told what became of what it began.
    pub async fn told(&mut self, at: At, told: Told) -> Result<(), Violation> {
        match told {
            Told::Nothing => Ok(()),
            Told::Input(input) => self.feed(at, input).await,
            Told::Frozen(row, freezing) => {
                self.tab(at).answering = None;
                let pause = self.chance.between(2_000, 30_000);
                self.after(pause, Event::Act(at));
                match freezing {
                    Some(Freezing::WasSent) => Ok(()),
                    Some(Freezing::Move | Freezing::Waits) => self.feed(at, Input::Kept).await,
                    None => {
                        self.tally.add("rows that only a page held", 1);
                        self.feed(at, Input::Unkept(row)).await
                    }
                }
            }
        }
    }
}
