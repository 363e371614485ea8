//! The console for other machines: where it listens, under which names, and with which certificate. The
//! files are looked at again from time to time, so that a renewed certificate needs no restart.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use giapranh_web::{Certificate, TlsConfig, tls_config};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::Console;
use crate::{Config, NodeError};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(30);

/// The console of a node that has one for other machines.
pub(crate) struct Reachable {
    pub listener: TcpListener,
    pub certificate: Certificate,
    pub names: Arc<[String]>,
    pub files: Files,
}

/// The certificate's files, and whom a change is told.
pub(crate) struct Files {
    certificate: PathBuf,
    key: PathBuf,
    read: [Option<SystemTime>; 2],
    told: watch::Sender<Arc<TlsConfig>>,
}

impl Reachable {
    /// Listens, if `node.toml` says so.
    pub async fn open(dir: &Path, config: &Config) -> Result<Option<Self>, NodeError> {
        let Some(console) = &config.console else { return Ok(None) };
        let names = names(console)?;
        let (certificate, key) = (dir.join(&console.certificate), dir.join(&console.key));
        let read = [&certificate, &key].map(|path| changed(path));
        let (told, loaded) = watch::channel(load(&certificate, &key)?);
        let error = |source| NodeError::Listen { address: console.listen.clone(), source };
        let listener = TcpListener::bind(&console.listen).await.map_err(error)?;
        if let (Ok(bound), Some(name)) = (listener.local_addr(), names.first()) {
            let port = bound.port();
            tracing::info!(address = %bound, "the console is at https://{name}:{port}/");
        }
        let files = Files { certificate, key, read, told };
        Ok(Some(Self { listener, certificate: loaded, names, files }))
    }
}

impl Files {
    /// Takes over what changes, for ever. What can't be used is told, and the old one stays.
    pub async fn follow(mut self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let now = [&self.certificate, &self.key].map(|path| changed(path));
            if now == self.read {
                continue;
            }
            self.read = now;
            match load(&self.certificate, &self.key) {
                Ok(loaded) => {
                    tracing::info!("the console has a new certificate");
                    self.told.send_replace(loaded);
                }
                Err(error) => tracing::error!(%error, "the console keeps its old certificate"),
            }
        }
    }
}

fn names(console: &Console) -> Result<Arc<[String]>, NodeError> {
    let is_name = |name: &&String| !name.is_empty() && !name.contains(['/', ':', '@', ' ']);
    if console.names.is_empty() || !console.names.iter().all(|name| is_name(&name)) {
        let text = "[console] in node.toml: names has to list the names under which browsers ask, \
                    without scheme and port: names = [\"node.example\"]";
        return Err(NodeError::Request(text.to_owned()));
    }
    Ok(console.names.clone().into())
}

fn load(certificate: &Path, key: &Path) -> Result<Arc<TlsConfig>, NodeError> {
    let read = |path: &Path| std::fs::read(path).map_err(NodeError::io(path));
    let mode = std::fs::metadata(key).map_err(NodeError::io(key))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(NodeError::KeyNotPrivate { path: key.to_owned() });
    }
    tls_config(&read(certificate)?, &read(key)?).map_err(|error| {
        let (certificate, key) = (certificate.display(), key.display());
        NodeError::Request(format!("the console's {certificate} and {key}: {error}"))
    })
}

fn changed(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|found| found.modified()).ok()
}
