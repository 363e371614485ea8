//! What the directory costs: judging an event, making configurations from it, and how soon every
//! node of a cluster has a change.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use giapranh_domain::wire::proto::{self, directory_change::Change};
use giapranh_domain::{Directory, Meta, UnitId, Verdict};
use giapranh_feed::Seed;
use giapranh_feed::render::{self, Source};
use giapranh_node::deploy;
use giapranh_record::event::Event;
use giapranh_tests::api;
use giapranh_tests::cluster::{Cluster, Member, PATIENCE};
use serde_json::{Value, json};

use crate::context::Context;
use crate::fixture::REGISTRAR;
use crate::measure::{Samples, milliseconds};
use crate::report::{Goal, Report, Unit};

/// Judged in a turn.
const JUDGED: usize = 1_000;
/// The country since July 2025, and more zones than it will have.
const PROVINCES: usize = 34;
const COMMUNES: usize = 3_321;
const ZONES: usize = 200;
/// The nodes of the demonstration; the first keeps the directory.
const MEMBERS: [Member; 12] = [
    Member::new("ba-ria-vung-tau"),
    Member::new("hcm"),
    Member::new("binh-duong"),
    Member::new("dong-nai"),
    Member::new("long-an"),
    Member::new("tay-ninh"),
    Member::new("tien-giang"),
    Member::new("long-an_duc-hoa"),
    Member::new("hcm_cu-chi"),
    Member::new("tay-ninh_trang-bang"),
    Member::new("dong-nai_bien-hoa"),
    Member::new("long-an_can-giuoc"),
];
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/directory");

/// Measures all three.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    judge(context, report)?;
    rendering(context, report)?;
    reaching(context, report)
}

/// Beside looking the acting unit up in a map, which no judgement can do without.
fn judge(context: &Context, report: &mut Report) -> Result<()> {
    let (founding, published) = context.published()?;
    let mut directory = Directory::new(REGISTRAR.parse()?);
    let mut metas: Vec<Meta> = Vec::with_capacity(JUDGED);
    for one in founding.iter().chain(&published) {
        let event = Event::parse(one.bytes.clone())?;
        if let Some(word) = giapranh_views::to_word(&event) {
            directory.hear(word);
        } else if let Some(understood) = giapranh_views::to_domain(&event) {
            metas.push(understood.meta);
        }
        if metas.len() == JUDGED {
            break;
        }
    }
    let units: std::collections::BTreeMap<&UnitId, u64> =
        directory.all_units().map(|unit| (&unit.id, unit.since)).collect();
    let pair = context.turns(200).take(
        |_| {
            let begun = Instant::now();
            let valid = metas.iter().filter(|meta| directory.judge(meta) == Verdict::Valid).count();
            let took = begun.elapsed();
            ensure!(valid > 0, "nothing of it is valid, so most rules were not looked at");
            Ok(milliseconds(took))
        },
        |_| {
            let begun = Instant::now();
            let known = metas.iter().filter(|meta| units.contains_key(&meta.acting_unit)).count();
            ensure!(known == metas.len(), "a unit is not known");
            Ok(milliseconds(begun.elapsed()))
        },
    )?;
    let what = format!("judge the authority of {} events", metas.len());
    report.line(&what, Unit::Milliseconds, &pair, Goal::Below(5.0));
    Ok(())
}

/// Beside writing the same bytes into the same number of files.
fn rendering(context: &Context, report: &mut Report) -> Result<()> {
    let (directory, topology) = country()?;
    let root = context.fresh("render")?;
    let mut bytes = 0;
    let rendered = render::render(
        &deploy::members(&directory),
        Source { name: "topology.toml", text: &topology },
    );
    let files = rendered.map_err(|problems| anyhow::anyhow!("{problems}"))?.files;
    files.values().for_each(|file| bytes += file.text.len());
    let pair = context.turns(9).take(
        |turn| {
            let begun = Instant::now();
            let source = Source { name: "topology.toml", text: &topology };
            let rendered = render::render(&deploy::members(&directory), source)
                .map_err(|problems| anyhow::anyhow!("{problems}"))?;
            render::write(&rendered, &root.join(format!("ours-{turn}")))?;
            Ok(milliseconds(begun.elapsed()))
        },
        |turn| {
            let begun = Instant::now();
            for (path, file) in &files {
                let path = root.join(format!("floor-{turn}")).join(path);
                std::fs::create_dir_all(path.parent().context("a path without a folder")?)?;
                let mut written = std::fs::File::create(&path)?;
                std::io::Write::write_all(&mut written, file.text.as_bytes())?;
                written.sync_all()?;
            }
            Ok(milliseconds(begun.elapsed()))
        },
    )?;
    let what = format!("render and write {PROVINCES} provinces, {} kB", bytes / 1_000);
    report.line(&what, Unit::Milliseconds, &pair, Goal::Below(2_000.0));
    Ok(())
}

/// From the registrar's command until the last of twelve nodes shows it.
fn reaching(context: &Context, report: &mut Report) -> Result<()> {
    const WHAT: &str = "directory change → all 12 nodes";
    if let Some(why) = context.no_program() {
        report.not_measured(WHAT, &why);
        return Ok(());
    }
    let root = context.fresh("directory")?;
    let mut cluster =
        Cluster::found(&root.join("cluster"), &context.giapranh, Path::new(DATA), &MEMBERS)
            .with_context(|| format!("running {}", context.giapranh.display()))?;
    cluster.start_all()?;
    cluster.wait_ready(&mut |_, _| {})?;
    let mut samples = Samples::default();
    for round in 0..context.size(30, 3) {
        let command = json!({
            "act": "change-directory",
            "drafted_by": "cb-soan-01",
            "approved_by": "cb-duyet-02",
            "decision": "thời hạn ví dụ",
            "changes": [{ "deadline-set": { "name": "review", "seconds": 1_000 + round } }],
        });
        let begun = Instant::now();
        let accepted = api::command(&cluster.node(MEMBERS[0].unit).dir, &command)?;
        let event_id = accepted["event_id"].as_str().context("an answer without an event")?;
        let is_it = |entry: &Value| entry["event_id"].as_str() == Some(event_id);
        let mut last = begun;
        for member in &MEMBERS {
            let seen = cluster.node(member.unit).follower.wait(PATIENCE, is_it);
            last = last.max(seen.with_context(|| format!("{} never showed it", member.unit))?.at);
        }
        samples.push(milliseconds(last - begun));
    }
    cluster.stop_all()?;
    report.figure(WHAT, Unit::Milliseconds, &samples, Goal::Below(1_000.0));
    Ok(())
}

/// A directory of the country's size, and a hub with a leaf for each province.
fn country() -> Result<(Directory, String)> {
    let province = |number: usize| format!("tinh-{:02}", number % PROVINCES);
    let commune = |number: usize| format!("{}_xa-{number:04}", province(number));
    let mut changes = Vec::new();
    let unit = |id: String, parent: String, level: &str| {
        let name = format!("Đơn vị ví dụ {id}");
        let level = level.to_owned();
        Change::UnitRegistered(proto::UnitRegistered {
            id,
            parent,
            level,
            name,
            ..Default::default()
        })
    };
    for number in 0..PROVINCES {
        changes.push(unit(province(number), String::new(), "province"));
    }
    for number in 0..COMMUNES {
        changes.push(unit(commune(number), province(number), "commune"));
    }
    for number in 0..ZONES {
        let near = (0..40).map(|step| commune((number * 17 + step * 31) % COMMUNES));
        let members = near.chain([province(number), province(number + 1)]);
        let members: std::collections::BTreeSet<String> = members.collect();
        changes.push(Change::ZoneDefined(proto::ZoneDefined {
            id: format!("vung-{number:03}"),
            name: format!("Vùng ví dụ {number}"),
            members: members.into_iter().collect(),
            ..Default::default()
        }));
    }
    for number in 0..PROVINCES {
        let key = || Ok::<_, anyhow::Error>(Seed::generate()?.public().to_string());
        let id = province(number);
        changes.push(Change::NodeEnrolled(proto::NodeEnrolled {
            unit: id.clone(),
            public_key: vec![u8::try_from(number)? + 1; 32],
            serves: (0..COMMUNES).map(commune).filter(|unit| unit.starts_with(&id)).collect(),
            nats_key: key()?,
            nats_owner_key: key()?,
            nats_link_key: key()?,
            ..Default::default()
        }));
    }
    let wrap = |change| proto::DirectoryChange { change: Some(change) };
    let founded = proto::DirectoryChanged {
        decision: "ví dụ".to_owned(),
        effective_from: "2025-07-01".to_owned(),
        changes: changes.into_iter().map(wrap).collect(),
    };
    let mut directory = Directory::new(province(0).parse()?);
    let faults = directory.apply(1, &founded);
    ensure!(faults.is_empty(), "the country does not found: {faults:?}");
    Ok((directory, topology()?))
}

fn topology() -> Result<String> {
    let mut text = "topology = \"leaf\"\n[hub]\nname = \"hub\"\nlisten = \"127.0.0.1:4222\"\n\
                    leaf_listen = \"127.0.0.1:7422\"\nleaf = \"localhost:7422\"\n"
        .to_owned();
    for number in 0..PROVINCES {
        let port = 5_000 + number;
        write!(text, "[[leaf]]\nprovince = \"tinh-{number:02}\"\nlisten = \"127.0.0.1:{port}\"\n")?;
    }
    Ok(text)
}
