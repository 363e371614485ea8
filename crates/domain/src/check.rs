//! What must hold of what a person typed. Collects every fault instead of stopping at the first.

use crate::codes::{
    Action, AnswerResult, Category, Certainty, GroundKind, Severity, Sex, WantedClass, Warning,
    WithdrawalReason,
};
use crate::rejection::Fault;
use crate::time::{date, day_start, is_partial_date, moment};
use crate::wire::proto;
use crate::{Alert, Millis};

/// A line, in characters.
const LINE: usize = 200;
/// A paragraph, in characters.
const PARAGRAPH: usize = 4_000;
/// Most entries of a list inside an alert.
const LIST: usize = 32;
/// How far ahead of ours another clock may be, milliseconds.
const CLOCK_SKEW_MS: Millis = 120_000;
/// The penal code has 426 articles.
const LAST_ARTICLE: u32 = 426;

/// Collects the faults of one command.
pub struct Check {
    faults: Vec<Fault>,
    now: Millis,
}

impl Check {
    /// An empty list, judged at a moment.
    pub fn at(now: Millis) -> Self {
        Self { faults: Vec::new(), now }
    }

    /// The faults found.
    pub fn finish(self) -> Vec<Fault> {
        self.faults
    }

    /// Notes a fault.
    pub fn fault(&mut self, field: &str, rule: &str, message: impl Into<String>) {
        self.faults.push(Fault::new(field, rule, message));
    }

    /// An alert, as issued or amended.
    pub fn content(&mut self, content: &proto::AlertContent) {
        let at = "/content";
        let category = Category::parse(&content.category);
        if category.is_none() {
            self.unknown(&format!("{at}/category"), &content.category, &Category::list());
        }
        self.required(&format!("{at}/headline"), &content.headline, 120);
        self.code(&format!("{at}/severity"), &content.severity, Severity::parse, Severity::list);
        self.code(
            &format!("{at}/required_action"),
            &content.required_action,
            Action::parse,
            Action::list,
        );
        self.list(&format!("{at}/warnings"), content.warnings.len());
        for (index, warning) in content.warnings.iter().take(LIST).enumerate() {
            let field = format!("{at}/warnings/{index}");
            self.code(&field, warning, Warning::parse, Warning::list);
        }
        if content.handling != "internal" {
            self.fault(
                &format!("{at}/handling"),
                "classified",
                "Handling must be \"internal\": nothing classified may be sent.",
            );
        }
        self.ground(category, content.ground.as_ref());
        self.optional(&format!("{at}/case_number"), &content.case_number, LINE);
        self.required(&format!("{at}/purpose"), &content.purpose, PARAGRAPH);
        self.proportionality(content);
        self.required(&format!("{at}/contact"), &content.contact, LINE);
        self.validity(content);
        self.subject(category, content);
    }

    fn ground(&mut self, category: Option<Category>, ground: Option<&proto::LegalGround>) {
        let at = "/content/ground";
        let Some(ground) = ground else {
            self.fault(at, "required", "A legal ground is required: kind, date and agency.");
            return;
        };
        let wanted = category == Some(Category::WantedPerson);
        self.code(&format!("{at}/kind"), &ground.kind, GroundKind::parse, GroundKind::list);
        if wanted && GroundKind::parse(&ground.kind).is_some() && ground.kind != "wanted-decision" {
            self.fault(
                &format!("{at}/kind"),
                "wanted-needs-decision",
                "A wanted person needs a wanted decision (wanted-decision).",
            );
        }
        if wanted {
            self.required(&format!("{at}/decision_number"), &ground.decision_number, LINE);
        } else {
            self.optional(&format!("{at}/decision_number"), &ground.decision_number, LINE);
        }
        self.date_not_ahead(&format!("{at}/date"), &ground.date);
        self.required(&format!("{at}/agency"), &ground.agency, LINE);
        if ground.article > LAST_ARTICLE || (wanted && ground.article == 0) {
            self.fault(
                &format!("{at}/article"),
                "article",
                format!("The article of the penal code must be 1 to {LAST_ARTICLE}."),
            );
        }
    }

    /// Who names a person says why.
    fn proportionality(&mut self, content: &proto::AlertContent) {
        let field = "/content/proportionality";
        if content.wanted_person.is_some() || content.travelling_offender.is_some() {
            self.required(field, &content.proportionality, PARAGRAPH);
        } else {
            self.optional(field, &content.proportionality, PARAGRAPH);
        }
    }

    fn validity(&mut self, content: &proto::AlertContent) {
        let expires = self.moment("/content/expires", &content.expires, true);
        if expires.is_some_and(|at| at <= self.now) {
            self.fault("/content/expires", "past", "The alert would have expired already.");
        }
        self.moment("/content/effective_from", &content.effective_from, false);
        let review = self.moment("/content/review_by", &content.review_by, false);
        if let (Some(review), Some(expires)) = (review, expires)
            && review > expires
        {
            self.fault(
                "/content/review_by",
                "order",
                "The review is due before the alert expires.",
            );
        }
    }

    fn subject(&mut self, category: Option<Category>, content: &proto::AlertContent) {
        let given = [
            (Category::WantedPerson, "wanted_person", content.wanted_person.is_some()),
            (
                Category::TravellingOffender,
                "travelling_offender",
                content.travelling_offender.is_some(),
            ),
            (Category::ModusOperandi, "modus_operandi", content.modus_operandi.is_some()),
        ];
        for (of, field, present) in given {
            let field = format!("/content/{field}");
            if present && category.is_some_and(|category| category != of) {
                self.fault(&field, "other-category", format!("This belongs to the category {of}."));
            } else if !present && category == Some(of) {
                self.fault(&field, "required", format!("The category {of} requires this part."));
            }
        }
        if let Some(wanted) = &content.wanted_person {
            let at = "/content/wanted_person";
            let field = format!("{at}/wanted_class");
            self.code(&field, &wanted.wanted_class, WantedClass::parse, WantedClass::list);
            self.person(&format!("{at}/person"), wanted.person.as_ref());
        }
        if let Some(offender) = &content.travelling_offender {
            let at = "/content/travelling_offender";
            if content.required_action == "arrest" {
                self.fault(
                    "/content/required_action",
                    "never-wanted",
                    "A travelling offender is not wanted, so nobody may be asked to arrest.",
                );
            }
            self.required(&format!("{at}/area"), &offender.area, PARAGRAPH);
            self.optional(&format!("{at}/means_of_travel"), &offender.means_of_travel, LINE);
            self.optional(&format!("{at}/pattern"), &offender.pattern, PARAGRAPH);
            self.person(&format!("{at}/person"), offender.person.as_ref());
        }
        if let Some(way) = &content.modus_operandi {
            self.modus_operandi(way);
        }
    }

    fn person(&mut self, at: &str, person: Option<&proto::Person>) {
        let Some(person) = person else {
            self.fault(at, "required", "The person is required.");
            return;
        };
        self.required(&format!("{at}/name"), &person.name, 120);
        for (name, texts) in [("aliases", &person.aliases), ("associates", &person.associates)] {
            self.list(&format!("{at}/{name}"), texts.len());
            for (index, text) in texts.iter().take(LIST).enumerate() {
                self.required(&format!("{at}/{name}/{index}"), text, 120);
            }
        }
        if !person.born.is_empty() && !is_partial_date(&person.born) {
            let field = format!("{at}/born");
            self.fault(&field, "date", "Write 1990, 1990-05 or 1990-05-12, a day that exists.");
        }
        self.code(&format!("{at}/sex"), &person.sex, Sex::parse, Sex::list);
        self.list(&format!("{at}/identity_numbers"), person.identity_numbers.len());
        for (index, identity) in person.identity_numbers.iter().take(LIST).enumerate() {
            self.identity(&format!("{at}/identity_numbers/{index}"), identity);
        }
        if person.height_cm != 0 && !(30..=260).contains(&person.height_cm) {
            self.fault(&format!("{at}/height_cm"), "range", "The height is in cm: 30 to 260.");
        }
        for (name, text) in [
            ("nationality", &person.nationality),
            ("residence", &person.residence),
            ("last_known_place", &person.last_known_place),
            ("build", &person.build),
            ("hair", &person.hair),
            ("eyes", &person.eyes),
            ("marks", &person.marks),
        ] {
            self.optional(&format!("{at}/{name}"), text, LINE);
        }
        if person.minor {
            self.required(&format!("{at}/minor_ground"), &person.minor_ground, PARAGRAPH);
        } else {
            self.optional(&format!("{at}/minor_ground"), &person.minor_ground, PARAGRAPH);
        }
        self.moment(&format!("{at}/last_seen"), &person.last_seen, false);
    }

    fn identity(&mut self, at: &str, identity: &proto::IdentityNumber) {
        let digits = identity.number.bytes().all(|byte| byte.is_ascii_digit());
        let length = identity.number.len();
        let fits = match identity.kind.as_str() {
            "cccd" => digits && length == 12,
            "cmnd" => digits && (length == 9 || length == 12),
            "passport" => {
                (6..=12).contains(&length)
                    && identity.number.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }
            other => {
                self.unknown(&format!("{at}/kind"), other, "cccd, cmnd, passport");
                return;
            }
        };
        if !fits {
            let rule =
                "A cccd has 12 digits, a cmnd 9 or 12, a passport 6 to 12 letters or digits.";
            self.fault(&format!("{at}/number"), "shape", rule);
        }
    }

    fn modus_operandi(&mut self, way: &proto::ModusOperandi) {
        let at = "/content/modus_operandi";
        if way.offence == 0 || way.offence > LAST_ARTICLE {
            let message =
                format!("The offence is an article of the penal code: 1 to {LAST_ARTICLE}.");
            self.fault(&format!("{at}/offence"), "article", message);
        }
        self.required(&format!("{at}/approach"), &way.approach, PARAGRAPH);
        for (name, text) in [
            ("time_window", &way.time_window),
            ("kind_of_place", &way.kind_of_place),
            ("location", &way.location),
            ("target", &way.target),
            ("tools", &way.tools),
            ("vehicle_use", &way.vehicle_use),
            ("property_taken", &way.property_taken),
            ("escape_direction", &way.escape_direction),
        ] {
            self.optional(&format!("{at}/{name}"), text, LINE);
        }
        self.optional(&format!("{at}/prevention"), &way.prevention, PARAGRAPH);
    }

    /// A withdrawal.
    pub fn withdrawal(&mut self, withdrawal: &proto::Withdrawal) {
        let at = "/withdrawal";
        self.code(
            &format!("{at}/reason"),
            &withdrawal.reason,
            WithdrawalReason::parse,
            WithdrawalReason::list,
        );
        self.optional(&format!("{at}/decision_number"), &withdrawal.decision_number, LINE);
        self.optional(&format!("{at}/note"), &withdrawal.note, PARAGRAPH);
    }

    /// A hit on an alert.
    pub fn hit(&mut self, hit: &proto::Hit, alert: &Alert) {
        if hit.version == 0 || hit.version > alert.version {
            let message = format!("The alert has versions 1 to {}.", alert.version);
            self.fault("/hit/version", "range", message);
        }
        self.required("/hit/place", &hit.place, LINE);
        self.required("/hit/basis", &hit.basis, PARAGRAPH);
        self.required("/hit/done", &hit.done, PARAGRAPH);
        self.code("/hit/certainty", &hit.certainty, Certainty::parse, Certainty::list);
        let seen = self.moment("/hit/seen_at", &hit.seen_at, true);
        // A day is meant from its start: otherwise nothing could be seen today.
        let seen = seen.map(|end| day_start(&hit.seen_at).unwrap_or(end));
        if seen.is_some_and(|at| at > self.now.saturating_add(CLOCK_SKEW_MS)) {
            self.fault("/hit/seen_at", "ahead", "The moment lies in the future.");
        }
    }

    /// An answer to a hit.
    pub fn answer(&mut self, answer: &proto::Answer) {
        self.code("/answer/result", &answer.result, AnswerResult::parse, AnswerResult::list);
        self.optional("/answer/note", &answer.note, PARAGRAPH);
    }

    /// A text that must be there.
    pub fn required(&mut self, field: &str, text: &str, longest: usize) {
        if text.trim().is_empty() {
            self.fault(field, "required", format!("{} is required.", name_of(field)));
        } else {
            self.optional(field, text, longest);
        }
    }

    fn optional(&mut self, field: &str, text: &str, longest: usize) {
        let length = text.chars().count();
        if length > longest {
            let name = name_of(field);
            let message = format!("{name} has {length} characters, {longest} are allowed.");
            self.fault(field, "too-long", message);
        }
        if text.chars().any(is_hidden) {
            let name = name_of(field);
            let message = format!("{name} holds control or direction characters; type it again.");
            self.fault(field, "hidden-characters", message);
        }
    }

    fn code<T>(
        &mut self,
        field: &str,
        text: &str,
        parse: fn(&str) -> Option<T>,
        list: fn() -> String,
    ) {
        if parse(text).is_none() {
            self.unknown(field, text, &list());
        }
    }

    /// A code that is not in its list.
    pub fn unknown(&mut self, field: &str, text: &str, list: &str) {
        let name = name_of(field);
        if text.is_empty() {
            self.fault(field, "required", format!("{name} is required: one of {list}."));
        } else {
            self.fault(field, "unknown-code", format!("{name} must be one of {list}."));
        }
    }

    fn list(&mut self, field: &str, length: usize) {
        if length > LIST {
            let name = name_of(field);
            let message = format!("{name} has {length} entries, {LIST} are allowed.");
            self.fault(field, "too-many", message);
        }
    }

    fn moment(&mut self, field: &str, text: &str, required: bool) -> Option<Millis> {
        if text.is_empty() && !required {
            return None;
        }
        let found = moment(text);
        if found.is_none() {
            let message = "Write 2024-05-31 or 2024-05-31T14:00:00+07:00, a day that exists.";
            self.fault(field, if text.is_empty() { "required" } else { "date" }, message);
        }
        found
    }

    fn date_not_ahead(&mut self, field: &str, text: &str) {
        let rule = if text.is_empty() { "required" } else { "date" };
        if date(text).is_none() {
            self.fault(field, rule, "Write the date as 2024-05-31, a day that exists.");
        } else if day_start(text).is_none_or(|start| start > self.now) {
            self.fault(field, "ahead", "The date must lie between 1970 and today.");
        }
    }
}

/// `/content/ground/date` is about "date".
fn name_of(field: &str) -> &str {
    let last = field.rsplit('/').next().unwrap_or(field);
    if last.bytes().all(|byte| byte.is_ascii_digit()) { field } else { last }
}

/// Control characters, those that change the direction of writing, and those that nobody sees: they
/// make a text show something else than it holds. Newline and tab are writing.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{115f}' | '\u{1160}' | '\u{3164}'
                | '\u{ffa0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}
