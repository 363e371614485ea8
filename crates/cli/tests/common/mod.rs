//! The program, and a node that is a script, for the tests beside this folder.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

pub mod desk;
pub mod founded;

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use tempfile::TempDir;

/// What the node answers.
pub struct Answer {
    status: u16,
    body: String,
}

impl Answer {
    /// An answer with this HTTP status.
    pub fn new(status: u16, body: &str) -> Self {
        Self { status, body: body.to_owned() }
    }

    /// A good answer.
    pub fn ok(body: &str) -> Self {
        Self::new(200, body)
    }
}

/// A node in a directory of its own, which answers one connection after the other.
pub struct Node {
    dir: TempDir,
}

impl Node {
    /// A node that gives these answers, and then is gone.
    pub fn answering(answers: Vec<Answer>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("node.toml"), "").unwrap();
        let listener = UnixListener::bind(dir.path().join("api.sock")).unwrap();
        thread::spawn(move || {
            for Answer { status, body } in answers {
                let (mut stream, _) = listener.accept().unwrap();
                read(&stream);
                let length = body.len();
                let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {length}");
                let answer = format!("{head}\r\nconnection: close\r\n\r\n{body}");
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { dir }
    }

    /// Its directory.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }
}

fn read(stream: &UnixStream) {
    let mut reader = BufReader::new(stream);
    let lines = reader.by_ref().lines().map(Result::unwrap);
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let length = headers
        .iter()
        .find_map(|header| header.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
}

/// Exit code, stdout and stderr of the program on that directory, in that language.
pub fn giapranh(dir: &Path, language: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let ended = Command::new(env!("CARGO_BIN_EXE_giapranh"))
        .arg("--dir")
        .arg(dir)
        .args(arguments)
        .env_remove("GIAPRANH_DIR")
        .env_remove("GIAPRANH_LOG")
        .env("GIAPRANH_LANG", language)
        .env("LC_ALL", "C.UTF-8")
        // What is kept for the user of the machine is not the test's.
        .env("XDG_STATE_HOME", dir.join("state"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}
