//! The guests of the rehearsal: called after colours and numbers, reached nowhere.

use super::content::{Colour, Guests};
use crate::{
    error::AppError,
    events::guest::{self, KINDS, Line, Phone, Typed},
    server::error::internal,
};

/// Lines of one organisation; who has a higher number shares the last one, as colleagues do.
const LINES: usize = 8;

/// Each colour with each number, in the order in which they register.
///
/// # Errors
/// [`AppError::Internal`] if the file names somebody whom no form would take.
pub fn all(guests: &Guests) -> Result<Vec<(&Colour, Typed)>, AppError> {
    let mut all = Vec::new();
    for (at, colour) in guests.colours.iter().enumerate() {
        let readings = guests.numbers.get(&colour.counts_in).map_or(&[][..], Vec::as_slice);
        for (number, reading) in (1..).zip(readings) {
            let typed = typed(colour, at, number, reading, all.len());
            all.push((colour, typed.ok_or_else(|| internal("a guest of the seed whom no form would take"))?));
        }
    }
    Ok(all)
}

/// One guest; `index` counts all, `at` the colours.
fn typed(colour: &Colour, at: usize, number: usize, reading: &str, index: usize) -> Option<Typed> {
    let name = format!("{} {number}", colour.name);
    let line = at * LINES + number.min(LINES) - 1;
    // Every third has an address. example.org is reserved: no mail arrives there.
    let email = if index.is_multiple_of(3) { format!("{}.{number}@example.org", colour.key) } else { String::new() };
    let needs = if number == 1 { colour.needs.as_str() } else { "" };
    Some(Typed {
        name: Line::required(&name).ok()?,
        reading: Line::reading(&format!("{} {reading}", colour.reading)).ok()?,
        organisation: Line::optional(&colour.organisation).ok()?,
        phone: Phone::optional(&format!("03-0000-{line:04}")).ok()?,
        email: guest::email(&email).ok()?,
        kind: Some(KINDS.into_iter().find(|kind| *kind == colour.kind)?),
        needs: guest::needs(needs).ok()?,
        answers: None,
    })
}
