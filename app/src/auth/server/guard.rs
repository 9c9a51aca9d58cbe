//! From a cookie to a value that proves who asks. Nothing else makes an [`Organizer`].

use super::{cookies, entities::organizer, queries, service::sessions, token::Purpose};
use crate::{auth::types::Role, error::AppError, ids::OrganizerId, server::Context};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

/// A signed-in organizer. Handlers take it as an extractor, server functions ask [`organizer_of_call`], services
/// take it as a parameter.
#[derive(Clone, PartialEq, Eq)]
pub struct Organizer {
    id: OrganizerId,
    name: String,
    email: String,
    role: Role,
    /// The hash of the session it came by.
    session: String,
    /// Whether that was opened with a second factor.
    is_proven: bool,
}

/// Who it is and what they may do; neither name nor address nor session.
impl std::fmt::Debug for Organizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Organizer").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

impl Organizer {
    /// The organizer whose session the headers carry.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] without a session, or with one that has ended.
    pub async fn of_headers(ctx: &Context, headers: &HeaderMap) -> Result<Self, AppError> {
        let token = cookies::session(ctx, headers).ok_or(AppError::SignInRequired)?;
        let hash = token.hash(ctx, Purpose::Session);
        let (session, organizer) = queries::find_session(ctx.read(), &hash).await?.ok_or(AppError::SignInRequired)?;
        let now = ctx.clock().now_ms();
        if !sessions::is_alive(&session, now) || organizer.disabled_at.is_some() {
            return Err(AppError::SignInRequired);
        }
        sessions::touch(ctx, &session, now).await?;
        let organizer::Model { id, name, email, role, .. } = organizer;
        Ok(Self { id, name, email, role, session: hash, is_proven: session.proven_at.is_some() })
    }

    /// Their id.
    #[must_use]
    pub fn id(&self) -> &OrganizerId {
        &self.id
    }

    /// Their name as colleagues read it: typed text, to be drawn escaped.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Their mail address.
    #[must_use]
    pub fn email(&self) -> &str {
        &self.email
    }

    /// What they may do.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether they may manage organizers and read the audit log.
    #[must_use]
    pub fn is_coordinator(&self) -> bool {
        self.role == Role::Coordinator
    }

    /// Lets coordinators pass.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for everybody else.
    pub fn require_coordinator(&self) -> Result<(), AppError> {
        if self.is_coordinator() { Ok(()) } else { Err(AppError::Forbidden) }
    }

    /// Whether they showed a second factor in this session.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.is_proven
    }

    /// The right to read free text and the most sensitive answers, for coordinators.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for assistants.
    pub fn sensitive_reader(&self) -> Result<SensitiveReader, AppError> {
        self.require_coordinator()?;
        Ok(SensitiveReader { actor: self.id.clone() })
    }

    /// The hash of the session it came by.
    pub(in crate::auth) fn session(&self) -> &str {
        &self.session
    }
}

/// The right to read free text and the most sensitive answers. Whoever uses it states a reason, which is audited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SensitiveReader {
    actor: OrganizerId,
}

impl SensitiveReader {
    /// Who reads, for the audit row.
    #[must_use]
    pub fn actor(&self) -> &OrganizerId {
        &self.actor
    }
}

impl FromRequestParts<Context> for Organizer {
    type Rejection = SignInFirst;

    async fn from_request_parts(parts: &mut Parts, ctx: &Context) -> Result<Self, SignInFirst> {
        Self::of_headers(ctx, &parts.headers).await.map_err(|error| SignInFirst::new(error, parts))
    }
}

/// The organizer behind a server function's call.
///
/// # Errors
/// [`AppError::SignInRequired`] without a session.
pub async fn organizer_of_call() -> Result<Organizer, AppError> {
    use leptos::prelude::use_context;
    let ctx = use_context::<Context>().ok_or(AppError::SignInRequired)?;
    let parts = use_context::<Parts>().ok_or(AppError::SignInRequired)?;
    Organizer::of_headers(&ctx, &parts.headers).await
}

/// What somebody without a session is answered: a page leads to the sign-in and back; everything else is told 401.
#[derive(Debug)]
pub struct SignInFirst {
    error: AppError,
    page: Option<String>,
}

impl SignInFirst {
    fn new(error: AppError, parts: &Parts) -> Self {
        let accepts = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_page = parts.method == Method::GET && !accepts.starts_with("text/event-stream");
        let page = parts.uri.path_and_query().map(|path| path.as_str().to_owned());
        Self { error, page: page.filter(|page| is_page && same_site(page).is_some()) }
    }
}

impl IntoResponse for SignInFirst {
    fn into_response(self) -> Response {
        match (self.error, self.page) {
            (AppError::SignInRequired, Some(page)) => Redirect::to(&sign_in_path(&page)).into_response(),
            (error, _) => error.into_response(),
        }
    }
}

/// The sign-in page that leads back to `page`.
#[must_use]
pub fn sign_in_path(page: &str) -> String {
    ["/console/sign-in?to=", &in_address(page)].concat()
}

/// A page as the value of a field of an address; its slashes stay to be read.
pub(in crate::auth) fn in_address(page: &str) -> String {
    let mut written = String::new();
    for byte in page.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push('%');
            written.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
        }
    }
    written
}

/// The page to go to afterwards: a console page of this site, or none. What came with a link is never an address
/// of somebody else's.
#[must_use]
pub fn same_site(to: &str) -> Option<&str> {
    let rest = to.strip_prefix("/console")?;
    let begins = rest.is_empty() || rest.starts_with('/') || rest.starts_with('?');
    let plain = to.len() <= 512 && to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (begins && plain).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_console_pages_are_returned_to() {
        for page in ["/console", "/console/audit?before=3", "/console?x=1", "/console/questionnaires/a-b"] {
            assert_eq!(same_site(page), Some(page));
        }
        for evil in [
            "",
            "/",
            "//evil.example",
            "https://evil.example",
            "/consoles",
            "/console.evil.example",
            "/\\evil.example",
            "/console\\@evil",
            "/console\r\nSet-Cookie: a=b",
            "/vi/",
            "console",
            "/console/\u{e9}",
            "javascript:alert(1)",
        ] {
            assert_eq!(same_site(evil), None, "{evil:?}");
        }
    }

    #[test]
    fn the_way_back_is_one_parameter() {
        assert_eq!(sign_in_path("/console/a?b=1&c=%2F"), "/console/sign-in?to=/console/a%3Fb%3D1%26c%3D%252F");
    }
}
