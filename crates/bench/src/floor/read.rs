//! Reading the bytes of all events in order, and decoding the protobuf in them.

use std::path::Path;

use anyhow::Result;
use bytes::Bytes;
use giapranh_domain::wire::proto as said;
use giapranh_record::proto;
use prost::Message as _;
use rusqlite::{Connection, OpenFlags};

/// Opens a table of [`super::append`].
pub fn open(path: &Path) -> Result<Connection> {
    Ok(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)
}

/// Gives the bytes of the first events, in order.
pub fn each(
    connection: &Connection,
    limit: usize,
    mut take: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let mut select = connection.prepare("SELECT bytes FROM events ORDER BY position LIMIT ?1")?;
    let mut rows = select.query([limit])?;
    while let Some(row) = rows.next()? {
        take(row.get_ref(0)?.as_blob()?)?;
    }
    Ok(())
}

/// An event and what it says, as generated code reads them.
pub struct Decoded {
    /// What servers may see.
    pub header: proto::Header,
    /// What the alert says, where the event carries one.
    pub version: Option<said::AlertVersion>,
}

/// Reads all of an event.
pub fn decode(bytes: &[u8]) -> Result<Decoded> {
    let envelope = proto::SignedEvent::decode(Bytes::copy_from_slice(bytes))?;
    let header = proto::Header::decode(envelope.header)?;
    let payload = proto::Payload::decode(envelope.payload)?;
    let Some(proto::payload::Form::Plain(plain)) = payload.form else {
        return Ok(Decoded { header, version: None });
    };
    let mut version = None;
    match header.kind.as_str() {
        "alert.issued" | "alert.amended" => version = Some(said::AlertVersion::decode(plain)?),
        "alert.withdrawn" => drop(said::Withdrawal::decode(plain)?),
        "hit.reported" => drop(said::Hit::decode(plain)?),
        "hit.answered" => drop(said::Answer::decode(plain)?),
        "directory.changed" => drop(said::DirectoryChanged::decode(plain)?),
        _ => {}
    }
    Ok(Decoded { header, version })
}
