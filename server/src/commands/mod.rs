//! The command line: `entaku` and its subcommands, one function each.
//!
//! Everything that is printed for people or programs goes to standard output; the log goes to standard error. What a
//! command does is a service's business, the same that pages call.

mod backups;
mod counts;
mod desk;
mod export;
mod inspect;
mod organizers;
mod questionnaires;
mod tables;

use crate::{config::Config, middleware::panic, serve, start, telemetry};
use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};
use std::{io::Write as _, path::PathBuf, process::ExitCode};

/// One small server for a secretariat that listens to workers.
#[derive(Debug, Parser)]
#[command(name = "entaku", version)]
struct Arguments {
    /// The configuration file; `entaku.toml` in the current folder if it is there.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the tables up to date and serve (what happens without a subcommand).
    Serve,
    /// Bring the tables up to date.
    Migrate,
    /// Put the demonstration content in; what is there already stays as it is.
    Seed,
    /// Organizers: who may sign in.
    Organizer {
        #[command(subcommand)]
        command: OrganizerCommand,
    },
    /// Questionnaires: check a definition, publish it, list all.
    Questionnaires {
        #[command(subcommand)]
        command: QuestionnairesCommand,
    },
    /// Write out what was collected.
    Export {
        #[command(subcommand)]
        command: ExportCommand,
    },
    /// The counts that are kept with the answers.
    Counts {
        #[command(subcommand)]
        command: CountsCommand,
    },
    /// The voice desk: its keys, and whether it is open.
    Desk {
        #[command(subcommand)]
        command: desk::DeskCommand,
    },
    /// Write the whole database to one file, whichever kind it is.
    Backup {
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Read a file of `entaku backup` into an empty database of either kind.
    Restore {
        /// The file.
        file: PathBuf,
    },
    /// Print the settings in force, without secrets, as they would stand in `entaku.toml`.
    Config,
    /// Print the table of addresses as JSON.
    Routes,
}

#[derive(Debug, Subcommand)]
enum OrganizerCommand {
    /// Print a link, good once, with which somebody chooses a passphrase and may sign in from then on.
    Invite {
        /// Their mail address.
        email: String,
        /// What they may do.
        #[arg(long, value_enum, default_value_t = RoleName::Coordinator)]
        role: RoleName,
        /// Print nothing if there is an organizer or an open invitation already.
        #[arg(long)]
        only_first: bool,
    },
    /// Take somebody's second factor away who lost phone and recovery codes: they sign in with the passphrase alone.
    TakeSecondFactor {
        /// Their mail address.
        email: String,
    },
}

/// What an organizer may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Everything.
    Coordinator,
    /// Everything but inviting others and reading the most sensitive answers.
    Assistant,
}

#[derive(Debug, Subcommand)]
enum QuestionnairesCommand {
    /// Print every fault of a definition, or its hash and what it is; nothing is stored.
    Check {
        /// The definition as JSON, at most 1 MiB; `-` reads standard input.
        file: PathBuf,
    },
    /// Publish a definition: from then on new answers are given to it, earlier ones stay with theirs.
    Publish {
        /// The definition as JSON, at most 1 MiB; `-` reads standard input.
        file: PathBuf,
        /// Lead back to a version that another one has followed.
        #[arg(long)]
        again: bool,
    },
    /// Print all questionnaires, a line each.
    List,
}

#[derive(Debug, Subcommand)]
enum CountsCommand {
    /// Go through all answers and say whether the counts are right; nothing is changed.
    Check,
    /// Go through all answers and make the counts right. The server may run meanwhile.
    Rebuild,
}

#[derive(Debug, Subcommand)]
enum ExportCommand {
    /// The answers to one questionnaire; without a reason, free text and the most sensitive questions stay out.
    Answers {
        /// The questionnaire, as it stands in its address.
        slug: String,
        /// The kind of file.
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
        /// Write labels in this language (`ja`, `en`, `vi`, …) instead of codes; for CSV and workbooks.
        #[arg(long, value_name = "LANG")]
        labels: Option<String>,
        /// Only answers to the edition of this version.
        #[arg(long, value_name = "VERSION", default_value = "", hide_default_value = true)]
        edition: String,
        /// Only answers in this language.
        #[arg(long, value_name = "LANG", default_value = "", hide_default_value = true)]
        language: String,
        /// Only answers that came through this channel; `_none` for those that came through none.
        #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
        channel: String,
        /// Only people who gave this answer, `question=code`.
        #[arg(long, value_name = "ANSWER", default_value = "", hide_default_value = true)]
        answer: String,
        /// Free text and the most sensitive questions too; why, stands in the audit log.
        #[arg(long, value_name = "WHY")]
        reason: Option<String>,
        /// Where to; standard output unless given.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for spreadsheets.
    Csv,
    /// For programs.
    Json,
    /// A workbook for spreadsheets, with numbers, dates and its codebook.
    Xlsx,
}

/// Reads the command line and does what it says. A failure is told in one sentence on standard error.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "entaku: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: Arguments) -> anyhow::Result<()> {
    if matches!(arguments.command, Some(Command::Routes)) {
        return inspect::routes();
    }
    if let Some(Command::Questionnaires { command: QuestionnairesCommand::Check { file } }) = &arguments.command {
        return questionnaires::check(file);
    }
    if let Some(Command::Desk { command }) = &arguments.command
        && let Some(done) = desk::offline(command)
    {
        return done;
    }
    let config = Config::load(arguments.config.as_deref())?;
    telemetry::start(&config.log)?;
    panic::hook();
    let runtime = tokio::runtime::Runtime::new().context("the runtime does not start")?;
    runtime.block_on(async {
        match arguments.command.unwrap_or(Command::Serve) {
            Command::Serve => serve::serve(&config).await,
            Command::Migrate => tables::migrate(&config).await,
            Command::Seed => tables::seed(&config).await,
            Command::Organizer { command } => match command {
                OrganizerCommand::Invite { email, role, only_first } => {
                    organizers::invite(&config, &email, role, only_first).await
                }
                OrganizerCommand::TakeSecondFactor { email } => organizers::take_second_factor(&config, &email).await,
            },
            Command::Questionnaires { command } => match command {
                QuestionnairesCommand::Check { file } => questionnaires::check(&file),
                QuestionnairesCommand::Publish { file, again } => questionnaires::publish(&config, &file, again).await,
                QuestionnairesCommand::List => questionnaires::list(&config).await,
            },
            Command::Export {
                command:
                    ExportCommand::Answers { slug, format, labels, edition, language, channel, answer, reason, output },
            } => {
                let filter = export::AskedFor { edition, language, channel, answer };
                export::answers(&config, export::Asked { slug, format, labels, filter, reason, output }).await
            }
            Command::Counts { command: CountsCommand::Check } => counts::check(&config).await,
            Command::Counts { command: CountsCommand::Rebuild } => counts::rebuild(&config).await,
            Command::Desk { command } => desk::online(&config, command).await,
            Command::Backup { file } => backups::backup(&config, &file).await,
            Command::Restore { file } => backups::restore(&config, &file).await,
            Command::Config => inspect::config(&config),
            Command::Routes => Ok(()),
        }
    })
}

/// Prints one line.
fn print(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("standard output is closed")
}

/// The context over tables that are up to date, for commands that read or write them.
async fn ready(config: &Config) -> anyhow::Result<app::server::Context> {
    let ctx = start::context(config).await?;
    start::migrate(ctx.db()).await?;
    Ok(ctx)
}
