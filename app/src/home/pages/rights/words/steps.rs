//! What somebody can do now, and where a step can hurt; with the office to go to or the words to show.

use super::{Said, said};
use crate::{
    home::rights::{
        Topic,
        law::{self, Cited},
    },
    i18n::*,
};

/// What somebody can do now.
pub(in super::super) fn steps(locale: Locale, topic: Topic) -> Vec<Said> {
    match topic {
        Topic::Pay => vec![
            said(td_string!(locale, rights.pay_now_1), &[]),
            said(td_string!(locale, rights.pay_now_2), &[]),
            said(td_string!(locale, rights.pay_now_3), &[]),
            said(td_string!(locale, rights.pay_now_4), &[Cited(law::OFFICE_STANDARDS, &[])]),
        ],
        Topic::Time => vec![
            said(td_string!(locale, rights.time_now_1), &[]),
            said(td_string!(locale, rights.time_now_2), &[]),
            said(td_string!(locale, rights.time_now_3), &[]),
            said(td_string!(locale, rights.time_now_4), &[Cited(law::OFFICE_STANDARDS, &[])]),
        ],
        Topic::Health => vec![
            said(td_string!(locale, rights.health_now_1), &[Cited(law::SAY_ACCIDENT, &[])]),
            said(td_string!(locale, rights.health_now_2), &[]),
            said(td_string!(locale, rights.health_now_3), &[Cited(law::OFFICE_STANDARDS, &[])]),
            said(td_string!(locale, rights.health_now_4), &[Cited(law::OFFICE_UNION, &[])]),
        ],
        Topic::Respect => vec![
            said(td_string!(locale, rights.respect_now_1), &[]),
            said(td_string!(locale, rights.respect_now_2), &[]),
            said(td_string!(locale, rights.respect_now_3), &[Cited(law::SAY_REPORT, &[])]),
            said(td_string!(locale, rights.respect_now_4), &[Cited(law::OFFICE_TRAINEES, &[])]),
        ],
        Topic::Change => vec![
            said(td_string!(locale, rights.change_now_1), &[Cited(law::STANDARDS, &["22"])]),
            said(td_string!(locale, rights.change_now_2), &[Cited(law::TRAINEE_FORM, &[])]),
            said(td_string!(locale, rights.change_now_3), &[Cited(law::OFFICE_JOBS, &[])]),
            said(td_string!(locale, rights.change_now_4), &[Cited(law::OFFICE_UNION, &[])]),
        ],
        Topic::Papers => vec![
            said(td_string!(locale, rights.papers_now_1), &[Cited(law::SAY_PASSPORT, &[])]),
            said(td_string!(locale, rights.papers_now_2), &[]),
            said(td_string!(locale, rights.papers_now_3), &[Cited(law::OFFICE_TRAINEES, &[])]),
            said(
                td_string!(locale, rights.papers_now_4),
                &[Cited(law::IMMIGRATION, &["19の12"]), Cited(law::OFFICE_IMMIGRATION, &[])],
            ),
        ],
        Topic::Home => vec![
            said(td_string!(locale, rights.home_now_1), &[]),
            said(td_string!(locale, rights.home_now_2), &[]),
            said(td_string!(locale, rights.home_now_3), &[]),
            said(
                td_string!(locale, rights.home_now_4),
                &[Cited(law::OFFICE_STANDARDS, &[]), Cited(law::OFFICE_TRAINEES, &[])],
            ),
        ],
        Topic::Family => vec![
            said(
                td_string!(locale, rights.family_now_1),
                &[Cited(law::MOTHER_AND_CHILD, &["15", "16"]), Cited(law::OFFICE_CITY, &[])],
            ),
            said(td_string!(locale, rights.family_now_2), &[]),
            said(td_string!(locale, rights.family_now_3), &[Cited(law::OFFICE_EQUALITY, &[])]),
            said(
                td_string!(locale, rights.family_now_4),
                &[Cited(law::FAMILY_REGISTER, &["49"]), Cited(law::IMMIGRATION, &["22の2"])],
            ),
        ],
        Topic::Together => vec![
            said(td_string!(locale, rights.together_now_1), &[Cited(law::OFFICE_STANDARDS, &[])]),
            said(td_string!(locale, rights.together_now_2), &[]),
            said(td_string!(locale, rights.together_now_3), &[]),
            said(td_string!(locale, rights.together_now_4), &[Cited(law::OFFICE_UNION, &[])]),
        ],
    }
}

/// Where to take care.
pub(in super::super) fn cares(locale: Locale, topic: Topic) -> Vec<Said> {
    match topic {
        Topic::Pay => vec![
            said(td_string!(locale, rights.pay_care_1), &[]),
            said(td_string!(locale, rights.pay_care_2), &[Cited(law::STANDARDS, &["41"])]),
        ],
        Topic::Time => vec![
            said(td_string!(locale, rights.time_care_1), &[]),
            said(td_string!(locale, rights.time_care_2), &[Cited(law::STANDARDS, &["41"])]),
        ],
        Topic::Health => vec![
            said(td_string!(locale, rights.health_care_1), &[Cited(law::HEALTH_INSURANCE, &["1"])]),
            said(td_string!(locale, rights.health_care_2), &[Cited(law::ACCIDENT, &["42"])]),
            said(td_string!(locale, rights.health_care_3), &[Cited(law::STANDARDS, &["75"])]),
        ],
        Topic::Respect => {
            vec![
                said(td_string!(locale, rights.respect_care_1), &[]),
                said(td_string!(locale, rights.respect_care_2), &[]),
            ]
        }
        Topic::Change => vec![
            said(td_string!(locale, rights.change_care_1), &[]),
            said(td_string!(locale, rights.change_care_2), &[Cited(law::IMMIGRATION, &["19の16"])]),
            said(td_string!(locale, rights.change_care_3), &[Cited(law::IMMIGRATION, &["22の4"])]),
        ],
        Topic::Papers => vec![
            said(td_string!(locale, rights.papers_care_1), &[Cited(law::ACCOUNTS, &["28"])]),
            said(td_string!(locale, rights.papers_care_2), &[]),
        ],
        Topic::Home => vec![
            said(td_string!(locale, rights.home_care_1), &[Cited(law::OFFICE_CITY, &[])]),
            said(td_string!(locale, rights.home_care_2), &[]),
        ],
        Topic::Family => vec![
            said(td_string!(locale, rights.family_care_1), &[Cited(law::PENAL, &["134"])]),
            said(td_string!(locale, rights.family_care_2), &[]),
        ],
        Topic::Together => vec![said(td_string!(locale, rights.together_care_1), &[Cited(law::IMMIGRATION, &["62"])])],
    }
}
