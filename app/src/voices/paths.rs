//! Addresses of the voice desk, behind the language. None holds anything of anybody: what is a secret is posted.

/// Writing.
pub const WRITE: &str = "/voice/write";
/// The receipt once more, to type its last group.
pub const RECEIPT: &str = "/voice/receipt";
/// Coming back.
pub const BACK: &str = "/voice/back";
/// What was written and answered.
pub const LETTERS: &str = "/voice/letters";
/// What workers let everybody read.
pub const PUBLIC: &str = "/voices";
/// The members' desk; without a language, like all that is the console's.
pub const DESK: &str = "/console/voices";
/// What everybody reads, for members.
pub const PUBLISHED: &str = "/console/voices/published";
/// The library beside the desk: what the law says. Its pages are `home`'s.
pub const RIGHTS: &str = "/voice/rights";
