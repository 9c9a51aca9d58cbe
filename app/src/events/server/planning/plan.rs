//! What an organizer enters about an event, and what is wrong with it.

pub use crate::events::server::entities::{event::Promotion, place::Kind as PlaceKind};
use crate::{
    events::{details::Details, words::Words},
    ids::{PlaceId, SeriesId},
};
use form::{Day, Time};

/// The most places of one event.
pub const MAX_PLACES: usize = 12;
/// The most seats of one place.
pub const MAX_SEATS: u32 = 100_000;

/// An event as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventPlan {
    /// Its name in addresses.
    pub slug: String,
    /// The series it belongs to.
    pub series: Option<SeriesId>,
    /// Which of its series it is.
    pub number: Option<u32>,
    /// The theme.
    pub title: Words,
    /// Programme, hosts and the rest.
    pub details: Details,
    /// The day, as the calendar at the place says.
    pub held_on: Day,
    /// When it begins there.
    pub begins: Option<Time>,
    /// When it ends there.
    pub ends: Option<Time>,
    /// How far the clocks there are ahead of UTC.
    pub utc_offset_minutes: i64,
    /// The last day on which people register.
    pub register_until: Option<Day>,
    /// Where its report is read.
    pub report: Option<String>,
    /// Organizers' own questions, a definition in JSON.
    pub questions: Option<String>,
    /// What becomes of who moves up.
    pub promotion: Promotion,
    /// How long an offer stands, 1 to 168 hours.
    pub offer_hours: i64,
    /// After so many days names are deleted, 1 to 3650.
    pub keep_days: i64,
    /// Where, in their order.
    pub places: Vec<PlacePlan>,
}

/// A place as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacePlan {
    /// The place that it was, unless it is new.
    pub id: Option<PlaceId>,
    /// Whether people come there or call in.
    pub kind: PlaceKind,
    /// The city or what it is called.
    pub name: Words,
    /// Where exactly.
    pub address: Option<Words>,
    /// How to get there and in.
    pub access: Words,
    /// Where to call in.
    pub link: Option<String>,
    /// Seats; nothing if there is no limit.
    pub capacity: Option<u32>,
}

/// What is wrong with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The name in addresses has other signs than small letters, digits and dashes, or none.
    SlugWrong,
    /// Another one has it.
    SlugTaken,
    /// The series has another event of this number.
    NumberTaken,
    /// It has no title in any language.
    TitleMissing,
    /// It ends before it begins.
    EndsBeforeBegin,
    /// People would register after it is over.
    RegisterAfter,
    /// A place has no name in any language.
    PlaceNameMissing,
    /// More places than [`MAX_PLACES`], or more seats than anybody can count.
    TooMany,
    /// A place that people registered for is left out.
    PlaceInUse,
    /// The organizers' own questions cannot be asked.
    QuestionsWrong,
    /// An address is none that a browser may open.
    LinkWrong,
    /// Somebody else changed it since it was read.
    ChangedSince,
}

impl EventPlan {
    /// What is wrong with it, as far as it can be told without the tables.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut check = |is_wrong: bool, fault: Fault| {
            if is_wrong && !faults.contains(&fault) {
                faults.push(fault);
            }
        };
        check(!form::names::is_slug(&self.slug), Fault::SlugWrong);
        check(self.title.is_empty(), Fault::TitleMissing);
        let is_backwards = matches!((self.begins, self.ends), (Some(begins), Some(ends)) if ends <= begins);
        check(is_backwards, Fault::EndsBeforeBegin);
        check(self.register_until.is_some_and(|last| last > self.held_on), Fault::RegisterAfter);
        check(self.places.len() > MAX_PLACES, Fault::TooMany);
        for place in &self.places {
            check(place.name.is_empty(), Fault::PlaceNameMissing);
            check(place.capacity.is_some_and(|seats| seats > MAX_SEATS), Fault::TooMany);
            check(place.link.as_deref().is_some_and(|link| !is_web_address(link)), Fault::LinkWrong);
        }
        check(
            self.report.as_deref().is_some_and(|link| !is_web_address(link) && !link.starts_with('/')),
            Fault::LinkWrong,
        );
        check(self.details.materials.iter().any(|material| !is_web_address(&material.url)), Fault::LinkWrong);
        let questions = self.questions.as_deref().map(|json| form::Published::from_json(json.as_bytes()));
        check(questions.is_some_and(|read| read.is_err()), Fault::QuestionsWrong);
        faults
    }
}

/// Whether a browser may be led there: `https` or `http`, no spaces, no script.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_plain =
        text.len() <= 2_000 && text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>\"'`".contains(c));
    is_plain && rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_led_to() {
        for good in ["https://example.org", "http://example.org/a?b=c#d", "https://例え.jp/"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in
            ["", "javascript:alert(1)", "https://", "//example.org", "https:// x", "data:text/html,x", "https://a\"b"]
        {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
