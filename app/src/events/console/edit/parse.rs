//! What was typed as a plan, and what is wrong with it, each thing beside its field.

use super::{Rows, Typed, moments, questions, speakers};
use crate::{
    auth::pages::problems::Problems,
    events::{
        details::{Details, Host, HostRole, Item, Material},
        server::{
            catalogue::{Event, Series},
            planning::{EventPlan, Fault, MAX_SEATS, PlaceKind, PlacePlan, Promotion, is_web_address},
        },
        words::Words,
    },
    i18n::*,
    ids::PlaceId,
    ui::Reader,
};
use form::{Day, Time};

/// Characters of a title, in each language.
pub const TITLE_CHARS: usize = 200;
/// Characters of a line: an address, a name, what somebody receives.
const LINE_CHARS: usize = 500;
/// Characters of a text of several paragraphs.
pub const TEXT_CHARS: usize = 10_000;

/// The plan. Where a field cannot be read there is a problem, and something harmless in its place.
#[must_use]
pub fn read(
    reader: Reader,
    typed: &Typed,
    before: Option<&Event>,
    series: &[Series],
    today: Day,
) -> (EventPlan, Problems) {
    let mut form = Form { reader, typed, problems: Problems::default() };
    let slug = match before {
        Some(event) => event.slug.clone(),
        None => typed.get("slug").trim().to_owned(),
    };
    let title = form.words("title", TITLE_CHARS);
    let series = series.iter().find(|series| series.slug == typed.get("series"));
    let number = form.number("number", 1, 99_999);
    let held_on = form.day("day");
    if held_on.is_none() && form.problems.of("day").is_none() {
        form.problems.add("day", td_string!(reader.locale, planning.problem_day_missing));
    }
    let begins = form.time("begins");
    let ends = form.time("ends");
    let offset = typed.get("offset").parse::<i64>().ok().filter(|offset| offset.abs() <= 14 * 60);
    if offset.is_none() {
        form.problems.add("offset", td_string!(reader.locale, planning.problem_offset));
    }
    // Without a day, nothing can be said against the other.
    let register_until = form.day("until").filter(|_| held_on.is_some());
    let places = form.places();
    let details = form.details(before);
    let report = form.link("report", true);
    let promotion = if typed.get("promotion") == "offered" { Promotion::Offered } else { Promotion::AtOnce };
    let offer_hours = form.number("hours", 1, 168).unwrap_or(24);
    let keep_days = form.number("keep", 1, 3650).unwrap_or(30);
    let questions = questions::to_json(typed.get("questions"));
    let plan = EventPlan {
        slug,
        series: series.map(|series| series.id.clone()),
        number: number.filter(|_| series.is_some()),
        title,
        details,
        held_on: held_on.unwrap_or(today),
        begins,
        ends,
        utc_offset_minutes: offset.unwrap_or(540),
        register_until,
        report,
        questions,
        promotion,
        offer_hours: i64::from(offer_hours),
        keep_days: i64::from(keep_days),
        places,
    };
    (plan, form.problems)
}

/// Adds what the service says is wrong, each beside its field.
pub fn add_faults(reader: Reader, problems: &mut Problems, faults: &[Fault], typed: &Typed, before: Option<&Event>) {
    for fault in faults {
        let id = match fault {
            Fault::SlugWrong | Fault::SlugTaken => "slug".to_owned(),
            Fault::NumberTaken => "number".to_owned(),
            Fault::TitleMissing => "title-ja".to_owned(),
            Fault::EndsBeforeBegin => "ends".to_owned(),
            Fault::RegisterAfter => "until".to_owned(),
            Fault::QuestionsWrong => "questions".to_owned(),
            Fault::ChangedSince => "save".to_owned(),
            Fault::PlaceInUse => removed_place(typed, before),
            // Told already beside the row that it is about.
            Fault::PlaceNameMissing | Fault::TooMany | Fault::LinkWrong if !problems.is_empty() => continue,
            Fault::PlaceNameMissing | Fault::TooMany | Fault::LinkWrong => Rows::Places.name(0, "name-ja"),
        };
        if problems.of(&id).is_none() {
            problems.add(id, fault_words(reader, *fault));
        }
    }
}

/// The row of a place that was emptied though people registered for it.
fn removed_place(typed: &Typed, before: Option<&Event>) -> String {
    let is_removed = |row: &usize| {
        !typed.get(&Rows::Places.name(*row, "id")).is_empty()
            && typed.words(&Rows::Places.name(*row, "name")).is_empty()
    };
    let is_used = |row: &usize| {
        let id = PlaceId(typed.get(&Rows::Places.name(*row, "id")).to_owned());
        let place = before.and_then(|event| event.place(&id));
        place.is_some_and(|place| place.taken.registered + place.taken.offered + place.taken.waiting > 0)
    };
    let removed: Vec<usize> = (0..typed.rows(Rows::Places)).filter(is_removed).collect();
    let row = removed.iter().copied().find(is_used).or(removed.first().copied()).unwrap_or(0);
    Rows::Places.name(row, "name-ja")
}

/// What is wrong with a plan, in words.
#[must_use]
pub fn fault_words(reader: Reader, fault: Fault) -> &'static str {
    let locale = reader.locale;
    match fault {
        Fault::SlugWrong => td_string!(locale, planning.fault_slug_wrong),
        Fault::SlugTaken => td_string!(locale, planning.fault_slug_taken),
        Fault::NumberTaken => td_string!(locale, planning.fault_number_taken),
        Fault::TitleMissing => td_string!(locale, planning.fault_title_missing),
        Fault::EndsBeforeBegin => td_string!(locale, planning.fault_ends_before),
        Fault::RegisterAfter => td_string!(locale, planning.fault_register_after),
        Fault::PlaceNameMissing => td_string!(locale, planning.fault_place_name),
        Fault::TooMany => td_string!(locale, planning.fault_too_many),
        Fault::PlaceInUse => td_string!(locale, planning.fault_place_in_use),
        Fault::QuestionsWrong => td_string!(locale, planning.fault_questions),
        Fault::LinkWrong => td_string!(locale, planning.fault_link),
        Fault::ChangedSince => td_string!(locale, planning.fault_changed_since),
    }
}

/// The form while it is read.
struct Form<'a> {
    reader: Reader,
    typed: &'a Typed,
    problems: Problems,
}

impl Form<'_> {
    /// A text in five languages; of what is too long there is a problem beside its first field.
    fn words(&mut self, name: &str, most: usize) -> Words {
        let words = self.typed.words(name);
        let long = words.iter().map(|(_, text)| text.chars().count()).max().filter(|chars| *chars > most);
        if let Some(now) = long {
            let said = td_string!(self.reader.locale, planning.problem_too_long, most = most, now = now);
            self.problems.add([name, "-ja"].concat(), said.to_string());
        }
        words
    }

    fn day(&mut self, name: &'static str) -> Option<Day> {
        let part = |part: &str| self.typed.get(&[name, "-", part].concat());
        let locale = self.reader.locale;
        match moments::day([part("year"), part("month"), part("day")]) {
            Ok(day) => day,
            Err(moments::Fault::Incomplete) => {
                self.problems.add(name, td_string!(locale, questionnaires.problem_incomplete_date));
                None
            }
            Err(moments::Fault::None) => {
                self.problems.add(name, td_string!(locale, questionnaires.problem_not_a_date));
                None
            }
        }
    }

    fn time(&mut self, name: &str) -> Option<Time> {
        moments::time(self.typed.get(name)).unwrap_or_else(|_| {
            self.problems.add(name.to_owned(), td_string!(self.reader.locale, planning.problem_time));
            None
        })
    }

    /// A number within bounds; nothing where nothing was typed.
    fn number(&mut self, name: &str, least: u32, most: u32) -> Option<u32> {
        match moments::number(self.typed.get(name)) {
            Ok(None) => None,
            Ok(Some(number)) if (least..=most).contains(&number) => Some(number),
            _ => {
                let words = td_string!(self.reader.locale, planning.problem_number, least = least, most = most);
                self.problems.add(name.to_owned(), words.to_string());
                None
            }
        }
    }

    /// A web address; one of this site may begin with a slash where `own` says so.
    fn link(&mut self, name: &str, own: bool) -> Option<String> {
        let link = self.typed.get(name).trim();
        if link.is_empty() {
            return None;
        }
        if !(is_web_address(link) || own && link.starts_with('/') && !link.starts_with("//")) {
            self.problems.add(name.to_owned(), fault_words(self.reader, Fault::LinkWrong));
        }
        Some(link.to_owned())
    }

    /// The rows with a name. One that was there and has none any more is taken away; one that is new and has
    /// everything but a name is asked for it.
    fn places(&mut self) -> Vec<PlacePlan> {
        let mut places = Vec::new();
        for row in 0..self.typed.rows(Rows::Places) {
            let name = |field: &str| Rows::Places.name(row, field);
            let typed = self.typed;
            let id = Some(typed.get(&name("id"))).filter(|id| !id.is_empty()).map(|id| PlaceId(id.to_owned()));
            let (words, address, access) = (
                self.words(&name("name"), TITLE_CHARS),
                self.words(&name("address"), LINE_CHARS),
                self.words(&name("access"), TEXT_CHARS),
            );
            let [link, capacity] = ["link", "capacity"].map(|field| typed.get(&name(field)).trim());
            if words.is_empty() {
                let has_rest = !address.is_empty() || !access.is_empty() || !link.is_empty() || !capacity.is_empty();
                if id.is_none() && has_rest {
                    self.problems.add(name("name-ja"), fault_words(self.reader, Fault::PlaceNameMissing));
                }
                continue;
            }
            let link = self.link(&name("link"), false);
            let capacity = self.number(&name("capacity"), 0, MAX_SEATS);
            let kind = if self.typed.get(&name("kind")) == "online" { PlaceKind::Online } else { PlaceKind::Venue };
            let address = Some(address).filter(|address| !address.is_empty());
            places.push(PlacePlan { id, kind, name: words, address, access, link, capacity });
        }
        places
    }

    fn details(&mut self, before: Option<&Event>) -> Details {
        let typed = self.typed;
        let languages = typed.all("speaks").iter().filter(|tag| form::names::is_language_tag(tag)).cloned();
        Details {
            about: self.words("about", TEXT_CHARS),
            programme: self.programme(),
            hosts: self.hosts(),
            languages: languages.collect(),
            interpretation: self.words("interpretation", LINE_CHARS),
            materials: self.materials(),
            is_demonstration: before.is_some_and(|event| event.details.is_demonstration),
        }
    }

    fn programme(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for row in 0..self.typed.rows(Rows::Programme) {
            let name = |field: &str| Rows::Programme.name(row, field);
            let title = self.words(&name("title"), LINE_CHARS);
            let lines = self.typed.get(&name("speakers"));
            let speakers = speakers::read(lines);
            if let Some(line) = speakers::doubtful(lines) {
                let words = td_string!(self.reader.locale, planning.problem_speakers, n = line);
                self.problems.add(name("speakers"), words.to_string());
            }
            let at = self.time(&name("at"));
            if !title.is_empty() || !speakers.is_empty() {
                items.push(Item { at: at.map(String::from).unwrap_or_default(), title, speakers });
            } else if at.is_some() {
                self.problems.add(name("title-ja"), td_string!(self.reader.locale, planning.problem_item_title));
            }
        }
        items
    }

    fn hosts(&mut self) -> Vec<Host> {
        let rows = (0..self.typed.rows(Rows::Hosts)).map(|row| {
            let role = self.typed.get(&Rows::Hosts.name(row, "role"));
            Host {
                role: HostRole::ALL.into_iter().find(|known| known.as_str() == role).unwrap_or_default(),
                name: self.words(&Rows::Hosts.name(row, "name"), LINE_CHARS),
                receives: self.words(&Rows::Hosts.name(row, "receives"), LINE_CHARS),
            }
        });
        rows.filter(|host| !host.name.is_empty()).collect()
    }

    fn materials(&mut self) -> Vec<Material> {
        let mut materials = Vec::new();
        for row in 0..self.typed.rows(Rows::Materials) {
            let title = self.words(&Rows::Materials.name(row, "title"), LINE_CHARS);
            let url = Rows::Materials.name(row, "url");
            match self.link(&url, false) {
                Some(link) if title.is_empty() => {
                    let words = td_string!(self.reader.locale, planning.problem_material_title);
                    self.problems.add(Rows::Materials.name(row, "title-ja"), words);
                    materials.push(Material { title, url: link });
                }
                Some(link) => materials.push(Material { title, url: link }),
                None if !title.is_empty() => {
                    self.problems.add(url, fault_words(self.reader, Fault::LinkWrong));
                }
                None => {}
            }
        }
        materials
    }
}
