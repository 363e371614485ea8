//! Says each step of the story when it was seen, and what two watching terminals show.
#![allow(clippy::print_stdout, reason = "a person watches it")]

use std::thread;
use std::time::{Duration, Instant};

use giapranh_tests::cluster::{Cluster, Failed, PATIENCE, failed};
use giapranh_tests::officers::Officer;
use serde_json::Value;

use crate::DUC_HOA;
use crate::cast::{APPROVER, COMMUNE_DUTY, Cast, DUTY, ISSUER};

/// How often what is due is asked for, which the API has nothing to wait on for.
pub const LOOK: Duration = Duration::from_millis(100);

/// Says what is seen, and verifies every log after each step.
pub struct Teller {
    step: usize,
    pub cluster: Cluster,
    pub cast: Cast,
}

impl Teller {
    /// Before the first step.
    pub fn new(cluster: Cluster, cast: Cast) -> Self {
        Self { step: 0, cluster, cast }
    }

    /// A step that was seen; every log is verified whole.
    pub fn say(&mut self, what: &str) -> Result<(), Failed> {
        self.cluster.verify_all()?;
        self.step += 1;
        println!("{:>2}. {what}", self.step);
        Ok(())
    }

    /// Somebody at a node.
    pub fn officer(&self, node: &str, login: &str) -> Result<&Officer, Failed> {
        self.cast.officer(node, login)
    }

    /// Runs an officer's command and gives the answer.
    pub fn act(&self, node: &str, login: &str, arguments: &[&str]) -> Result<Value, Failed> {
        self.cluster.json_as(self.officer(node, login)?, arguments)
    }

    /// Runs an officer's command that must be refused; gives the exit code.
    pub fn refused(&self, node: &str, login: &str, arguments: &[&str]) -> Result<i32, Failed> {
        let output = self.cluster.attempt_as(self.officer(node, login)?, arguments)?;
        match output.status.code() {
            Some(code) if code != 0 => Ok(code),
            _ => Err(failed(format!("{login} of {node} may {}", arguments.join(" ")))),
        }
    }

    /// Runs a command that two officers at one desk sign.
    pub fn act_both(&self, node: &str, arguments: &[&str]) -> Result<Value, Failed> {
        self.act_with(node, ISSUER, arguments)
    }

    /// The same by somebody else than who drafts alerts.
    pub fn act_with(&self, node: &str, login: &str, arguments: &[&str]) -> Result<Value, Failed> {
        let (first, second) = (self.officer(node, login)?, self.officer(node, APPROVER)?);
        self.cluster.json_as_both(first, second, arguments)
    }

    /// Writes a file beside the nodes; its path.
    pub fn file(&self, name: &str, text: &str) -> Result<String, Failed> {
        let path = self.cluster.root().join(name);
        std::fs::write(&path, text).map_err(failed)?;
        Ok(path.display().to_string())
    }

    /// An urgent hit of the commune that Đức Hòa's node serves.
    pub fn hit(&self, alert: &str) -> Result<Value, Failed> {
        self.hit_by(DUC_HOA, COMMUNE_DUTY, alert, "Quán Ví Dụ, xã Mỹ Hạnh Bắc")
    }

    /// An urgent hit.
    pub fn hit_by(
        &self,
        node: &str,
        login: &str,
        alert: &str,
        place: &str,
    ) -> Result<Value, Failed> {
        let mut hit = vec!["hit", "report", alert, "--urgency", "urgent", "--place", place];
        hit.extend(["--seen-at", "2024-03-05T21:10:00+07:00"]);
        hit.extend(["--basis", "khớp ảnh và đặc điểm", "--certainty", "probable"]);
        hit.extend(["--done", "giám sát, chờ phối hợp"]);
        self.act(node, login, &hit)
    }

    /// Issues an alert, by two officers at one desk, and gives the accepted event.
    pub fn issue(&self, unit: &str, content: &Value, zones: &[&str]) -> Result<Value, Failed> {
        let path = self.file("content.json", &content.to_string())?;
        let mut arguments = vec!["alert", "issue", "--content", &path];
        for zone in zones {
            arguments.extend(["--zone", zone]);
        }
        self.act_both(unit, &arguments)
    }

    /// What a unit has to do, the most urgent first, as somebody on duty there sees it.
    pub fn due(&self, node: &str) -> Result<Vec<Value>, Failed> {
        let due = ["due", "--for", "unit", "--limit", "500"];
        let page = self.act(node, DUTY, &due)?;
        page["due"].as_array().cloned().ok_or_else(|| failed(format!("nothing due in {page}")))
    }

    /// Waits until what a unit has to do is as `wanted` says: until a time that the story set has
    /// passed.
    pub fn wait_due(
        &self,
        node: &str,
        what: &str,
        wanted: impl Fn(&[Value]) -> bool,
    ) -> Result<Vec<Value>, Failed> {
        let deadline = Instant::now() + PATIENCE * 2;
        loop {
            let due = self.due(node)?;
            if wanted(&due) {
                return Ok(due);
            }
            if Instant::now() > deadline {
                return Err(failed(format!("{what}: not so at {node}: {due:?}")));
            }
            thread::sleep(LOOK);
        }
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

    /// How often a unit's log holds an event.
    pub fn holds(&self, unit: &str, event: &Value) -> Result<usize, Failed> {
        let ids = self.cluster.event_ids(unit)?;
        Ok(ids.iter().filter(|id| event["event_id"] == id.as_str()).count())
    }
}

/// A text of an accepted event.
pub fn text(value: &Value, name: &str) -> Result<String, Failed> {
    let found = value[name].as_str().map(str::to_owned);
    found.ok_or_else(|| failed(format!("no {name} in {value}")))
}
