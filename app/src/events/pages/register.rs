//! `/{lang}/events/{slug}/register`: the form.
