//! Guests pasted from a spreadsheet: read, previewed, taken in, taken back.
