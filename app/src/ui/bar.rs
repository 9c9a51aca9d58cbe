//! A bar beside a number.

use super::html::{Html, some};

/// Writes a part of a whole as a bar of the width it is given. Decoration: the number beside it says the same.
pub fn write(html: &mut Html, part: u64, whole: u64) {
    html.open(
        "svg",
        &[
            some("class", "c-bar"),
            some("viewBox", "0 0 1000 1"),
            some("preserveAspectRatio", "none"),
            some("aria-hidden", "true"),
            some("focusable", "false"),
        ],
    );
    for (class, width) in [("c-bar__whole", 1000), ("c-bar__part", thousandths(part, whole))] {
        let width = width.to_string();
        html.open("rect", &[some("class", class), some("width", &width), some("height", "1")]).close("rect");
    }
    html.close("svg");
}

/// Rounded, and never nothing for somebody nor everything for not quite all.
fn thousandths(part: u64, whole: u64) -> u64 {
    let (part, whole) = (u128::from(part.min(whole)), u128::from(whole.max(1)));
    let rounded = (part * 1000 + whole / 2) / whole;
    let width = match part {
        0 => 0,
        part if part == whole => 1000,
        _ => rounded.clamp(4, 996),
    };
    u64::try_from(width).unwrap_or_default()
}

/// A part of a whole in hundredths, for people: `37%`, `<1%`.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    let (part, whole) = (u128::from(part), u128::from(whole.max(1)));
    match (part * 100 + whole / 2) / whole {
        0 if part > 0 => "<1%".to_owned(),
        100 if part < whole => ">99%".to_owned(),
        rounded => format!("{rounded}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_all_and_nearly_so_are_told_apart() {
        assert_eq!(
            [(0, 7), (1, 1000), (1, 3), (999, 1000), (7, 7), (0, 0)].map(|(part, whole)| percent(part, whole)),
            ["0%", "<1%", "33%", ">99%", "100%", "0%"]
        );
        assert_eq!(
            [(0, 7), (1, 1_000_000), (1, 3), (999_999, 1_000_000), (7, 7), (9, 7), (0, 0)]
                .map(|(part, whole)| thousandths(part, whole)),
            [0, 4, 333, 996, 1000, 1000, 0]
        );
        assert_eq!(percent(u64::MAX, u64::MAX), "100%");
    }

    #[test]
    fn bar_is_a_picture_without_style() {
        let mut html = Html::new();
        write(&mut html, 1, 4);
        let html = html.finish();
        assert!(html.contains(r#"<rect class="c-bar__part" width="250" height="1">"#) && !html.contains("style"));
    }
}
