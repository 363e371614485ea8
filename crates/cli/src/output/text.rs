//! Text from elsewhere on a terminal. It may neither steer the terminal nor look like another row.

use std::fmt::Write;

/// Whether the environment allows colour; whether there is a terminal is another question.
pub fn colour_allowed() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// A text on one line.
pub fn line(text: &str) -> String {
    shown(text, false)
}

/// A text with its own line breaks.
pub fn paragraph(text: &str) -> String {
    shown(text, true)
}

/// JSON as serde writes it, with what serde leaves as it is: such characters stand inside strings
/// only, so their escapes mean the same.
pub fn json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_steering(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a String can't fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

fn shown(text: &str, with_line_breaks: bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if with_line_breaks => shown.push('\n'),
            '\n' => shown.push_str("\\n"),
            '\t' => shown.push(' '),
            c if is_steering(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

/// Control characters, and those that change the direction of writing or are not seen at all.
fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_by_number() {
        let hostile = "\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31m\r\u{8}\u{7f}\u{202e}gpj";
        for shown in [line(hostile), paragraph(hostile), json(&format!("\"{hostile}\""))] {
            assert!(!shown.chars().any(is_steering), "{shown}");
        }
        assert_eq!(line("a\u{1b}[31mb"), "a\\u{1b}[31mb");
    }

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(line("a\nb\r\nc\td"), "a\\nb\\u{d}\\nc d");
        assert_eq!(paragraph("a\nb\r\nc"), "a\nb\\u{d}\nc");
    }

    #[test]
    fn vietnamese_is_shown_as_it_is() {
        let text = "Thông báo truy nã: NGUYỄN VĂN VÍ DỤ, ấp Bình Hoà, Đức Huệ";
        assert_eq!(line(text), text);
    }

    #[test]
    fn escaped_json_says_the_same() {
        let value = serde_json::json!({"a": "x\u{9b}\u{7f}\u{202e}\u{1b}\u{e0001}\ny"});
        let written = serde_json::to_string_pretty(&value).unwrap();
        let read: serde_json::Value = serde_json::from_str(&json(&written)).unwrap();
        assert_eq!(read, value);
    }
}
