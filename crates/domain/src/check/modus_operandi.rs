//! A way of working.

use super::{Check, LINE, PARAGRAPH};
use crate::codes::{Channel, LocationPrecision, TriState, Weekday};
use crate::wire::proto;

/// Most people of one group, and most cases of one bulletin: more is a slip of the hand.
const MOST_PEOPLE: u32 = 1_000;
const MOST_CASES: u32 = 100_000;

impl Check {
    pub(super) fn modus_operandi(&mut self, way: &proto::ModusOperandi) {
        let at = "/content/modus_operandi";
        self.article(&format!("{at}/offence"), way.offence, true);
        self.required(&format!("{at}/approach"), &way.approach, PARAGRAPH);
        self.optionals(at, &lines(way), LINE);
        self.optional(&format!("{at}/wording"), &way.wording, PARAGRAPH);
        self.optional(&format!("{at}/prevention"), &way.prevention, PARAGRAPH);
        self.codes(&format!("{at}/weekdays"), &way.weekdays, Weekday::parse, Weekday::list);
        let (field, channel) = (format!("{at}/channel"), &way.channel);
        self.optional_code(&field, channel, Channel::parse, Channel::list);
        self.number(&format!("{at}/group_size"), way.group_size, 1..=MOST_PEOPLE);
        self.number(&format!("{at}/cases"), way.cases, 1..=MOST_CASES);
        self.place(at, way);
        self.seen(at, way);
    }

    /// A place says how exactly it is known.
    fn place(&mut self, at: &str, way: &proto::ModusOperandi) {
        let (field, precision) = (format!("{at}/location_precision"), &way.location_precision);
        if way.location.is_empty() {
            self.optional_code(
                &field,
                precision,
                LocationPrecision::parse,
                LocationPrecision::list,
            );
        } else {
            self.code(&field, precision, LocationPrecision::parse, LocationPrecision::list);
        }
    }

    /// What was seen: "unknown" is not "no", and "no" has no description.
    fn seen(&mut self, at: &str, way: &proto::ModusOperandi) {
        let seen = [
            ("weapon_used", &way.weapon_used, "weapon", &way.weapon),
            ("force_used", &way.force_used, "force_used", &String::new()),
            ("disguise_used", &way.disguise_used, "disguise", &way.disguise),
            ("vehicle_used", &way.vehicle_used, "vehicle_use", &way.vehicle_use),
        ];
        for (name, state, described, description) in seen {
            let field = format!("{at}/{name}");
            let state = self.optional_code(&field, state, TriState::parse, TriState::list);
            if state == Some(TriState::No) && !description.is_empty() {
                let message = format!("{described} is described, so {name} can't be \"no\".");
                self.fault(&field, "contradicts", message);
            }
        }
    }
}

/// The texts of one line; a bulletin's other ones are paragraphs.
fn lines(way: &proto::ModusOperandi) -> [(&'static str, &str); 18] {
    [
        ("time_window", &way.time_window),
        ("kind_of_place", &way.kind_of_place),
        ("location", &way.location),
        ("target", &way.target),
        ("entry", &way.entry),
        ("tools", &way.tools),
        ("vehicle_use", &way.vehicle_use),
        ("roles", &way.roles),
        ("weapon", &way.weapon),
        ("pretext", &way.pretext),
        ("disguise", &way.disguise),
        ("property_taken", &way.property_taken),
        ("disposal", &way.disposal),
        ("escape_direction", &way.escape_direction),
        ("traces", &way.traces),
        ("series", &way.series),
        ("impersonated_body", &way.impersonated_body),
        ("payment_path", &way.payment_path),
    ]
}
