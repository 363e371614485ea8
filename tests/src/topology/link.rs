//! A link that can be cut: a network namespace for a province's server and nodes, and a pair of
//! interfaces between it and the rest.

use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Command;

use crate::cluster::{Failed, failed};

/// A link, whole until it is cut. Dropping it takes the namespace away.
#[derive(Debug)]
pub struct Link {
    province: &'static str,
    namespace: String,
    /// The interface on this side; the one on the other side is in the namespace.
    near: String,
    far: String,
    near_address: Ipv4Addr,
}

impl Link {
    /// Lays a link to a province. Fails where that is not permitted; the text says why.
    pub fn lay(province: &'static str) -> Result<Self, Failed> {
        let number = std::process::id() & 0x3fff;
        let [high, low] = u16::try_from(number << 2).map_err(failed)?.to_be_bytes();
        // Of the range that is set aside for measuring networks (RFC 2544): nobody's addresses.
        let address = |host: u8| Ipv4Addr::new(198, 18, high, low | host);
        let namespace = format!("giapranh-{number}");
        ip(&["netns", "add", &namespace])?;
        // From here on an early return drops the link, and with it the namespace.
        let link = Self {
            province,
            namespace,
            near: format!("gr{number}a"),
            far: format!("gr{number}b"),
            near_address: address(1),
        };
        let Self { namespace, near, far, .. } = &link;
        ip(&["link", "add", near, "type", "veth", "peer", "name", far, "netns", namespace])?;
        ip(&["address", "add", &format!("{}/30", address(1)), "dev", near])?;
        ip(&["-n", namespace, "address", "add", &format!("{}/30", address(2)), "dev", far])?;
        ip(&["link", "set", near, "up"])?;
        ip(&["-n", namespace, "link", "set", "lo", "up"])?;
        ip(&["-n", namespace, "link", "set", far, "up"])?;
        Ok(link)
    }

    /// Who is on the other side.
    pub fn province(&self) -> &str {
        self.province
    }

    /// This side's address, as the other side reaches it.
    pub fn near_address(&self) -> Ipv4Addr {
        self.near_address
    }

    /// Cuts it: what is sent is lost, and nobody is told.
    pub fn cut(&self) -> Result<(), Failed> {
        ip(&["-n", &self.namespace, "link", "set", &self.far, "down"])
    }

    /// Mends it.
    pub fn mend(&self) -> Result<(), Failed> {
        ip(&["-n", &self.namespace, "link", "set", &self.far, "up"])
    }

    /// A program on the other side.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.namespace]).arg(program);
        command
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // Both ends of the pair go with the namespace that one of them is in.
        let _ = ip(&["netns", "delete", &self.namespace]);
    }
}

fn ip(arguments: &[&str]) -> Result<(), Failed> {
    let line = || format!("ip {}", arguments.join(" "));
    let output = Command::new("ip").args(arguments).output();
    let output = output.map_err(|error| failed(format!("{}: {error}", line())))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(format!("{}: {}", line(), said.trim())))
}
