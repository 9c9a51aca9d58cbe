//! What can be done at the door, one file per subject. Every act writes its audit row in its own transaction.

mod invitations;
mod organizers;
pub mod sessions;

pub use invitations::{Invited, NewPassphrase, find_invitation, invite, join};
pub use organizers::{
    OpenInvitation, OrganizerSummary, disable, has_organizers, list_assistants, list_invitations, list_names,
    list_organizers,
};
pub use sessions::{
    Attempt, Change, SignIn, Started, account_key, change_passphrase, count_sessions, forget_ended, sign_in, sign_out,
    sign_out_everywhere,
};
