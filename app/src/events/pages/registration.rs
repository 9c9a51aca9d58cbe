//! `/{lang}/registrations/{link}`: what a guest sees and does with their link.
