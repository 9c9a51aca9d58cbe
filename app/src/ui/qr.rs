//! A square that a phone's camera reads (QR code), as an SVG of one path: sharp on paper at any size.

use qrcode::{Color, EcLevel, QrCode};

/// White around the square, in modules: the norm asks for four.
const QUIET: usize = 4;

/// The SVG of a text for paper, with `label` for who cannot see it; `None` if the text is longer than a square can
/// hold. A quarter of it may be torn off or dirty (level Q).
#[must_use]
pub fn svg(text: &str, label: &str) -> Option<String> {
    Some(draw(&QrCode::with_error_correction_level(text, EcLevel::Q).ok()?, label))
}

/// The same for a screen, which is clean and whole: it holds more (level M), or as much as any square can (level L).
#[must_use]
pub fn svg_on_screen(text: &str, label: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M);
    Some(draw(&code.or_else(|_| QrCode::with_error_correction_level(text, EcLevel::L)).ok()?, label))
}

fn draw(code: &QrCode, label: &str) -> String {
    let (width, colors) = (code.width(), code.to_colors());
    let size = (width + 2 * QUIET).to_string();
    let mut html = super::html::Html::new();
    let view_box = ["0 0 ", &size, " ", &size].concat();
    html.open(
        "svg",
        &[
            ("class", Some("c-qr")),
            ("viewBox", Some(&view_box)),
            ("role", Some("img")),
            ("aria-label", Some(label)),
            ("shape-rendering", Some("crispEdges")),
        ],
    );
    // White and black by attribute, also where the rest is dark or colours are forced: cameras need both.
    html.open("path", &[("fill", Some("#fff")), ("d", Some(&["M0 0h", &size, "v", &size, "H0z"].concat()))])
        .close("path");
    html.open("path", &[("fill", Some("#000")), ("d", Some(&modules(&colors, width)))]).close("path");
    html.close("svg");
    html.finish()
}

/// One rectangle per run of dark modules in a row.
fn modules(colors: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (row, line) in colors.chunks(width).enumerate() {
        let mut column = 0;
        for run in line.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                path.push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
            }
            column += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_rectangles() {
        let (dark, light) = (Color::Dark, Color::Light);
        assert_eq!(modules(&[dark, dark, light, dark], 2), "M4 4h2v1h-2zM5 5h1v1h-1z");
    }

    #[test]
    fn what_is_too_long_is_none() {
        assert!(svg(&"a".repeat(4000), "").is_none() && svg_on_screen(&"a".repeat(4000), "").is_none());
        assert!(svg(&"a".repeat(2000), "").is_none() && svg_on_screen(&"a".repeat(2800), "").is_some());
        assert!(svg("https://example.org", "\"<").unwrap().contains("aria-label=\"&quot;&lt;\""));
    }
}
