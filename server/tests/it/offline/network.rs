//! The network between phones and server: it loses, delays, repeats and reorders, and things in between answer in the
//! server's place. Each request meets one fate; what happens to it stands in the story's queue.

use super::{
    chance::Chance,
    invariants::{self, Violation},
    sabotage::{self, Sabotage},
    service::Reply,
    world::{At, Event, World},
};
use app::{
    questionnaires::{
        delivery::judge,
        server::receipt::receipt,
        types::{Outcome, Receipt},
    },
    server::keys::Keys,
};
use outbox::{
    Row,
    uploader::{Input, Verdict},
};

/// A browser that waited so long for an answer waits no longer, in milliseconds.
const PATIENCE_MS: u64 = 60_000;

const HOTEL: &str = "<!doctype html><title>Hotel</title><h1>Welcome</h1><form action=/login>";
const GATEWAY: &str = "<html><head><title>502 Bad Gateway</title></head></html>";

/// What the network does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes there and back.
    Whole,
    /// It never arrives.
    Lost,
    /// It is stored, and the connection ends before the receipt is here.
    ReplyLost,
    /// It takes long, perhaps longer than anybody waits.
    Late,
    /// It arrives twice at once.
    Twice,
    /// It arrives again later, when nobody waits for the answer.
    Again,
    /// A hotel's page answers 200.
    Portal,
    /// A proxy answers 502; perhaps it arrived nevertheless.
    BadGateway,
    /// Something answers 503.
    Unavailable,
    /// Somebody else's server signs a receipt for it.
    Forged,
    /// The receipt of another row comes back.
    Stranger,
    /// The server is killed over it and comes back; a proxy repeats the request.
    Killed,
}

impl Fate {
    /// All but the good one, each with its name in the tally.
    pub const FAULTS: [(Self, &'static str); 11] = [
        (Self::Lost, "request lost"),
        (Self::ReplyLost, "reset after commit"),
        (Self::Late, "late"),
        (Self::Twice, "delivered twice at once"),
        (Self::Again, "delivered again later"),
        (Self::Portal, "captive portal"),
        (Self::BadGateway, "502"),
        (Self::Unavailable, "503"),
        (Self::Forged, "forged receipt"),
        (Self::Stranger, "receipt of another row"),
        (Self::Killed, "server killed over a request"),
    ];
}

/// How often what happens to a request: of a thousand.
pub struct Weather(Vec<(Fate, &'static str, u64)>);

impl Weather {
    /// Some of it calm, some of it rough.
    pub fn of(chance: &mut Chance) -> Self {
        Self(Fate::FAULTS.iter().map(|(fate, name)| (*fate, *name, *chance.pick(&[0, 0, 20, 60, 150]))).collect())
    }

    /// Everything goes there and back.
    pub fn calm() -> Self {
        Self(Vec::new())
    }

    fn fate(&self, chance: &mut Chance) -> (Fate, &'static str) {
        let mut left = chance.below(1_000);
        for (fate, name, share) in &self.0 {
            if left < *share {
                return (*fate, *name);
            }
            left -= share;
        }
        (Fate::Whole, "there and back")
    }
}

/// One request of a page.
pub struct Request {
    /// Who waits for the answer.
    at: At,
    row: Row,
    /// What travels.
    body: String,
}

/// How a request arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Somebody waits for the answer.
    Heard,
    /// Nobody will hear the answer.
    Unheard,
    /// Two of it at the same moment.
    Twice,
    /// The server is killed after it has waited so often, comes back, and a proxy repeats the request.
    Killing(u32),
}

impl World {
    /// Posts a row as a page does.
    pub fn post(&mut self, at: At, row: Row) -> Result<(), Violation> {
        invariants::may_post(self, at, &row)?;
        self.tell(|| format!("{at:?} posts {}", row.id));
        let body = match self.sabotage {
            Some(Sabotage::Reserialised) => sabotage::reserialised(self, &row),
            _ => row.body.clone(),
        };
        let request = self.requests.len();
        self.requests.push(Request { at, row, body });
        self.tab(at).posting = Some(request);
        self.tally.add("requests", 1);
        self.after(PATIENCE_MS, Event::Reply(request, None));
        if !self.phones[at.phone].is_online {
            self.tally.add("no signal", 1);
            self.soon(Event::Reply(request, None));
            return Ok(());
        }
        self.travel(request);
        Ok(())
    }

    fn travel(&mut self, request: usize) {
        let (fate, name) = self.weather.fate(&mut self.chance);
        self.tally.add(name, 1);
        self.tell(|| format!("  {name}"));
        let (there, back) = (self.chance.between(20, 900), self.chance.between(20, 900));
        let is_cut = self.chance.permille(500);
        let instead = |body: &str, is_success: bool| Event::Reply(request, Some((is_success, body.to_owned())));
        match fate {
            Fate::Whole => self.after(there, Event::Arrive(request, Arrival::Heard)),
            Fate::Lost if is_cut => self.after(there, Event::Reply(request, None)),
            // Nothing at all comes back, until nobody waits any longer.
            Fate::Lost => {}
            Fate::ReplyLost => {
                self.after(there, Event::Arrive(request, Arrival::Unheard));
                if is_cut {
                    self.after(there + back, Event::Reply(request, None));
                }
            }
            Fate::Late => {
                let there = self.chance.between(3_000, 100_000);
                self.after(there, Event::Arrive(request, Arrival::Heard));
            }
            Fate::Twice => self.after(there, Event::Arrive(request, Arrival::Twice)),
            Fate::Again => {
                let again = self.chance.between(1, 15 * 60_000);
                self.after(there, Event::Arrive(request, Arrival::Heard));
                self.after(there + again, Event::Arrive(request, Arrival::Unheard));
            }
            Fate::Portal => self.after(there, instead(HOTEL, true)),
            Fate::BadGateway => {
                if is_cut {
                    self.after(there, Event::Arrive(request, Arrival::Unheard));
                }
                self.after(back, instead(GATEWAY, false));
            }
            Fate::Unavailable => self.after(there, instead("", false)),
            Fate::Forged => {
                let Row { id, digest, .. } = &self.requests[request].row;
                let forged = receipt(&Keys::derive(&[8; 32]), id, digest, Outcome::Stored);
                self.after(there, instead(&serde_json::to_string(&forged).unwrap(), true));
            }
            Fate::Stranger => {
                let other = self.chance.index(self.requests.len());
                let strangers = match &self.requests[other].row {
                    row if other != request && row.id != self.requests[request].row.id => row.clone(),
                    row => Row { id: self.chance.uuid(), ..row.clone() },
                };
                let genuine = receipt(self.service.keys(), &strangers.id, &strangers.digest, Outcome::Stored);
                self.after(there, instead(&serde_json::to_string(&genuine).unwrap(), true));
            }
            Fate::Killed => {
                let waits = u32::try_from(self.chance.below(16)).unwrap();
                self.after(there, Event::Arrive(request, Arrival::Killing(waits)));
            }
        }
    }

    /// A request reaches the server.
    pub async fn arrive(&mut self, number: usize, arrival: Arrival) {
        let request = &self.requests[number];
        let address = self.phones[request.at.phone].address;
        let back = self.chance.between(20, 900);
        if self.now < self.down_until {
            self.tally.add("nobody at the server's address", 1);
            if arrival != Arrival::Unheard {
                self.after(back, Event::Reply(number, Some((false, GATEWAY.to_owned()))));
            }
            return;
        }
        if self.service.is_flooded {
            self.service.flood(address).await;
        }
        // Whoever is refused comes again, and what was stored must be there until then.
        if self.sabotage == Some(Sabotage::NoKey) && !self.service.is_flooded {
            self.service.forget_key(&request.row.id, &mut self.chance).await;
        }
        let reply = match arrival {
            Arrival::Heard | Arrival::Unheard => self.service.call(address, &request.body).await,
            Arrival::Twice => {
                self.tally.add("deliveries", 1);
                let (service, body) = (&self.service, request.body.as_str());
                let (one, _) = tokio::join!(service.call(address, body), service.call(address, body));
                one
            }
            Arrival::Killing(waits) => {
                self.tally.add("deliveries", 1);
                self.service.die_over(address, &request.body, waits).await;
                // So that what follows does not depend on how far it came.
                self.service.call(address, &request.body).await
            }
        };
        self.tally.add("deliveries", 1);
        let is_cut = matches!(arrival, Arrival::Killing(_)) && self.chance.permille(500);
        if arrival != Arrival::Unheard {
            self.after(back, Event::Reply(number, (!is_cut).then_some(reply)));
        }
    }

    /// What came back is judged by the shipped judge, unless nobody waits for it any more.
    pub async fn reply(&mut self, number: usize, reply: Option<Reply>) -> Result<(), Violation> {
        let at = self.requests[number].at;
        if !self.lives(at) || self.tab(at).posting != Some(number) || self.dies(at).await? {
            return Ok(());
        }
        self.tab(at).posting = None;
        // What was under way when the signal went is broken off.
        let reply = reply.filter(|_| self.phones[at.phone].is_online);
        let row = &self.requests[number].row;
        let reply = reply.as_ref().map(|(is_success, body)| (*is_success, body.as_str()));
        let verdict = match (reply, self.sabotage) {
            (Some((true, _)), Some(Sabotage::AnySuccess)) => Verdict::Receipt(believed(row)),
            _ => judge(row, &self.service.receipt_key, reply),
        };
        self.tally.add(
            match &verdict {
                Verdict::Receipt(_) => "judged a receipt",
                Verdict::Refused(_) => "judged a refusal",
                Verdict::Busy(_) => "judged busy",
                Verdict::Nothing => "judged nothing",
            },
            1,
        );
        self.feed(at, Input::Replied(verdict)).await
    }
}

/// What a client makes up that takes every success for a receipt.
fn believed(row: &Row) -> Receipt {
    Receipt {
        instance_id: row.id.clone(),
        digest: row.digest.clone(),
        outcome: Outcome::Stored,
        code: "0000-0000-0000".to_owned(),
        signature: String::new(),
    }
}
