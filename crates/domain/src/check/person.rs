//! A person: whoever is sought, and the innocent person whose identity that one uses.

use super::{Check, LINE, LIST, NAME, PARAGRAPH};
use crate::codes::{IdentityKind, PersonClass, Sex};
use crate::time::{date, day};
use crate::values::{Born, IdentityNumber, PartialDate};
use crate::wire::proto;

/// Until this age somebody is a minor (law 102/2016/QH13 on children says 16, the penal code 18: the
/// one that protects longer counts).
const OF_AGE: i16 = 18;
/// Nobody is older: policy of the program, against slips of the hand.
const OLDEST: i16 = 130;

impl Check {
    pub(super) fn person(&mut self, at: &str, person: Option<&proto::Person>) {
        let Some(person) = person else {
            self.fault(at, "required", "The person is required.");
            return;
        };
        self.required(&format!("{at}/name"), &person.name, NAME);
        self.names(&format!("{at}/aliases"), &person.aliases);
        self.names(&format!("{at}/associates"), &person.associates);
        let sex = self.code(&format!("{at}/sex"), &person.sex, Sex::parse, Sex::list);
        self.person_class(&format!("{at}/person_class"), &person.person_class);
        let date = self.born(&format!("{at}/born"), &person.born);
        self.minor(at, person, date);
        self.identities(at, &person.identity_numbers, Born { sex, date });
        if person.height_cm != 0 && !(30..=260).contains(&person.height_cm) {
            self.fault(&format!("{at}/height_cm"), "range", "The height is in cm: 30 to 260.");
        }
        let texts = [
            ("nationality", person.nationality.as_str()),
            ("residence", &person.residence),
            ("last_known_place", &person.last_known_place),
            ("build", &person.build),
            ("hair", &person.hair),
            ("eyes", &person.eyes),
            ("marks", &person.marks),
        ];
        self.optionals(at, &texts, LINE);
        self.optionals(at, &[("father", &person.father), ("mother", &person.mother)], NAME);
        self.past_moment(&format!("{at}/last_seen"), &person.last_seen, false);
        if let Some(misused) = &person.misused_identity {
            self.misused_identity(&format!("{at}/misused_identity"), misused);
        }
    }

    fn person_class(&mut self, field: &str, class: &str) {
        let class = self.code(field, class, PersonClass::parse, PersonClass::list);
        if class.is_some_and(|class| !class.may_be_sought()) {
            let message = "A witness or victim is not sought: only a suspect, accused, convicted or \
                           escaped person is.";
            self.fault(field, "never-sought", message);
        }
    }

    fn born(&mut self, field: &str, text: &str) -> Option<PartialDate> {
        if text.is_empty() {
            return None;
        }
        let found =
            PartialDate::parse(text).map_err(|fault| self.not_a_value(field, fault)).ok()?;
        let today = date(&day(self.now))?;
        if found.earliest() > today {
            self.fault(field, "ahead", "The birth date lies in the future.");
        } else if found.year() < today.year() - OLDEST {
            let message = format!("Nobody is {OLDEST} years old: look at the birth year again.");
            self.fault(field, "range", message);
        }
        Some(found)
    }

    /// Who is under 18 is said to be, and why a minor is named is said, too.
    fn minor(&mut self, at: &str, person: &proto::Person, born: Option<PartialDate>) {
        let field = format!("{at}/minor_ground");
        if person.minor {
            self.required(&field, &person.minor_ground, PARAGRAPH);
        } else {
            self.optional(&field, &person.minor_ground, PARAGRAPH);
        }
        let today = date(&day(self.now));
        let under =
            |born: PartialDate| today.is_some_and(|today| born.is_surely_under(OF_AGE, today));
        if !person.minor && born.is_some_and(under) {
            let message = "By the birth date this person is under 18: set minor and say why a minor is \
                           named.";
            self.fault(&format!("{at}/minor"), "minor", message);
        }
    }

    fn identities(&mut self, at: &str, identities: &[proto::IdentityNumber], born: Born) {
        let field = format!("{at}/identity_numbers");
        self.list(&field, identities.len());
        for (index, identity) in identities.iter().take(LIST).enumerate() {
            self.identity(&format!("{field}/{index}"), identity, born);
        }
    }

    /// A number that does not agree with the rest is mostly a slip; where it is not, the officer
    /// says that the document has it so.
    fn identity(&mut self, at: &str, identity: &proto::IdentityNumber, born: Born) {
        let field = format!("{at}/kind");
        let kind = self.code(&field, &identity.kind, IdentityKind::parse, IdentityKind::list);
        let Some(kind) = kind else { return };
        let field = format!("{at}/number");
        match IdentityNumber::parse(kind, &identity.number) {
            Err(fault) => self.not_a_value(&field, fault),
            Ok(number) => {
                let mismatch = number.mismatch(born).filter(|_| !identity.as_documented);
                if let Some(mismatch) = mismatch {
                    let message = format!(
                        "{} If the document has it so, set as_documented.",
                        mismatch.message()
                    );
                    self.fault(&field, "identity-mismatch", message);
                }
            }
        }
    }

    /// Somebody innocent stands in an alert only with consent, and only so that the two are told
    /// apart.
    fn misused_identity(&mut self, at: &str, misused: &proto::MisusedIdentity) {
        self.required(&format!("{at}/name"), &misused.name, NAME);
        let date = self.born(&format!("{at}/born"), &misused.born);
        self.identities(at, &misused.identity_numbers, Born { sex: None, date });
        self.required(&format!("{at}/difference"), &misused.difference, PARAGRAPH);
        self.date_not_ahead(&format!("{at}/consent_date"), &misused.consent_date);
        self.required(&format!("{at}/consent_reference"), &misused.consent_reference, LINE);
    }
}
