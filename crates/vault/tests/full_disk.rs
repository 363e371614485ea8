//! A disk that is really full: a small file system of its own. Where none may be mounted this says
//! so and proves nothing.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{MINUTE_MS, PASSWORD, START_MS, account, open};
use giapranh_vault::{SignInError, VaultError};

/// A file system of two mebibytes, gone when this is.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
            .arg(dir.path())
            .output();
        matches!(mount, Ok(output) if output.status.success()).then_some(Self(dir))
    }

    /// Takes all the room that is left; gives it back by the name that it returns.
    fn fill(&self) -> PathBuf {
        let path = self.0.path().join("ballast");
        let mut ballast = std::fs::File::create(&path).unwrap();
        while ballast.write_all(&[0; 512]).is_ok() {}
        path
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "says what it could not try")]
fn a_full_disk_refuses_cleanly_and_goes_on_when_there_is_room() {
    let Some(disk) = Disk::mount() else {
        eprintln!("skipped: nothing may be mounted here; nothing is proven about a full disk");
        return;
    };
    let vault = open(disk.path());
    vault.add_officer(&account("quantri", &["administrator"]), START_MS).unwrap();
    let (secret, _) = vault.sign_in("quantri", PASSWORD, START_MS).unwrap();
    let ballast = disk.fill();
    let mut made = 1;
    let refused = loop {
        match vault.add_officer(&account(&format!("canbo{made}"), &["duty"]), START_MS) {
            Ok(_) => made += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, VaultError::Full { .. }), "{refused}");
    assert!(refused.is_temporary() && refused.to_string().contains("free space"), "{refused}");
    assert_eq!(vault.officers().unwrap().len(), made);
    // Who is in stays in, though it can't be written down when.
    let now_ms = START_MS + 2 * MINUTE_MS;
    assert!(vault.session(secret.expose(), now_ms).unwrap().is_some());
    let sign_in = vault.sign_in("quantri", PASSWORD, now_ms);
    assert!(matches!(sign_in, Err(SignInError::Vault(VaultError::Full { .. }))), "{sign_in:?}");

    std::fs::remove_file(ballast).unwrap();
    vault.add_officer(&account("canbo", &["duty"]), START_MS).unwrap();
    vault.sign_in("quantri", PASSWORD, now_ms).unwrap();
    vault.purge(now_ms).unwrap();
    assert_eq!(open(disk.path()).officers().unwrap().len(), made + 1);
}
