//! Every address of the site in one table: path, who may see it, which audience's bundle it loads, who answers.
//!
//! The router is made from it, `entaku routes` prints it, and the accessibility walk takes its pages from there.

use crate::{
    auth::pages::{code, join, sign_in, sign_out},
    console::{account, audit, organizers, refused, second_factor, today},
    desk::{
        console::{attendance, display, download as attendance_files},
        pages::{desk, enter},
        server::{live as live_roll, worker as desk_worker},
    },
    events::{
        console::{
            self as events, download as guest_files, guest, guest_attendance, guests, import, kept, mailing, mailings,
            print,
        },
        pages::{
            again, calendar as event_calendar, correct, event as event_page, feed as event_feed, follow,
            list as event_list, register, registration, series as event_series,
        },
    },
    home::pages::{accessibility, chooser, exit, gallery, home, privacy, reading, rights, voice},
    questionnaires::{
        console::{
            answer, answers, codebook, counts, download, kept_aside, kept_aside_item, list, overview, poster,
            results_through, schedule, sharing, take_in, versions,
        },
        pages::{check, delete, leave, phone, question, sent, short, start},
        server::{definition_file, live as live_counts, manifest_file, worker},
    },
    server::{Context, assets::Bundle},
    voices::{
        console::{desk as voice_desk, published as voices_published},
        pages::{
            back as voice_back, letters as voice_letters, public as voices_public, receipt as voice_receipt,
            write as voice_write,
        },
    },
};
use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, post},
};

/// Who a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Whoever carries the draft's cookie; without it the handler leads to the start.
    Draft,
    /// Signed-in organizers; the handler asks for the capability.
    Organizer,
}

/// One row.
pub struct Route {
    /// The path in axum's syntax.
    pub path: &'static str,
    /// Who may see it.
    pub access: Access,
    /// The program it loads, if its page holds an island.
    pub bundle: Option<Bundle>,
    /// Who answers, by method.
    pub handler: fn() -> MethodRouter<Context>,
}

/// A row without script.
const fn plain(path: &'static str, access: Access, handler: fn() -> MethodRouter<Context>) -> Route {
    Route { path, access, bundle: None, handler }
}

/// A row whose page holds an island.
const fn live(path: &'static str, access: Access, bundle: Bundle, handler: fn() -> MethodRouter<Context>) -> Route {
    Route { path, access, bundle: Some(bundle), handler }
}

/// The table.
// A static, not a constant: each crate that mentions a constant would compile all handlers again.
pub static TABLE: &[Route] = &[
    plain("/", Access::Public, || get(chooser::show)),
    plain("/{lang}", Access::Public, || get(home::show)),
    plain("/{lang}/voice", Access::Public, || get(voice::show)),
    plain("/{lang}/voices", Access::Public, || get(voices_public::show)),
    plain("/{lang}/voice/rights", Access::Public, || get(rights::index::show)),
    plain("/{lang}/voice/rights/{topic}", Access::Public, || get(rights::topic::show)),
    live("/{lang}/voice/write", Access::Public, Bundle::Voice, || get(voice_write::show).post(voice_write::take)),
    plain("/{lang}/voice/receipt", Access::Public, || get(voice_receipt::show).post(voice_receipt::check)),
    live("/{lang}/voice/back", Access::Public, Bundle::Voice, || get(voice_back::show).post(voice_back::open)),
    plain("/{lang}/voice/letters", Access::Public, || get(voice_letters::show).post(voice_letters::press)),
    plain("/{lang}/privacy", Access::Public, || get(privacy::show)),
    plain("/{lang}/accessibility", Access::Public, || get(accessibility::show)),
    plain("/{lang}/reading", Access::Public, || post(reading::remember)),
    plain("/dev/ui", Access::Public, || get(gallery::show)),
    plain("/q/{slug}", Access::Public, || get(short::show)),
    plain("/q/{slug}/{code}", Access::Public, || get(short::show_by)),
    live("/{lang}/questionnaires/{slug}", Access::Public, Bundle::Worker, || get(start::show).post(start::begin)),
    live("/{lang}/questionnaires/{slug}/questions/{name}", Access::Draft, Bundle::Worker, || {
        get(question::show).post(question::answer)
    }),
    live("/{lang}/questionnaires/{slug}/check", Access::Draft, Bundle::Worker, || get(check::show).post(check::send)),
    plain("/{lang}/questionnaires/{slug}/sent", Access::Draft, || get(sent::show).post(sent::press)),
    plain("/{lang}/questionnaires/{slug}/nothing-sent", Access::Public, || get(sent::nothing)),
    plain("/{lang}/questionnaires/{slug}/delete", Access::Public, || get(delete::show).post(delete::press)),
    plain("/{lang}/questionnaires/{slug}/deleted", Access::Public, || get(delete::deleted)),
    plain("/{lang}/questionnaires/{slug}/new-person", Access::Public, || post(leave::new_person)),
    live("/{lang}/questionnaires/{slug}/phone", Access::Public, Bundle::Phone, || get(phone::show)),
    plain("/{lang}/questionnaires/{slug}/app.webmanifest", Access::Public, || get(manifest_file::show)),
    plain("/{lang}/questionnaires/{slug}/worker.js", Access::Public, || get(worker::show)),
    plain("/exit", Access::Public, || post(exit::exit)),
    // Events, for everybody.
    plain("/{lang}/events", Access::Public, || get(event_list::show)),
    plain("/{lang}/events/feed.xml", Access::Public, || get(event_feed::show)),
    plain("/{lang}/events/{slug}", Access::Public, || get(event_page::show)),
    plain("/{lang}/events/{slug}/calendar.ics", Access::Public, || get(event_calendar::of_event)),
    plain("/{lang}/series/{slug}", Access::Public, || get(event_series::show)),
    plain("/{lang}/series/{slug}/calendar.ics", Access::Public, || get(event_calendar::of_series)),
    // What guests do.
    plain("/{lang}/events/{slug}/register", Access::Public, || get(register::show).post(register::send)),
    plain("/{lang}/events/{slug}/again/{link}", Access::Public, || get(again::show).post(again::send)),
    plain("/{lang}/registrations/{link}", Access::Public, || get(registration::show).post(registration::press)),
    plain("/{lang}/registrations/{link}/calendar.ics", Access::Public, || get(registration::calendar)),
    plain("/{lang}/registrations/{link}/correct", Access::Public, || get(correct::show).post(correct::send)),
    plain("/{lang}/follow/{link}", Access::Public, || get(follow::show).post(follow::end)),
    plain("/console/sign-in", Access::Public, || get(sign_in::show).post(sign_in::send)),
    plain("/console/sign-in/code", Access::Public, || get(code::show).post(code::send)),
    plain("/console/join/{token}", Access::Public, || get(join::show).post(join::send)),
    plain("/console/sign-out", Access::Organizer, || post(sign_out::sign_out)),
    plain("/console", Access::Organizer, || today::routes(TODAY)),
    plain("/console/account", Access::Organizer, || get(account::show).post(account::change)),
    plain("/console/account/second-factor", Access::Organizer, || get(second_factor::show).post(second_factor::act)),
    plain("/console/account/sign-out-everywhere", Access::Organizer, || post(sign_out::sign_out_everywhere)),
    plain("/console/organizers", Access::Organizer, || get(organizers::show).post(organizers::invite)),
    plain("/console/organizers/{id}/disable", Access::Organizer, || post(organizers::disable)),
    plain("/console/organizers/{id}/second-factor", Access::Organizer, || post(organizers::take_second_factor)),
    plain("/console/audit", Access::Organizer, || get(audit::show)),
    live("/console/questionnaires", Access::Organizer, Bundle::Console, || get(list::show)),
    live("/console/questionnaires/{slug}", Access::Organizer, Bundle::Console, || get(overview::show)),
    plain("/console/questionnaires/{slug}/state", Access::Organizer, || post(overview::set_state)),
    plain("/console/questionnaires/{slug}/schedule", Access::Organizer, || get(schedule::show).post(schedule::save)),
    plain("/console/questionnaires/{slug}/versions", Access::Organizer, || get(versions::show)),
    plain("/console/questionnaires/{slug}/results-through", Access::Organizer, || {
        get(results_through::show).post(results_through::save)
    }),
    plain("/console/questionnaires/{slug}/answers", Access::Organizer, || {
        get(answers::show).post(answers::show_everything)
    }),
    plain("/console/questionnaires/{slug}/answers.csv", Access::Organizer, || get(download::csv)),
    plain("/console/questionnaires/{slug}/answers.json", Access::Organizer, || get(download::json)),
    plain("/console/questionnaires/{slug}/answers.xlsx", Access::Organizer, || get(download::xlsx)),
    plain("/console/questionnaires/{slug}/answers/{key}", Access::Organizer, || {
        get(answer::show).post(answer::show_everything)
    }),
    plain("/console/questionnaires/{slug}/codebook.csv", Access::Organizer, || get(download::codebook)),
    plain("/console/questionnaires/{slug}/codebook", Access::Organizer, || get(codebook::show)),
    plain("/console/questionnaires/{slug}/sharing", Access::Organizer, || get(sharing::show).post(sharing::add)),
    plain("/console/questionnaires/{slug}/sharing/{code}", Access::Organizer, || post(sharing::set_state)),
    plain("/console/questionnaires/{slug}/poster", Access::Organizer, || get(poster::show)),
    plain("/console/questionnaires/{slug}/counts", Access::Organizer, || get(counts::show).post(counts::show_exact)),
    plain("/console/questionnaires/{slug}/quarantine", Access::Organizer, || get(kept_aside::list)),
    plain("/console/questionnaires/{slug}/quarantine/{id}", Access::Organizer, || {
        get(kept_aside_item::show).post(kept_aside_item::act)
    }),
    // Planning events.
    plain("/console/events", Access::Organizer, || get(events::list::show)),
    plain("/console/events/new", Access::Organizer, || get(events::edit::show_new).post(events::edit::create)),
    plain("/console/events/{slug}", Access::Organizer, || get(events::overview::show)),
    plain("/console/events/{slug}/state", Access::Organizer, || post(events::overview::set_state)),
    plain("/console/events/{slug}/edit", Access::Organizer, || get(events::edit::show).post(events::edit::save)),
    plain("/console/events/{slug}/roles", Access::Organizer, || get(events::roles::show).post(events::roles::save)),
    plain("/console/events/{slug}/copy", Access::Organizer, || post(events::copy::make)),
    plain("/console/series/new", Access::Organizer, || get(events::series::show_new).post(events::series::create)),
    plain("/console/series/{slug}/edit", Access::Organizer, || get(events::series::show).post(events::series::save)),
    // Their guests.
    plain("/console/events/{slug}/guests", Access::Organizer, || get(guests::show).post(guests::change)),
    plain("/console/events/{slug}/guests.csv", Access::Organizer, || get(guest_files::csv)),
    plain("/console/events/{slug}/guests.xlsx", Access::Organizer, || get(guest_files::xlsx)),
    plain("/console/events/{slug}/guests/new", Access::Organizer, || get(guest::show_new).post(guest::register)),
    plain("/console/events/{slug}/guests/{id}", Access::Organizer, || get(guest::show).post(guest::change)),
    plain("/console/events/{slug}/guests/{id}/attendance", Access::Organizer, || post(guest_attendance::change)),
    plain("/console/events/{slug}/import", Access::Organizer, import::routes),
    plain("/console/events/{slug}/import/undo", Access::Organizer, || post(import::undo)),
    plain("/console/events/{slug}/print", Access::Organizer, || get(print::show)),
    plain("/console/events/{slug}/mailings", Access::Organizer, || get(mailings::show).post(mailings::send)),
    plain("/console/events/{slug}/mailings/{id}", Access::Organizer, || get(mailing::show).post(mailing::tick)),
    // Who is there.
    live("/console/events/{slug}/attendance", Access::Organizer, Bundle::Console, || {
        get(attendance::show).post(attendance::act)
    }),
    plain("/console/events/{slug}/attendance.csv", Access::Organizer, || get(attendance_files::csv)),
    plain("/console/events/{slug}/attendance.xlsx", Access::Organizer, || get(attendance_files::xlsx)),
    live("/console/events/{slug}/display", Access::Organizer, Bundle::Console, || get(display::show)),
    plain("/console/events/{slug}/live", Access::Organizer, || get(live_roll::of_event)),
    // A desk: the phone shows its own secret.
    plain("/console/desk/{lang}/open/{token}", Access::Public, || get(enter::show).post(enter::enter)),
    plain("/console/desk/{lang}/worker.js", Access::Public, || get(desk_worker::show)),
    live("/console/desk/{lang}/{id}", Access::Public, Bundle::Desk, || get(desk::show)),
    plain("/console/desk/{lang}/{id}/live", Access::Public, || get(live_roll::of_desk)),
    // The voice desk.
    live("/console/voices", Access::Organizer, Bundle::Members, || get(voice_desk::show)),
    plain("/console/voices/published", Access::Organizer, || get(voices_published::show)),
    plain("/console/voices/published/{id}", Access::Organizer, || post(voices_published::press)),
    plain("/console/personal-data", Access::Organizer, || get(kept::show)),
    plain(take_in::PATH, Access::Organizer, take_in::routes),
    plain("/console/live", Access::Organizer, || get(live_counts::show)),
    plain("/definitions/{hash}", Access::Public, || get(definition_file::show)),
];

/// What the domains have to say on the console's first page, from top to bottom.
const TODAY: &[today::Part] =
    &[crate::questionnaires::console::lines::part, events::today::part, crate::questionnaires::console::today::part];

/// All pages as one router; what is refused to an organizer is written down.
pub fn router(ctx: &Context) -> Router<Context> {
    let of = |is_organizers: bool| {
        let routes = TABLE.iter().filter(move |route| (route.access == Access::Organizer) == is_organizers);
        routes.fold(Router::new(), |router, route| router.route(route.path, (route.handler)()))
    };
    of(true).route_layer(from_fn_with_state(ctx.clone(), refused::tell)).merge(of(false))
}
