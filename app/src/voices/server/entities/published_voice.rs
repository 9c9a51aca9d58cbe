//! Words that everybody may read, as their worker agreed; gone when they say so.

use sea_orm::entity::prelude::*;

/// One of them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_voices")]
pub struct Model {
    /// The disclosure by which they went.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// SHA-256 of the words.
    pub words_hash: String,
    /// Their language.
    pub language: String,
    /// The exact words.
    pub words: String,
    /// The language of their translation.
    pub shown_language: Option<String>,
    /// The translation, which the worker agreed to with them.
    pub shown: Option<String>,
    /// When, as `YYYY-Qn`.
    pub quarter: String,
    /// What was done about it, by language; JSON.
    pub outcome: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
