//! What the program says, in the language of who reads it. The sentences stand in `i18n/en.ftl` and
//! `i18n/vi.ftl`, in the binary; a test holds that both say the same things.
//!
//! Names (headings, facts, fields) and codes (`wanted-person`, `not-issuer`) are English in the code
//! already, so only Vietnamese has words for them, in `i18n/vi-codes.ftl`.
//! Results as JSON are for programs: with them the program speaks English whatever was asked for.

use std::sync::{LazyLock, OnceLock};

use clap::ValueEnum;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue;

use crate::args::typed;

/// Set once, when the program begins; English before that, and in tests.
static LANGUAGE: OnceLock<Language> = OnceLock::new();
/// Read when the first word is said: many a command says none.
static WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::of(LANGUAGE.get().copied().unwrap_or(Language::English)));

const ENGLISH: &str = include_str!("../i18n/en.ftl");
const VIETNAMESE: &str = include_str!("../i18n/vi.ftl");
const VIETNAMESE_CODES: &str = include_str!("../i18n/vi-codes.ftl");

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Tiếng Việt.
    #[value(name = "vi")]
    Vietnamese,
    /// English.
    #[value(name = "en")]
    English,
}

impl Language {
    /// What is on the command line, before it is known to be well-formed: help and complaints about
    /// it are in that language, too.
    pub fn asked_for(arguments: impl Iterator<Item = String>) -> Option<Self> {
        Self::from_str(&typed("--lang", arguments)?, false).ok()
    }

    /// What the environment asks for: our own variable, then those of the locale as POSIX orders
    /// them.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let own = set("GIAPRANH_LANG").and_then(|value| Self::from_str(&value, true).ok());
        own.unwrap_or_else(|| {
            let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
            // Of `vi_VN.UTF-8`, `vi.UTF-8` and `vi@x` the language is what stands first.
            let language = locale.and_then(|locale| {
                locale.split(['_', '.', '@', '-']).next().map(str::to_ascii_lowercase)
            });
            if language.as_deref() == Some("vi") { Self::Vietnamese } else { Self::English }
        })
    }

    fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        // Both are well-formed; without one only plural forms would be the neutral ones.
        self.tag().parse().unwrap_or_default()
    }
}

/// The sentences of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// All that the program says in a language.
    pub fn of(language: Language) -> Self {
        match language {
            Language::English => Self::from(language, &[ENGLISH]),
            Language::Vietnamese => Self::from(language, &[VIETNAMESE, VIETNAMESE_CODES]),
        }
    }

    /// The sentences of texts in Fluent's form.
    pub fn from(language: Language, texts: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // The marks around arguments are for mixed directions of writing; on a terminal they are
        // rubbish.
        bundle.set_use_isolating(false);
        for text in texts {
            // What is wrong in a text is left out, and a test says so.
            let resource = FluentResource::try_new((*text).to_owned());
            bundle.add_resource_overriding(resource.unwrap_or_else(|(resource, _)| resource));
        }
        Self { language, bundle }
    }

    /// The sentence of a key, if there is one.
    pub fn find(&self, key: &str, arguments: Option<&FluentArgs>) -> Option<String> {
        let (key, attribute) =
            key.split_once('.').map_or((key, None), |(key, name)| (key, Some(name)));
        let message = self.bundle.get_message(key)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let mut errors = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, arguments, &mut errors);
        debug_assert!(errors.is_empty(), "{key}: {errors:?}");
        Some(sentence.into_owned())
    }

    /// The language, as HTTP names it.
    pub fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// In which language a fault's sentence is asked for.
    pub fn of_faults(&self) -> giapranh_domain::Language {
        match self.language {
            Language::Vietnamese => giapranh_domain::Language::Vietnamese,
            Language::English => giapranh_domain::Language::English,
        }
    }

    /// The word for a code of a closed list; the code itself where there is none.
    pub fn code(&self, list: &str, code: &str) -> String {
        if self.language == Language::English || code.is_empty() {
            return code.to_owned();
        }
        // A kind is written `alert.issued`; a name in Fluent has no dot.
        let key = format!("{list}-{}", code.replace(['.', '_'], "-"));
        self.find(&key, None).unwrap_or_else(|| code.to_owned())
    }

    /// The word for a name that is English in the code: a heading, a fact.
    pub fn name(&self, list: &str, english: &str) -> String {
        if self.language == Language::English {
            return english.to_owned();
        }
        self.find(&key_of(list, english), None).unwrap_or_else(|| english.to_owned())
    }

    /// The name of a fact from its path in JSON: `content.ground.date`. Numbers of a list stay.
    pub fn path(&self, path: &str) -> String {
        if self.language == Language::English {
            return path.to_owned();
        }
        let parts: Vec<String> = path.split('.').map(|part| self.code("part", part)).collect();
        parts.join(" › ")
    }
}

/// The program speaks this language from now on.
pub fn speak(language: Language) {
    // A second call comes from nowhere; the first would stand.
    let _ = LANGUAGE.set(language);
}

/// The words of the language that the program speaks.
pub fn words() -> &'static Words {
    &WORDS
}

/// The sentence of a key.
pub fn say(key: &str) -> String {
    say_with(key, &[])
}

/// The sentence of a key, with its arguments; [`crate::say!`] is the short form.
pub fn say_with(key: &str, arguments: &[(&'static str, FluentValue)]) -> String {
    let arguments: FluentArgs =
        arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
    // A key that is in no file is a mistake of ours that a test finds; a person still gets a word.
    words().find(key, Some(&arguments)).unwrap_or_else(|| key.to_owned())
}

/// How long something takes, to its two largest parts: nobody reads more at a glance.
pub fn span(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    match () {
        () if days > 0 => crate::say!("span-days", days = days, hours = hours % 24),
        () if hours > 0 => crate::say!("span-hours", hours = hours, minutes = minutes % 60),
        () if minutes > 0 => crate::say!("span-minutes", minutes = minutes, seconds = seconds % 60),
        () => crate::say!("span-seconds", seconds = seconds),
    }
}

/// The word for a name that is English in the code, such as a heading.
pub fn name(list: &str, english: &str) -> String {
    words().name(list, english)
}

/// The key of a name: `LOG OF` under `col` is `col-log-of`.
fn key_of(list: &str, english: &str) -> String {
    let words: Vec<String> = english
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    format!("{list}-{}", words.join("-"))
}

/// The word for a code of a closed list, such as `category` and `wanted-person`.
pub fn code(list: &str, code: &str) -> String {
    words().code(list, code)
}

/// A value of a record as people read it: the word for a code where the field at the end of the path
/// takes codes, else the value itself.
pub fn coded(path: &str, value: &str) -> String {
    // Which one of a list it is does not matter: `identity_numbers.0.kind`.
    let is_place = |part: &&str| !part.bytes().all(|byte| byte.is_ascii_digit());
    let path = path.split('.').filter(is_place).collect::<Vec<_>>().join(".");
    match CODED.iter().find(|(field, _)| path.ends_with(field)) {
        Some((_, list)) => code(list, value),
        None => value.to_owned(),
    }
}

/// Fields that take codes of a closed list; a longer path goes before a shorter one.
const CODED: &[(&str, &str)] = &[
    ("ground.kind", "ground"),
    ("identity_numbers.kind", "identity"),
    ("identifier.kind", "identifier"),
    ("identifier.role", "identifier-role"),
    ("vehicle.type", "vehicle"),
    ("vehicle.status", "vehicle-status"),
    ("object.class", "object"),
    ("modus_operandi.channel", "channel"),
    ("location_precision", "precision"),
    ("weapon_used", "seen"),
    ("force_used", "seen"),
    ("disguise_used", "seen"),
    ("vehicle_used", "seen"),
    ("weekdays", "weekday"),
    ("person_class", "person-class"),
    ("source_grade", "source"),
    ("confidence", "confidence"),
    ("withdrawal.reason", "reason"),
    ("category", "category"),
    ("severity", "severity"),
    ("required_action", "action"),
    ("warnings", "warning"),
    ("wanted_class", "class"),
    ("sex", "sex"),
];

/// `say!("key", name = value)`: the sentence of a key in the language that the program speaks.
#[macro_export]
macro_rules! say {
    ($key:literal) => { $crate::words::say($key) };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::words::say_with(
            $key,
            &[$((stringify!($name), $crate::words::FluentValue::from($value))),+],
        )
    };
}

#[cfg(test)]
mod tests;
