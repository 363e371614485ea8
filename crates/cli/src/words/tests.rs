//! Both languages say the same things, and everything that they say is said somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use giapranh_domain::codes::{
    AccessAct, Action, AnswerResult, Category, Certainty, Channel, Confidence, CutCause, Deadline,
    Duty, EndCause, ErasureGround, GroundKind, IdentifierKind, IdentifierRole, IdentityKind, Level,
    LocationPrecision, NoKey, ObjectClass, Outcome, PersonClass, Relation, Role, Severity, Sex,
    SourceGrade, TriState, Urgency, VehicleStatus, VehicleType, WantedClass, Warning, Weekday,
    WithdrawalReason,
};
use giapranh_domain::directory::Why;
use giapranh_domain::event::Kind;

use super::*;

/// Each key with the arguments that its sentence takes.
fn entries(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    assert!(FluentResource::try_new(text.to_owned()).is_ok(), "the file is not Fluent's form");
    let mut entries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =")
            && line.starts_with(|c: char| c.is_ascii_lowercase())
        {
            name.clone_into(&mut key);
            assert!(entries.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
        }
        let named = line.split('$').skip(1).map(|rest| identifier(rest).to_owned());
        if let Some(arguments) = entries.get_mut(&key) {
            arguments.extend(named);
        }
    }
    entries
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
    &text[..end.unwrap_or(text.len())]
}

/// The program's sources, without the tests beside them.
fn sources() -> Vec<(String, String)> {
    fn collect(dir: &Path, sources: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, sources);
            } else if path.file_name().is_some_and(|name| name != "tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                let code = code.collect::<Vec<_>>().join("\n");
                sources.push((path.display().to_string(), code));
            }
        }
    }
    let mut sources = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
    sources
}

/// What stands between a call's parentheses, from behind the opening one.
fn inside(text: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (1, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return &text[..at];
                }
            }
            _ => {}
        }
    }
    text
}

/// The parts of a call's arguments, at its own depth.
fn parts(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut escaped, mut from) = (0, false, false, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(text[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

fn literal(text: &str) -> Option<&str> {
    text.trim().strip_prefix('"')?.split('"').next()
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_arguments() {
    let (english, vietnamese) = (entries(ENGLISH), entries(VIETNAMESE));
    let keys: BTreeSet<&String> = english.keys().chain(vietnamese.keys()).collect();
    for key in keys {
        assert_eq!(english.get(key), vietnamese.get(key), "{key} differs (English left)");
    }
}

#[test]
fn every_key_that_is_said_is_there_with_its_arguments() {
    let known = entries(ENGLISH);
    let mut calls = 0;
    for (path, text) in sources() {
        for (at, _) in text.match_indices("say!(") {
            let call = inside(&text[at + 5..]);
            let parts = parts(call);
            let Some(key) = parts.first().and_then(|part| literal(part)) else {
                continue;
            };
            let given: BTreeSet<String> =
                parts[1..].iter().map(|part| identifier(part).to_owned()).collect();
            assert_eq!(known.get(key), Some(&given), "{key} in {path} (known left)");
            calls += 1;
        }
    }
    assert!(calls > 60, "only {calls} calls were found: the search has gone blind");
}

#[test]
fn every_key_is_said_somewhere() {
    let sources = sources();
    for key in entries(ENGLISH).keys() {
        let quoted = format!("\"{key}\"");
        let said = sources.iter().any(|(_, text)| text.contains(&quoted));
        assert!(said, "nothing says {key}");
    }
}

/// Every code that may be shown, as the key of its word.
fn codes() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut list = |list: &str, codes: Vec<&str>| {
        keys.extend(codes.iter().map(|code| format!("{list}-{}", code.replace(['.', '_'], "-"))));
    };
    list("category", Category::ALL.iter().map(|c| c.code()).collect());
    list("severity", Severity::ALL.iter().map(|c| c.code()).collect());
    list("action", Action::ALL.iter().map(|c| c.code()).collect());
    list("warning", Warning::ALL.iter().map(|c| c.code()).collect());
    list("ground", GroundKind::ALL.iter().map(|c| c.code()).collect());
    list("class", WantedClass::ALL.iter().map(|c| c.code()).collect());
    list("sex", Sex::ALL.iter().map(|c| c.code()).collect());
    list("reason", WithdrawalReason::ALL.iter().map(|c| c.code()).collect());
    list("certainty", Certainty::ALL.iter().map(|c| c.code()).collect());
    list("urgency", Urgency::ALL.iter().map(|c| c.code()).collect());
    list("result", AnswerResult::ALL.iter().map(|c| c.code()).collect());
    list("level", Level::ALL.iter().map(|c| c.code()).collect());
    list("kind", Kind::ALL.iter().map(|kind| kind.code()).collect());
    list("end", EndCause::ALL.iter().map(|c| c.code()).collect());
    list("cut", CutCause::ALL.iter().map(|c| c.code()).collect());
    list("deadline", Deadline::ALL.iter().map(|c| c.code()).collect());
    list("role", Role::ALL.iter().map(|c| c.code()).collect());
    list("admission", vec!["session", "token"]);
    list("how", giapranh_views::How::ALL.iter().map(|c| c.code()).collect());
    list("duty", Duty::ALL.iter().map(|c| c.code()).collect());
    list("draft-state", vec!["writing", "waiting", "returned", "released", "discarded"]);
    list("proposal", vec!["issue", "amend", "withdraw", "hide", "reveal", "erase"]);
    list("access", AccessAct::ALL.iter().map(|c| c.code()).collect());
    list("unusual", vec!["many-subjects", "night", "own-name"]);
    list("erasure", ErasureGround::ALL.iter().map(|c| c.code()).collect());
    list("hit-outcome", Outcome::ALL.iter().map(|c| c.code()).collect());
    list("relation", Relation::ALL.iter().map(|c| c.code()).collect());
    list("link", vec!["proposed", "confirmed", "rejected"]);
    list("identity", IdentityKind::ALL.iter().map(|c| c.code()).collect());
    list("person-class", PersonClass::ALL.iter().map(|c| c.code()).collect());
    list("vehicle", VehicleType::ALL.iter().map(|c| c.code()).collect());
    list("vehicle-status", VehicleStatus::ALL.iter().map(|c| c.code()).collect());
    list("object", ObjectClass::ALL.iter().map(|c| c.code()).collect());
    list("identifier", IdentifierKind::ALL.iter().map(|c| c.code()).collect());
    list("identifier-role", IdentifierRole::ALL.iter().map(|c| c.code()).collect());
    list("channel", Channel::ALL.iter().map(|c| c.code()).collect());
    list("precision", LocationPrecision::ALL.iter().map(|c| c.code()).collect());
    list("seen", TriState::ALL.iter().map(|c| c.code()).collect());
    list("weekday", Weekday::ALL.iter().map(|c| c.code()).collect());
    list("source", SourceGrade::ALL.iter().map(|c| c.code()).collect());
    list("confidence", Confidence::ALL.iter().map(|c| c.code()).collect());
    list("stands", vec!["there", "ended", "not-yet"]);
    list("what", WHAT.to_vec());
    list("change", CHANGES.to_vec());
    list("no-key", NoKey::ALL.iter().map(|c| c.code()).collect());
    list("sealed", vec!["waiting", "altered", "erased"]);
    list("status", vec!["active", "hidden", "withdrawn", "expired", "awaited"]);
    list("outcome", vec!["appended", "duplicate", "held", "quarantined"]);
    list("gate", GATE.to_vec());
    list("diff", vec!["first", "second"]);
    list("finding", vec!["silent", "skew", "fork", "went-back", "clone", "refused"]);
    list("tail", vec!["whole", "behind", "unknown", "forked"]);
    list("fork", vec!["open", "alleged", "decided", "cut"]);
    list("verdict", vec!["valid", "late", "disowned", "waiting", "unreadable"]);
    let whys = WHYS.map(|why| serde_json::to_value(why).unwrap());
    list("why", whys.iter().map(|why| why.as_str().unwrap()).collect());
    keys
}

/// Why the gate did not let a message in; the log writes them.
const GATE: [&str; 13] = [
    "malformed",
    "subject",
    "local",
    "key-of-another",
    "beyond-cut",
    "key-of-another-epoch",
    "signature",
    "fork",
    "order",
    "not-entitled",
    "unknown-key",
    "directory",
    "gap",
];

/// What a difference of two heads is in.
const WHAT: [&str; 9] =
    ["new", "ended", "changed", "name", "official_code", "parent", "served_by", "joined", "left"];

/// The changes that a decision may make, as JSON names them.
const CHANGES: [&str; 16] = [
    "unit-registered",
    "unit-renamed",
    "unit-moved",
    "unit-ended",
    "zone-defined",
    "zone-redrawn",
    "zone-ended",
    "zone-granted",
    "node-enrolled",
    "node-confirmed",
    "cut-made",
    "service-set",
    "issuing-allowed",
    "deadline-set",
    "founders-named",
    "registrar-named",
];

#[test]
fn every_change_of_the_directory_is_known() {
    let contract = include_str!("../../../../proto/giapranh/v1/directory.proto");
    let changes = contract.split("oneof change {").nth(1).unwrap().split('}').next().unwrap();
    let known: BTreeSet<String> = CHANGES.map(|change| change.replace('-', "_")).into();
    let there = changes.lines().filter_map(|line| line.split_once(" = "));
    let there = there.map(|(field, _)| field.rsplit(' ').next().unwrap().to_owned());
    assert_eq!(there.collect::<BTreeSet<_>>(), known);
}

const WHYS: [Why; 12] = [
    Why::BeyondCut,
    Why::NotEnrolled,
    Why::UnitEnded,
    Why::NotServed,
    Why::NotInZone,
    Why::NotRegistrar,
    Why::NotIssuer,
    Why::NotAllowed,
    Why::NoSecondPerson,
    Why::NoExpiry,
    Why::NotAnswerable,
    Why::Inconsistent,
];

/// The keys of the names in a JSON value.
fn names(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                keys.insert(format!("part-{}", name.replace('_', "-")));
                names(value, keys);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| names(item, keys)),
        _ => {}
    }
}

/// The messages whose fields are shown under their names.
const SHOWN: [&str; 16] = [
    "AlertContent",
    "LegalGround",
    "Person",
    "IdentityNumber",
    "WantedPerson",
    "TravellingOffender",
    "ModusOperandi",
    "Withdrawal",
    "MisusedIdentity",
    "Vehicle",
    "Object",
    "Identifier",
    "SituationNotice",
    "Directive",
    "Hiding",
    "Revealing",
];

/// The keys of the names that are English in the code.
fn names_in_code() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (path, text) in sources() {
        for (at, found) in text.match_indices("Rows::new(&[") {
            let headings = parts(inside(&text[at + found.len()..]));
            keys.extend(headings.into_iter().filter_map(literal).map(|name| key_of("col", name)));
        }
        for (call, list) in [("facts.push(", "fact"), ("Progress::of(", "progress")] {
            for (at, found) in text.match_indices(call) {
                let name =
                    parts(inside(&text[at + found.len()..])).first().and_then(|p| literal(p));
                assert!(
                    name.is_some() || path.ends_with("output.rs"),
                    "no name at {call} in {path}"
                );
                keys.extend(name.map(|name| key_of(list, name)));
            }
        }
    }
    // This one depends on the shelf.
    keys.extend(["col-detail", "col-waits-for"].map(ToOwned::to_owned));
    keys
}

/// The names of all that an alert or a node's status may say.
fn fields() -> BTreeSet<String> {
    // What stands over the fields of a message.
    let over = ["content", "withdrawal", "hiding", "revealing", "amendment"];
    let mut keys: BTreeSet<String> = over.map(|name| format!("part-{name}")).into();
    let mut shown = false;
    for line in include_str!("../../../../proto/giapranh/v1/alert.proto").lines() {
        if let Some(message) = line.strip_prefix("message ") {
            let name = identifier(message);
            shown = SHOWN.contains(&name);
        } else if let Some((field, _)) = line.split_once(" = ")
            && shown
        {
            let name = field.rsplit(' ').next().unwrap();
            keys.insert(format!("part-{}", name.replace('_', "-")));
        }
    }
    names(&serde_json::from_str(include_str!("status.json")).unwrap(), &mut keys);
    keys
}

#[test]
fn every_code_and_field_has_a_word_and_no_word_is_left_over() {
    let words: BTreeSet<String> = entries(VIETNAMESE_CODES).into_keys().collect();
    let needed: BTreeSet<String> =
        [codes(), fields(), names_in_code()].into_iter().flatten().collect();
    let missing: Vec<_> = needed.difference(&words).collect();
    let left_over: Vec<_> = words.difference(&needed).collect();
    assert!(missing.is_empty(), "i18n/vi-codes.ftl lacks {missing:?}");
    assert!(left_over.is_empty(), "nothing shows {left_over:?}");
}

#[test]
fn a_code_that_is_newer_than_the_program_is_shown_as_it_is() {
    let vietnamese = Words::of(Language::Vietnamese);
    assert_eq!(vietnamese.code("category", "stolen-boat"), "stolen-boat");
    assert_eq!(vietnamese.code("kind", "alert.issued"), "Thông báo");
    assert_eq!(vietnamese.code("status", ""), "");
    assert_eq!(vietnamese.name("col", "LOG OF"), "NHẬT KÝ CỦA");
    assert_eq!(vietnamese.name("col", "SOMETHING NEW"), "SOMETHING NEW");
    assert_eq!(vietnamese.path("content.ground.date"), "nội dung › căn cứ pháp lý › ngày");
    assert_eq!(vietnamese.path("feeds.0.x_y"), "feeds › 0 › x_y");
    let english = Words::of(Language::English);
    assert_eq!(english.code("kind", "alert.issued"), "alert.issued");
    assert_eq!(english.path("content.ground.date"), "content.ground.date");
}

#[test]
fn a_sentence_has_no_marks_around_its_arguments() {
    for language in [Language::Vietnamese, Language::English] {
        let arguments = [("dir", "/a")].into_iter().collect();
        let said = Words::of(language).find("node-not-running", Some(&arguments)).unwrap();
        assert!(said.contains(" /a ") && !said.contains('\u{2068}'), "{said}");
    }
}

#[test]
fn the_language_is_ours_then_that_of_the_locale() {
    let of = |set: &[(&str, &str)]| {
        Language::of_environment(|name| {
            set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    };
    for (set, language) in [
        (&[][..], Language::English),
        (&[("LANG", "vi_VN.UTF-8")], Language::Vietnamese),
        (&[("LANG", "vi")], Language::Vietnamese),
        (&[("LANG", "C.UTF-8")], Language::English),
        (&[("LANG", "vie")], Language::English),
        (&[("LC_MESSAGES", "vi_VN"), ("LANG", "en_US")], Language::Vietnamese),
        (&[("LC_ALL", "C"), ("LC_MESSAGES", "vi_VN")], Language::English),
        (&[("LC_ALL", ""), ("LANG", "vi_VN")], Language::Vietnamese),
        (&[("GIAPRANH_LANG", "en"), ("LC_ALL", "vi_VN")], Language::English),
        (&[("GIAPRANH_LANG", "VI"), ("LC_ALL", "C")], Language::Vietnamese),
        (&[("GIAPRANH_LANG", ""), ("LC_ALL", "vi")], Language::Vietnamese),
    ] {
        assert_eq!(of(set), language, "{set:?}");
    }
}

#[test]
fn the_language_is_known_before_the_rest_is_understood() {
    let of = |line: &str| Language::asked_for(line.split(' ').map(ToOwned::to_owned));
    assert_eq!(of("giapranh nonsense --lang vi"), Some(Language::Vietnamese));
    assert_eq!(of("giapranh --lang=en --wrong"), Some(Language::English));
    assert_eq!(of("giapranh --lang fr"), None);
    assert_eq!(of("giapranh --language vi"), None);
    assert_eq!(of("giapranh alert show -- --lang vi"), None);
    assert_eq!(of("giapranh --lang"), None);
}
