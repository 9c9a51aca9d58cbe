//! The sheet itself: a questionnaire in all its languages, and the square that leads to it. Nothing on it depends on
//! who prints it, so it is the same sheet for everybody.

use crate::{
    i18n::*,
    ui::{
        Mark, Reader,
        html::Html,
        qr,
        reader::{LOCALES, endonym, tag},
        shell::SITE_NAME,
    },
};
use form::Definition;
use leptos::prelude::*;

/// Cards on a sheet.
const CARDS: usize = 8;

/// What stands on the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One poster.
    Poster,
    /// Eight cards to hand out.
    Cards,
}

impl Kind {
    /// As it stands in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Poster => "poster",
            Self::Cards => "cards",
        }
    }
}

/// What is printed.
pub struct Sheet {
    /// One poster or several cards.
    pub kind: Kind,
    /// What people are asked.
    pub definition: Definition,
    /// The whole address of the short page.
    pub address: String,
    /// About how long it takes.
    pub minutes: u32,
    /// How to reach the secretariat, if the site says so.
    pub contact: Option<String>,
}

impl Sheet {
    /// Draws it; `reader` is who prints it.
    pub fn draw(self, reader: Reader) -> impl IntoView {
        let label = td_string!(reader.locale, sharing.qr_label, address = self.address.as_str()).to_string();
        let square = qr::svg(&self.address, &reader.plain(&label)).unwrap_or_default();
        let name = reader.plain(td_string!(reader.locale, sharing.print_sheet));
        let sheet = match self.kind {
            Kind::Poster => view! { <div class="sheet sheet--poster">{self.poster(square)}</div> }.into_any(),
            Kind::Cards => {
                let cards = (0..CARDS).map(|index| {
                    // To who hears the page one card says it all.
                    let is_copy = (index > 0).then_some("true");
                    view! { <div class="card" aria-hidden=is_copy>{self.card(&square)}</div> }
                });
                view! { <div class="sheet sheet--cards">{cards.collect_view()}</div> }.into_any()
            }
        };
        view! {
            <div class="sheet-view" role="region" tabindex="0" aria-label=name>
                {sheet}
            </div>
        }
    }

    /// The questionnaire's languages that this site speaks, each as somebody who reads it with its readings.
    fn readers(&self) -> Vec<Reader> {
        let has = |locale: &Locale| self.definition.languages.iter().any(|language| language == tag(*locale));
        LOCALES.into_iter().filter(has).map(Reader::new).collect()
    }

    fn poster(&self, square: String) -> impl IntoView + use<> {
        let readers = self.readers();
        let languages = readers.iter().map(|reader| self.language(*reader)).collect_view();
        let scan = readers
            .iter()
            .map(|reader| {
                let words = reader.rich(td_string!(reader.locale, sharing.sheet_scan));
                view! { <li lang=reader.lang() class=script(*reader) inner_html=words></li> }
            })
            .collect_view();
        view! {
            <p class="sheet__brand" translate="no">
                <Mark />
                {SITE_NAME}
            </p>
            <div class="sheet__languages">{languages}</div>
            <div class="sheet__door">
                <div class="sheet__table">
                    <svg class="sheet__seats" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
                        <circle class="sheet__seat" cx="60" cy="60" r="56" pathLength="20" />
                        <circle class="sheet__voice" cx="60" cy="4" r="3.4" />
                    </svg>
                    <div class="sheet__square" inner_html=square></div>
                </div>
                <ul class="sheet__scan">{scan}</ul>
            </div>
            <p class="sheet__address" translate="no" inner_html=self.broken_address()></p>
            {self.contact.clone().map(|contact| view! { <p class="sheet__contact" translate="no">{contact}</p> })}
        }
    }

    /// One language of the poster.
    fn language(&self, reader: Reader) -> impl IntoView + use<> {
        let title = reader.rich(self.definition.title.get(reader.tag()));
        let purpose = reader.rich(td_string!(reader.locale, sharing.sheet_purpose));
        view! {
            <section class=["sheet__language", script(reader)].join(" ") lang=reader.lang()>
                <p class="sheet__endonym">{endonym(reader.locale)}</p>
                <div class="sheet__words">
                    <p class="sheet__title" inner_html=title></p>
                    <p class="sheet__purpose" inner_html=purpose></p>
                    {facts(reader, &self.facts(reader))}
                </div>
            </section>
        }
    }

    fn card(&self, square: &str) -> impl IntoView + use<> {
        let titles = self.readers().into_iter().map(|reader| {
            let title = reader.rich(self.definition.title.get(reader.tag()));
            view! {
                <div class=["card__language", script(reader)].join(" ") lang=reader.lang()>
                    <p class="card__title" inner_html=title></p>
                    {facts(reader, &self.facts(reader)[..3])}
                </div>
            }
        });
        view! {
            <div class="card__words">{titles.collect_view()}</div>
            <div class="card__door">
                <p class="card__brand" translate="no">
                    <Mark />
                    {SITE_NAME}
                </p>
                <div class="card__square" inner_html=square.to_owned()></div>
                <p class="card__address" translate="no" inner_html=self.broken_address()></p>
                {self.contact.clone().map(|contact| view! { <p class="card__contact" translate="no">{contact}</p> })}
            </div>
        }
    }

    /// How long, no name, free, on a phone.
    fn facts(&self, reader: Reader) -> [String; 4] {
        let locale = reader.locale;
        [
            td_string!(locale, sharing.sheet_minutes, minutes = minutes(reader, self.minutes)).to_string(),
            td_string!(locale, sharing.sheet_name).to_owned(),
            td_string!(locale, sharing.sheet_free).to_owned(),
            td_string!(locale, sharing.sheet_phone).to_owned(),
        ]
    }

    /// The address; where it is longer than its line, it breaks behind a slash.
    fn broken_address(&self) -> String {
        let mut html = Html::new();
        html.text(&self.address);
        html.finish().replace("/q/", "/<wbr>q/<wbr>")
    }
}

fn facts(reader: Reader, facts: &[String]) -> impl IntoView + use<> {
    let facts = facts.iter().map(|words| view! { <span class="sheet__fact" inner_html=reader.rich(words)></span> });
    view! { <p class="sheet__facts">{facts.collect_view()}</p> }
}

/// How the words of a language are set.
const fn script(reader: Reader) -> &'static str {
    match reader.locale {
        Locale::ja_easy => "is-easy has-ruby",
        _ => "is-plain",
    }
}

/// A number of minutes for a sentence. In easy Japanese the word for minutes is read after the number's last digit.
fn minutes(reader: Reader, minutes: u32) -> String {
    match (reader.locale, minutes % 10) {
        (Locale::ja_easy, 2 | 5 | 7 | 9) => [&minutes.to_string(), "{分|ふん}"].concat(),
        (Locale::ja_easy, _) => [&minutes.to_string(), "{分|ぷん}"].concat(),
        _ => minutes.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_aloud_rightly() {
        let easy = |number| minutes(Reader::new(Locale::ja_easy), number);
        assert_eq!([easy(3), easy(5), easy(10), easy(12)], ["3{分|ぷん}", "5{分|ふん}", "10{分|ぷん}", "12{分|ふん}"]);
        assert_eq!(minutes(Reader::new(Locale::vi), 3), "3");
    }
}
