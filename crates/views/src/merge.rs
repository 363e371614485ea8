//! Several lists, each in the same order, read as one.
//!
//! What a viewer sees lies in several zones, and what is due with several units. Asked for all at
//! once, SQLite would sort everything for one page; here each list gives its rows one by one, along
//! its index, and as few as the page needs.

use rusqlite::{Connection, Row, Rows};

use crate::ViewsError;
use crate::viewer::Parameter;

/// A statement whose rows are in order, and the value of its `:key`.
pub(crate) struct List {
    pub sql: String,
    pub key: Option<String>,
}

impl List {
    pub fn new(sql: String, key: Option<&str>) -> Self {
        Self { sql, key: key.map(str::to_owned) }
    }
}

/// The first rows of all lists together, in the ascending order of the keys that `make` gives. A row
/// that stands in several lists, under the same key, comes once; `take` gives what becomes of it, or
/// leaves it out.
pub(crate) fn merged<K: Ord, R, T>(
    views: &Connection,
    lists: &[List],
    parameters: &[Parameter<'_>],
    limit: usize,
    make: impl Fn(&Row<'_>) -> Result<(K, R), ViewsError>,
    mut take: impl FnMut(R) -> Result<Option<T>, ViewsError>,
) -> Result<Vec<T>, ViewsError> {
    let mut statements =
        lists.iter().map(|list| views.prepare_cached(&list.sql)).collect::<Result<Vec<_>, _>>()?;
    let mut cursors = Vec::new();
    for (statement, list) in statements.iter_mut().zip(lists) {
        let key: [Parameter<'_>; 1] = [(":key", &list.key)];
        cursors.push(statement.query([parameters, &key].concat().as_slice())?);
    }
    let next = |cursor: &mut Rows<'_>| cursor.next()?.map(&make).transpose();
    let mut heads = cursors.iter_mut().map(next).collect::<Result<Vec<_>, ViewsError>>()?;
    let (mut found, mut last) = (Vec::new(), None);
    while found.len() < limit {
        let keys = heads.iter().enumerate();
        let first = keys.filter_map(|(at, head)| Some((&head.as_ref()?.0, at))).min();
        let Some(at) = first.map(|(_, at)| at) else { break };
        let Some((key, row)) = heads[at].take() else { break };
        heads[at] = next(&mut cursors[at])?;
        if last.as_ref() != Some(&key) {
            found.extend(take(row)?);
        }
        last = Some(key);
    }
    Ok(found)
}
