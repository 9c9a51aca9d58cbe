//! Calendar entries (iCalendar), public and personal.
