//! What a member's browser must know before anything is unlocked. All of it is public among organizers but the member's own
//! keys, which only their passphrase opens.

use super::own;
use crate::{
    auth::Organizer,
    error::AppError,
    server::Context,
    voices::{
        api::{DeskKey, Facts, Me, OwnWrap},
        server::{
            ceremony::{self, Holder},
            keys::{open_desk, public_key, root, site},
            letters, queries, to_hex,
        },
    },
};

/// How the desk stands, and where this organizer stands with it.
///
/// # Errors
/// When the database fails.
pub async fn facts(ctx: &Context, organizer: &Organizer) -> Result<Facts, AppError> {
    let root = root(ctx).await?;
    let desk = open_desk(ctx).await?;
    let own = own(ctx, organizer).await?;
    let mut keys = Vec::new();
    let mut wraps = Vec::new();
    for epoch in queries::list_epochs(ctx.read()).await? {
        let Ok(number) = u32::try_from(epoch.number) else { continue };
        let mut readers = Vec::new();
        for wrap in queries::list_epoch_wraps(ctx.read(), epoch.number).await? {
            let is_own = own.as_ref().is_some_and(|own| own.id == wrap.member_id);
            if is_own {
                let challenge = match wrap.opened_on {
                    Some(_) => None,
                    None => Some(ceremony::challenge(ctx, number, &Holder::Member(&wrap.member_id)).await?),
                };
                wraps.push(OwnWrap { number, wrapped: wrap.wrapped, challenge });
            }
            readers.push(wrap.member_id);
        }
        keys.push(DeskKey { readers, ..public_key(&epoch) });
    }
    let people = letters::people(ctx).await?.into_iter().filter(|person| !person.sign_certificate.is_empty());
    let aside = if own.is_some() { queries::count_aside(ctx.read()).await? } else { 0 };
    Ok(Facts {
        aside,
        site: site(ctx).await?,
        root: root.map(|root| to_hex(root.as_bytes())).unwrap_or_default(),
        is_open: desk.is_some(),
        is_demonstration: desk.is_some_and(|desk| desk.is_demonstration()),
        today: String::from(ctx.clock().today()),
        people: people.collect(),
        me: own.map(|own| Me {
            salt: own.salt.clone(),
            locked: own.locked.clone(),
            wraps,
            person: letters::person(own),
        }),
        keys,
    })
}
