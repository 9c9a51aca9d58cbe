//! What the form without script carries: a nonce, when the form was drawn, and the server's word for both. From the nonce
//! and the installation's secret follow the voice's id and its receipt: the same form sent twice is one voice, and who
//! pressed twice, or lost the answer on the way, is shown the same receipt. Neither is stored.

use super::random;
use crate::{error::AppError, ids::VoiceId, server::Context, voices::encoding};
use ::seal::voice::{
    envelope::CaseId,
    receipt::{ENTROPY_BYTES, Receipt},
};
use zeroize::Zeroize as _;

const NONCE: usize = 16;
const TIME: usize = 8;
const TAG: usize = 16;
/// A form is good for so long.
const GOOD_MS: i64 = 24 * 3_600_000;
/// For so long the page with the receipt shows it again, to who typed another last group.
const SHOWN_MS: i64 = 30 * 60_000;
/// Nobody reads it and writes sooner: who does is made to wait.
const SOONEST_MS: i64 = 3_000;

/// A form that was drawn here. It has no `Debug`: a receipt follows from it.
#[derive(Clone)]
pub struct Attempt {
    nonce: [u8; NONCE],
    drawn_ms: i64,
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.nonce.zeroize();
    }
}

impl Attempt {
    /// For a form that is drawn now.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn new(ctx: &Context) -> Result<Self, AppError> {
        Ok(Self { nonce: random()?, drawn_ms: ctx.clock().now_ms() })
    }

    /// The same again for the page that shows the receipt: how long ago it was made counts from now.
    #[must_use]
    pub fn renewed(&self, ctx: &Context) -> Self {
        Self { nonce: self.nonce, drawn_ms: ctx.clock().now_ms() }
    }

    /// Whether it was made so shortly ago that the receipt may be shown again to who has it.
    #[must_use]
    pub fn is_fresh(&self, ctx: &Context) -> bool {
        ctx.clock().now_ms().saturating_sub(self.drawn_ms) < SHOWN_MS
    }

    /// What stands in the form.
    #[must_use]
    pub fn written(&self, ctx: &Context) -> String {
        let mut bytes = [self.nonce.as_slice(), &self.drawn_ms.to_be_bytes()].concat();
        let tag = tag(ctx, &bytes);
        bytes.extend_from_slice(&tag);
        data_encoding::BASE64URL_NOPAD.encode(&bytes)
    }

    /// What came back. `None` if it was not made here, or longer than a day ago: then the form is drawn anew, with what
    /// was typed.
    #[must_use]
    pub fn read(ctx: &Context, written: &str) -> Option<Self> {
        let bytes = data_encoding::BASE64URL_NOPAD.decode(written.as_bytes()).ok()?;
        let (signed, told) = bytes.split_at_checked(NONCE + TIME)?;
        let differing =
            tag(ctx, signed).iter().zip(told).fold(told.len() ^ TAG, |so_far, (a, b)| so_far | usize::from(a ^ b));
        let (nonce, time) = signed.split_first_chunk::<NONCE>()?;
        let attempt = Self { nonce: *nonce, drawn_ms: i64::from_be_bytes(time.try_into().ok()?) };
        let age_ms = ctx.clock().now_ms().saturating_sub(attempt.drawn_ms);
        (differing == 0 && (0..GOOD_MS).contains(&age_ms)).then_some(attempt)
    }

    /// So many milliseconds it came too soon.
    #[must_use]
    pub fn too_soon_ms(&self, ctx: &Context) -> u64 {
        let age_ms = ctx.clock().now_ms().saturating_sub(self.drawn_ms);
        u64::try_from(SOONEST_MS.saturating_sub(age_ms)).unwrap_or(0)
    }

    /// The voice that this form makes.
    #[must_use]
    pub fn voice(&self, ctx: &Context) -> VoiceId {
        VoiceId(super::to_hex(&ctx.keys().keyed_hash("voice-case", &self.nonce)[..16]))
    }

    /// Its receipt. `None` as seldom as [`Receipt::draw`] says.
    #[must_use]
    pub fn receipt(&self, ctx: &Context) -> Option<Receipt> {
        let mut entropy = [0; ENTROPY_BYTES];
        let (first, second) = entropy.split_at_mut(32);
        first.copy_from_slice(&ctx.keys().keyed_hash("voice-receipt-1", &self.nonce));
        second.copy_from_slice(&ctx.keys().keyed_hash("voice-receipt-2", &self.nonce)[..ENTROPY_BYTES - 32]);
        let receipt = Receipt::draw(&entropy);
        entropy.zeroize();
        receipt
    }
}

/// The case that a voice's id names.
#[must_use]
pub fn case_of(voice: &VoiceId) -> Option<CaseId> {
    encoding::case_of(voice.as_str())
}

fn tag(ctx: &Context, signed: &[u8]) -> [u8; TAG] {
    let mut tag = [0; TAG];
    tag.copy_from_slice(&ctx.keys().keyed_hash("voice-attempt", signed)[..TAG]);
    tag
}
