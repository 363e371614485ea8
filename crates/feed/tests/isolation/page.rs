//! The section of `docs/SECURITY.md` that says what was tried.

use std::fmt::Write as _;
use std::path::Path;

use crate::entry::KNOCKS;
use crate::rows::{self, Outcome};

/// Set by `make generate`: write the section instead of comparing it.
const WRITE: &str = "GIAPRANH_GENERATE";
const BEGIN: &str =
    "<!-- isolation: written by `make generate`, from what crates/feed/tests/isolation tries -->\n";
const END: &str = "<!-- isolation: end -->\n";

fn section() -> String {
    let mut text = String::from(
        "\n### Who is let in\n\nNobody of these, on servers whose configuration was rendered:\n\n| who | where it was tried |\n|---|---|\n",
    );
    for (who, place) in KNOCKS {
        writeln!(text, "| {who} | {place} |").unwrap();
    }
    text.push_str(
        "\n### What those who are in can do\n\n\
         All of it aimed at the stream of one province and at its node, by:\n\n\
         - **node**: the node of another province, of a district there, and the registrar's;\n\
         - **same**: the node of a district of the same province, which publishes into that stream;\n\
         - **owner**: the owner of another province's stream;\n\
         - **server**: who runs another province's server, with a server and key of their own choice and no limits;\n\
         - **hub**: who runs the hub, as a user of the province's account there without limits.\n\n\
         The first three were tried on one server and across hub and leaves, with the same outcome; the others across hub and leaves. After each try the province's owner looks at stream and consumers: but for *allowed*, nothing has changed there.\n\n\
         *denied*: the server says that the user may not. *nobody there*: the server says that nothing listens to that where the user is. *refused*: JetStream says no. *harmless*: the server takes it and nothing comes of it.\n\n\
         | | what | node | same | owner | server | hub | why |\n|---|---|---|---|---|---|---|---|\n",
    );
    let mut group = "";
    for row in rows::all() {
        let shown = if row.group == group { "" } else { row.group };
        group = row.group;
        let cells: Vec<&str> = row.expect.iter().copied().map(Outcome::word).collect();
        writeln!(text, "| {shown} | {} | {} | {} |", row.what, cells.join(" | "), row.why).unwrap();
    }
    text.push('\n');
    text
}

#[test]
fn the_page_says_what_is_tried() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/SECURITY.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page has a place for the section");
    let (found, after) = rest.split_once(END).expect("the section has an end");
    let wanted = section();
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
        return;
    }
    assert!(found == wanted, "docs/SECURITY.md is behind what is tried; run: make generate");
}
