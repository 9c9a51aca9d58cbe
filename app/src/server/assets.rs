//! The names of the built files, read once from `dist/` at the start: style sheets and one bundle per audience.

use std::{path::Path, sync::OnceLock};

/// The service worker's program. It stands with the questionnaires, whose pages it keeps; here it is a part of the build.
pub const SERVICE_WORKER: &str = include_str!("../questionnaires/server/worker/worker.js");

/// Hex digits that name a build.
const BUILD_DIGITS: usize = 16;

/// Whose program a page needs. A page without one ships no script at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    /// Workers: the questionnaire.
    Worker,
    /// The page on what a phone keeps: whoever opens it need not load the questionnaire, and the other way round.
    Phone,
    /// Organizers.
    Console,
    /// The desk of a reception.
    Desk,
    /// Members of the voice desk.
    Members,
    /// Who writes to it.
    Voice,
}

impl Bundle {
    /// The name it is built under.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Phone => "phone",
            Self::Console => "console",
            Self::Desk => "desk",
            Self::Members => "members",
            Self::Voice => "voice",
        }
    }
}

/// File names with their hashes, as addresses.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    worker: Names,
    phone: Names,
    console: Names,
    desk: Names,
    members: Names,
    voice: Names,
    build: OnceLock<String>,
}

/// One build's three files.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The script that loads the program.
    pub script: String,
    /// The program.
    pub wasm: String,
    /// The style sheet.
    pub style: String,
}

impl Assets {
    /// Reads `worker.txt` and the other bundles' (lines `js: HASH`, `wasm: HASH`, `css: HASH`) beside the binary.
    ///
    /// # Errors
    /// When a file is missing or a line is: the program was not built by `make build`.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        let read = |bundle: Bundle| Names::read(folder, bundle.name());
        Ok(Self {
            worker: read(Bundle::Worker)?,
            phone: read(Bundle::Phone)?,
            console: read(Bundle::Console)?,
            desk: read(Bundle::Desk)?,
            members: read(Bundle::Members)?,
            voice: read(Bundle::Voice)?,
            build: OnceLock::new(),
        })
    }

    /// What the questionnaire's pages are made of, as a name: another one as soon as a file of theirs or the service
    /// worker is another. A phone compares it to know whether what it kept and what it is sent belong together.
    pub fn build(&self) -> &str {
        self.build.get_or_init(|| {
            let mut names = vec![SERVICE_WORKER];
            for Names { script, wasm, style } in [&self.worker, &self.phone] {
                names.extend([script.as_str(), wasm, style]);
            }
            let mut build = form::digest(names.join("\n").as_bytes());
            build.truncate(BUILD_DIGITS);
            build
        })
    }

    /// The files of a bundle.
    #[must_use]
    pub fn names(&self, bundle: Bundle) -> &Names {
        match bundle {
            Bundle::Worker => &self.worker,
            Bundle::Phone => &self.phone,
            Bundle::Console => &self.console,
            Bundle::Desk => &self.desk,
            Bundle::Members => &self.members,
            Bundle::Voice => &self.voice,
        }
    }
}

impl Names {
    fn read(folder: &Path, name: &str) -> std::io::Result<Self> {
        let text = std::fs::read_to_string(folder.join(format!("{name}.txt")))?;
        let hash = |kind: &str| {
            text.lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(key, _)| *key == kind)
                .map(|(_, hash)| format!("/pkg/{name}.{}.{kind}", hash.trim()))
                .ok_or_else(|| std::io::Error::other(format!("{name}.txt has no line for {kind}")))
        };
        Ok(Self { script: hash("js")?, wasm: hash("wasm")?, style: hash("css")? })
    }
}
