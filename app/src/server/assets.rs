//! The names of the built files, read once from `dist/` at the start: style sheets and one bundle per audience.

use std::path::Path;

/// Whose program a page needs. A page without one ships no script at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    /// Workers: the questionnaire.
    Worker,
    /// Organizers.
    Console,
}

impl Bundle {
    /// The name it is built under.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Console => "console",
        }
    }
}

/// File names with their hashes, as addresses.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    worker: Names,
    console: Names,
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
    /// Reads `worker.txt` and `console.txt` (lines `js: HASH`, `wasm: HASH`, `css: HASH`) beside the binary.
    ///
    /// # Errors
    /// When a file is missing or a line is: the program was not built by `make build`.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        Ok(Self { worker: Names::read(folder, "worker")?, console: Names::read(folder, "console")? })
    }

    /// The files of a bundle.
    #[must_use]
    pub fn names(&self, bundle: Bundle) -> &Names {
        match bundle {
            Bundle::Worker => &self.worker,
            Bundle::Console => &self.console,
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
