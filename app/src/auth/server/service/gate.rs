//! The throttles of this process: one for passphrases, a slower one for codes, so that a right passphrase, which clears
//! the first, gives nobody more tries at the second.

use crate::{
    auth::server::throttle::{Key, Throttle, Wait},
    server::Context,
};
use std::sync::{Mutex, PoisonError};

/// For passphrases.
#[derive(Debug, Default)]
pub(super) struct Gate(Mutex<Throttle>);

impl Gate {
    /// Asks for one try, and charges it.
    pub(super) fn admit(&self, ctx: &Context, account: Key, device: Option<Key>) -> Result<(), Wait> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).admit(ctx.clock().now_ms(), account, device)
    }

    /// It was right.
    pub(super) fn succeeded(&self, account: Key, device: Option<Key>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).succeeded(account, device);
    }
}

/// For codes.
#[derive(Debug)]
pub(super) struct CodeGate(Gate);

impl Default for CodeGate {
    fn default() -> Self {
        Self(Gate(Mutex::new(Throttle::for_codes())))
    }
}

impl std::ops::Deref for CodeGate {
    type Target = Gate;

    fn deref(&self) -> &Gate {
        &self.0
    }
}
