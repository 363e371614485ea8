//! A table as text, read into rows that know where they stand.

/// A row of a table is at fault: correct the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {message}")]
pub struct TableError {
    /// Name of the table.
    pub file: &'static str,
    /// From 1, the heading's.
    pub line: u64,
    /// What is wrong with it.
    pub message: String,
}

/// A row of a table: the cells of the columns that were asked for.
pub(crate) struct Row<const N: usize> {
    file: &'static str,
    pub(crate) line: u64,
    pub(crate) cells: [String; N],
}

impl<const N: usize> Row<N> {
    /// What is wrong with this row.
    pub(crate) fn error(&self, message: impl Into<String>) -> TableError {
        at(self.file, self.line, message)
    }

    /// A cell as one of a closed list.
    pub(crate) fn code<T>(
        &self,
        text: &str,
        parse: fn(&str) -> Option<T>,
        list: fn() -> String,
    ) -> Result<T, TableError> {
        parse(text).ok_or_else(|| self.error(format!("\"{text}\" is none of {}", list())))
    }
}
/// Whether a table has a column.
pub(crate) fn has_column(text: &str, column: &str) -> bool {
    text.lines().next().is_some_and(|heading| heading.split(',').any(|name| name.trim() == column))
}

/// The rows of a table that has these columns, in whatever order and among whatever others.
pub(crate) fn rows<const N: usize>(
    file: &'static str,
    text: &str,
    columns: [&str; N],
) -> Result<Vec<Row<N>>, TableError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let unreadable = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        at(file, line, format!("the row can't be read: {error}"))
    };
    let headings = reader.headers().map_err(|error| unreadable(&error))?.clone();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let mut found = headings.iter().enumerate().filter(|(_, name)| *name == column);
        *place = match (found.next(), found.next()) {
            (Some((place, _)), None) => place,
            (None, _) => return Err(at(file, 1, format!("there is no column {column}"))),
            _ => return Err(at(file, 1, format!("there are two columns {column}"))),
        };
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        rows.push(Row {
            file,
            line: record.position().map_or(1, csv::Position::line),
            cells: places.map(|place| record.get(place).unwrap_or_default().to_owned()),
        });
    }
    if rows.is_empty() {
        return Err(at(file, 1, "the table has no rows"));
    }
    Ok(rows)
}

pub(crate) fn at(file: &'static str, line: u64, message: impl Into<String>) -> TableError {
    TableError { file, line, message: message.into() }
}
