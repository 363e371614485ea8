//! What the author holds over one log: numbers, drafts, and commands that come twice.

use std::path::Path;

use giapranh_domain::{Ruling, time};
use giapranh_log::{Clock as _, LOG_FILE, Open, Reader};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::init::{Exchange, init};
use crate::{Config, SystemClock, keys};

const ZONE: &str = "hcm-long-an";

/// The registrar's node with a founded directory, without the node around it.
struct Place {
    dir: TempDir,
    author: Author,
}

impl Place {
    async fn founded() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let hcm: UnitId = "hcm".parse().unwrap();
        let made = init(dir.path(), &hcm, None, BTreeSet::new(), Exchange::default()).unwrap();
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/directory");
        let requests = [made.enrolment];
        let day = "2020-10-29";
        crate::founding::found(dir.path(), &data, &requests, "303/QCPH", day).await.unwrap();
        let author = Self::author(dir.path());
        Self { dir, author }
    }

    fn author(dir: &Path) -> Author {
        let (config, key) = (Config::load(dir).unwrap(), keys::load(dir).unwrap());
        let identity = crate::init::identity(dir, &config, &key).unwrap();
        let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
        let standing = Standing::load(&reader, &config.unit, &config.anchor.registrar).unwrap();
        let standing = Arc::new(standing);
        let open = Open {
            signer: Arc::new(key),
            keyring: standing.clone(),
            entitlement: standing.clone(),
            clock: Arc::new(SystemClock),
        };
        let log = Log::open(dir, &identity, open).unwrap();
        let sealer = Sealer::open(dir).unwrap();
        Author { unit: config.unit, epoch: identity.epoch, log, standing, sealer }
    }

    /// The same log, opened again.
    async fn again(self) -> Self {
        let Self { dir, author } = self;
        author.log.close().await;
        let author = Self::author(dir.path());
        Self { dir, author }
    }

    async fn take(&self, command: &Value) -> Result<Accepted, SubmitError> {
        let command = serde_json::from_value(command.clone()).unwrap();
        self.author.clone().submit(command).await
    }

    async fn accept(&self, command: &Value) -> Accepted {
        self.take(command).await.unwrap_or_else(|refused| panic!("{command}: {refused:?}"))
    }

    /// The ruling and the rules of a refusal.
    async fn refuse(&self, command: &Value) -> (Ruling, Vec<String>) {
        match self.take(command).await {
            Err(SubmitError::Rejected(Rejection { ruling, faults })) => {
                (ruling, faults.into_iter().map(|fault| fault.rule).collect())
            }
            other => panic!("{command}: {other:?}"),
        }
    }

    fn reader(&self) -> Reader {
        Reader::open(&self.dir.path().join(LOG_FILE)).unwrap()
    }

    fn head(&self) -> u64 {
        self.reader().head().unwrap()
    }

    fn event(&self, accepted: &Accepted) -> giapranh_record::event::Event {
        self.reader().with_id(accepted.event_id).unwrap().unwrap().event
    }
}

fn content(headline: &str) -> Value {
    let end = SystemClock.now_ms() + 300 * 24 * 3_600_000;
    json!({
        "category": "modus-operandi",
        "headline": headline,
        "severity": "important",
        "required_action": "inform",
        "handling": "internal",
        "ground": { "kind": "directive", "date": "2024-03-02", "agency": "Công an tỉnh (ví dụ)" },
        "purpose": "Phòng ngừa (ví dụ)",
        "expires": time::day(end),
        "contact": "Trực ban ví dụ, 000 000 000",
        "modus_operandi": { "offence": 171, "approach": "Áp sát người đi xe máy (ví dụ)", "cases": 4 }
    })
}

fn issue(headline: &str) -> Value {
    json!({
        "drafted_by": "cb-soan-01", "approved_by": "cb-duyet-02", "act": "issue-alert",
        "zones": [ZONE], "content": content(headline),
    })
}

fn save(headline: &str) -> Value {
    let proposal = json!({ "issue": { "zones": [ZONE], "content": content(headline) } });
    json!({ "drafted_by": "cb-soan-01", "act": "save-draft", "proposal": proposal })
}

fn of_draft(act: &str, by: &str, alert: &AlertId, version: u32) -> Value {
    json!({ "drafted_by": by, "act": act, "alert": alert.to_string(), "version": version })
}

fn keyed(mut command: Value) -> Value {
    command["key"] = json!(event_id(SystemClock.now_ms()));
    command
}

fn hit(alert: &AlertId) -> Value {
    let seen_at = time::rfc3339(SystemClock.now_ms() - 60_000);
    json!({
        "drafted_by": "cb-truc-03", "act": "report-hit", "alert": alert.to_string(),
        "urgency": "urgent",
        "hit": {
            "version": 1, "place": "Bến xe (ví dụ)", "seen_at": seen_at, "basis": "Khớp (ví dụ)",
            "certainty": "probable", "done": "Đang theo dõi"
        }
    })
}

#[tokio::test]
async fn a_draft_has_the_number_that_its_alert_gets() {
    let place = Place::founded().await;
    let [first, second] = ["Thứ nhất (ví dụ)", "Thứ hai (ví dụ)"].map(save);
    let (first, second) = (place.accept(&first).await, place.accept(&second).await);
    let third = place.accept(&issue("Thứ ba (ví dụ)")).await;
    let numbers = [&first, &second, &third].map(|accepted| accepted.alert.clone().unwrap());
    assert_eq!(numbers.clone().map(|id| id.number()), [1, 2, 3]);
    assert!(place.event(&first).header().is_local() && !place.event(&third).header().is_local());

    let draft = &numbers[1];
    place.accept(&of_draft("submit-draft", "cb-soan-01", draft, 1)).await;
    let approve = of_draft("approve-draft", "cb-duyet-02", draft, 1);
    let issued = place.accept(&approve).await;
    assert_eq!(issued.alert.as_ref(), Some(draft));
    let header = place.event(&issued).header().clone();
    assert_eq!((header.kind.as_str(), header.is_local()), ("alert.issued", false));
    assert_eq!(header.drafted_by.as_deref(), Some("cb-soan-01"));
    assert_eq!(header.approved_by.as_deref(), Some("cb-duyet-02"));
    // What was noted here alone is no part of what the alert is.
    let stored = place.reader().of_alert(&draft.to_string(), u64::MAX >> 1).unwrap();
    assert_eq!(stored.len(), 3);
    let amend = json!({
        "drafted_by": "cb-soan-01", "approved_by": "cb-duyet-02", "act": "amend-alert",
        "alert": draft.to_string(), "content": content("Sửa (ví dụ)"), "reason": "ví dụ"
    });
    let amended = place.event(&place.accept(&amend).await);
    let said = place.author.opened(&amended).unwrap().unwrap();
    assert_eq!(said.sealed, None);
    assert!(matches!(said.body, giapranh_domain::Body::AlertAmended(said) if said.version == 2));
    assert_eq!(place.accept(&save("Thứ tư (ví dụ)")).await.alert.unwrap().number(), 4);
}

#[tokio::test]
async fn an_event_says_by_when_it_wants_an_answer() {
    let place = Place::founded().await;
    let issued = place.accept(&issue("Ví dụ")).await;
    assert_eq!(place.event(&issued).header().facts.due_ms, 0);
    let reported = place.accept(&hit(&issued.alert.unwrap())).await;
    let header = place.event(&reported).header().clone();
    assert_eq!(header.facts.due_ms, header.recorded_ms + 10 * 60_000);
}

#[tokio::test]
async fn a_command_that_comes_again_under_its_key_is_told_of_the_same_event() {
    let mut place = Place::founded().await;
    let issue = keyed(issue("Ví dụ"));
    let issued = place.accept(&issue).await;
    assert_eq!(json!(issued.event_id), issue["key"]);
    let alert = issued.alert.clone().unwrap();
    let hit = keyed(hit(&alert));
    let reported = place.accept(&hit).await;
    let withdraw = keyed(json!({
        "drafted_by": "cb-soan-01", "approved_by": "cb-duyet-02", "act": "withdraw-alert",
        "alert": alert.to_string(), "withdrawal": { "reason": "executed" }
    }));
    let withdrawn = place.accept(&withdraw).await;
    let draft = place.accept(&save("Bản thảo (ví dụ)")).await.alert.unwrap();
    let submit = keyed(of_draft("submit-draft", "cb-soan-01", &draft, 1));
    let submitted = place.accept(&submit).await;
    let approve = keyed(of_draft("approve-draft", "cb-duyet-02", &draft, 1));
    let approved = place.accept(&approve).await;
    let head = place.head();
    let all = [
        (&issue, &issued),
        (&hit, &reported),
        (&withdraw, &withdrawn),
        (&submit, &submitted),
        (&approve, &approved),
    ];
    // Also where deciding it now would refuse it, and after a restart.
    for start in ["before", "after"] {
        for (command, accepted) in all {
            assert_eq!(place.accept(command).await, *accepted, "{start} a restart: {command}");
        }
        place = place.again().await;
    }
    assert_eq!(place.head(), head);
}

#[tokio::test]
async fn a_command_that_comes_twice_at_once_is_decided_once() {
    let place = Place::founded().await;
    let (head, command) = (place.head(), keyed(issue("Ví dụ")));
    let sent: Vec<_> = (0..16)
        .map(|_| {
            let (author, command) = (place.author.clone(), command.clone());
            tokio::spawn(author.submit(serde_json::from_value(command).unwrap()))
        })
        .collect();
    let mut answers = Vec::new();
    for sent in sent {
        answers.push(sent.await.unwrap().unwrap());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    assert_eq!(place.head(), head + 1);
}

#[tokio::test]
async fn another_command_under_a_key_that_was_used_is_refused() {
    let place = Place::founded().await;
    let first = keyed(issue("Ví dụ"));
    let alert = place.accept(&first).await.alert.unwrap();
    let head = place.head();
    let used = (Ruling::Conflict, vec!["key-used".to_owned()]);
    let mut others = vec![hit(&alert), save("Ví dụ"), issue("Khác (ví dụ)")];
    for (field, value) in [
        ("drafted_by", json!("cb-soan-09")),
        ("approved_by", json!("cb-duyet-09")),
        ("zones", json!(["cluster"])),
        ("unit", json!("long-an")),
    ] {
        let mut other = first.clone();
        other[field] = value;
        others.push(other);
    }
    for mut other in others {
        other["key"] = first["key"].clone();
        assert_eq!(place.refuse(&other).await, used, "{other}");
    }
    // A hit that says something else is another hit.
    let reported = keyed(hit(&alert));
    place.accept(&reported).await;
    let mut other = reported.clone();
    other["hit"]["place"] = json!("Nơi khác (ví dụ)");
    assert_eq!(place.refuse(&other).await, used);
    assert_eq!(place.head(), head + 1);
}

#[tokio::test]
async fn a_key_is_a_uuid_of_version_7_and_what_was_refused_uses_none() {
    let place = Place::founded().await;
    let head = place.head();
    let invalid = (Ruling::Invalid, vec!["key".to_owned()]);
    for key in [Uuid::nil(), Uuid::from_u128(0x0123_4567_89ab_4def_8123_4567_89ab_cdef)] {
        let mut command = issue("Ví dụ");
        command["key"] = json!(key);
        assert_eq!(place.refuse(&command).await, invalid, "{key}");
    }
    let mut command = keyed(issue("Ví dụ"));
    command["approved_by"] = json!("cb-soan-01");
    assert_eq!(place.refuse(&command).await.1, ["second-person"]);
    command["approved_by"] = json!("cb-duyet-02");
    place.accept(&command).await;
    assert_eq!(place.head(), head + 1);
}

fn amend(alert: &AlertId, headline: &str) -> Value {
    json!({
        "drafted_by": "cb-soan-01", "approved_by": "cb-duyet-02", "act": "amend-alert",
        "alert": alert.to_string(), "content": content(headline), "reason": "ví dụ",
    })
}

fn submit_if(
    place: &Place,
    command: &Value,
    version: u32,
) -> tokio::task::JoinHandle<Result<Accepted, SubmitError>> {
    let command = serde_json::from_value(command.clone()).unwrap();
    let author = place.author.clone();
    tokio::spawn(author.submit_if(command, Condition::exactly(Some(version))))
}

#[tokio::test]
async fn of_amendments_that_race_for_one_version_one_is_taken() {
    let place = Place::founded().await;
    let alert = place.accept(&issue("Ví dụ")).await.alert.unwrap();
    let head = place.head();
    let racing: Vec<_> = (0..16)
        .map(|number| keyed(amend(&alert, &format!("Ví dụ {number}"))))
        .map(|command| (submit_if(&place, &command, 1), command))
        .collect();
    let mut taken = Vec::new();
    for (answer, command) in racing {
        match answer.await.unwrap() {
            Ok(accepted) => taken.push((accepted, command)),
            refused => assert_eq!(refused, Err(SubmitError::Changed)),
        }
    }
    let [(accepted, command)] = taken.as_slice() else { panic!("{taken:?}") };
    assert_eq!(place.head(), head + 1);
    // Who did not hear the answer asks again, and is told the same, though the version is another now.
    assert_eq!(submit_if(&place, command, 1).await.unwrap().as_ref(), Ok(accepted));
    assert!(submit_if(&place, &amend(&alert, "Ví dụ, lần ba"), 2).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_condition_on_a_draft_is_on_the_draft_of_the_own_unit() {
    let place = Place::founded().await;
    let alert = place.accept(&save("Ví dụ")).await.alert.unwrap();
    let submitted = of_draft("submit-draft", "cb-soan-01", &alert, 1);
    let changed = Err(SubmitError::Changed);
    assert_eq!(submit_if(&place, &submitted, 2).await.unwrap(), changed);
    let mut others = submitted.clone();
    others["unit"] = json!("long-an");
    assert_eq!(submit_if(&place, &others, 1).await.unwrap(), changed);
    // There is no alert before the draft is released, and nothing is issued on a condition.
    assert_eq!(submit_if(&place, &amend(&alert, "Ví dụ"), 0).await.unwrap(), changed);
    assert_eq!(submit_if(&place, &issue("Ví dụ"), 1).await.unwrap(), changed);
    assert!(submit_if(&place, &submitted, 1).await.unwrap().is_ok());
}
