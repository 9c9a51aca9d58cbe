//! The sentences of a letter: words of `locales/`, readings taken out. What a guest typed is never read for readings.

use crate::{
    events::{
        details::HostRole,
        server::{
            catalogue::{Event, Place},
            entities::{mailing::MailKind, registration},
            seats::Ended,
        },
        standing::State as Decided,
        telling::when,
    },
    i18n::*,
    server::Context,
    ui::{Reader, dates::long_day},
};
use registration::State;

/// Says things about an event to one reader.
#[derive(Clone, Copy)]
pub(super) struct Phrases<'a> {
    /// The site.
    pub ctx: &'a Context,
    /// Whose language it is.
    pub reader: Reader,
    /// What it is about.
    pub event: &'a Event,
}

/// A line, and under it an address alone, so that every program makes a link of it.
pub(super) fn link(label: &str, address: &str) -> String {
    [label, "\n", address].concat()
}

impl Phrases<'_> {
    fn plain(&self, text: &str) -> String {
        self.reader.plain(text)
    }

    /// The guest's own name stands in it as they wrote it.
    pub fn greeting(&self, name: &str) -> String {
        td_string!(self.reader.locale, mail.greeting, name = name.to_owned()).to_string()
    }

    /// What the mail is about, with title and day, in one line.
    pub fn subject(&self, kind: MailKind) -> String {
        let locale = self.reader.locale;
        let what = match kind {
            MailKind::Confirmation => td_string!(locale, mail.subject_confirmation),
            MailKind::Waiting => td_string!(locale, mail.subject_waiting),
            MailKind::Interest => td_string!(locale, mail.subject_interest),
            MailKind::Again => td_string!(locale, mail.subject_again),
            MailKind::PlaceFixed => td_string!(locale, mail.subject_place_fixed),
            MailKind::Opened => td_string!(locale, mail.subject_opened),
            MailKind::Reminder => td_string!(locale, mail.subject_reminder),
            MailKind::Changed => td_string!(locale, mail.subject_changed),
            MailKind::Cancelled if self.event.state == Decided::Cancelled => {
                td_string!(locale, mail.subject_event_cancelled)
            }
            MailKind::Cancelled => td_string!(locale, mail.subject_cancelled),
            MailKind::Promoted => td_string!(locale, mail.subject_promoted),
            MailKind::Offered => td_string!(locale, mail.subject_offered),
            MailKind::Lapsed => td_string!(locale, mail.subject_lapsed),
            MailKind::Thanks => td_string!(locale, mail.subject_thanks),
            MailKind::NextDate => td_string!(locale, mail.subject_next_date),
        };
        let title = self.event.title.plain(self.reader);
        let day = long_day(self.reader, self.event.held_on);
        let subject = td_string!(locale, mail.subject, what = what.to_owned(), title = title, day = day).to_string();
        // A theme of two lines is one line here.
        self.plain(&subject).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What happened.
    pub fn what(&self, kind: MailKind, row: &registration::Model) -> String {
        let locale = self.reader.locale;
        let said = match kind {
            MailKind::Confirmation => td_string!(locale, mail.text_confirmation),
            MailKind::Waiting => td_string!(locale, mail.text_waiting),
            MailKind::Interest if self.event.places.iter().all(Place::is_fixed) && !self.event.places.is_empty() => {
                td_string!(locale, mail.text_interest_fixed)
            }
            MailKind::Interest => td_string!(locale, mail.text_interest),
            MailKind::Again => td_string!(locale, mail.text_again),
            MailKind::PlaceFixed => td_string!(locale, mail.text_place_fixed),
            MailKind::Opened => td_string!(locale, mail.text_opened),
            MailKind::Reminder => td_string!(locale, mail.text_reminder),
            MailKind::Changed => td_string!(locale, mail.text_changed),
            MailKind::Cancelled => match row.ended_by.as_deref() {
                _ if self.event.state == Decided::Cancelled => td_string!(locale, mail.text_event_cancelled),
                Some(by) if by == Ended::Guest.as_str() => td_string!(locale, mail.text_cancelled),
                _ => td_string!(locale, mail.text_cancelled_by_organizer),
            },
            MailKind::Promoted => td_string!(locale, mail.text_promoted),
            MailKind::Offered => return self.offered(row),
            MailKind::Lapsed => td_string!(locale, mail.text_lapsed),
            MailKind::Thanks => td_string!(locale, mail.text_thanks),
            MailKind::NextDate => return self.next_date(),
        };
        self.plain(said)
    }

    fn offered(&self, row: &registration::Model) -> String {
        let deadline = row.offered_until.map(|until| self.instant(until)).unwrap_or_default();
        self.plain(&td_string!(self.reader.locale, mail.text_offered, deadline = deadline).to_string())
    }

    /// That the next event takes guests, for those who follow the series.
    pub fn next_date(&self) -> String {
        let series = self.event.series.as_ref().map(|series| series.title.plain(self.reader)).unwrap_or_default();
        self.plain(&td_string!(self.reader.locale, mail.text_next_date, series = series).to_string())
    }

    /// Theme, day, time and place, each in a line. Where to call in is for those who have a seat.
    pub fn facts(&self, place: Option<&Place>, state: State) -> String {
        let (reader, locale) = (self.reader, self.reader.locale);
        let comma = td_string!(locale, events.comma);
        let mut lines = vec![self.event.title.plain(reader)];
        lines.push(self.label(td_string!(locale, mail.label_when), &self.when()));
        let places: Vec<&Place> = place.map_or_else(|| self.event.places.iter().collect(), |place| vec![place]);
        for place in places {
            let whereabouts = match &place.address {
                Some(address) => [place.name.plain(reader), address.plain(reader)].join(comma),
                None if place.is_fixed() => place.name.plain(reader),
                None => {
                    let open = self.plain(td_string!(locale, mail.place_open));
                    [place.name.plain(reader), open].join(comma)
                }
            };
            lines.push(self.label(td_string!(locale, mail.label_where), &whereabouts));
        }
        if let Some(place) = place {
            let access = place.access.plain(reader);
            if !access.is_empty() {
                lines.push(self.label(td_string!(locale, mail.label_access), &access));
            }
            if let Some(address) = place.link.as_deref().filter(|_| state == State::Registered) {
                lines.push(link(&self.plain(td_string!(locale, mail.label_online)), address));
            }
        }
        lines.join("\n")
    }

    fn label(&self, label: &str, value: &str) -> String {
        self.plain(
            &td_string!(self.reader.locale, mail.labelled, label = label.to_owned(), value = value.to_owned())
                .to_string(),
        )
    }

    /// Day and time as the pages say them.
    fn when(&self) -> String {
        self.plain(&when(self.reader, self.event, i64::from(self.ctx.clock().offset_minutes())))
    }

    /// An instant by the site's clock.
    fn instant(&self, unix_ms: i64) -> String {
        let clock = self.ctx.clock();
        let (hour, minute) = clock.time_of(unix_ms);
        format!("{} {hour:02}:{minute:02}", long_day(self.reader, clock.day_of(unix_ms)))
    }

    /// Stands over the link to answer an offer.
    pub fn answer(&self) -> String {
        self.plain(td_string!(self.reader.locale, mail.link_answer))
    }

    /// Stands over the link to register.
    pub fn register(&self) -> String {
        self.plain(td_string!(self.reader.locale, mail.link_register))
    }

    /// Stands over the link to the report.
    pub fn report(&self) -> String {
        self.plain(td_string!(self.reader.locale, mail.link_report))
    }

    /// Stands over the facts of the next event.
    pub fn next(&self) -> String {
        self.plain(td_string!(self.reader.locale, mail.next))
    }

    /// Stands over the link that registers with what they told before.
    pub fn again(&self) -> String {
        self.plain(td_string!(self.reader.locale, mail.link_again))
    }

    /// Stands over the link to an event's page.
    pub fn about(&self) -> String {
        self.plain(td_string!(self.reader.locale, mail.link_about))
    }

    /// The code.
    pub fn code(&self, code: &str) -> String {
        self.label(td_string!(self.reader.locale, mail.label_code), code)
    }

    /// Stands over the personal link.
    pub fn own(&self) -> String {
        self.plain(td_string!(self.reader.locale, mail.link_own))
    }

    /// That a calendar entry goes along.
    pub fn calendar(&self) -> String {
        self.plain(td_string!(self.reader.locale, mail.calendar))
    }

    /// Who sends it to a guest, and why.
    pub fn sign(&self) -> String {
        let site = self.ctx.site().base_url.clone();
        let why = td_string!(self.reader.locale, mail.sign, site = site).to_string();
        self.signed(self.plain(&why))
    }

    /// Who sends it to somebody who follows the series, and how that ends.
    pub fn sign_follower(&self, unfollow: &str) -> String {
        let why = self.plain(td_string!(self.reader.locale, mail.sign_follower));
        self.signed(link(&why, unfollow))
    }

    fn signed(&self, why: String) -> String {
        let locale = self.reader.locale;
        let hosts = self.event.details.hosts.iter().filter(|host| host.role == HostRole::Host);
        let hosts: Vec<String> =
            hosts.map(|host| host.name.plain(self.reader)).filter(|name| !name.is_empty()).collect();
        let mut lines = vec!["--".to_owned()];
        if !hosts.is_empty() {
            lines.push(hosts.join(td_string!(self.reader.locale, events.comma)));
        }
        if let Some(contact) = &self.ctx.site().contact {
            lines.push(self.label(td_string!(locale, mail.label_contact), contact));
        }
        lines.push(why);
        lines.join("\n")
    }
}
