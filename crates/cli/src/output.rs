//! Results on stdout: tables for people, JSON for programs.
//!
//! Whatever came over the network or out of a file is text and nothing else: a character that would
//! steer the terminal is shown by its number.

pub mod text;

use std::io::{self, IsTerminal, Write};

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use crate::words;

/// Columns of a terminal that does not say how wide it is.
const USUAL_WIDTH: u16 = 100;

/// A list with a heading over each column, one line a row where there is room.
pub struct Rows {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Rows {
    /// An empty list under these headings, which are English here.
    pub fn new(headings: &[&str]) -> Self {
        let headings = headings.iter().map(|name| words::name("col", name)).collect();
        Self { headings, rows: Vec::new() }
    }

    /// Adds a row: a text for each heading.
    pub fn push<const N: usize>(&mut self, cells: [&dyn std::fmt::Display; N]) {
        self.rows.push(cells.iter().map(|cell| text::line(&cell.to_string())).collect());
    }

    /// Whether there is nothing but headings.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn render(&self, width: Option<u16>) -> String {
        let mut table = plain_table(width);
        table.set_header(self.headings.clone());
        table.add_rows(&self.rows);
        flush_left(table)
    }
}

/// Names and values, one under the other; a value may have several lines.
#[derive(Default)]
pub struct Facts {
    rows: Vec<(String, String)>,
}

impl Facts {
    /// Adds a fact, whose name is English here; an empty one is left out.
    pub fn push(&mut self, name: &str, value: impl std::fmt::Display) {
        self.add(&words::name("fact", name), value);
    }

    fn add(&mut self, name: &str, value: impl std::fmt::Display) {
        let value = text::paragraph(&value.to_string());
        if !value.is_empty() {
            self.rows.push((text::line(name), value));
        }
    }

    /// Adds every leaf of a JSON value under its path: `content.ground.date`.
    pub fn push_json(&mut self, path: &str, value: &serde_json::Value) {
        use serde_json::Value;
        let below = |key: &str| {
            if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
        };
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(key, value)| self.push_json(&below(key), value));
            }
            Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
                for (index, item) in items.iter().enumerate() {
                    self.push_json(&below(&index.to_string()), item);
                }
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| leaf(path, item)).collect();
                self.add(&words::words().path(path), items.join(", "));
            }
            value => self.add(&words::words().path(path), leaf(path, value)),
        }
    }

    fn render(&self, width: Option<u16>) -> String {
        let mut table = plain_table(width);
        table.add_rows(self.rows.iter().map(|(name, value)| [name, value]));
        flush_left(table)
    }
}

fn leaf(path: &str, value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => words::coded(path, text),
        value => value.to_string(),
    }
}

fn plain_table(width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    // What is piped keeps one line a row, so that `grep` and `cut` work.
    match width {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table
}

/// The table as text; a line begins with the first column's first character.
fn flush_left(mut table: Table) -> String {
    if let Some(first) = table.column_mut(0) {
        first.set_padding((0, 1));
    }
    format!("{}\n", table.trim_fmt())
}

/// Prints a list.
pub fn rows(rows: &Rows) -> io::Result<()> {
    print(&rows.render(width()))
}

/// Prints facts.
pub fn facts(facts: &Facts) -> io::Result<()> {
    print(&facts.render(width()))
}

/// Prints one sentence or heading; what is in it from elsewhere is shown as text.
pub fn line(sentence: &str) -> io::Result<()> {
    print(&format!("{}\n", text::line(sentence)))
}

/// Prints a result as JSON, over several lines.
pub fn json(value: &impl Serialize) -> io::Result<()> {
    print(&format!("{}\n", text::json(&serde_json::to_string_pretty(value)?)))
}

/// Prints a result as JSON on one line.
pub fn json_line(value: &impl Serialize) -> io::Result<()> {
    print(&format!("{}\n", text::json(&serde_json::to_string(value)?)))
}

/// Prints a text of our own, with its line breaks.
pub fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    // Somebody may be waiting for this line at the other end of a pipe.
    stdout.flush()
}

/// Says something beside the result, on stderr.
pub fn note(sentence: &str) {
    // Nobody is left to tell when stderr is gone.
    let _ = writeln!(io::stderr(), "{}", text::line(sentence));
}

fn width() -> Option<u16> {
    io::stdout().is_terminal().then(|| {
        terminal_size::terminal_size().map_or(USUAL_WIDTH, |(terminal_size::Width(width), _)| width)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_one_line_a_row_in_a_pipe() {
        let mut rows = Rows::new(&["ALERT", "HEADLINE"]);
        rows.push([&"hcm/2024/000001", &"Đối tượng ".repeat(40)]);
        rows.push([&"hcm/2024/000002", &"line one\nhcm/2024/000003  forged"]);
        let shown = rows.render(None);
        assert_eq!(shown.lines().count(), 3, "{shown}");
        assert!(shown.starts_with("ALERT "), "{shown}");
        assert!(shown.contains("line one\\nhcm/2024/000003"), "{shown}");
        assert!(shown.lines().all(|line| line.trim_end() == line), "{shown}");
    }

    #[test]
    fn a_list_fits_the_terminal() {
        let mut rows = Rows::new(&["ALERT", "HEADLINE"]);
        rows.push([&"hcm/2024/000001", &"abc ".repeat(100)]);
        let shown = rows.render(Some(60));
        assert!(shown.lines().all(|line| line.chars().count() <= 60), "{shown}");
    }

    #[test]
    fn json_becomes_facts_by_path() {
        let value = serde_json::json!({
            "node": {"unit": "hcm", "zones": ["a", "b"]}, "none": null,
            "feeds": [{"seq": 1}, {"seq": 2}]
        });
        let mut facts = Facts::default();
        facts.push_json("", &value);
        let shown = facts.render(None);
        for expected in ["node.unit", "a, b", "feeds.0.seq", "feeds.1.seq"] {
            assert!(shown.contains(expected), "{expected} is not in:\n{shown}");
        }
        assert!(!shown.contains("none"), "{shown}");
    }
}
