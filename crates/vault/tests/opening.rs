//! Opening the file: it is created when missing, read by its owner alone, and what is not a whole
//! vault of this program is refused with the way out.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use common::{Fixture, START_MS, account, open};
use giapranh_vault::{Cost, KEYS_FILE, Vault, VaultError};
use rusqlite::Connection;

fn refusal(dir: &Path) -> VaultError {
    let error = Vault::open_with(dir, Cost::LEAST).unwrap_err();
    assert!(error.to_string().contains(KEYS_FILE), "names the file: {error}");
    error
}

/// A vault that was closed, with one account.
fn closed() -> tempfile::TempDir {
    let Fixture { dir, vault, .. } = Fixture::new();
    drop(vault);
    dir
}

#[test]
fn a_missing_vault_is_created_empty() {
    let dir = tempfile::tempdir().unwrap();
    assert!(!open(dir.path()).has_officers().unwrap());
    assert!(!open(dir.path()).has_officers().unwrap());
    let version: i64 = Connection::open(dir.path().join(KEYS_FILE))
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 2);
}

#[test]
fn one_whose_creation_was_interrupted_is_taken_up() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(KEYS_FILE);
    fs::write(&path, []).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(!open(dir.path()).has_officers().unwrap());
}

#[test]
fn a_missing_directory_is_not_created() {
    let dir = tempfile::tempdir().unwrap();
    let error = refusal(&dir.path().join("nowhere"));
    assert!(matches!(error, VaultError::Io { .. }), "{error}");
}

#[test]
fn its_owner_alone_reads_it() {
    let fixture = Fixture::new();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for entry in fs::read_dir(fixture.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    let dir = closed();
    let path = dir.path().join(KEYS_FILE);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let error = refusal(dir.path());
    assert!(matches!(error, VaultError::NotPrivate { .. }));
    assert!(error.to_string().contains("chmod 600"), "{error}");
}

#[test]
fn what_was_answered_survives_a_process_that_ends_without_closing() {
    let fixture = Fixture::new();
    for at in 0..20 {
        let made = fixture.add(&format!("canbo{at}"), &["duty"]);
        let (secret, _) = fixture.sign_in(&made.login, START_MS);
        // As the disk is at this moment, without the memory that a killed process takes along.
        let copy = tempfile::tempdir().unwrap();
        for name in [KEYS_FILE.to_owned(), format!("{KEYS_FILE}-wal")] {
            fs::copy(fixture.dir.path().join(&name), copy.path().join(&name)).unwrap();
        }
        let vault = open(copy.path());
        assert!(vault.officers().unwrap().iter().any(|officer| officer.id == made.id));
        assert!(vault.session(secret.expose(), START_MS).unwrap().is_some());
    }
}

#[test]
fn two_handles_and_two_openings_see_the_same() {
    let fixture = Fixture::new();
    let (clone, second) = (fixture.vault.clone(), open(fixture.dir.path()));
    let made = second.add_officer(&account("binh", &["duty"]), START_MS).unwrap();
    assert_eq!(clone.officer(&made.id).unwrap(), Some(made));
    fixture.vault.purge(START_MS).unwrap();
    assert_eq!(second.officers().unwrap().len(), 2);
}

#[test]
fn what_is_no_vault_is_refused_and_left_alone() {
    let dir = closed();
    let path = dir.path().join(KEYS_FILE);
    fs::write(&path, "không phải cơ sở dữ liệu".repeat(100)).unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(refusal(dir.path()), VaultError::NotAVault(_)));
    assert_eq!(fs::read(&path).unwrap(), before);

    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(matches!(refusal(dir.path()), VaultError::NotAVault(_)));

    let dir = closed();
    let tool = Connection::open(dir.path().join(KEYS_FILE)).unwrap();
    tool.pragma_update(None, "application_id", 7).unwrap();
    drop(tool);
    assert!(matches!(refusal(dir.path()), VaultError::NotAVault(_)));
}

#[test]
fn a_newer_schema_is_refused() {
    let dir = closed();
    let tool = Connection::open(dir.path().join(KEYS_FILE)).unwrap();
    tool.pragma_update(None, "user_version", 99).unwrap();
    drop(tool);
    let error = refusal(dir.path());
    assert!(matches!(error, VaultError::Newer { found: 99, known: 2, .. }));
    assert!(error.to_string().contains("a newer one"), "{error}");
}

#[test]
fn a_damaged_vault_says_so_wherever_it_was_hit() {
    let dir = closed();
    let path = dir.path().join(KEYS_FILE);
    let whole = fs::read(&path).unwrap();
    let mut damaged = 0;
    for page in whole.chunks(4096).enumerate().map(|(at, _)| at * 4096) {
        let mut bytes = whole.clone();
        // Behind the header of the file, over the page's own.
        let from = page.max(100);
        bytes[from..from + 64].fill(0xa5);
        fs::write(&path, bytes).unwrap();
        let error = refusal(dir.path());
        assert!(matches!(error, VaultError::Damaged { .. }), "page at {page}: {error}");
        assert!(error.to_string().contains("aside"), "{error}");
        damaged += 1;
    }
    assert!(damaged > 5, "{damaged} pages");
    let half = &whole[..whole.len() / 2];
    fs::write(&path, half).unwrap();
    assert!(matches!(refusal(dir.path()), VaultError::Damaged { .. }));
    fs::write(&path, whole).unwrap();
    assert!(open(dir.path()).has_officers().unwrap());
}

#[test]
fn damage_that_comes_while_it_is_open_is_named_as_well() {
    let fixture = Fixture::new();
    let tool = Connection::open(fixture.path()).unwrap();
    tool.execute_batch("DROP TABLE attempts").unwrap();
    let error = fixture.vault.officers().unwrap_err();
    assert!(matches!(&error, VaultError::Damaged { path, .. } if *path == fixture.path()));
}
