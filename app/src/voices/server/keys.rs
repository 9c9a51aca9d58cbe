//! Whether the desk is open, and to which key voices are sealed. Whoever swaps a row swaps nothing: the root stands in the
//! installation's configuration, and what it did not sign is not used.

pub(super) use super::super::people::days;
use super::{demonstration, entities::voice_epoch, from_hex, queries, to_hex};
use crate::{
    error::AppError,
    server::{Context, error::internal},
    voices::api::DeskKey,
};
use ::seal::{
    PublicKey,
    voice::{receipt::SALT_BYTES, root::fingerprint},
};
use ed25519_dalek::VerifyingKey;

/// The setting that holds the installation's own id among voices: random, public, for ever.
pub const SITE: &str = "voices.site";
/// The setting that says since when the desk is open, and as what; without it, it is closed.
pub const OPENED: &str = "voices.opened";
/// What [`OPENED`] says of a desk whose keys are thrown away: nobody must write real things to it.
pub const DEMONSTRATION: &str = "demonstration";

/// A desk that is open. Only [`open_desk`] makes one, so nothing is sealed to a key that nobody vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    site: String,
    salt: [u8; SALT_BYTES],
    root: VerifyingKey,
    key: PublicKey,
    public: DeskKey,
    is_demonstration: bool,
}

impl Desk {
    /// The key with what vouches for it, as phones look at it themselves.
    #[must_use]
    pub fn public(&self) -> DeskKey {
        self.public.clone()
    }

    /// The installation, as everything sealed for it says.
    #[must_use]
    pub fn site(&self) -> &str {
        &self.site
    }

    /// What receipts are stretched with here.
    #[must_use]
    pub fn salt(&self) -> &[u8; SALT_BYTES] {
        &self.salt
    }

    /// Who vouches for the keys.
    #[must_use]
    pub fn root(&self) -> &VerifyingKey {
        &self.root
    }

    /// What posters say of the root.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.root)
    }

    /// Which key.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.public.number
    }

    /// The key itself.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Whether its keys are thrown away.
    #[must_use]
    pub fn is_demonstration(&self) -> bool {
        self.is_demonstration
    }
}

/// The desk, if voices are taken today.
///
/// # Errors
/// When the database fails.
pub async fn open_desk(ctx: &Context) -> Result<Option<Desk>, AppError> {
    let Some(root) = root(ctx).await? else { return Ok(None) };
    let Some(opened) = queries::setting(ctx.read(), OPENED).await? else { return Ok(None) };
    let Some(site) = queries::setting(ctx.read(), SITE).await? else { return Ok(None) };
    let salt = from_hex(&site).ok_or_else(|| internal("the site's id among voices is broken"))?;
    let today = ctx.clock().today();
    let Some(row) = queries::epoch_of_day(ctx.read(), today.into()).await? else { return Ok(None) };
    let public = public_key(&row);
    let Some(key) = public.vouched(&site, &root, today) else {
        tracing::error!(epoch = row.number, "the root does not vouch for the desk's key: the voice desk is closed");
        return Ok(None);
    };
    let is_demonstration = opened == DEMONSTRATION;
    Ok(Some(Desk { site, salt, root, key, public, is_demonstration }))
}

/// Who vouches for the desk's keys: what the configuration says, or the root of a demonstration.
///
/// # Errors
/// When the database fails.
pub async fn root(ctx: &Context) -> Result<Option<VerifyingKey>, AppError> {
    if let Some(root) = ctx.site().voices_root {
        return Ok(VerifyingKey::from_bytes(&root).ok());
    }
    Ok(is_demonstration(ctx).await?.then(|| demonstration::root(ctx).verifying_key()))
}

/// Whether this is a desk to try out, open today or not: on loopback alone, and never where a root stands in the
/// configuration.
///
/// # Errors
/// When the database fails.
pub async fn is_demonstration(ctx: &Context) -> Result<bool, AppError> {
    if ctx.site().voices_root.is_some() || !ctx.site().is_loopback() {
        return Ok(false);
    }
    Ok(queries::setting(ctx.read(), OPENED).await?.as_deref() == Some(DEMONSTRATION))
}

/// The installation's id among voices; made when it is asked for the first time.
///
/// # Errors
/// When the database fails.
pub async fn site(ctx: &Context) -> Result<String, AppError> {
    let new = to_hex(&super::random::<SALT_BYTES>()?);
    let new = new.as_str();
    ctx.write(|tx| async move {
        if let Some(site) = queries::setting(&tx, SITE).await? {
            return Ok(site);
        }
        queries::set_setting(&tx, SITE, new).await?;
        Ok(new.to_owned())
    })
    .await
}

/// The public half of a key, as all may know it.
pub(super) fn public_key(row: &voice_epoch::Model) -> DeskKey {
    DeskKey {
        number: u32::try_from(row.number).unwrap_or(0),
        public_key: row.public_key.clone(),
        certificate: row.certificate.clone(),
        from_day: String::from(row.from_day.0),
        until_day: String::from(row.until_day.0),
        readers: Vec::new(),
    }
}
