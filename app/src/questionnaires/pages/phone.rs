//! What a phone keeps of answers: an explanation that works without script, and an island that fills in what is here
//! now. The only page that offers to put the questionnaire on a home screen, where others can see it.

use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{
        islands::phone::Phone,
        paths,
        phone_beginning::{COUNT, NUMBER, PhoneBeginning, Words},
        server::catalogue,
    },
    server::{Context, assets::Bundle, page::page_with_manifest},
    ui::{
        BackLink, Reader,
        html::{Html, some},
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    catalogue::find_by_slug(&ctx, &slug).await?;
    let title = td_string!(reader.locale, phone.title);
    let head = Head {
        reader,
        title: reader.plain(title),
        path: Some(["/questionnaires/", &slug, "/phone"].concat()),
        bundle: Some(Bundle::Phone),
        frame: Frame::Discreet,
    };
    let receipt_key = data_encoding::HEXLOWER.encode(ctx.keys().receipt_key().as_bytes());
    let beginning = PhoneBeginning { slug: slug.clone(), receipt_key, words: words(reader, &slug) }.to_json();
    let address = [ctx.site().base_url.as_str(), &paths::start(reader, &slug)].concat();
    Ok(page_with_manifest(&ctx, StatusCode::OK, head, paths::manifest(reader, &slug), move || {
        let locale = reader.locale;
        let asleep = reader.rich(td_string!(locale, phone.asleep));
        view! {
            <BackLink reader href=paths::start(reader, &slug) />
            <h1 inner_html=reader.rich(title)></h1>
            <p inner_html=reader.rich(td_string!(locale, phone.intro))></p>
            <div class="c-phone" id="phone" data-beginning=beginning>
                <p inner_html=asleep></p>
            </div>
            {explanation(reader, &address).into_view()}
            <Phone />
        }
        .into_any()
    }))
}

/// What the island says, in the person's language.
fn words(reader: Reader, slug: &str) -> Words {
    let locale = reader.locale;
    let waiting = td_string!(locale, offline.waiting, count = NUMBER).to_string();
    let refused = td_string!(locale, offline.refused, count = NUMBER).to_string();
    let sent = td_string!(locale, offline.sent, count = NUMBER).to_string();
    let damaged = td_string!(locale, phone.damaged, count = NUMBER).to_string();
    let drafts = td_string!(locale, phone.drafts, count = NUMBER).to_string();
    let saved = td_string!(locale, phone.saved, name = NUMBER).to_string();
    let square = td_string!(locale, phone.square, number = NUMBER, count = COUNT).to_string();
    let texts: [(&str, &str); 33] = [
        ("now_title", td_string!(locale, phone.now_title)),
        ("nothing", td_string!(locale, phone.nothing)),
        ("no_storage", td_string!(locale, phone.no_storage)),
        ("unread", td_string!(locale, phone.unread)),
        ("no_network", td_string!(locale, phone.no_network)),
        ("unreachable", td_string!(locale, phone.unreachable)),
        ("sending", td_string!(locale, offline.sending)),
        ("waiting", &waiting),
        ("waiting_hint", td_string!(locale, offline.waiting_hint)),
        ("refused", &refused),
        ("damaged", &damaged),
        ("sent", &sent),
        ("drafts", &drafts),
        ("send_now", td_string!(locale, offline.send_now)),
        ("carry_title", td_string!(locale, phone.carry_title)),
        ("carry_text", td_string!(locale, phone.carry_text)),
        ("carry_stay", td_string!(locale, phone.carry_stay)),
        ("save", td_string!(locale, phone.save)),
        ("saved", &saved),
        ("not_saved", td_string!(locale, phone.not_saved)),
        ("squares", td_string!(locale, phone.squares)),
        ("square", &square),
        ("square_text", td_string!(locale, phone.square_text)),
        ("square_next", td_string!(locale, phone.square_next)),
        ("square_back", td_string!(locale, phone.square_back)),
        ("square_close", td_string!(locale, phone.square_close)),
        ("codes_title", td_string!(locale, phone.codes_title)),
        ("delete_phone", td_string!(locale, offline.delete_phone)),
        ("delete_phone_text", td_string!(locale, offline.delete_phone_text)),
        ("delete_phone_yes", td_string!(locale, offline.delete_phone_yes)),
        ("delete_phone_no", td_string!(locale, offline.delete_phone_no)),
        ("deleted", td_string!(locale, offline.deleted)),
        ("not_deleted", td_string!(locale, offline.not_deleted)),
    ];
    let mut words: Vec<_> = texts.iter().map(|(key, text)| ((*key).to_owned(), reader.rich(text))).collect();
    words.push(("square_label".to_owned(), reader.plain(&square)));
    let mut codes = Html::new();
    codes.rich(reader, td_string!(locale, phone.codes_text)).text(" ");
    let delete = paths::delete(reader, slug);
    codes.line(reader, "a", &[some("href", &delete)], td_string!(locale, questionnaires.delete_title));
    words.push(("codes_text".to_owned(), codes.finish()));
    Words::new(words)
}

/// What can be here, and the two ways to open the page better. `address` is what may be copied into another browser.
fn explanation(reader: Reader, address: &str) -> Html {
    let locale = reader.locale;
    let mut html = Html::new();
    passage(&mut html, reader, "what", td_string!(locale, phone.what_title));
    list(
        &mut html,
        reader,
        &[
            td_string!(locale, phone.what_draft),
            td_string!(locale, phone.what_waiting),
            td_string!(locale, phone.what_code),
            td_string!(locale, phone.what_pages),
        ],
    );
    html.line(reader, "p", &[], td_string!(locale, phone.what_iphone)).close("section");

    passage(&mut html, reader, "browser", td_string!(locale, phone.browser_title));
    html.line(reader, "p", &[], td_string!(locale, phone.browser_text));
    html.line(reader, "p", &[], td_string!(locale, phone.browser_first));
    list(&mut html, reader, &[td_string!(locale, phone.browser_android), td_string!(locale, phone.browser_iphone)]);
    html.line(reader, "p", &[], td_string!(locale, phone.browser_copy));
    html.open("p", &[some("class", "c-phone__address"), some("translate", "no")]).text(address).close("p");
    html.close("section");

    passage(&mut html, reader, "home", td_string!(locale, phone.home_title));
    html.line(reader, "p", &[], td_string!(locale, phone.home_text));
    html.open("p", &[]).line(reader, "strong", &[], td_string!(locale, phone.home_seen)).close("p");
    list(&mut html, reader, &[td_string!(locale, phone.home_android), td_string!(locale, phone.home_iphone)]);
    html.line(reader, "p", &[], td_string!(locale, phone.home_apart)).close("section");
    html
}

/// Opens a section; other pages lead to it by its id.
fn passage(html: &mut Html, reader: Reader, id: &str, title: &str) {
    html.open("section", &[some("class", "c-passage"), some("id", id)]).line(reader, "h2", &[], title);
}

fn list(html: &mut Html, reader: Reader, items: &[&str]) {
    html.open("ul", &[]);
    for item in items {
        html.line(reader, "li", &[], item);
    }
    html.close("ul");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        questionnaires::components::{
            foot::Deleting,
            phone::{self as parts, Kept},
        },
        ui::reader::LOCALES,
    };

    /// All that the island can draw.
    fn everything(words: &Words) -> String {
        let here = Kept { has_storage: true, is_read: true, is_online: true, ..Kept::default() };
        let full = Kept { waiting: 71, damaged: 72, refused: 1, sent: 73, drafts: 74, ..here.clone() };
        let mut html = parts::frame(words);
        for kept in [
            Kept::default(),
            here.clone(),
            Kept { is_read: false, ..here.clone() },
            Kept { is_sending: true, ..full.clone() },
            Kept { is_online: false, ..full.clone() },
            Kept { is_unreachable: true, ..full },
        ] {
            html += &parts::state(words, &kept);
        }
        html += &parts::codes(words, &["7K2M-04XR-9HWD".to_owned()]);
        for deleting in [Deleting::No, Deleting::Asked, Deleting::Done, Deleting::Failed] {
            html += &parts::delete(words, deleting);
        }
        html += &parts::squares(words, 2);
        for name in [None, Some("entaku-work-76.txt")] {
            html += &parts::saved(words, name);
        }
        html
    }

    #[test]
    fn island_has_words_for_all_that_it_says() {
        for locale in LOCALES {
            let reader = Reader::new(locale);
            let words = words(reader, "work");
            let html = everything(&words);
            for tag in ["p", "h2", "button"] {
                for rest in html.split(&["<", tag].concat()).skip(1).filter(|rest| rest.starts_with([' ', '>'])) {
                    let (_, said) = rest.split_once('>').unwrap();
                    assert!(!said.starts_with("</"), "{}: an empty {tag} in {html}", reader.tag());
                }
            }
            // Each number stands where it belongs, and no place is left.
            for number in ["70", "72", "73", "74", "entaku-work-76.txt"] {
                assert!(html.contains(number), "{}: {number} in {html}", reader.tag());
            }
            let title = parts::square_title(&words, "square", 77, 78);
            let label = parts::square_title(&words, "square_label", 77, 78);
            assert!([&title, &label].iter().all(|text| text.contains("77") && text.contains("78")), "{title} {label}");
            assert!(!label.contains('<') && !label.contains(['{', '|']), "{label}");
            for text in [&html, &title, &label] {
                assert!(!text.contains(NUMBER) && !text.contains(COUNT), "{text}");
            }
            let delete = ["href=\"", &paths::delete(reader, "work"), "\""].concat();
            assert!(words.get("codes_text").contains(&delete), "{}", words.get("codes_text"));
            // Nothing is handed over that nobody draws.
            for (key, text) in words.all() {
                let parts: Vec<_> = text.split([NUMBER, COUNT]).collect();
                let is_drawn =
                    parts.iter().all(|part| html.contains(part) || title.contains(part) || label.contains(part));
                assert!(is_drawn, "{}: {key} is not drawn", reader.tag());
            }
        }
    }
}
