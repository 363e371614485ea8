//! What is tried, and what comes of it: the table of `docs/SECURITY.md`, as data.
//!
//! Everything is aimed at the stream of `long-an`, or at its node. In what is sent, `{api}` stands for each way to
//! write the API of its JetStream, `{me}` and `{home}` for the unit and province of whoever tries,
//! `{other}` for another unit that has a durable there.

mod exchange;

use Outcome::{Allowed, Denied, Harmless, Nobody, Refused};

/// What a server made of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The server said that this user may not.
    Denied,
    /// The server said that nobody is there to ask, where this user is.
    Nobody,
    /// JetStream said no.
    Refused,
    /// The server took it, and nothing came of it.
    Harmless,
    /// It was done.
    Allowed,
}

impl Outcome {
    pub fn word(self) -> &'static str {
        match self {
            Denied => "denied",
            Nobody => "nobody there",
            Refused => "refused",
            Harmless => "harmless",
            Allowed => "**allowed**",
        }
    }
}

/// One thing that is sent.
pub enum Try {
    /// A request whose answer would come to an inbox of whoever sends it.
    Ask {
        subject: &'static str,
        payload: &'static str,
        headers: &'static [(&'static str, &'static str)],
    },
    /// A subscription.
    Listen(&'static str),
    /// Each request that whoever tries may make, with this subject for the answer.
    Reply(&'static str),
    /// Something that it may do to its own stream, or to itself; what counts is what follows.
    Own { subject: &'static str, payload: &'static str },
    /// An event under the message id that another unit is about to use.
    Poison,
    /// A beacon of this unit.
    Say { zone: &'static str, unit: &'static str },
    /// A subscription, while the node of `long-an` says a beacon in this zone.
    Hear { subject: &'static str, zone: &'static str },
    /// A subscription, while another node asks that of `long-an` for a page.
    Overhear(&'static str),
}

pub struct Row {
    pub group: &'static str,
    pub what: &'static str,
    pub tries: &'static [Try],
    /// For nodes of other provinces; a district of the same province; the owner of another stream;
    /// who runs another province's server; who runs the hub.
    pub expect: [Outcome; 5],
    /// Where something was harmless or allowed: why.
    pub why: &'static str,
}

const fn ask(subject: &'static str, payload: &'static str) -> Try {
    Try::Ask { subject, payload, headers: &[] }
}

/// Users have allow-lists; whoever has a server has none, and finds nobody.
const CLOSED: [Outcome; 5] = [Denied, Denied, Denied, Nobody, Nobody];
/// No permission is asked for a reply; it stays in the account of whoever wrote it.
const SPENT: [Outcome; 5] = [Harmless; 5];

const ENDS_IN_OWN_ACCOUNT: &str =
    "The answer is published in the asker's own account, where nothing listens to that subject.";

/// All rows, those of one group together.
pub fn all() -> Vec<&'static Row> {
    let mut rows: Vec<&Row> = ROWS.iter().chain(exchange::ROWS).collect();
    let order: Vec<&str> = rows.iter().map(|row| row.group).collect();
    rows.sort_by_key(|row| order.iter().position(|group| *group == row.group));
    rows
}

const ROWS: &[Row] = &[
    Row {
        group: "Its own",
        what: "look at its own durable, and pull from it",
        tries: &[
            ask("$JS.long-an.API.CONSUMER.INFO.FEED_long-an.{me}", ""),
            ask(
                "$JS.long-an.API.CONSUMER.MSG.NEXT.FEED_long-an.{me}",
                r#"{"batch":1,"no_wait":true}"#,
            ),
        ],
        expect: [Allowed, Allowed, Denied, Allowed, Allowed],
        why: "What nodes are there for. Whoever has a province's server can do it for the nodes of that province; whoever has the hub for all that it carries.",
    },
    Row {
        group: "Its own",
        what: "publish on its own subject, and read the last message there",
        tries: &[
            ask("giapranh.v1.feed.z.{home}.{me}", "mine"),
            ask("$JS.API.DIRECT.GET.FEED_{home}.giapranh.v1.feed.z.{home}.{me}", ""),
        ],
        expect: [Allowed, Allowed, Denied, Nobody, Nobody],
        why: "What nodes are there for. The owner's key does not publish.",
    },
    Row {
        group: "Its own",
        what: "keep its own stream and the consumers on it",
        tries: &[
            ask("$JS.API.STREAM.INFO.FEED_{home}", ""),
            ask("$JS.API.CONSUMER.LIST.FEED_{home}", ""),
        ],
        expect: [Denied, Denied, Allowed, Nobody, Nobody],
        why: "What owners are there for. Even a node of the same province is none.",
    },
    Row {
        group: "Read",
        what: "a foreign zone, by a consumer of its own making",
        tries: &[
            ask(
                "{api}.CONSUMER.CREATE.FEED_long-an",
                r#"{"stream_name":"FEED_long-an","config":{"ack_policy":"none"}}"#,
            ),
            ask(
                "{api}.CONSUMER.CREATE.FEED_long-an.evil",
                r#"{"stream_name":"FEED_long-an","config":{"name":"evil","durable_name":"evil","ack_policy":"none"}}"#,
            ),
            ask(
                "{api}.CONSUMER.CREATE.FEED_long-an.evil.giapranh.v1.feed.secret.long-an.>",
                r#"{"stream_name":"FEED_long-an","config":{"name":"evil","ack_policy":"none","filter_subject":"giapranh.v1.feed.secret.long-an.>"}}"#,
            ),
            ask(
                "{api}.CONSUMER.DURABLE.CREATE.FEED_long-an.evil",
                r#"{"stream_name":"FEED_long-an","config":{"durable_name":"evil","ack_policy":"none"}}"#,
            ),
            ask(
                "{api}.CONSUMER.CREATE.FEED_long-an.evil",
                r#"{"stream_name":"FEED_long-an","config":{"name":"evil","ack_policy":"none","deliver_subject":"_INBOX_{me}.push"}}"#,
            ),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Read",
        what: "a foreign zone, by other filters for its own durable",
        tries: &[
            ask(
                "{api}.CONSUMER.CREATE.FEED_long-an.{me}",
                r#"{"stream_name":"FEED_long-an","config":{"name":"{me}","durable_name":"{me}","ack_policy":"explicit","ack_wait":5000000000,"filter_subjects":["giapranh.v1.feed.*.long-an.>"]},"action":"update"}"#,
            ),
            ask(
                "{api}.CONSUMER.DURABLE.CREATE.FEED_long-an.{me}",
                r#"{"stream_name":"FEED_long-an","config":{"durable_name":"{me}","ack_policy":"explicit","filter_subject":"giapranh.v1.feed.secret.long-an.>"}}"#,
            ),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Read",
        what: "feeds as they are published, by a core subscription",
        tries: &[
            Try::Listen("giapranh.v1.feed.>"),
            Try::Listen("giapranh.v1.feed.*.long-an.*"),
            Try::Listen("giapranh.v1.feed.secret.long-an.long-an"),
        ],
        expect: [Denied, Denied, Denied, Harmless, Harmless],
        why: "Whoever has a server may subscribe there to anything; no feed is published in an account that crosses servers.",
    },
    Row {
        group: "Read",
        what: "what comes to another's inbox, or all that there is",
        tries: &[
            Try::Listen("_INBOX_{other}.>"),
            Try::Listen("_INBOX_long-an.>"),
            Try::Listen("_INBOX.>"),
            Try::Listen("_R_.>"),
            Try::Listen("$JS.ACK.>"),
            Try::Listen("*.>"),
            Try::Listen(">"),
        ],
        expect: [Denied, Denied, Denied, Harmless, Allowed],
        why: "Nodes' inboxes stay in their accounts. Who runs a province's server sees what passes it for its own units; who runs the hub sees what passes between provinces.",
    },
    Row {
        group: "Read",
        what: "about the stream (info, list, names)",
        tries: &[
            ask("{api}.STREAM.INFO.FEED_long-an", ""),
            ask("{api}.STREAM.LIST", ""),
            ask("{api}.STREAM.NAMES", ""),
            ask("{api}.INFO", ""),
            ask("{api}.CONSUMER.LIST.FEED_long-an", ""),
            ask("{api}.CONSUMER.NAMES.FEED_long-an", ""),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Read",
        what: "a message of the stream by its number",
        tries: &[
            ask("{api}.STREAM.MSG.GET.FEED_long-an", r#"{"seq":1}"#),
            ask("{api}.DIRECT.GET.FEED_long-an", r#"{"seq":1}"#),
            ask("{api}.DIRECT.GET.FEED_long-an", r#"{"seq":1,"batch":100}"#),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Read",
        what: "the last message on another's subject",
        tries: &[
            ask(
                "{api}.STREAM.MSG.GET.FEED_long-an",
                r#"{"last_by_subj":"giapranh.v1.feed.secret.long-an.long-an"}"#,
            ),
            ask(
                "{api}.DIRECT.GET.FEED_long-an",
                r#"{"last_by_subj":"giapranh.v1.feed.secret.long-an.long-an"}"#,
            ),
            ask(
                "{api}.DIRECT.GET.FEED_long-an",
                r#"{"multi_last":["giapranh.v1.feed.>"],"batch":100}"#,
            ),
            ask("{api}.DIRECT.GET.FEED_long-an.giapranh.v1.feed.secret.long-an.long-an", ""),
            ask("{api}.DIRECT.GET.FEED_long-an.giapranh.v1.feed.*.long-an.*", ""),
            ask("{api}.DIRECT.GET.FEED_long-an.giapranh.v1.feed.>", ""),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Another's durable",
        what: "look at it",
        tries: &[ask("{api}.CONSUMER.INFO.FEED_long-an.{other}", "")],
        expect: [Denied, Denied, Denied, Nobody, Allowed],
        why: "The hub carries the pulls of all provinces' nodes; who runs it can make them.",
    },
    Row {
        group: "Another's durable",
        what: "pull from it",
        tries: &[ask(
            "{api}.CONSUMER.MSG.NEXT.FEED_long-an.{other}",
            r#"{"batch":1,"no_wait":true}"#,
        )],
        expect: [Denied, Denied, Denied, Nobody, Allowed],
        why: "As above: the hub may read what it carries and keep it back. What it keeps back comes by backfill.",
    },
    Row {
        group: "Another's durable",
        what: "acknowledge, refuse or end what it was handed",
        tries: &[
            ask("$JS.ACK.FEED_long-an.{other}.1.1.1.1.0", "+ACK"),
            ask("$JS.ACK.FEED_long-an.{other}.1.1.1.1.0", "-NAK"),
            ask("$JS.ACK.FEED_long-an.{other}.1.1.1.1.0", "+TERM"),
            ask("$JS.ACK.FEED_long-an.{other}.1.1.1.1.0", "+NXT"),
        ],
        expect: [Denied, Denied, Denied, Nobody, Allowed],
        why: "As above.",
    },
    Row {
        group: "Another's durable",
        what: "delete, pause, reset or unpin it",
        tries: &[
            ask("{api}.CONSUMER.DELETE.FEED_long-an.{other}", ""),
            ask(
                "{api}.CONSUMER.PAUSE.FEED_long-an.{other}",
                r#"{"pause_until":"2099-01-01T00:00:00Z"}"#,
            ),
            ask("{api}.CONSUMER.RESET.FEED_long-an.{other}", ""),
            ask("{api}.CONSUMER.UNPIN.FEED_long-an.{other}", r#"{"group":"a"}"#),
            ask("{api}.CONSUMER.LEADER.STEPDOWN.FEED_long-an.{other}", ""),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Change the stream",
        what: "create, update, delete or purge it, or delete a message",
        tries: &[
            ask(
                "{api}.STREAM.CREATE.FEED_long-an",
                r#"{"name":"FEED_long-an","subjects":["giapranh.v1.feed.*.long-an.>"],"max_msgs":1}"#,
            ),
            ask(
                "{api}.STREAM.UPDATE.FEED_long-an",
                r#"{"name":"FEED_long-an","subjects":["giapranh.v1.feed.*.long-an.>"],"max_msgs":1}"#,
            ),
            ask("{api}.STREAM.DELETE.FEED_long-an", ""),
            ask("{api}.STREAM.PURGE.FEED_long-an", ""),
            ask("{api}.STREAM.MSG.DELETE.FEED_long-an", r#"{"seq":1}"#),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Change the stream",
        what: "take a snapshot, restore one, move or unseat it",
        tries: &[
            ask(
                "{api}.STREAM.SNAPSHOT.FEED_long-an",
                r#"{"deliver_subject":"_INBOX_{me}.snapshot"}"#,
            ),
            ask(
                "{api}.STREAM.RESTORE.FEED_long-an",
                r#"{"config":{"name":"FEED_long-an"},"state":{}}"#,
            ),
            ask("{api}.STREAM.LEADER.STEPDOWN.FEED_long-an", ""),
            ask("{api}.STREAM.PEER.REMOVE.FEED_long-an", r#"{"peer":"s1"}"#),
            ask("{api}.META.LEADER.STEPDOWN", ""),
            ask("{api}.ACCOUNT.PURGE.OWN_long-an", ""),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Change the stream",
        what: "a stream of its own that captures, mirrors or sources it",
        tries: &[
            ask(
                "{api}.STREAM.CREATE.FEED_evil",
                r#"{"name":"FEED_evil","subjects":["giapranh.v1.feed.*.long-an.>"],"max_bytes":1000}"#,
            ),
            ask(
                "{api}.STREAM.CREATE.FEED_evil",
                r#"{"name":"FEED_evil","mirror":{"name":"FEED_long-an"},"max_bytes":1000}"#,
            ),
            ask(
                "{api}.STREAM.CREATE.FEED_evil",
                r#"{"name":"FEED_evil","sources":[{"name":"FEED_long-an","external":{"api":"$JS.long-an.API","deliver":"_INBOX_{me}.d"}}],"max_bytes":1000}"#,
            ),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Publish",
        what: "as another unit",
        tries: &[
            ask("giapranh.v1.feed.z.long-an.long-an", "forged"),
            ask("giapranh.v1.feed.secret.long-an.long-an", "forged"),
            ask("giapranh.v1.feed.directory.dong-nai.hcm", "forged"),
            ask("giapranh.v1.feed.z.long-an.{me}.more", "forged"),
            ask("giapranh.v1.feed.z.long-an.nobody", "forged"),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "Publish",
        what: "on its own subject, so that the stream is rolled up, expires or schedules",
        tries: &[
            Try::Ask {
                subject: "giapranh.v1.feed.z.{home}.{me}",
                payload: "x",
                headers: &[("Nats-Rollup", "all")],
            },
            Try::Ask {
                subject: "giapranh.v1.feed.z.{home}.{me}",
                payload: "x",
                headers: &[("Nats-Rollup", "sub")],
            },
            Try::Ask {
                subject: "giapranh.v1.feed.z.{home}.{me}",
                payload: "x",
                headers: &[("Nats-TTL", "1s")],
            },
            Try::Ask {
                subject: "giapranh.v1.feed.z.{home}.{me}",
                payload: "x",
                headers: &[
                    ("Nats-Schedule", "@at 2099-01-01T00:00:00Z"),
                    ("Nats-Schedule-Target", "giapranh.v1.feed.z.long-an.long-an"),
                ],
            },
            Try::Ask {
                subject: "giapranh.v1.feed.z.{home}.{me}",
                payload: "x",
                headers: &[
                    ("Nats-Batch-Id", "b"),
                    ("Nats-Batch-Sequence", "1"),
                    ("Nats-Batch-Commit", "1"),
                ],
            },
        ],
        expect: [Refused, Refused, Denied, Nobody, Nobody],
        why: "",
    },
    Row {
        group: "Publish",
        what: "under the message id that another's event is about to have",
        tries: &[Try::Poison],
        expect: [Harmless, Harmless, Denied, Nobody, Nobody],
        why: "Ids count within a stream. In the same one the other's node sees that the id was taken by something else, and publishes again under a fresh one.",
    },
    Row {
        group: "Publish",
        what: "by its own stream: republish, or push to a hostile subject",
        tries: &[
            Try::Own {
                subject: "$JS.API.STREAM.UPDATE.FEED_{home}",
                payload: r#"{"name":"FEED_{home}","subjects":["giapranh.v1.feed.*.{home}.>"],"max_bytes":134217728,"allow_direct":true,"duplicate_window":600000000000,"republish":{"src":">","dest":"$JS.API.STREAM.DELETE.FEED_long-an"}}"#,
            },
            Try::Own {
                subject: "$JS.API.STREAM.UPDATE.FEED_{home}",
                payload: r#"{"name":"FEED_{home}","subjects":["giapranh.v1.feed.*.{home}.>"],"max_bytes":134217728,"allow_direct":true,"duplicate_window":600000000000,"republish":{"src":">","dest":"giapranh.v1.feed.z.long-an.long-an"}}"#,
            },
            Try::Own {
                subject: "$JS.API.STREAM.UPDATE.FEED_{home}",
                payload: r#"{"name":"FEED_{home}","subjects":["giapranh.v1.feed.*.{home}.>"],"max_bytes":134217728,"allow_direct":true,"duplicate_window":600000000000,"sources":[{"name":"FEED_long-an","external":{"api":"$JS.long-an.API","deliver":"_INBOX_{me}.d"}}]}"#,
            },
            Try::Own {
                subject: "$JS.API.CONSUMER.CREATE.FEED_{home}.p1",
                payload: r#"{"stream_name":"FEED_{home}","config":{"name":"p1","ack_policy":"none","deliver_subject":"$JS.long-an.API.STREAM.DELETE.FEED_long-an"}}"#,
            },
            Try::Own {
                subject: "$JS.API.CONSUMER.CREATE.FEED_{home}.p2",
                payload: r#"{"stream_name":"FEED_{home}","config":{"name":"p2","ack_policy":"none","deliver_subject":"$JS.long-an.API.CONSUMER.MSG.NEXT.FEED_long-an.{other}"}}"#,
            },
            Try::Own {
                subject: "$JS.API.CONSUMER.CREATE.FEED_{home}.p3",
                payload: r#"{"stream_name":"FEED_{home}","config":{"name":"p3","ack_policy":"none","deliver_subject":"giapranh.v1.feed.z.long-an.long-an"}}"#,
            },
        ],
        expect: [Denied, Denied, Harmless, Nobody, Nobody],
        why: "An owner may do as it likes with its own stream. What that sends stays in the owner's account, from which nothing leads to another's.",
    },
    Row {
        group: "Publish",
        what: "with a trace that is to be sent to a hostile subject",
        tries: &[
            Try::Ask {
                subject: "giapranh.v1.feed.z.{home}.{me}",
                payload: "x",
                headers: &[
                    ("Nats-Trace-Dest", "$JS.API.STREAM.DELETE.FEED_long-an"),
                    ("Nats-Trace-Only", "true"),
                ],
            },
            Try::Ask {
                subject: "{api}.CONSUMER.INFO.FEED_long-an.{me}",
                payload: "",
                headers: &[
                    ("Nats-Trace-Dest", "giapranh.v1.feed.z.long-an.long-an"),
                    ("Nats-Trace-Only", "true"),
                ],
            },
        ],
        expect: [Denied, Denied, Denied, Harmless, Harmless],
        why: "A trace is published where whoever asks for it might publish by itself, in the same account.",
    },
    Row {
        group: "Ask with a hostile reply",
        what: "delete or purge the stream",
        tries: &[
            Try::Reply("$JS.API.STREAM.DELETE.FEED_long-an"),
            Try::Reply("$JS.long-an.API.STREAM.DELETE.FEED_long-an"),
            Try::Reply("$JS.DOMAIN_long-an.API.STREAM.DELETE.FEED_long-an"),
            Try::Reply("$JS.API.STREAM.PURGE.FEED_long-an"),
            Try::Reply("$JS.long-an.API.STREAM.PURGE.FEED_long-an"),
            Try::Reply("$JS.DOMAIN_long-an.API.STREAM.PURGE.FEED_long-an"),
        ],
        expect: SPENT,
        why: ENDS_IN_OWN_ACCOUNT,
    },
    Row {
        group: "Ask with a hostile reply",
        what: "delete or create a consumer",
        tries: &[
            Try::Reply("$JS.API.CONSUMER.DELETE.FEED_long-an.{other}"),
            Try::Reply("$JS.long-an.API.CONSUMER.DELETE.FEED_long-an.{other}"),
            Try::Reply("$JS.DOMAIN_long-an.API.CONSUMER.DELETE.FEED_long-an.{other}"),
            Try::Reply("$JS.API.CONSUMER.CREATE.FEED_long-an.evil"),
            Try::Reply("$JS.long-an.API.CONSUMER.CREATE.FEED_long-an.evil"),
            Try::Reply("$JS.DOMAIN_long-an.API.CONSUMER.CREATE.FEED_long-an.evil"),
        ],
        expect: SPENT,
        why: ENDS_IN_OWN_ACCOUNT,
    },
    Row {
        group: "Ask with a hostile reply",
        what: "another's pull",
        tries: &[
            Try::Reply("$JS.API.CONSUMER.MSG.NEXT.FEED_long-an.{other}"),
            Try::Reply("$JS.long-an.API.CONSUMER.MSG.NEXT.FEED_long-an.{other}"),
            Try::Reply("$JS.ACK.FEED_long-an.{other}.1.1.1.1.0"),
        ],
        expect: SPENT,
        why: ENDS_IN_OWN_ACCOUNT,
    },
    Row {
        group: "Ask with a hostile reply",
        what: "a subject of a feed, or an inbox",
        tries: &[
            Try::Reply("giapranh.v1.feed.z.long-an.long-an"),
            Try::Reply("giapranh.v1.feed.secret.long-an.long-an"),
            Try::Reply("_INBOX_long-an.1"),
        ],
        expect: SPENT,
        why: ENDS_IN_OWN_ACCOUNT,
    },
    Row {
        group: "Ask with a hostile reply",
        what: "the server itself (`$SYS`)",
        tries: &[
            Try::Reply("$SYS.REQ.SERVER.PING"),
            Try::Reply("$SYS.REQ.ACCOUNT.OWN_long-an.CLAIMS.DELETE"),
            Try::Reply("$SYS.REQ.SERVER.PING.KICK"),
        ],
        expect: SPENT,
        why: ENDS_IN_OWN_ACCOUNT,
    },
    Row {
        group: "The server itself",
        what: "ask it (`$SYS`)",
        tries: &[
            ask("$SYS.REQ.SERVER.PING", ""),
            ask("$SYS.REQ.ACCOUNT.OWN_long-an.CONNZ", ""),
            ask("$SYS.REQ.ACCOUNT.OWN_long-an.JSZ", ""),
            ask("$SYS.REQ.SERVER.X.RELOAD", ""),
        ],
        expect: CLOSED,
        why: "",
    },
    Row {
        group: "The server itself",
        what: "ask it about one's own account (`$SYS`)",
        tries: &[
            ask("$SYS.REQ.SERVER.PING.CONNZ", ""),
            ask("$SYS.REQ.ACCOUNT.PING.CONNZ", ""),
            ask("$SYS.REQ.ACCOUNT.PING.STATZ", ""),
            ask("$SYS.REQ.USER.INFO", ""),
        ],
        expect: [Denied, Denied, Denied, Allowed, Allowed],
        why: "A server tells each account about itself. Nodes and owners have no need to ask.",
    },
    Row {
        group: "The server itself",
        what: "hear what it says to itself (`$SYS`)",
        tries: &[Try::Listen("$SYS.>"), Try::Listen("$SYS.ACCOUNT.OWN_long-an.CONNECT")],
        expect: [Denied, Denied, Denied, Harmless, Harmless],
        why: "Whoever has a server hears its own account, in which the system says nothing.",
    },
];
