//! The cluster as it is left to a person: where the consoles are, and who may sign in there.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;

use giapranh_tests::cluster::{Cluster, Failed, failed};
use serde_json::{Value, json};

use crate::cast::{self, Cast, DUTY};
use crate::{DUC_HOA, HCM, LONG_AN, MEMBERS, REGISTRAR};

/// The same for a program: the tests in a browser read it. For its owner alone.
const FILE: &str = "desks.json";

/// Those that a person is shown at once: the lead, and who occurs in the story.
const SHOWN: [&str; 4] = [HCM, LONG_AN, DUC_HOA, REGISTRAR];

/// Keeps the cluster running until Ctrl-C.
pub fn stay(cluster: &Cluster, cast: &Cast) -> Result<(), Failed> {
    cluster.wait_ready(&mut |_, _| {})?;
    write(cluster, cast)?;
    println!(
        "\nThe nodes keep running. Sign in with a browser; accounts and people are invented:\n"
    );
    for unit in SHOWN {
        println!("{unit}  {}", address(cluster, unit));
        for officer in cast.at(unit) {
            let (account, password) = (officer.account, officer.password());
            let roles = account.roles.join(",");
            println!("  {:<10}{password:<22}{roles:<16}{}", account.login, account.unit);
        }
    }
    let (dir, officers) = (cluster.node(DUC_HOA).dir.display(), cast::file(cluster));
    println!("\nAll twelve nodes and their accounts: {}", officers.display());
    println!("In another terminal, for example:");
    let sign_in = format!("sign-in {DUTY}");
    for command in [&sign_in, "due", "alert watch --after 0"] {
        println!("  target/demo/giapranh {command} --dir {dir}");
    }
    println!("Ctrl-C ends everything.");
    wait_for_the_end();
    Ok(())
}

/// Where the console of a node is.
pub fn address(cluster: &Cluster, unit: &str) -> String {
    cluster.node(unit).console.map_or_else(|| "-".into(), |address| format!("http://{address}/"))
}

fn write(cluster: &Cluster, cast: &Cast) -> Result<(), Failed> {
    let desks: Vec<Value> = MEMBERS.iter().map(|member| desk(cluster, cast, member.unit)).collect();
    let path = cluster.root().join(FILE);
    // Whoever waits for the file is to find it whole.
    let partial = path.with_extension("partial");
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial);
    file.and_then(|mut file| file.write_all(Value::from(desks).to_string().as_bytes()))
        .and_then(|()| std::fs::rename(partial, path))
        .map_err(failed)
}

fn desk(cluster: &Cluster, cast: &Cast, unit: &str) -> Value {
    let node = cluster.node(unit);
    let officers: Vec<Value> = cast
        .at(unit)
        .map(|officer| {
            let account = officer.account;
            json!({
                "login": account.login, "unit": account.unit, "roles": account.roles,
                "password": officer.password(),
            })
        })
        .collect();
    json!({
        "unit": unit, "console": address(cluster, unit), "dir": node.dir,
        "process": node.process(), "officers": officers,
    })
}

/// Returns at SIGINT or SIGTERM, so that everything that was started is ended.
fn wait_for_the_end() {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return;
    };
    runtime.block_on(async {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return;
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    });
}
