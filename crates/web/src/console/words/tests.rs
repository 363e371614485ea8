use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use giapranh_domain::codes::{
    Action, AnswerResult, Category, Certainty, DraftState, Duty, GroundKind, Level, LinkDecision,
    Outcome, Relation, Role, Severity, Sex, Stage, Urgency, WantedClass, Warning, WithdrawalReason,
};

use super::*;

const BOTH: [Words; 2] = [Words(Language::Vietnamese), Words(Language::English)];

/// The keys of the files, and the names in braces of each.
fn keys(areas: &[(&str, &'static str)]) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for (area, text) in areas {
        let resource = FluentResource::try_new((*text).to_owned());
        assert!(resource.is_ok(), "{area}: {:?}", resource.err().map(|(_, errors)| errors));
        let mut current = String::new();
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && !line.starts_with([' ', '#', '-'])
            {
                key.clone_into(&mut current);
                let twice = keys.insert(current.clone(), BTreeSet::new());
                assert_eq!(twice, None, "{key} stands twice");
            }
            for part in line.split('$').skip(1) {
                let name = part.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                keys.entry(current.clone()).or_default().insert(name.to_owned());
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_values() {
    assert_eq!(keys(VIETNAMESE), keys(ENGLISH));
}

fn files(dir: &Path, of: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|end| end.to_str()) {
            None if path.is_dir() => files(&path, of),
            Some("html" | "rs" | "svg") => of.push(path),
            _ => {}
        }
    }
}

/// The literal keys that a text names: `words.t("key")`, `words.n("key", …)` and so on.
fn named(text: &str) -> impl Iterator<Item = &str> {
    ["words.t(\"", "words.n(\"", "words.x(\"", "words.with(\""].into_iter().flat_map(move |call| {
        text.split(call).skip(1).filter_map(|rest| rest.split_once('"')).map(|(key, _)| key)
    })
}

#[test]
fn every_key_that_a_page_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    files(&root.join("templates"), &mut sources);
    files(&root.join("src/console"), &mut sources);
    let known = keys(VIETNAMESE);
    let mut seen = 0;
    for path in sources {
        if path.ends_with("words/tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for key in named(&text) {
            assert!(known.contains_key(key), "{}: {key}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn every_code_has_a_word_in_both_languages() {
    let lists: Vec<(&str, Vec<&str>)> = vec![
        ("category", Category::ALL.iter().map(|c| c.code()).collect()),
        ("severity", Severity::ALL.iter().map(|c| c.code()).collect()),
        ("action", Action::ALL.iter().map(|c| c.code()).collect()),
        ("warning", Warning::ALL.iter().map(|c| c.code()).collect()),
        ("ground", GroundKind::ALL.iter().map(|c| c.code()).collect()),
        ("wanted", WantedClass::ALL.iter().map(|c| c.code()).collect()),
        ("sex", Sex::ALL.iter().map(|c| c.code()).collect()),
        ("withdrawal", WithdrawalReason::ALL.iter().map(|c| c.code()).collect()),
        ("certainty", Certainty::ALL.iter().map(|c| c.code()).collect()),
        ("urgency", Urgency::ALL.iter().map(|c| c.code()).collect()),
        ("answer", AnswerResult::ALL.iter().map(|c| c.code()).collect()),
        ("draft", DraftState::ALL.iter().map(|c| c.code()).collect()),
        ("outcome", Outcome::ALL.iter().map(|c| c.code()).collect()),
        ("relation", Relation::ALL.iter().map(|c| c.code()).collect()),
        ("link", LinkDecision::ALL.iter().map(|c| c.code()).collect()),
        ("period", crate::api::zones::Period::ALL.iter().map(|c| c.code()).collect()),
        ("finding", crate::peers::Finding::ALL.iter().map(|c| c.code()).collect()),
        ("how", giapranh_views::How::ALL.iter().map(|c| c.code()).collect()),
        ("duty", Duty::ALL.iter().map(|c| c.code()).collect()),
        ("stage", Stage::ALL.iter().map(|c| c.code()).collect()),
        ("role", Role::ALL.iter().map(|c| c.code()).collect()),
        ("level", Level::ALL.iter().map(|c| c.code()).collect()),
        ("standing", vec!["awaited", "active", "hidden", "expired", "withdrawn"]),
        ("verdict", vec!["late", "disowned", "waiting", "unreadable"]),
    ];
    for words in BOTH {
        for (list, codes) in &lists {
            for code in codes {
                let key = key_of(list, code);
                assert!(words.find(&key, None).is_some(), "{}: {key}", words.tag());
            }
        }
        for kind in Kind::ALL {
            assert_ne!(words.kind(kind.code(), ""), words.t("kind-unknown"), "{}", kind.code());
            let key = key_of("kind", &kind.code().replace('.', "-"));
            assert!(words.find(&key, None).is_some(), "{}: {key}", words.tag());
        }
    }
}

#[test]
fn what_is_newer_than_the_program_is_shown_as_it_is() {
    let words = BOTH[0];
    assert_eq!(words.code("severity", "<b>"), "<b>");
    assert_eq!(words.kind("alert.praised", ""), words.t("kind-unknown"));
    assert_eq!(words.kind("alert.issued", "wanted-person"), "Thông báo truy nã");
    assert_ne!(words.kind("alert.issued", "of-tomorrow"), words.t("kind-unknown"));
    assert_eq!(words.verdict("of-tomorrow"), words.t("verdict-unknown"));
    assert_eq!(words.verdict("valid"), "");
}

#[test]
fn times_read_as_people_write_them() {
    let words = BOTH[0];
    assert_eq!(words.moment(1_717_131_605_000), "31/05/2024 12:00:05");
    assert_eq!(words.moment(0), "–");
    let age = |seconds: u64| words.age(0, seconds * 1_000);
    assert_eq!(age(59), "59 giây");
    assert_eq!(age(60), "1 phút");
    assert_eq!(age(7_199), "1 giờ");
    assert_eq!(age(172_800), "2 ngày");
    assert_eq!(words.age(5, 0), "0 giây", "a clock that is ahead");
}

#[test]
fn what_is_no_time_is_shown_as_it_is() {
    assert_eq!(local_time("2024-05-31T14:00:05+07:00"), "31/05/2024 14:00:05");
    for other in ["17 ms", "", "2024-05-31", "<script>alert(1)</script>"] {
        assert_eq!(local_time(other), other);
    }
}
