//! What can be typed.

pub mod access;
pub mod acting;
pub mod alert;
pub mod audit;
pub mod decision;
pub mod deploy;
pub mod directory;
pub mod draft;
pub mod due;
pub mod fork;
pub mod hit;
pub mod link;
pub mod node;
pub mod officer;
pub mod quarantine;
pub mod search;
pub mod sign_in;
pub mod token;
pub mod unit;
pub mod zone;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::words::Language;

/// What stands over the options that every command takes.
const GLOBAL: &str = "Options of every command";

/// Exchange between police units of neighbouring provinces.
#[derive(Debug, Parser)]
#[command(
    name = "giapranh",
    version,
    arg_required_else_help = true,
    after_help = "Exit codes:\n  \
        0  done\n  \
        1  another failure\n  \
        2  wrong usage\n  \
        3  refused: invalid, forbidden or in conflict with what has happened\n  \
        4  there is no such thing\n  \
        5  the node is not running, or can't do it now\n  \
        6  the verification found faults\n  \
        7  the log can't be used\n\n\
        Common tasks, each with its command line: giapranh tasks"
)]
pub struct Arguments {
    /// Directory of the node.
    #[arg(long, global = true, help_heading = GLOBAL, env = "GIAPRANH_DIR", value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// How results are printed.
    #[arg(long, global = true, help_heading = GLOBAL, value_enum, default_value_t, value_name = "FORM")]
    pub output: Form,
    /// How the program's own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug").
    #[arg(long, global = true, help_heading = GLOBAL, value_enum, default_value_t, value_name = "FORM")]
    pub log: LogForm,
    /// Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is.
    #[arg(long, global = true, help_heading = GLOBAL, value_enum, value_name = "LANGUAGE")]
    #[allow(dead_code, reason = "it counts before the rest is understood: Language::asked_for")]
    pub lang: Option<Language>,
    /// Say every 5 s how far long work is, where stderr is no terminal.
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub progress: bool,
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// Whether JSON is asked for, before it is known that the rest is well-formed.
    pub fn want_json(arguments: impl Iterator<Item = String>) -> bool {
        typed("--output", arguments).is_some_and(|form| form == "json")
    }

    /// Whether the command runs until somebody ends it, so that its log is what there is to see.
    pub fn is_long_running(&self) -> bool {
        matches!(
            self.command,
            Command::Node { command: node::Command::Run(_) }
                | Command::Deploy { command: deploy::Command::Serve(_) }
        )
    }
}

/// The value of an option as it was typed, before it is known that the rest is well-formed.
pub fn typed(option: &str, mut arguments: impl Iterator<Item = String>) -> Option<String> {
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix(option) {
            Some("") => return arguments.next(),
            Some(value) if value.starts_with('=') => return Some(value[1..].to_owned()),
            None if argument == "--" => return None,
            _ => {}
        }
    }
    None
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Form {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
}

/// How the program's own log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LogForm {
    /// One line an event, for people.
    #[default]
    Human,
    /// One JSON object an event.
    Json,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a node, run it, ask how it is, close it.
    Node {
        #[command(subcommand)]
        command: node::Command,
    },
    /// Show the directory of units, zones and nodes, and change it.
    Directory {
        #[command(subcommand)]
        command: directory::Command,
    },
    /// Sign in to the running node; the session is kept for this user of the machine.
    SignIn(sign_in::SignIn),
    /// End the session.
    SignOut,
    /// Show who has signed in, and what that officer may do.
    Who,
    /// Show what is due, the most urgent first, with who must act.
    Due(due::Due),
    /// Search names, plates, phones, accounts and words of alerts, and see why each was found.
    Search(search::Search),
    /// Say what this session is for, before persons are looked at or looked for.
    Purpose(search::Purpose),
    /// Show who was shown what at this node, and what should be looked at; for auditors.
    Access {
        #[command(subcommand)]
        command: access::Command,
    },
    /// Show what is erased where.
    Erasure {
        #[command(subcommand)]
        command: access::Erasure,
    },
    /// Issue, amend, withdraw, read and watch alerts.
    Alert {
        #[command(subcommand)]
        command: alert::Command,
    },
    /// Write what another officer is to release, and release or return it.
    Draft {
        #[command(subcommand)]
        command: draft::Command,
    },
    /// Report that something was found, answer such a report, and say how it ended.
    Hit {
        #[command(subcommand)]
        command: hit::Command,
    },
    /// Decide about a link of two alerts that was proposed.
    Link {
        #[command(subcommand)]
        command: link::Command,
    },
    /// Look up border zones, redraw them, and ask for a neighbour's.
    Zone {
        #[command(subcommand)]
        command: zone::Command,
    },
    /// Look up units.
    Unit {
        #[command(subcommand)]
        command: unit::Command,
    },
    /// Set up NATS servers as the directory says.
    Deploy {
        #[command(subcommand)]
        command: deploy::Command,
    },
    /// Verify a log, or replay it to a moment. Needs no node.
    Audit {
        #[command(subcommand)]
        command: audit::Command,
    },
    /// Give out accounts of the node, and look after them.
    Officer {
        #[command(subcommand)]
        command: officer::Command,
    },
    /// Issue and end tokens by which programs act for an officer.
    Token {
        #[command(subcommand)]
        command: token::Command,
    },
    /// Look after messages that failed the gate.
    Quarantine {
        #[command(subcommand)]
        command: quarantine::Command,
    },
    /// Look after events that wait for something else.
    Held {
        #[command(subcommand)]
        command: quarantine::Command,
    },
    /// Show whom the node has heard, what is missing where, and whether the node may sign.
    Peers,
    /// Look at origins that signed two events under one number, and decide.
    Fork {
        #[command(subcommand)]
        command: fork::Command,
    },
    /// Build what the node shows anew from its log, and compare.
    Rebuild,
    /// Show the common tasks, each with its command lines.
    Tasks,
}

#[cfg(test)]
mod tests;
