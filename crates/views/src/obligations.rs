//! What is to be done: written whenever an alert or a draft of it is folded, read by who must act.

use giapranh_domain::codes::Duty;
use giapranh_domain::{AlertId, Obligation, UnitId};
use rusqlite::{Connection, Row, params};

use crate::ViewsError;
use crate::query::{id, id_in};

/// As [`obligation`] reads them.
pub(crate) const COLUMNS: &str = "obligations.alert, obligations.duty, obligations.subject,
    obligations.unit, obligations.rank, obligations.begun_ms, obligations.due_ms,
    obligations.escalates_ms, obligations.escalates_to, obligations.ends_ms,
    obligations.responsible";

/// Replaces the obligations of an alert and its draft, where they are others than before: most
/// events change none, and each stands in several orders.
pub(crate) fn write(
    connection: &Connection,
    alert: &AlertId,
    responsible: &UnitId,
    mut wanted: Vec<Obligation>,
) -> Result<(), ViewsError> {
    let named = alert.to_string();
    let sql = format!("SELECT {COLUMNS} FROM obligations WHERE alert = ?1");
    let mut known = connection.prepare_cached(&sql)?;
    let mut rows = known.query([&named])?;
    let (mut before, mut same) = (Vec::new(), true);
    while let Some(row) = rows.next()? {
        before.push(obligation(row)?);
        same &= row.get::<_, String>(10)? == responsible.as_str();
    }
    before.sort_by(order);
    wanted.sort_by(order);
    if same && before == wanted {
        return Ok(());
    }
    connection.prepare_cached("DELETE FROM obligations WHERE alert = ?1")?.execute([&named])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO obligations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    for one in &wanted {
        let escalates = one.escalates.as_ref();
        insert.execute(params![
            named,
            one.duty.code(),
            subject(one),
            one.unit.as_str(),
            one.unit.province().as_str(),
            responsible.as_str(),
            !one.urgent,
            one.begun,
            one.due,
            escalates.map(|(at, _)| at),
            escalates.map(|(_, above)| above.as_str()),
            one.ends,
        ])?;
    }
    Ok(())
}

/// Reads [`COLUMNS`], which stand first.
pub(crate) fn obligation(row: &Row<'_>) -> Result<Obligation, ViewsError> {
    let (duty, subject): (String, String) = (row.get(1)?, row.get(2)?);
    let above = row.get::<_, Option<String>>(8)?.as_deref().map(id).transpose()?;
    Ok(Obligation {
        duty: Duty::parse(&duty).ok_or_else(|| ViewsError::damaged(format!("a duty {duty}")))?,
        alert: id_in(row, 0)?,
        subject: (!subject.is_empty()).then(|| id(&subject)).transpose()?,
        unit: id_in(row, 3)?,
        urgent: row.get::<_, u8>(4)? == 0,
        begun: row.get(5)?,
        due: row.get(6)?,
        escalates: row.get::<_, Option<u64>>(7)?.zip(above),
        ends: row.get(9)?,
    })
}

/// As it stands in the table.
pub(crate) fn subject(obligation: &Obligation) -> String {
    obligation.subject.map_or_else(String::new, |subject| subject.to_string())
}

fn order(a: &Obligation, b: &Obligation) -> std::cmp::Ordering {
    let key = |one: &Obligation| (one.duty, one.subject, one.unit.clone());
    key(a).cmp(&key(b))
}
