//! The demonstration: seven provinces and five districts exchange alerts over a real nats-server.
//!
//! Plays a story in which only invented people occur and says each step as it is *seen* at the
//! receiving side. With `--once` it ends when the story does: 0 when all of it held.
#![allow(clippy::print_stdout, reason = "a person watches it")]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use giapranh_tests::cluster::{Cluster, Failed, Member, PATIENCE, failed};
use giapranh_tests::{api, story};
use serde_json::Value;

const HCM: &str = "hcm";
const LONG_AN: &str = "long-an";
const TIEN_GIANG: &str = "tien-giang";
const DUC_HOA: &str = "long-an_duc-hoa";
const COMMUNE: &str = "long-an_duc-hoa_my-hanh-bac";

/// The lead's node first: it keeps the directory.
const MEMBERS: [Member; 12] = [
    Member::new("ba-ria-vung-tau"),
    Member { page: true, ..Member::new(HCM) },
    Member::new("binh-duong"),
    Member::new("dong-nai"),
    Member::new(LONG_AN),
    Member::new("tay-ninh"),
    Member::new(TIEN_GIANG),
    Member { serves: &[COMMUNE], page: true, ..Member::new(DUC_HOA) },
    Member::new("hcm_cu-chi"),
    Member::new("tay-ninh_trang-bang"),
    Member::new("dong-nai_bien-hoa"),
    Member::new("long-an_can-giuoc"),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // Beside this program lies the one that it shows.
    let program = std::env::current_exe().map(|path| path.with_file_name("giapranh"));
    let (once, Ok(program)) = (arguments == ["--once"], program) else {
        return ExitCode::FAILURE;
    };
    if !once && !arguments.is_empty() {
        println!("giapranh-demo [--once]: run it from the root of the repository");
        return ExitCode::from(2);
    }
    match play(&program, Path::new("deploy/directory"), Path::new("demo-run"), once) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nFAILED: {error}");
            ExitCode::FAILURE
        }
    }
}

fn play(binary: &Path, data: &Path, dir: &Path, once: bool) -> Result<(), Failed> {
    let started = Instant::now();
    if dir.exists() {
        std::fs::remove_dir_all(dir).map_err(failed)?;
    }
    println!("Giáp Ranh: the demonstration. Everybody in it is invented.");
    println!(
        "Structure of 2023 (three levels). Payloads travel in clear until sealing is there.\n"
    );
    progress("making 12 nodes and founding the directory", 0, 1);
    let mut cluster = Cluster::found(dir, binary, data, &MEMBERS)?;
    cluster.start_all()?;
    cluster.wait_ready(&mut |ready, all| progress("nodes are getting ready", ready, all))?;
    println!(
        "\r12 nodes run, each its own process and log: 7 provinces, 5 districts; one commune is \
         served by Đức Hòa's ({:.1} s)\n",
        started.elapsed().as_secs_f64()
    );
    let mut teller = Teller { step: 0, cluster };
    tell(&mut teller, dir)?;
    end(&mut teller)?;
    println!("\nAll of it held ({:.1} s).", started.elapsed().as_secs_f64());
    if once {
        teller.cluster.stop_all()?;
        return Ok(());
    }
    stay(&teller.cluster)
}

/// Says what is seen, and verifies every log after each step.
struct Teller {
    step: usize,
    cluster: Cluster,
}

impl Teller {
    fn say(&mut self, what: &str) -> Result<(), Failed> {
        self.cluster.verify_all()?;
        self.step += 1;
        println!("{:>2}. {what}", self.step);
        Ok(())
    }

    /// Runs a command of a unit and gives the accepted event.
    fn act(&self, unit: &str, arguments: &[&str]) -> Result<Value, Failed> {
        self.cluster.json(unit, arguments)
    }

    fn issue(&self, unit: &str, content: &Value, zones: &[&str]) -> Result<Value, Failed> {
        let path = self.cluster.root().join("content.json");
        std::fs::write(&path, content.to_string()).map_err(failed)?;
        let path = path.display().to_string();
        let mut arguments = vec!["alert", "issue", "--content", &path];
        arguments.extend(["--drafted-by", "cb-soan-01", "--approved-by", "cb-duyet-02"]);
        for zone in zones {
            arguments.extend(["--zone", zone]);
        }
        self.act(unit, &arguments)
    }

    /// Waits until units show an event; tells how long after it was recorded, in milliseconds.
    fn seen_at(&self, event: &Value, units: &[&str]) -> Result<String, Failed> {
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

    fn holds(&self, unit: &str, event: &Value) -> usize {
        let entries = self.cluster.node(unit).follower.so_far();
        entries.iter().filter(|entry| entry["event_id"] == event["event_id"]).count()
    }
}

fn text(value: &Value, name: &str) -> Result<String, Failed> {
    let found = value[name].as_str().map(str::to_owned);
    found.ok_or_else(|| failed(format!("no {name} in {value}")))
}

fn tell(teller: &mut Teller, dir: &Path) -> Result<(), Failed> {
    let watches = Watches::start(&teller.cluster, &[DUC_HOA, LONG_AN])?;
    let content = story::wanted("Nguyễn Văn Ví Dụ", "Truy nã: cướp giật tài sản (ví dụ)");
    let first = teller.issue(HCM, &content, &["hcm-long-an"])?;
    let alert = text(&first, "alert")?;
    let seen = teller.seen_at(&first, &[DUC_HOA, LONG_AN])?;
    teller.say(&format!("TP Hồ Chí Minh wants somebody: {alert} seen at {seen}"))?;
    watches.show(&first)?;

    let mut amended = content.clone();
    amended["wanted_person"]["person"]["last_known_place"] = "Chợ Thử Nghiệm".into();
    let path = dir.join("content.json");
    std::fs::write(&path, amended.to_string()).map_err(failed)?;
    let path = path.display().to_string();
    let officers = ["--drafted-by", "cb-soan-01", "--approved-by", "cb-duyet-02"];
    let mut arguments = vec!["alert", "amend", &alert, "--content", &path];
    arguments.extend(["--reason", "nơi xuất hiện mới (ví dụ)"]);
    arguments.extend(officers);
    let event = teller.act(HCM, &arguments)?;
    let seen = teller.seen_at(&event, &[DUC_HOA, LONG_AN])?;
    teller.say(&format!("version 2 of {alert} seen at {seen}"))?;

    hit_and_answer(teller, &alert)?;

    let zones = ["hcm-long-an", "long-an-tay-ninh", "long-an-tien-giang"];
    let bulletin = teller.issue(LONG_AN, &story::modus_operandi(), &zones)?;
    let seen = teller.seen_at(&bulletin, &[DUC_HOA, HCM, "tay-ninh", TIEN_GIANG])?;
    let copies = teller.holds(DUC_HOA, &bulletin);
    if copies != 1 {
        return Err(failed(format!("Đức Hòa stored the bulletin {copies} times")));
    }
    teller.say(&format!(
        "a modus operandi bulletin of Long An for three zones seen at {seen}; Đức Hòa is in two of \
         them and stored it once"
    ))?;

    let content = story::wanted("Trần Thị Thử Nghiệm", "Truy nã đặc biệt, toàn cụm (ví dụ)");
    let to_all = teller.issue(HCM, &content, &["cluster"])?;
    let others: Vec<&str> =
        MEMBERS.iter().map(|member| member.unit).filter(|unit| *unit != HCM).collect();
    teller.seen_at(&to_all, &others)?;
    teller.say("a wanted alert to the whole cluster seen by all twelve")?;
    // Streams are pulled in order: what Tiền Giang was to get before this, it has.
    if teller.holds(TIEN_GIANG, &first) != 0 {
        return Err(failed("Tiền Giang received an alert of a zone that it is not in"));
    }
    teller.say(&format!("Tiền Giang has that one and not {alert}: it is not in the zone"))?;

    server_dies(teller)?;

    let mut arguments = vec!["alert", "withdraw", &alert, "--reason", "executed"];
    arguments.extend(officers);
    let event = teller.act(HCM, &arguments)?;
    let seen = teller.seen_at(&event, &[DUC_HOA, LONG_AN])?;
    let shown = teller.cluster.json(DUC_HOA, &["alert", "show", &alert])?;
    if shown["status"] != "withdrawn" {
        return Err(failed(format!("Đức Hòa shows {alert} as {}", shown["status"])));
    }
    teller.say(&format!("the arrest was made: the withdrawal of {alert} seen at {seen}"))?;
    flip_a_byte(teller, dir)?;
    take_evidence_home(teller, dir, &alert)
}

fn hit_and_answer(teller: &mut Teller, alert: &str) -> Result<(), Failed> {
    let mut hit = vec!["hit", "report", alert, "--urgency", "urgent", "--unit", COMMUNE];
    hit.extend(["--place", "Quán Ví Dụ, xã Mỹ Hạnh Bắc", "--seen-at", "2024-03-05T21:10:00+07:00"]);
    hit.extend(["--basis", "khớp ảnh và đặc điểm", "--certainty", "probable"]);
    hit.extend(["--done", "giám sát, chờ phối hợp", "--officer", "cb-truc-03"]);
    let hit = teller.act(DUC_HOA, &hit)?;
    let seen = teller.seen_at(&hit, &[HCM])?;
    teller.say(&format!("an urgent hit of xã Mỹ Hạnh Bắc, by Đức Hòa's node, seen at {seen}"))?;
    let id = text(&hit, "event_id")?;
    let mut answer = vec!["hit", "answer", alert, "--hit", &id, "--result", "same"];
    answer.extend(["--note", "đúng đối tượng", "--officer", "cb-truc-04"]);
    let answer = teller.act(HCM, &answer)?;
    let seen = teller.seen_at(&answer, &[DUC_HOA])?;
    teller.say(&format!("the answer \"same person\" of TP Hồ Chí Minh seen at {seen}"))
}

fn server_dies(teller: &mut Teller) -> Result<(), Failed> {
    let zone = ["hcm-long-an"];
    let before = teller.issue(HCM, &story::wanted("Lê Văn Bịa", "Trước sự cố (ví dụ)"), &zone)?;
    teller.seen_at(&before, &[DUC_HOA])?;
    teller.cluster.nats.kill();
    let lost = |status: &Value| !status["outbox"]["waiting"].is_null();
    teller.cluster.wait_status(HCM, "without a line", lost)?;
    let during = teller.issue(HCM, &story::wanted("Phạm Thị Bịa", "Trong sự cố (ví dụ)"), &zone)?;
    if teller.holds(DUC_HOA, &during) != 0 {
        return Err(failed("an alert travelled without a server"));
    }
    teller.say(&format!(
        "nats-server is killed; {} is accepted all the same, durable at TP Hồ Chí Minh",
        text(&during, "alert")?
    ))?;
    let restarted = Instant::now();
    teller.cluster.nats.restart().map_err(failed)?;
    teller.seen_at(&during, &[DUC_HOA, LONG_AN])?;
    let seconds = restarted.elapsed().as_secs_f64();
    teller.say(&format!("nats-server is back; that alert seen at Đức Hòa {seconds:.1} s later"))
}

/// Changes one byte in a copy of a log; the verification must name where.
fn flip_a_byte(teller: &mut Teller, dir: &Path) -> Result<(), Failed> {
    let log = teller.cluster.node(DUC_HOA).dir.join(giapranh_log::LOG_FILE);
    let copy = dir.join("copy-of-a-log.db");
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
fn take_evidence_home(teller: &mut Teller, dir: &Path, alert: &str) -> Result<(), Failed> {
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
fn end(teller: &mut Teller) -> Result<(), Failed> {
    let cluster = &mut teller.cluster;
    println!(
        "\n{:<22}{:>7}{:>8}  {:<14}{:<14}verified",
        "node", "events", "active", "views", "rebuilt"
    );
    let id = |entry: &Value| entry["event_id"].as_str().unwrap_or_default().to_owned();
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
        let mut held: Vec<String> = cluster.node(unit).follower.so_far().iter().map(id).collect();
        held.sort();
        held.dedup();
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

/// Two `alert watch`, side by side.
struct Watches(Vec<(String, std::process::Child)>);

impl Watches {
    fn start(cluster: &Cluster, units: &[&str]) -> Result<Self, Failed> {
        let start = |unit: &&str| {
            let arguments = ["--output", "json", "alert", "watch", "--after", "0"];
            let mut command = cluster.command(&cluster.node(unit).dir, &arguments);
            command.stdout(std::process::Stdio::piped());
            Ok(((*unit).to_owned(), command.spawn().map_err(failed)?))
        };
        units.iter().map(start).collect::<Result<_, _>>().map(Self)
    }

    /// Shows what each of them prints for an event.
    fn show(mut self, event: &Value) -> Result<(), Failed> {
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

/// Keeps the cluster running until Enter or Ctrl-C.
fn stay(cluster: &Cluster) -> Result<(), Failed> {
    cluster.wait_ready(&mut |_, _| {})?;
    println!("\nThe nodes keep running. Talk to them in another terminal, for example:");
    let dir = cluster.node(DUC_HOA).dir.display().to_string();
    for command in ["alert list --status all", "alert watch --after 0", "node status", "zone list"]
    {
        println!("  target/demo/giapranh {command} --dir {dir}");
    }
    for unit in [HCM, DUC_HOA] {
        let status = api::get(&cluster.node(unit).dir, "/api/v1/status").map_err(failed)?;
        println!("Live feed of {unit}, read-only: {}", status["page"].as_str().unwrap_or("-"));
    }
    println!("Ctrl-C ends everything.");
    wait_for_the_end();
    Ok(())
}

/// Returns at SIGINT or SIGTERM, so that everything that was started is ended.
fn wait_for_the_end() {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return;
    };
    runtime.block_on(async {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return;
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    });
}

fn progress(what: &str, done: usize, all: usize) {
    use std::io::IsTerminal as _;
    if std::io::stdout().is_terminal() {
        print!("\r{what} … {done}/{all}   ");
        let _ = std::io::stdout().flush();
    } else if done == 0 {
        println!("{what} …");
    }
}
