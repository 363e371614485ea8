//! What clap complains of, in Vietnamese: the same facts in the same order as its own English.

use std::error::Error as _;
use std::fmt::Write as _;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};

use super::HELP;
use crate::words::{FluentValue, Language, Words};

/// Writes a complaint in Vietnamese.
pub struct Vietnamese;

impl ErrorFormatter for Vietnamese {
    fn format_error(error: &Error<Self>) -> StyledStr {
        let words = Words::from(Language::Vietnamese, &[HELP]);
        StyledStr::from(Complaint { error, words: &words }.text())
    }
}

struct Complaint<'a> {
    error: &'a Error<Vietnamese>,
    words: &'a Words,
}

impl Complaint<'_> {
    fn text(&self) -> String {
        let mut text = format!("{} {}\n", self.say("typed-error", &[]), self.sentence());
        for kind in [
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedArg,
            ContextKind::SuggestedValue,
        ] {
            if let Some(like) = self.context(kind) {
                let like = [("like", FluentValue::from(like))];
                let _ = writeln!(text, "\n  {}", self.say("typed-similar", &like));
            }
        }
        if let Some(usage) = self.context(ContextKind::Usage) {
            let usage = usage.replacen("Usage:", &self.say("typed-usage", &[]), 1);
            let _ = writeln!(text, "\n{usage}");
        }
        let _ = writeln!(text, "\n{}", self.say("typed-more", &[]));
        text
    }

    fn sentence(&self) -> String {
        let of = |kind| FluentValue::from(self.context(kind).unwrap_or_default());
        let argument = ("argument", of(ContextKind::InvalidArg));
        let value = ("value", of(ContextKind::InvalidValue));
        match self.error.kind() {
            ErrorKind::InvalidValue => self.invalid_value(argument, value),
            ErrorKind::ValueValidation => {
                let why = self.error.source().map(ToString::to_string).unwrap_or_default();
                self.say("typed-bad-value", &[argument, value, ("why", why.into())])
            }
            ErrorKind::UnknownArgument => self.say("typed-unknown-argument", &[argument]),
            ErrorKind::InvalidSubcommand => {
                let command = ("command", of(ContextKind::InvalidSubcommand));
                self.say("typed-unknown-command", &[command])
            }
            ErrorKind::MissingRequiredArgument => self.say("typed-missing", &[argument]),
            ErrorKind::MissingSubcommand => {
                let command = ("command", of(ContextKind::InvalidSubcommand));
                let known = ("known", of(ContextKind::ValidSubcommand));
                self.say("typed-missing-command", &[command, known])
            }
            ErrorKind::ArgumentConflict => {
                let prior = ("prior", of(ContextKind::PriorArg));
                let twice = prior.1 == argument.1;
                let key = if twice { "typed-twice" } else { "typed-conflict" };
                let all = [argument, prior];
                self.say(key, if twice { &all[..1] } else { &all })
            }
            ErrorKind::TooManyValues => self.say("typed-too-many-values", &[argument, value]),
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                self.say("typed-number-of-values", &[argument])
            }
            ErrorKind::NoEquals => self.say("typed-no-equals", &[argument]),
            ErrorKind::InvalidUtf8 => self.say("typed-not-utf8", &[]),
            kind => kind.to_string(),
        }
    }

    fn invalid_value(
        &self,
        argument: (&'static str, FluentValue<'static>),
        value: (&'static str, FluentValue<'static>),
    ) -> String {
        let known = self.context(ContextKind::ValidValue);
        let mut sentence = match self.context(ContextKind::InvalidValue) {
            Some(given) if !given.is_empty() => self.say("typed-invalid-value", &[argument, value]),
            _ => self.say("typed-no-value", &[argument]),
        };
        if let Some(known) = known.filter(|known| !known.is_empty()) {
            let known = [("known", FluentValue::from(known))];
            let _ = write!(sentence, "\n  {}", self.say("typed-known-values", &known));
        }
        sentence
    }

    fn context(&self, kind: ContextKind) -> Option<String> {
        match self.error.get(kind)? {
            ContextValue::String(text) => Some(text.clone()),
            ContextValue::Strings(texts) => Some(texts.join(", ")),
            ContextValue::StyledStr(text) => Some(text.to_string()),
            _ => None,
        }
    }

    fn say(&self, key: &str, arguments: &[(&'static str, FluentValue<'static>)]) -> String {
        let arguments = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.words.find(key, Some(&arguments)).unwrap_or_default()
    }
}
