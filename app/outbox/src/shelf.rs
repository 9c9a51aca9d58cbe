//! What one transaction of the phone's storage may change. The transaction reads what stands under one id, asks here,
//! and writes what it is told; nothing is awaited in between.

use crate::Row;

/// What stands under one instance id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// There is a draft.
    pub has_draft: bool,
    /// What waits to be sent.
    pub row: Option<Row>,
    /// It was sent and received; a mark is left.
    pub is_sent: bool,
}

/// What *Send* does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freezing {
    /// Write the row and take the draft away, both in this transaction.
    Move,
    /// The outbox has it already (another tab was faster): the draft goes, the row stays as it was frozen first.
    Waits,
    /// It was received already: the draft goes.
    WasSent,
}

/// Whether a draft may be written: what is on its way or was sent does not become a draft again.
#[must_use]
pub fn may_keep_draft(found: &Found) -> bool {
    found.row.is_none() && !found.is_sent
}

/// What *Send* does with what stands there.
#[must_use]
pub fn freeze(found: &Found) -> Freezing {
    match (found.is_sent, &found.row) {
        (true, _) => Freezing::WasSent,
        (false, Some(_)) => Freezing::Waits,
        (false, None) => Freezing::Move,
    }
}

/// Whether a receipt for these bytes takes the row away and leaves a mark. A row of other bytes stays: the receipt is
/// not for it.
#[must_use]
pub fn may_settle(found: &Found, digest: &str) -> bool {
    found.row.as_ref().is_none_or(|row| row.digest == digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(digest: &str) -> Option<Row> {
        Some(Row { id: "a".into(), digest: digest.into(), body: "{}".into() })
    }

    #[test]
    fn sent_is_sent() {
        let cases = [
            (Found { has_draft: true, ..Found::default() }, true, Freezing::Move),
            (Found::default(), true, Freezing::Move),
            (Found { row: row("d"), ..Found::default() }, false, Freezing::Waits),
            (Found { row: row("d"), has_draft: true, ..Found::default() }, false, Freezing::Waits),
            (Found { is_sent: true, ..Found::default() }, false, Freezing::WasSent),
            (Found { is_sent: true, row: row("d"), has_draft: true }, false, Freezing::WasSent),
        ];
        for (found, draft, freezing) in cases {
            assert_eq!((may_keep_draft(&found), freeze(&found)), (draft, freezing), "{found:?}");
        }
    }

    #[test]
    fn receipt_settles_its_own_bytes_only() {
        assert!(may_settle(&Found { row: row("d"), ..Found::default() }, "d"));
        assert!(!may_settle(&Found { row: row("d"), ..Found::default() }, "e"));
        // The row was never stored: the mark alone is written.
        assert!(may_settle(&Found::default(), "d"));
    }
}
