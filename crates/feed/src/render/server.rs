//! What stands in a server's configuration besides its accounts.

use super::accounts::{self, Accounts};
use super::limits::{
    CONNECTIONS, CONTROL_LINE_BYTES, ERROR_REPORTS, LAME_DUCK, LAME_DUCK_GRACE, LOG_BYTES, LOGS,
    MEMORY_MIB, PAYLOAD_BYTES, PENDING_BYTES, PING_INTERVAL, PINGS, TLS_SECONDS, WRITE_DEADLINE,
};
use super::text::{Quoted, Text};
use super::topology::{ClusterServer, Hub, Leaf, Plan, Server, Store, Topology};
use super::{Members, Role};

/// Each server of the plan: its name, its role, its configuration.
pub(super) fn texts(members: &Members, plan: &Plan) -> Vec<(String, Role, String)> {
    let named = |server: &Server, role, text| (server.name.clone(), role, text);
    match &plan.topology {
        Topology::Single { server, store } => {
            let text = whole(server, &accounts::together(members), |text| keep(text, store, None));
            vec![named(server, Role::Single, text)]
        }
        Topology::Cluster { name, servers } => {
            let accounts = accounts::together(members);
            let text = |member: &ClusterServer| {
                let others =
                    || servers.iter().filter(|other| other.server.name != member.server.name);
                whole(&member.server, &accounts, |text| {
                    keep(text, &member.store, None);
                    cluster(text, name, member, others());
                })
            };
            servers.iter().map(|it| named(&it.server, Role::Member, text(it))).collect()
        }
        Topology::Leaf { hub, leaves } => {
            let text = whole(&hub.server, &accounts::hub(members), |text| receive(text, hub));
            let mut all = vec![named(&hub.server, Role::Hub, text)];
            for leaf in leaves {
                let accounts = accounts::province(members, &leaf.province);
                let text = whole(&leaf.server, &accounts, |text| {
                    keep(text, &leaf.store, Some(&leaf.province));
                    reach(text, leaf, hub);
                });
                all.push(named(&leaf.server, Role::Leaf { province: leaf.province.clone() }, text));
            }
            all
        }
    }
}

fn whole(server: &Server, accounts: &Accounts, own: impl FnOnce(&mut Text)) -> String {
    let mut text = Text::default();
    text.comment("Rendered by `giapranh deploy render`. What is changed here by hand is lost.");
    text.comment("Relative paths are below this file's directory: start nats-server in it.");
    text.gap();
    text.string("server_name", &server.name);
    text.string("listen", &server.listen.to_string());
    tls(&mut text, server, "");
    if let Some(monitor) = &server.monitor {
        text.string("http", &monitor.to_string());
    }
    text.gap();
    common(&mut text);
    text.gap();
    own(&mut text);
    text.gap();
    accounts::write(&mut text, accounts);
    text.into_string()
}

/// Both sides show a certificate of the authority, on whatever listener.
fn tls(text: &mut Text, server: &Server, more: &str) {
    text.block("tls", |text| {
        text.string("ca_file", &server.ca);
        text.string("cert_file", &server.certificate);
        text.string("key_file", &server.key);
        text.line("verify: true");
        if !more.is_empty() {
            text.line(more);
        }
        text.number("timeout", TLS_SECONDS);
    });
}

fn common(text: &mut Text) {
    text.number("max_payload", PAYLOAD_BYTES);
    text.number("max_pending", PENDING_BYTES);
    text.number("max_connections", CONNECTIONS);
    text.number("max_control_line", CONTROL_LINE_BYTES);
    text.string("write_deadline", WRITE_DEADLINE);
    text.string("ping_interval", PING_INTERVAL);
    text.number("ping_max", PINGS);
    text.string("lame_duck_duration", LAME_DUCK);
    text.string("lame_duck_grace_period", LAME_DUCK_GRACE);
    text.number("connect_error_reports", ERROR_REPORTS);
    text.number("reconnect_error_reports", ERROR_REPORTS);
    text.gap();
    text.string("pid_file", "nats-server.pid");
    text.string("log_file", "nats-server.log");
    text.number("log_size_limit", LOG_BYTES);
    text.number("logfile_max_num", LOGS);
}

/// Where the streams are. Each write is synced before it is acknowledged: the logs are the truth
/// and would make good what a stream loses, but a consumer that is ahead of its stream after a power
/// failure skips what is published anew, and a handful of events a day can wait a millisecond.
fn keep(text: &mut Text, store: &Store, domain: Option<&str>) {
    text.block("jetstream", |text| {
        text.string("store_dir", &store.dir);
        text.number("max_file_store", store.mib.saturating_mul(1024 * 1024));
        text.number("max_memory_store", MEMORY_MIB * 1024 * 1024);
        text.line("sync_interval: \"always\"");
        if let Some(domain) = domain {
            text.comment(
                "Not the province's id: a server takes requests to the API of its own domain",
            );
            text.comment("for itself, in all accounts, before any import is looked at.");
            text.string("domain", &format!("DOMAIN_{domain}"));
        }
    });
}

fn cluster<'a>(
    text: &mut Text,
    name: &str,
    member: &ClusterServer,
    others: impl Iterator<Item = &'a ClusterServer>,
) {
    text.gap();
    text.block("cluster", |text| {
        text.string("name", name);
        text.string("listen", &member.route_listen.to_string());
        text.comment("Nodes have certificates of the same authority: a fellow is who is named so.");
        tls(text, &member.server, "verify_cert_and_check_known_urls: true");
        text.comment("Clients know the servers from their own settings.");
        text.line("no_advertise: true");
        text.list("routes", |text| {
            for other in others {
                text.line(Quoted(&format!("tls://{}", other.route)));
            }
        });
    });
}

fn receive(text: &mut Text, hub: &Hub) {
    text.comment("Nodes can't log in here: all users are provinces' servers.");
    text.block("leafnodes", |text| {
        text.string("listen", &hub.leaf_listen.to_string());
        tls(text, &hub.server, "");
        text.line("no_advertise: true");
    });
}

fn reach(text: &mut Text, leaf: &Leaf, hub: &Hub) {
    text.gap();
    text.block("leafnodes", |text| {
        text.list("remotes", |text| {
            text.enclosed("{", "}", |text| {
                text.string("url", &format!("tls://{}", hub.leaf));
                text.string("account", &accounts::link_account(&leaf.province));
                text.comment(
                    "Holds the secret seed that the hub knows this server by (mode 0600).",
                );
                text.line(format_args!("include {}", Quoted(&leaf.link)));
                tls(text, &leaf.server, "");
            });
        });
    });
}
