//! Every sentence of the console, by key, in the language of who reads.
//!
//! The files of `locales/` are part of the program. That both languages have the same keys, that every
//! key that a template or a page names is there, and that every code of the domain has a word is held by
//! tests, so nobody meets a key in place of a sentence.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use giapranh_domain::Language;
use giapranh_domain::event::Kind;
use giapranh_domain::time::rfc3339;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

macro_rules! areas {
    ($($area:literal),+ $(,)?) => {
        /// The files of a language, by area.
        const VIETNAMESE: &[(&str, &str)] =
            &[$(($area, include_str!(concat!("../../locales/vi/", $area, ".ftl")))),+];
        const ENGLISH: &[(&str, &str)] =
            &[$(($area, include_str!(concat!("../../locales/en/", $area, ".ftl")))),+];
    };
}

areas!(
    "account", "alert", "api", "as-of", "codes", "drafts", "feed", "form", "frame", "refusal",
    "search", "trail", "zones"
);

/// The sentences of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Language);

impl Words {
    /// The tag that pages and answers carry.
    pub fn tag(self) -> &'static str {
        match self.0 {
            Language::Vietnamese => "vi",
            Language::English => "en",
        }
    }

    /// The sentence of a key.
    pub fn t(self, key: &str) -> Cow<'static, str> {
        self.say(key, None)
    }

    /// The sentence of a key, with what it says of a thing.
    pub fn with(self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let arguments: FluentArgs<'_> = values.iter().cloned().collect();
        self.say(key, Some(&arguments)).into_owned()
    }

    /// The sentence of a key that says a number `n`.
    #[expect(clippy::needless_pass_by_value, reason = "templates hand over values and references")]
    pub fn n(self, key: &str, n: impl ToString) -> String {
        self.with(key, &[("n", FluentValue::try_number(&n.to_string()))])
    }

    /// The sentence of a key that names something, `x`.
    #[expect(clippy::needless_pass_by_value, reason = "templates hand over values and references")]
    pub fn x(self, key: &str, x: impl ToString) -> String {
        self.with(key, &[("x", FluentValue::from(x.to_string()))])
    }

    /// The sentence of a key that need not be there; empty where it is not.
    pub fn hint(self, key: &str) -> String {
        self.find(key, None).map(Cow::into_owned).unwrap_or_default()
    }

    /// What a code of a list means: `code("severity", "critical")`. One that is newer than this program
    /// is shown as it is.
    pub fn code(self, list: &str, code: &str) -> Cow<'static, str> {
        match self.find(&key_of(list, code), None) {
            Some(word) => word,
            None => Cow::Owned(code.to_owned()),
        }
    }

    /// What an event is: by its kind, and that of an alert by its category.
    pub fn kind(self, kind: &str, category: &str) -> Cow<'static, str> {
        let Some(known) = Kind::parse(kind) else { return self.t("kind-unknown") };
        let key = key_of("kind", &known.code().replace('.', "-"));
        let of_category = format!("{key}-{category}");
        self.find(&of_category, None).unwrap_or_else(|| self.t(&key))
    }

    /// What is to be said of an event that does not count; empty for one that does.
    pub fn verdict(self, verdict: &str) -> Cow<'static, str> {
        match verdict {
            "valid" => Cow::Borrowed(""),
            other => self
                .find(&key_of("verdict", other), None)
                .unwrap_or_else(|| self.t("verdict-unknown")),
        }
    }

    /// A moment as `31/05/2024 14:00:05`, in Vietnam's time; `–` for none.
    #[expect(clippy::unused_self, reason = "templates find it with the words")]
    pub fn moment(self, moment: impl Moment) -> String {
        let moment = moment.ms();
        if moment == 0 { "–".to_owned() } else { local_time(&rfc3339(moment)) }
    }

    /// How long ago something was, in one unit: `3 phút`.
    pub fn age(self, since: impl Moment, now: impl Moment) -> String {
        let seconds = now.ms().saturating_sub(since.ms()) / 1_000;
        match seconds {
            0..60 => self.n("age-seconds", seconds),
            60..3_600 => self.n("age-minutes", seconds / 60),
            3_600..172_800 => self.n("age-hours", seconds / 3_600),
            _ => self.n("age-days", seconds / 86_400),
        }
    }

    fn say(self, key: &str, arguments: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        // Tests hold that no key is missing; a page with a key on it is better than none.
        self.find(key, arguments).unwrap_or_else(|| Cow::Owned(key.to_owned()))
    }

    fn find(self, key: &str, arguments: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        match bundle.format_pattern(pattern, arguments, &mut errors) {
            Cow::Borrowed(text) => Some(Cow::Borrowed(text)),
            Cow::Owned(text) => Some(Cow::Owned(text)),
        }
    }

    fn bundle(self) -> &'static Bundle {
        static BUNDLES: OnceLock<[Bundle; 2]> = OnceLock::new();
        let [vietnamese, english] =
            BUNDLES.get_or_init(|| [bundle("vi", VIETNAMESE), bundle("en", ENGLISH)]);
        match self.0 {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }
}

/// A moment as `31/05/2024 14:00:05`, from RFC 3339 in the time of Vietnam. Anything else is shown
/// as it is.
fn local_time(rfc3339: &str) -> String {
    let shape = b"0000-00-00T00:00:00";
    let fits = rfc3339.len() >= shape.len()
        && rfc3339.bytes().zip(shape).all(|(byte, like)| match like {
            b'0' => byte.is_ascii_digit(),
            like => byte == *like,
        });
    if !fits {
        return rfc3339.to_owned();
    }
    let (year, month, day) = (&rfc3339[0..4], &rfc3339[5..7], &rfc3339[8..10]);
    format!("{day}/{month}/{year} {}", &rfc3339[11..19])
}

/// A moment in milliseconds since 1970, however deep a template has it.
pub trait Moment {
    /// The moment.
    fn ms(&self) -> u64;
}

impl Moment for u64 {
    fn ms(&self) -> u64 {
        *self
    }
}

impl<T: Moment> Moment for &T {
    fn ms(&self) -> u64 {
        (*self).ms()
    }
}

fn key_of(list: &str, code: &str) -> String {
    format!("{list}-{code}")
}

fn bundle(tag: &str, areas: &[(&str, &'static str)]) -> Bundle {
    let languages: Vec<LanguageIdentifier> = tag.parse().into_iter().collect();
    let mut bundle = Bundle::new_concurrent(languages);
    // The marks that keep directions apart would be shown by old screens, and go into attributes.
    bundle.set_use_isolating(false);
    for (_, text) in areas {
        // A file with a fault is read as far as it goes; a test holds that none has one.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(read, _)| read);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

#[cfg(test)]
mod tests;
