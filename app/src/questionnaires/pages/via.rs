//! `via`: by which channel somebody came, as an address or a form says it. What nobody made is silently nothing: a
//! link that was typed wrongly, or made up, leads to the same page.

use crate::{
    error::AppError,
    questionnaires::server::{catalogue::Questionnaire, channels},
    server::Context,
};
use axum::extract::{
    Form, Query,
    rejection::{FormRejection, QueryRejection},
};
use serde::Deserialize;

/// What was said, unread.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Via {
    via: String,
}

impl Via {
    /// As the query of an address.
    #[must_use]
    pub fn of_query(query: Result<Query<Self>, QueryRejection>) -> Self {
        query.map(|Query(via)| via).unwrap_or_default()
    }

    /// As a segment of a path.
    #[must_use]
    pub fn of_path(via: String) -> Self {
        Self { via }
    }

    /// As a field of a form.
    #[must_use]
    pub fn of_form(form: Result<Form<Self>, FormRejection>) -> Self {
        form.map(|Form(via)| via).unwrap_or_default()
    }

    /// The channel's code, if it is one of this questionnaire.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn channel(&self, ctx: &Context, questionnaire: &Questionnaire) -> Result<Option<String>, AppError> {
        channels::known(ctx, &questionnaire.id, &self.via).await
    }

    /// The same where only the slug is known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn channel_of_slug(&self, ctx: &Context, slug: &str) -> Result<Option<String>, AppError> {
        channels::known_by_slug(ctx, slug, &self.via).await
    }
}
