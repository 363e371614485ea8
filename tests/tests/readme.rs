//! What the README tells a newcomer to type does what it says: every block that is marked
//! `sh tested` is run, in order, in one shell.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use giapranh_testkit::ports::free_port;

/// How long all of it may take: a newcomer would have given up.
const PATIENCE: Duration = Duration::from_secs(90);
const MARK: &str = "```sh tested";

/// Whatever runs in the background ends with the shell.
const PROLOGUE: &str = "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\nset -x\n";

#[test]
fn the_commands_of_the_readme_do_what_they_say() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let commands = tested(&readme);
    assert!(!commands.is_empty(), "README.md has no block that begins with {MARK}");
    let dir = tempfile::tempdir().expect("a directory");
    let programs = lay_out(dir.path());
    // The README's first block is about the newcomer's own shell; it makes this one as well.
    if !commands.contains("mkdir play") {
        fs::create_dir(dir.path().join("play")).expect("a directory");
    }
    let script = format!("{PROLOGUE}{}", with_free_ports(&commands));
    let path = std::env::var("PATH").unwrap_or_default();
    let log = dir.path().join("output");
    let output = File::create(&log).expect("a file");
    let mut shell = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &script])
        .current_dir(dir.path())
        .env("PATH", format!("{}:{path}", programs.display()))
        .env("XDG_STATE_HOME", dir.path().join("state"))
        .env_remove("GIAPRANH_DIR")
        .env_remove("GIAPRANH_TOKEN_FILE")
        .stdin(Stdio::null())
        .stdout(output.try_clone().expect("a file"))
        .stderr(output)
        .process_group(0)
        .spawn()
        .expect("bash");
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = shell.try_wait().expect("its status") {
            break Some(status);
        }
        if Instant::now() > deadline {
            break None;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    if status.is_none() {
        // The group is the shell's own, with all that it started.
        let group = format!("-{}", shell.id());
        let ended = Command::new("kill").args(["-KILL", "--", &group]).status();
        assert!(ended.is_ok_and(|status| status.success()), "{group} was not killed");
        shell.wait().expect("its status");
    }
    let mut shown = fs::read_to_string(&log).expect("what it printed");
    for name in ["nats.log", "hcm.log", "long-an.log"] {
        let text = fs::read_to_string(dir.path().join("play").join(name)).unwrap_or_default();
        write!(shown, "\n── play/{name}\n{text}").expect("a text");
    }
    match status {
        Some(status) => assert!(status.success(), "a command of the README failed:\n{shown}"),
        None => panic!("the README's commands have not ended after {PATIENCE:?}:\n{shown}"),
    }
}

/// What stands in the marked blocks.
fn tested(readme: &str) -> String {
    let mut commands = String::new();
    let mut inside = false;
    for line in readme.lines() {
        match line.trim_end() {
            MARK => inside = true,
            "```" => inside = false,
            line if inside => commands.extend([line, "\n"]),
            _ => {}
        }
    }
    commands
}

/// Every port in it becomes one that nobody uses: tests run side by side.
fn with_free_ports(commands: &str) -> String {
    let ports: BTreeMap<&str, String> = commands
        .split("127.0.0.1:")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default())
        .filter(|port| port.len() >= 4)
        .map(|port| (port, free_port().expect("a port").to_string()))
        .collect();
    // Whole numbers only: a new port may have an old one's digits within.
    commands
        .split_inclusive(|c: char| !c.is_ascii_digit())
        .flat_map(|part| {
            let end = part.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
            let (number, after) = part.split_at(end);
            [ports.get(number).map_or(number, String::as_str), after]
        })
        .collect()
}

/// The repository as its reader finds it, and a folder with the programs.
fn lay_out(dir: &Path) -> PathBuf {
    symlink(root().join("deploy"), dir.join("deploy")).expect("a link");
    let programs = dir.join("programs");
    fs::create_dir(&programs).expect("a directory");
    let own = std::env::current_exe().expect("this program");
    let giapranh = own.parent().and_then(Path::parent).expect("a directory").join("giapranh");
    assert!(giapranh.exists(), "{} is missing: cargo build", giapranh.display());
    symlink(giapranh, programs.join("giapranh")).expect("a link");
    let named = std::env::var_os("GIAPRANH_NATS_SERVER").map(PathBuf::from);
    let server = named.unwrap_or_else(|| root().join(".tools/nats-server"));
    if server.exists() {
        symlink(server, programs.join("nats-server")).expect("a link");
    }
    programs
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

#[test]
fn only_marked_blocks_are_taken() {
    let readme =
        "a\n```sh\nrm -rf x\n```\nb\n```sh tested\none\ntwo\n```\n```sh tested\nthree\n```\n";
    assert_eq!(tested(readme), "one\ntwo\nthree\n");
}

#[test]
fn ports_are_replaced_everywhere() {
    let commands = with_free_ports("serve -p 4777\nrun 127.0.0.1:4777 127.0.0.1:4780\n");
    let port = commands.split_whitespace().nth(2).expect("a port");
    assert_ne!(port, "4777");
    assert!(commands.contains(&format!("127.0.0.1:{port} ")) && !commands.contains(":4780"));
}
