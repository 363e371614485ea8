//! `docs/ACCESS.md`: written by `make generate`, compared otherwise.

use std::fmt::Write as _;

use giapranh_domain::codes::Role;
use giapranh_web::{Access, Reach, access};

use crate::acts;
use crate::routes::Trier;

/// Set by `make generate`: write the page instead of comparing it.
const WRITE: &str = "GIAPRANH_GENERATE";
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ACCESS.md");

const INTRODUCTION: &str = "\
# Who may do what

Written by `make generate` from the table in `crates/web/src/access` and from `Act::roles`; \
`crates/web/tests/access` tries every row as everybody, and every act as every role, on real servers.

- **machine**: the owner of the socket (file mode 0600) without a sign-in, once an officer has an \
account. Before the first account there is no other principal: that owner does everything, and the \
loopback address shows what can be read.
- **anyone**: also who has not signed in.
- The other columns are the roles of an officer who has signed in, with a password or an API token. \
An officer has one or more of them and sees what lies in the zones of the own unit; of drafts, those \
of the own unit.
- *own*: about the own session, tokens and password; the administrator also about those of others.
- Whose password has to be changed first may do that, look at the own session and end it, and nothing \
else.
- A session or token that has ended is refused (401), never taken for another principal.

";

fn page() -> String {
    let mut text = String::from(INTRODUCTION);
    text.push_str(
        "## Routes\n\nWhere *socket* stands, every other address refuses it to everybody. Where *by bearer* \
         stands, it is taken on the socket, and elsewhere with the secret in `Authorization` only: a \
         cookie does not count. What changes something *everywhere* is taken with a cookie from the \
         node's own pages.\n\n",
    );
    text.push_str("| method | path | where | anyone | machine |");
    columns(&mut text, 5);
    for row in access() {
        let place = match row.reach {
            Reach::Socket => "socket",
            Reach::Network if row.is_read() => "everywhere",
            Reach::Network => "by bearer",
            Reach::OwnPages => "everywhere",
        };
        write!(text, "| {} | `{}` | {place} |", row.method, row.path).unwrap();
        let mark = |is_let_in: bool| match is_let_in {
            true if is_about_oneself(&row) => "own",
            true => "yes",
            false => "–",
        };
        let anyone = Trier::Anonymous.is_let_in(&row) || row.who.anyone;
        write!(text, " {} |", if anyone { "yes" } else { "–" }).unwrap();
        let machine = Trier::Machine.is_let_in(&row);
        write!(text, " {} |", if machine { "yes" } else { "–" }).unwrap();
        for role in Role::ALL {
            write!(text, " {} |", mark(Trier::Officer(*role).is_let_in(&row))).unwrap();
        }
        text.push('\n');
    }
    text.push_str("\n## Acts\n\nWhat `POST /api/v1/commands` takes from whom.\n\n| act |");
    columns(&mut text, 1);
    for act in acts::all() {
        write!(text, "| `{}` |", acts::name(&act)).unwrap();
        for role in Role::ALL {
            let may = act.roles().contains(role);
            write!(text, " {} |", if may { "yes" } else { "–" }).unwrap();
        }
        text.push('\n');
    }
    text
}

fn columns(text: &mut String, before: usize) {
    for role in Role::ALL {
        write!(text, " {role} |").unwrap();
    }
    writeln!(text, "\n|{}", "---|".repeat(before + Role::ALL.len())).unwrap();
}

fn is_about_oneself(row: &Access) -> bool {
    !row.who.anyone && (row.who.signed_in || row.path.starts_with("/api/v1/tokens"))
}

#[test]
fn the_page_says_what_was_tried() {
    let page = page();
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(PAGE, page).unwrap();
        return;
    }
    let written = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(written == page, "docs/ACCESS.md is not what the code says; run: make generate");
}
