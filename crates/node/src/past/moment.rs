//! Which position of the log a moment is.

use std::path::Path;

use giapranh_log::{LogError, Reader};
use giapranh_web::{AsOf, AsOfError};

/// The position, and what counts as now there. Equal moments have equal positions.
pub fn resolve(log: &Path, asked: AsOf, now_ms: u64) -> Result<(u64, u64), AsOfError> {
    let failed = |error: LogError| AsOfError::Failed(error.to_string());
    let reader = Reader::open(log).map_err(failed)?;
    let head = reader.head().map_err(failed)?;
    match asked {
        AsOf::Position(0) => Err(AsOfError::BeforeTheFirst),
        AsOf::Position(position) if position > head => Err(AsOfError::BeyondTheEnd { head }),
        AsOf::Position(position) => {
            let stored = reader.after(position - 1, 1).map_err(failed)?;
            Ok((position, stored.first().map_or(0, |stored| stored.arrived_ms)))
        }
        AsOf::Arrived(time_ms) if time_ms > now_ms => Err(AsOfError::Future),
        AsOf::Arrived(time_ms) => {
            let position = newest(&reader, head, time_ms).map_err(failed)?;
            position.map(|position| (position, time_ms)).ok_or(AsOfError::BeforeTheFirst)
        }
    }
}

/// The newest position that had arrived by a time. Times of arrival never decrease along a log.
fn newest(reader: &Reader, head: u64, time_ms: u64) -> Result<Option<u64>, LogError> {
    // What is at `low` has arrived, what is after `high` has not.
    let (mut low, mut high) = (0, head);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        match reader.after(middle - 1, 1)?.first() {
            Some(stored) if stored.arrived_ms <= time_ms => low = stored.position.max(middle),
            _ => high = middle - 1,
        }
    }
    Ok((low > 0).then_some(low.min(head)))
}
