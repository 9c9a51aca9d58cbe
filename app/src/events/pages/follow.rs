//! `/{lang}/follow/{link}`: ending to follow a series.
