//! Guests are found by whatever somebody types.

use rollcall::{
    Id,
    desk::{Guest, Standing},
    search::{Key, find, scanned},
};
use unicode_normalization::UnicodeNormalization as _;

fn nfkd(text: &str) -> String {
    text.nfkd().collect()
}

fn guest(name: &str, reading: Option<&str>, organisation: &str, digits: &str, code: &str) -> Guest {
    Guest {
        id: Id(1),
        place: None,
        standing: Standing::Registered,
        name: name.to_owned(),
        reading: reading.map(str::to_owned),
        organisation: organisation.to_owned(),
        digits: digits.to_owned(),
        code: code.to_owned(),
    }
}

fn keys() -> Vec<Key> {
    [
        guest("髙橋 潤一郎", Some("たかはし じゅんいちろう"), "株式会社さくら", "5678", "BCDFGH"),
        guest("Nguyễn Thị Đào", None, "Hội Sinh viên", "0011", "KMNPQR"),
        guest("斉藤 陽子", Some("サイトウ ヨウコ"), "ＮＰＯ法人　ひかり", "9999", "TVWXYZ"),
        guest("大野 千津", Some("おおの ちづ"), "", "1234", "234678"),
        guest("グエン・ヴァン・アン", None, "", "", ""),
        guest("本間 新平", Some("ほんま しんぺい"), "全国一般労組", "4321", "BBBBBB"),
        guest("服部 鉄心", Some("はっとり てっしん"), "", "7777", "CCCCCC"),
    ]
    .iter()
    .map(|guest| Key::of(guest, nfkd))
    .collect()
}

fn found(typed: &str) -> Vec<usize> {
    find(&keys(), &nfkd(typed), |_| ())
}

#[test]
fn whatever_is_typed_finds_whom_it_means() {
    let cases: &[(&str, usize)] = &[
        ("高橋", 0),
        ("髙橋潤", 0),
        ("ﾀｶﾊｼ", 0),
        ("たかはし　じゅん", 0),
        ("takahashi", 0),
        ("TAKAHASI", 0),
        ("ｊｕｎｉｃｈｉ", 0),
        ("junitiro", 0),
        ("junichirou takahashi", 0),
        ("潤一郎 高橋", 0),
        ("さくら", 0),
        ("5678", 0),
        ("090-1234-5678", 0),
        ("678", 0),
        ("bcd fgh", 0),
        ("ＢＣＤＦＧＨ", 0),
        ("nguyen", 1),
        ("NGUYỄN THỊ", 1),
        ("dao", 1),
        ("đào", 1),
        ("hoi sinh", 1),
        ("斎藤", 2),
        ("齋藤", 2),
        ("saitou", 2),
        ("Saito Yoko", 2),
        ("Saitoh", 2),
        ("さいとう", 2),
        ("npo", 2),
        ("ohno", 3),
        ("Ono", 3),
        ("chizu", 3),
        ("tidu", 3),
        ("おおの", 3),
        ("グエン", 4),
        ("ぐえんゔぁん", 4),
        ("guenvan", 4),
        ("homma", 5),
        ("honma", 5),
        ("shimpei", 5),
        ("hattori", 6),
        ("tesshin", 6),
        ("EN1-BCDFGH-ABCDEFGHIJ", 0),
        (" en1-kmnpqr-abcdefghij\n", 1),
    ];
    for (typed, expected) in cases {
        assert!(found(typed).first() == Some(expected), "{typed}: {:?}", found(typed));
    }
}

#[test]
fn what_fits_best_comes_first_and_what_does_not_fit_not_at_all() {
    assert!(found("").is_empty() && found(" 　").is_empty() && found("・").is_empty());
    assert!(found("zzz").is_empty() && found("takahashi nguyen").is_empty());
    assert!(found("67").is_empty(), "two digits are nobody's");
    assert_eq!(found("し").len(), 3, "within a reading");
    let keys: Vec<Key> = [
        guest("x", None, "Yamada Kogyo", "", ""),
        guest("Koyamada", None, "", "", ""),
        guest("Yamada", None, "", "", ""),
    ]
    .iter()
    .map(|guest| Key::of(guest, nfkd))
    .collect();
    assert_eq!(find(&keys, "yamada", |_| ()), [2, 1, 0]);
}

#[test]
fn whose_whole_name_it_is_stands_first_and_then_who_may_be_meant() {
    let keys: Vec<Key> = ["Red 10", "Red 1", "Red 11", "Redmond"]
        .iter()
        .map(|name| Key::of(&guest(name, None, "", "", ""), nfkd))
        .collect();
    assert_eq!(find(&keys, "red 1", |_| ()), [1, 0, 2]);
    // The third has not come yet.
    assert_eq!(find(&keys, "red", |at| at != 2), [2, 0, 1, 3]);
    assert_eq!(find(&keys, "red 1", |at| at != 2), [1, 2, 0], "the whole name all the same");
}

#[test]
fn a_ticket_is_told_from_words() {
    assert_eq!(scanned("EN1-BCDFGH-ABCDEFGHIJ").as_deref(), Some("bcdfgh"));
    for other in ["", "EN1", "EN1-BCDFGH", "EN1-BCDFGH-", "EN1-BCDFG-A", "EN2-BCDFGH-A", "EN1-BCDFGH-A-B", "a-b-c"] {
        assert_eq!(scanned(other), None, "{other}");
    }
}

proptest::proptest! {
    /// Nothing that anybody types or is called makes it fall over; and everybody is found by their own name.
    #[test]
    fn everybody_is_found_by_their_own_name(name in "\\PC{0,12}", typed in "\\PC{0,12}") {
        let keys = [Key::of(&guest(&name, Some(&typed), &typed, "1234", "BCDFGH"), nfkd)];
        let _ = find(&keys, &nfkd(&typed), |_| ());
        let is_findable = nfkd(&name).split_whitespace().any(|word| !rollcall::search::fold(word).is_empty());
        let is_ticket = scanned(&nfkd(&name)).is_some();
        if is_findable && !is_ticket {
            proptest::prop_assert_eq!(find(&keys, &nfkd(&name), |_| ()), vec![0]);
        }
    }
}
