//! What every alert has: what it asks for, on what it rests, how long it lasts.

use super::{Check, LINE, NAME, PARAGRAPH};
use crate::Millis;
use crate::codes::{Action, Category, Confidence, IdentifierKind, Severity, SourceGrade, Warning};
use crate::wire::proto;

/// Markings of state secrets (law 29/2018/QH14: tuyệt mật, tối mật, mật), as people write them.
const CLASSIFIED: [&str; 11] = [
    "mat",
    "mật",
    "toi-mat",
    "tối mật",
    "tối-mật",
    "tuyet-mat",
    "tuyệt mật",
    "tuyệt-mật",
    "secret",
    "top-secret",
    "confidential",
];
const DAY_MS: Millis = 24 * 3600 * 1000;

/// How many days an alert lasts at most; longer only by amending it. Policy of the program, so that
/// every alert is looked at again: a wanted decision stands for years, somebody who is only known to
/// travel is not followed for long.
pub fn longest_validity_days(category: Category) -> u32 {
    match category {
        Category::WantedPerson => 5 * 366,
        Category::TravellingOffender => 366,
        _ => 2 * 366,
    }
}

impl Check {
    /// An alert, as issued or amended.
    pub fn content(&mut self, content: &proto::AlertContent) {
        let at = "/content";
        let category = Category::parse(&content.category);
        if category.is_none() {
            self.unknown("/content/category", &content.category, &Category::list());
        }
        self.required("/content/headline", &content.headline, NAME);
        self.code("/content/severity", &content.severity, Severity::parse, Severity::list);
        self.action(category, &content.required_action);
        self.codes("/content/warnings", &content.warnings, Warning::parse, Warning::list);
        self.handling(&content.handling);
        self.ground(category, content.ground.as_ref());
        self.optional("/content/case_number", &content.case_number, LINE);
        self.required("/content/purpose", &content.purpose, PARAGRAPH);
        self.proportionality(content);
        self.required("/content/contact", &content.contact, LINE);
        self.validity(category, content);
        self.units("/content/recipients", &content.recipients);
        let (field, grade) = (format!("{at}/source_grade"), &content.source_grade);
        self.optional_code(&field, grade, SourceGrade::parse, SourceGrade::list);
        let (field, confidence) = (format!("{at}/confidence"), &content.confidence);
        self.optional_code(&field, confidence, Confidence::parse, Confidence::list);
        self.subject(category, content);
    }

    /// Nobody is arrested on an alert but who is wanted.
    fn action(&mut self, category: Option<Category>, action: &str) {
        let field = "/content/required_action";
        let action = self.code(field, action, Action::parse, Action::list);
        if action != Some(Action::Arrest) {
            return;
        }
        match category {
            None | Some(Category::WantedPerson) => {}
            Some(Category::TravellingOffender) => {
                let message =
                    "A travelling offender is not wanted, so nobody may be asked to arrest.";
                self.fault(field, "never-wanted", message);
            }
            Some(_) => {
                let message = "Only the alert of a wanted person asks for an arrest.";
                self.fault(field, "other-action", message);
            }
        }
    }

    fn handling(&mut self, handling: &str) {
        let field = "/content/handling";
        if handling == "internal" {
            return;
        }
        if CLASSIFIED.contains(&handling.trim().to_lowercase().as_str()) {
            let message = "Nothing classified is handled here: a state secret goes by its own ways. \
                           What may be sent is \"internal\".";
            self.fault(field, "classified", message);
        } else {
            self.unknown(field, handling, "internal");
        }
    }

    /// Who names a person, or what leads to one, says why.
    fn proportionality(&mut self, content: &proto::AlertContent) {
        let field = "/content/proportionality";
        let leads_to_a_person = content.wanted_person.is_some()
            || content.travelling_offender.is_some()
            || content.vehicle.is_some()
            || content.identifier.as_ref().is_some_and(|identifier| {
                IdentifierKind::parse(&identifier.kind).is_none_or(IdentifierKind::is_of_a_person)
            });
        if leads_to_a_person {
            self.required(field, &content.proportionality, PARAGRAPH);
        } else {
            self.optional(field, &content.proportionality, PARAGRAPH);
        }
    }

    fn validity(&mut self, category: Option<Category>, content: &proto::AlertContent) {
        let expires = self.moment("/content/expires", &content.expires, true);
        if expires.is_some_and(|at| at <= self.now) {
            self.fault("/content/expires", "past", "The alert would have expired already.");
        }
        let days = category.map_or(u32::MAX, longest_validity_days);
        let last = self.now.saturating_add(Millis::from(days) * DAY_MS);
        if expires.is_some_and(|at| at > last) {
            let message =
                format!("The alert lasts {days} days at most; amend it before it expires.");
            let fault = crate::Fault::new("/content/expires", "too-late", message);
            self.faults.push(fault.with("days", &days));
        }
        let from = self.moment("/content/effective_from", &content.effective_from, false);
        if let (Some(from), Some(expires)) = (from, expires)
            && from >= expires
        {
            let message = "The alert expires after the moment from which it has effect.";
            self.fault("/content/effective_from", "order", message);
        }
        let review = self.moment("/content/review_by", &content.review_by, false);
        if let (Some(review), Some(expires)) = (review, expires)
            && review > expires
        {
            let message = "The review is due before the alert expires.";
            self.fault("/content/review_by", "order", message);
        }
    }
}
