//! Addresses of desks. The language stands in them, so that a page fetched without cookies is in it too.

/// Everything that a desk's service worker may have, with a slash at its end.
#[must_use]
pub fn scope(tag: &str) -> String {
    ["/console/desk/", tag, "/"].concat()
}

/// The page of a desk.
#[must_use]
pub fn page(tag: &str, id: &str) -> String {
    [&scope(tag), id].concat()
}

/// What a square leads to.
#[must_use]
pub fn open(tag: &str, invitation: &str) -> String {
    [&scope(tag), "open/", invitation].concat()
}

/// The service worker's script.
#[must_use]
pub fn worker(tag: &str) -> String {
    [&scope(tag), "worker.js"].concat()
}

/// What a desk listens to, from behind a number.
#[must_use]
pub fn live(tag: &str, id: &str, after: u64) -> String {
    [&page(tag, id), "/live?after=", &after.to_string()].concat()
}

/// The desk that an address of a page names.
#[must_use]
pub fn id_in(path: &str) -> Option<&str> {
    let mut parts = path.strip_prefix("/console/desk/")?.split('/');
    let (_, id) = (parts.next()?, parts.next()?);
    let is_id = id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_id && parts.next().is_none()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_desk_and_nothing_else_does() {
        let id = "0123456789abcdef0123456789abcdef";
        assert_eq!(id_in(&page("vi", id)), Some(id));
        for other in ["/console/desk/vi/worker.js", "/console/desk/vi/open/x", "/console/desk/vi", "/vi", ""] {
            assert_eq!(id_in(other), None, "{other}");
        }
        assert_eq!(id_in(&live("vi", id, 3)), None);
    }
}
