//! What of an alert is found by its words, and how words are compared.
//!
//! Vietnamese is typed with and without its marks: "duong" finds "Đường". The tokenizer folds every
//! mark but that of đ, which is a letter of its own; it is folded here, in the text as in the query.

use giapranh_domain::Alert;
use giapranh_domain::wire::proto::{
    AlertContent, Directive, Identifier, ModusOperandi, Object, Person, SituationNotice, Vehicle,
};

/// Most words of a query; the others narrow nothing any more.
const WORDS: usize = 12;

/// Everything of an alert that is searched, one text after the other. Codes are no words.
pub(crate) fn of_alert(alert: &Alert) -> String {
    let mut text = fold(&alert.id.to_string());
    let Some(content) = &alert.content else { return text };
    let mut add = |part: &str| {
        if !part.is_empty() {
            text.push('\n');
            fold_into(&mut text, part);
        }
    };
    content_parts(content, &mut add);
    text
}

/// The query, as the index understands it: every word has to be there, the last may be a beginning.
/// `None` when it holds no word.
pub(crate) fn query(words: &str) -> Option<String> {
    let folded = fold(words);
    let is_break = |c: char| !c.is_alphanumeric() && !is_mark(c);
    let words: Vec<&str> =
        folded.split(is_break).filter(|word| !word.is_empty()).take(WORDS).collect();
    // Quoted, so that no word is taken for an operator.
    (!words.is_empty()).then(|| format!("\"{}\"*", words.join("\" \"")))
}

/// A combining mark belongs to the letter before it.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn content_parts(content: &AlertContent, add: &mut dyn FnMut(&str)) {
    add(&content.headline);
    add(&content.case_number);
    if let Some(ground) = &content.ground {
        add(&ground.decision_number);
        add(&ground.agency);
    }
    if let Some(wanted) = &content.wanted_person {
        wanted.person.iter().for_each(|person| person_parts(person, add));
    }
    if let Some(traveller) = &content.travelling_offender {
        traveller.person.iter().for_each(|person| person_parts(person, add));
        [&traveller.area, &traveller.means_of_travel, &traveller.pattern]
            .into_iter()
            .for_each(|part| add(part));
    }
    if let Some(modus) = &content.modus_operandi {
        modus_parts(modus, add);
    }
    let vehicle = content.vehicle.iter().flat_map(vehicle_parts);
    let object = content.object.iter().flat_map(object_parts);
    let identifier = content.identifier.iter().flat_map(identifier_parts);
    let notice = content.situation_notice.iter().flat_map(notice_parts);
    let directive = content.directive.iter().map(|Directive { text, .. }| text.as_str());
    let parts = vehicle.chain(object).chain(identifier).chain(notice).chain(directive);
    parts.for_each(add);
}

/// Not the innocent person whose identity the subject uses: those details are there to tell the two
/// apart, and only for that did the person consent.
fn person_parts(person: &Person, add: &mut dyn FnMut(&str)) {
    add(&person.name);
    person.aliases.iter().for_each(|alias| add(alias));
    person.identity_numbers.iter().for_each(|identity| add(&identity.number));
    let described = [
        &person.residence,
        &person.last_known_place,
        &person.hair,
        &person.marks,
        &person.father,
        &person.mother,
    ];
    described.into_iter().for_each(|part| add(part));
    person.associates.iter().for_each(|associate| add(associate));
}

fn vehicle_parts(vehicle: &Vehicle) -> [&str; 7] {
    [
        &vehicle.plate,
        &vehicle.vin,
        &vehicle.engine_number,
        &vehicle.make,
        &vehicle.model,
        &vehicle.colour,
        &vehicle.marks,
    ]
}

fn object_parts(object: &Object) -> [&str; 5] {
    [&object.brand, &object.model, &object.serial, &object.imei, &object.marks]
}

/// As it was written, and in the one spelling for all.
fn identifier_parts(identifier: &Identifier) -> [&str; 3] {
    [&identifier.written, &identifier.value, &identifier.operator]
}

fn notice_parts(notice: &SituationNotice) -> [&str; 2] {
    [&notice.text, &notice.area]
}

fn modus_parts(modus: &ModusOperandi, add: &mut dyn FnMut(&str)) {
    let parts = [
        &modus.time_window,
        &modus.kind_of_place,
        &modus.location,
        &modus.target,
        &modus.approach,
        &modus.tools,
        &modus.vehicle_use,
        &modus.property_taken,
        &modus.escape_direction,
        &modus.prevention,
        &modus.entry,
        &modus.roles,
        &modus.weapon,
        &modus.pretext,
        &modus.wording,
        &modus.disguise,
        &modus.disposal,
        &modus.traces,
        &modus.series,
        &modus.impersonated_body,
        &modus.payment_path,
    ];
    parts.into_iter().for_each(|part| add(part));
}

fn fold(text: &str) -> String {
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
