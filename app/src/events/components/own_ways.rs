//! What somebody can do from their personal page: choose a place, give back, delete.

use super::{fields::seats, own::Own};
use crate::{
    events::{
        seating::Seat,
        server::{
            catalogue::Place,
            seats::{State, may_come_back},
        },
    },
    i18n::*,
    ui::{Button, ButtonLink, Weight},
};
use leptos::prelude::*;

impl Own<'_> {
    /// Other places, or a seat for who has none.
    pub(super) fn moves(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let row = &self.registration.row;
        if !self.is_ahead() {
            return None;
        }
        let is_new = matches!(row.state, State::Interested | State::Cancelled);
        // Whom organizers took out does not come back by themselves.
        let is_out = row.state == State::Cancelled && !may_come_back(row.ended_by.as_deref());
        if is_out || (is_new && !self.event.standing.takes_guests()) {
            return None;
        }
        let places: Vec<_> = self
            .event
            .places
            .iter()
            .filter(|place| is_new || row.place_id.as_ref() != Some(&place.id))
            .map(|place| self.choose_form(place, false).into_any())
            .collect();
        if places.is_empty() {
            return None;
        }
        let title = match row.state {
            State::Interested => td_string!(locale, registrations.take_title),
            State::Cancelled => td_string!(locale, registrations.again_title),
            _ => td_string!(locale, registrations.move_title),
        };
        let places = if is_new && !self.is_complete {
            let href = [self.action().as_str(), "/correct"].concat();
            view! {
                <p inner_html=reader.rich(td_string!(locale, registrations.complete_text))></p>
                <div class="c-actions">
                    <ButtonLink reader href label=td_string!(locale, registrations.complete) />
                </div>
            }
            .into_any()
        } else {
            places.into_any()
        };
        Some(view! {
            <section class="c-passage">
                <h2 inner_html=reader.rich(title)></h2>
                {(row.state == State::Waiting)
                    .then(|| view! { <p inner_html=reader.rich(td_string!(locale, registrations.move_waiting))></p> })}
                {places}
            </section>
        })
    }

    /// One press to another place, or onto its waiting list.
    pub(super) fn choose_form(self, place: &Place, may_wait: bool) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let has_seat = matches!(self.registration.row.state, State::Registered | State::Offered);
        let name = place.name.said(reader).text;
        let waits = may_wait || (place.taken.next() == Seat::Waiting && !has_seat);
        let label = if waits {
            td_string!(locale, registrations.wait_at, place = name).to_string()
        } else {
            td_string!(locale, registrations.go_to, place = name).to_string()
        };
        let hint = seats(reader, place);
        view! {
            <form method="post" action=self.action()>
                <input type="hidden" name="place" value=place.id.0.clone() />
                {may_wait.then(|| view! { <input type="hidden" name="wait" value="yes" /> })}
                {(!hint.is_empty()).then(|| view! { <p class="c-hint" inner_html=reader.rich(&hint)></p> })}
                <div class="c-actions">
                    <Button reader label weight=Weight::Quiet name="act" value="choose" />
                </div>
            </form>
        }
    }

    pub(super) fn ends(self) -> impl IntoView + use<> {
        let reader = self.reader;
        let locale = reader.locale;
        let address = |ask: &str| [self.action().as_str(), "?ask=", ask].concat();
        let cancel = (self.registration.row.state != State::Cancelled && self.is_ahead()).then(|| {
            view! {
                <li>
                    <a href=address("cancel") inner_html=reader.rich(td_string!(locale, registrations.cancel))></a>
                </li>
            }
        });
        let title = match cancel {
            Some(_) => td_string!(locale, registrations.ends_title),
            None => td_string!(locale, registrations.ends_data_title),
        };
        view! {
            <section class="c-passage">
                <h2 inner_html=reader.rich(title)></h2>
                <ul>
                    {cancel}
                    <li>
                        <a href=address("delete") inner_html=reader.rich(td_string!(locale, registrations.delete))></a>
                    </li>
                </ul>
            </section>
        }
    }
}
