//! A browser in which an organizer is signed in.

use crate::ids::OrganizerId;
use sea_orm::entity::prelude::*;

/// One session.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Keyed hash of the token in the cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id_hash: String,
    /// Who is signed in; their sessions go with them.
    pub organizer_id: OrganizerId,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds of the last request, for the idle limit.
    pub last_seen_at: i64,
    /// Unix milliseconds from which on it is dead, idle or not.
    pub expires_at: i64,
    /// Unix milliseconds at which its second factor was shown; without one, never.
    pub proven_at: Option<i64>,
    /// The organizer.
    #[sea_orm(belongs_to, from = "organizer_id", to = "id")]
    pub organizer: BelongsTo<super::organizer::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
