//! How much effort it costs to send: nothing for people, more and more for whoever floods.
//!
//! Asked by the API and by the form post before an answer is looked at. In memory only, bounded, and without an
//! address: a network is known by a hash under a salt that is thrown away every hour. A class of workers behind one
//! dormitory's Wi-Fi (60 answers in ten minutes) must never be refused; held by the tests of [`meter`].

mod meter;

use crate::{error::AppError, questionnaires::server::catalogue, server::Context};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};
use form::Day;
use meter::{Asked, Meter};
use std::{
    collections::BTreeSet,
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;

/// Answers that may wait at the same time; one more goes through at once, so that waiting costs no memory.
const WAITERS: usize = 64;
/// Days with a flag that are remembered.
const FLAGS: usize = 400;

/// The address of whoever asks, as far as the process knows it: the peer of the connection or, if a proxy is
/// trusted by configuration, what the process put into [`ClientAddress`]. It cannot be printed or written.
#[derive(Clone, Copy)]
pub struct Client(Option<IpAddr>);

/// Put into a request's extensions by the process if it stands behind a proxy that it was told to trust.
#[derive(Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

impl Client {
    /// From the head of a request.
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        let proxied = parts.extensions.get::<ClientAddress>().map(|address| address.0);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        Self(proxied.or(peer))
    }

    /// The network they stand in, as nobody without the salt can know it; `None` if nothing is known.
    #[must_use]
    pub fn network(self, salt: &[u8; 32]) -> Option<u64> {
        self.0.map(|address| meter::network(salt, address))
    }

    /// Somebody of whom nothing is known.
    #[must_use]
    pub const fn unknown() -> Self {
        Self(None)
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

/// Lets an answer through, at once or after a wait, or refuses it for a while. Nothing typed is lost by a refusal:
/// the caller keeps it and says when to try again.
///
/// # Errors
/// [`AppError::TooManyRequests`] for a network that sent some hundreds within minutes.
pub async fn admit(ctx: &Context, client: Client, slug: &str) -> Result<(), AppError> {
    let effort = ctx.part::<Effort>();
    let asked = effort.meter().ask(client.0, ctx.clock().now_ms());
    match asked {
        Asked::Nothing => Ok(()),
        Asked::Wait { milliseconds } => {
            effort.raise_flag(ctx, slug).await;
            if let Ok(_place) = effort.waiters.try_acquire() {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            }
            Ok(())
        }
        Asked::Refusal { retry_after } => Err(AppError::TooManyRequests { retry_after }),
    }
}

/// Lets somebody try a code, at once or after a wait, or asks them to come again in a while; nobody is locked out. It
/// has a meter of its own: who sends answers is not slowed by who tries codes. A code holds 60 random bits, so this
/// protects the server's patience rather than the codes.
///
/// # Errors
/// [`AppError::TooManyRequests`] for a network that tried some hundreds within minutes.
pub async fn admit_try(ctx: &Context, client: Client) -> Result<(), AppError> {
    let effort = ctx.part::<Effort>();
    effort.pace(&effort.tries, ctx, client).await
}

/// Lets a guest's form through, at once or after a wait, or asks them to come again in a while. A meter of its own: a
/// company whose fifty people register behind one address is never refused, nor are they slowed by who answers.
///
/// # Errors
/// [`AppError::TooManyRequests`] for a network that sent some hundreds within minutes.
pub async fn admit_guest(ctx: &Context, client: Client) -> Result<(), AppError> {
    let effort = ctx.part::<Effort>();
    effort.pace(&effort.guests, ctx, client).await
}

/// Lets a letter of the voice desk in, and counts it, if its sender has done the work that it costs their network now.
/// Looked at and counted at once: thousands that come together see each other. Nobody is refused or made to wait. How many
/// bits it cost: many, where very many come from one network.
///
/// # Errors
/// So many bits it costs.
pub fn admit_voice(ctx: &Context, client: Client, is_done: impl FnOnce(u32) -> bool) -> Result<u32, u32> {
    let effort = ctx.part::<Effort>();
    let mut voices = effort.voices.lock().unwrap_or_else(PoisonError::into_inner);
    let now_ms = ctx.clock().now_ms();
    let bits = meter::bits(voices.inside(client.0, now_ms));
    if !is_done(bits) {
        return Err(bits);
    }
    voices.ask(client.0, now_ms);
    Ok(bits)
}

/// Whether a page that a person has reached is counted: always, but for a network that turns very many.
#[must_use]
pub fn lets_step(ctx: &Context, client: Client) -> bool {
    let effort = ctx.part::<Effort>();
    let mut steps = effort.steps.lock().unwrap_or_else(PoisonError::into_inner);
    !matches!(steps.ask(client.0, ctx.clock().now_ms()), Asked::Refusal { .. })
}

/// The days on which unusually many answers to this questionnaire came from one place at once. It may have been a
/// class, or one person many times: for organizers to judge. Not joined to answers, and forgotten at a restart.
#[must_use]
pub fn flags(ctx: &Context, slug: &str) -> Vec<Day> {
    let effort = ctx.part::<Effort>();
    let flags = effort.flags.lock().unwrap_or_else(PoisonError::into_inner);
    flags.iter().filter(|(_, flagged)| flagged == slug).map(|(day, _)| *day).collect()
}

/// What the process remembers of who sends how much.
struct Effort {
    meter: Mutex<Meter>,
    /// Tries of codes.
    tries: Mutex<Meter>,
    /// Forms of guests of events.
    guests: Mutex<Meter>,
    steps: Mutex<Meter>,
    /// Letters of the voice desk.
    voices: Mutex<Meter>,
    flags: Mutex<BTreeSet<(Day, String)>>,
    waiters: Semaphore,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            meter: Mutex::new(Meter::new(salt)),
            tries: Mutex::new(Meter::new(salt)),
            guests: Mutex::new(Meter::new(salt)),
            steps: Mutex::new(Meter::of_steps(salt)),
            voices: Mutex::new(Meter::of_voices(salt)),
            flags: Mutex::default(),
            waiters: Semaphore::new(WAITERS),
        }
    }
}

impl Effort {
    /// Lets somebody through by this meter, at once or after a wait; refuses who floods.
    async fn pace(&self, meter: &Mutex<Meter>, ctx: &Context, client: Client) -> Result<(), AppError> {
        let asked = meter.lock().unwrap_or_else(PoisonError::into_inner).ask(client.0, ctx.clock().now_ms());
        match asked {
            Asked::Nothing => Ok(()),
            Asked::Wait { milliseconds } => {
                if let Ok(_place) = self.waiters.try_acquire() {
                    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                }
                Ok(())
            }
            Asked::Refusal { retry_after } => Err(AppError::TooManyRequests { retry_after }),
        }
    }

    fn meter(&self) -> MutexGuard<'_, Meter> {
        self.meter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Only questionnaires that exist have flags, so that nobody can fill the list with names of their own.
    async fn raise_flag(&self, ctx: &Context, slug: &str) {
        let flag = (ctx.clock().today(), slug.to_owned());
        let is_known =
            |flags: &Mutex<BTreeSet<_>>| flags.lock().unwrap_or_else(PoisonError::into_inner).contains(&flag);
        if is_known(&self.flags) || catalogue::find_by_slug(ctx, slug).await.is_err() {
            return;
        }
        let mut flags = self.flags.lock().unwrap_or_else(PoisonError::into_inner);
        if flags.len() >= FLAGS {
            flags.pop_first();
        }
        flags.insert(flag);
    }
}

fn salt() -> [u8; 32] {
    let mut salt = [0; 32];
    let _ = getrandom::fill(&mut salt);
    salt
}
