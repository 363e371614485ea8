//! Tables that do not fit are refused, with their line.

use super::*;

/// Changes one line of a table; the line's number from 1.
fn changed(table: &str, line: usize, to: &str) -> String {
    let lines = table.lines().enumerate().map(|(at, row)| if at + 1 == line { to } else { row });
    lines.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn refused(tables: &Sources<'_>, then: &str) {
    let seen = second(&AFTER_FIRST, tables).map(|event| event.changes.len());
    assert_eq!(seen.map_err(|error| error.to_string()), Err(then.to_owned()));
}

fn line_of(table: &str, start: &str) -> usize {
    table.lines().position(|row| row.starts_with(start)).unwrap() + 1
}

#[test]
fn a_row_of_the_conversion_that_does_not_fit_is_named() {
    let row = |start: &str, to: &str, then: &str| {
        let line = line_of(TABLES.conversion, start);
        let table = changed(TABLES.conversion, line, to);
        let line = if to.is_empty() { 1 } else { line };
        let then = format!("reorganisation_2025.csv, line {line}: {then}");
        refused(&Sources { conversion: &table, ..TABLES }, &then);
    };
    row(
        "72,80",
        "72,80,province_lost,",
        "\"province_lost\" is none of province_continues, province_merged, district_abolished, \
         district_to_special_zone, commune_whole, commune_part, commune_kept",
    );
    row("72,80", "71,80,province_merged,", "there is no province with the code 71 now");
    row("72,80", "72,81,province_merged,", "units_2025.csv has no province with the code \"81\"");
    row("72,80", "72,79,province_merged,", "tay-ninh goes on by its name, so it can't end in hcm");
    row("72,80", "", "no row says what becomes of tay-ninh (code 72)");
    row("80,80", "72,80,province_continues,", "the row stands here twice");
    row("703,", "703,80,district_abolished,", "of a district that was abolished nothing comes");
    row("703,", "1,,district_abolished,", "there is no district with the code 1 now");
    row("26374,", "26374,26377,commune_kept,", "a commune that is kept keeps its code");
    row(
        "27691,",
        "27691,28627,commune_whole,",
        "long-an_tan-an_ward-4 comes to tay-ninh with its province, but 28627 stands under dong-thap",
    );
    let whole = "26833,26833,commune_whole,";
    let old = "hcm_thu-duc_long-thanh-my";
    row("26833,", whole, &format!("{old} becomes several units, so each row is a commune_part"));
    row("26833,26842", "26833,26833,commune_part,", "the row stands here twice");
    let line = line_of(TABLES.conversion, "26833,26842");
    let table = changed(TABLES.conversion, line, "");
    let rest = format!("line {}: no row says what becomes of the rest of {old}", line - 1);
    let then = format!("reorganisation_2025.csv, {rest}");
    refused(&Sources { conversion: &table, ..TABLES }, &then);
}

#[test]
fn a_row_of_the_units_that_does_not_fit_is_named() {
    let added = |row: &str, then: &str| {
        let units = format!("{}{row}\n", TABLES.units);
        let line = units.lines().count();
        let then = format!("units_2025.csv, line {line}: {then}");
        refused(&Sources { units: &units, ..TABLES }, &then);
    };
    added("1,79,district,Quận 1,District 1", "1: there are no districts any more");
    added("1,72,commune,Xã A,A Commune", "1: there is no province \"72\" above it");
    added("1,79,province,Tỉnh A,A Province", "the province 1 can't have a parent");
    added("1,,province,Tỉnh Tây Ninh,Tay Ninh Province", "tay-ninh goes on twice");
    added("80,,province,Tỉnh A,A Province", "the code 80 was given before");
    added(
        "1,79,commune,Xã É,É Commune",
        "a unit needs a code, a name, and its name in ASCII letters",
    );
    let touching = |row: &str, then: &str| {
        let adjacency = format!("{}{row}\n", TABLES.adjacency);
        let line = adjacency.lines().count();
        let then = format!("adjacency_communes_2025.csv, line {line}: {then}");
        refused(&Sources { adjacency: &adjacency, ..TABLES }, &then);
    };
    touching("1,25780,72,74,1", "units_2025.csv has no commune with the code 1");
    touching("25195,25780,71,74,1", "no province had the code 71 before this step");
    touching("25780,25531,72,74,1", "that 25780 and 25531 touch was said before");
    touching("25780,25780,72,74,1", "a border has two sides, and the line two provinces");
    touching("25195,25780,74,74,1", "a border has two sides, and the line two provinces");
}
