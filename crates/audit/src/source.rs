//! The log as the views read it.

use giapranh_log::{LogError, Reader};
use giapranh_record::ZONE_DIRECTORY;
use giapranh_views::{Source, SourceError, Stored};

/// A log, up to a position.
pub struct LogSource {
    reader: Reader,
    until: u64,
}

impl LogSource {
    /// The whole log, as it grows.
    pub fn whole(reader: Reader) -> Self {
        Self { reader, until: u64::MAX >> 1 }
    }

    /// The log as it was at a position.
    pub fn until(reader: Reader, until: u64) -> Self {
        Self { reader, until }
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
