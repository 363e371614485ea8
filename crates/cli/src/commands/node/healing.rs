//! When a node's log was lost: another one in its place, or a new epoch.

use anyhow::Result;
use giapranh_node::restore;

use super::{Place, failure};
use crate::args::Form;
use crate::args::node::Restore;
use crate::{next, output, say};

/// Puts a backup, or an empty log, in the place of a lost one.
pub fn restore(place: &Place, Restore { backup, epoch }: &Restore) -> Result<()> {
    let restored = restore::restore(place.dir()?, backup.as_deref(), *epoch)
        .map_err(|error| failure::of_request(&error, "help node restore"))?;
    match place.form {
        Form::Json => output::json(&restored)?,
        Form::Table => {
            let (unit, position) = (restored.unit.as_str(), restored.position);
            output::line(&say!("restored", unit = unit, position = position))?;
        }
    }
    output::note(&say!("restored-next", line = next::line("node run")));
    Ok(())
}

/// Goes on in the next epoch.
pub fn begin_epoch(place: &Place) -> Result<()> {
    let begun = restore::begin_epoch(place.dir()?)
        .map_err(|error| failure::of_request(&error, "help directory revoke"))?;
    match place.form {
        Form::Json => output::json(&begun)?,
        Form::Table => {
            let (unit, epoch) = (begun.unit.as_str(), begun.epoch);
            output::line(&say!("epoch-begun", unit = unit, epoch = epoch))?;
        }
    }
    Ok(())
}
