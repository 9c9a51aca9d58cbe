//! `/console/events/{slug}/roles`: who may do what.

use super::parts::{home, said};
use crate::{
    auth::{Organizer, pages::problems::Problems, server::service},
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        paths,
        server::{
            access::{self, Role},
            catalogue::{self, Event},
            planning::{self, GivenRole},
        },
    },
    i18n::*,
    ids::{OrganizerId, PlaceId},
    server::Context,
    ui::{Button, DataTable, Field, Radios, Reader, Select, Tone, Weight, choices::ChoiceRow},
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RolesQuery {
    /// What has just been done: `given`, `taken`.
    done: String,
}

/// What is sent: a role to take back, or who is given which.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RoleForm {
    take: String,
    organizer: String,
    role: String,
    place: String,
}

const ROLES: [Role; 4] = [Role::Owner, Role::Organizer, Role::Desk, Role::Auditor];

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] if it is others' alone.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(query): Query<RolesQuery>,
) -> Result<Response, AppError> {
    let event = catalogue::find_any(&ctx, &slug).await?;
    let locale = reader.locale;
    let notice = match query.done.as_str() {
        "given" => Some((Tone::Done, td_string!(locale, planning.role_given).to_owned())),
        "taken" => Some((Tone::Done, td_string!(locale, planning.role_taken).to_owned())),
        _ => None,
    };
    draw(&ctx, &organizer, reader, StatusCode::OK, event, RoleForm::default(), Problems::default(), notice).await
}

/// Gives a role or takes one back, and leads back; 422 with what was chosen where it cannot be.
///
/// # Errors
/// [`AppError::Forbidden`] for whoever is no owner, [`AppError::Malformed`] for what is no form.
pub async fn save(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Result<Form<RoleForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(typed) = form.map_err(|_| AppError::Malformed)?;
    let event = catalogue::find_any(&ctx, &slug).await?;
    let access = access::of(&ctx, &organizer, &event).await?;
    access.require_owner()?;
    if !typed.take.is_empty() {
        planning::take_role(&ctx, &access, &event.slug, &typed.take).await?;
        return Ok(Redirect::to(&paths::console(&slug, "/roles?done=taken")).into_response());
    }
    let mut problems = Problems::default();
    let assistants = service::list_assistants(&ctx, &organizer).await?;
    let who = assistants.into_iter().map(|(id, _)| id).find(|id| id.as_str() == typed.organizer);
    let role = ROLES.into_iter().find(|role| role.as_str() == typed.role);
    let place = PlaceId(typed.place.clone());
    let is_place_right = typed.place.is_empty() || event.place(&place).is_some();
    if who.is_none() {
        problems.add("organizer", td_string!(reader.locale, planning.role_who_missing));
    }
    if role.is_none() {
        problems.add("role", td_string!(reader.locale, planning.role_missing));
    }
    if !is_place_right {
        problems.add("place", td_string!(reader.locale, planning.role_place_wrong));
    }
    match (who, role) {
        (Some(who), Some(role)) if is_place_right => {
            let place = Some(&place).filter(|_| !typed.place.is_empty());
            planning::give_role(&ctx, &access, &event.slug, &who, place, role).await?;
            Ok(Redirect::to(&paths::console(&slug, "/roles?done=given")).into_response())
        }
        _ => draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, event, typed, problems, None).await,
    }
}

#[allow(clippy::too_many_arguments, reason = "what a form's page is made of")]
async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    event: Event,
    typed: RoleForm,
    problems: Problems,
    notice: Option<(Tone, String)>,
) -> Result<Response, AppError> {
    let access = access::of(ctx, organizer, &event).await?;
    let is_owner = access.require_owner().is_ok();
    let given = planning::list_roles(ctx, &event).await?;
    let names = service::list_names(ctx, organizer).await?;
    let assistants = service::list_assistants(ctx, organizer).await?;
    let locale = reader.locale;
    let about = Screen::new(Section::Events, td_string!(locale, planning.roles_title))
        .problems(problems.clone())
        .notice(notice);
    Ok(screen(ctx, organizer, reader, status, about, move || {
        let rule = match given.is_empty() {
            true => td_string!(locale, planning.roles_everybody),
            false => td_string!(locale, planning.roles_only_these),
        };
        view! {
            {home(reader, &event)}
            <p inner_html=reader.rich(rule)></p>
            <dl class="planning-roles">
                {ROLES
                    .map(|role| {
                        view! {
                            <dt inner_html=reader.rich(role_word(reader, role))></dt>
                            <dd inner_html=reader.rich(role_hint(reader, role))></dd>
                        }
                    })
                    .collect_view()}
            </dl>
            <p inner_html=reader.rich(td_string!(locale, planning.roles_coordinators))></p>
            {table(reader, &event, given, &names, is_owner)}
            {(is_owner && assistants.is_empty())
                .then(|| view! { <p inner_html=reader.rich(td_string!(locale, planning.roles_nobody))></p> })}
            {(is_owner && !assistants.is_empty()).then(|| form(reader, &event, &assistants, &typed, &problems))}
        }
        .into_any()
    }))
}

fn table(
    reader: Reader,
    event: &Event,
    given: Vec<GivenRole>,
    names: &[(OrganizerId, String)],
    is_owner: bool,
) -> Option<impl IntoView + use<>> {
    if given.is_empty() {
        return None;
    }
    let locale = reader.locale;
    let names: HashMap<&OrganizerId, &String> = names.iter().map(|(id, name)| (id, name)).collect();
    let mut columns = vec![
        td_string!(locale, planning.role_who).to_owned(),
        td_string!(locale, planning.role_what).to_owned(),
        td_string!(locale, planning.role_where).to_owned(),
    ];
    if is_owner {
        columns.push(td_string!(locale, planning.role_act).to_owned());
    }
    let action = paths::console(&event.slug, "/roles");
    let rows = given.into_iter().map(|row| {
        let place = match row.place.as_ref() {
            None => {
                let words = reader.rich(td_string!(locale, planning.everywhere));
                view! { <span inner_html=words></span> }.into_any()
            }
            Some(place) => event.place(place).map(|place| said(reader, &place.name)).into_any(),
        };
        // Somebody who may not sign in any more is in no list of names.
        let name = names.get(&row.organizer).map_or_else(|| row.organizer.0.clone(), |name| (*name).clone());
        let act = is_owner.then(|| {
            view! {
                <td>
                    <form method="post" action=action.clone()>
                        <Button
                            reader
                            label=td_string!(locale, planning.role_take)
                            weight=Weight::Quiet
                            name="take"
                            value=row.id
                        />
                    </form>
                </td>
            }
        });
        view! {
            <tr>
                <th scope="row" translate="no">
                    {name}
                </th>
                <td inner_html=reader.rich(role_word(reader, row.role))></td>
                <td>{place}</td>
                {act}
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(view! {
        <DataTable reader id="roles" caption=td_string!(locale, planning.roles_caption) columns>
            {rows}
        </DataTable>
    })
}

fn form(
    reader: Reader,
    event: &Event,
    names: &[(OrganizerId, String)],
    typed: &RoleForm,
    problems: &Problems,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let row = |value: &str, label: &str, chosen: &str| ChoiceRow {
        value: value.to_owned(),
        label: label.to_owned(),
        checked: value == chosen,
        ..ChoiceRow::default()
    };
    let people = names.iter().map(|(id, name)| row(id.as_str(), name, &typed.organizer)).collect();
    let roles = ROLES.map(|role| row(role.as_str(), role_word(reader, role), &typed.role)).to_vec();
    let places =
        event.places.iter().map(|place| row(place.id.as_str(), place.name.said(reader).text, &typed.place)).collect();
    let who = Field::new("organizer", td_string!(locale, planning.role_who)).error(problems.of("organizer")).required();
    let what = Field::new("role", td_string!(locale, planning.role_what)).error(problems.of("role")).required();
    let place = Field::new("place", td_string!(locale, planning.role_where))
        .hint(td_string!(locale, planning.role_where_hint))
        .error(problems.of("place"));
    view! {
        <form class="answers-form" method="post" action=paths::console(&event.slug, "/roles") novalidate>
            <h2 inner_html=reader.rich(td_string!(locale, planning.role_give_title))></h2>
            <Select reader field=who name="organizer" choices=people />
            <Radios reader field=what name="role" choices=roles />
            <Select reader field=place name="place" choices=places />
            <Button reader label=td_string!(locale, planning.role_give) />
        </form>
    }
}

fn role_word(reader: Reader, role: Role) -> &'static str {
    match role {
        Role::Owner => td_string!(reader.locale, planning.role_owner),
        Role::Organizer => td_string!(reader.locale, planning.role_organizer),
        Role::Desk => td_string!(reader.locale, planning.role_desk),
        Role::Auditor => td_string!(reader.locale, planning.role_auditor),
    }
}

fn role_hint(reader: Reader, role: Role) -> &'static str {
    match role {
        Role::Owner => td_string!(reader.locale, planning.role_owner_hint),
        Role::Organizer => td_string!(reader.locale, planning.role_organizer_hint),
        Role::Desk => td_string!(reader.locale, planning.role_desk_hint),
        Role::Auditor => td_string!(reader.locale, planning.role_auditor_hint),
    }
}
