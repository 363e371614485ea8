//! Two terminals side by side, in which officers watch the live feed.
#![allow(clippy::print_stdout, reason = "a person watches it")]

use std::process::Child;

use giapranh_tests::cluster::{Failed, failed};
use serde_json::Value;

use crate::cast::DUTY;
use crate::teller::Teller;

/// Two `alert watch`, side by side.
pub struct Watches(Vec<(String, Child)>);

impl Watches {
    /// Starts one for each of these units.
    pub fn start(teller: &Teller, units: &[&str]) -> Result<Self, Failed> {
        let start = |unit: &&str| {
            let arguments = ["--output", "json", "alert", "watch", "--after", "0"];
            let mut command = teller.cluster.command_of(teller.officer(unit, DUTY)?, &arguments);
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
