//! Names are deleted when they are no longer needed; the numbers stay.
