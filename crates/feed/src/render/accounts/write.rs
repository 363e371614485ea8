//! Accounts as nats-server reads them.

use super::{Account, Accounts, Kind};
use crate::render::limits::{
    ANSWER, CONSUMERS, NODE_CONNECTIONS, NODE_SUBSCRIPTIONS, OWNER_CONNECTIONS, PAYLOAD_BYTES,
    STREAM_MIB,
};
use crate::render::text::{Quoted, Text};

/// The account of the server itself. It has no user: nobody asks a server, nobody is told.
const SYSTEM: &str = "SYS";

/// Writes all accounts.
pub(in crate::render) fn write(text: &mut Text, accounts: &Accounts) {
    text.comment("Nobody is in the system account; there is no user without a key (no_auth_user).");
    text.string("system_account", SYSTEM);
    text.block("accounts", |text| {
        for (name, account) in accounts {
            text.block(Quoted(name), |text| one(text, account));
        }
        text.line(format_args!("{} {{}}", Quoted(SYSTEM)));
    });
}

fn one(text: &mut Text, account: &Account) {
    limits(text, account.kind);
    if !account.users.is_empty() {
        text.list("users", |text| account.users.iter().for_each(|user| self::user(text, user)));
    }
    if !account.exports.is_empty() {
        text.list("exports", |text| {
            for (subject, export) in &account.exports {
                let to: Vec<String> = export.to.iter().map(|to| Quoted(to).to_string()).collect();
                let many = if export.many_answers { ", response_type: \"stream\"" } else { "" };
                let (subject, to) = (Quoted(subject), to.join(", "));
                text.line(format_args!("{{service: {subject}{many}, accounts: [{to}]}}"));
            }
        });
    }
    if !account.imports.is_empty() {
        text.list("imports", |text| {
            for import in &account.imports {
                let (account, subject) = (Quoted(&import.account), Quoted(&import.subject));
                let service = format!("service: {{account: {account}, subject: {subject}}}");
                if import.local == import.subject {
                    text.line(format_args!("{{{service}}}"));
                } else {
                    text.line(format_args!("{{{service}, to: {}}}", Quoted(&import.local)));
                }
            }
        });
    }
}

fn limits(text: &mut Text, kind: Kind) {
    match kind {
        Kind::Owner => {
            text.block("jetstream", |text| {
                text.number("max_file", STREAM_MIB * 1024 * 1024);
                text.number("max_streams", 1);
                text.number("max_consumers", CONSUMERS);
                text.line("max_bytes_required: true");
            });
            text.block("limits", |text| text.number("max_connections", OWNER_CONNECTIONS));
        }
        Kind::Node => text.block("limits", |text| {
            text.number("max_connections", NODE_CONNECTIONS);
            text.number("max_subscriptions", NODE_SUBSCRIPTIONS);
            text.number("max_payload", PAYLOAD_BYTES);
        }),
        Kind::Link => {}
    }
}

fn user(text: &mut Text, user: &super::User) {
    text.enclosed("{", "}", |text| {
        text.string("nkey", user.key.as_str());
        if user.is_leaf {
            text.line("allowed_connection_types: [\"LEAFNODE\"]");
        } else {
            text.line("allowed_connection_types: [\"STANDARD\"]");
        }
        text.block("permissions", |text| {
            allowed(text, "publish", &user.publish);
            allowed(text, "subscribe", &user.subscribe);
            if user.answers {
                text.block("allow_responses", |text| {
                    text.number("max", 1);
                    text.string("expires", ANSWER);
                });
            }
        });
    });
}

fn allowed(text: &mut Text, what: &str, subjects: &[String]) {
    text.block(what, |text| {
        text.list("allow", |text| subjects.iter().for_each(|subject| text.line(Quoted(subject))));
    });
}
