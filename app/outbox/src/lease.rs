//! One uploader at a time where the browser has no locks: a row of the storage says who uploads and until when. It is
//! read and written in one transaction.

/// How long a lease holds, in milliseconds, if it is not renewed.
pub const LEASE_MS: i64 = 60_000;

/// Who uploads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// A random name of the tab.
    pub holder: String,
    /// When it ends, in milliseconds of the phone's clock.
    pub until: i64,
}

/// The lease to write so that `me` may upload now; `None` while somebody else may. A lease that ends later than any
/// could was written by a clock that has been set back since: it is taken over.
#[must_use]
pub fn take(found: Option<&Lease>, me: &str, now: i64) -> Option<Lease> {
    let is_held = found
        .is_some_and(|lease| lease.holder != me && now < lease.until && lease.until <= now.saturating_add(LEASE_MS));
    (!is_held).then(|| Lease { holder: me.to_owned(), until: now.saturating_add(LEASE_MS) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_until_it_ends_or_the_clock_was_set_back() {
        let first = take(None, "a", 1_000).unwrap();
        assert_eq!(first, Lease { holder: "a".into(), until: 61_000 });
        assert_eq!(take(Some(&first), "b", 1_001), None);
        assert_eq!(take(Some(&first), "b", 60_999), None);
        assert_eq!(take(Some(&first), "b", 61_000).unwrap().holder, "b");
        assert_eq!(take(Some(&first), "a", 30_000).unwrap().until, 90_000);
        assert_eq!(take(Some(&first), "b", -5_000_000).unwrap().holder, "b");
    }
}
