//! Alerts whose key has not come.

use giapranh_domain::AlertId;
use rusqlite::Row;

use crate::query::{collect, id_in};
use crate::{Views, ViewsError};

impl Views {
    /// Alerts that nobody here can read because their key has not come, by id, after one.
    pub fn waiting_for_keys(
        &self,
        after: Option<&AlertId>,
        limit: usize,
    ) -> Result<Vec<AlertId>, ViewsError> {
        let sql = "SELECT id FROM alerts INDEXED BY alerts_sealed
            WHERE sealed = 'waiting' AND id > ?1 ORDER BY id LIMIT ?2";
        let after = after.map_or_else(String::new, ToString::to_string);
        self.read(|views| collect(views, sql, (after, limit), |row: &Row<'_>| id_in(row, 0)))
    }
}
