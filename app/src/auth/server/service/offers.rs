//! A secret is offered before it is anybody's: nothing is stored of it until a code of it was shown.

use crate::{
    auth::{
        Organizer,
        second_factor::Secret,
        server::at_rest::{self, Kind},
    },
    error::AppError,
    server::{Context, error::internal},
};
use zeroize::Zeroizing;

/// A secret that is offered is good for so long, in milliseconds: an hour, for installing an app.
const OFFER_MS: i64 = 60 * 60 * 1_000;
/// Bytes of the instant before an offered secret.
const INSTANT_BYTES: usize = 8;

/// A secret for somebody who has none yet. Nothing is stored of it: the form brings it back, sealed for this organizer
/// in this session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The secret, for the page.
    pub secret: Secret,
    /// What the form carries.
    pub sealed: String,
}

/// Makes one.
///
/// # Errors
/// [`AppError::Internal`] when the machine has no randomness left.
pub fn offer(ctx: &Context, organizer: &Organizer) -> Result<Offer, AppError> {
    let secret = Secret::random().ok_or_else(|| internal("second factor"))?;
    let until = ctx.clock().now_ms() + OFFER_MS;
    let bytes = Zeroizing::new([&until.to_be_bytes()[..], &secret.reveal()[..]].concat());
    let sealed = at_rest::seal(ctx, Kind::Offer, &for_whom(organizer), &bytes)?;
    Ok(Offer { secret, sealed })
}

/// The offer that a form brought back; `None` if it is too old, somebody else's or forged.
#[must_use]
pub fn find_offer(ctx: &Context, organizer: &Organizer, sealed: &str) -> Option<Offer> {
    let bytes = at_rest::open(ctx, Kind::Offer, &for_whom(organizer), sealed)?;
    let (until, secret) = bytes.split_at_checked(INSTANT_BYTES)?;
    let until = i64::from_be_bytes(until.try_into().ok()?);
    let secret = Secret::of(secret).filter(|_| ctx.clock().now_ms() < until)?;
    Some(Offer { secret, sealed: sealed.to_owned() })
}

fn for_whom(organizer: &Organizer) -> String {
    [organizer.id().as_str(), " ", organizer.session()].concat()
}
