//! What nodes say to one another: rows about beacons and pages. Here the node of `long-an` listens,
//! answers, and says something in `z`, where everybody is, and in `secret`, where it is alone.

use super::Outcome::{Allowed, Denied, Harmless, Nobody};
use super::{CLOSED, ENDS_IN_OWN_ACCOUNT, Row, SPENT, Try, ask};

const BEACONS: &str = "Beacons";
const PAGES: &str = "Pages";

pub const ROWS: &[Row] = &[
    Row {
        group: BEACONS,
        what: "say one as itself, in a zone that it is in",
        tries: &[Try::Say { zone: "z", unit: "{me}" }],
        expect: [Allowed, Allowed, Denied, Allowed, Allowed],
        why: "What nodes are there for. Whoever has a server can do it for the nodes there; the signature is what counts.",
    },
    Row {
        group: BEACONS,
        what: "say one as itself, in a zone that it is not in",
        tries: &[Try::Say { zone: "secret", unit: "{me}" }],
        expect: [Harmless, Harmless, Denied, Harmless, Allowed],
        why: "It stays in the node's own account. The hub may send a province's server what it likes; nodes hear no unit in a zone that it is not in by the directory.",
    },
    Row {
        group: BEACONS,
        what: "say one as another unit",
        tries: &[
            Try::Say { zone: "z", unit: "{other}" },
            Try::Say { zone: "z", unit: "long-an" },
            Try::Say { zone: "secret", unit: "long-an" },
        ],
        expect: [Denied, Denied, Denied, Harmless, Allowed],
        why: "A province's server speaks for its own units only. What the hub says in another's name has no good signature, or is an old beacon, which its counter shows.",
    },
    Row {
        group: BEACONS,
        what: "hear those of its zones",
        tries: &[Try::Hear { subject: "giapranh.v1.heard.z.*", zone: "z" }],
        expect: [Allowed, Allowed, Denied, Allowed, Allowed],
        why: "What nodes are there for. Whoever has a server hears what its units hear.",
    },
    Row {
        group: BEACONS,
        what: "hear those of a foreign zone",
        tries: &[
            Try::Hear { subject: "giapranh.v1.heard.secret.*", zone: "secret" },
            Try::Hear { subject: "giapranh.v1.heard.*.*", zone: "secret" },
            Try::Hear { subject: "giapranh.v1.heard.*.long-an", zone: "secret" },
            Try::Hear { subject: "giapranh.v1.heard.>", zone: "secret" },
            Try::Hear { subject: "giapranh.v1.beacon.secret.*", zone: "secret" },
            Try::Hear { subject: "giapranh.v1.beacon.*.{me}", zone: "secret" },
            Try::Hear { subject: "giapranh.v1.>", zone: "secret" },
            Try::Hear { subject: ">", zone: "secret" },
        ],
        expect: [Harmless, Harmless, Denied, Harmless, Allowed],
        why: "A node may listen in its own account, where only beacons of its zones come. The hub carries all that goes between provinces.",
    },
    Row {
        group: PAGES,
        what: "ask for one as itself",
        tries: &[
            ask("giapranh.v1.ask.long-an.{me}", "please"),
            // What the hub would send on.
            ask("giapranh.v1.serve.long-an.{me}", "please"),
        ],
        expect: [Allowed, Allowed, Denied, Allowed, Allowed],
        why: "What nodes are there for. Whom it gives what the responder judges, by the directory.",
    },
    Row {
        group: PAGES,
        what: "ask for one in another's name",
        tries: &[
            ask("giapranh.v1.ask.long-an.{other}", "please"),
            ask("giapranh.v1.ask.long-an.long-an", "please"),
            ask("giapranh.v1.serve.long-an.{other}", "please"),
            ask("giapranh.v1.backfill.long-an.{other}", "please"),
            ask("giapranh.v1.backfill.long-an.{me}", "please"),
        ],
        expect: [Denied, Denied, Denied, Nobody, Allowed],
        why: "The hub carries the requests of all provinces' nodes; who runs it can make them, and read the answers.",
    },
    Row {
        group: PAGES,
        what: "listen where another is asked",
        tries: &[
            Try::Overhear("giapranh.v1.backfill.long-an.*"),
            Try::Overhear("giapranh.v1.serve.long-an.*"),
            Try::Overhear("giapranh.v1.ask.long-an.*"),
            Try::Overhear("giapranh.v1.*.*.{other}"),
            Try::Overhear("giapranh.v1.serve.>"),
        ],
        expect: [Denied, Denied, Denied, Harmless, Allowed],
        why: "Requests go to the responder's account and to no other; the hub carries them.",
    },
    Row {
        group: PAGES,
        what: "ask what NATS's tools ask a service (`$SRV`)",
        tries: &[
            ask("$SRV.PING", ""),
            ask("$SRV.INFO", ""),
            ask("$SRV.PING.giapranh-backfill", ""),
            ask("$SRV.STATS.giapranh-backfill", ""),
        ],
        expect: [Nobody, Nobody, Denied, Nobody, Nobody],
        why: "With its own key a node reaches its own service.",
    },
    Row {
        group: "Ask with a hostile reply",
        what: "another's beacon, or a request in another's name",
        tries: &[
            Try::Reply("giapranh.v1.beacon.z.long-an"),
            Try::Reply("giapranh.v1.heard.z.{other}"),
            Try::Reply("giapranh.v1.heard.secret.long-an"),
            Try::Reply("giapranh.v1.ask.long-an.{other}"),
            Try::Reply("giapranh.v1.serve.long-an.{other}"),
            Try::Reply("giapranh.v1.backfill.long-an.{other}"),
        ],
        expect: SPENT,
        why: ENDS_IN_OWN_ACCOUNT,
    },
    Row {
        group: "Ask with a hostile reply",
        what: "the service of NATS's tools",
        tries: &[Try::Reply("$SRV.PING.giapranh-backfill"), Try::Reply("$SRV.INFO")],
        expect: SPENT,
        why: ENDS_IN_OWN_ACCOUNT,
    },
    Row {
        group: "The server itself",
        what: "pass for a reply that the server made",
        tries: &[ask("_R_.x", "forged"), ask("_R_.x.y", "forged")],
        expect: CLOSED,
        why: "",
    },
];
