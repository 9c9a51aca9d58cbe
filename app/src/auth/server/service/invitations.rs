//! Inviting somebody, and what the link is good for: joining, or a new passphrase for who has joined before.

use super::sessions::{self, Entered, New, Started, account_key};
use crate::{
    auth::{
        Organizer, Role,
        server::{
            entities::{invitation, organizer},
            half_open::HalfOpen,
            passphrases, queries,
            token::{Purpose, Token},
        },
        types::{EmailAddress, Passphrase},
    },
    error::AppError,
    ids::OrganizerId,
    server::{Context, audit, db::Transaction, error::internal},
};
use form::{Problem, ProblemKey};

/// A link is good for so long, in milliseconds: 7 days.
const GOOD_FOR_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// Invites somebody and returns the path of the link (`/console/join/…`), which stands nowhere else. An older link
/// for the same address ends. `invited_by` is none for the command line only.
///
/// # Errors
/// [`AppError::Forbidden`] if an assistant invites, [`AppError::Invalid`] (field `email`) if that is no mail address.
pub async fn invite(
    ctx: &Context,
    email: &str,
    role: Role,
    invited_by: Option<&Organizer>,
) -> Result<String, AppError> {
    if let Some(organizer) = invited_by {
        organizer.require_coordinator()?;
    }
    let email = EmailAddress::parse(email).ok_or_else(|| {
        AppError::Invalid(vec![Problem { question: "email".to_owned(), key: ProblemKey::Constraint }])
    })?;
    let token = Token::random().ok_or_else(|| internal("invitation token"))?;
    let hash = token.hash(ctx, Purpose::Invitation);
    let (by, email, hash) = (invited_by.map(Organizer::id), email.as_str(), hash.as_str());
    ctx.write(|tx| async move {
        let now = tx.now_ms();
        let new = invitation::Model {
            token_hash: hash.to_owned(),
            email: email.to_owned(),
            role,
            invited_by: by.cloned(),
            created_at: now,
            expires_at: now + GOOD_FOR_MS,
            accepted_at: None,
        };
        queries::delete_open_invitations(&tx, email).await?;
        queries::insert_invitation(&tx, new).await?;
        audit::record(&tx, by, "organizer.invited", email, role.as_str()).await
    })
    .await?;
    Ok(format!("/console/join/{}", token.reveal()))
}

/// What a link that is still good says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Whose it is.
    pub email: String,
    /// Whether they have joined before, so that the link gives them a new passphrase.
    pub has_joined: bool,
}

/// Reads a link.
///
/// # Errors
/// [`AppError::Expired`] if it is forged, used, replaced or too old; which of these, is not told.
pub async fn find_invitation(ctx: &Context, token: &str) -> Result<Invited, AppError> {
    let token = Token::parse(token).ok_or(AppError::Expired)?;
    let hash = token.hash(ctx, Purpose::Invitation);
    let row = queries::find_open_invitation(ctx.read(), &hash, ctx.clock().now_ms()).await?.ok_or(AppError::Expired)?;
    let has_joined = queries::find_organizer_by_email(ctx.read(), &row.email).await?.is_some();
    Ok(Invited { email: row.email, has_joined })
}

/// What somebody with a good link typed; checked by the page ([`Passphrase::check_new`], `parse_name`).
#[derive(Debug)]
pub struct NewPassphrase<'a> {
    /// The link's secret.
    pub token: &'a str,
    /// The name. Without one only those who have joined before can use the link.
    pub name: Option<&'a str>,
    /// The passphrase.
    pub passphrase: &'a Passphrase,
    /// The session the browser carries already.
    pub replaces: Option<Token>,
}

/// Uses up the link: makes the organizer, or gives one who has joined before a new passphrase and ends all their
/// sessions; then signs in, who has a second factor not before its code: a link alone takes it from nobody.
///
/// # Errors
/// [`AppError::Expired`] as [`find_invitation`], also for the second of two who use the link at the same time.
pub async fn join(ctx: &Context, new: NewPassphrase<'_>) -> Result<Entered, AppError> {
    // Looked up first, so that a forged link costs no hashing.
    let invited = find_invitation(ctx, new.token).await?;
    let link = Token::parse(new.token).ok_or(AppError::Expired)?.hash(ctx, Purpose::Invitation);
    let stored = passphrases::hash(ctx, new.passphrase).await?;
    let token = Token::random().ok_or_else(|| internal("session token"))?;
    let hash = token.hash(ctx, Purpose::Session);
    let replaced = new.replaces.map(|old| old.hash(ctx, Purpose::Session));
    let id = OrganizerId(Token::random().ok_or_else(|| internal("organizer id"))?.reveal()[..22].to_owned());
    let (link, stored, name) = (link.as_str(), stored.as_str(), new.name);
    let (hash, replaced, id) = (hash.as_str(), replaced.as_deref(), &id);
    let half = ctx
        .write(|tx| async move {
            let row = queries::use_invitation(&tx, link, tx.now_ms()).await?.ok_or(AppError::Expired)?;
            let id = match queries::find_organizer_by_email(&tx, &row.email).await? {
                Some(organizer) => renew(&tx, organizer, row.role, stored).await?,
                None => {
                    let name = name.ok_or(AppError::Malformed)?;
                    let organizer = organizer::Model {
                        id: id.clone(),
                        email: row.email,
                        name: name.to_owned(),
                        role: row.role,
                        passphrase_hash: stored.to_owned(),
                        created_at: tx.now_ms(),
                        disabled_at: None,
                    };
                    queries::insert_organizer(&tx, organizer).await?;
                    audit::record(&tx, Some(id), "organizer.joined", id.as_str(), row.role.as_str()).await?;
                    id.clone()
                }
            };
            if queries::find_factor(&tx, &id).await?.is_some() {
                return Ok(Some(id));
            }
            sessions::start(&tx, &id, New { hash, replaces: replaced, is_proven: false }).await?;
            Ok(None)
        })
        .await?;
    let account = account_key(ctx, &invited.email);
    Ok(match half {
        None => Entered::Started(Started { token, account }),
        Some(id) => Entered::Half(HalfOpen::new(ctx, id, account, stored)),
    })
}

/// A new passphrase for somebody who has joined before. Who was disabled may come back, in the role of the
/// invitation; who was not keeps theirs.
async fn renew(
    tx: &Transaction,
    organizer: organizer::Model,
    role: Role,
    stored: &str,
) -> Result<OrganizerId, AppError> {
    let id = organizer.id;
    queries::delete_sessions_of(tx, &id, None).await?;
    queries::set_passphrase(tx, &id, stored).await?;
    if organizer.disabled_at.is_some() {
        queries::enable_organizer(tx, &id, role).await?;
        audit::record(tx, Some(&id), "organizer.joined", id.as_str(), role.as_str()).await?;
    }
    audit::record(tx, Some(&id), "passphrase.changed", id.as_str(), "invitation").await?;
    Ok(id)
}
