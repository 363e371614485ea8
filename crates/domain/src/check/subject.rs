//! What an alert is about: the one part that its category has.

use super::{Check, LINE, PARAGRAPH};
use crate::codes::{Category, WantedClass};
use crate::wire::proto;

impl Check {
    pub(super) fn subject(&mut self, category: Option<Category>, content: &proto::AlertContent) {
        for (of, field, present) in parts(content) {
            let field = format!("/content/{field}");
            if present && category.is_some_and(|category| category != of) {
                self.fault(&field, "other-category", format!("This belongs to the category {of}."));
            } else if !present && category == Some(of) {
                self.fault(&field, "required", format!("The category {of} requires this part."));
            }
        }
        if let Some(wanted) = &content.wanted_person {
            self.wanted(wanted);
        }
        if let Some(offender) = &content.travelling_offender {
            self.travelling(offender);
        }
        if let Some(vehicle) = &content.vehicle {
            self.vehicle(vehicle);
        }
        if let Some(object) = &content.object {
            self.object(object);
        }
        if let Some(identifier) = &content.identifier {
            self.identifier(identifier);
        }
        if let Some(way) = &content.modus_operandi {
            self.modus_operandi(way);
        }
        if let Some(notice) = &content.situation_notice {
            self.situation_notice(notice);
        }
        if let Some(directive) = &content.directive {
            self.directive(directive);
        }
        if category.is_some_and(names_nobody) {
            self.without_personal_data(content);
        }
    }

    fn wanted(&mut self, wanted: &proto::WantedPerson) {
        let at = "/content/wanted_person";
        let field = format!("{at}/wanted_class");
        self.code(&field, &wanted.wanted_class, WantedClass::parse, WantedClass::list);
        self.person(&format!("{at}/person"), wanted.person.as_ref());
    }

    fn travelling(&mut self, offender: &proto::TravellingOffender) {
        let at = "/content/travelling_offender";
        self.required(&format!("{at}/area"), &offender.area, PARAGRAPH);
        self.optional(&format!("{at}/means_of_travel"), &offender.means_of_travel, LINE);
        self.optional(&format!("{at}/pattern"), &offender.pattern, PARAGRAPH);
        self.person(&format!("{at}/person"), offender.person.as_ref());
    }
}

/// Each category, the field of its part, and whether that is there.
fn parts(content: &proto::AlertContent) -> [(Category, &'static str, bool); 8] {
    [
        (Category::WantedPerson, "wanted_person", content.wanted_person.is_some()),
        (
            Category::TravellingOffender,
            "travelling_offender",
            content.travelling_offender.is_some(),
        ),
        (Category::Vehicle, "vehicle", content.vehicle.is_some()),
        (Category::Object, "object", content.object.is_some()),
        (Category::Identifier, "identifier", content.identifier.is_some()),
        (Category::ModusOperandi, "modus_operandi", content.modus_operandi.is_some()),
        (Category::SituationNotice, "situation_notice", content.situation_notice.is_some()),
        (Category::Directive, "directive", content.directive.is_some()),
    ]
}

/// Whether an alert of this category carries no personal data.
fn names_nobody(category: Category) -> bool {
    matches!(category, Category::ModusOperandi | Category::SituationNotice | Category::Directive)
}
