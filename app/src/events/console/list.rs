//! `/console/events`: all events and series.
