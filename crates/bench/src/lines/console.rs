//! The console as officers feel it: pages of a node with many alerts and a long log, and what a hundred
//! open pages are told of a new event. A real node, a process, asked over its loopback address.

mod live;
mod pages;

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use giapranh_tests::api::{self, Pass};
use serde_json::json;

use crate::context::Context;
use crate::fixture::RECEIVER;
use crate::measure::Samples;
use crate::report::{Goal, Report, Unit};
use crate::running::{Running, long, megabytes};

/// Of every account here.
const PASSWORD: &str = "mật khẩu ví dụ của phép đo";

/// Measures all of it.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    if let Some(why) = context.no_program() {
        report.not_measured("the console", &why);
        return Ok(());
    }
    let node = Console::start(context, &long(context)?)?;
    let status = api::get(node.dir(), "/api/v1/status")?;
    let held = status["counters"]["alerts"].as_u64().context("no count of alerts")?;
    let what = format!("idle node, {held} alerts, {} events", status["events"]);
    report.figure(&what, Unit::Megabytes, &Samples::one(node.node.memory_mb()?), Goal::Below(60.0));
    let size = std::fs::metadata(&context.giapranh)?.len();
    let size = Samples::one(megabytes(size / 1_024));
    report.figure("the program", Unit::Megabytes, &size, Goal::Below(40.0));
    pages::run(context, report, &node)?;
    live::run(context, report, &node)?;
    let what = "the same node after all of it";
    report.figure(what, Unit::Megabytes, &Samples::one(node.node.memory_mb()?), Goal::None);
    Ok(())
}

/// A running node with an officer who has signed in.
struct Console {
    node: Running,
    address: SocketAddr,
    /// The session's secret.
    secret: String,
}

impl Console {
    /// Starts a copy, gives out the accounts and signs in.
    fn start(context: &Context, made: &Path) -> Result<Self> {
        let node = Running::start(context, made, "console")?;
        let page = node.status["page"].as_str().context("the node has no page")?;
        let address = page.trim_start_matches("http://").trim_end_matches('/').parse()?;
        let secret = signed_in(&node.dir)?;
        let console = Self { node, address, secret };
        let purpose = json!({ "act": "state-purpose", "purpose": "Phép đo (ví dụ)" });
        api::command_as(console.dir(), &console.pass(), &purpose)?;
        Ok(console)
    }

    fn dir(&self) -> &Path {
        &self.node.dir
    }

    fn pass(&self) -> Pass {
        Pass::of(self.secret.clone())
    }

    /// An alert in force that the officer sees.
    fn some_alert(&self) -> Result<String> {
        let list = api::get_as(self.dir(), &self.pass(), "/api/v1/alerts?status=active&limit=1")?;
        let id = list["alerts"][0]["id"].as_str().context("no alert is in force")?;
        ensure!(!id.is_empty(), "an alert without a number");
        Ok(id.to_owned())
    }
}

/// An administrator, and by that one an officer on duty, who takes a password of the own.
fn signed_in(dir: &Path) -> Result<String> {
    let session = |login: &str, password: &str| -> Result<String> {
        let proof = json!({ "login": login, "password": password });
        let begun = api::post(dir, &Pass::default(), "/api/v1/session", &proof)?;
        Ok(begun["token"].as_str().context("no session")?.to_owned())
    };
    let account = |login: &str, roles: &[&str]| {
        json!({ "unit": RECEIVER, "login": login, "name": "Cán bộ Ví Dụ", "roles": roles,
            "password": PASSWORD })
    };
    let officers = "/api/v1/officers";
    api::post(dir, &Pass::default(), officers, &account("quan-tri", &["administrator"]))?;
    let administrator = Pass::of(session("quan-tri", PASSWORD)?);
    let roles = ["duty", "issuer", "approver"];
    let made = api::post(dir, &administrator, officers, &account("truc", &roles))?;
    let id = made["id"].as_str().context("an account without an id")?;
    let own = format!("{PASSWORD}, của tôi");
    let both = json!({ "old": PASSWORD, "new": own });
    let first = Pass::of(session("truc", PASSWORD)?);
    api::post(dir, &first, &format!("{officers}/{id}/password"), &both)?;
    session("truc", &own)
}
