//! The personal page: what somebody has, and what they can do with it.

use super::{
    fields::kind_words,
    notes,
    when::{deleted_on, instant},
};
use crate::{
    events::{
        paths,
        server::{
            catalogue::{Event, Place},
            entities::guest,
            link::{spaced, ticket},
            seats::{Ended, Registration, State},
        },
        standing::Standing,
        telling::{said, when},
    },
    i18n::*,
    server::Context,
    ui::{Button, Notice, Reader, Shown, SummaryList, SummaryRow, Tone, Weight, html::Html, panel, qr},
};
use leptos::prelude::*;

/// What just happened, to be said on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// The place is another one.
    Moved,
    /// What they told is another.
    Corrected,
    /// They said yes.
    Accepted,
    /// It changed in the meantime, and what was asked for cannot be.
    TooLate,
    /// The other place is full, and they keep their seat.
    Full(&'a Place),
}

/// A personal page as it is drawn.
#[derive(Clone, Copy)]
pub struct Own<'a> {
    /// For instants and the square.
    pub ctx: &'a Context,
    /// Who reads.
    pub reader: Reader,
    /// The event.
    pub event: &'a Event,
    /// What they have.
    pub registration: &'a Registration,
    /// Who they are.
    pub guest: &'a guest::Model,
    /// Whether they told all that a seat needs.
    pub is_complete: bool,
    /// What just happened.
    pub said: Option<Said<'a>>,
    /// The page that ends what they follow by this registration.
    pub following: Option<&'a str>,
}

/// What somebody has, in a sentence: the title of their page.
#[must_use]
pub fn title(reader: Reader, event: &Event, registration: &Registration) -> &'static str {
    let locale = reader.locale;
    let row = &registration.row;
    match row.state {
        State::Cancelled if row.ended_by.as_deref() == Some(Ended::Lapsed.as_str()) => {
            td_string!(locale, registrations.own_lapsed)
        }
        State::Cancelled => td_string!(locale, registrations.own_cancelled),
        _ if event.standing == Standing::Cancelled => td_string!(locale, registrations.off_title),
        State::Registered => td_string!(locale, registrations.own_registered),
        State::Waiting => td_string!(locale, registrations.own_waiting),
        State::Offered => td_string!(locale, registrations.own_offered),
        State::Interested if event.standing.takes_guests() => td_string!(locale, registrations.own_can_register),
        State::Interested => td_string!(locale, registrations.own_interested),
    }
}

impl Own<'_> {
    /// The page.
    pub fn view(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let row = &self.registration.row;
        let title = title(reader, self.event, self.registration);
        let code = (row.state != State::Cancelled).then(|| spaced(&row.code));
        let mut panel = Html::new();
        let code = code.as_deref().map(|code| (td_string!(locale, registrations.code), code));
        // The large box says that something is well.
        let is_well = row.state != State::Cancelled && self.event.standing != Standing::Cancelled;
        if is_well {
            panel::write(&mut panel, reader, title, code);
        } else {
            panel.line(reader, "h1", &[], title);
        }
        let square = (row.state == State::Registered && self.is_ahead()).then(|| self.square()).flatten();
        let keep = is_well.then(|| reader.rich(td_string!(locale, registrations.keep_link)));
        let other_dates = (!is_well).then(|| notes::ways(reader, &self.event.slug));
        // Who may register now does so before anything else.
        let is_asked = row.state == State::Interested && self.event.standing.takes_guests();
        let mut moves = Some(self.moves().into_any());
        let first = if is_asked { moves.take() } else { None };
        let class = is_asked.then_some("c-passage");
        let keep = keep.map(|keep| view! { <p class=class inner_html=keep></p> }.into_any());
        let (keep, keep_later) = if is_asked { (None, keep) } else { (keep, None) };
        view! {
            {self.notice()}
            {panel.into_view()}
            {square.map(|square| {
                view! {
                    <div class="registration-square" inner_html=square></div>
                    <p inner_html=reader.rich(td_string!(locale, registrations.code_hint))></p>
                }
            })}
            {self.state()}
            {first}
            {keep}
            {other_dates}
            {self.event_part().into_any()}
            {keep_later}
            {self.told().into_any()}
            {moves}
            {self.ends().into_any()}
        }
    }

    /// Whether something can still be done.
    pub(super) fn is_ahead(self) -> bool {
        self.event.standing.is_ahead() && !self.event.is_over(self.ctx.clock().now_ms())
    }

    pub(super) fn action(self) -> String {
        paths::registration(self.reader, &self.registration.link.reveal())
    }

    fn square(self) -> Option<String> {
        let row = &self.registration.row;
        let label = self.reader.plain(td_string!(self.reader.locale, registrations.square));
        qr::svg(&ticket(self.ctx, row.id.as_str(), &row.code), &label)
    }

    /// What just happened, and what goes on from there.
    fn notice(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let (tone, text) = match self.said? {
            Said::Moved => (Tone::Done, td_string!(locale, registrations.said_moved).to_owned()),
            Said::Corrected => (Tone::Done, td_string!(locale, registrations.said_corrected).to_owned()),
            Said::Accepted => (Tone::Done, td_string!(locale, registrations.said_accepted).to_owned()),
            Said::TooLate => (Tone::Wrong, td_string!(locale, registrations.said_too_late).to_owned()),
            Said::Full(place) => {
                let name = place.name.said(reader).text;
                (Tone::Waiting, td_string!(locale, registrations.said_full, place = name).to_string())
            }
        };
        let wait = match self.said {
            Some(Said::Full(place)) => Some(self.choose_form(place, true).into_any()),
            _ => None,
        };
        Some(view! {
            <Notice tone>
                <p inner_html=reader.rich(&text)></p>
            </Notice>
            {wait}
        })
    }

    /// What they have, in sentences; and yes or no where that is asked.
    fn state(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let row = &self.registration.row;
        let is_off = self.event.standing == Standing::Cancelled;
        let text = match row.state {
            State::Cancelled => match row.ended_by.as_deref() {
                Some(by) if by == Ended::Guest.as_str() => td_string!(locale, registrations.ended_guest).to_owned(),
                Some(by) if by == Ended::Lapsed.as_str() => td_string!(locale, registrations.ended_lapsed).to_owned(),
                _ => td_string!(locale, registrations.ended_organizer).to_owned(),
            },
            _ if is_off => td_string!(locale, registrations.off_text).to_owned(),
            State::Registered => String::new(),
            State::Waiting => match self.registration.before {
                0 => td_string!(locale, registrations.waiting_first).to_owned(),
                n => td_string!(locale, registrations.waiting_before, n = (n + 1).to_string()).to_string(),
            },
            State::Offered => {
                let until = instant(self.ctx, reader, row.offered_until.unwrap_or_default());
                td_string!(locale, registrations.offered_text, time = until).to_string()
            }
            State::Interested if self.event.standing.takes_guests() => {
                td_string!(locale, registrations.interested_open).to_owned()
            }
            State::Interested => td_string!(locale, registrations.interested_text).to_owned(),
        };
        let answer = (row.state == State::Offered && !is_off).then(|| {
            view! {
                <form method="post" action=self.action()>
                    <div class="c-actions">
                        <Button reader label=td_string!(locale, registrations.offer_yes) name="act" value="accept" />
                        <Button
                            reader
                            label=td_string!(locale, registrations.offer_no)
                            weight=Weight::Quiet
                            name="act"
                            value="decline"
                        />
                    </div>
                </form>
            }
        });
        view! {
            {(!text.is_empty()).then(|| view! { <p inner_html=reader.rich(&text)></p> })}
            {answer}
        }
    }

    fn event_part(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let row = &self.registration.row;
        let place = row.place_id.as_ref().and_then(|place| self.event.place(place));
        let title = said(reader, &self.event.title);
        let href = paths::event(reader, &self.event.slug);
        let place = place.map(|place| {
            let name = said(reader, &place.name);
            let address = match &place.address {
                Some(address) => said(reader, address).into_any(),
                None if place.is_fixed() => ().into_any(),
                None => view! { <span inner_html=reader.rich(td_string!(locale, registrations.place_open))></span> }
                    .into_any(),
            };
            let access = (!place.access.is_empty()).then(|| said(reader, &place.access));
            // Who waits or thinks about an offer is not let in.
            let link = place.link.as_ref().filter(|_| row.state == State::Registered);
            let link = link.map(|link| {
                view! {
                    <p>
                        <span inner_html=reader.rich(td_string!(locale, registrations.online))></span>
                        " "
                        <a href=link.clone() rel="noreferrer" translate="no">{link.clone()}</a>
                    </p>
                }
            });
            view! {
                <p>{name} <br /> {address}</p>
                {access.map(|access| view! { <p>{access}</p> })}
                {link}
            }
        });
        let has_seat = matches!(row.state, State::Registered | State::Offered) && self.is_ahead();
        let calendar = has_seat.then(|| {
            let href = [self.action().as_str(), "/calendar.ics"].concat();
            view! {
                <p>
                    <a href=href inner_html=reader.rich(td_string!(locale, registrations.calendar))></a>
                </p>
            }
        });
        view! {
            <section class="c-passage">
                <h2>
                    <a href=href>{title}</a>
                </h2>
                <p inner_html=reader.rich(&when(reader, self.event, i64::from(self.ctx.clock().offset_minutes())))></p>
                {place}
                {calendar}
            </section>
        }
    }

    fn told(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let (row, guest) = (&self.registration.row, self.guest);
        let typed = |key: &str, text: &str| SummaryRow {
            key: key.to_owned(),
            japanese: None,
            value: Shown::Typed(text.to_owned()),
            change: None,
        };
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut rows = vec![
            typed(td_string!(locale, registrations.name), &guest.name),
            typed(td_string!(locale, registrations.reading), &optional(&guest.reading)),
            typed(td_string!(locale, registrations.organisation), &guest.organisation),
            typed(td_string!(locale, registrations.phone), &guest.phone),
            typed(td_string!(locale, registrations.email), &optional(&guest.email)),
            typed(td_string!(locale, registrations.needs), &optional(&guest.needs)),
        ];
        if let Some(kind) = &row.kind {
            rows.push(SummaryRow {
                value: Shown::Words(vec![kind_words(reader, kind).to_owned()]),
                ..typed(td_string!(locale, registrations.kind), "")
            });
        }
        rows.retain(|row| row.value != Shown::Typed(String::new()));
        let until = td_string!(locale, registrations.data_until_own, date = deleted_on(reader, self.event)).to_string();
        let correct = [self.action().as_str(), "/correct"].concat();
        let following = self.following.zip(self.event.series.as_ref()).map(|(stop, series)| {
            let name = series.title.said(reader).text;
            let words = td_string!(locale, registrations.following, series = name).to_string();
            view! {
                <p>
                    <span inner_html=reader.rich(&words)></span>
                    " "
                    <a href=stop.to_owned() inner_html=reader.rich(td_string!(locale, registrations.following_stop))></a>
                </p>
            }
        });
        view! {
            <section class="c-passage">
                <h2 inner_html=reader.rich(td_string!(locale, registrations.told_title))></h2>
                <SummaryList reader rows />
                <p>
                    <a href=correct inner_html=reader.rich(td_string!(locale, registrations.correct))></a>
                </p>
                <p inner_html=reader.rich(&until)></p>
                {following}
            </section>
        }
    }
}
