//! `/console/audit`: what organizers did, newest first. For coordinators.

use super::{Screen, Section, account::role_word, instant::instant, queries, screen};
use crate::{
    auth::{Organizer, Role, server::service},
    error::AppError,
    i18n::*,
    ids::OrganizerId,
    server::{Context, entities::audit_entry, query::in_query},
    ui::{Button, ChoiceRow, DataTable, Field, Pagination, Reader, Select, TextField, Weight},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

/// Rows on a page.
const ROWS: u32 = 50;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AuditQuery {
    /// The page, from 1. What is no number is the first one.
    page: String,
    /// Only what this organizer did.
    who: String,
    /// Only what concerned this: an event's or a questionnaire's address.
    subject: String,
}

/// The page.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, [`AppError::NotFound`] behind the last page.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Query(query): Query<AuditQuery>,
) -> Result<Response, AppError> {
    organizer.require_coordinator()?;
    let page = query.page.parse::<u32>().unwrap_or(1).max(1);
    let wanted = queries::Wanted { who: query.who.trim(), subject: query.subject.trim() };
    let entries = queries::count_audit_entries(ctx.read(), wanted).await?;
    let pages = u32::try_from(entries.div_ceil(u64::from(ROWS))).unwrap_or(u32::MAX).max(1);
    if page > pages {
        return Err(AppError::NotFound);
    }
    let skip = u64::from(page - 1) * u64::from(ROWS);
    let rows = queries::list_audit_entries(ctx.read(), wanted, skip, u64::from(ROWS)).await?;
    let people: Vec<(OrganizerId, String)> = service::list_organizers(&ctx, &organizer)
        .await?
        .into_iter()
        .map(|organizer| (organizer.id, organizer.name))
        .collect();
    let filter = filter(reader, &people, &query);
    let fields = [("who", &query.who), ("subject", &query.subject)].into_iter().filter(|(_, value)| !value.is_empty());
    let fields = fields.map(|(name, value)| [name, "=", &in_query(value), "&"].concat()).collect::<String>();
    let base = ["?", &fields, "page="].concat();
    let names: HashMap<OrganizerId, String> = people.into_iter().collect();

    let locale = reader.locale;
    let clock = ctx.clock().clone();
    let title = Screen::new(Section::Audit, td_string!(locale, console.audit_title));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, title, move || {
        if rows.is_empty() {
            let empty = reader.rich(td_string!(locale, console.audit_empty));
            return view! { {filter} <p inner_html=empty></p> }.into_any();
        }
        let columns = vec![
            td_string!(locale, console.audit_when).to_owned(),
            td_string!(locale, console.audit_who).to_owned(),
            td_string!(locale, console.audit_what).to_owned(),
            td_string!(locale, console.audit_subject).to_owned(),
            td_string!(locale, console.audit_detail).to_owned(),
        ];
        let rows = rows.into_iter().map(|row| entry(reader, row, &names, &clock)).collect_view();
        view! {
            {filter}
            <DataTable reader id="audit" caption=td_string!(locale, console.audit_caption) columns>
                {rows}
            </DataTable>
            <Pagination reader page pages base />
        }
        .into_any()
    }))
}

/// The form by which the rows become fewer.
fn filter(reader: Reader, people: &[(OrganizerId, String)], query: &AuditQuery) -> AnyView {
    let locale = reader.locale;
    let choices = people.iter().map(|(id, name)| ChoiceRow {
        value: id.as_str().to_owned(),
        label: name.clone(),
        checked: id.as_str() == query.who,
        ..ChoiceRow::default()
    });
    let choices = choices.collect();
    let who = Field::new("who", td_string!(locale, console.audit_who));
    let subject = Field::new("subject", td_string!(locale, console.audit_subject))
        .hint(td_string!(locale, console.audit_subject_hint));
    view! {
        <form class="answers-form answers-form--row" method="get">
            <Select reader field=who name="who" choices />
            <TextField reader field=subject name="subject" value=query.subject.clone() />
            <Button reader label=td_string!(locale, console.audit_show) weight=Weight::Quiet />
        </form>
    }
    .into_any()
}

fn entry(
    reader: Reader,
    row: audit_entry::Model,
    names: &HashMap<OrganizerId, String>,
    clock: &crate::server::clock::Clock,
) -> impl IntoView + use<> {
    let audit_entry::Model { at, organizer_id, action, subject, detail, .. } = row;
    let who = match organizer_id {
        Some(id) => {
            let name = names.get(&id).cloned().unwrap_or(id.0);
            view! { <td translate="no">{name}</td> }.into_any()
        }
        None => {
            let words = match action.as_str() {
                // The night does this one, not a person at a keyboard.
                "event.anonymised" => td_string!(reader.locale, console.audit_by_itself),
                _ => td_string!(reader.locale, console.audit_command_line),
            };
            let words = reader.rich(words);
            view! { <td inner_html=words></td> }.into_any()
        }
    };
    let what = match act_word(reader, &action) {
        Some(words) => view! { <td inner_html=reader.rich(words)></td> }.into_any(),
        // One that has no words yet, named as the code names it.
        None => view! { <td translate="no"><code>{action.clone()}</code></td> }.into_any(),
    };
    let subject_id = OrganizerId(subject);
    let subject = names.get(&subject_id).cloned().unwrap_or(subject_id.0);
    let detail = match detail_word(reader, &action, &detail, names) {
        Some(words) => view! { <td inner_html=reader.rich(&words)></td> }.into_any(),
        None => view! { <td translate="no">{detail}</td> }.into_any(),
    };
    view! {
        <tr>
            <td>{instant(clock, at)}</td>
            {who}
            {what}
            <td translate="no">{subject}</td>
            {detail}
        </tr>
    }
}

/// A detail that is a key, in words. Whatever else stands there (a stated reason) is drawn as it is.
fn detail_word(reader: Reader, action: &str, detail: &str, names: &HashMap<OrganizerId, String>) -> Option<String> {
    let locale = reader.locale;
    let word = match (action, detail) {
        ("session.ended", "everywhere") => Some(td_string!(locale, console.detail_everywhere)),
        ("passphrase.changed", "invitation") => Some(td_string!(locale, console.detail_invitation)),
        ("organizer.invited" | "organizer.joined", role) => Role::parse(role).map(|role| role_word(reader, role)),
        ("event.role_given" | "event.role_taken", told) => return role_told(reader, told, names),
        ("voices.order_asked" | "voices.order_approved" | "voices.order_refused", "court_order") => {
            Some(td_string!(locale, members.right_court))
        }
        ("voices.order_asked" | "voices.order_approved" | "voices.order_refused", "danger_to_life") => {
            Some(td_string!(locale, members.right_danger))
        }
        ("voices.passed_on", kind) => match kind {
            "labour_office" => Some(td_string!(locale, voices.kind_labour_office)),
            "union" => Some(td_string!(locale, voices.kind_union)),
            "lawyer" => Some(td_string!(locale, voices.kind_lawyer)),
            "embassy" => Some(td_string!(locale, voices.kind_embassy)),
            "ministry" => Some(td_string!(locale, voices.kind_ministry)),
            "employer" => Some(td_string!(locale, voices.kind_employer)),
            "supervisor" => Some(td_string!(locale, voices.kind_supervisor)),
            "public" => Some(td_string!(locale, voices.kind_public)),
            _ => None,
        },
        ("answers.taken_in", numbers) => return taken_in_words(reader, numbers),
        _ => None,
    };
    word.map(str::to_owned)
}

/// Who has or had which role for an event.
fn role_told(reader: Reader, told: &str, names: &HashMap<OrganizerId, String>) -> Option<String> {
    let locale = reader.locale;
    let (role, organizer) = told.split_once(' ')?;
    let role = match role {
        "owner" => td_string!(locale, planning.role_owner),
        "organizer" => td_string!(locale, planning.role_organizer),
        "desk" => td_string!(locale, planning.role_desk),
        "auditor" => td_string!(locale, planning.role_auditor),
        _ => return None,
    };
    let name = names.get(&OrganizerId(organizer.to_owned()))?;
    // A name is no markup.
    Some([role, ": ", &name.replace(['{', '|', '}'], " ")].concat())
}

/// Numbers behind their keys, in words.
fn taken_in_words(reader: Reader, numbers: &str) -> Option<String> {
    let number = |key: &str| {
        let (_, number) = numbers.split(' ').filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == key)?;
        number.parse::<u32>().ok()
    };
    let (stored, known, kept_aside) = (number("stored")?, number("known")?, number("kept_aside")?);
    let (conflict, unreadable, elsewhere) = (number("conflict")?, number("unreadable")?, number("elsewhere")?);
    let (aside, refused) = (kept_aside + conflict, unreadable + elsewhere);
    let words = td_string!(
        reader.locale,
        console.detail_taken_in,
        stored = stored,
        known = known,
        aside = aside,
        refused = refused
    );
    Some(words.to_string())
}

/// What was done, in words.
fn act_word(reader: Reader, action: &str) -> Option<&'static str> {
    let locale = reader.locale;
    Some(match action {
        "access.refused" => td_string!(locale, console.act_access_refused),
        "voices.enrolled" => td_string!(locale, console.act_voices_enrolled),
        "voices.installed" => td_string!(locale, console.act_voices_installed),
        "voices.given" => td_string!(locale, console.act_voices_given),
        "voices.restored" => td_string!(locale, console.act_voices_restored),
        "voices.activated" => td_string!(locale, console.act_voices_activated),
        "voices.opened" => td_string!(locale, console.act_voices_opened),
        "voices.closed" => td_string!(locale, console.act_voices_closed),
        "voices.removed" => td_string!(locale, console.act_voices_removed),
        "voices.passed_on" => td_string!(locale, console.act_voices_passed_on),
        "voices.published" => td_string!(locale, console.act_voices_published),
        "voices.outcome" => td_string!(locale, console.act_voices_outcome),
        "voices.taken_down" => td_string!(locale, console.act_voices_taken_down),
        "voices.order_asked" => td_string!(locale, console.act_voices_order_asked),
        "voices.order_approved" => td_string!(locale, console.act_voices_order_approved),
        "voices.order_refused" => td_string!(locale, console.act_voices_order_refused),
        "voices.let_in" => td_string!(locale, console.act_voices_let_in),
        "voices.discarded" => td_string!(locale, console.act_voices_discarded),
        "organizer.invited" => td_string!(locale, console.act_organizer_invited),
        "organizer.joined" => td_string!(locale, console.act_organizer_joined),
        "organizer.disabled" => td_string!(locale, console.act_organizer_disabled),
        "session.started" => td_string!(locale, console.act_session_started),
        "session.ended" => td_string!(locale, console.act_session_ended),
        "second_factor.added" => td_string!(locale, console.act_second_factor_added),
        "second_factor.removed" => td_string!(locale, console.act_second_factor_removed),
        "second_factor.taken" => td_string!(locale, console.act_second_factor_taken),
        "second_factor.codes_made" => td_string!(locale, console.act_second_factor_codes_made),
        "second_factor.code_used" => td_string!(locale, console.act_second_factor_code_used),
        "second_factor.refused" => td_string!(locale, console.act_second_factor_refused),
        "passphrase.changed" => td_string!(locale, console.act_passphrase_changed),
        "questionnaire.published" => td_string!(locale, console.act_questionnaire_published),
        "questionnaire.opened" => td_string!(locale, console.act_questionnaire_opened),
        "questionnaire.closed" => td_string!(locale, console.act_questionnaire_closed),
        "channel.added" => td_string!(locale, console.act_channel_added),
        "channel.retired" => td_string!(locale, console.act_channel_retired),
        "channel.restored" => td_string!(locale, console.act_channel_restored),
        "questionnaire.scheduled" => td_string!(locale, console.act_questionnaire_scheduled),
        "results.published" => td_string!(locale, console.act_results_published),
        "answers.read" => td_string!(locale, console.act_answers_read),
        "answers.exported" => td_string!(locale, console.act_answers_exported),
        "answers.taken_in" => td_string!(locale, console.act_answers_taken_in),
        "counts.read" => td_string!(locale, console.act_counts_read),
        "quarantine.read" => td_string!(locale, console.act_quarantine_read),
        "quarantine.accepted" => td_string!(locale, console.act_quarantine_accepted),
        "quarantine.discarded" => td_string!(locale, console.act_quarantine_discarded),
        "event.created" => td_string!(locale, console.act_event_created),
        "event.changed" => td_string!(locale, console.act_event_changed),
        "event.announced" => td_string!(locale, console.act_event_announced),
        "event.opened" => td_string!(locale, console.act_event_opened),
        "event.closed" => td_string!(locale, console.act_event_closed),
        "event.withdrawn" => td_string!(locale, console.act_event_withdrawn),
        "event.cancelled" => td_string!(locale, console.act_event_cancelled),
        "event.role_given" => td_string!(locale, console.act_event_role_given),
        "event.role_taken" => td_string!(locale, console.act_event_role_taken),
        "event.anonymised" => td_string!(locale, console.act_event_anonymised),
        "series.created" => td_string!(locale, console.act_series_created),
        "series.changed" => td_string!(locale, console.act_series_changed),
        "desk.opened" => td_string!(locale, console.act_desk_opened),
        "desk.revoked" => td_string!(locale, console.act_desk_revoked),
        "attendance.said" => td_string!(locale, console.act_attendance_said),
        "attendance.settled" => td_string!(locale, console.act_attendance_settled),
        "attendance.taken_in" => td_string!(locale, console.act_attendance_taken_in),
        "attendance.merged" => td_string!(locale, console.act_attendance_merged),
        "guest.cancelled" => td_string!(locale, console.act_guest_cancelled),
        "guest.deleted" => td_string!(locale, console.act_guest_deleted),
        "guest.changed" => td_string!(locale, console.act_guest_changed),
        "guest.moved" => td_string!(locale, console.act_guest_moved),
        "guest.merged" => td_string!(locale, console.act_guest_merged),
        "guest.told_apart" => td_string!(locale, console.act_guest_told_apart),
        "guest.registered" => td_string!(locale, console.act_guest_registered),
        "guests.exported" => td_string!(locale, console.act_guests_exported),
        "guests.imported" => td_string!(locale, console.act_guests_imported),
        "guests.import_undone" => td_string!(locale, console.act_guests_import_undone),
        "mailing.sent" => td_string!(locale, console.act_mailing_sent),
        "call.done" => td_string!(locale, console.act_call_done),
        "call.undone" => td_string!(locale, console.act_call_undone),
        _ => return None,
    })
}
