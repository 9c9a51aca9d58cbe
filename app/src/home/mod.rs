//! The pages that belong to no other domain: the list of languages, the home page, telephone lines, the library of rights,
//! privacy, accessibility; and the switch that remembers how somebody likes to read.
//!
//! What must stay true: `/` never redirects; a home page's two largest things are the workers' two doors; nothing is
//! promised that is not there; `/dev/ui` is not found in production (test `home::gallery_is_for_developers`).

pub mod pages;
pub mod rights;
