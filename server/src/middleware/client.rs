//! Who asks, when a proxy stands between: its word is taken only if the configuration says so, because anybody can
//! write the header. The address is for the meter that slows floods down; nothing stores or logs it.

use app::questionnaires::server::effort::ClientAddress;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies that are trusted.
#[derive(Clone, Debug)]
pub struct Proxies(Arc<[IpAddr]>);

impl Proxies {
    /// From the configuration.
    #[must_use]
    pub fn new(trusted: &[IpAddr]) -> Self {
        Self(trusted.into())
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }

    /// The nearest address in the header that is no proxy of ours: each proxy appends whom it heard from, and what
    /// stands before that, the client may have written itself.
    fn client(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let lines = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
        let addresses: Vec<_> = lines.flat_map(|line| line.split(',')).map(|item| item.trim().parse().ok()).collect();
        // Something unreadable ends the search: what is left of it cannot be trusted.
        addresses
            .into_iter()
            .rev()
            .map_while(|address: Option<IpAddr>| address)
            .find(|address| !self.contains(*address))
    }
}

/// The layer.
pub async fn client(State(proxies): State<Proxies>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    if peer.is_some_and(|peer| proxies.contains(peer))
        && let Some(address) = proxies.client(request.headers())
    {
        request.extensions_mut().insert(ClientAddress(address));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client_of(trusted: &[&str], lines: &[&str]) -> Option<String> {
        let trusted: Vec<IpAddr> = trusted.iter().map(|address| address.parse().expect("an address")).collect();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().expect("a header"));
        }
        Proxies::new(&trusted).client(&headers).map(|address| address.to_string())
    }

    #[test]
    fn the_nearest_address_that_is_no_proxy_of_ours_counts() {
        let cases: [(&[&str], Option<&str>); 6] = [
            (&["203.0.113.7"], Some("203.0.113.7")),
            // The first one was written by the client.
            (&["198.51.100.1, 203.0.113.7"], Some("203.0.113.7")),
            (&["198.51.100.1", "203.0.113.7, 10.0.0.2"], Some("203.0.113.7")),
            (&["2001:db8::7"], Some("2001:db8::7")),
            (&["203.0.113.7, unknown"], None),
            (&[], None),
        ];
        for (lines, expected) in cases {
            assert_eq!(client_of(&["10.0.0.1", "10.0.0.2"], lines).as_deref(), expected, "{lines:?}");
        }
    }
}
