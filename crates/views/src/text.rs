//! What of an alert is found by its words, and how words are compared.
//!
//! Vietnamese is typed with and without its marks: "duong" finds "Đường". The tokenizer folds every
//! mark but that of đ, which is a letter of its own; it is folded here, in the text as in the query.

use giapranh_domain::Alert;
use giapranh_domain::wire::proto::{
    AlertContent, Directive, Identifier, ModusOperandi, Object, Person, SituationNotice, Vehicle,
};

/// Most words of a query; the others narrow nothing any more.
pub(crate) const WORDS: usize = 12;

/// What of an alert is searched, one text after the other, as the columns of the index. Codes are no
/// words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    /// Of whom it is about.
    pub names: String,
    pub places: String,
    pub text: String,
    /// By which a search is narrowed; no words.
    pub tags: String,
}

/// Everything of an alert that is searched by its words.
pub(crate) fn of_alert(alert: &Alert) -> Texts {
    let mut texts = Texts { text: fold(&alert.id.to_string()), ..Texts::default() };
    let mut add = |field: &'static str, part: &str| {
        let column = match field {
            "name" | "aliases" => &mut texts.names,
            "residence" | "last_known_place" | "area" | "location" => &mut texts.places,
            _ => &mut texts.text,
        };
        column.push('\n');
        fold_into(column, part);
    };
    alert.content.iter().for_each(|content| parts(content, &mut add));
    texts
}

/// Each text of an alert that is searched, with the name of its field.
pub(crate) fn parts(content: &AlertContent, add: &mut dyn FnMut(&'static str, &str)) {
    let mut add = |field: &'static str, part: &str| {
        if !part.is_empty() {
            add(field, part);
        }
    };
    content_parts(content, &mut add);
}

/// The query, as the index understands it: every word has to be there, the last may be a beginning.
/// `None` when it holds no word.
pub(crate) fn query(words: &str) -> Option<String> {
    let folded = fold(words);
    let words: Vec<&str> = words_of(&folded).take(WORDS).collect();
    // Quoted, so that no word is taken for an operator.
    (!words.is_empty()).then(|| format!("\"{}\"*", words.join("\" \"")))
}

/// The words of a text.
pub(crate) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let is_break = |c: char| !c.is_alphanumeric() && !is_mark(c);
    text.split(is_break).filter(|word| !word.is_empty())
}

/// A combining mark belongs to the letter before it.
pub(crate) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

type Add<'a> = &'a mut dyn FnMut(&'static str, &str);

fn content_parts(content: &AlertContent, add: Add<'_>) {
    add("headline", &content.headline);
    add("case_number", &content.case_number);
    if let Some(ground) = &content.ground {
        add("decision_number", &ground.decision_number);
        add("agency", &ground.agency);
    }
    if let Some(wanted) = &content.wanted_person {
        wanted.person.iter().for_each(|person| person_parts(person, add));
    }
    if let Some(traveller) = &content.travelling_offender {
        traveller.person.iter().for_each(|person| person_parts(person, add));
        add("area", &traveller.area);
        add("means_of_travel", &traveller.means_of_travel);
        add("pattern", &traveller.pattern);
    }
    if let Some(modus) = &content.modus_operandi {
        modus_parts(modus, add);
    }
    content.vehicle.iter().for_each(|vehicle| vehicle_parts(vehicle, add));
    content.object.iter().for_each(|object| object_parts(object, add));
    content.identifier.iter().for_each(|identifier| identifier_parts(identifier, add));
    if let Some(SituationNotice { text, area, .. }) = &content.situation_notice {
        add("text", text);
        add("area", area);
    }
    if let Some(Directive { text, .. }) = &content.directive {
        add("text", text);
    }
}

/// Not the innocent person whose identity the subject uses: those details are there to tell the two
/// apart, and only for that did the person consent.
fn person_parts(person: &Person, add: Add<'_>) {
    add("name", &person.name);
    person.aliases.iter().for_each(|alias| add("aliases", alias));
    person.identity_numbers.iter().for_each(|one| add("identity_numbers", &one.number));
    for (field, part) in [
        ("born", &person.born),
        ("residence", &person.residence),
        ("last_known_place", &person.last_known_place),
        ("hair", &person.hair),
        ("marks", &person.marks),
        ("father", &person.father),
        ("mother", &person.mother),
    ] {
        add(field, part);
    }
    person.associates.iter().for_each(|associate| add("associates", associate));
}

fn vehicle_parts(vehicle: &Vehicle, add: Add<'_>) {
    for (field, part) in [
        ("plate", &vehicle.plate),
        ("vin", &vehicle.vin),
        ("engine_number", &vehicle.engine_number),
        ("make", &vehicle.make),
        ("model", &vehicle.model),
        ("colour", &vehicle.colour),
        ("marks", &vehicle.marks),
    ] {
        add(field, part);
    }
}

fn object_parts(object: &Object, add: Add<'_>) {
    for (field, part) in [
        ("brand", &object.brand),
        ("model", &object.model),
        ("serial", &object.serial),
        ("imei", &object.imei),
        ("marks", &object.marks),
    ] {
        add(field, part);
    }
}

/// As it was written, and in the one spelling for all.
fn identifier_parts(identifier: &Identifier, add: Add<'_>) {
    add("written", &identifier.written);
    add("value", &identifier.value);
    add("operator", &identifier.operator);
}

fn modus_parts(modus: &ModusOperandi, add: Add<'_>) {
    let parts = [
        ("time_window", &modus.time_window),
        ("kind_of_place", &modus.kind_of_place),
        ("location", &modus.location),
        ("target", &modus.target),
        ("approach", &modus.approach),
        ("tools", &modus.tools),
        ("vehicle_use", &modus.vehicle_use),
        ("property_taken", &modus.property_taken),
        ("escape_direction", &modus.escape_direction),
        ("prevention", &modus.prevention),
        ("entry", &modus.entry),
        ("roles", &modus.roles),
        ("weapon", &modus.weapon),
        ("pretext", &modus.pretext),
        ("wording", &modus.wording),
        ("disguise", &modus.disguise),
        ("disposal", &modus.disposal),
        ("traces", &modus.traces),
        ("series", &modus.series),
        ("impersonated_body", &modus.impersonated_body),
        ("payment_path", &modus.payment_path),
    ];
    parts.into_iter().for_each(|(field, part)| add(field, part));
}

/// Text as the index has it: its tokenizer folds every mark but that of đ.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

fn fold_into(folded: &mut String, text: &str) {
    folded.extend(text.chars().map(|c| match c {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    }));
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn a_query_holds_words_and_nothing_else() {
        for (typed, expected) in [
            ("Đường Lê Lợi", Some("\"Dường\" \"Lê\" \"Lợi\"*")),
            ("  nguyễn   OR \"x\" * ", Some("\"nguyễn\" \"OR\" \"x\"*")),
            ("51F-123.45", Some("\"51F\" \"123\" \"45\"*")),
            ("alert_text : ^ NEAR(", Some("\"alert\" \"text\" \"NEAR\"*")),
            ("hcm/2024/000123", Some("\"hcm\" \"2024\" \"000123\"*")),
            ("Nguye\u{302}\u{303}n", Some("\"Nguye\u{302}\u{303}n\"*")),
            (" \"*-_ ", None),
            ("", None),
        ] {
            assert_eq!(query(typed).as_deref(), expected, "{typed}");
        }
        assert_eq!(query(&"từ ".repeat(50)).unwrap().matches('"').count(), 24);
    }
}
