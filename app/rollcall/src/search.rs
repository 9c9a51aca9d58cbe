//! Finding a guest by what somebody types at a desk: part of a name, its reading or romaji, an organisation, the last
//! digits of a phone number, a code. Width, case, kind of kana, accents, old forms of kanji and ways of romanising make
//! no difference.
//!
//! Texts come in decomposed (NFKD): browsers and the server have tables for that, this crate has none.

use crate::desk::Guest;

/// Digits of a phone number that are enough to be looked for.
const FEWEST_DIGITS: usize = 3;

/// What of a guest is looked in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    name: String,
    reading: String,
    romaji: String,
    organisation: String,
    digits: String,
    code: String,
}

/// How well a word fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Code,
    Is,
    Begins,
    Within,
    Organisation,
    Digits,
}

impl Key {
    /// Of a guest; `decompose` gives a text in NFKD.
    pub fn of(guest: &Guest, decompose: impl Fn(&str) -> String) -> Self {
        let name = fold(&decompose(&guest.name));
        let reading = guest.reading.as_deref().map(|reading| fold(&decompose(reading))).unwrap_or_default();
        let romaji = [&reading, &name].into_iter().find_map(|text| romaji(text)).unwrap_or_default();
        Self {
            organisation: fold(&decompose(&guest.organisation)),
            digits: guest.digits.clone(),
            code: guest.code.to_lowercase(),
            name,
            reading,
            romaji,
        }
    }

    /// Whether this, folded, is the whole name or its whole reading.
    #[must_use]
    pub fn is_called(&self, folded: &str) -> bool {
        !folded.is_empty() && (self.name == folded || self.reading == folded)
    }

    /// How well one word fits; nothing if it does not.
    fn fit(&self, word: &Word) -> Option<Fit> {
        if !self.code.is_empty() && self.code == word.plain {
            return Some(Fit::Code);
        }
        let own = [(&self.name, &word.plain), (&self.reading, &word.plain), (&self.romaji, &word.latin)];
        let own = own.map(|(text, word)| if word.is_empty() { None } else { text.find(word.as_str()) });
        if own.contains(&Some(0)) {
            return Some(Fit::Begins);
        }
        if own.iter().any(Option::is_some) {
            return Some(Fit::Within);
        }
        if self.organisation.contains(&word.plain) {
            return Some(Fit::Organisation);
        }
        let typed = word.plain.as_bytes();
        let are_digits = typed.len() >= FEWEST_DIGITS && typed.iter().all(u8::is_ascii_digit);
        let most = typed.len().min(self.digits.len());
        let fits =
            are_digits && most >= FEWEST_DIGITS && self.digits.as_bytes().ends_with(&typed[typed.len() - most..]);
        fits.then_some(Fit::Digits)
    }
}

struct Word {
    plain: String,
    latin: String,
}

/// The positions of the keys that fit all words of `typed` (NFKD), the best first; of those that fit alike the ones that
/// `rank` puts first, else in their own order. Nothing is found by nothing.
#[must_use]
pub fn find<R: Ord>(keys: &[Key], typed: &str, rank: impl Fn(usize) -> R) -> Vec<usize> {
    if let Some(code) = scanned(typed) {
        return keys.iter().enumerate().filter(|(_, key)| key.code == code).map(|(at, _)| at).collect();
    }
    let words: Vec<Word> = typed
        .split_whitespace()
        .map(|word| {
            let plain = fold(word);
            Word { latin: if plain.is_ascii() { canonical(&plain) } else { String::new() }, plain }
        })
        .filter(|word| !word.plain.is_empty())
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    // A code that was spoken in two halves.
    let joined: String = words.iter().map(|word| word.plain.as_str()).collect();
    let latin = if joined.is_ascii() { canonical(&joined) } else { String::new() };
    let mut found: Vec<(Fit, R, usize)> = keys
        .iter()
        .enumerate()
        .filter_map(|(at, key)| {
            if !key.code.is_empty() && key.code == joined {
                return Some((Fit::Code, rank(at), at));
            }
            if key.is_called(&joined) || (!latin.is_empty() && key.romaji == latin) {
                return Some((Fit::Is, rank(at), at));
            }
            let fits: Option<Vec<Fit>> = words.iter().map(|word| key.fit(word)).collect();
            Some((fits?.into_iter().max()?, rank(at), at))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, _, at)| at).collect()
}

/// The code within what a scanner reads off a ticket (`EN1-BCDFGH-…`), in small letters.
#[must_use]
pub fn scanned(text: &str) -> Option<String> {
    let mut parts = text.trim().split('-');
    let (head, code, mark) = (parts.next()?, parts.next()?, parts.next()?);
    let is_ticket = head.eq_ignore_ascii_case("en1") && code.len() == 6 && !mark.is_empty() && parts.next().is_none();
    is_ticket.then(|| code.to_ascii_lowercase())
}

/// A text (NFKD) without the differences that nobody means.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            // Accents. The two marks of kana (U+3099, U+309A) are letters of their own to Japanese ears and stay.
            '\u{300}'..='\u{36f}' => {}
            '・' | '.' | ',' | '\'' | '’' | '-' | '‐' | '·' | '(' | ')' | 'ー' => {}
            _ if c.is_whitespace() => {}
            '\u{30a1}'..='\u{30f6}' => folded.extend(char::from_u32(u32::from(c) - 0x60)),
            'đ' => folded.push('d'),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            _ => folded.push(today(c)),
        }
    }
    folded
}

/// The usual form of a kanji that names write in an older one.
fn today(c: char) -> char {
    const FORMS: [&str; 40] = [
        "高髙",
        "崎﨑",
        "斎齋斉齊",
        "辺邊邉",
        "浜濱",
        "沢澤",
        "広廣",
        "国國",
        "桜櫻",
        "島嶋嶌",
        "真眞",
        "恵惠",
        "竜龍",
        "滝瀧",
        "学學",
        "栄榮",
        "関關",
        "条條",
        "寿壽",
        "徳德",
        "蔵藏",
        "豊豐",
        "円圓",
        "宝寳寶",
        "実實",
        "曽曾",
        "園薗",
        "富冨",
        "峰峯",
        "館舘",
        "静靜",
        "浅淺",
        "黒黑",
        "会會",
        "沖冲",
        "桧檜",
        "塚塚",
        "吉𠮷",
        "柳栁",
        "来來",
    ];
    FORMS.into_iter().find(|forms| forms.contains(c)).and_then(|forms| forms.chars().next()).unwrap_or(c)
}

/// Romaji of folded kana, in the one way of writing that [`canonical`] knows; nothing for anything but kana.
fn romaji(kana: &str) -> Option<String> {
    let mut latin = String::with_capacity(kana.len());
    let mut signs = kana.chars().peekable();
    let mut is_double = false;
    while let Some(sign) = signs.next() {
        let mark = signs.next_if(|mark| matches!(mark, '\u{3099}' | '\u{309a}'));
        if sign == 'っ' {
            is_double = true;
            continue;
        }
        let sound = sound(sign, mark)?;
        let small = signs.next_if(|small| "ぁぃぅぇぉゃゅょゎ".contains(*small));
        let sound = match small {
            None => sound.to_owned(),
            // きゃ: the consonant, y and the vowel; ふぁ: the consonant and the vowel.
            Some(small) => {
                let consonant = sound.strip_suffix(['a', 'i', 'u', 'e', 'o']).unwrap_or(sound);
                let consonant = if sound == "hu" && !"ゃゅょ".contains(small) { "f" } else { consonant };
                let rest = match small {
                    'ぁ' => "a",
                    'ぃ' => "i",
                    'ぅ' => "u",
                    'ぇ' => "e",
                    'ぉ' => "o",
                    'ゃ' => "ya",
                    'ゅ' => "yu",
                    'ょ' => "yo",
                    _ => "wa",
                };
                // じぇ, しぇ, ちぇ keep the sound that they are written with in Latin letters.
                let is_soft = matches!(sound, "si" | "ti" | "zi") && matches!(small, 'ぁ' | 'ぇ' | 'ぉ');
                [consonant, if is_soft { "y" } else { "" }, rest].concat()
            }
        };
        if is_double {
            latin.extend(sound.chars().next());
            is_double = false;
        }
        latin.push_str(&sound);
    }
    (!latin.is_empty()).then(|| canonical(&latin))
}

fn sound(sign: char, mark: Option<char>) -> Option<&'static str> {
    const PLAIN: &str = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをんぁぃぅぇぉゃゅょ";
    const SOUNDS: [&str; 56] = [
        "a", "i", "u", "e", "o", "ka", "ki", "ku", "ke", "ko", "sa", "si", "su", "se", "so", "ta", "ti", "tu", "te",
        "to", "na", "ni", "nu", "ne", "no", "ha", "hi", "hu", "he", "ho", "ma", "mi", "mu", "me", "mo", "ya", "yu",
        "yo", "ra", "ri", "ru", "re", "ro", "wa", "i", "e", "o", "n", "a", "i", "u", "e", "o", "ya", "yu", "yo",
    ];
    const MARKED: &str = "うかきくけこさしすせそたちつてとはひふへほ";
    const VOICED: [&str; 21] = [
        "vu", "ga", "gi", "gu", "ge", "go", "za", "zi", "zu", "ze", "zo", "da", "zi", "zu", "de", "do", "ba", "bi",
        "bu", "be", "bo",
    ];
    const HALF: [&str; 5] = ["pa", "pi", "pu", "pe", "po"];
    let at = |signs: &str| signs.chars().position(|other| other == sign);
    match mark {
        None => SOUNDS.get(at(PLAIN)?).copied(),
        Some('\u{3099}') => VOICED.get(at(MARKED)?).copied(),
        Some(_) => HALF.get(at("はひふへほ")?).copied(),
    }
}

/// Latin letters in one way of romanising: Hepburn, Kunrei and what passports write come to the same.
fn canonical(latin: &str) -> String {
    const WAYS: [(&str, &str); 24] = [
        ("tch", "tty"),
        ("sh", "sy"),
        ("ch", "ty"),
        ("ts", "t"),
        ("dz", "z"),
        ("j", "zy"),
        ("zyy", "zy"),
        ("syi", "si"),
        ("tyi", "ti"),
        ("zyi", "zi"),
        ("dya", "zya"),
        ("dyu", "zyu"),
        ("dyo", "zyo"),
        ("di", "zi"),
        ("du", "zu"),
        ("fu", "hu"),
        ("mb", "nb"),
        ("mp", "np"),
        ("mm", "nm"),
        ("ou", "o"),
        ("oo", "o"),
        ("uu", "u"),
        ("wo", "o"),
        ("wi", "i"),
    ];
    let mut text = latin.to_owned();
    for (from, to) in WAYS {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    // Oh, as in Ohno and Satoh: an h before a consonant or at the end only makes the vowel long.
    let signs: Vec<char> = text.chars().collect();
    let is_vowel = |c: &char| matches!(c, 'a' | 'i' | 'u' | 'e' | 'o');
    let kept = signs.iter().enumerate().filter(|(at, c)| {
        let after_o = *at > 0 && signs[at - 1] == 'o';
        let before_vowel = signs.get(at + 1).is_some_and(|next| is_vowel(next) || *next == 'y');
        **c != 'h' || !after_o || before_vowel
    });
    kept.map(|(_, c)| *c).collect()
}
