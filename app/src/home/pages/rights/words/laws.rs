//! What the law says, sentence and article side by side.

use super::{Said, said};
use crate::{
    home::rights::{
        Topic,
        law::{self, Cited},
    },
    i18n::*,
};

/// The sentences of a topic, the most useful first.
pub(in super::super) fn laws(locale: Locale, topic: Topic) -> Vec<Said> {
    match topic {
        Topic::Pay => vec![
            said(td_string!(locale, rights.pay_law_1), &[Cited(law::MINIMUM_WAGE, &["4"])]),
            said(td_string!(locale, rights.pay_law_2), &[Cited(law::STANDARDS, &["24"])]),
            said(td_string!(locale, rights.pay_law_3), &[Cited(law::STANDARDS, &["37"])]),
            said(td_string!(locale, rights.pay_law_4), &[Cited(law::STANDARDS, &["37"])]),
            said(td_string!(locale, rights.pay_law_5), &[Cited(law::STANDARDS, &["24"])]),
            said(td_string!(locale, rights.pay_law_6), &[Cited(law::INCOME_TAX, &["231"])]),
            said(td_string!(locale, rights.pay_law_7), &[Cited(law::STANDARDS, &["115", "143"])]),
        ],
        Topic::Time => vec![
            said(td_string!(locale, rights.time_law_1), &[Cited(law::STANDARDS, &["32"])]),
            said(td_string!(locale, rights.time_law_2), &[Cited(law::STANDARDS, &["36"])]),
            said(td_string!(locale, rights.time_law_3), &[Cited(law::STANDARDS, &["34"])]),
            said(td_string!(locale, rights.time_law_4), &[Cited(law::STANDARDS, &["35"])]),
            said(td_string!(locale, rights.time_law_5), &[Cited(law::STANDARDS, &["39"])]),
            said(td_string!(locale, rights.time_law_6), &[Cited(law::STANDARDS, &["39"])]),
            said(td_string!(locale, rights.time_law_7), &[Cited(law::GUIDE_HOURS, &[])]),
        ],
        Topic::Health => vec![
            said(
                td_string!(locale, rights.health_law_1),
                &[Cited(law::ACCIDENT, &["3"]), Cited(law::NOTICE_EVERYBODY, &[])],
            ),
            said(td_string!(locale, rights.health_law_2), &[Cited(law::ACCIDENT, &["7", "13"])]),
            said(
                td_string!(locale, rights.health_law_3),
                &[Cited(law::ACCIDENT, &["14"]), Cited(law::ACCIDENT_SPECIAL, &["3"]), Cited(law::STANDARDS, &["76"])],
            ),
            said(
                td_string!(locale, rights.health_law_4),
                &[Cited(law::ACCIDENT, &["12の8"]), Cited(law::ACCIDENT_RULES, &["23"])],
            ),
            said(td_string!(locale, rights.health_law_5), &[Cited(law::STANDARDS, &["19"])]),
            said(
                td_string!(locale, rights.health_law_6),
                &[Cited(law::SAFETY, &["100", "120"]), Cited(law::SAFETY_RULES, &["97"])],
            ),
        ],
        Topic::Respect => vec![
            said(td_string!(locale, rights.respect_law_1), &[Cited(law::PENAL, &["204", "208"])]),
            said(td_string!(locale, rights.respect_law_2), &[Cited(law::STANDARDS, &["5"])]),
            said(td_string!(locale, rights.respect_law_3), &[Cited(law::TRAINEES, &["46"])]),
            said(td_string!(locale, rights.respect_law_4), &[Cited(law::LABOUR_POLICY, &["31"])]),
            said(td_string!(locale, rights.respect_law_5), &[Cited(law::EQUALITY, &["11"])]),
            said(td_string!(locale, rights.respect_law_6), &[Cited(law::PENAL, &["176", "177"])]),
            said(td_string!(locale, rights.respect_law_7), &[Cited(law::STANDARDS, &["3"])]),
        ],
        Topic::Change => vec![
            said(td_string!(locale, rights.change_law_1), &[Cited(law::CONTRACTS, &["16", "17"])]),
            said(td_string!(locale, rights.change_law_2), &[Cited(law::STANDARDS, &["20"])]),
            said(td_string!(locale, rights.change_law_3), &[Cited(law::STANDARDS, &["19"])]),
            said(td_string!(locale, rights.change_law_4), &[Cited(law::STANDARDS, &["16"])]),
            said(td_string!(locale, rights.change_law_5), &[Cited(law::TRAINEE_GUIDE, &[])]),
            said(td_string!(locale, rights.change_law_6), &[Cited(law::IMMIGRATION, &["20"])]),
            said(td_string!(locale, rights.change_law_7), &[Cited(law::SKILL_DEVELOPMENT, &[])]),
        ],
        Topic::Papers => vec![
            said(td_string!(locale, rights.papers_law_1), &[Cited(law::IMMIGRATION, &["23"])]),
            said(td_string!(locale, rights.papers_law_2), &[Cited(law::TRAINEES, &["48"])]),
            said(td_string!(locale, rights.papers_law_3), &[Cited(law::GUIDE_FOREIGNERS, &[])]),
            said(td_string!(locale, rights.papers_law_4), &[Cited(law::STANDARDS, &["18"])]),
            said(td_string!(locale, rights.papers_law_5), &[Cited(law::STANDARDS, &["23"])]),
            said(td_string!(locale, rights.papers_law_6), &[Cited(law::STANDARDS, &["15"])]),
        ],
        Topic::Home => vec![
            said(td_string!(locale, rights.home_law_1), &[Cited(law::STANDARDS, &["24"])]),
            said(td_string!(locale, rights.home_law_2), &[Cited(law::TRAINEE_RULES, &["14"])]),
            said(td_string!(locale, rights.home_law_3), &[Cited(law::TRAINEES, &["28"])]),
            said(
                td_string!(locale, rights.home_law_4),
                &[Cited(law::STANDARDS, &["94"]), Cited(law::DORMITORIES, &["4"])],
            ),
            said(td_string!(locale, rights.home_law_5), &[Cited(law::TRAINEES, &["48"])]),
            said(td_string!(locale, rights.home_law_6), &[Cited(law::STANDARDS, &["17"])]),
        ],
        Topic::Family => vec![
            said(td_string!(locale, rights.family_law_1), &[Cited(law::EQUALITY, &["9"])]),
            said(td_string!(locale, rights.family_law_2), &[Cited(law::EQUALITY, &["9"])]),
            said(td_string!(locale, rights.family_law_3), &[Cited(law::STANDARDS, &["65"])]),
            said(td_string!(locale, rights.family_law_4), &[Cited(law::STANDARDS, &["65", "66"])]),
            said(td_string!(locale, rights.family_law_5), &[Cited(law::EQUALITY, &["12"])]),
            said(td_string!(locale, rights.family_law_6), &[Cited(law::CHILDCARE, &["5"])]),
            said(td_string!(locale, rights.family_law_7), &[Cited(law::HEALTH_INSURANCE, &["101", "102"])]),
        ],
        Topic::Together => vec![
            said(td_string!(locale, rights.together_law_1), &[Cited(law::CONSTITUTION, &["28"])]),
            said(td_string!(locale, rights.together_law_2), &[Cited(law::UNIONS, &["7"])]),
            said(td_string!(locale, rights.together_law_3), &[Cited(law::STANDARDS, &["104"])]),
            said(td_string!(locale, rights.together_law_4), &[Cited(law::STANDARDS, &["105"])]),
            said(td_string!(locale, rights.together_law_5), &[Cited(law::TRAINEES, &["49"])]),
            said(td_string!(locale, rights.together_law_6), &[Cited(law::DISPUTES, &["4"])]),
            said(
                td_string!(locale, rights.together_law_7),
                &[Cited(law::LEGAL_AID, &["30"]), Cited(law::OFFICE_LEGAL_AID, &[])],
            ),
        ],
    }
}
