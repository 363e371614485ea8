//! A vault in a temporary directory, with officers who can be told apart.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a fixture that fails is a test that fails")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use giapranh_vault::{Cost, KEYS_FILE, NewOfficer, Officer, Secret, Session, SignInError, Vault};
use tempfile::TempDir;

pub const START_MS: u64 = 1_700_000_000_000;
pub const MINUTE_MS: u64 = 60_000;
pub const DAY_MS: u64 = 24 * 60 * MINUTE_MS;
pub const PASSWORD: &str = "hạt mưa trên lá chuối";
pub const WRONG: &str = "hạt mưa trên lá khoai";

pub struct Fixture {
    pub dir: TempDir,
    pub vault: Vault,
    /// The administrator, who is there from the beginning.
    pub administrator: Officer,
}

impl Fixture {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let vault = open(dir.path());
        let administrator =
            vault.add_officer(&account("quantri", &["administrator"]), START_MS).unwrap();
        Self { dir, vault, administrator }
    }

    pub fn add(&self, login: &str, roles: &[&str]) -> Officer {
        self.vault.add_officer(&account(login, roles), START_MS).unwrap()
    }

    pub fn sign_in(&self, login: &str, now_ms: u64) -> (Secret, Session) {
        self.vault.sign_in(login, PASSWORD, now_ms).unwrap()
    }

    /// Tries a wrong password so many times, each of them refused.
    pub fn fail(&self, login: &str, times: usize, now_ms: u64) {
        for _ in 0..times {
            let refused = self.vault.sign_in(login, WRONG, now_ms);
            assert!(matches!(refused, Err(SignInError::Refused)), "{refused:?}");
        }
    }

    pub fn session(&self, secret: &Secret, now_ms: u64) -> Option<Session> {
        self.vault.session(secret.expose(), now_ms).unwrap()
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join(KEYS_FILE)
    }

    /// All that stands in the file and in what lies beside it; what is no text is replaced.
    pub fn content(&self) -> String {
        let entries = std::fs::read_dir(self.dir.path()).unwrap();
        let files = entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        files.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
    }
}

pub fn open(dir: &Path) -> Vault {
    Vault::open_with(dir, Cost::LEAST).unwrap()
}

/// An account of which nobody else knows the password.
pub fn account(login: &str, roles: &[&str]) -> NewOfficer {
    NewOfficer {
        id: None,
        unit: "hcm".into(),
        login: login.into(),
        name: format!("Nguyễn Văn {login}"),
        roles: codes(roles),
        password: PASSWORD.into(),
        must_change: false,
    }
}

pub fn codes(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(ToString::to_string).collect()
}
