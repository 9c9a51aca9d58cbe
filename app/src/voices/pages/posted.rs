//! A form that somebody sent here, read once and wiped when it goes.
//!
//! What the connection and the allocator copied before is not wiped: a stated limit of door B.

use crate::{error::AppError, questionnaires::pages::post::switch, server::Context, ui::Reader};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroize as _;

/// Its fields, composed (NFC). It has no `Debug`.
pub struct Posted(Vec<(String, String)>);

impl FromRequest<Context> for Posted {
    type Rejection = AppError;

    async fn from_request(request: Request, ctx: &Context) -> Result<Self, AppError> {
        let body = Bytes::from_request(request, ctx).await.map_err(|_| AppError::Malformed)?;
        let mut fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
        for (_, value) in &mut fields {
            let composed = value.nfc().collect();
            std::mem::replace(value, composed).zeroize();
        }
        if let Ok(mut body) = body.try_into_mut() {
            body.as_mut().zeroize();
        }
        Ok(Self(fields))
    }
}

impl Drop for Posted {
    fn drop(&mut self) {
        for (_, value) in &mut self.0 {
            value.zeroize();
        }
    }
}

impl Posted {
    /// The first value of a field; nothing where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// Whether a button of the page's frame was pressed (language, furigana, Japanese beside), and how the person reads
    /// from now on.
    pub(super) fn switch(&self, reader: Reader) -> Option<Reader> {
        switch(reader, |name| self.find(name))
    }

    fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}
