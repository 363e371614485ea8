//! One entry of the live feed as one line.

use serde::Deserialize;

use crate::output::text;
use crate::words::code;

/// What a line shows of an entry; the node says more.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    position: u64,
    kind: String,
    #[serde(default)]
    alert: Option<String>,
    unit: String,
    recorded: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    zones: Vec<String>,
    verdict: String,
    #[serde(default)]
    why: Option<String>,
    #[serde(default)]
    headline: Option<String>,
}

impl Entry {
    /// Position, time, kind, alert, unit, zones, category and headline, with a mark when it does
    /// not count.
    pub fn line(&self, colour: bool) -> String {
        let (bold, warn, plain) =
            if colour { ("\u{1b}[1m", "\u{1b}[33m", "\u{1b}[0m") } else { ("", "", "") };
        let kind = text::line(&code("kind", &self.kind));
        let mut line = format!(
            "{:>6}  {}  {bold}{kind:<17}{plain}",
            self.position,
            text::line(&self.recorded)
        );
        let alert = self.alert.as_deref().unwrap_or_default();
        let category = code("category", &self.category);
        for part in [alert, &self.unit, &self.zones.join(","), &category] {
            if !part.is_empty() {
                line.push_str("  ");
                line.push_str(&text::line(part));
            }
        }
        if let Some(headline) = &self.headline {
            line.push_str("  ");
            line.push_str(&text::line(headline));
        }
        if self.verdict != "valid" {
            let why = self.why.as_ref().map(|why| format!(": {}", code("why", why)));
            let verdict = code("verdict", &self.verdict);
            let mark = text::line(&format!("[{verdict}{}]", why.unwrap_or_default()));
            line.extend(["  ", warn, &mark, plain]);
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(verdict: &str, why: Option<&str>, headline: &str) -> Entry {
        serde_json::from_value(serde_json::json!({
            "position": 12, "event_id": "x", "kind": "alert.issued", "alert": "hcm/2024/000001",
            "unit": "hcm", "recorded": "2024-05-31T14:00:00+07:00", "category": "wanted-person",
            "zones": ["cluster", "hcm-long-an"], "verdict": verdict, "why": why,
            "headline": headline, "newer": true
        }))
        .unwrap()
    }

    #[test]
    fn an_entry_is_one_line() {
        assert_eq!(
            entry("valid", None, "Truy nã VÍ DỤ").line(false),
            "    12  2024-05-31T14:00:00+07:00  alert.issued       hcm/2024/000001  hcm  \
             cluster,hcm-long-an  wanted-person  Truy nã VÍ DỤ"
        );
    }

    #[test]
    fn an_entry_that_does_not_count_says_why() {
        let line = entry("disowned", Some("not-issuer"), "x").line(false);
        assert!(line.ends_with("  [disowned: not-issuer]"), "{line}");
    }

    #[test]
    fn a_headline_can_not_forge_a_line_or_steer_the_terminal() {
        let line = entry("valid", None, "a\n    13  forged\u{1b}[2J").line(false);
        assert!(!line.contains(['\n', '\u{1b}']), "{line}");
    }
}
