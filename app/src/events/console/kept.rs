//! `/console/personal-data`: which names are still kept.
