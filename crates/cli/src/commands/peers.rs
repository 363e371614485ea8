//! `giapranh peers`: whom the node has heard, and what is missing where.

use anyhow::Result;
use serde::Deserialize;

use super::Place;
use crate::args::Form;
use crate::client::Target;
use crate::output::{self, Rows};
use crate::words::code;
use crate::{next, say};

#[derive(Debug, Deserialize)]
struct Peers {
    peers: Vec<Peer>,
    tail: Tail,
}

#[derive(Debug, Deserialize)]
struct Tail {
    state: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct Peer {
    unit: String,
    silent_ms: Option<u64>,
    zones: Vec<PeerZone>,
    skew_ms: Option<i64>,
    findings: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct PeerZone {
    lacks_here: u64,
    lacks_there: u64,
}

/// Prints the peers, one line each.
pub fn run(place: &Place) -> Result<()> {
    let value: serde_json::Value = place.get(Target::api(["peers"]))?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let Peers { peers, tail } = Peers::deserialize(value)?;
    let state = code("tail", &tail.state);
    output::line(&match tail.reason.as_str() {
        "" => say!("tail-is", state = state),
        reason => say!("tail-is-because", state = state, reason = reason),
    })?;
    if peers.is_empty() {
        return Ok(output::line(&say!("no-peers"))?);
    }
    output::line("")?;
    output::rows(&rows(&peers))?;
    if peers.iter().any(|peer| peer.findings.iter().any(|finding| finding == "fork")) {
        output::note(&say!("see-forks", line = next::line("fork list")));
    }
    Ok(())
}

fn rows(peers: &[Peer]) -> Rows {
    let mut rows =
        Rows::new(&["UNIT", "HEARD", "MISSING HERE", "MISSING THERE", "CLOCK", "FINDINGS"]);
    for peer in peers {
        let heard = match peer.silent_ms {
            Some(silent) => say!("heard-ago", seconds = seconds(i128::from(silent))),
            None => say!("never-heard"),
        };
        let sum = |of: fn(&PeerZone) -> u64| peer.zones.iter().map(of).sum::<u64>();
        let clock = peer.skew_ms.map_or_else(String::new, |skew| {
            let sign = if skew >= 100 { "+" } else { "" };
            format!("{sign}{} s", seconds(i128::from(skew)))
        });
        let findings: Vec<String> =
            peer.findings.iter().map(|finding| code("finding", finding)).collect();
        rows.push([
            &peer.unit,
            &heard,
            &sum(|zone| zone.lacks_here),
            &sum(|zone| zone.lacks_there),
            &clock,
            &findings.join(", "),
        ]);
    }
    rows
}

/// With one digit behind the point.
fn seconds(milliseconds: i128) -> String {
    let tenths = milliseconds / 100;
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.abs());
    format!("{sign}{}.{}", size / 10, size % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_one_digit_behind_the_point() {
        for (milliseconds, shown) in
            [(0, "0.0"), (99, "0.0"), (1_250, "1.2"), (-1_250, "-1.2"), (-40, "0.0")]
        {
            assert_eq!(seconds(milliseconds), shown);
        }
    }
}
