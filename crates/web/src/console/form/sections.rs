//! The table: every field that an officer writes, in the order in which it is asked for.

use giapranh_domain::Category;

use super::Kind::{
    Article, Code, Codes, Day, Line, Lines, Moment, Money, Number, Papers, Partial, Text, Tick,
    Unit, Units, Zones,
};
use super::lists::{
    ACTION, ANSWER, CERTAINTY, CHANNEL, CONFIDENCE, ERASURE, GROUND, HANDLING, IDENTIFIER,
    IDENTIFIER_ROLE, LINK, OBJECT, OUTCOME, PRECISION, RELATION, SEEN, SEVERITY, SEX, SOUGHT,
    SOURCE, URGENCY, VEHICLE, VEHICLE_STATUS, WANTED, WARNING, WEEKDAY, WITHDRAWAL,
};
use super::{Adds, Field, Kind, Placed, Proposes, Section};

const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: false }
}

const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, is_required: true }
}

const fn at(at: &'static str, section: &'static Section) -> Placed {
    Placed { at, section }
}

/// The sections of a form, from top to bottom.
pub fn of(proposes: Proposes, category: Option<Category>) -> Option<Vec<Placed>> {
    let mut sections = match proposes {
        Proposes::Withdraw => return Some(vec![at("/withdrawal", &WITHDRAWING)]),
        Proposes::Hide => return Some(vec![at("/hiding", &HIDING)]),
        Proposes::Erase => return Some(vec![at("/erasing", &ERASING)]),
        Proposes::Reveal => return Some(vec![at("", &REVEALING)]),
        Proposes::Amend => vec![at("", &AMENDING)],
        Proposes::Issue => Vec::new(),
    };
    let wanted = matches!(category, Some(Category::WantedPerson));
    sections.push(at("/content", &HEAD));
    sections.push(at("", &WHERE));
    sections.push(at("/content/ground", if wanted { &WANTED_GROUND } else { &BASIS }));
    sections.extend(subject(category?));
    let names = matches!(
        category,
        Some(
            Category::WantedPerson
                | Category::TravellingOffender
                | Category::Vehicle
                | Category::Identifier
        )
    );
    sections.push(at("/content", if names { &WHY_PERSON } else { &WHY }));
    sections.push(at("/content", &VALIDITY));
    sections.push(at("/content", &SOURCES));
    Some(sections)
}

/// The sections of a form for what one officer adds.
pub fn adding(what: Adds) -> Vec<Placed> {
    match what {
        Adds::Hit => vec![at("", &HOW_URGENT), at("/hit", &FOUND)],
        Adds::Answer => vec![at("/answer", &ANSWERING)],
        Adds::Conclusion => vec![at("/conclusion", &CONCLUDING)],
        Adds::Flag => vec![at("/flag", &FLAGGING)],
        Adds::Lifting => vec![at("/flag", &LIFTING)],
        Adds::Link => vec![at("/link", &LINKING)],
        Adds::Decision => vec![at("/decision", &DECIDING)],
    }
}

fn subject(category: Category) -> Vec<Placed> {
    match category {
        Category::WantedPerson => {
            let mut sections = vec![at("/content/wanted_person", &WANTED_CLASS)];
            sections.extend(PERSON.map(|section| at("/content/wanted_person/person", section)));
            sections.push(at("/content/wanted_person/person/misused_identity", &MISUSED));
            sections
        }
        Category::TravellingOffender => {
            let person = "/content/travelling_offender/person";
            let mut sections = vec![at("/content/travelling_offender", &TRAVEL)];
            sections.extend(PERSON.map(|section| at(person, section)));
            sections.push(at("/content/travelling_offender/person/misused_identity", &MISUSED));
            sections
        }
        Category::Vehicle => vec![at("/content/vehicle", &A_VEHICLE)],
        Category::Object => vec![at("/content/object", &AN_OBJECT)],
        Category::Identifier => vec![at("/content/identifier", &AN_IDENTIFIER)],
        Category::ModusOperandi => WAY.map(|section| at("/content/modus_operandi", section)).into(),
        Category::SituationNotice => vec![at("/content/situation_notice", &NOTICE)],
        Category::Directive => vec![at("/content/directive", &DIRECTIVE)],
    }
}

static HEAD: Section = Section {
    title: "head",
    of: "content",
    fields: &[
        must("headline", Line),
        must("severity", Code(SEVERITY)),
        must("required_action", Code(ACTION)),
        may("warnings", Codes(WARNING)),
        must("handling", Code(HANDLING)),
        must("contact", Line),
        may("case_number", Line),
    ],
};
static WHERE: Section = Section { title: "where", of: "draft", fields: &[must("zones", Zones)] };
static BASIS: Section = Section {
    title: "ground",
    of: "ground",
    fields: &[
        must("kind", Code(GROUND)),
        may("decision_number", Line),
        must("date", Day),
        must("agency", Line),
        may("article", Article),
    ],
};
static WANTED_GROUND: Section = Section {
    title: "ground",
    of: "ground",
    fields: &[
        must("kind", Code(GROUND)),
        must("decision_number", Line),
        must("date", Day),
        must("agency", Line),
        must("article", Article),
    ],
};
static WHY: Section = Section {
    title: "why",
    of: "content",
    fields: &[must("purpose", Text), may("proportionality", Text)],
};
static WHY_PERSON: Section = Section {
    title: "why",
    of: "content",
    fields: &[must("purpose", Text), must("proportionality", Text)],
};
static VALIDITY: Section = Section {
    title: "validity",
    of: "content",
    fields: &[may("effective_from", Moment), may("review_by", Moment), must("expires", Moment)],
};
static SOURCES: Section = Section {
    title: "sources",
    of: "content",
    fields: &[
        may("source_grade", Code(SOURCE)),
        may("confidence", Code(CONFIDENCE)),
        may("recipients", Units),
    ],
};

static WANTED_CLASS: Section =
    Section { title: "wanted", of: "wanted-person", fields: &[must("wanted_class", Code(WANTED))] };
static TRAVEL: Section = Section {
    title: "travel",
    of: "travelling",
    fields: &[must("area", Text), may("means_of_travel", Line), may("pattern", Text)],
};
static PERSON: [&Section; 4] = [&WHO, &MINOR, &LOOKS, &WHEREABOUTS];
static WHO: Section = Section {
    title: "person",
    of: "person",
    fields: &[
        must("name", Line),
        may("aliases", Lines),
        may("born", Partial),
        must("sex", Code(SEX)),
        must("person_class", Code(SOUGHT)),
        may("nationality", Line),
        may("identity_numbers", Papers),
        may("father", Line),
        may("mother", Line),
    ],
};
static MINOR: Section = Section {
    title: "minor",
    of: "person",
    fields: &[may("minor", Tick), may("minor_ground", Text)],
};
static LOOKS: Section = Section {
    title: "looks",
    of: "person",
    fields: &[
        may("height_cm", Number),
        may("build", Line),
        may("hair", Line),
        may("eyes", Line),
        may("marks", Line),
    ],
};
static WHEREABOUTS: Section = Section {
    title: "whereabouts",
    of: "person",
    fields: &[
        may("residence", Line),
        may("last_known_place", Line),
        may("last_seen", Moment),
        may("associates", Lines),
    ],
};
static MISUSED: Section = Section {
    title: "misused",
    of: "misused",
    fields: &[
        may("name", Line),
        may("born", Partial),
        may("identity_numbers", Papers),
        may("difference", Text),
        may("consent_date", Day),
        may("consent_reference", Line),
    ],
};
static A_VEHICLE: Section = Section {
    title: "vehicle",
    of: "vehicle",
    fields: &[
        must("status", Code(VEHICLE_STATUS)),
        must("type", Code(VEHICLE)),
        may("plate", Line),
        may("plate_partial", Tick),
        may("plate_suspected_false", Tick),
        may("vin", Line),
        may("engine_number", Line),
        may("make", Line),
        may("model", Line),
        may("colour", Line),
        may("year", Number),
        may("marks", Line),
    ],
};
static AN_OBJECT: Section = Section {
    title: "object",
    of: "object",
    fields: &[
        must("class", Code(OBJECT)),
        may("brand", Line),
        may("model", Line),
        may("serial", Line),
        may("imei", Line),
        may("marks", Line),
        may("value_vnd", Money),
    ],
};
static AN_IDENTIFIER: Section = Section {
    title: "identifier",
    of: "identifier",
    fields: &[
        must("kind", Code(IDENTIFIER)),
        must("written", Line),
        may("operator", Line),
        may("role", Code(IDENTIFIER_ROLE)),
        may("shared_value", Tick),
        may("amount_vnd", Money),
        may("victims", Number),
        may("first_seen", Moment),
        may("last_seen", Moment),
    ],
};
static WAY: [&Section; 4] = [&WAY_WHAT, &WAY_WHEN, &WAY_HOW, &WAY_FRAUD];
static WAY_WHAT: Section = Section {
    title: "way",
    of: "way",
    fields: &[
        must("offence", Article),
        must("approach", Text),
        may("target", Line),
        may("property_taken", Line),
        may("cases", Number),
        may("series", Line),
        may("prevention", Text),
    ],
};
static WAY_WHEN: Section = Section {
    title: "way-when",
    of: "way",
    fields: &[
        may("time_window", Line),
        may("weekdays", Codes(WEEKDAY)),
        may("kind_of_place", Line),
        may("location", Line),
        may("location_precision", Code(PRECISION)),
    ],
};
static WAY_HOW: Section = Section {
    title: "way-how",
    of: "way",
    fields: &[
        may("entry", Line),
        may("tools", Line),
        may("group_size", Number),
        may("roles", Line),
        may("vehicle_used", Code(SEEN)),
        may("vehicle_use", Line),
        may("weapon_used", Code(SEEN)),
        may("weapon", Line),
        may("force_used", Code(SEEN)),
        may("disguise_used", Code(SEEN)),
        may("disguise", Line),
        may("escape_direction", Line),
        may("disposal", Line),
        may("traces", Line),
    ],
};
static WAY_FRAUD: Section = Section {
    title: "way-fraud",
    of: "way",
    fields: &[
        may("channel", Code(CHANNEL)),
        may("pretext", Line),
        may("wording", Text),
        may("impersonated_body", Line),
        may("payment_path", Line),
    ],
};
static NOTICE: Section = Section {
    title: "notice",
    of: "notice",
    fields: &[
        must("text", Text),
        may("area", Line),
        may("period_from", Moment),
        may("period_to", Moment),
    ],
};
static DIRECTIVE: Section = Section {
    title: "directive",
    of: "directive",
    fields: &[must("text", Text), may("binds", Units), may("acknowledge_by", Moment)],
};

static AMENDING: Section =
    Section { title: "amending", of: "draft", fields: &[must("reason", Text)] };
static WITHDRAWING: Section = Section {
    title: "withdrawing",
    of: "withdrawal",
    fields: &[must("reason", Code(WITHDRAWAL)), may("decision_number", Line), may("note", Text)],
};
static HIDING: Section = Section {
    title: "hiding",
    of: "hiding",
    fields: &[must("until", Moment), may("units", Units), must("reason", Text)],
};
static ERASING: Section = Section {
    title: "erasing",
    of: "erasing",
    fields: &[must("ground", Code(ERASURE)), may("decision_number", Line)],
};
static REVEALING: Section =
    Section { title: "revealing", of: "revealing", fields: &[must("reason", Text)] };

static HOW_URGENT: Section =
    Section { title: "urgency", of: "hit", fields: &[must("urgency", Code(URGENCY))] };
static FOUND: Section = Section {
    title: "found",
    of: "hit",
    fields: &[
        must("place", Line),
        must("seen_at", Moment),
        must("basis", Text),
        must("certainty", Code(CERTAINTY)),
        must("done", Text),
    ],
};
static ANSWERING: Section = Section {
    title: "answering",
    of: "answer",
    fields: &[must("result", Code(ANSWER)), may("note", Text)],
};
static CONCLUDING: Section = Section {
    title: "concluding",
    of: "conclusion",
    fields: &[
        must("outcome", Code(OUTCOME)),
        must("at", Moment),
        may("unit", Unit),
        may("note", Text),
    ],
};
static FLAGGING: Section =
    Section { title: "flagging", of: "flag", fields: &[must("reason", Text)] };
static LIFTING: Section =
    Section { title: "lifting", of: "lifting", fields: &[must("reason", Text)] };
static LINKING: Section = Section {
    title: "linking",
    of: "link",
    fields: &[must("other", Line), must("relation", Code(RELATION)), must("grounds", Text)],
};
static DECIDING: Section = Section {
    title: "deciding",
    of: "decision",
    fields: &[must("decision", Code(LINK)), must("grounds", Text)],
};
