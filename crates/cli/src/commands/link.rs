//! `giapranh alert link, links` and `giapranh link …`: alerts that may belong together.

use anyhow::Result;
use giapranh_domain::codes::LinkDecision;
use giapranh_domain::wire::proto;
use giapranh_domain::{Act, AlertId};
use serde::Deserialize;
use serde_json::Value;

use super::acting::alone;
use super::{Place, show};
use crate::args::Form;
use crate::args::alert::life::Link;
use crate::args::link::{Command, Decide};
use crate::client::Target;
use crate::output::{self, Rows};
use crate::say;
use crate::words::code;

/// A link, as both of its alerts show it.
#[derive(Debug, Deserialize)]
struct LinkRow {
    link: String,
    alert: String,
    other: String,
    #[serde(default)]
    relation: String,
    state: String,
    #[serde(default)]
    grounds: String,
}

#[derive(Debug, Deserialize)]
struct Links {
    links: Vec<LinkRow>,
}

/// Does a command of the group `link`.
pub fn run(place: &Place, command: Command) -> Result<()> {
    match command {
        Command::Confirm(decide) => decided(place, decide, LinkDecision::Confirmed),
        Command::Reject(decide) => decided(place, decide, LinkDecision::Rejected),
    }
}

fn decided(place: &Place, decide: Decide, decision: LinkDecision) -> Result<()> {
    let Decide { alert, link, grounds, acting } = decide;
    let decision = proto::LinkDecided { decision: decision.code().to_owned(), grounds };
    let act = Act::DecideLink { alert: alert.to_string(), link, decision };
    place.submit(&alone(place, acting, act)?)
}

/// Proposes that two alerts belong together.
pub fn propose(place: &Place, arguments: Link) -> Result<()> {
    let Link { alert, other, relation, grounds, acting } = arguments;
    let other = other.to_string();
    // Found by a person: no program is named.
    let link = proto::LinkProposed { other, relation, grounds, proposed_by: String::new() };
    place.submit(&alone(place, acting, Act::ProposeLink { alert: alert.to_string(), link })?)
}

/// Lists the links of an alert.
pub fn list(place: &Place, id: &AlertId) -> Result<()> {
    let (year, number) = show::numbers(id);
    let target = Target::api(["alerts", id.issuer().as_str(), &year, &number, "links"]);
    let value: Value = place.get_one(target, "alert list --status all")?;
    if place.form == Form::Json {
        return Ok(output::json(&value)?);
    }
    let links = Links::deserialize(&value)?.links;
    if links.is_empty() {
        return Ok(output::line(&say!("no-links", alert = id.to_string()))?);
    }
    let mut rows = Rows::new(&["ALERT", "RELATION", "STANDS", "GROUNDS", "PROPOSED AT", "EVENT"]);
    let own = id.to_string();
    for link in links {
        // Of the two the one that was not asked about; who decides names the one that proposed it.
        let shown = if link.other == own { &link.alert } else { &link.other };
        let (relation, state) = (code("relation", &link.relation), code("link", &link.state));
        rows.push([shown, &relation, &state, &link.grounds, &link.alert, &link.link]);
    }
    Ok(output::rows(&rows)?)
}
