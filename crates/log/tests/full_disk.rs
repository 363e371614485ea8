//! A disk that is really full: a small file system of its own. Where none may be mounted this says
//! so and proves nothing.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{BORDER, Unit, append, arrival, draft, give, publish};
use giapranh_log::{Log, LogError, MARKER_FILE, Outcome};
use giapranh_record::Payload;

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
        use std::io::Write as _;
        let path = self.0.path().join("ballast");
        let mut ballast = std::fs::File::create(&path).unwrap();
        while ballast.write_all(&[0; 512]).is_ok() {}
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

fn copy_of(unit: &Unit, to: &Path) {
    for name in [giapranh_log::LOG_FILE, MARKER_FILE] {
        std::fs::copy(unit.dir.path().join(name), to.join(name)).unwrap();
    }
}

async fn append_much(log: &Log) -> Result<(), LogError> {
    let mut draft = draft(&[BORDER]);
    draft.payload = Payload::Plain(vec![7; 100_000].into());
    log.submit(move |batch| batch.append(draft).map(drop)).await
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "says what it could not try")]
async fn a_full_disk_refuses_cleanly_and_goes_on_when_there_is_room() {
    let Some(disk) = Disk::mount() else {
        eprintln!("skipped: nothing may be mounted here; nothing is proven about a full disk");
        return;
    };
    let (unit, other) = (Unit::new("hcm", &[BORDER]), Unit::new("long-an", &[]));
    unit.ring.enrol(&other);
    let arriving = publish(&other, 2, &[BORDER]).await;
    copy_of(&unit, disk.0.path());
    let log = unit.open_in(disk.0.path()).unwrap();
    append(&log, &[BORDER]).await.unwrap();
    let ballast = disk.fill();
    // Until the last room that the log has taken already is used up.
    let mut acknowledged = 1;
    let refused = loop {
        match append_much(&log).await {
            Ok(()) => acknowledged += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, LogError::Full), "{refused}");
    assert!(refused.to_string().contains("free space"), "{refused}");
    for _ in 0..3 {
        assert!(matches!(append_much(&log).await, Err(LogError::Full)));
    }
    let head = *log.head().borrow();
    assert_eq!((head, *log.full().borrow()), (acknowledged, true));
    // Reading needs no room.
    let heads = log.submit(|batch| Ok(batch.heads())).await.unwrap();
    assert_eq!(heads[0].1.seq, acknowledged);

    std::fs::remove_file(ballast).unwrap();

    append_much(&log).await.unwrap();
    assert!(matches!(give(&log, &arriving[0], BORDER).await, Outcome::Appended(_)));
    log.arrive(vec![arrival(&arriving[1], BORDER)]).await.unwrap();
    assert!(!*log.full().borrow());
    log.close().await;
    let findings = unit.findings_of(&disk.0.path().join(giapranh_log::LOG_FILE)).unwrap();
    assert_eq!(findings.faults, []);
    let log = unit.open_in(disk.0.path()).unwrap();
    assert_eq!(log.refusal(), None);
    let heads = log.submit(|batch| Ok(batch.heads())).await.unwrap();
    assert_eq!(heads[0].1.seq, acknowledged + 1);
    log.close().await;
}
