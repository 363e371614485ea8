//! What lies in the private server's directory: configuration, log, store, and the number of the
//! process that runs on them. Nobody but the owner reads any of it.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use crate::FeedError;

const CONFIG: &str = "nats-server.conf";
const LOG: &str = "nats-server.log";
const PID: &str = "nats-server.pid";
/// A log that is longer is put aside; two of these are kept.
const LOG_BYTES: u64 = 4 * 1024 * 1024;
/// How far back from its end a log is searched for what went wrong.
const TAIL_BYTES: u64 = 16 * 1024;
/// How much of it is told.
const COMPLAINT_CHARS: usize = 300;

/// Where the server listens, and who may come in.
pub(super) struct Listening {
    pub port: u16,
    pub user: &'static str,
    pub password: String,
}

/// What a server said of a configuration that it was told to read again.
pub(super) enum Reloaded {
    Done,
    Refused(String),
}

/// The directory.
pub(super) struct Files {
    dir: PathBuf,
}

impl Files {
    /// Makes the directory where it is missing.
    pub(super) fn open(dir: &Path) -> Result<Self, FeedError> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
        // Absolute: the server's command line has to name it to whoever starts next.
        let dir = made.and_then(|()| dir.canonicalize()).map_err(failed(dir))?;
        Ok(Self { dir })
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(super) fn config(&self) -> PathBuf {
        self.dir.join(CONFIG)
    }

    /// Writes the configuration. Its paths are relative to the directory, where the server is run.
    pub(super) fn write_config(&self, listening: &Listening) -> Result<(), FeedError> {
        let Listening { port, user, password } = listening;
        let text = format!(
            "# Written anew at each start of the node, for its private server.\n\
             server_name: \"private\"\n\
             host: \"127.0.0.1\"\n\
             port: {port}\n\
             authorization {{ user: \"{user}\", password: \"{password}\" }}\n\
             jetstream {{ store_dir: \"store\" }}\n\
             log_file: \"{LOG}\"\n\
             log_size_limit: {LOG_BYTES}\n\
             logfile_max_num: 2\n"
        );
        let path = self.config();
        // A file that is there keeps its mode, whatever that is.
        remove(&path).map_err(failed(&path))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let written = options.open(&path).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(failed(&path))
    }

    /// The log, to be appended to: what is said before the server opens it itself.
    pub(super) fn log(&self) -> io::Result<File> {
        OpenOptions::new().append(true).create(true).mode(0o600).open(self.dir.join(LOG))
    }

    /// How long the log is.
    pub(super) fn log_bytes(&self) -> u64 {
        std::fs::metadata(self.dir.join(LOG)).map_or(0, |found| found.len())
    }

    /// The last complaint in the log behind this length.
    pub(super) fn complaint(&self, after_bytes: u64) -> Option<String> {
        let text = self.tail(after_bytes)?;
        text.lines().rev().find_map(complaint_of)
    }

    /// The end of the log, as far as it lies behind this length.
    fn tail(&self, after_bytes: u64) -> Option<String> {
        let mut file = File::open(self.dir.join(LOG)).ok()?;
        let length = file.metadata().ok()?.len();
        // A log that became shorter was put aside and began anew.
        let after = if length < after_bytes { 0 } else { after_bytes };
        file.seek(SeekFrom::Start(after.max(length.saturating_sub(TAIL_BYTES)))).ok()?;
        let mut bytes = Vec::new();
        file.take(TAIL_BYTES).read_to_end(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Whether the server has said since this length that it took its configuration over.
    pub(super) fn reloaded(&self, after_bytes: u64) -> Option<Reloaded> {
        let text = self.tail(after_bytes)?;
        text.lines().find_map(|line| {
            if line.contains("Reloaded server configuration") {
                return Some(Reloaded::Done);
            }
            let (_, reason) = line.split_once("Failed to reload server configuration: ")?;
            Some(Reloaded::Refused(reason.chars().take(COMPLAINT_CHARS).collect()))
        })
    }

    /// Notes which process runs on these files.
    pub(super) fn note_pid(&self, pid: u32) -> io::Result<()> {
        std::fs::write(self.dir.join(PID), format!("{pid}\n"))
    }

    /// The process that was noted, whether it is still there or not.
    pub(super) fn noted_pid(&self) -> Option<i32> {
        let text = std::fs::read_to_string(self.dir.join(PID)).ok()?;
        text.trim().parse().ok().filter(|pid| *pid > 0)
    }

    /// Forgets the process.
    pub(super) fn forget_pid(&self) {
        if let Err(error) = remove(&self.dir.join(PID)) {
            // The next start looks at the process before it believes the file.
            tracing::debug!(%error, "the private server's pid file stays");
        }
    }
}

/// What a line complains of: one that the server marks, or one of whoever tried to start it.
fn complaint_of(line: &str) -> Option<String> {
    let marked = ["[FTL] ", "[ERR] "].iter().find_map(|mark| line.split_once(mark));
    let text = match marked {
        Some((_, text)) => text,
        None if line.starts_with("nats-server:") || line.starts_with("setpriv:") => line,
        None => return None,
    };
    Some(text.chars().take(COMPLAINT_CHARS).collect())
}

fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> FeedError {
    let what = path.display().to_string();
    move |error| FeedError::server_kept(what, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(log: &str) -> (tempfile::TempDir, Files) {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(dir.path()).unwrap();
        files.log().unwrap().write_all(log.as_bytes()).unwrap();
        (dir, files)
    }

    #[test]
    fn the_last_complaint_since_the_start_is_told() {
        let before = "[1] 2024/01/01 00:00:00.1 [FTL] an older one\n";
        let now = "[2] 2024/01/01 00:00:01.1 [INF] Starting\n[2] 2024/01/01 00:00:01.2 [FTL] Error \
                   listening on port: 4222\n[2] 2024/01/01 00:00:01.3 [INF] Exiting\n";
        let (_dir, files) = files(&format!("{before}{now}"));
        let start = before.len() as u64;
        assert_eq!(files.complaint(start).unwrap(), "Error listening on port: 4222");
        assert_eq!(files.complaint(files.log_bytes()), None);
        // Put aside and begun anew since.
        assert_eq!(files.complaint(1 << 20).unwrap(), "Error listening on port: 4222");
    }

    #[test]
    fn whoever_could_not_start_it_is_heard_too() {
        let line = "setpriv: failed to execute /x/nats-server: No such file or directory";
        let (_dir, files) = files(&format!("{line}\ngoroutine 1 [running]:\n"));
        assert_eq!(files.complaint(0).unwrap(), line);
    }

    #[test]
    fn a_configuration_that_others_could_read_is_made_private() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_dir, files) = files("");
        std::fs::write(files.config(), "old").unwrap();
        std::fs::set_permissions(files.config(), std::fs::Permissions::from_mode(0o644)).unwrap();
        let listening = Listening { port: 4222, user: "node", password: "00".into() };
        files.write_config(&listening).unwrap();
        let mode = std::fs::metadata(files.config()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
