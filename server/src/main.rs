//! The `entaku` process.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::run()
}
