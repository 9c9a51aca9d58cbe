//! The server's half of events: what there is ([`catalogue`]), who has a seat ([`seats`]), what they are told
//! ([`mails`]), what organizers do ([`planning`]).

pub mod access;
pub mod attendance;
pub mod calendar;
pub mod catalogue;
pub mod entities;
pub mod export;
pub mod guest_list;
pub mod imports;
pub mod link;
pub mod linked_data;
pub mod mailing_list;
pub mod mails;
pub mod own;
pub mod planning;
pub(super) mod queries;
pub mod retention;
pub mod seats;
pub mod seed;
