//! The questionnaire without reloading: the same pages, drawn by the same components, in memory only.
//!
//! The forms stay real. Until the definition is here, and whenever this program should fail, they post to the server
//! as they do without script; a hidden field carries what was answered meanwhile, so nothing is lost on the way.

use crate::{
    browser::{http, page},
    error::AppError,
    questionnaires::{
        api::send_response,
        components::{stage_title, stage_view},
        paths,
        stage::{Person, Sent, Stage, Trouble, asking, checking},
        types::Receipt,
        walk::{self, Place},
    },
    ui::Reader,
};
use form::{Answers, Definition, FORMAT, Fields, Payload, ProblemKey, flow};
use leptos::{prelude::*, task::spawn_local};

/// The fields that belong to an answer, whatever its kind.
const ANSWER_FIELDS: [&str; 5] = ["answer", "answer-year", "answer-month", "answer-day", "no-answer"];

/// One person's way through a questionnaire.
#[island]
pub fn Questionnaire(
    /// Who reads.
    reader: Reader,
    /// Whose answers these are.
    person: Person,
    /// The page on which it begins.
    stage: Stage,
    /// What was answered before.
    answers: Answers,
) -> impl IntoView {
    let way = Way {
        reader,
        person: StoredValue::new(person),
        stage: RwSignal::new(stage),
        memory: StoredValue::new(Memory { answers, definition: None, moved: false, sending: false }),
    };
    Effect::new(move |_| way.wake());
    let draw = move || {
        let carried = way.memory.with_value(|memory| memory.moved.then(|| memory.answers.clone()));
        way.person.with_value(|person| stage_view(reader, person, &way.stage.get(), carried.as_ref()))
    };
    view! {
        <div class="questionnaire" on:submit=move |event| way.submit(&event) on:click=move |event| way.press(&event)>
            {draw}
        </div>
    }
}

/// What the island remembers beside the stage it shows.
struct Memory {
    answers: Answers,
    /// Here once it was fetched; until then the forms are the server's.
    definition: Option<Definition>,
    /// Whether the page was changed here, so that the server's cookie may be behind.
    moved: bool,
    /// Whether answers are on their way, so that a double tap sends once.
    sending: bool,
}

/// The island's state, cheap to copy into handlers.
#[derive(Clone, Copy)]
struct Way {
    reader: Reader,
    person: StoredValue<Person>,
    stage: RwSignal<Stage>,
    memory: StoredValue<Memory>,
}

impl Way {
    /// Fetches the definition and listens to the browser's back and forward.
    fn wake(self) {
        page::on_history(move || self.follow_history(), page::reload);
        spawn_local(async move {
            let hash = self.person.with_value(|person| person.definition.clone());
            let Some(text) = http::text(&paths::definition(&hash)).await else { return };
            // Something between us and the server may have answered in its place.
            if form::digest(text.as_bytes()) != hash {
                return;
            }
            if let Ok(definition) = serde_json::from_str(&text) {
                self.memory.update_value(|memory| memory.definition = Some(definition));
            }
        });
    }

    fn is_awake(self) -> bool {
        self.memory.with_value(|memory| memory.definition.is_some())
    }

    /// *Continue* and *Send* stay here; the buttons of the page's frame go to the server with everything typed.
    fn submit(self, event: &leptos::ev::SubmitEvent) {
        if !self.is_awake() || page::button_of(event).is_some_and(|name| name != "go") {
            return;
        }
        match self.stage.get_untracked() {
            Stage::Question(asking) => {
                event.prevent_default();
                let fields = page::fields_of(event, &ANSWER_FIELDS);
                self.answer(&asking.question.name, fields, asking.change);
            }
            Stage::Check(_) => {
                event.prevent_default();
                self.send();
            }
            Stage::Sent(_) => {}
        }
    }

    /// Takes an answer and moves on, or shows what is wrong with it.
    fn answer(self, name: &str, fields: Fields, change: bool) {
        let today = self.person.with_value(|person| person.today);
        let taken = self.memory.with_value(|memory| {
            let definition = memory.definition.as_ref()?;
            let taken = walk::take(definition, &memory.answers, name, &fields, today).map(|answers| {
                let place = walk::after(definition, &memory.answers, &answers, name, change, today);
                (answers, place)
            });
            Some(taken)
        });
        match taken {
            None => {}
            Some(Ok((answers, place))) => {
                self.memory.update_value(|memory| memory.answers = answers);
                self.tell_server(name, fields);
                self.go(&place, change, None);
            }
            Some(Err(problem)) => self.show_problem(name, fields, change, problem.key),
        }
    }

    fn show_problem(self, name: &str, fields: Fields, change: bool, key: ProblemKey) {
        self.memory.update_value(|memory| memory.moved = true);
        let stage = self.stage_of(&Place::Question(name.to_owned()), change, Some(fields));
        if let Some(Stage::Question(mut asking)) = stage {
            asking.problem = Some(key);
            self.show(Stage::Question(asking));
        }
    }

    /// Keeps the cookie in step, so that a reload finds the same answers. It may fail: the next post carries all.
    fn tell_server(self, name: &str, fields: Fields) {
        let path = self.person.with_value(|person| paths::question(self.reader, &person.slug, name));
        let mut all = fields;
        all.push(("instance".to_owned(), self.person.with_value(|person| person.instance_id.clone())));
        let answers = self.memory.with_value(|memory| serde_json::to_string(&memory.answers));
        if let Ok(answers) = answers {
            all.push(("answers".to_owned(), answers));
        }
        http::post_quietly(&path, &all);
    }

    /// Links of the way stay here; all others are ordinary links.
    fn press(self, event: &leptos::ev::MouseEvent) {
        if !self.is_awake() {
            return;
        }
        let Some((path, query)) = page::link_of(event) else { return };
        let Some(place) = self.place_of(&path) else { return };
        event.prevent_default();
        self.go(&place, query == "?change", None);
    }

    /// The person went back or forward.
    fn follow_history(self) {
        if matches!(self.stage.get_untracked(), Stage::Sent(_)) {
            // The answers are gone; the address shows the code again.
            let sent = self.person.with_value(|person| paths::sent(self.reader, &person.slug));
            if page::path() != sent {
                page::push(&sent);
            }
            return;
        }
        match self.place_of(&page::path()).and_then(|place| self.stage_of(&place, false, None)) {
            Some(stage) => {
                self.memory.update_value(|memory| memory.moved = true);
                self.show(stage);
            }
            None => page::reload(),
        }
    }

    /// The place of the way that an address names.
    fn place_of(self, path: &str) -> Option<Place> {
        let start = self.person.with_value(|person| paths::start(self.reader, &person.slug));
        let rest = path.strip_prefix(start.as_str())?;
        if rest == "/check" {
            return Some(Place::Check);
        }
        let name = rest.strip_prefix("/questions/")?;
        let memory = self.memory;
        let known = memory.with_value(|memory| memory.definition.as_ref().is_some_and(|d| d.question(name).is_some()));
        known.then(|| Place::Question(name.to_owned()))
    }

    /// Moves to a place: the page is drawn, the address follows. Saying no leads to the server, which forgets all.
    fn go(self, place: &Place, change: bool, trouble: Option<Trouble>) {
        self.memory.update_value(|memory| memory.moved = true);
        let Some(mut stage) = self.stage_of(place, change, None) else {
            let path = self.person.with_value(|person| paths::nothing(self.reader, &person.slug));
            if let Some(window) = web_sys::window() {
                let _ = window.location().assign(&path);
            }
            return;
        };
        if let Stage::Check(checking) = &mut stage {
            checking.trouble = trouble;
        }
        let path = self.person.with_value(|person| match &stage {
            Stage::Question(asking) => paths::question(self.reader, &person.slug, &asking.question.name),
            Stage::Check(_) => paths::check(self.reader, &person.slug),
            Stage::Sent(_) => paths::sent(self.reader, &person.slug),
        });
        if page::path() != path {
            page::push(&path);
        }
        self.show(stage);
    }

    /// The stage of a place, as far as the person may go; `None` where there is nothing to send.
    fn stage_of(self, place: &Place, change: bool, typed: Option<Fields>) -> Option<Stage> {
        let today = self.person.with_value(|person| person.today);
        self.memory.with_value(|memory| {
            let definition = memory.definition.as_ref()?;
            let place = match place {
                Place::Question(name) => walk::allowed(definition, &memory.answers, name, today),
                Place::Check | Place::Nothing => walk::check(definition, &memory.answers, today),
            };
            match place {
                Place::Question(name) => {
                    let question = definition.question(&name)?;
                    let mut stage = asking(definition, question, &memory.answers, self.reader, today, typed);
                    stage.change = change;
                    Some(Stage::Question(Box::new(stage)))
                }
                Place::Check => Some(Stage::Check(checking(definition, &memory.answers, self.reader, today))),
                Place::Nothing => None,
            }
        })
    }

    fn show(self, stage: Stage) {
        page::set_title(&stage_title(self.reader, &stage));
        self.stage.set(stage);
        page::focus_first(&["#errors", "main h1"]);
    }

    /// Freezes the answers into bytes and sends them. Only a receipt that the server signed for exactly these bytes
    /// counts; whatever else comes back, the answers stay.
    fn send(self) {
        let payload = self.memory.try_update_value(|memory| {
            if memory.sending {
                return None;
            }
            memory.sending = true;
            let definition = memory.definition.as_ref()?;
            let person = self.person.get_value();
            Some(Payload {
                format: FORMAT,
                questionnaire: person.slug,
                definition: person.definition,
                instance_id: person.instance_id,
                language: self.reader.tag().to_owned(),
                channel: None,
                answers: flow::prune(definition, &memory.answers, person.today),
            })
        });
        let Some(Some(payload)) = payload else { return };
        spawn_local(async move {
            let bytes = payload.canonical_bytes();
            let digest = form::digest(&bytes);
            let text = String::from_utf8(bytes).unwrap_or_default();
            let Payload { questionnaire, definition, instance_id, .. } = payload;
            let answer = send_response(questionnaire, definition, instance_id.clone(), digest.clone(), text).await;
            self.memory.update_value(|memory| memory.sending = false);
            self.receive(answer, &instance_id, &digest);
        });
    }

    fn receive(self, answer: Result<Receipt, AppError>, instance_id: &str, digest: &str) {
        let trouble = match answer {
            Ok(receipt) => {
                let key = self.person.with_value(|person| person.receipt_key.clone());
                if receipt.is_for(&key, instance_id, digest) {
                    self.memory.update_value(|memory| memory.answers = Answers::default());
                    page::push(&self.person.with_value(|person| paths::sent(self.reader, &person.slug)));
                    return self.show(Stage::Sent(Sent { code: receipt.code, outcome: receipt.outcome }));
                }
                Trouble::Forged
            }
            Err(AppError::Invalid(problems)) if !problems.is_empty() => {
                let name = problems[0].question.clone();
                return self.go(&Place::Question(name), true, None);
            }
            Err(AppError::TooManyRequests { retry_after }) => Trouble::Busy(retry_after),
            Err(AppError::Conflict) => Trouble::Conflict,
            Err(AppError::Outdated) => Trouble::Outdated,
            Err(_) => Trouble::NotSent,
        };
        self.go(&Place::Check, false, Some(trouble));
    }
}
