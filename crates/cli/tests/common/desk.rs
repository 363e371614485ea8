//! A desk at which somebody signs in: the program with a folder of its own for what it keeps, and a
//! node that is a script and remembers what it was asked.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};

use serde_json::Value;
use tempfile::TempDir;

/// What the node does with a request.
pub enum Step {
    /// Answers it.
    Answer(u16, Value),
    /// Reads all of it, and is gone before it answers.
    Dies,
    /// Answers with these events, and is gone.
    Stream(String),
}

impl Step {
    fn text(self) -> String {
        match self {
            Self::Dies => String::new(),
            Self::Stream(events) => {
                format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n{events}")
            }
            Self::Answer(status, body) => {
                let body = if body.is_null() { String::new() } else { body.to_string() };
                let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {}", body.len());
                format!("{head}\r\nconnection: close\r\n\r\n{body}")
            }
        }
    }
}

/// A good answer.
pub fn ok(body: Value) -> Step {
    Step::Answer(200, body)
}

/// A refusal of one of the web's kinds.
pub fn problem(status: u16, kind: &str, detail: &str) -> Step {
    let kind = format!("urn:giapranh:problem:{kind}");
    let body = serde_json::json!({"type": kind, "title": "t", "detail": detail, "errors": []});
    Step::Answer(status, body)
}

/// A request as it arrived.
#[derive(Debug)]
pub struct Asked {
    /// `GET /api/v1/session`.
    pub line: String,
    /// In lower case but for the values.
    pub headers: Vec<(String, String)>,
    /// Null when there was none.
    pub body: Value,
}

impl Asked {
    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code.
    pub code: Option<i32>,
    /// What it printed.
    pub stdout: String,
    /// What it said beside that.
    pub stderr: String,
}

/// The desk.
pub struct Desk {
    node: TempDir,
    state: TempDir,
    language: &'static str,
}

impl Desk {
    /// A desk where nobody has signed in.
    pub fn new() -> Self {
        Self::speaking("en")
    }

    /// The same, in a language.
    pub fn speaking(language: &'static str) -> Self {
        let node = tempfile::tempdir().unwrap();
        std::fs::write(node.path().join("node.toml"), "").unwrap();
        Self { node, state: tempfile::tempdir().unwrap(), language }
    }

    /// The node's directory.
    pub fn dir(&self) -> &Path {
        self.node.path()
    }

    /// Every file that the program keeps.
    pub fn kept(&self) -> Vec<PathBuf> {
        fn below(dir: &Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    below(&path, found);
                } else {
                    found.push(path);
                }
            }
        }
        let mut found = Vec::new();
        below(self.state.path(), &mut found);
        found
    }

    /// From now on the node does this, and then it is gone. What it was asked comes back.
    pub fn serve(&self, steps: Vec<Step>) -> JoinHandle<Vec<Asked>> {
        let socket = self.dir().join("api.sock");
        let _ = std::fs::remove_file(&socket);
        let listener = UnixListener::bind(socket).unwrap();
        thread::spawn(move || {
            let mut steps = VecDeque::from(steps);
            let mut asked = Vec::new();
            while let Some(step) = steps.pop_front() {
                let (mut stream, _) = listener.accept().unwrap();
                asked.push(read(&stream));
                stream.write_all(step.text().as_bytes()).unwrap();
            }
            asked
        })
    }

    /// Runs a command.
    pub fn run(&self, line: &[&str]) -> Ended {
        self.typed("", line)
    }

    /// Runs a command with this on stdin.
    pub fn typed(&self, stdin: &str, line: &[&str]) -> Ended {
        self.with("GIAPRANH_TOKEN_FILE", Path::new(""), stdin, line)
    }

    /// Runs a command with a variable.
    pub fn with(&self, variable: &str, value: &Path, stdin: &str, line: &[&str]) -> Ended {
        let mut child = Command::new(env!("CARGO_BIN_EXE_giapranh"))
            .arg("--dir")
            .arg(self.dir())
            .args(line)
            .env_remove("GIAPRANH_DIR")
            .env_remove("GIAPRANH_LOG")
            .env("GIAPRANH_LANG", self.language)
            .env("LC_ALL", "C.UTF-8")
            .env("XDG_STATE_HOME", self.state.path())
            .env(variable, value)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads nothing may have ended.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let ended = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended { code: ended.status.code(), stdout: text(ended.stdout), stderr: text(ended.stderr) }
    }

    /// Signs somebody in.
    pub fn sign_in(&self, login: &str) {
        let node = self.serve(vec![signed_in(login)]);
        let ended = self.typed("mật khẩu\n", &["sign-in", login, "--password-stdin"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        node.join().unwrap();
    }
}

/// What the node answers to who signs in; the token is `gr_s_LOGIN`.
pub fn signed_in(login: &str) -> Step {
    Step::Answer(
        201,
        serde_json::json!({"token": format!("gr_s_{login}"), "id": format!("cb-{login}"),
            "unit": "hcm", "roles": ["duty", "issuer"], "must_change": false,
            "admission": "session", "expires_ms": 1_717_138_800_000_u64}),
    )
}

/// What the node answers to a command about an alert.
pub fn accepted(alert: &str) -> Step {
    ok(serde_json::json!({"event_id": "01900000-0000-7000-8000-000000000009", "position": 12,
        "alert": alert, "zones": ["hcm-long-an"]}))
}

/// An alert about an invented person, in force, with nothing said about it yet.
pub fn alert(category: &str) -> Value {
    let person = serde_json::json!({"name": "TRẦN VĂN VÍ DỤ", "sex": "male",
        "person_class": "suspect"});
    let mut content = serde_json::json!({"category": category, "headline": "Đối tượng VÍ DỤ",
        "severity": "critical", "required_action": "observe", "contact": "0000",
        "review_by": "2999-01-01", "expires": "2999-12-31"});
    match category {
        "travelling-offender" => {
            content["travelling_offender"] = serde_json::json!({"person": person, "area": "x"});
        }
        _ => {
            content["wanted_person"] =
                serde_json::json!({"person": person, "wanted_class": "ordinary"});
        }
    }
    serde_json::json!({"id": "hcm/2024/000001", "issuer_name": "Công an VÍ DỤ",
        "responsible": "hcm", "status": "active", "version": 3, "category": category,
        "content": content, "zones": ["hcm-long-an"], "all_zones": ["hcm-long-an"],
        "issued": 1_717_138_800_000_u64, "changed": 1_717_138_800_000_u64,
        "expires": 32_503_654_800_000_u64, "drafted_by": "cb-01", "approved_by": "cb-02",
        "withdrawal": null, "hidden": null, "asked": null,
        "review": [32_400_000_000_000_u64, 32_450_000_000_000_u64], "acknowledged": {},
        "flags": {}, "links": {}, "hits": {},
        "timeline": [{"event_id": "01900000-0000-7000-8000-000000000001", "kind": "alert.issued",
            "unit": "hcm", "recorded": 1_717_138_800_000_u64, "verdict": "valid"}]})
}

fn read(stream: &UnixStream) -> Asked {
    let mut reader = BufReader::new(stream);
    let mut lines = reader.by_ref().lines().map(Result::unwrap);
    let line = lines.next().unwrap().replace(" HTTP/1.1", "");
    let headers: Vec<(String, String)> = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            let (name, value) = line.split_once(": ")?;
            Some((name.to_lowercase(), value.to_owned()))
        })
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    let body = serde_json::from_slice(&body).unwrap_or_default();
    Asked { line, headers, body }
}
