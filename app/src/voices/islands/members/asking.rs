//! The form that asks a worker whether words may be passed on.

use super::{
    call::Failure,
    parts::Go,
    passing::today,
    screen::Desk,
    session::{is_wanted, read},
    words::{date, language},
};
use crate::{
    browser::{device, http, page, press, text},
    error::AppError,
    i18n::*,
    ui::{
        ChoiceRow, Field, LongTextField, Radios, Select, TextField,
        reader::{LOCALES, endonym, tag},
    },
    voices::{
        components::sharing::kind,
        member::Case,
        sharing::{
            Basis, EVERYBODY, MOST_DAYS, Proposal, RECIPIENT_CHARS, RecipientKind, Scope, WORDS_CHARS, is_misleading,
            names_a_day,
        },
        written::TEXT_BYTES,
    },
};
use form::Day;
use leptos::{ev::SubmitEvent, prelude::*};
use serde_json::json;

/// The choice that asks the worker.
const WITH_YES: &str = "yes";

/// A text as names are compared: letters and digits alone, whatever their width, case and marks.
fn plain(text: &str) -> String {
    let decomposed = text::decompose(text).to_lowercase().replace('đ', "d");
    decomposed.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// What stands in the fields, as it was last sent or refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asking {
    right: String,
    reason: String,
    kind: String,
    recipient: String,
    language: String,
    words: String,
    shown: String,
    scope: String,
    until: String,
}

impl Asking {
    fn of(event: &SubmitEvent) -> Self {
        // What misleads the eye would make it no proposal.
        let text = |name: &str| {
            let typed = press::value_of(event, name).replace("\r\n", "\n").replace('\t', " ");
            typed.chars().filter(|sign| !is_misleading(*sign)).collect::<String>().trim().to_owned()
        };
        Self {
            right: text("right"),
            reason: text("reason"),
            kind: text("kind"),
            recipient: text("recipient").split_whitespace().collect::<Vec<_>>().join(" "),
            language: text("language"),
            words: text("words"),
            shown: text("shown"),
            scope: text("scope"),
            until: text("until"),
        }
    }

    /// What it asks, or the field that is wrong and why.
    fn read(&self, desk: Desk, case: &Case, today: Day) -> Result<Proposal, (&'static str, String)> {
        let locale = desk.reader.locale;
        let worker_reads = case.row.language.as_str();
        let missing = |field| (field, td_string!(locale, members.fault_share).to_owned());
        let order = Basis::of_word(&self.right);
        if order.is_none() && self.right != WITH_YES {
            return Err(missing("right"));
        }
        let kind = RecipientKind::of_word(&self.kind).ok_or_else(|| missing("kind"))?;
        let is_public = kind == RecipientKind::Public;
        if is_public && order.is_some() {
            return Err(("kind", td_string!(locale, members.fault_public_order).to_owned()));
        }
        if self.recipient.is_empty() && !is_public {
            return Err(missing("recipient"));
        }
        if self.recipient.chars().count() > RECIPIENT_CHARS {
            return Err(("recipient", td_string!(locale, members.fault_long).to_owned()));
        }
        let is_language = LOCALES.into_iter().any(|locale| tag(locale) == self.language);
        let language = is_language.then(|| self.language.clone()).ok_or_else(|| missing("share-language"))?;
        for (name, text) in [("words", &self.words), ("shown", &self.shown)] {
            if text.chars().count() > WORDS_CHARS {
                let words = td_string!(locale, members.fault_words_long, count = WORDS_CHARS).to_string();
                return Err((name, words));
            }
        }
        if self.words.is_empty() {
            return Err(missing("words"));
        }
        if self.shown.is_empty() && language != worker_reads {
            let words = td_string!(locale, members.fault_shown, language = self::language(worker_reads)).to_string();
            return Err(("shown", words));
        }
        if is_public && [&self.words, &self.shown].into_iter().any(|text| case.names_employer(text, plain)) {
            return Err(("words", td_string!(locale, members.fault_employer).to_owned()));
        }
        let days = [("words", &self.words), ("shown", &self.shown)].into_iter().find(|(_, text)| names_a_day(text));
        if let Some((name, _)) = days.filter(|_| is_public) {
            return Err((name, td_string!(locale, members.fault_day).to_owned()));
        }
        if order.is_some() {
            return self.read_order(desk, order, kind, (worker_reads, today));
        }
        // What is put up once stays up: how often is no question.
        let scope = if is_public { Some(Scope::Once) } else { Scope::of_word(&self.scope) };
        let scope = scope.ok_or_else(|| missing("scope"))?;
        let (first, last) = (kind.first_day(today), today.plus_days(MOST_DAYS).unwrap_or(today));
        let until = Day::parse(&self.until).filter(|until| (first..=last).contains(until)).ok_or_else(|| {
            let (from, until) = (String::from(first), String::from(last));
            let (from, until) = (date(desk.reader, &from), date(desk.reader, &until));
            ("until", td_string!(locale, members.fault_until, from = from, until = until).to_string())
        })?;
        let recipient = if is_public { EVERYBODY.to_owned() } else { self.recipient.clone() };
        let (shown, words) = (self.shown(worker_reads), self.words.clone());
        Ok(Proposal { kind, recipient, scope, until, language, words, shown, order: None })
    }

    /// The same for what two members decide: it goes at once or not at all, and the worker must be told why.
    fn read_order(
        &self,
        desk: Desk,
        order: Option<Basis>,
        kind: RecipientKind,
        (worker_reads, today): (&str, Day),
    ) -> Result<Proposal, (&'static str, String)> {
        let locale = desk.reader.locale;
        if self.reason.is_empty() {
            return Err(("reason", td_string!(locale, members.fault_share).to_owned()));
        }
        if self.reason.len() > TEXT_BYTES {
            return Err(("reason", td_string!(locale, members.fault_long).to_owned()));
        }
        Ok(Proposal {
            kind,
            recipient: self.recipient.clone(),
            scope: Scope::Once,
            until: today,
            language: self.language.clone(),
            words: self.words.clone(),
            shown: self.shown(worker_reads),
            order,
        })
    }

    fn shown(&self, worker_reads: &str) -> Option<(String, String)> {
        (!self.shown.is_empty()).then(|| (worker_reads.to_owned(), self.shown.clone()))
    }
}

/// The form.
#[component]
pub(super) fn Ask(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let screen = desk.screen;
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(case), Some(today)) = (screen.case.get_untracked(), today(desk)) else { return };
        if screen.is_busy.get_untracked() {
            return;
        }
        let asking = Asking::of(&event);
        let proposal = asking.read(desk, &case, today);
        let reason = asking.reason.clone();
        screen.asking.set(asking);
        screen.fault.set(proposal.as_ref().err().cloned());
        match proposal {
            Ok(proposal) => http::spawn(propose(desk, proposal, reason)),
            Err((field, _)) => page::focus_when_drawn(&["#", field].concat()),
        }
    };
    let fields = move || fields(desk);
    view! {
        <details class="members-ask">
            <summary inner_html=reader.rich(td_string!(locale, members.share_new))></summary>
            <form on:submit=send novalidate translate="no">
                {fields}
                <Go desk label=td_string!(locale, members.share_ask) />
            </form>
        </details>
    }
}

fn fields(desk: Desk) -> impl IntoView + use<> {
    let reader = desk.reader;
    let locale = reader.locale;
    let (asking, fault) = (desk.screen.asking.get(), desk.screen.fault.get());
    let worker_reads = desk.screen.case.with(|case| case.as_ref().map(|case| case.row.language.clone()));
    let field = |name: &'static str, label: &'static str| {
        let fault = fault.as_ref().filter(|(field, _)| *field == name).map(|(_, words)| words.clone());
        Field::new(name, label).error(fault)
    };
    let row = |value: &str, label: &str, chosen: &str| ChoiceRow {
        value: value.to_owned(),
        label: label.to_owned(),
        checked: value == chosen,
        ..ChoiceRow::default()
    };
    let kinds = RecipientKind::ALL.map(|own| row(own.word(), kind(reader, own), &asking.kind));
    let languages = LOCALES.map(|locale| row(tag(locale), endonym(locale), &asking.language));
    let scopes = [
        row(Scope::Once.word(), td_string!(locale, members.share_once), &asking.scope),
        row(Scope::Repeatedly.word(), td_string!(locale, members.share_often), &asking.scope),
    ];
    let reads = language(worker_reads.as_deref().unwrap_or_default());
    let shown = td_string!(locale, members.share_shown, language = reads).to_string();
    let shown = Field { label: shown, ..field("shown", "") }.hint(td_string!(locale, members.share_shown_hint));
    let right = if asking.right.is_empty() { WITH_YES } else { &asking.right };
    let rights = [
        row(WITH_YES, td_string!(locale, members.right_yes), right),
        row(Basis::CourtOrder.word(), td_string!(locale, members.right_court), right),
        row(Basis::DangerToLife.word(), td_string!(locale, members.right_danger), right),
    ];
    view! {
        <Radios
            reader
            field=field("right", td_string!(locale, members.right)).hint(td_string!(locale, members.right_hint))
            name="right"
            choices=rights.to_vec()
        />
        <Select
            reader
            field=field("kind", td_string!(locale, members.share_kind))
            name="kind"
            choices=kinds.to_vec()
        />
        <TextField
            reader
            field=field("recipient", td_string!(locale, members.share_recipient))
            name="recipient"
            value=asking.recipient
        />
        <Select
            reader
            field=field("share-language", td_string!(locale, members.share_language))
            name="language"
            choices=languages.to_vec()
        />
        <LongTextField
            reader
            field=field("words", td_string!(locale, members.share_words))
                .hint(td_string!(locale, members.share_words_hint))
            name="words"
            value=asking.words
        />
        <LongTextField reader field=shown name="shown" value=asking.shown />
        <Radios
            reader
            field=field("scope", td_string!(locale, members.share_scope))
            name="scope"
            choices=scopes.to_vec()
        />
        <TextField
            reader
            field=field("until", td_string!(locale, members.share_until))
            name="until"
            kind="date"
            value=asking.until
        />
        <LongTextField
            reader
            field=field("reason", td_string!(locale, members.reason)).hint(td_string!(locale, members.reason_hint))
            name="reason"
            value=asking.reason
        />
    }
}

/// Seals and sends what the worker is asked, or another member.
async fn propose(desk: Desk, proposal: Proposal, reason: String) {
    let (Some(me), Some(case)) = (desk.unlocked(), desk.screen.case.get_untracked()) else { return };
    let locale = desk.reader.locale;
    // Nobody knows who has the key of a voice of which not one letter is genuine.
    if case.letters.is_empty() {
        return desk.complain(&td_string!(locale, members.doubtful, count = case.doubtful).to_string());
    }
    let entropy = [device::random(), device::random(), device::random()];
    let id = case.row.id.clone();
    let sealed = match proposal.order {
        None => me.propose(&case, &proposal, [entropy[0], entropy[1]]).map(|proposed| ("/propose", json!(proposed))),
        Some(_) => {
            let fresh = [device::random(), device::random()];
            me.order(&case, (&proposal, &reason), entropy, fresh).map(|ordered| ("/order", json!(ordered)))
        }
    };
    let Some((name, mut body)) = sealed else {
        return desk.screen.fault.set(Some(("words", td_string!(locale, members.fault_long).to_owned())));
    };
    body["voice"] = json!(id);
    desk.screen.told.set(None);
    desk.screen.is_busy.set(true);
    let asked = desk.call::<()>(name, &body).await;
    desk.screen.is_busy.set(false);
    let is_there = match &asked {
        Ok(()) => is_wanted(desk, &id) && read(desk, &id).await,
        // It may be this very one, whose answer was lost.
        Err(Failure::Refused(AppError::Conflict)) => {
            is_wanted(desk, &id) && read(desk, &id).await && is_asked(desk, &proposal)
        }
        Err(_) => false,
    };
    let done = match proposal.order {
        None => td_string!(locale, members.share_asked),
        Some(_) => td_string!(locale, members.order_sent),
    };
    match asked {
        _ if is_there => {
            desk.screen.asking.set(Asking::default());
            desk.tell(done);
        }
        Ok(()) => desk.tell(done),
        Err(Failure::Refused(AppError::Conflict)) => desk.complain(td_string!(locale, members.conflict)),
        Err(Failure::Refused(AppError::Expired)) => desk.complain(td_string!(locale, members.waiting_heading)),
        Err(Failure::Refused(AppError::Forbidden)) => desk.complain(td_string!(locale, members.full)),
        Err(failure) => desk.fail(&failure),
    }
}

/// Whether exactly this is asked in the voice that is open.
fn is_asked(desk: Desk, proposal: &Proposal) -> bool {
    let case = desk.screen.case.get_untracked();
    case.is_some_and(|case| case.shared.iter().any(|shared| shared.proposal == *proposal))
}
