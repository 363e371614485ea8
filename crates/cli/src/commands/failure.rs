//! What the libraries report, as a failure: the exit code, the sentence and what to type next.
//!
//! A cause that has no sentence here keeps the library's own, which is English.

use std::path::Path;

use giapranh_audit::AuditError;
use giapranh_feed::FeedError;
use giapranh_log::LogError;
use giapranh_node::NodeError;

use crate::exit::{Exit, Failure};
use crate::next::{line, quoted};
use crate::say;

/// A failure of a node's own files.
pub fn of_node(error: &NodeError) -> Failure {
    match error {
        NodeError::Log(error) => of_log(error),
        NodeError::NotANode(dir) => {
            Failure::new(Exit::NotFound, say!("not-a-node", dir = shown(dir)))
                .next(format!("giapranh node init --dir {} --unit UNIT", quoted(dir)))
        }
        NodeError::Config { path, .. } => {
            Failure::new(Exit::Failed, error.to_string()).next(format!("vi {}", quoted(path)))
        }
        NodeError::KeyNotPrivate { path } => {
            Failure::new(Exit::Failed, say!("key-not-private", path = shown(path)))
                .next(format!("chmod 600 {}", quoted(path)))
        }
        NodeError::NotRegistrar { unit, registrar } => {
            let (unit, registrar) = (unit.as_str(), registrar.as_str());
            Failure::new(Exit::Refused, say!("not-registrar", unit = unit, registrar = registrar))
                .next(line("directory anchor"))
        }
        NodeError::Founded(head) => {
            Failure::new(Exit::Refused, say!("founded-already", head = head.to_string()))
                .next(line("zone list"))
        }
        NodeError::Request(_) => Failure::new(Exit::Refused, error.to_string()),
        NodeError::Founding(_) => {
            Failure::new(Exit::Failed, error.to_string()).next("giapranh help directory found")
        }
        NodeError::NotLoopback(address) => {
            Failure::new(Exit::Failed, say!("not-loopback", address = address.as_str()))
                .next(format!("{} --http 127.0.0.1:8080", line("node run")))
        }
        NodeError::Listen { .. } => Failure::new(Exit::Failed, error.to_string())
            .next(format!("{} --http 127.0.0.1:0", line("node run"))),
        NodeError::Io { path, .. } => {
            Failure::new(Exit::Failed, error.to_string()).next(format!("ls -la {}", parent(path)))
        }
        NodeError::Views(_) | NodeError::Projection(_) => {
            Failure::new(Exit::Failed, error.to_string()).next(line("rebuild"))
        }
        NodeError::Feed(error) => of_feed(error),
        // It names the file of the accounts, and what to do with it.
        NodeError::Vault(_) => {
            Failure::new(Exit::Failed, error.to_string()).next("giapranh help officer")
        }
    }
}

/// The same, and what helps where what was asked for is refused.
pub fn of_request(error: &NodeError, helps: &str) -> Failure {
    match (error, of_node(error)) {
        (NodeError::Request(_), failure) => failure.next(line(helps)),
        (_, failure) => failure,
    }
}

/// A failure of NATS, of its servers and their files.
pub fn of_feed(error: &FeedError) -> Failure {
    let failure = Failure::new(Exit::Failed, error.to_string());
    match error {
        FeedError::File { path, .. } => failure.next(format!("ls -la {}", parent(path))),
        FeedError::NotPrivate { path } => failure.next(format!("chmod 600 {}", quoted(path))),
        FeedError::Authority { .. } => failure.next("giapranh help deploy certificate"),
        FeedError::ServerKept { .. } => failure.next("giapranh help deploy serve"),
        _ => failure.next(format!("{} --nats nats://127.0.0.1:4222", line("node run"))),
    }
}

/// A failure of a log's file.
pub fn of_log(error: &LogError) -> Failure {
    let failure = |sentence| Failure::new(Exit::LogUnusable, sentence);
    match error {
        LogError::Absent(path) => {
            failure(say!("log-absent", path = shown(path))).next(format!("ls -la {}", parent(path)))
        }
        LogError::NotALog(path) => {
            failure(say!("not-a-log", path = shown(path))).next(format!("ls -la {}", parent(path)))
        }
        LogError::Exists(path) => {
            // It was never a log that can't be used, but a node that is there.
            Failure::new(Exit::Failed, say!("log-exists", path = shown(path)))
                .next(line("node status"))
        }
        LogError::Busy(path) => {
            failure(say!("log-busy", path = shown(path))).next(line("node status"))
        }
        LogError::Damaged { path, position, .. } if *position > 0 => failure(error.to_string())
            .next(format!("giapranh audit replay {} --until {position}", quoted(path))),
        LogError::Newer { .. } => failure(error.to_string()).next("giapranh --version"),
        _ => failure(error.to_string()),
    }
}

/// A failure to audit, which is not a fault that an audit found.
pub fn of_audit(error: &AuditError) -> Failure {
    match error {
        AuditError::Log(error) => of_log(error),
        AuditError::Unit(_) => Failure::new(Exit::LogUnusable, error.to_string()),
        AuditError::OtherAnchor { found, given } => {
            let (found, given) = (found.as_str(), given.as_str());
            Failure::new(Exit::NotVerified, say!("other-anchor", found = found, given = given))
                .next(line("directory anchor"))
        }
        AuditError::BeforeTheFirst => Failure::new(Exit::NotFound, say!("before-the-first"))
            .next("giapranh help audit replay"),
        AuditError::BeyondTheEnd { asked, head } => {
            let (asked, head) = (asked.to_string(), head.to_string());
            Failure::new(Exit::NotFound, say!("beyond-the-end", asked = asked, head = head))
                .next("giapranh help audit replay")
        }
        AuditError::OtherTree { .. } => Failure::new(Exit::NotVerified, error.to_string()),
        AuditError::Nothing(_) => {
            Failure::new(Exit::NotFound, error.to_string()).next(line("alert list --status all"))
        }
        AuditError::OwnTreeIncomplete { tree, missing } => {
            let (tree, missing) = (tree.as_str(), missing.as_str());
            let sentence = say!("own-tree-incomplete", tree = tree, missing = missing);
            Failure::new(Exit::LogUnusable, sentence).next(line("node status"))
        }
        AuditError::OtherKey(unit) => {
            Failure::new(Exit::Refused, say!("key-of-another-log", unit = unit.as_str()))
                .next(line("node status"))
        }
        AuditError::Exists(path) => {
            Failure::new(Exit::Refused, say!("exists-already", path = shown(path)))
                .next(format!("ls -l {}", quoted(path)))
        }
        AuditError::NotACheckpoint { .. } | AuditError::Request(_) => {
            Failure::new(Exit::Refused, error.to_string()).next("giapranh help audit")
        }
        AuditError::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
            Failure::new(Exit::NotFound, error.to_string())
        }
        _ => Failure::new(Exit::Failed, error.to_string()),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The directory that holds a file, as a shell takes it.
fn parent(path: &Path) -> String {
    quoted(path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}
