//! A row of each table of voices.

use super::sample::{day, hash, id, store};
use app::{
    ids::{OrganizerId, VoiceId},
    server::db::Db,
    voices::server::entities::{
        approval, deleted_voice, disclosure, disclosure_order, published_voice, share_grant, share_revocation,
        share_text, voice, voice_epoch, voice_epoch_wrap, voice_member, voice_message, voice_recovery, voice_trustee,
        voice_wrap,
    },
};

pub fn voice_epoch() -> voice_epoch::Model {
    voice_epoch::Model {
        number: 1,
        public_key: hash(1),
        certificate: "ab".repeat(64),
        from_day: day(),
        until_day: day(),
        activated_on: Some(day()),
    }
}

pub fn voice_member() -> voice_member::Model {
    voice_member::Model {
        id: id(2),
        organizer_id: OrganizerId("o-1".to_owned()),
        called: "Blue".to_owned(),
        sign_key: hash(2),
        sign_certificate: "cd".repeat(64),
        seal_key: hash(3),
        seal_certificate: "ef".repeat(64),
        salt: id(3),
        locked: "AAAA".to_owned(),
        joined_on: day(),
        until_day: day(),
        left_on: None,
    }
}

pub fn voice_trustee() -> voice_trustee::Model {
    trustee(10)
}

fn trustee(number: u64) -> voice_trustee::Model {
    voice_trustee::Model {
        id: id(number),
        called: "Yellow".to_owned(),
        seal_key: hash(number),
        certificate: "01".repeat(64),
        from_day: day(),
        until_day: day(),
    }
}

pub fn voice_epoch_wrap() -> voice_epoch_wrap::Model {
    voice_epoch_wrap::Model { epoch: 1, member_id: id(2), wrapped: "HHHH".to_owned(), opened_on: Some(day()) }
}

pub fn voice_recovery() -> voice_recovery::Model {
    voice_recovery::Model { epoch: 1, first_id: id(10), second_id: id(11), nested: "IIII".to_owned(), opened_on: None }
}

pub fn voice() -> voice::Model {
    voice::Model {
        id: VoiceId(id(4)),
        receipt_tag: hash(4),
        worker: "BBBB".to_owned(),
        epoch: 1,
        language: "ja-easy".to_owned(),
        state: voice::State::Addressed,
        due_on: day(),
        member_id: Some(id(2)),
        labels: Some("GGGG".to_owned()),
        opens: 3,
        messages: 1,
        kept_days: 90,
        opened_on: day(),
        changed_on: day(),
        concluded_on: Some(day()),
        late_on: Some(day()),
        late_told_on: Some(day()),
        aside_on: Some(day()),
    }
}

pub fn voice_message() -> voice_message::Model {
    voice_message::Model { voice_id: VoiceId(id(4)), number: 1, envelope: "CCCC".to_owned(), sent_on: day() }
}

pub fn voice_wrap() -> voice_wrap::Model {
    voice_wrap::Model {
        voice_id: VoiceId(id(4)),
        holder: voice_wrap::Holder::Worker,
        wrapped: "a wrap that is in no backup".to_owned(),
    }
}

pub fn deleted_voice() -> deleted_voice::Model {
    deleted_voice::Model { mark: hash(12), deleted_on: day() }
}

pub fn share_text() -> share_text::Model {
    share_text::Model {
        id: id(5),
        voice_id: VoiceId(id(4)),
        words_hash: hash(5),
        words_number: 2,
        shown_number: 3,
        language: "ja".to_owned(),
        drafted_on: day(),
        shown_hash: Some(hash(8)),
        drafted_by: Some(id(2)),
    }
}

pub fn share_grant() -> share_grant::Model {
    share_grant::Model {
        id: id(6),
        voice_id: VoiceId(id(4)),
        share_text_id: id(5),
        words_hash: hash(5),
        recipient_kind: share_grant::RecipientKind::LabourOffice,
        recipient_hash: hash(6),
        recipient_salt: "JJJJ".to_owned(),
        scope: share_grant::Scope::Repeatedly,
        from_day: day(),
        until_day: day(),
        language: "vi".to_owned(),
        path: share_grant::Path::Server,
        worker: "DDDD".to_owned(),
        signature: "EEEE".to_owned(),
        granted_on: day(),
    }
}

/// To everybody, beside the other one.
fn public_grant() -> share_grant::Model {
    let before = day().0.plus_days(-10).unwrap().into();
    share_grant::Model {
        id: id(13),
        recipient_kind: share_grant::RecipientKind::Public,
        granted_on: before,
        ..share_grant()
    }
}

pub fn disclosure_order() -> disclosure_order::Model {
    disclosure_order::Model {
        id: id(7),
        voice_id: VoiceId(id(4)),
        share_text_id: id(5),
        words_hash: hash(5),
        basis: disclosure_order::Basis::DangerToLife,
        recipient_hash: hash(6),
        recipient_salt: "KKKK".to_owned(),
        reason_number: 4,
        first_signer: id(2),
        first_signature: "ab".repeat(64),
        ordered_on: day(),
        refused_by: Some(id(8)),
        refused_on: Some(day()),
    }
}

pub fn published_voice() -> published_voice::Model {
    published_voice::Model {
        id: id(14),
        words_hash: hash(5),
        language: "ja".to_owned(),
        words: "what everybody may read".to_owned(),
        shown_language: Some("vi".to_owned()),
        shown: Some("the same".to_owned()),
        quarter: "2026-Q4".to_owned(),
        outcome: Some("{}".to_owned()),
    }
}

pub fn approval() -> approval::Model {
    approval::Model {
        id: id(7),
        voice_id: VoiceId(id(4)),
        basis: approval::Basis::DangerToLife,
        reason_number: 4,
        first_signer: id(2),
        first_signature: "ab".repeat(64),
        second_signer: id(8),
        second_signature: "cd".repeat(64),
        approved_on: day(),
    }
}

pub fn disclosure() -> disclosure::Model {
    disclosure::Model {
        id: id(9),
        voice_id: VoiceId(id(4)),
        share_text_id: id(5),
        words_hash: hash(5),
        basis: disclosure::Basis::Grant,
        grant_id: Some(id(6)),
        approval_id: None,
        recipient_hash: hash(6),
        disclosed_on: day(),
    }
}

pub fn share_revocation() -> share_revocation::Model {
    share_revocation::Model {
        grant_id: id(6),
        voice_id: VoiceId(id(4)),
        signature: "FFFF".to_owned(),
        revoked_on: day(),
    }
}

/// One row of every table of voices, in the order in which it can have happened.
pub async fn fill(db: &Db) {
    store(db, voice_epoch()).await;
    store(db, voice_member()).await;
    store(db, voice_trustee()).await;
    store(db, trustee(11)).await;
    store(db, voice_epoch_wrap()).await;
    store(db, voice_recovery()).await;
    store(db, voice()).await;
    store(db, voice_message()).await;
    store(db, voice_wrap()).await;
    store(db, deleted_voice()).await;
    store(db, share_text()).await;
    store(db, share_grant()).await;
    store(db, public_grant()).await;
    store(db, disclosure_order()).await;
    store(db, approval()).await;
    store(db, disclosure()).await;
    let public = disclosure::Model { id: id(14), grant_id: Some(id(13)), ..disclosure() };
    store(db, public).await;
    store(db, published_voice()).await;
    store(db, share_revocation()).await;
}
