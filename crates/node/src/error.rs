//! Why a node can't be made, started or go on.

use std::path::PathBuf;

/// What stops a node or a command on its files.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum NodeError {
    #[error(
        "{0} is no node's directory: node.toml is missing (create one with: giapranh node init)"
    )]
    NotANode(PathBuf),
    #[error("{path}: {detail}")]
    Config { path: PathBuf, detail: String },
    #[error("{path} can be read by others; make it private with: chmod 600 {path}")]
    KeyNotPrivate { path: PathBuf },
    #[error("this node is of {unit}; only the registrar's ({registrar}) founds the directory")]
    NotRegistrar { unit: String, registrar: String },
    #[error("the directory was founded already (head {0})")]
    Founded(u64),
    #[error("{0}")]
    Request(String),
    #[error("the address {address} can't be served: {source}")]
    Listen { address: String, source: std::io::Error },
    #[error("{0} is not a loopback address; pages are served to this machine only")]
    NotLoopback(String),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Log(#[from] giapranh_log::LogError),
    #[error(transparent)]
    Views(#[from] giapranh_views::ViewsError),
    #[error(transparent)]
    Feed(#[from] giapranh_feed::FeedError),
    #[error(transparent)]
    Founding(#[from] giapranh_domain::founding::FoundingError),
    #[error(transparent)]
    Vault(#[from] giapranh_vault::VaultError),
    #[error("the views stopped: {0}")]
    Projection(String),
}

impl NodeError {
    /// An error of the file system, with the path.
    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
