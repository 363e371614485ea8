//! The life of an alert, tried act by act from each state; docs/LIFE.md shows what came of it.

use std::fmt::Write;
use std::path::Path;

use giapranh_domain::{AlertId, DraftState, Status, time};
use serde_json::{Value, json};

use crate::stage::{Stage, Step};
use crate::words::{
    acknowledge, amend, draft, flag, hide, hit, on_draft, reveal, to_issue, wanted, with, withdraw,
};

const ALERT: &str = "long-an/2024/000001";
/// After everything that is hidden is shown again, and before the alert expires.
const NOW: &str = "2024-06-01T08:00:00+07:00";
const AFTER_EXPIRY: &str = "2025-01-02T08:00:00+07:00";
/// What stands between these in the page is made here.
const BEGIN: &str = "<!-- made by crates/domain/tests/behaviour/life.rs: make generate -->";
const END: &str = "<!-- end -->";

/// Each state, and how an alert comes into it.
const STATES: [(&str, &[&str]); 9] = [
    ("nothing", &[]),
    ("draft", &["save"]),
    ("waiting", &["save", "submit"]),
    ("returned", &["save", "submit", "return"]),
    ("discarded", &["save", "discard"]),
    ("active", &["save", "submit", "approve"]),
    ("hidden", &["save", "submit", "approve", "hide"]),
    ("expired", &["save", "submit", "approve", "its time passes"]),
    ("withdrawn", &["save", "submit", "approve", "withdraw"]),
];
/// Each act, and who does it.
const ACTS: [(&str, &str); 14] = [
    ("save", "issuer"),
    ("submit", "issuer"),
    ("return", "approver"),
    ("approve", "approver"),
    ("discard", "issuer or approver"),
    ("amend", "two officers"),
    ("amend alone", "issuer"),
    ("hide", "two officers"),
    ("reveal", "two officers"),
    ("withdraw", "two officers"),
    ("acknowledge", "any unit of its zones"),
    ("flag", "any unit of its zones"),
    ("report a hit", "any unit of its zones"),
    ("its time passes", "nobody"),
];

fn step(act: &str, version: u32) -> Step {
    let alone = || with(amend(ALERT, wanted(), &[]), "/approved_by", json!(""));
    let ask = |command: Value| Step::Ask("long-an", command);
    match act {
        "save" if version == 0 => ask(draft("", 0, "officer-1", &to_issue(&wanted()))),
        "save" => ask(draft(ALERT, version, "officer-1", &to_issue(&wanted()))),
        "submit" => ask(on_draft("submit-draft", ALERT, version, "officer-1")),
        "return" => ask(on_draft("return-draft", ALERT, version, "officer-2")),
        "approve" => ask(on_draft("approve-draft", ALERT, version, "officer-2")),
        "discard" => ask(on_draft("discard-draft", ALERT, version, "officer-1")),
        "amend" => ask(with(amend(ALERT, wanted(), &[]), "/content/headline", json!("Ví dụ"))),
        "amend alone" => ask(with(alone(), "/content/contact", json!("Ví dụ"))),
        "hide" => ask(hide(ALERT, &[])),
        "reveal" => ask(reveal(ALERT)),
        "withdraw" => ask(withdraw(ALERT)),
        "acknowledge" => Step::Ask("hcm", acknowledge(ALERT, 1)),
        "flag" => Step::Ask("hcm", flag(ALERT, false)),
        "report a hit" => Step::Ask("hcm", hit(ALERT)),
        "its time passes" => Step::At(AFTER_EXPIRY),
        other => panic!("no such act: {other}"),
    }
}

/// An alert, and what time it is.
struct Life {
    stage: Stage,
    now: u64,
}

impl Life {
    fn in_state(path: &[&str]) -> Self {
        let now = time::moment(NOW).unwrap();
        let mut life = Self { stage: Stage::new(), now };
        for act in path {
            life.take(act).unwrap();
        }
        life
    }

    fn take(&mut self, act: &str) -> Result<(), String> {
        if act == "its time passes" {
            self.now = time::moment(AFTER_EXPIRY).unwrap();
        }
        let version = self.stage.draft(&id()).map_or(0, |draft| draft.version);
        self.stage.take(step(act, version)).map(|_| ())
    }

    fn state(&self) -> &'static str {
        let alert = self.stage.alert(&id());
        match alert.status {
            Status::Withdrawn => "withdrawn",
            Status::Active if !alert.is_active_at(self.now) => "expired",
            Status::Active if alert.is_hidden_at(self.now) => "hidden",
            Status::Active => "active",
            Status::Awaited => match self.stage.draft(&id()).map(|draft| draft.state) {
                None => "nothing",
                Some(DraftState::Writing) => "draft",
                Some(DraftState::Waiting) => "waiting",
                Some(DraftState::Returned) => "returned",
                Some(DraftState::Discarded) => "discarded",
                Some(DraftState::Released) => panic!("released and not here"),
            },
        }
    }
}

fn id() -> AlertId {
    ALERT.parse().unwrap()
}

/// What comes of an act in a state: the state after it, or the rule that refuses it.
fn comes_of(path: &[&str], act: &str) -> Result<&'static str, String> {
    let mut life = Life::in_state(path);
    life.take(act).map(|()| life.state()).map_err(|refused| {
        let first = refused.split(", ").next().unwrap_or_default();
        first.rsplit(' ').next().unwrap_or_default().to_owned()
    })
}

fn page() -> String {
    let mut page = String::from("```mermaid\nstateDiagram-v2\n    [*] --> draft: save\n");
    let mut table = String::from("| act | by |");
    for (state, path) in STATES {
        assert_eq!(Life::in_state(path).state(), state);
        write!(table, " {state} |").unwrap();
    }
    table.push_str("\n|---|---|");
    table.push_str(&"---|".repeat(STATES.len()));
    for (act, by) in ACTS {
        write!(table, "\n| {act} | {by} |").unwrap();
        for (state, path) in STATES {
            match comes_of(path, act) {
                Ok(next) if next == state => table.push_str(" ✓ |"),
                Ok(next) => {
                    write!(table, " **{next}** |").unwrap();
                    if state != "nothing" {
                        writeln!(page, "    {state} --> {next}: {act}").unwrap();
                    }
                }
                Err(rule) => write!(table, " `{rule}` |").unwrap(),
            }
        }
    }
    page.push_str("    withdrawn --> [*]\n    expired --> [*]\n    discarded --> [*]\n```\n\n");
    format!("{page}{table}\n")
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a page is compared with what the code does")]
fn the_page_shows_what_the_code_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/LIFE.md");
    let before = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = before.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let now = format!("{head}{BEGIN}\n\n{}\n{END}{tail}", page());
    if std::env::var_os("GIAPRANH_GENERATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let stands = std::fs::read_to_string(&path).unwrap();
    assert_eq!(stands, now, "docs/LIFE.md is not what the code does; make it with: make generate");
}
