//! Who reads at the voice desk and answers; their secret keys are locked by what they alone know.

use crate::{ids::OrganizerId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One member.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voice_members")]
pub struct Model {
    /// Random; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Who signs in.
    pub organizer_id: OrganizerId,
    /// How workers know them.
    pub called: String,
    /// With this their replies are checked; 64 hexadecimal digits.
    pub sign_key: String,
    /// That the root vouches for it; 128 hexadecimal digits.
    pub sign_certificate: String,
    /// To this the keys of the desk are sealed; 64 hexadecimal digits.
    pub seal_key: String,
    /// That the root vouches for it; 128 hexadecimal digits.
    pub seal_certificate: String,
    /// Of their passphrase; 32 hexadecimal digits.
    pub salt: String,
    /// Their secret keys, locked by the passphrase; base 64.
    pub locked: String,
    /// When they joined.
    pub joined_on: StoredDay,
    /// Until when the root vouches.
    pub until_day: StoredDay,
    /// Since when they read nothing new.
    pub left_on: Option<StoredDay>,
}

impl ActiveModelBehavior for ActiveModel {}
