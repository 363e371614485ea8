//! `giapranh directory diff`: what differs between two heads, kind by kind.

use std::collections::BTreeMap;

use anyhow::Result;
use giapranh_domain::UnitId;
use giapranh_domain::directory::{Difference, Snapshot};

use super::{Place, at, words};
use crate::args::Form;
use crate::args::directory::Diff;
use crate::output::{self, Rows};
use crate::say;
use crate::words::code;

/// The kinds, in the order in which they are shown.
const KINDS: [&str; 6] = ["registrar", "unit", "zone", "node", "issuing", "deadline"];

/// Prints what differs.
pub fn run(place: &Place, arguments: &Diff) -> Result<()> {
    let directory = place.directory()?;
    let first = directory.snapshot(at::head(&directory, &arguments.first)?);
    let second = directory.snapshot(at::head(&directory, &arguments.second)?);
    let differences = first.difference(&second);
    if place.form == Form::Json {
        return Ok(output::json(&differences)?);
    }
    let (first, second) = (named(&first), named(&second));
    if differences.is_empty() {
        return Ok(output::line(&say!("heads-same", first = first, second = second))?);
    }
    output::line(&say!("heads-differ", first = first, second = second))?;
    for kind in KINDS {
        let of_kind: Vec<&Difference> = differences.iter().filter(|d| d.of == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        output::line("")?;
        let mut rows = under(kind);
        if kind == "zone" {
            zones(&mut rows, &of_kind);
        } else {
            of_kind.iter().for_each(|difference| push(&mut rows, difference));
        }
        output::rows(&rows)?;
    }
    Ok(())
}

/// A head with its day, for people.
fn named(snapshot: &Snapshot) -> String {
    say!("head-since", head = snapshot.head.to_string(), day = snapshot.effective_from.as_str())
}

fn under(kind: &str) -> Rows {
    match kind {
        "unit" => Rows::new(&["UNIT", "WHAT", "BEFORE", "AFTER"]),
        "zone" => Rows::new(&["ZONE", "WHAT", "BEFORE", "AFTER"]),
        "node" => Rows::new(&["NODE", "WHAT", "BEFORE", "AFTER"]),
        "issuing" => Rows::new(&["MAY ISSUE", "WHAT", "BEFORE", "AFTER"]),
        "deadline" => Rows::new(&["DEADLINE", "WHAT", "BEFORE", "AFTER"]),
        _ => Rows::new(&["REGISTRAR", "WHAT", "BEFORE", "AFTER"]),
    }
}

fn push(rows: &mut Rows, difference: &Difference) {
    let id = match difference.of.as_str() {
        "issuing" => {
            let (who, category) = words::rule(&difference.id);
            format!("{who}: {category}")
        }
        "deadline" => code("deadline", &difference.id),
        _ => difference.id.clone(),
    };
    let value = |text: &str| match difference.of.as_str() {
        "issuing" => words::range(text),
        "node" => text.strip_prefix("epoch ").map_or_else(String::new, |n| say!("epoch", n = n)),
        _ => text.to_owned(),
    };
    let (before, after) = (value(&difference.before), value(&difference.after));
    rows.push([&id, &code("what", what(difference)), &before, &after]);
}

/// What became of it, as a code.
fn what(difference: &Difference) -> &str {
    match (difference.what.as_str(), difference.before.as_str(), difference.after.as_str()) {
        ("", "", _) => "new",
        ("", _, "") => "ended",
        ("", ..) => "changed",
        (what, ..) => what,
    }
}

/// Zones, and who joined and left each, on a line for all of them.
fn zones(rows: &mut Rows, differences: &[&Difference]) {
    let mut moved: BTreeMap<&str, [Vec<UnitId>; 2]> = BTreeMap::new();
    for difference in differences {
        if difference.what != "member" {
            push(rows, difference);
            continue;
        }
        let [joined, left] = moved.entry(&difference.id).or_default();
        joined.extend(difference.after.parse::<UnitId>());
        left.extend(difference.before.parse::<UnitId>());
    }
    for (zone, [joined, left]) in &moved {
        for (what, units) in [("left", left), ("joined", joined)] {
            if !units.is_empty() {
                let units = words::units(units.iter());
                let (before, after) =
                    if what == "left" { (units, String::new()) } else { (String::new(), units) };
                rows.push([zone, &code("what", what), &before, &after]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(of: &str, what: &str, before: &str, after: &str) -> Difference {
        let [of, id, what] = [of, "x", what].map(str::to_owned);
        Difference { of, id, what, before: before.into(), after: after.into() }
    }

    #[test]
    fn it_is_said_what_became_of_a_thing() {
        for (difference, said) in [
            (difference("unit", "", "", "Xã Ví Dụ"), "new"),
            (difference("unit", "", "Xã Ví Dụ", ""), "ended"),
            (difference("deadline", "", "60 s", "30 s"), "changed"),
            (difference("unit", "parent", "a", "b"), "parent"),
        ] {
            assert_eq!(what(&difference), said, "{difference:?}");
        }
    }
}
