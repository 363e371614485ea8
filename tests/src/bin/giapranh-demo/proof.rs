//! What anybody can verify: a log, an evidence file, views that are nothing but the log.

use std::collections::BTreeMap;

use giapranh_tests::cluster::{Cluster, Failed, failed};
use serde_json::Value;

use crate::teller::{Teller, text};
use crate::{DUC_HOA, HCM};

/// Changes one byte in a copy of a log; the verification must name where.
pub fn flip_a_byte(teller: &mut Teller) -> Result<(), Failed> {
    let log = teller.cluster.node(DUC_HOA).dir.join(giapranh_log::LOG_FILE);
    let copy = teller.cluster.root().join("copy-of-a-log.db");
    let reader = giapranh_log::Reader::open(&log).map_err(failed)?;
    reader.back_up(&copy).map_err(failed)?;
    let reader = giapranh_log::Reader::open(&copy).map_err(failed)?;
    let position = reader.head().map_err(failed)? / 2;
    let stored = reader.after(position - 1, 1).map_err(failed)?;
    let Some(stored) = stored.first() else {
        return Err(failed("the copy is empty"));
    };
    let tail = stored.event.bytes()[stored.event.bytes().len() - 48..].to_vec();
    drop(reader);
    let mut bytes = std::fs::read(&copy).map_err(failed)?;
    let at = bytes
        .windows(tail.len())
        .position(|window| window == tail)
        .ok_or_else(|| failed("the event's bytes are not in the file"))?;
    bytes[at] ^= 1;
    std::fs::write(&copy, bytes).map_err(failed)?;
    let path = copy.display().to_string();
    let output = teller.cluster.attempt(DUC_HOA, &["audit", "verify", &path])?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    if output.status.success() || !said.contains(&position.to_string()) {
        return Err(failed(format!("audit verify did not name position {position}:\n{said}")));
    }
    teller.say(&format!(
        "one bit is flipped in a copy of Đức Hòa's log; audit verify names position {position} \
         (exit code {})",
        output.status.code().unwrap_or(-1)
    ))
}

/// What an auditor carries on a stick: one file that proves itself, and of which no byte can change.
pub fn take_evidence_home(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let dir = teller.cluster.root().to_owned();
    let file = dir.join("alert.evidence");
    let path = file.display().to_string();
    teller.cluster.cli(HCM, &["audit", "export", "--alert", alert, "--out", &path])?;
    let report = teller.cluster.json(HCM, &["audit", "verify", &path])?;
    let mut bytes = std::fs::read(&file).map_err(failed)?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let changed = dir.join("changed.evidence");
    std::fs::write(&changed, bytes).map_err(failed)?;
    let verify = ["audit", "verify", &changed.display().to_string()];
    let output = teller.cluster.attempt(HCM, &verify)?;
    if output.status.success() {
        return Err(failed("audit verify accepts a changed evidence file"));
    }
    let events = report["events"].as_array().map_or(0, Vec::len);
    teller.say(&format!(
        "the {events} events of {alert} in one evidence file: it verifies by itself; with one bit \
         flipped it does not (exit code {})",
        output.status.code().unwrap_or(-1)
    ))
}

/// The table, and the proof that views are nothing but the log.
pub fn rebuild(cluster: &mut Cluster) -> Result<(), Failed> {
    println!(
        "\n{:<22}{:>7}{:>8}  {:<14}{:<14}verified",
        "node", "events", "active", "views", "rebuilt"
    );
    let mut digests: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for unit in cluster.units() {
        let level = |status: &Value| status["events"] == status["projected"];
        let status = cluster.wait_status(unit, "up to date", level)?;
        let digest = text(&status, "digest")?;
        let counters = &status["counters"];
        cluster.stop(unit)?;
        let dir = cluster.node(unit).dir.clone();
        for file in std::fs::read_dir(&dir).map_err(failed)? {
            let path = file.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("views-") {
                std::fs::remove_file(path).map_err(failed)?;
            }
        }
        let rebuilt = cluster.json(unit, &["rebuild"])?;
        let after = text(&rebuilt, "digest_after")?;
        let log = dir.join(giapranh_log::LOG_FILE).display().to_string();
        let report = cluster.json(unit, &["audit", "verify", &log])?;
        println!(
            "{unit:<22}{:>7}{:>8}  {:<14}{:<14}{} events, {} signatures, no fault",
            status["events"].to_string(),
            counters["active"].to_string(),
            &digest[..12],
            &after[..12],
            report["events"],
            report["signatures_checked"],
        );
        // Nodes that hold the same events must show the same.
        let mut held = cluster.event_ids(unit)?;
        held.sort();
        let other = digests.entry(held).or_insert_with(|| digest.clone());
        if *other != digest {
            return Err(failed(format!(
                "{unit} shows something else than another with its events"
            )));
        }
        if digest != after {
            return Err(failed(format!("{unit}: the rebuilt views differ")));
        }
        cluster.start(unit)?;
    }
    println!(
        "\nEach node deleted its views and rebuilt them from its log: the digests are the same, and \
         nodes that hold the same events show the same."
    );
    Ok(())
}
