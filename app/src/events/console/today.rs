//! What events have to say on the console's first page.
