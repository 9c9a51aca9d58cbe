//! `/console/events/{slug}/guests.csv` and `.xlsx`.
