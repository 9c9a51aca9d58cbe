//! A row of each table of events.

use super::sample::{HARD_TEXT, day, id, store};
use app::{
    events::server::entities::{
        call, desk, event, event_role, follower, guest, import, mail, mailing, merged_guest, operation, operation_name,
        place, refused_operation, registration, series,
    },
    ids::{EventId, OrganizerId, PlaceId, RegistrationId, SeriesId},
    server::db::Db,
};

pub fn series() -> series::Model {
    series::Model {
        id: SeriesId(id(1)),
        slug: "round-table".to_owned(),
        title: HARD_TEXT.to_owned(),
        about: "{}".to_owned(),
        changed_at: 1,
    }
}

pub fn event() -> event::Model {
    event::Model {
        id: EventId(id(2)),
        slug: "round-table-3".to_owned(),
        series_id: Some(SeriesId(id(1))),
        number: Some(3),
        title: "{\"en\":\"Red\"}".to_owned(),
        details: "{}".to_owned(),
        held_on: day(),
        begins: Some("10:30".to_owned()),
        ends: None,
        utc_offset_minutes: -540,
        register_until: Some(day()),
        state: event::State::Cancelled,
        report: None,
        questions: Some(HARD_TEXT.to_owned()),
        promotion: event::Promotion::AtOnce,
        offer_hours: 24,
        keep_days: 90,
        anonymised_on: None,
        sequence: 7,
        last_turn: i64::MAX,
        created_at: 1,
        changed_at: 2,
    }
}

pub fn place() -> place::Model {
    place::Model {
        id: PlaceId(id(3)),
        event_id: EventId(id(2)),
        position: 0,
        kind: place::Kind::Online,
        name: "{}".to_owned(),
        address: None,
        access: "{}".to_owned(),
        link: Some("https://example.org/".to_owned()),
        capacity: Some(0),
    }
}

pub fn event_role() -> event_role::Model {
    event_role::Model {
        id: id(4),
        event_id: EventId(id(2)),
        organizer_id: OrganizerId("o-1".to_owned()),
        place_id: Some(PlaceId(id(3))),
        role: event_role::Role::Desk,
    }
}

pub fn import() -> import::Model {
    import::Model {
        id: id(5),
        event_id: EventId(id(2)),
        organizer_id: Some(OrganizerId("o-1".to_owned())),
        at: 3,
        guests: 2,
        undone_at: Some(4),
    }
}

pub fn registration() -> registration::Model {
    registration::Model {
        id: RegistrationId(id(6)),
        event_id: EventId(id(2)),
        place_id: Some(PlaceId(id(3))),
        state: registration::State::Offered,
        ended_by: None,
        turn: 1,
        code: "BCDFGH".to_owned(),
        link_key: id(7),
        attempt: id(8),
        language: "ja-easy".to_owned(),
        kind: Some("union".to_owned()),
        offered_until: Some(-1),
        repeat_of: Some(RegistrationId(id(9))),
        source: registration::Source::Import,
        import_id: Some(id(5)),
        changes: 2,
        created_at: 5,
        changed_at: 6,
    }
}

pub fn guest() -> guest::Model {
    guest::Model {
        registration_id: RegistrationId(id(6)),
        event_id: EventId(id(2)),
        name: HARD_TEXT.to_owned(),
        reading: None,
        organisation: "=HYPERLINK(\"x\")".to_owned(),
        phone: String::new(),
        email: Some("red@example.org".to_owned()),
        needs: Some(HARD_TEXT.to_owned()),
        answers: Some("{}".to_owned()),
        name_key: "red".to_owned(),
        phone_key: String::new(),
        email_key: Some("red@example.org".to_owned()),
        note: None,
    }
}

pub fn follower() -> follower::Model {
    follower::Model {
        id: id(10),
        series_id: SeriesId(id(1)),
        email: "red@example.org".to_owned(),
        email_key: "red@example.org".to_owned(),
        language: "vi".to_owned(),
        link_key: id(11),
        created_at: 7,
    }
}

pub fn mailing() -> mailing::Model {
    mailing::Model {
        id: id(12),
        event_id: EventId(id(2)),
        kind: mailing::MailKind::PlaceFixed,
        organizer_id: None,
        words: Some("{}".to_owned()),
        created_at: 8,
    }
}

pub fn mail() -> mail::Model {
    mail::Model {
        id: id(13),
        event_id: Some(EventId(id(2))),
        mailing_id: Some(id(12)),
        registration_id: Some(RegistrationId(id(6))),
        kind: mailing::MailKind::NextDate,
        recipient: None,
        message: Some(HARD_TEXT.to_owned()),
        state: mail::State::Failed,
        tries: 9,
        due_at: 10,
        claimed_until: Some(11),
        fault: Some("refused".to_owned()),
        created_at: 12,
        sent_at: None,
    }
}

pub fn call() -> call::Model {
    call::Model {
        id: id(14),
        mailing_id: id(12),
        registration_id: RegistrationId(id(6)),
        done_at: Some(13),
        done_by: Some(OrganizerId("o-1".to_owned())),
    }
}

pub fn desk() -> desk::Model {
    desk::Model {
        id: id(15),
        event_id: EventId(id(2)),
        place_id: PlaceId(id(3)),
        name: "Desk".to_owned(),
        token_hash: id(16),
        invitation_hash: Some(id(33)),
        entered_at: Some(34),
        opened_by: Some(OrganizerId("o-1".to_owned())),
        opened_at: 17,
        expires_at: 18,
        revoked_at: Some(19),
        made: 20,
        seen_at: Some(21),
    }
}

pub fn operation() -> operation::Model {
    operation::Model {
        id: id(22),
        event_id: EventId(id(2)),
        number: 1,
        desk_id: id(15),
        sequence: 2,
        at: 23,
        noted_at: 24,
        received_at: 25,
        doubtful: 1,
        known: 26,
        act: operation::Kind::WalkIn,
        guest: Some(id(27)),
        place: Some(id(3)),
        target: Some(id(28)),
    }
}

pub fn merged_guest() -> merged_guest::Model {
    merged_guest::Model { guest: id(35), event_id: EventId(id(2)), into_guest: id(6) }
}

pub fn operation_name() -> operation_name::Model {
    operation_name::Model { operation_id: id(22), event_id: EventId(id(2)), guest: id(27), name: "Yellow 9".to_owned() }
}

pub fn refused_operation() -> refused_operation::Model {
    refused_operation::Model {
        id: id(29),
        event_id: EventId(id(2)),
        desk_id: id(15),
        operation_id: id(30),
        why: "unknown_guest".to_owned(),
        operation: "{}".to_owned(),
        happened_at: Some(36),
        name: Some("Yellow 9".to_owned()),
        received_at: 31,
        settled_at: Some(32),
        settled_by: Some(OrganizerId("o-1".to_owned())),
    }
}

/// One row of every table of events; the organizer must be there.
pub async fn fill(db: &Db) {
    store(db, series()).await;
    store(db, event()).await;
    store(db, place()).await;
    store(db, event_role()).await;
    store(db, import()).await;
    store(db, registration()).await;
    store(db, guest()).await;
    store(db, follower()).await;
    store(db, mailing()).await;
    store(db, mail()).await;
    store(db, call()).await;
    store(db, desk()).await;
    store(db, merged_guest()).await;
    store(db, operation()).await;
    store(db, operation_name()).await;
    store(db, refused_operation()).await;
}
