//! The log as the views read it.

use std::sync::Arc;

use giapranh_log::{LogError, Reader};
use giapranh_record::{DataKey, Hash, ZONE_DIRECTORY};
use giapranh_views::{Source, SourceError, Stored};

/// The keys of sealed payloads that somebody holds.
pub trait Keys: Send + Sync {
    /// The key with that commitment; `None` when it is not there, or was destroyed.
    fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, SourceError>;
}

/// A log, up to a position, with the keys to it that there are.
pub struct LogSource {
    reader: Reader,
    until: u64,
    keys: Option<Arc<dyn Keys>>,
}

impl LogSource {
    /// The whole log, as it grows.
    pub fn whole(reader: Reader) -> Self {
        Self::until(reader, u64::MAX >> 1)
    }

    /// The log as it was at a position.
    pub fn until(reader: Reader, until: u64) -> Self {
        Self { reader, until, keys: None }
    }

    /// The same with keys: without, of what is sealed the headers are all there is.
    #[must_use]
    pub fn with_keys(self, keys: Option<Arc<dyn Keys>>) -> Self {
        Self { keys, ..self }
    }
}

impl Source for LogSource {
    fn after(&self, after: u64, limit: usize) -> Result<Vec<Stored>, SourceError> {
        let mut stored = convert(self.reader.after(after, limit))?;
        stored.retain(|stored| stored.position <= self.until);
        Ok(stored)
    }

    fn of_alert(&self, alert: &str, until: u64) -> Result<Vec<Stored>, SourceError> {
        convert(self.reader.of_alert(alert, until.min(self.until)))
    }

    fn directory(&self, after: u64, until: u64) -> Result<Vec<Stored>, SourceError> {
        convert(self.reader.of_zone(ZONE_DIRECTORY, after, until.min(self.until)))
    }

    fn head(&self) -> Result<u64, SourceError> {
        Ok(self.reader.head().map_err(SourceError::new)?.min(self.until))
    }

    fn key(&self, commitment: &Hash) -> Result<Option<DataKey>, SourceError> {
        self.keys.as_ref().map_or(Ok(None), |keys| keys.key(commitment))
    }
}

fn convert(
    stored: Result<Vec<giapranh_log::Stored>, LogError>,
) -> Result<Vec<Stored>, SourceError> {
    let convert = |stored: giapranh_log::Stored| {
        let giapranh_log::Stored { position, arrived_ms, event } = stored;
        Stored { position, arrived_ms, event }
    };
    Ok(stored.map_err(SourceError::new)?.into_iter().map(convert).collect())
}
