//! `giapranh deploy ca, certificate`: for those who have no authority of their own.

use std::path::Path;

use anyhow::Result;
use giapranh_feed::FeedError;
use giapranh_feed::authority::{Authority, Issued};
use jiff::Timestamp;

use super::{Place, failure, make_dir, written};
use crate::args::deploy::{Ca, Certificate};
use crate::commands::file::read_file;
use crate::commands::hint;
use crate::exit::{Exit, Failure};
use crate::next;

/// Makes an authority.
pub fn authority(place: &Place, Ca { out }: &Ca) -> Result<()> {
    let authority = Authority::create(Timestamp::now()).map_err(|error| failed(&error))?;
    write(place, &authority.own(), out, "ca")
}

/// Issues a certificate.
pub fn issue(place: &Place, arguments: &Certificate) -> Result<()> {
    let Certificate { ca, server, hosts, unit, out } = arguments;
    let read = |name: &str| {
        let line = format!("giapranh deploy ca --out {}", next::quoted(ca));
        read_file(&ca.join(name)).map_err(|error| hint(error, line))
    };
    let authority = Authority::open(&read("ca.pem")?, &read("ca.key")?);
    let authority = authority.map_err(|error| failed(&error))?;
    let now = Timestamp::now();
    let (issued, name) = match (server, unit) {
        (Some(name), _) => (authority.server(hosts, now), name.as_str()),
        (None, Some(unit)) => (authority.client(unit.as_str(), now), unit.as_str()),
        // One of them is required.
        (None, None) => (authority.client("", now), ""),
    };
    write(place, &issued.map_err(|error| failed(&error))?, out, name)
}

fn write(place: &Place, issued: &Issued, out: &Path, name: &str) -> Result<()> {
    make_dir(out)?;
    let [certificate, key] = ["pem", "key"].map(|kind| out.join(format!("{name}.{kind}")));
    issued.write(&certificate, &key).map_err(|error| match error {
        FeedError::File { ref path, .. } if path.exists() => {
            let line = format!("ls -l {}", next::quoted(path));
            Failure::new(Exit::Refused, error.to_string()).next(line)
        }
        error => failure::of_feed(&error),
    })?;
    written(place, &[&certificate, &key])
}

fn failed(error: &FeedError) -> Failure {
    failure::of_feed(error)
}
