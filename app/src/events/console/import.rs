//! `/console/events/{slug}/import`: guests pasted from a spreadsheet.
