//! How nats-server's configuration is written.

use std::fmt::{Display, Write as _};

/// A text in which blocks are indented. One item stands on one line.
#[derive(Default)]
pub(super) struct Text {
    text: String,
    depth: usize,
}

impl Text {
    pub(super) fn line(&mut self, line: impl Display) {
        for _ in 0..self.depth {
            self.text.push_str("  ");
        }
        // Writing into a string does not fail.
        let _ = writeln!(self.text, "{line}");
    }

    pub(super) fn comment(&mut self, words: &str) {
        self.line(format_args!("# {words}"));
    }

    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A value that can't be taken for anything else: a string in quotes, whatever is in it.
    pub(super) fn string(&mut self, key: &str, value: &str) {
        self.line(format_args!("{key}: {}", Quoted(value)));
    }

    pub(super) fn number(&mut self, key: &str, value: u64) {
        self.line(format_args!("{key}: {value}"));
    }

    pub(super) fn block(&mut self, head: impl Display, inside: impl FnOnce(&mut Self)) {
        self.enclosed(format_args!("{head} {{"), "}", inside);
    }

    pub(super) fn list(&mut self, key: &str, inside: impl FnOnce(&mut Self)) {
        self.enclosed(format_args!("{key}: ["), "]", inside);
    }

    pub(super) fn enclosed(
        &mut self,
        open: impl Display,
        close: &str,
        inside: impl FnOnce(&mut Self),
    ) {
        self.line(open);
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line(close);
    }

    pub(super) fn into_string(self) -> String {
        self.text
    }
}

/// A string in double quotes, in which nothing is a variable, a number or the end of anything.
pub(super) struct Quoted<'a>(pub &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("\"")?;
        for part in self.0.split_inclusive(['"', '\\']) {
            match part.strip_suffix(['"', '\\']) {
                Some(before) => write!(f, "{before}\\{}", &part[before.len()..])?,
                None => f.write_str(part)?,
            }
        }
        f.write_str("\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_string_does_not() {
        assert_eq!(Quoted("$JS.API.>").to_string(), r#""$JS.API.>""#);
        assert_eq!(Quoted(r#"a"b\c"#).to_string(), r#""a\"b\\c""#);
    }

    #[test]
    fn blocks_are_indented() {
        let mut text = Text::default();
        text.block("a", |text| text.list("b", |text| text.line("1")));
        assert_eq!(text.into_string(), "a {\n  b: [\n    1\n  ]\n}\n");
    }
}
