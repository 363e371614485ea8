//! Words for what the directory says in codes.

use giapranh_domain::{Level, UnitId};

use crate::say;
use crate::words::code;

/// Entries of a list that are shown; the rest is counted.
const SHOWN: usize = 6;

/// Who may issue: `province wanted-person` as two words.
pub fn rule(key: &str) -> (String, String) {
    let (who, category) = key.split_once(' ').unwrap_or((key, ""));
    let who = if Level::parse(who).is_some() { code("level", who) } else { who.to_owned() };
    (who, code("category", category))
}

/// Where that is allowed: `zones and cluster`.
pub fn range(text: &str) -> String {
    let (zones, cluster) = match text.strip_suffix(" and cluster") {
        Some(zones) => (zones, true),
        None => (text, false),
    };
    let zones = match zones {
        "" => return String::new(),
        "zones" => say!("range-zones"),
        "nowhere" => say!("range-nowhere"),
        zones => zones.to_owned(),
    };
    if cluster { say!("range-cluster", zones = zones) } else { zones }
}

/// Units as one cell: the first of them, and how many more.
pub fn units<'a>(units: impl ExactSizeIterator<Item = &'a UnitId>) -> String {
    let more = units.len().saturating_sub(SHOWN);
    let shown: Vec<&str> = units.take(SHOWN).map(UnitId::as_str).collect();
    let shown = shown.join(", ");
    if more == 0 { shown } else { say!("and-more", shown = shown, count = more) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_said_in_words() {
        assert_eq!(rule("province wanted-person"), ("province".into(), "wanted-person".into()));
        assert_eq!(range("zones and cluster"), "every zone that it is in, and the whole cluster");
        assert_eq!(range("nowhere"), "nowhere");
        assert_eq!(range("hcm-long-an"), "hcm-long-an");
        assert_eq!(range(""), "");
    }

    #[test]
    fn a_long_list_says_how_long_it_is() {
        let ids: Vec<UnitId> = (1..=9).map(|n| format!("long-an_{n}").parse().unwrap()).collect();
        assert_eq!(units(ids[..2].iter()), "long-an_1, long-an_2");
        let all = units(ids.iter());
        assert!(all.ends_with("long-an_6 and 3 more"), "{all}");
    }
}
