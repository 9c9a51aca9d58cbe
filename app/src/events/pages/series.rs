//! `/{lang}/series/{slug}`: a series, with its index by theme.
