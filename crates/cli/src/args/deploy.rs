//! `giapranh deploy …`

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use giapranh_domain::UnitId;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the configurations of a topology's NATS servers, as the directory is now.
    Render(Topology),
    /// Write them, and let the servers that run here take over what changed.
    Apply(Topology),
    /// Run a server of the topology until SIGINT or SIGTERM; it follows the directory.
    Serve(Serve),
    /// Make a certificate authority, for those who have none.
    Ca(Ca),
    /// Issue the certificate of a server or of a unit's node.
    Certificate(Certificate),
    /// Write the secret by which the hub knows the server of this node's province.
    Link(Link),
}

#[derive(Debug, Args)]
pub struct Topology {
    /// Where the servers stand, as TOML (docs/OPERATIONS.md).
    #[arg(long, value_name = "FILE")]
    pub topology: PathBuf,
    /// The folder that has a folder for each server.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub topology: Topology,
    /// The server, by its name in the topology.
    #[arg(long, value_name = "NAME")]
    pub server: String,
}

#[derive(Debug, Args)]
pub struct Ca {
    /// The folder that gets ca.pem, for everybody, and ca.key, which its owner alone may read.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("whose").required(true).args(["server", "unit"]))]
pub struct Certificate {
    /// The folder with ca.pem and ca.key.
    #[arg(long, value_name = "DIR")]
    pub ca: PathBuf,
    /// For a server; its files get this name.
    #[arg(long, value_name = "NAME", requires = "hosts")]
    pub server: Option<String>,
    /// A name or an IP address by which the server is reached; may be repeated.
    #[arg(id = "hosts", long = "name", value_name = "HOST", num_args = 1.., conflicts_with = "unit")]
    pub hosts: Vec<String>,
    /// For the node of this unit.
    #[arg(long)]
    pub unit: Option<UnitId>,
    /// The folder that gets the certificate and its key.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Link {
    /// The file to be written, which must not exist; the leaf's configuration reads OUT/NAME/link.conf.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}
