//! The program that is told what is due: which one, and one run of it.
//!
//! No shell, nothing of the node's environment but `PATH`, the message on its standard input. It has
//! half a minute; what it writes goes to the log at level debug, the first of it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use crate::NodeError;
use crate::config::Due;

/// How long a run may take.
const TIME: Duration = Duration::from_secs(30);
/// How much of what it writes is kept.
const KEPT_BYTES: usize = 4 * 1024;
/// How long it is still listened to after it has ended: what it started may hold its pipes open.
const AFTER_END: Duration = Duration::from_millis(200);

/// A program that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hook {
    program: PathBuf,
    arguments: Vec<String>,
    time: Duration,
}

impl Hook {
    /// The hook of a configuration, if it has one.
    pub fn of(due: &Due) -> Result<Option<Self>, NodeError> {
        let Some(words) = &due.hook else { return Ok(None) };
        let unusable = |why: String| {
            NodeError::Request(format!("[due] hook in node.toml: {why}; correct it, or remove it"))
        };
        let Some((program, arguments)) = words.split_first() else {
            return Err(unusable("it names no program".to_owned()));
        };
        let path = PathBuf::from(program);
        if !path.is_absolute() {
            return Err(unusable(format!("{program} is no absolute path")));
        }
        let found =
            std::fs::metadata(&path).map_err(|error| unusable(format!("{program}: {error}")))?;
        if !found.is_file() || found.permissions().mode() & 0o111 == 0 {
            return Err(unusable(format!("{program} is no file that can be run")));
        }
        Ok(Some(Self { program: path, arguments: arguments.to_vec(), time: TIME }))
    }

    /// For people.
    pub fn name(&self) -> String {
        self.program.display().to_string()
    }

    /// Runs it once with a message. The error says how it failed. When the node ends meanwhile the
    /// program goes on by itself.
    pub async fn run(&self, message: &str) -> Result<(), String> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir("/").env_clear();
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // What ends the node at a terminal does not end it.
        command.process_group(0);
        let mut child = command.spawn().map_err(|error| format!("it can't be run: {error}"))?;
        let outputs = [child.stdout.take().map(listen), child.stderr.take().map(listen)];
        let stdin = child.stdin.take();
        let given = async {
            if let Some(mut stdin) = stdin {
                // A program that does not want to know is no failure.
                let _ = stdin.write_all(message.as_bytes()).await;
            }
        };
        let ended = tokio::time::timeout(self.time, async {
            given.await;
            child.wait().await
        });
        let ended = match ended.await {
            Ok(ended) => ended.map_err(|error| error.to_string()),
            Err(_) => Err(self.end(&mut child).await),
        };
        self.show(outputs).await;
        match ended {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("it ended with {status}")),
            Err(error) => Err(error),
        }
    }

    async fn end(&self, child: &mut Child) -> String {
        let text = format!("it was ended after {} s", self.time.as_secs());
        match child.kill().await {
            Ok(()) => text,
            Err(error) => format!("{text}, or could not be: {error}"),
        }
    }

    async fn show(&self, outputs: [Option<JoinHandle<Vec<u8>>>; 2]) {
        for mut output in outputs.into_iter().flatten() {
            match tokio::time::timeout(AFTER_END, &mut output).await {
                Ok(Ok(said)) if !said.is_empty() => {
                    let said = String::from_utf8_lossy(&said);
                    tracing::debug!(program = %self.program.display(), %said, "the hook says");
                }
                Ok(_) => {}
                Err(_) => output.abort(),
            }
        }
    }
}

/// Reads to the end and keeps the beginning: who can't write any more would wait.
fn listen(mut from: impl AsyncRead + Unpin + Send + 'static) -> JoinHandle<Vec<u8>> {
    tokio::spawn(async move {
        let (mut kept, mut buffer) = (Vec::new(), [0; 1024]);
        while let Ok(read @ 1..) = from.read(&mut buffer).await {
            let room = KEPT_BYTES.saturating_sub(kept.len()).min(read);
            kept.extend_from_slice(&buffer[..room]);
        }
        kept
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn of(words: &[&str]) -> Result<Option<Hook>, String> {
        let hook = Some(words.iter().map(|word| (*word).to_owned()).collect());
        Hook::of(&Due { hook }).map_err(|error| error.to_string())
    }

    fn shell(script: &str) -> Hook {
        of(&["/bin/sh", "-c", script]).unwrap().unwrap()
    }

    #[test]
    fn what_can_t_be_run_is_refused_at_the_start() {
        assert_eq!(Hook::of(&Due { hook: None }).unwrap(), None);
        let plain = tempfile::NamedTempFile::new().unwrap();
        let plain = plain.path().to_str().unwrap();
        for (words, why) in [
            (&[][..], "it names no program"),
            (&["bin/sh"][..], "bin/sh is no absolute path"),
            (&["/bin/no such program"][..], "No such file"),
            (&["/etc"][..], "/etc is no file that can be run"),
            (&[plain][..], "is no file that can be run"),
        ] {
            let refused = of(words).unwrap_err();
            assert!(refused.contains(why) && refused.contains("[due] hook"), "{refused}");
        }
    }

    #[tokio::test]
    async fn it_reads_the_message_and_knows_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let script = format!("cat > {0}; env >> {0}; pwd >> {0}", out.display());
        shell(&script).run("{\"duty\":\"review\"}\n").await.unwrap();
        let said = std::fs::read_to_string(&out).unwrap();
        let mut lines = said.lines();
        assert_eq!(lines.next(), Some("{\"duty\":\"review\"}"));
        assert_eq!(said.lines().last(), Some("/"));
        // A shell sets these itself.
        let own = ["PATH=", "PWD=", "OLDPWD=", "SHLVL=", "_=", "/"];
        assert!(lines.all(|line| own.iter().any(|own| line.starts_with(own))), "{said}");
        assert!(said.contains("PATH="), "{said}");
    }

    #[tokio::test]
    async fn how_it_fails_is_told() {
        let failed = shell("echo no >&2; exit 3").run("").await.unwrap_err();
        assert!(failed.contains("exit status: 3"), "{failed}");
        let gone = Hook { program: "/bin/no such program".into(), ..shell("") };
        assert!(gone.run("").await.unwrap_err().contains("can't be run"));
    }

    #[tokio::test]
    async fn much_output_stops_nothing_and_who_takes_too_long_is_ended() {
        shell("head -c 300000 /dev/zero").run("").await.unwrap();
        // What it started holds its output open.
        shell("sleep 5 & echo started").run("").await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        let late = dir.path().join("late");
        let slow = Hook {
            time: Duration::from_millis(300),
            ..shell(&format!("exec 2>&-; read x; exec sleep 2; touch {}", late.display()))
        };
        let failed = slow.run("go\n").await.unwrap_err();
        assert!(failed.contains("it was ended after"), "{failed}");
        assert!(!Path::new(&late).exists());
    }
}
