//! What can be done at the door, one file per subject. Every act writes its audit row in its own transaction.

mod gate;
mod invitations;
mod offers;
mod organizers;
mod present;
pub mod second_factors;
mod second_step;
pub mod sessions;

pub use invitations::{Invited, NewPassphrase, find_invitation, invite, join};
pub use offers::{Offer, find_offer, offer};
pub use organizers::{
    OpenInvitation, OrganizerSummary, disable, has_organizers, list_assistants, list_invitations, list_names,
    list_organizers,
};
pub use present::{Change, change_passphrase};
pub use second_step::{SecondStep, sign_in_by_code};
pub use sessions::{
    Attempt, Entered, SignIn, Started, account_key, count_sessions, forget_ended, sign_in, sign_out,
    sign_out_everywhere,
};
