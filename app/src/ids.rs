//! Typed ids: a questionnaire's id cannot be given where an organizer's is wanted.
//!
//! All ids are random text, so that none of them tells when or in which order a row was made.

use serde::{Deserialize, Serialize};

/// Declares one id type: a text on the wire and, on the server, a text column.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as it is written in tables and addresses.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        /// What the ORM asks of a primary key; no number is an id.
        #[cfg(feature = "ssr")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A questionnaire: what stays the same while its definitions follow one another.
    QuestionnaireId
}
id! {
    /// One person's answers; made once by the browser or, without script, by the server: a version 4 UUID.
    InstanceId
}
id! {
    /// Somebody of the secretariat who may sign in.
    OrganizerId
}
id! {
    /// A series: events that follow one another.
    SeriesId
}
id! {
    /// An event: one date and theme.
    EventId
}
id! {
    /// One of the places of an event.
    PlaceId
}
id! {
    /// A guest's registration for an event.
    RegistrationId
}
id! {
    /// A voice: a case that somebody opened without a name.
    VoiceId
}
