//! `--anchor`: what the auditor trusts, from a source that is not the file's.

use std::path::Path;

use giapranh_audit::Anchor;
use giapranh_record::PublicKey;

use crate::commands::failure;
use crate::exit::{Exit, Failure};
use crate::say;

/// Reads an anchor's file, or takes a key in hexadecimal digits.
pub fn read(text: Option<&str>) -> Result<Option<Anchor>, Failure> {
    let Some(text) = text else {
        return Ok(None);
    };
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        // Whatever the file trusts, it is not this: as with any other anchor than the file's.
        let public_key = PublicKey::from_hex(text).ok_or_else(|| {
            Failure::new(Exit::NotVerified, say!("anchor-no-key"))
                .next("giapranh help audit verify")
        })?;
        return Ok(Some(Anchor { registrar: None, public_key }));
    }
    let anchor = giapranh_node::Anchor::load(Path::new(text));
    let anchor = anchor.map_err(|error| failure::of_node(&error))?;
    let public_key = anchor.key().map_err(|error| failure::of_node(&error))?;
    Ok(Some(Anchor { registrar: Some(anchor.registrar), public_key }))
}
