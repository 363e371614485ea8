//! Who is let in at all.

use giapranh_feed::authority::Authority;
use jiff::Timestamp;

use crate::raw::{Papers, Raw};
use crate::world::{Kind, UNITS, World};

/// Who knocks, where, and what they have: all of them are refused. The table of `docs/SECURITY.md`.
pub const KNOCKS: &[(&str, &str)] = &[
    ("in plain text, with a listed key", "every listener, in all topologies"),
    ("over TLS without a certificate, with a listed key", "every listener, in all topologies"),
    (
        "with a certificate of another authority and a listed key",
        "clients' listener, in all topologies",
    ),
    ("with a certificate and no key", "clients' listener, in all topologies"),
    (
        "a stranger: a certificate, a key that nobody enrolled",
        "clients' and leaves' listeners, in all topologies",
    ),
    (
        "an auditor: a certificate, no user; audits need files, not servers",
        "clients' listener, in all topologies",
    ),
    (
        "a node that was revoked, with its certificate and key",
        "clients' listener, in all topologies; thrown out if it was in",
    ),
    (
        "a province's server whose key was revoked or replaced",
        "the hub's leaves' listener; cut off if it was in",
    ),
    ("a node or owner of another province", "a leaf's clients' listener"),
    ("the key of a province's server, as a client", "the hub's clients' listener"),
    ("a node or owner, as a server", "the hub's leaves' listener"),
    ("a node, as a fellow of the cluster", "the routes' listener"),
];

/// Everybody who is refused at every clients' listener.
async fn strangers(kind: Kind) -> World {
    let all: Vec<&str> = UNITS.into_iter().filter(|unit| *unit != "hcm_q1").collect();
    let world = World::start_with(kind, &crate::world::PROVINCES, &all);
    let other = Authority::create(Timestamp::now()).unwrap();
    let foreign = other.client("hcm", Timestamp::now()).unwrap();
    let foreign = Papers {
        ca: world.papers("hcm").ca,
        certificate: Some((&foreign.certificate, &foreign.key)),
    };
    let port = world.port_of("hcm");
    let key = Some(world.seed("node hcm"));
    let good = Raw::connect(port, Some(&world.papers("hcm")), key).await;
    assert!(good.is_ok(), "{:?}", good.err());
    refused("plain text", Raw::connect(port, None, key).await);
    refused("no certificate", Raw::connect(port, Some(&world.no_papers()), key).await);
    refused("another authority", Raw::connect(port, Some(&foreign), key).await);
    for (who, papers, key) in [
        ("no key", "hcm", None),
        ("stranger", "hcm", Some(world.seed("stranger"))),
        ("auditor", "auditor", Some(world.seed("auditor"))),
        ("revoked", "hcm_q1", Some(world.seed("node hcm_q1"))),
    ] {
        let knock = Raw::connect(port, Some(&world.papers(papers)), key).await;
        assert_eq!(refused(who, knock), "Authorization Violation", "{who}");
    }
    world
}

/// How it was refused.
fn refused(who: &str, knock: Result<Raw, String>) -> String {
    match knock {
        Ok(_) => panic!("{who} was let in"),
        Err(reason) => {
            println!("{who}: {reason}");
            reason
        }
    }
}

#[tokio::test]
async fn one_server_lets_in_whom_it_knows() {
    strangers(Kind::Single).await;
}

#[tokio::test]
async fn a_hub_and_leaves_let_in_whom_they_know() {
    let world = strangers(Kind::Leaf).await;
    let hcm = world.port_of("hcm");
    for key in ["node long-an", "owner long-an"] {
        let knock = Raw::connect(hcm, Some(&world.papers("long-an")), Some(world.seed(key))).await;
        assert_eq!(refused(key, knock), "Authorization Violation");
    }
    let (hub, papers) = (world.ports["hub"], world.papers("hcm"));
    for key in ["link hcm", "node hcm", "owner hcm"] {
        let knock = Raw::connect(hub, Some(&papers), Some(world.seed(key))).await;
        let reason = refused(key, knock);
        assert!(reason.contains("uthorization") || reason.contains("not allowed"), "{reason}");
    }
    let (leaf, link) = (world.leaf_port, Some(world.seed("link hcm")));
    let good = Raw::connect(leaf, Some(&papers), link).await;
    // It knows the key, and only then looks at what it talks to: a client.
    assert_eq!(refused("leaf", good), "attempted to connect to leaf node port");
    refused("leaf in plain text", Raw::connect(leaf, None, link).await);
    refused("leaf without certificate", Raw::connect(leaf, Some(&world.no_papers()), link).await);
    for key in ["node hcm", "owner hcm", "stranger"] {
        let knock = Raw::connect(leaf, Some(&papers), Some(world.seed(key))).await;
        assert_eq!(refused(key, knock), "Authorization Violation");
    }
}

#[tokio::test]
async fn a_cluster_lets_in_whom_it_knows() {
    let world = strangers(Kind::Cluster).await;
    let route = world.route_ports[0];
    let fellow = world.server_papers("s1");
    let fellow = Papers { ca: world.no_papers().ca, certificate: Some((&fellow.0, &fellow.1)) };
    let good = Raw::connect_as_server(route, Some(&fellow)).await;
    assert!(good.is_ok(), "a fellow is let in: {:?}", good.err());
    refused("route in plain text", Raw::connect_as_server(route, None).await);
    let without = world.no_papers();
    refused("route without certificate", Raw::connect_as_server(route, Some(&without)).await);
    let knock = Raw::connect_as_server(route, Some(&world.papers("hcm"))).await;
    assert_eq!(refused("route of a node", knock), "Authorization Violation");
}
