//! Drafts in the console of a real node, as officers live them: written in a form, saved by themselves,
//! sent back, compared, released by somebody else.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

mod common;
mod desk;

use common::REGISTRAR;
use desk::{Answer, Desk};
use serde_json::Value;

const SCRIPT: &str = "<script>alert(1)</script>";

struct Room {
    desk: Desk,
    writer: String,
    colleague: String,
    approver: String,
}

impl Room {
    fn opened() -> Self {
        let desk = Desk::running();
        let administrator = desk.administrator();
        let give =
            |login: &str, roles: &[&str]| desk.give_out(&administrator, login, REGISTRAR, roles).1;
        let writer = give("soan", &["issuer", "approver"]);
        let colleague = give("ban", &["issuer"]);
        let approver = give("duyet", &["approver"]);
        Self { desk, writer, colleague, approver }
    }

    fn get(&self, secret: &str, path: &str) -> Answer {
        self.desk.officer(secret, "GET", path, &Value::Null)
    }

    /// Sends the form with what is hidden in it, as a page had it.
    fn save(&self, secret: &str, hidden: &[(String, String)], pairs: &[(&str, &str)]) -> Answer {
        self.desk.form(secret, "/drafts", &joined(hidden, pairs))
    }

    /// As htmx does by itself.
    fn autosave(
        &self,
        secret: &str,
        hidden: &[(String, String)],
        pairs: &[(&str, &str)],
    ) -> Answer {
        let live = [("HX-Request", "true")];
        self.desk.form_with(secret, "/drafts", &live, &joined(hidden, pairs))
    }
}

fn joined<'a>(
    hidden: &'a [(String, String)],
    pairs: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    hidden.chain(pairs.iter().copied()).collect()
}

fn page(answer: &Answer) -> &str {
    answer.body.as_str().unwrap_or_else(|| panic!("{answer:?}"))
}

/// The hidden fields of the form on a page.
fn hidden(answer: &Answer) -> Vec<(String, String)> {
    let names = ["alert", "version", "based_on", "key", "proposes", "category"];
    let value = |name: &str| {
        let mark = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        let (_, rest) =
            page(answer).split_once(&mark).unwrap_or_else(|| panic!("{name}: {answer:?}"));
        (name.to_owned(), rest.split('"').next().unwrap().to_owned())
    };
    names.into_iter().map(value).collect()
}

/// Where a page leads to.
#[track_caller]
fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    let line = answer.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    line.trim_end_matches("?done=1").to_owned()
}

/// A situation notice, whole.
fn notice(headline: &str) -> Vec<(&str, &str)> {
    vec![
        ("/content/headline", headline),
        ("/content/severity", "important"),
        ("/content/required_action", "inform"),
        ("/content/handling", "internal"),
        ("/content/contact", "Trực ban (ví dụ)"),
        ("/zones", "cluster"),
        ("/content/ground/kind", "directive"),
        ("/content/ground/date", "29/10/2020"),
        ("/content/ground/agency", "Công an tỉnh (ví dụ)"),
        ("/content/situation_notice/text", "Ví dụ về tình hình.\r\nHai dòng."),
        ("/content/purpose", "Ví dụ"),
        ("/content/expires", "31/12/2027 14:00"),
    ]
}

const NEW: &str = "/drafts/new/situation-notice";

#[test]
fn a_draft_is_written_sent_back_and_released_by_somebody_else() {
    let room = Room::opened();
    let Room { desk, writer, approver, .. } = &room;
    let empty = room.get(writer, NEW);
    assert_eq!(empty.status, 200, "{empty:?}");

    // Incomplete: kept, and what is missing is told when it is submitted, at its fields.
    let first = hidden(&empty);
    let headline = format!("Tin ví dụ {SCRIPT}");
    let mut incomplete = notice(&headline);
    incomplete.retain(|(name, _)| *name != "/content/expires");
    incomplete.push(("do", "submit"));
    let refused = room.save(writer, &first, &incomplete);
    refused.refused(422);
    for told in ["data-focus", "href=\"#f-content-expires\"", "id=\"f-content-expires-fault\""] {
        assert!(page(&refused).contains(told), "{told}: {refused:?}");
    }
    assert!(
        page(&refused)
            .contains("aria-describedby=\"f-content-expires-hint f-content-expires-fault\"")
    );
    assert!(page(&refused).contains("Hai dòng."), "what was typed stays: {refused:?}");
    assert!(page(&refused).contains("value=\"29/10/2020\""));
    assert!(!page(&refused).contains(SCRIPT));

    let sent = room.save(
        writer,
        &hidden(&refused),
        &[&notice(&headline)[..], &[("do", "submit")]].concat(),
    );
    let path = led_to(&sent);
    assert!(path.starts_with("/drafts/ba-ria-vung-tau/"), "{path}");

    // The writer is an approving officer as well, and may not release it.
    let own = room.get(writer, &path);
    assert!(page(&own).contains("data-test=\"not-you\""), "{own:?}");
    assert!(!page(&own).contains("data-test=\"release\""));
    desk.form(writer, &format!("{path}/release"), &[("version", "2")]).refused(422);

    // Sent back without a reason, with one, and read by the writer.
    let shown = room.get(approver, &path);
    for told in ["data-test=\"release\"", "data-test=\"whom\"", "31/12/2027 14:00"] {
        assert!(page(&shown).contains(told), "{told}: {shown:?}");
    }
    assert!(!page(&shown).contains(SCRIPT));
    let back = format!("{path}/return");
    desk.form(approver, &back, &[("version", "2"), ("reason", " ")]).refused(422);
    let reason = format!("Thiếu căn cứ {SCRIPT}");
    led_to(&desk.form(approver, &back, &[("version", "2"), ("reason", &reason)]));
    let returned = room.get(writer, &path);
    assert!(page(&returned).contains("Thiếu căn cứ &#60;script&#62;"), "{returned:?}");

    // Submitted again, looked at once more, released once.
    let again = [&notice("Tin ví dụ, bản hai")[..], &[("do", "submit")]].concat();
    led_to(&room.save(writer, &hidden(&returned), &again));
    let release = format!("{path}/release");
    desk.form(approver, &release, &[("version", "2")]).refused(409);
    let confirm = room.get(approver, &release);
    assert!(page(&confirm).contains("Tin ví dụ, bản hai"), "{confirm:?}");
    assert!(page(&confirm).contains("data-test=\"release-now\""));
    let alert = led_to(&desk.form(approver, &release, &[("version", "3")]));
    assert_eq!(alert, path.replace("/drafts/", "/alerts/"));
    let late = desk.form(approver, &release, &[("version", "3")]);
    late.refused(409);
    assert!(page(&late).contains("data-test=\"refused\""), "{late:?}");
    let list = room.get(writer, "/drafts");
    assert!(page(&list).contains("Tin ví dụ, bản hai"), "{list:?}");
}

#[test]
fn a_draft_saves_itself_and_nobody_overwrites_anybody() {
    let room = Room::opened();
    let Room { writer, colleague, .. } = &room;
    let first = hidden(&room.get(writer, NEW));
    let saved = room.autosave(writer, &first, &[("/content/headline", "Bản một")]);
    assert_eq!(saved.status, 200, "{saved:?}");
    assert!(
        page(&saved).contains("Đã lưu lúc") && page(&saved).contains("hx-swap-oob"),
        "{saved:?}"
    );
    let path =
        saved.head.lines().find_map(|l| l.strip_prefix("hx-replace-url: ")).unwrap().to_owned();

    // The same again is no version of its own, and what is no number is told and nothing else lost.
    let one = hidden(&saved);
    let same = room.autosave(writer, &one, &[("/content/headline", "Bản một")]);
    assert_eq!(hidden(&same)[1].1, "1", "{same:?}");

    let theirs = hidden(&room.get(colleague, &path));
    let other = room.autosave(colleague, &theirs, &[("/content/headline", "Bản của bạn")]);
    assert_eq!(hidden(&other)[1].1, "2", "{other:?}");
    let mine = [("/content/headline", "Bản của tôi"), ("/content/purpose", "Chưa lưu")];
    let behind = room.autosave(writer, &hidden(&same), &mine);
    assert!(page(&behind).contains("data-test=\"compare\""), "{behind:?}");
    assert_eq!(hidden(&behind)[1].1, "1", "the version is not renewed: {behind:?}");

    let compared = room.save(writer, &hidden(&behind), &[&mine[..], &[("do", "compare")]].concat());
    compared.refused(409);
    for told in ["data-test=\"conflict\"", "Bản của bạn", "Bản của tôi", "Chưa lưu"] {
        assert!(page(&compared).contains(told), "{told}: {compared:?}");
    }
    led_to(&room.save(writer, &hidden(&compared), &[&mine[..], &[("do", "save")]].concat()));
    let now = room.get(colleague, &path);
    assert!(page(&now).contains("Bản của tôi") && hidden(&now)[1].1 == "3", "{now:?}");
}

#[test]
fn an_amendment_begins_with_the_alert_and_a_form_that_is_too_large_is_refused() {
    let room = Room::opened();
    let Room { desk, writer, approver, .. } = &room;
    let first = hidden(&room.get(writer, NEW));
    let whole = [&notice("Tin ví dụ")[..], &[("do", "submit")]].concat();
    let path = led_to(&room.save(writer, &first, &whole));
    led_to(&desk.form(approver, &format!("{path}/release"), &[("version", "1")]));

    let form = room.get(writer, &format!("{path}/new/amend"));
    assert!(page(&form).contains("value=\"Tin ví dụ\""), "{form:?}");
    let amended =
        [&notice("Tin ví dụ mới")[..], &[("/reason", "Đính chính"), ("do", "submit")]].concat();
    led_to(&room.save(writer, &hidden(&form), &amended));
    let shown = room.get(approver, &path);
    assert!(page(&shown).contains("<del class=\"changed-from text\">Tin ví dụ</del>"), "{shown:?}");
    assert!(
        page(&shown).contains("<ins class=\"changed-to text\">Tin ví dụ mới</ins>"),
        "{shown:?}"
    );
    assert!(!page(&shown).contains("Ví dụ về tình hình."), "only what differs: {shown:?}");
    // What is open comes first.
    assert_eq!(led_to(&room.get(writer, &format!("{path}/new/withdraw"))), path);
    led_to(&desk.form(writer, &format!("{path}/discard"), &[("version", "2"), ("reason", "Nhầm")]));
    let withdraw = room.get(writer, &format!("{path}/new/withdraw"));
    assert!(page(&withdraw).contains("/withdrawal/reason"), "{withdraw:?}");

    let long = "ấ".repeat(65_000);
    let refused = room.save(writer, &hidden(&withdraw), &[("/withdrawal/note", &long)]);
    refused.refused(413);
    assert!(page(&refused).contains("<main"), "a page: {refused:?}");
    desk.form(writer, "/drafts", &[("version", "x")]).refused(400);
}
