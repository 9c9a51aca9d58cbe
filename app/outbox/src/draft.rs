//! Unfinished answers on a person's own phone.

use crate::clock::days_between;
use form::Day;

/// A draft that nobody touched for so many days is forgotten.
pub const DAYS_KEPT: i64 = 7;

/// Who uses the phone, as the person said on the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phone {
    /// It is theirs: drafts are kept, and the code of sent answers too.
    Own,
    /// Others use it: nothing of a draft is ever stored.
    Shared,
}

impl Phone {
    /// The word in forms and attributes.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Shared => "shared",
        }
    }

    /// What a word says; `None` for any other.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Own, Self::Shared].into_iter().find(|phone| phone.word() == word)
    }
}

/// One person's answers on the way, one row of the phone's storage. It is pinned to its definition for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The instance id; also the row's key, so that two people never share a draft.
    pub id: String,
    /// The questionnaire's slug.
    pub questionnaire: String,
    /// Hash of the definition.
    pub definition: String,
    /// The language in which the person began; part of what is sent.
    pub language: String,
    /// The channel by which the person came.
    pub channel: Option<String>,
    /// The answers by name, as JSON.
    pub answers: String,
    /// The page that was shown last.
    pub page: String,
    /// The day of the last answer, as far as the phone's calendar can be believed.
    pub touched_on: Day,
}

impl Draft {
    /// Whether it has lived long enough. A day that lies behind `today`'s belief keeps it: to lose answers because a
    /// phone woke up in another year would be worse than to keep them some days more.
    #[must_use]
    pub fn is_expired(&self, today: Day) -> bool {
        days_between(self.touched_on, today) > DAYS_KEPT
    }
}

/// The drafts of a questionnaire that may be offered to go on with, the one touched last first. On a phone that others
/// use there is none.
pub fn offered(mut drafts: Vec<Draft>, phone: Phone, questionnaire: &str, today: Day) -> Vec<Draft> {
    drafts.retain(|draft| phone == Phone::Own && draft.questionnaire == questionnaire && !draft.is_expired(today));
    drafts.sort_by(|one, other| (other.touched_on, &one.id).cmp(&(one.touched_on, &other.id)));
    drafts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str, questionnaire: &str, touched_on: &str) -> Draft {
        Draft {
            id: id.into(),
            questionnaire: questionnaire.into(),
            definition: "ab".repeat(32),
            language: "vi".into(),
            channel: None,
            answers: "{}".into(),
            page: "consent".into(),
            touched_on: touched_on.parse().unwrap(),
        }
    }

    #[test]
    fn seven_days_and_no_more() {
        let draft = draft("a", "work", "2026-11-25");
        for (today, expired) in
            [("2026-11-25", false), ("2026-12-02", false), ("2026-12-03", true), ("2026-11-01", false)]
        {
            assert_eq!(draft.is_expired(today.parse().unwrap()), expired, "{today}");
        }
    }

    #[test]
    fn own_drafts_of_this_questionnaire_are_offered_latest_first() {
        let drafts = [
            draft("c", "work", "2026-11-24"),
            draft("a", "work", "2026-11-25"),
            draft("b", "housing", "2026-11-25"),
            draft("d", "work", "2026-11-10"),
            draft("e", "work", "2026-11-25"),
        ];
        let ids = |phone| -> Vec<String> {
            let offered = offered(drafts.to_vec(), phone, "work", "2026-11-25".parse().unwrap());
            offered.into_iter().map(|draft| draft.id).collect()
        };
        assert_eq!(ids(Phone::Own), ["a", "e", "c"]);
        assert!(ids(Phone::Shared).is_empty());
    }
}
