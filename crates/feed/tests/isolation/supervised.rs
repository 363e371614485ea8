//! A server that the program itself runs from a rendered directory.

use std::fs;
use std::path::Path;
use std::time::Duration;

use giapranh_feed::render::CONFIG;
use giapranh_feed::server::{
    Lacking, PROGRAM_VARIABLE, Program, RenderedServer, ServerState, lacking,
};

use crate::world::{Kind, World};

const PATIENCE: Duration = Duration::from_secs(20);

async fn program() -> Program {
    let named = std::env::var_os(PROGRAM_VARIABLE);
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let search = std::env::join_paths([tools].into_iter().chain(std::env::split_paths(&path)));
    Program::find(named.as_deref(), &search.unwrap()).await.unwrap()
}

/// Its process, once it is not that one.
async fn running(server: &RenderedServer, but_not: u32) -> u32 {
    let mut state = server.state();
    let other =
        |state: &ServerState| matches!(state, ServerState::Running { pid } if *pid != but_not);
    let state = tokio::time::timeout(PATIENCE, state.wait_for(other)).await.unwrap().unwrap();
    match *state {
        ServerState::Running { pid } => pid,
        _ => unreachable!(),
    }
}

/// Whether the node of a unit is let in, as soon as the server listens.
async fn lets_in(world: &World, unit: &str) -> bool {
    for _ in 0..200 {
        match world.node(unit).await {
            Ok(_) => return true,
            Err(error) if error.contains("refused") => {}
            Err(error) => return !error.contains("Authorization Violation"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

#[tokio::test]
async fn it_is_kept_running_and_takes_over_only_what_it_can_read() {
    let mut world = World::start(Kind::Single);
    // The program's own takes the place of the one that the test started.
    world.servers.clear();
    let dir = world.dir("one");
    let server = RenderedServer::start(&dir, program().await).await.unwrap();
    let pid = running(&server, 0).await;
    assert!(lets_in(&world, "hcm_q1").await);

    let good = fs::read_to_string(dir.join(CONFIG)).unwrap();
    fs::write(dir.join(CONFIG), format!("{good}\nmax_payload: {{")).unwrap();
    let refused = server.reload().await.unwrap_err().to_string();
    assert!(refused.contains(CONFIG), "{refused}");
    assert!(lets_in(&world, "hcm_q1").await, "the one before goes on");

    world.units.retain(|unit| unit != "hcm_q1");
    assert_eq!(world.write(), ["one"]);
    server.reload().await.unwrap();
    assert!(!lets_in(&world, "hcm_q1").await);
    assert_eq!(running(&server, 0).await, pid, "it is still the same process");

    let killed = std::process::Command::new("kill").args(["-KILL", &pid.to_string()]).status();
    assert!(killed.unwrap().success());
    running(&server, pid).await;
    assert!(lets_in(&world, "hcm").await);
    server.stop().await;
    assert_eq!(*server.state().borrow(), ServerState::Stopped);
    assert!(server.reload().await.unwrap_err().to_string().contains("no server runs there"));
}

#[test]
fn what_the_configuration_names_and_is_not_there_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let text = "tls {\n  ca_file: \"tls/ca.pem\"\n  cert_file: \"tls/server.pem\"\n  key_file: \
                \"/nowhere/server.key\"\n}\nleafnodes {\n  tls {\n    ca_file: \
                \"tls/ca.pem\"\n  }\n  include \"link.conf\"\n}\n";
    fs::write(at(CONFIG), text).unwrap();
    let expected = [
        Lacking::Authority(at("tls/ca.pem")),
        Lacking::Certificate(at("tls/server.pem")),
        Lacking::Certificate("/nowhere/server.key".into()),
        Lacking::Link(at("link.conf")),
    ];
    assert_eq!(lacking(dir.path()).unwrap(), expected);
    fs::create_dir(at("tls")).unwrap();
    fs::write(at("tls/ca.pem"), "").unwrap();
    assert_eq!(lacking(dir.path()).unwrap(), expected[1..]);
}

#[tokio::test]
async fn where_nothing_was_rendered_nothing_is_run() {
    let dir = tempfile::tempdir().unwrap();
    let refused = RenderedServer::start(dir.path(), program().await).await.err().unwrap();
    assert!(refused.to_string().contains("there is no such file"), "{refused}");
}
