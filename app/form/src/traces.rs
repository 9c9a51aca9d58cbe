//! What in somebody's own words may tell who they are, or where: to warn them, never to refuse or to change it.

/// Words that go with the name of a company, in small letters.
const COMPANY: [&str; 18] = [
    "株式会社",
    "（株）",
    "(株)",
    "㈱",
    "有限会社",
    "（有）",
    "(有)",
    "合同会社",
    "co., ltd",
    "co.,ltd",
    "co. ltd",
    "ltd.",
    "inc.",
    "corporation",
    "công ty tnhh",
    "Công ty tnhh",
    "cÔng ty tnhh",
    "有限公司",
];

/// Whether a text looks as if it held a phone number, a mail or web address, or the name of a company. It errs on both
/// sides; a person decides.
pub fn has_traces(text: &str) -> bool {
    // Only ASCII: the tables of all other letters would weigh more than they find.
    let small = text.to_ascii_lowercase();
    has_number(text) || has_address(&small) || COMPANY.iter().any(|word| holds(&small, word))
}

/// Nine digits or more in a row, with nothing but marks of a phone number between them.
fn has_number(text: &str) -> bool {
    let mut digits = 0;
    let mut marks = 0;
    for c in text.chars() {
        if c.is_ascii_digit() || matches!(c, '０'..='９') {
            digits += 1;
            marks = 0;
            if digits >= 9 {
                return true;
            }
        } else if digits > 0
            && marks < 2
            && matches!(c, '-' | '－' | '−' | 'ー' | '‐' | '.' | '(' | ')' | '（' | '）' | ' ' | '\u{3000}')
        {
            marks += 1;
        } else {
            (digits, marks) = (0, 0);
        }
    }
    false
}

/// `name@place.xx`, or a web address.
fn has_address(small: &str) -> bool {
    let has_mail =
        small.split(|c: char| c.is_whitespace() || matches!(c, '。' | '、' | ',' | '（' | '）')).any(|word| {
            word.split_once(['@', '＠']).is_some_and(|(name, place)| {
                !name.is_empty() && place.split_once('.').is_some_and(|(host, end)| !host.is_empty() && end.len() >= 2)
            })
        });
    has_mail || ["http://", "https://", "www."].iter().any(|part| holds(small, part))
}

/// Whether a text holds another one. The standard library's search is made for books, and weighs so in a phone's program.
#[must_use]
pub fn holds(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|bytes| bytes == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::has_traces;

    #[test]
    fn numbers_addresses_and_companies_are_noticed() {
        for text in [
            "call 090-1234-5678",
            "０９０ー１２３４ー５６７８",
            "tel 03 1234 5678 please",
            "+84 (912) 345 678",
            "my mail is a.b@example.com.",
            "メールは me＠example.jp",
            "see https://example.org/x",
            "山田株式会社で働いています",
            "work at ABC Co., Ltd.",
            "Công ty TNHH Sao Mai",
        ] {
            assert!(has_traces(text), "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_left_in_peace() {
        for text in [
            "",
            "I work 60 hours a week and get 120000 yen.",
            "2024-04-01 から 2026-11-22 まで",
            "60時間 120,000円",
            "the boss shouted @ me",
            "会社の寮は寒いです",
            "công ty không trả tiền làm thêm",
            "公司不给加班费",
        ] {
            assert!(!has_traces(text), "{text}");
        }
    }
}
