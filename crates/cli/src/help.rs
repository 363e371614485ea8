//! `--help`, and complaints about what was typed, in the language of who reads them.
//!
//! The English texts are the doc comments of `args`, the source of truth. The Vietnamese ones stand
//! in `i18n/vi-help.ftl` under the path of the command and the name of the option, such as
//! `help-alert-issue--zone`; an option that says the same everywhere is `help--zone`. A test holds
//! that none is missing and that one text never stands for two.
//!
//! All of this costs time only when help or a complaint is shown: what is well-formed is parsed
//! without it.

mod complaint;

use std::ffi::OsStr;

use clap::builder::PossibleValue;
use clap::error::ErrorKind;
use clap::{Arg, Command, CommandFactory};

use crate::args::Arguments;
use crate::tasks;
use crate::words::{Language, Words};
use complaint::Vietnamese;

const HELP: &str = include_str!("../i18n/vi-help.ftl");

/// Shows help, or a complaint about what was typed, and ends the program.
pub fn end(error: &clap::Error, language: Language) -> ! {
    if error.kind() == ErrorKind::DisplayVersion {
        error.exit();
    }
    match (command(language).try_get_matches(), language) {
        (Err(error), Language::Vietnamese) => error.apply::<Vietnamese>().exit(),
        (Err(error), Language::English) => error.exit(),
        (Ok(_), _) => error.exit(),
    }
}

/// Everything that can be typed, with help in a language.
pub fn command(language: Language) -> Command {
    let command = Arguments::command()
        .mut_subcommand("tasks", |tasks| tasks.after_help(tasks::text(&Words::of(language))));
    match language {
        Language::English => command,
        Language::Vietnamese => vietnamese(command),
    }
}

fn vietnamese(mut command: Command) -> Command {
    // Now the flags and the command that clap adds are there to be translated, too.
    command.build();
    Translation { words: Words::from(Language::Vietnamese, &[HELP]) }.command(command, "help")
}

struct Translation {
    words: Words,
}

impl Translation {
    fn say(&self, key: &str) -> Option<String> {
        self.words.find(key, None)
    }

    /// A word of clap's own.
    fn own(&self, key: &str) -> String {
        self.say(key).unwrap_or_default()
    }

    fn command(&self, command: Command, key: &str) -> Command {
        let mut command = command;
        if let Some(about) = self.say(key) {
            let long = self.say(&format!("{key}.long"));
            command = match long {
                Some(long) => command.long_about(long),
                None => command.long_about(None::<&str>),
            };
            command = command.about(about);
        }
        if let Some(after) = self.say(&format!("{key}.after")) {
            command = command.after_help(after);
        }
        command = command
            .subcommand_help_heading(self.own("clap-commands"))
            .subcommand_value_name(self.own("clap-command"))
            .mut_args(|arg| self.arg(arg, key))
            .mut_subcommands(|sub| {
                let name = sub.get_name().to_owned();
                match name.as_str() {
                    // Under `help` stand the names of the commands beside it.
                    "help" => self.command(sub, key).about(self.own("clap-help-command")),
                    name => self.command(sub, &format!("{key}-{name}")),
                }
            });
        let usage = command.render_usage().to_string();
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
        let usage = usage.replace("[OPTIONS]", &format!("[{}]", self.own("clap-option")));
        let heading = command.get_styles().get_usage();
        let template = format!(
            "{{about-with-newline}}\n{heading}{}{heading:#} {{usage}}\n\n{{all-args}}{{after-help}}",
            self.own("clap-usage")
        );
        command.override_usage(usage).help_template(template)
    }

    fn arg(&self, arg: Arg, command: &str) -> Arg {
        let name = name(&arg);
        let text = match name.as_str() {
            "help" => Some(self.own("clap-help")),
            "version" if arg.get_action().takes_values() => self.text(command, &name),
            "version" => Some(self.own("clap-version")),
            name => self.text(command, name),
        };
        let heading = match () {
            () if arg.is_positional() => "clap-arguments",
            () if arg.is_global_set() => "clap-global",
            () => "clap-options",
        };
        let names: Option<Vec<String>> = arg
            .get_value_names()
            .filter(|_| arg.get_action().takes_values())
            .map(|names| names.iter().map(|name| self.value(name)).collect());
        let values = self.values(&arg, command, &name);
        let mut arg = arg.help_heading(self.own(heading)).hide_possible_values(true);
        if let Some(names) = names {
            arg = arg.value_names(names);
        }
        let Some(text) = text else {
            return arg;
        };
        let rest = [self.default(&arg), values, self.variable(&arg)];
        let with_rest = |text: String| {
            let parts = std::iter::once(text).chain(rest.iter().flatten().cloned());
            parts.collect::<Vec<_>>().join(" ")
        };
        let long = self.text(command, &format!("{name}.long"));
        let arg = arg.hide_default_value(true).hide_env(true).help(with_rest(text));
        match long {
            Some(long) => arg.long_help(with_rest(long)),
            None => arg.long_help(None::<&str>),
        }
    }

    fn text(&self, command: &str, name: &str) -> Option<String> {
        self.say(&format!("{command}--{name}")).or_else(|| self.say(&format!("help--{name}")))
    }

    /// A name of a value; each of `FILE|HEX` has its word, and `none` is typed as it stands.
    fn value(&self, name: &str) -> String {
        let words = name.split('|').map(|name| {
            if is_literal(name) {
                return name.to_owned();
            }
            let key = value_key(name);
            self.say(&key).unwrap_or_else(|| name.to_owned())
        });
        words.collect::<Vec<_>>().join("|")
    }

    fn default(&self, arg: &Arg) -> Option<String> {
        let values: Vec<_> = arg.get_default_values().iter().map(|v| v.to_string_lossy()).collect();
        let values = values.join(" ");
        let shown = arg.get_action().takes_values() && !values.is_empty();
        shown.then(|| format!("[{} {values}]", self.own("clap-default")))
    }

    fn values(&self, arg: &Arg, command: &str, name: &str) -> Option<String> {
        let values: Vec<PossibleValue> =
            arg.get_possible_values().into_iter().filter(|value| !value.is_hide_set()).collect();
        if values.is_empty() || !arg.get_action().takes_values() {
            return None;
        }
        let word = |value: &PossibleValue| {
            let code = value.get_name();
            match self.text(command, &format!("{name}.{code}")) {
                Some(text) => format!("{code} ({text})"),
                None => code.to_owned(),
            }
        };
        let values: Vec<String> = values.iter().map(word).collect();
        Some(format!("[{} {}]", self.own("clap-values"), values.join(", ")))
    }

    fn variable(&self, arg: &Arg) -> Option<String> {
        let name = arg.get_env().map(OsStr::to_string_lossy)?;
        Some(format!("[{} {name}]", self.own("clap-variable")))
    }
}

/// The key of a name of a value: `EVENT_ID` is `value-event-id`.
fn value_key(name: &str) -> String {
    format!("value-{}", name.to_ascii_lowercase().replace('_', "-").replace("..", "-"))
}

/// Whether a name of a value is what is typed, and no placeholder.
fn is_literal(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_lowercase())
}

/// How an argument is named in a key: by its long option, or by its id.
fn name(arg: &Arg) -> String {
    arg.get_long().map_or_else(|| arg.get_id().as_str().replace('_', "-"), ToOwned::to_owned)
}

#[cfg(test)]
mod tests;
