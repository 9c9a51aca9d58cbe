//! `/console/series/…`: the forms of a series.
