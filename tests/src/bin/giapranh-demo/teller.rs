//! Says each step of the story when it was seen, and what two watching terminals show.
#![allow(clippy::print_stdout, reason = "a person watches it")]

use giapranh_tests::cluster::{Cluster, Failed, PATIENCE, failed};
use serde_json::Value;

use crate::{COMMUNE, DUC_HOA};

/// Says what is seen, and verifies every log after each step.
pub struct Teller {
    step: usize,
    pub cluster: Cluster,
}

impl Teller {
    /// Before the first step.
    pub fn new(cluster: Cluster) -> Self {
        Self { step: 0, cluster }
    }

    /// A step that was seen; every log is verified whole.
    pub fn say(&mut self, what: &str) -> Result<(), Failed> {
        self.cluster.verify_all()?;
        self.step += 1;
        println!("{:>2}. {what}", self.step);
        Ok(())
    }

    /// Runs a command of a unit and gives the accepted event.
    pub fn act(&self, unit: &str, arguments: &[&str]) -> Result<Value, Failed> {
        self.cluster.json(unit, arguments)
    }

    /// Writes a file beside the nodes; its path.
    pub fn file(&self, name: &str, text: &str) -> Result<String, Failed> {
        let path = self.cluster.root().join(name);
        std::fs::write(&path, text).map_err(failed)?;
        Ok(path.display().to_string())
    }

    /// A hit of the commune that Đức Hòa's node serves.
    pub fn hit(&self, alert: &str) -> Result<Value, Failed> {
        let mut hit = vec!["hit", "report", alert, "--urgency", "urgent", "--unit", COMMUNE];
        hit.extend(["--place", "Quán Ví Dụ, xã Mỹ Hạnh Bắc"]);
        hit.extend(["--seen-at", "2024-03-05T21:10:00+07:00"]);
        hit.extend(["--basis", "khớp ảnh và đặc điểm", "--certainty", "probable"]);
        hit.extend(["--done", "giám sát, chờ phối hợp", "--officer", "cb-truc-03"]);
        self.act(DUC_HOA, &hit)
    }

    /// Issues an alert and gives the accepted event.
    pub fn issue(&self, unit: &str, content: &Value, zones: &[&str]) -> Result<Value, Failed> {
        let path = self.file("content.json", &content.to_string())?;
        let mut arguments = vec!["alert", "issue", "--content", &path];
        arguments.extend(["--drafted-by", "cb-soan-01", "--approved-by", "cb-duyet-02"]);
        for zone in zones {
            arguments.extend(["--zone", zone]);
        }
        self.act(unit, &arguments)
    }

    /// Waits until units show an event; tells how long after it was recorded, in milliseconds.
    pub fn seen_at(&self, event: &Value, units: &[&str]) -> Result<String, Failed> {
        let id = &event["event_id"];
        let mut told = Vec::new();
        for unit in units {
            let seen = self
                .cluster
                .node(unit)
                .follower
                .wait(PATIENCE, |entry| entry["event_id"] == *id)
                .ok_or_else(|| failed(format!("{unit} does not show event {id}")))?;
            if seen.entry["verdict"] != "valid" {
                return Err(failed(format!(
                    "{unit} shows event {id} as {}",
                    seen.entry["verdict"]
                )));
            }
            let number = |name: &str| seen.entry[name].as_u64().unwrap_or(0);
            let ms = number("arrived_ms").saturating_sub(number("recorded_ms"));
            told.push(format!("{unit} after {ms} ms"));
        }
        Ok(told.join(", "))
    }

    /// How often a unit shows an event.
    pub fn holds(&self, unit: &str, event: &Value) -> usize {
        let entries = self.cluster.node(unit).follower.so_far();
        entries.iter().filter(|entry| entry["event_id"] == event["event_id"]).count()
    }
}

/// A text of an accepted event.
pub fn text(value: &Value, name: &str) -> Result<String, Failed> {
    let found = value[name].as_str().map(str::to_owned);
    found.ok_or_else(|| failed(format!("no {name} in {value}")))
}

/// Two `alert watch`, side by side.
pub struct Watches(Vec<(String, std::process::Child)>);

impl Watches {
    /// Starts one for each of these units.
    pub fn start(cluster: &Cluster, units: &[&str]) -> Result<Self, Failed> {
        let start = |unit: &&str| {
            let arguments = ["--output", "json", "alert", "watch", "--after", "0"];
            let mut command = cluster.command(&cluster.node(unit).dir, &arguments);
            command.stdout(std::process::Stdio::piped());
            Ok(((*unit).to_owned(), command.spawn().map_err(failed)?))
        };
        units.iter().map(start).collect::<Result<_, _>>().map(Self)
    }

    /// Shows what each of them prints for an event.
    pub fn show(mut self, event: &Value) -> Result<(), Failed> {
        use std::io::BufRead as _;
        let mut columns = Vec::new();
        for (unit, child) in &mut self.0 {
            let Some(output) = child.stdout.take() else {
                continue;
            };
            let mut found = None;
            for line in std::io::BufReader::new(output).lines() {
                let entry: Value = serde_json::from_str(&line.map_err(failed)?).map_err(failed)?;
                if entry["event_id"] == event["event_id"] {
                    found = Some(entry);
                    break;
                }
            }
            let entry = found.ok_or_else(|| failed(format!("alert watch of {unit} ended")))?;
            let field = |name: &str| entry[name].as_str().unwrap_or("?").to_owned();
            columns.push([
                format!("{unit}$ giapranh alert watch"),
                format!("{} {}", field("kind"), field("alert")),
                field("headline"),
                format!("from {}, {}", field("unit"), field("verdict")),
            ]);
        }
        for row in 0..4 {
            let cells: Vec<String> =
                columns.iter().map(|column| format!("{:<46}", column[row])).collect();
            println!("      │ {}", cells.join("│ "));
        }
        Ok(())
    }
}

impl Drop for Watches {
    fn drop(&mut self) {
        for (_, child) in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
