//! The demonstration: seven provinces and five districts exchange alerts over real nats-servers.
//!
//! Plays a story in which only invented people occur and says each step as it is *seen* at the
//! receiving side. With `--once` it ends when the story does: 0 when all of it held. With `--no-story`
//! nothing has happened yet and the nodes keep running: an empty desk to try, and for the tests in a
//! browser.
#![allow(clippy::print_stdout, reason = "a person watches it")]

mod cast;
mod desks;
mod drafts;
mod due;
mod exchange;
mod facts;
mod hits;
mod orders;
mod outage;
mod proof;
mod teller;
mod watches;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use giapranh_tests::cluster::{Cluster, Failed, Member, failed};
use giapranh_tests::topology::Topology;

use crate::cast::Cast;
use crate::teller::Teller;

const REGISTRAR: &str = "ba-ria-vung-tau";
const HCM: &str = "hcm";
const LONG_AN: &str = "long-an";
const TIEN_GIANG: &str = "tien-giang";
const DUC_HOA: &str = "long-an_duc-hoa";
const COMMUNE: &str = "long-an_duc-hoa_my-hanh-bac";

/// The lead's node first: it keeps the directory.
const MEMBERS: [Member; 12] = [
    with_console(REGISTRAR),
    with_console(HCM),
    with_console("binh-duong"),
    with_console("dong-nai"),
    with_console(LONG_AN),
    with_console("tay-ninh"),
    with_console(TIEN_GIANG),
    Member { serves: &[COMMUNE], ..with_console(DUC_HOA) },
    with_console("hcm_cu-chi"),
    with_console("tay-ninh_trang-bang"),
    with_console("dong-nai_bien-hoa"),
    with_console("long-an_can-giuoc"),
];

const fn with_console(unit: &'static str) -> Member {
    Member { page: true, ..Member::new(unit) }
}

const USAGE: &str = "giapranh-demo [--once | --no-story] [--topology single|cluster|leaf|plain] [--dir DIR]: run it \
                     from the root of the repository";

/// What was typed.
struct Arguments {
    once: bool,
    no_story: bool,
    topology: Topology,
    dir: PathBuf,
}

impl Arguments {
    fn parse(mut typed: impl Iterator<Item = String>) -> Option<Self> {
        let mut read = Self {
            once: false,
            no_story: false,
            topology: Topology::Plain,
            dir: PathBuf::from("demo-run"),
        };
        while let Some(argument) = typed.next() {
            match argument.as_str() {
                "--once" => read.once = true,
                "--no-story" => read.no_story = true,
                "--topology" => read.topology = Topology::named(&typed.next()?)?,
                "--dir" => read.dir = typed.next()?.into(),
                _ => return None,
            }
        }
        (!(read.once && read.no_story)).then_some(read)
    }
}

fn main() -> ExitCode {
    // Beside this program lies the one that it shows.
    let Ok(program) = std::env::current_exe().map(|path| path.with_file_name("giapranh")) else {
        return ExitCode::FAILURE;
    };
    let Some(arguments) = Arguments::parse(std::env::args().skip(1)) else {
        println!("{USAGE}");
        return ExitCode::from(2);
    };
    match play(&program, Path::new("deploy/directory"), arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nFAILED: {error}");
            ExitCode::FAILURE
        }
    }
}

fn play(binary: &Path, data: &Path, arguments: Arguments) -> Result<(), Failed> {
    let Arguments { once, no_story, topology, dir } = arguments;
    let started = Instant::now();
    if dir.exists() {
        std::fs::remove_dir_all(&dir).map_err(failed)?;
    }
    println!("Giáp Ranh: the demonstration. Everybody in it is invented.");
    println!(
        "Structure of 2023 (three levels). What alerts say is sealed on the wire and in every log."
    );
    println!("{}\n", described(&topology));
    let outage = outage::of(&topology);
    progress("making 12 nodes, founding the directory, starting servers", 0, 1);
    let mut cluster = Cluster::found_over(topology, &dir, binary, data, &MEMBERS)?;
    cluster.start_all()?;
    cluster.wait_ready(&mut |ready, all| progress("nodes are getting ready", ready, all))?;
    println!(
        "\r12 nodes run, each its own process and log: 7 provinces, 5 districts; one commune is \
         served by Đức Hòa's ({:.1} s)\n",
        started.elapsed().as_secs_f64()
    );
    progress("giving out accounts, signing in", 0, 1);
    let cast = Cast::sign_in(&cluster)?;
    if no_story {
        return desks::stay(&cluster, &cast);
    }
    let mut teller = Teller::new(cluster, cast);
    tell(&mut teller, outage)?;
    println!("\nAll of it held ({:.1} s).", started.elapsed().as_secs_f64());
    if once {
        return teller.cluster.stop_all();
    }
    println!("Its deadlines are seconds; a cluster's own are minutes and hours.");
    desks::stay(&teller.cluster, &teller.cast)
}

/// The story.
fn tell(teller: &mut Teller, outage: fn(&mut Teller) -> Result<(), Failed>) -> Result<(), Failed> {
    cast::tell(teller)?;
    orders::limits(teller)?;
    let alert = drafts::release(teller)?;
    facts::acknowledge(teller, &alert)?;
    drafts::amend(teller, &alert)?;
    let hit = hits::answered(teller, &alert)?;
    let unanswered = hits::unanswered(teller)?;
    drafts::leave_waiting(teller)?;
    exchange::bulletin(teller)?;
    exchange::to_everybody(teller, &alert)?;
    orders::directive(teller)?;
    facts::flag(teller, &alert)?;
    facts::link(teller, &alert, &unanswered)?;
    outage(teller)?;
    hits::escalated(teller, &unanswered)?;
    facts::missing(teller, &alert)?;
    hits::arrest(teller, &alert, &hit)?;
    drafts::withdraw(teller, &alert)?;
    proof::flip_a_byte(teller)?;
    proof::take_evidence_home(teller, &alert)?;
    let due = due::tell(teller)?;
    due::kill(teller, &due)?;
    proof::rebuild(&mut teller.cluster)?;
    due::after_rebuild(teller, &due)?;
    drafts::erase(teller, &alert)
}

fn described(topology: &Topology) -> &'static str {
    match topology {
        Topology::Plain => "One nats-server without accounts or TLS, as in a training room.",
        Topology::Single => {
            "One nats-server, its configuration rendered from the directory: accounts, nkeys, \
             mutual TLS."
        }
        Topology::Cluster => {
            "Three nats-servers that hold the same, rendered from the directory; streams have three \
             replicas."
        }
        Topology::Leaf(_) => {
            "A hub and a nats-server for each province, rendered from the directory."
        }
    }
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
