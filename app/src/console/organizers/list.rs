//! The list with the form of an invitation below it.

use crate::{
    auth::{
        Organizer, Role,
        pages::problems::Problems,
        server::service::{self, OpenInvitation, OrganizerSummary},
    },
    console::{Screen, Section, account::role_word, instant::instant, screen},
    error::AppError,
    i18n::*,
    server::{Context, clock::Clock},
    ui::{Button, ChoiceRow, DataTable, Field, Radios, Reader, StatusChip, TextField, Tone, Weight},
};
use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;

/// What the page shows besides what is stored: the form as it was sent, and what has just been done.
#[derive(Default)]
pub(super) struct Listed {
    pub email: String,
    pub role: Option<Role>,
    pub problems: Problems,
    pub done: Option<&'static str>,
}

pub(super) async fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    status: StatusCode,
    listed: Listed,
) -> Result<Response, AppError> {
    let organizers = service::list_organizers(ctx, organizer).await?;
    let invitations = service::list_invitations(ctx, organizer).await?;
    let Listed { email, role, problems, done } = listed;
    let locale = reader.locale;
    let (clock, me) = (ctx.clock().clone(), organizer.clone());
    let title = Screen::new(Section::Organizers, td_string!(locale, console.organizers_title))
        .problems(problems.clone())
        .notice(done.map(|text| (Tone::Done, text.to_owned())));
    Ok(screen(ctx, organizer, reader, status, title, move || {
        let columns = vec![
            td_string!(locale, console.column_name).to_owned(),
            td_string!(locale, console.column_email).to_owned(),
            td_string!(locale, console.column_role).to_owned(),
            td_string!(locale, console.column_state).to_owned(),
            td_string!(locale, console.column_act).to_owned(),
        ];
        let rows = organizers.into_iter().map(|row| organizer_row(reader, row, &me)).collect_view();
        view! {
            <DataTable reader id="organizers" caption=td_string!(locale, console.organizers_caption) columns>
                {rows}
            </DataTable>
            {(!invitations.is_empty()).then(|| waiting(reader, invitations, &clock))}
            <section>
                <h2 inner_html=reader.rich(td_string!(locale, console.invite_title))></h2>
                {invite_form(reader, email, role, &problems)}
            </section>
        }
        .into_any()
    }))
}

fn organizer_row(reader: Reader, row: OrganizerSummary, me: &Organizer) -> impl IntoView + use<> {
    let locale = reader.locale;
    let is_me = &row.id == me.id();
    let (state, tone) = if row.is_disabled {
        (td_string!(locale, console.state_disabled), Tone::Plain)
    } else {
        (td_string!(locale, console.state_active), Tone::Done)
    };
    let proves = row.has_second_factor.then(|| {
        view! { <StatusChip reader label=td_string!(locale, console.factor_title) tone=Tone::Plain /> }
    });
    let taking = (row.has_second_factor && !is_me).then(|| take_form(reader, &row));
    let act = if is_me {
        view! { <span inner_html=reader.rich(td_string!(locale, console.you))></span> }.into_any()
    } else if row.is_disabled {
        ().into_any()
    } else {
        // Opened first, so that one touch too many disables nobody.
        view! {
            <details class="c-console__more">
                <summary>
                    <span inner_html=reader.rich(td_string!(locale, console.disable))></span>
                    <span class="c-unseen">" " {row.name.clone()}</span>
                </summary>
                <p inner_html=reader.rich(td_string!(locale, console.disable_question))></p>
                <form method="post" action=format!("/console/organizers/{}/disable", row.id)>
                    <Button reader label=td_string!(locale, console.disable_button) weight=Weight::Grave />
                </form>
            </details>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row" translate="no">{row.name}</th>
            <td translate="no">{row.email}</td>
            <td inner_html=reader.rich(role_word(reader, row.role))></td>
            <td>
                <StatusChip reader label=state tone />
                " "
                {proves}
            </td>
            <td>{act} {taking}</td>
        </tr>
    }
}

/// For who lost phone and recovery codes; opened first, as above.
fn take_form(reader: Reader, row: &OrganizerSummary) -> impl IntoView + use<> {
    let locale = reader.locale;
    view! {
        <details class="c-console__more">
            <summary>
                <span inner_html=reader.rich(td_string!(locale, console.factor_take))></span>
                <span class="c-unseen">" " {row.name.clone()}</span>
            </summary>
            <p inner_html=reader.rich(td_string!(locale, console.factor_take_question))></p>
            <form method="post" action=format!("/console/organizers/{}/second-factor", row.id)>
                <Button reader label=td_string!(locale, console.factor_take_button) weight=Weight::Grave />
            </form>
        </details>
    }
}

fn waiting(reader: Reader, invitations: Vec<OpenInvitation>, clock: &Clock) -> impl IntoView + use<> {
    let locale = reader.locale;
    let columns = vec![
        td_string!(locale, console.column_email).to_owned(),
        td_string!(locale, console.column_role).to_owned(),
        td_string!(locale, console.column_until).to_owned(),
    ];
    let rows = invitations
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row" translate="no">{row.email}</th>
                    <td inner_html=reader.rich(role_word(reader, row.role))></td>
                    <td>{instant(clock, row.expires_at)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <DataTable reader id="invitations" caption=td_string!(locale, console.invitations_caption) columns>
            {rows}
        </DataTable>
    }
}

fn invite_form(reader: Reader, email: String, role: Option<Role>, problems: &Problems) -> impl IntoView + use<> {
    let locale = reader.locale;
    let email_field = Field::new("email", td_string!(locale, console.invite_email))
        .hint(td_string!(locale, console.invite_hint))
        .error(problems.of("email"));
    let role_field = Field::new("role", td_string!(locale, console.invite_role)).error(problems.of("role"));
    let choices = Role::ALL
        .into_iter()
        .map(|choice| ChoiceRow {
            value: choice.as_str().to_owned(),
            label: match choice {
                Role::Coordinator => td_string!(locale, auth.role_coordinator_hint),
                Role::Assistant => td_string!(locale, auth.role_assistant_hint),
            }
            .to_owned(),
            checked: role == Some(choice),
            ..ChoiceRow::default()
        })
        .collect();
    view! {
        <form method="post" action="/console/organizers" novalidate>
            <TextField
                reader
                field=email_field
                name="email"
                value=email
                kind="email"
                inputmode="email"
            />
            <Radios reader field=role_field name="role" choices />
            <Button reader label=td_string!(locale, console.invite_button) />
        </form>
    }
}
