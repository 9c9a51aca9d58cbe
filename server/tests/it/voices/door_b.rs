//! Without script: writing, the receipt, coming back, another receipt, deleting; and whatever can be wrong with it.

use super::sample::{Desk, digits, hidden};
use crate::{auth::browser::Browser, support::TestApp};
use app::{
    server::db::insert_or_nothing,
    voices::server::entities::{voice, voice_message, voice_wrap},
};
use axum::http::header;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

const TEXT: &str = "Công ty không trả tiền làm thêm.\nBa tháng rồi.";

#[tokio::test]
async fn desk_that_nobody_opened_takes_nothing() {
    let app = TestApp::new().await;
    let mut browser = Browser::new(&app);
    for path in ["/vi/voice/write", "/vi/voice/back", "/vi/voice/letters"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains("Bàn tư vấn đang đóng") && !answer.body.contains("<textarea"), "{path}");
        let answer = browser.post(path, &[("text", TEXT), ("act", "add")]).await;
        assert!(answer.body.contains("Bàn tư vấn đang đóng") && !answer.body.contains("Ba tháng"), "{path}");
    }
    assert!(voice::Entity::find().all(app.ctx.read()).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_writes_keeps_digits_and_comes_back_by_them() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    let arrived = worker.write(&desk, TEXT).await;
    assert!(arrived.location().is_empty() && arrived.set_cookies().is_empty(), "nothing but a page");
    assert_eq!(arrived.headers[header::CACHE_CONTROL], "no-store");
    assert!(!arrived.body.contains("Ba tháng"), "what was written is not shown again");

    // The last group is typed back: wrong, then in wide digits.
    let attempt = hidden(&arrived.body, "attempt");
    let wrong = worker.browser.post("/vi/voice/receipt", &[("attempt", &attempt), ("last", "0000")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(digits(&wrong.body), worker.receipt, "the digits are still there");
    let last: String =
        worker.receipt[20..].chars().map(|digit| char::from_u32(u32::from(digit) - 0x30 + 0xff10).unwrap()).collect();
    let right = worker.browser.post("/vi/voice/receipt", &[("attempt", &attempt), ("last", &last)]).await;
    assert_eq!(right.status, 200);
    assert!(!right.body.contains(&worker.receipt[20..]) && right.body.contains("Vậy là xong"), "{}", right.body);

    let mut other = desk.worker();
    other.receipt.clone_from(&worker.receipt);
    let letters = other.back().await;
    assert_eq!(letters.status, 200);
    for said in ["Công ty không trả tiền làm thêm.\nBa tháng rồi.", "Red Factory", "Lương, tiền làm thêm", "Chưa ai mở"]
    {
        assert!(letters.body.contains(said), "{said}: {}", letters.body);
    }
    let cookie = other.browser.cookies.keys().collect::<Vec<_>>();
    assert_eq!(cookie, ["visit"]);
    // The promise: three working days behind a Sunday.
    assert!(letters.body.contains("25"), "{}", letters.body);
}

#[tokio::test]
async fn same_form_sent_again_is_one_voice() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    let attempt = worker.attempt(&desk).await;
    let fields = [("attempt", attempt.as_str()), ("topic", ""), ("employer", ""), ("text", TEXT)];
    let first = worker.browser.post("/vi/voice/write", &fields).await;
    let again = worker.browser.post("/vi/voice/write", &fields).await;
    assert_eq!(digits(&first.body), digits(&again.body));
    assert_eq!(voice_message::Entity::find().all(desk.app.ctx.read()).await.unwrap().len(), 1);

    // Who went back and wrote something else has written one more.
    let other = [("attempt", attempt.as_str()), ("topic", ""), ("employer", ""), ("text", "Thêm nữa.")];
    let more = worker.browser.post("/vi/voice/write", &other).await;
    worker.receipt = digits(&more.body);
    assert_eq!(worker.receipt, digits(&first.body));
    let letters = worker.back().await;
    assert!(letters.body.contains("Ba tháng rồi.") && letters.body.contains("Thêm nữa."));
    assert_eq!(desk.voices().await.len(), 1);
}

#[tokio::test]
async fn two_presses_at_once_are_one_voice() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    let attempt = worker.attempt(&desk).await;
    let fields = [("attempt", attempt.as_str()), ("topic", ""), ("employer", ""), ("text", TEXT)];
    let (mut one, mut two) = (worker.browser.clone(), worker.browser.clone());
    let (one, two) = tokio::join!(one.post("/vi/voice/write", &fields), two.post("/vi/voice/write", &fields));
    assert_eq!(digits(&one.body), digits(&two.body));
    assert_eq!(voice_message::Entity::find().all(desk.app.ctx.read()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_wrong_is_told_and_what_was_typed_stays() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    let attempt = worker.attempt(&desk).await;
    let nothing = worker.browser.post("/vi/voice/write", &[("attempt", &attempt), ("employer", "Red")]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.body.contains("Hãy chọn một mục") && nothing.body.contains("value=\"Red\""));
    let long = "ă".repeat(25_000);
    let too_long = worker.browser.post("/vi/voice/write", &[("attempt", &attempt), ("text", &long)]).await;
    assert!(matches!(too_long.status.as_u16(), 413 | 422), "{}", too_long.status);

    // A form that was not made here, one of another secret, one of yesterday: drawn anew, and nothing is lost.
    desk.app.ctx.clock().advance(25 * 3_600_000);
    for stale in ["", "AAAA", attempt.as_str(), &"A".repeat(54)] {
        let answer = worker.browser.post("/vi/voice/write", &[("attempt", stale), ("text", TEXT)]).await;
        assert_eq!(answer.status, 422, "{stale}");
        assert!(answer.body.contains("Ba tháng rồi."), "{stale}");
        assert_ne!(hidden(&answer.body, "attempt"), stale);
    }
    assert!(desk.voices().await.is_empty());

    // Another language: the same words.
    let attempt = worker.attempt(&desk).await;
    let fields = [("attempt", attempt.as_str()), ("topic", "safety"), ("text", TEXT), ("language", "ja-easy")];
    let switched = worker.browser.post("/vi/voice/write", &fields).await;
    assert_eq!((switched.status.as_u16(), hidden(&switched.body, "attempt")), (200, attempt.clone()));
    assert!(switched.body.contains("<html lang=\"ja\"") && switched.body.contains("Ba tháng rồi."));
    assert!(desk.voices().await.is_empty());
}

#[tokio::test]
async fn digits_that_open_nothing_say_why() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    let right = worker.receipt.clone();
    let swapped = {
        let mut digits = right.clone().into_bytes();
        let at = (0..23).find(|at| digits[*at] != digits[at + 1]).unwrap();
        digits.swap(at, at + 1);
        String::from_utf8(digits).unwrap()
    };
    for (typed, words) in [
        ("", "Hãy nhập dãy số"),
        ("abcd", "không nhập gì khác"),
        (&right[..20], "Mới có 20 chữ số"),
        (&[right.as_str(), "1"].concat(), "Có 25 chữ số"),
        (&swapped, "hai số đổi chỗ"),
    ] {
        let answer = worker.browser.post("/vi/voice/back", &[("digits", typed)]).await;
        assert_eq!(answer.status, 422, "{typed}");
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    // Well-formed, and nobody's.
    let answer = worker.browser.post("/vi/voice/back", &[("digits", "0505 0505 0505 0505 0505 0502")]).await;
    assert_eq!(answer.status, 404);
    assert!(worker.browser.cookies.is_empty());
    // As people write it down.
    let spaced =
        right.as_bytes().chunks(4).map(|group| std::str::from_utf8(group).unwrap()).collect::<Vec<_>>().join(" - ");
    worker.receipt = spaced;
    assert_eq!(worker.back().await.status, 200);
}

#[tokio::test]
async fn visit_ends_by_itself_and_when_it_is_closed() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    worker.back().await;
    let mut copy = worker.browser.clone();
    let closed = worker.press(&[("act", "close")]).await;
    assert_eq!(closed.status, 200);
    assert!(worker.browser.cookies.is_empty());
    assert_eq!(copy.get("/vi/voice/letters").await.location(), "/vi/voice/back", "the cookie alone opens nothing");

    worker.back().await;
    desk.app.ctx.clock().advance(14 * 60_000);
    assert_eq!(worker.letters().await.status, 200);
    desk.app.ctx.clock().advance(15 * 60_000);
    assert_eq!(worker.letters().await.location(), "/vi/voice/back");
    // Exit ends it too.
    worker.back().await;
    let mut copy = worker.browser.clone();
    worker.browser.post("/exit", &[]).await;
    assert!(!worker.browser.cookies.contains_key("visit"));
    assert_eq!(copy.get("/vi/voice/letters").await.location(), "/vi/voice/back");
}

#[tokio::test]
async fn more_is_added_once() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    worker.back().await;
    let empty = worker.press(&[("act", "add"), ("text", "  ")]).await;
    assert_eq!(empty.status, 422);
    for _ in 0..2 {
        let answer = worker.press(&[("act", "add"), ("text", "Hôm nay cũng vậy.")]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/vi/voice/letters"));
    }
    let letters = worker.letters().await;
    assert_eq!(letters.body.matches("Hôm nay cũng vậy.").count(), 1);
    assert_eq!(letters.body.matches("<article").count(), 2);
}

#[tokio::test]
async fn other_digits_open_what_the_old_ones_opened() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    worker.back().await;
    let old = worker.receipt.clone();
    let offered = worker.press(&[("act", "change")]).await;
    let new = digits(&offered.body);
    assert_ne!(new, old);
    let attempt = hidden(&offered.body, "attempt");
    let wrong = worker.press(&[("act", "change-to"), ("attempt", &attempt), ("last", "12")]).await;
    assert_eq!((wrong.status.as_u16(), digits(&wrong.body)), (422, new.clone()));
    // Until the last group is typed, the old ones are good.
    assert_eq!(worker.back().await.status, 200);
    let changed = worker.press(&[("act", "change-to"), ("attempt", &attempt), ("last", &new[20..])]).await;
    assert_eq!(changed.status, 303, "{}", changed.body);
    assert!(worker.letters().await.body.contains("Ba tháng rồi."), "who changed them is still there");
    let gone = worker.browser.post("/vi/voice/back", &[("digits", &old)]).await;
    assert_eq!(gone.status, 404);
    worker.receipt = new;
    // What was signed with the old ones is still known as the worker's, and more can be added.
    worker.back().await;
    worker.press(&[("act", "add"), ("text", "Sau khi đổi.")]).await;
    let letters = worker.letters().await;
    assert!(letters.body.contains("Ba tháng rồi.") && letters.body.contains("Sau khi đổi."), "{}", letters.body);
}

#[tokio::test]
async fn who_deletes_leaves_nothing() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    worker.back().await;
    let asked = worker.press(&[("act", "ask-delete")]).await;
    assert_eq!(asked.status, 200);
    assert_eq!(desk.voices().await.len(), 1, "asked, not done");
    let deleted = worker.press(&[("act", "delete")]).await;
    assert_eq!(deleted.status, 200);
    assert!(worker.browser.cookies.is_empty());
    let read = desk.app.ctx.read();
    assert!(desk.voices().await.is_empty());
    assert!(voice_message::Entity::find().all(read).await.unwrap().is_empty());
    assert!(voice_wrap::Entity::find().all(read).await.unwrap().is_empty());
    let receipt = worker.receipt.clone();
    assert_eq!(worker.browser.post("/vi/voice/back", &[("digits", &receipt)]).await.status, 404);
}

#[tokio::test]
async fn letters_whose_keys_are_not_here_are_said_to_be_locked() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    // As after a restore of a backup, which holds no keys of voices.
    voice_wrap::Entity::delete_many().exec(desk.app.ctx.db().writer()).await.unwrap();
    let receipt = worker.receipt.clone();
    let answer = worker.browser.post("/vi/voice/back", &[("digits", &receipt)]).await;
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("hiện chưa mở được") && worker.browser.cookies.is_empty(), "{}", answer.body);
}

#[tokio::test]
async fn form_of_what_was_deleted_makes_it_no_more() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    let attempt = worker.attempt(&desk).await;
    let fields = [("attempt", attempt.as_str()), ("topic", ""), ("employer", ""), ("text", TEXT)];
    worker.receipt = digits(&worker.browser.post("/vi/voice/write", &fields).await.body);
    worker.back().await;
    worker.press(&[("act", "delete")]).await;
    let again = worker.browser.post("/vi/voice/write", &fields).await;
    assert_eq!(again.status, 409);
    assert!(!again.body.contains("voice-digits") && again.body.contains("Ba tháng"), "{}", again.body);
    assert_ne!(hidden(&again.body, "attempt"), attempt);
    assert!(desk.voices().await.is_empty());
    // The page with the digits shows them to nobody half an hour later.
    let mut other = desk.worker();
    let page = other.write(&desk, TEXT).await;
    let shown = hidden(&page.body, "attempt");
    desk.app.ctx.clock().advance(31 * 60_000);
    let late = other.browser.post("/vi/voice/receipt", &[("attempt", &shown), ("last", "0000")]).await;
    assert_eq!((late.status.as_u16(), late.location()), (303, "/vi/voice/back"));
}

#[tokio::test]
async fn other_digits_count_though_the_answer_was_lost() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    worker.back().await;
    let offered = worker.press(&[("act", "change")]).await;
    let (new, attempt) = (digits(&offered.body), hidden(&offered.body, "attempt"));
    let press = [("act", "change-to"), ("attempt", attempt.as_str()), ("last", &new[20..])];
    // The answer, and the cookie in it, never arrive.
    let mut lost = worker.browser.clone();
    assert_eq!(lost.post("/vi/voice/letters", &press).await.location(), "/vi/voice/letters");
    let again = worker.press(&press).await;
    assert_eq!(again.location(), "/vi/voice/letters");
    assert!(worker.letters().await.body.contains("Ba tháng rồi."));
}

#[tokio::test]
async fn thread_that_is_full_says_so_and_stays() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    worker.back().await;
    let long = "a".repeat(40_000);
    let mut full = None;
    for number in 0..40 {
        let answer = worker.press(&[("act", "add"), ("text", &format!("{number} {long}"))]).await;
        if answer.status != 303 {
            full = Some((number, answer));
            break;
        }
    }
    let (number, answer) = full.expect("it fills up");
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("đã hết chỗ") && number > 15, "{number}");
    assert!(worker.letters().await.body.contains("Ba tháng rồi."));
}

#[tokio::test]
async fn what_was_concluded_long_ago_is_shredded() {
    let desk = Desk::open().await;
    let ctx = &desk.app.ctx;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    let mut longer = desk.worker();
    longer.write(&desk, TEXT).await;
    longer.back().await;
    assert_eq!(longer.press(&[("act", "keep-long")]).await.status, 303);
    let today = ctx.clock().today();
    for voice in desk.voices().await {
        let concluded =
            voice::ActiveModel { id: Set(voice.id), concluded_on: Set(Some(today.into())), ..Default::default() };
        concluded.update(ctx.db().writer()).await.unwrap();
    }
    let day = 24 * 3_600_000;
    ctx.clock().advance(90 * day);
    assert_eq!(app::voices::server::deletion::shred_old(ctx).await.unwrap(), 0);
    ctx.clock().advance(day);
    assert_eq!(app::voices::server::deletion::shred_old(ctx).await.unwrap(), 1);
    let [left] = desk.voices().await.try_into().unwrap();
    assert_eq!(left.kept_days, 3 * 365);
    ctx.clock().advance(1_005 * day);
    assert_eq!(app::voices::server::deletion::shred_old(ctx).await.unwrap(), 1);
}

#[tokio::test]
async fn what_nobody_signed_is_not_shown_and_that_is_said() {
    let desk = Desk::open().await;
    let ctx = &desk.app.ctx;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    let [message] = voice_message::Entity::find().all(ctx.read()).await.unwrap().try_into().unwrap();
    // Who writes into the table repeats a message under another number.
    let copied = voice_message::ActiveModel {
        voice_id: Set(message.voice_id),
        number: Set(2),
        envelope: Set(message.envelope),
        sent_on: Set(message.sent_on),
    };
    assert!(insert_or_nothing(voice_message::Entity::insert(copied), ctx.db().writer()).await.unwrap());
    let letters = worker.back().await;
    assert_eq!(letters.body.matches("<article").count(), 1);
    assert!(letters.body.contains("Có 1 thư không hiển thị"), "{}", letters.body);
}

#[tokio::test]
async fn key_that_the_root_does_not_vouch_for_closes_the_desk() {
    let desk = Desk::open().await;
    let ctx = &desk.app.ctx;
    use app::voices::server::entities::voice_epoch;
    let swapped = voice_epoch::ActiveModel { number: Set(1), public_key: Set("77".repeat(32)), ..Default::default() };
    swapped.update(ctx.db().writer()).await.unwrap();
    let mut worker = desk.worker();
    assert!(worker.browser.get("/vi/voice/write").await.body.contains("Bàn tư vấn đang đóng"));
}

#[tokio::test]
async fn quarter_that_is_over_takes_nothing_more() {
    let desk = Desk::open().await;
    desk.app.ctx.clock().advance(91 * 24 * 3_600_000);
    let mut worker = desk.worker();
    assert!(worker.browser.get("/vi/voice/write").await.body.contains("Bàn tư vấn đang đóng"));
}

/// Whoever wrote for an hour keeps it: signs of three bytes take nine in a form, and what is too long comes back in its form.
#[tokio::test]
async fn long_letter_is_taken_and_one_that_is_too_long_comes_back_whole() {
    let desk = Desk::open().await;
    let mut worker = desk.worker();
    worker.write(&desk, &"長".repeat(16_000)).await;
    let attempt = worker.attempt(&desk).await;
    let long = "長".repeat(20_000);
    let fields = [("attempt", attempt.as_str()), ("topic", "wages"), ("employer", ""), ("text", long.as_str())];
    let refused = worker.browser.post("/vi/voice/write", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(&long), "not a sign of it is lost");
    worker.back().await;
    let refused = worker.press(&[("act", "add"), ("text", long.as_str())]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(&long));
    assert_eq!(desk.voices().await.len(), 1);
}
