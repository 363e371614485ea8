//! How a command ends: a sentence for people and a code for scripts.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use giapranh_domain::Fault;
use serde::{Deserialize, Serialize};

use crate::args::Form;
use crate::output::text;
use crate::words;
use crate::{next, say};

/// The exit codes, as `giapranh --help` documents them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Another failure.
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// The node refused: what was sent has to change.
    Refused = 3,
    /// There is no such thing.
    NotFound = 4,
    /// The node is not running, or can't do it now: try again.
    Unavailable = 5,
    /// A log does not prove what it should.
    NotVerified = 6,
    /// A log can't be read or written.
    LogUnusable = 7,
}

impl Exit {
    /// Every code.
    #[cfg(test)]
    pub const ALL: &'static [Self] = &[
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::Refused,
        Self::NotFound,
        Self::Unavailable,
        Self::NotVerified,
        Self::LogUnusable,
    ];
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A failure whose code is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// What failed and what to do.
    pub message: String,
    /// Every field at fault, when the node refused a command.
    pub faults: Vec<Fault>,
    /// The command line that helps.
    pub next: Option<String>,
    /// The HTTP status, when the node answered.
    pub status: Option<u16>,
    /// Which problem it was, when the node said so.
    pub kind: String,
}

impl Failure {
    /// A failure without fields.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            faults: Vec::new(),
            next: None,
            status: None,
            kind: String::new(),
        }
    }

    /// With the command line that helps.
    #[must_use]
    pub fn next(self, line: impl Into<String>) -> Self {
        Self { next: Some(line.into()), ..self }
    }

    /// Whether what was sent is settled: the node, or this program before it was sent, has judged it.
    /// Otherwise the same may still pass, and may even have passed.
    pub fn is_settled(&self) -> bool {
        match self.status {
            // Once the password was changed, the same passes.
            Some(_) if self.kind == "password" => false,
            Some(status) => (400..500).contains(&status) && ![401, 408, 429].contains(&status),
            None => !matches!(self.exit, Exit::Unavailable | Exit::Failed),
        }
    }
}

/// A problem as a node answers it (RFC 9457).
#[derive(Debug, Default, Deserialize)]
pub struct Problem {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    errors: Vec<Fault>,
}

/// What stands over the faults of each ruling.
const RULINGS: &[(&str, &str)] = &[
    ("invalid", "problem-invalid"),
    ("not-found", "problem-not-found"),
    ("forbidden", "problem-forbidden"),
    ("conflict", "problem-conflict"),
];

/// What to type after problems that are about who asks.
const HELPS: &[(&str, &str)] = &[
    ("sign-in", "help sign-in"),
    ("locked", "help officer unlock"),
    ("disabled", "help officer enable"),
    ("no-officers", "help officer add"),
    ("password", "officer password"),
    ("purpose", "purpose TEXT"),
    ("session", "sign-in LOGIN"),
    ("approval", "help draft submit"),
    ("role", "who"),
];

impl Problem {
    /// Whether nobody is known by what was sent: nobody signed in, or the session has ended.
    pub fn is_about_a_session(&self) -> bool {
        matches!(self.kind(), "" | "unauthenticated")
    }

    /// What tells it from others: the end of its type.
    fn kind(&self) -> &str {
        self.kind.rsplit(':').next().unwrap_or_default()
    }

    /// The failure that an answer of this HTTP status means. `wait`: after how many seconds the same
    /// may pass.
    pub fn into_failure(self, status: u16, wait: Option<u64>) -> Failure {
        let exit = match status {
            404 => Exit::NotFound,
            503 => Exit::Unavailable,
            400..500 => Exit::Refused,
            _ => Exit::Failed,
        };
        let helps = HELPS.iter().find(|(kind, _)| *kind == self.kind());
        let next = helps.map(|(_, command)| next::line(command));
        let mut message = self.sentence(status);
        if let Some(seconds) = wait.filter(|_| status == 429) {
            let wait = words::span(seconds.saturating_mul(1_000));
            message.extend([" ", &say!("again-in", wait = wait)]);
        }
        let kind = self.kind().to_owned();
        Failure { exit, message, faults: self.errors, next, status: Some(status), kind }
    }

    /// In the node's own words, as far as there are none here.
    fn sentence(&self, status: u16) -> String {
        let ruling = RULINGS.iter().find(|(kind, _)| *kind == self.kind());
        // The faults say the same as the detail, one by one.
        if self.errors.is_empty() && !self.detail.is_empty() {
            self.detail.clone()
        } else if let Some((_, key)) = ruling.filter(|_| !self.errors.is_empty()) {
            words::say(key)
        } else if self.title.is_empty() {
            say!("http-status", status = status.to_string())
        } else {
            self.title.clone()
        }
    }
}

/// Writes a failure to stderr. A reader that went away is none: that is how `… | head` ends.
pub fn report(error: &anyhow::Error, form: Form) -> ExitCode {
    if is_broken_pipe(error) {
        return Exit::Done.into();
    }
    let failure = error.downcast_ref::<Failure>();
    let exit = failure.map_or(Exit::Failed, |failure| failure.exit);
    let faults = failure.map_or(&[][..], |failure| &failure.faults);
    let stderr = io::stderr();
    let colour = stderr.is_terminal() && text::colour_allowed();
    let next = failure.and_then(|failure| failure.next.clone()).unwrap_or_else(|| usual(exit));
    let message = format!("{error:#}");
    let shown = match form {
        Form::Table => for_people(&message, faults, &next, colour),
        Form::Json => for_programs(&message, faults, &next, exit),
    };
    // Nobody is left to tell when stderr is gone.
    let _ = stderr.lock().write_all(shown.as_bytes());
    exit.into()
}

/// What to type where nothing better is known.
fn usual(exit: Exit) -> String {
    match exit {
        Exit::Unavailable | Exit::Failed => next::line("node status"),
        Exit::NotVerified | Exit::LogUnusable => "giapranh help audit".to_owned(),
        _ => "giapranh tasks".to_owned(),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn for_people(message: &str, faults: &[Fault], next: &str, colour: bool) -> String {
    let label = say!("error-label");
    let label = if colour { format!("\u{1b}[1;31m{label}\u{1b}[0m") } else { label };
    let mut shown = format!("{label} {}\n", text::line(message));
    for fault in faults {
        let (field, rule) = (text::line(&fault.field), text::line(&fault.rule));
        let message = text::line(&fault.sentence(words::words().of_faults()));
        shown.extend([
            "  ", &field, " (", &rule, "): ", &message, "
",
        ]);
    }
    let label = say!("next-label");
    shown.extend(["  ", &label, " ", &text::line(next), "\n"]);
    shown
}

#[derive(Serialize)]
struct Failed<'a> {
    error: &'a str,
    exit: u8,
    errors: &'a [Fault],
    next: &'a str,
}

fn for_programs(message: &str, faults: &[Fault], next: &str, exit: Exit) -> String {
    let failed = Failed { error: message, exit: exit as u8, errors: faults, next };
    let json = serde_json::to_string(&failed).unwrap_or_default();
    format!("{}\n", text::json(&json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_shows_every_fault_with_field_rule_and_sentence() {
        let problem: Problem = serde_json::from_str(
            r#"{"type":"urn:giapranh:problem:invalid","title":"The command is invalid",
                "status":422,"detail":"A. B.","errors":[
                {"field":"/content/headline","rule":"required","message":"A."},
                {"field":"/zones","rule":"required","message":"B\u001b[2J."}]}"#,
        )
        .unwrap();
        let failure = problem.into_failure(422, None);
        assert_eq!(failure.exit, Exit::Refused);
        let shown = for_people(&failure.message, &failure.faults, "giapranh zone list", false);
        assert_eq!(
            shown,
            "error: The command is invalid\n  \
             /content/headline (required): A.\n  \
             /zones (required): B\\u{1b}[2J.\n  \
             next: giapranh zone list\n"
        );
        let json: serde_json::Value =
            serde_json::from_str(&for_programs("no", &failure.faults, "x", failure.exit)).unwrap();
        assert_eq!(json["exit"], 3);
        assert_eq!(json["errors"][1]["field"], "/zones");
    }

    #[test]
    fn each_status_has_its_exit_code() {
        for (status, exit) in [
            (400, Exit::Refused),
            (403, Exit::Refused),
            (404, Exit::NotFound),
            (409, Exit::Refused),
            (413, Exit::Refused),
            (422, Exit::Refused),
            (500, Exit::Failed),
            (503, Exit::Unavailable),
        ] {
            let problem: Problem = serde_json::from_str("{}").unwrap();
            assert_eq!(problem.into_failure(status, None).exit, exit, "{status}");
        }
    }

    #[test]
    fn a_reader_that_went_away_is_no_failure() {
        let gone = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(is_broken_pipe(&gone));
        assert!(!is_broken_pipe(&Failure::new(Exit::Failed, "broken pipe").into()));
    }
}
