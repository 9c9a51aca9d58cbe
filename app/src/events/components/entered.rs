//! A guest's form: what stands in its fields, and what is read out of them.

use crate::{
    events::{
        guest::{self, Fault, KINDS, Line, Phone, Typed},
        server::{
            catalogue::Event,
            entities::{guest as guest_row, registration},
            own::answers_of,
            seats::Wish,
        },
    },
    ids::PlaceId,
    questionnaires::pages::post::Post,
};
use form::{Answers, Day, Definition, Fields, Problem, entry, flow};

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A seat, or a place on a waiting list.
    Seat,
    /// To hear of it: little is asked.
    Interest,
    /// To correct what was said for a seat.
    CorrectSeat,
    /// To correct what was said to hear of it.
    CorrectInterest,
}

impl Purpose {
    /// Whether little is asked.
    #[must_use]
    pub const fn is_interest(self) -> bool {
        matches!(self, Self::Interest | Self::CorrectInterest)
    }

    /// Whether a place is chosen here.
    #[must_use]
    pub const fn asks_place(self) -> bool {
        matches!(self, Self::Seat | Self::Interest)
    }
}

/// What stands in the fields, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// The name.
    pub name: String,
    /// Its reading.
    pub reading: String,
    /// The organisation.
    pub organisation: String,
    /// The number to call.
    pub phone: String,
    /// Where mails go.
    pub email: String,
    /// The kind of organisation.
    pub kind: String,
    /// What they need.
    pub needs: String,
    /// The place's id.
    pub place: String,
    /// Whether they want to hear of the next date.
    pub follows: bool,
    /// What makes it count once.
    pub attempt: String,
    /// The fields of the organizers' own questions.
    pub questions: Fields,
}

/// What is wrong with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// By field.
    pub fields: Vec<(&'static str, Wrong)>,
    /// By own question.
    pub questions: Vec<Problem>,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// What was typed.
    Typed(Fault),
    /// Neither a phone nor an address to reach them by.
    NoContact,
    /// Mails are wanted and there is no address.
    NoAddress,
    /// Too many forms came from there; seconds to wait.
    Busy(u32),
}

impl Faults {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.questions.is_empty()
    }

    /// One fault of a field.
    #[must_use]
    pub fn one(field: &'static str, wrong: Wrong) -> Self {
        Self { fields: vec![(field, wrong)], questions: Vec::new() }
    }

    /// What is wrong with this field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<Wrong> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, wrong)| *wrong)
    }

    fn keep<T>(&mut self, field: &'static str, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.fields.push((field, Wrong::Typed(fault)))).ok()
    }
}

/// A form that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Who they are.
    pub typed: Typed,
    /// What they want; nothing where no place is asked.
    pub wish: Option<Wish>,
    /// Whether they want to hear of the next date.
    pub follows: bool,
}

impl Entered {
    /// From a post.
    #[must_use]
    pub fn of_post(post: &Post) -> Self {
        let get = |name: &str| post.get(name).unwrap_or_default().to_owned();
        Self {
            name: get("name"),
            reading: get("reading"),
            organisation: get("organisation"),
            phone: get("phone"),
            email: get("email"),
            kind: get("kind"),
            needs: get("needs"),
            place: get("place"),
            follows: post.get("follows").is_some(),
            attempt: get("attempt"),
            questions: post.answer_fields(),
        }
    }

    /// What a guest told before, to be corrected.
    #[must_use]
    pub fn of_guest(event: &Event, row: &registration::Model, guest: &guest_row::Model) -> Self {
        let answers = answers_of(guest);
        let questions = definition(event).into_iter().flat_map(|definition| {
            definition.questions.iter().flat_map(|question| {
                let prefix = entry::prefix(question, true);
                let fields = entry::fields_of(question, answers.get(&question.name));
                fields.into_iter().map(move |(name, value)| ([prefix.as_str(), &name].concat(), value))
            })
        });
        Self {
            name: guest.name.clone(),
            reading: guest.reading.clone().unwrap_or_default(),
            organisation: guest.organisation.clone(),
            phone: guest.phone.clone(),
            email: guest.email.clone().unwrap_or_default(),
            kind: row.kind.clone().unwrap_or_default(),
            needs: guest.needs.clone().unwrap_or_default(),
            place: row.place_id.as_ref().map(|place| place.0.clone()).unwrap_or_default(),
            questions: questions.collect(),
            ..Self::default()
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// All that is wrong with it, in the order of the page.
    pub fn read(&self, event: &Event, purpose: Purpose, today: Day) -> Result<Read, Faults> {
        let mut faults = Faults::default();
        let wish = purpose.asks_place().then(|| self.wish(event, purpose, &mut faults)).flatten();
        let name = faults.keep("name", Line::required(&self.name));
        let (organisation, phone) = if purpose.is_interest() {
            (Some(None), faults.keep("phone", Phone::optional(&self.phone)))
        } else {
            let organisation = faults.keep("organisation", Line::required(&self.organisation)).map(Some);
            (organisation, faults.keep("phone", Phone::required(&self.phone)).map(Some))
        };
        let email = faults.keep("email", guest::email(&self.email));
        if purpose.is_interest() && phone == Some(None) && email == Some(None) {
            faults.fields.push(("phone", Wrong::NoContact));
        }
        let follows = self.follows && event.series.is_some();
        if follows && email == Some(None) {
            faults.fields.push(("email", Wrong::NoAddress));
        }
        let reading = faults.keep("reading", Line::reading(&self.reading));
        let kind = KINDS.into_iter().find(|kind| *kind == self.kind);
        let needs = faults.keep("needs", guest::needs(&self.needs));
        let answers = if purpose.is_interest() {
            None
        } else {
            match self.answers(event, today) {
                Ok(answers) => answers,
                Err(problems) => {
                    faults.questions = problems;
                    None
                }
            }
        };
        match (name, organisation, phone, email, reading, needs) {
            (Some(name), Some(organisation), Some(phone), Some(email), Some(reading), Some(needs))
                if faults.is_empty() =>
            {
                let typed = Typed { name, reading, organisation, phone, email, kind, needs, answers };
                Ok(Read { typed, wish, follows })
            }
            _ => Err(faults),
        }
    }

    /// What they want: the only place, or the one that was chosen.
    pub fn wish(&self, event: &Event, purpose: Purpose, faults: &mut Faults) -> Option<Wish> {
        let chosen = match event.places.as_slice() {
            [only] => Some(only.id.clone()),
            places => places.iter().find(|place| place.id.0 == self.place).map(|place| place.id.clone()),
        };
        match (chosen, purpose) {
            (chosen, Purpose::Interest) => Some(Wish::Interest(chosen)),
            (Some(place), _) => Some(Wish::Seat(place)),
            (None, _) => {
                faults.fields.push(("place", Wrong::Typed(Fault::Missing)));
                None
            }
        }
    }

    /// The answers to the organizers' own questions, JSON; nothing if there are none. Questions that do not show are
    /// not asked, whatever stands in their fields.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn answers(&self, event: &Event, today: Day) -> Result<Option<String>, Vec<Problem>> {
        let Some(definition) = definition(event) else { return Ok(None) };
        let (mut answers, mut problems) = (Answers::new(), Vec::new());
        for question in definition.questions.iter().filter(|question| question.kind.is_answered()) {
            match entry::read(question, &entry::own_fields(&entry::prefix(question, true), &self.questions)) {
                Ok(Some(answer)) => _ = answers.insert(question.name.clone(), answer),
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
        let answers = flow::prune(definition, &answers, today);
        for question in flow::shown(definition, &answers, today) {
            if problems.iter().any(|problem| problem.question == question.name) {
                continue;
            }
            let own = answers.get(&question.name);
            problems.extend(form::validate(definition, question, own, &answers, today).err());
        }
        let shown = flow::shown(definition, &answers, today);
        problems.retain(|problem| shown.iter().any(|question| question.name == problem.question));
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut json = String::new();
        answers.write(&mut json);
        Ok((!answers.is_empty()).then_some(json))
    }
}

/// Whether a guest told everything that a seat needs. Who only wanted to hear of it told less.
#[must_use]
pub fn is_complete(event: &Event, row: &registration::Model, guest: &guest_row::Model, today: Day) -> bool {
    Entered::of_guest(event, row, guest).read(event, Purpose::CorrectSeat, today).is_ok()
}

/// The organizers' own questions.
#[must_use]
pub fn definition(event: &Event) -> Option<&Definition> {
    event.questions.as_deref().map(form::Published::definition)
}

/// The place of an id that a form sent.
#[must_use]
pub fn place_of(event: &Event, id: &str) -> Option<PlaceId> {
    event.places.iter().find(|place| place.id.0 == id).map(|place| place.id.clone())
}
