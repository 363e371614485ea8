//! What stands in the bytes of the file: never a secret, and nothing that was removed.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{DAY_MS, Fixture, PASSWORD, START_MS, WRONG, account, codes};
use giapranh_vault::{NewOfficer, SESSION_LIFE_MS};

#[test]
fn neither_passwords_nor_secrets_are_in_the_file() {
    let fixture = Fixture::new();
    let officer = fixture.add("binh", &["duty"]).id;
    let (session, _) = fixture.sign_in("binh", START_MS);
    let (token, _) = fixture
        .vault
        .issue_token(&officer, "máy trực", &codes(&["duty"]), DAY_MS, START_MS)
        .unwrap();
    fixture.fail("binh", 1, START_MS);
    let new = "con đò nhỏ qua sông";
    let look = || {
        let content = fixture.content();
        assert!(content.contains("binh") && content.contains(&officer), "one sees what is there");
        for secret in [PASSWORD, WRONG, new, session.expose(), token.expose()] {
            let part: String = secret.chars().skip(5).take(10).collect();
            assert!(!content.contains(&part));
        }
    };
    look();
    fixture.vault.change_password(&officer, PASSWORD, new, START_MS).unwrap();
    look();
    fixture.vault.purge(START_MS).unwrap();
    look();
}

/// So many that pages are split and merged.
const MANY: usize = 90;

#[test]
fn what_was_removed_is_gone_from_the_bytes() {
    let fixture = Fixture::new();
    let vault = &fixture.vault;
    let mut gone = Vec::new();
    for at in 0..MANY {
        let (login, name) = (format!("dichuyen{at}x"), format!("Người Đã Đi {at}x"));
        let new = NewOfficer { name: name.clone(), ..account(&login, &["duty"]) };
        let id = vault.add_officer(&new, START_MS).unwrap().id;
        let token = format!("máy của {at}x");
        vault.issue_token(&id, &token, &codes(&["duty"]), DAY_MS, START_MS).unwrap();
        vault.rename(&id, &format!("{name} rồi")).unwrap();
        gone.push((id, [login, name, token]));
    }
    let before = fixture.content();
    assert!(gone.iter().all(|(_, texts)| texts.iter().all(|text| before.contains(text))));
    // In another order than they came, and not all, as in life.
    let kept = gone.split_off(MANY * 2 / 3);
    for at in (0..gone.len()).map(|at| at * 77 % gone.len()) {
        vault.remove(&gone[at].0).unwrap();
    }
    vault.purge(START_MS).unwrap();
    let content = fixture.content();
    for (id, texts) in &gone {
        assert!(texts.iter().all(|text| !content.contains(text)), "{texts:?}");
        assert!(content.contains(id), "the id stays taken");
    }
    assert!(kept.iter().all(|(_, texts)| texts.iter().all(|text| content.contains(text))));
}

#[test]
fn the_old_name_and_password_are_gone_as_well() {
    let fixture = Fixture::new();
    let id = fixture.add("binh", &["duty"]).id;
    let query = "SELECT password FROM officers WHERE login = 'binh'";
    let tool = rusqlite::Connection::open(fixture.path()).unwrap();
    let hash: String = tool.query_one(query, (), |row| row.get(0)).unwrap();
    drop(tool);
    fixture.vault.rename(&id, "Trần Thị Bình").unwrap();
    fixture.vault.set_password(&id, "con đò nhỏ qua sông", false).unwrap();
    assert!(fixture.content().contains(&hash), "in the WAL");
    fixture.vault.purge(START_MS).unwrap();
    let content = fixture.content();
    assert!(!content.contains(&hash) && !content.contains("Nguyễn Văn binh"));
    assert!(content.contains("Trần Thị Bình"));
}

#[test]
fn what_has_expired_is_purged_and_nothing_else() {
    let fixture = Fixture::new();
    let (vault, officer) = (&fixture.vault, fixture.add("binh", &["duty"]).id);
    let issue =
        |life_ms| vault.issue_token(&officer, "máy", &codes(&["duty"]), life_ms, START_MS).unwrap();
    let (_, long) = issue(30 * DAY_MS);
    issue(DAY_MS);
    fixture.sign_in("binh", START_MS);
    let now_ms = START_MS + DAY_MS;
    let (alive, _) = fixture.sign_in("binh", now_ms);
    fixture.fail("binh", 4, now_ms);
    fixture.fail("quantri", 1, START_MS);
    vault.purge(now_ms).unwrap();
    assert_eq!(vault.tokens(&officer).unwrap(), [long]);
    assert!(fixture.session(&alive, now_ms).is_some());
    let tool = rusqlite::Connection::open(fixture.path()).unwrap();
    let count = |table: &str| -> u64 {
        let query = format!("SELECT COUNT(*) FROM {table}");
        tool.query_one(&query, (), |row| row.get(0)).unwrap()
    };
    assert_eq!((count("sessions"), count("attempts"), count("officers")), (2, 1, 2));
    // The failures that still count do.
    fixture.fail("binh", 1, now_ms);
    assert!(vault.sign_in("binh", PASSWORD, now_ms).is_err());
    vault.purge(now_ms + SESSION_LIFE_MS).unwrap();
    assert_eq!(count("sessions"), 1);
}
