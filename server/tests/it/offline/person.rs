//! People: they begin, answer one question after another, look at it in another language, and press *Send*. On their
//! own phone they go on with what it kept; on one that others use the next person begins with nothing.

use super::{
    chance::Chance,
    invariants::{self, Broken, Violation},
    phone::Change,
    service::SLUG,
    world::{At, Event, World},
};
use app::questionnaires::{intake::SealedSending, types::Sending};
use form::{Answer, Answers, FORMAT, Payload, json::Tree};
use outbox::{
    Row,
    draft::{Draft, Phone as Whose, offered},
};
use std::collections::BTreeSet;

/// The languages in which people read.
pub const LANGUAGES: [&str; 5] = ["ja", "ja-easy", "en", "zh-Hans", "vi"];

/// What the server makes of somebody's answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It stores them.
    Fits,
    /// It keeps them aside: nobody published what they answer to.
    Unknown,
    /// It keeps them aside: they do not hold, and nobody can correct them any more.
    Misfit,
}

/// What *Send* made of answers.
pub struct Frozen {
    /// The answers and the envelope, before sealing.
    pub sending: Sending,
    /// What waits in the outbox.
    pub row: Row,
}

/// Somebody who began to answer. Who loses everything before *Send* and begins anew is somebody else.
pub struct Person {
    /// Their instance id.
    pub id: String,
    /// Words of theirs that nobody else writes.
    pub words: String,
    /// What the server will make of it.
    pub kind: Kind,
    /// What was frozen for them; one entry for each time that they pressed *Send*.
    pub frozen: Vec<Frozen>,
    /// The digest of what their phone took into its outbox.
    pub kept: Option<String>,
    /// The digests for which a page of theirs had a receipt.
    pub received: BTreeSet<String>,
}

impl Person {
    /// Whether every *Send* froze the same answers.
    pub fn has_one_version(&self) -> bool {
        self.frozen.windows(2).all(|pair| pair[0].row.digest == pair[1].row.digest)
    }
}

/// Somebody's answers in a page.
pub struct Answering {
    /// Whose they are.
    pub person: usize,
    /// What was answered.
    answers: Answers,
    /// The language in which they began.
    language: String,
    /// The hash of the definition that they answer.
    definition: String,
    /// So many questions will still be answered.
    left: u64,
    /// *Send* was pressed.
    is_sending: bool,
}

impl World {
    /// The person at a page does the next thing.
    pub fn act(&mut self, at: At) -> Result<(), Violation> {
        if self.chance.permille(200) {
            // Another language is another look at the same answers.
            let view = *self.chance.pick(&LANGUAGES);
            self.tab(at).view = view;
            invariants::rows_are_as_frozen(self, at.phone)?;
        }
        match self.tab(at).answering.take() {
            None => self.come(at),
            Some(answering) if answering.is_sending => {
                self.tab(at).answering = Some(answering);
                Ok(())
            }
            Some(answering) if answering.left == 0 && answering.answers.get("message").is_some() => {
                self.send(at, answering);
                Ok(())
            }
            Some(answering) => {
                self.answer(at, answering);
                Ok(())
            }
        }
    }

    /// Somebody goes on with a draft, or begins.
    fn come(&mut self, at: At) -> Result<(), Violation> {
        let (today, view) = (self.tab(at).today, self.tab(at).view);
        let phone = &mut self.phones[at.phone];
        let drafts = if phone.refuses { Vec::new() } else { phone.storage.drafts() };
        let draft = offered(drafts, phone.whose, SLUG, today).into_iter().next();
        let answering = match draft {
            Some(draft) => self.gone_on_with(draft)?,
            None if phone.waiting == 0 => return Ok(()),
            None => {
                phone.waiting -= 1;
                self.newcomer(view)
            }
        };
        self.tab(at).answering = Some(answering);
        self.act_later(at);
        Ok(())
    }

    fn newcomer(&mut self, language: &str) -> Answering {
        let person = self.people.len();
        let kind = *self.chance.pick(&[Kind::Fits, Kind::Fits, Kind::Fits, Kind::Fits, Kind::Unknown, Kind::Misfit]);
        let id = self.chance.uuid();
        let words = format!("[{id}]");
        self.people.push(Person { id, words, kind, frozen: Vec::new(), kept: None, received: BTreeSet::new() });
        self.tally.add("people", 1);
        Answering {
            person,
            answers: Answers::new(),
            language: language.to_owned(),
            definition: match kind {
                Kind::Unknown => "cd".repeat(32),
                Kind::Fits | Kind::Misfit => self.service.definition.clone(),
            },
            left: self.chance.between(2, 5),
            is_sending: false,
        }
    }

    fn gone_on_with(&mut self, draft: Draft) -> Result<Answering, Violation> {
        let person = self.people.iter().position(|person| person.id == draft.id).expect("somebody began it");
        let answers = Tree::parse(&draft.answers).ok().and_then(|tree| Answers::read(&tree));
        let Some(answers) = answers else { return Err(Broken::Lost.by(format!("{} cannot be read", draft.id))) };
        if let Some(Answer::Text(text)) = answers.get("message")
            && !text.contains(&self.people[person].words)
        {
            return Err(Broken::Mixed.by(format!("the draft of {} holds somebody else's words", draft.id)));
        }
        self.tally.add("drafts gone on with", 1);
        let Draft { language, definition, .. } = draft;
        Ok(Answering { person, answers, language, definition, left: self.chance.below(3), is_sending: false })
    }

    fn answer(&mut self, at: At, mut answering: Answering) {
        let person = &self.people[answering.person];
        let (name, answer) = next_answer(&mut self.chance, &answering.answers, &person.words);
        answering.answers.insert(name, answer);
        if person.kind == Kind::Misfit {
            // A day to come, from a phone that took it for today.
            let far = "2099-01-01".parse().unwrap();
            answering.answers.insert("started_on", Answer::Date(far));
        }
        answering.left = answering.left.saturating_sub(1);
        if self.phones[at.phone].whose == Whose::Own {
            let mut answers = String::new();
            answering.answers.write(&mut answers);
            let draft = Draft {
                id: person.id.clone(),
                questionnaire: SLUG.to_owned(),
                definition: answering.definition.clone(),
                language: answering.language.clone(),
                channel: None,
                answers,
                page: name.to_owned(),
                touched_on: self.tab(at).today,
            };
            self.begin(at, Change::Keep(draft));
        }
        self.tab(at).answering = Some(answering);
        self.act_later(at);
    }

    fn send(&mut self, at: At, mut answering: Answering) {
        let payload = Payload {
            format: FORMAT,
            questionnaire: SLUG.to_owned(),
            definition: answering.definition.clone(),
            instance_id: self.people[answering.person].id.clone(),
            language: answering.language.clone(),
            channel: None,
            answers: answering.answers.clone(),
        };
        let sending = Sending::of(payload);
        let sealed = SealedSending::seal(sending.clone(), &self.service.intake_key, self.chance.bytes());
        let row = sealed.expect("the key is one").into_row();
        self.people[answering.person].frozen.push(Frozen { sending, row: row.clone() });
        self.tally.add("pressed send", 1);
        answering.is_sending = true;
        self.tab(at).answering = Some(answering);
        self.begin(at, Change::Freeze(row));
    }

    fn act_later(&mut self, at: At) {
        let pause = self.chance.between(500, 15_000);
        self.after(pause, Event::Act(at));
    }
}

/// The question that is answered next, and how. Words come early: by them everybody is known.
fn next_answer(chance: &mut Chance, answers: &Answers, words: &str) -> (&'static str, Answer) {
    let code = |code: &str| Answer::Choice(code.to_owned());
    if answers.get("consent").is_none() {
        return ("consent", code("yes"));
    }
    if answers.get("message").is_none() {
        return ("message", Answer::Text(format!("{words} Sếp \"đánh\" tôi\n円卓 \\ 🙂")));
    }
    match chance.index(4) {
        0 => ("nationality", code(chance.pick::<&str>(&["vietnam", "nepal", "myanmar"]))),
        1 => ("sector", code(chance.pick::<&str>(&["care", "farming", "hotel"]))),
        2 => ("hours_week", Answer::Integer(i64::try_from(chance.below(113)).unwrap())),
        _ => ("paid_any", code(chance.pick::<&str>(&["yes", "no"]))),
    }
}
