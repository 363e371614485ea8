//! Who sits at which node: officers with accounts, who sign in.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;

use giapranh_tests::cluster::{Cluster, Failed, failed};
use giapranh_tests::officers::{Account, Officer};

use crate::teller::Teller;
use crate::{COMMUNE, DUC_HOA, HCM, LONG_AN, MEMBERS, REGISTRAR, desks};

/// On duty: watches, acknowledges, reports hits.
pub const DUTY: &str = "truc";
/// On duty at the commune that Đức Hòa's node serves.
pub const COMMUNE_DUTY: &str = "xa";
/// Drafts alerts, answers hits.
pub const ISSUER: &str = "soan";
/// The commander, who releases what another one drafted.
pub const APPROVER: &str = "duyet";
/// Keeps the directory at the lead.
pub const LEAD: &str = "dau-moi";

/// Looks after who was shown what.
const AUDITOR: &str = "thanh-tra";

/// Where it stands how to sign in, for its owner alone.
const FILE: &str = "officers.txt";

/// Everybody.
pub struct Cast(Vec<Officer>);

impl Cast {
    /// Gives out the accounts of every node, several nodes at a time, and signs everybody in.
    pub fn sign_in(cluster: &Cluster) -> Result<Self, Failed> {
        let left = Mutex::new(MEMBERS.map(|member| member.unit).to_vec());
        let next = || left.lock().ok().and_then(|mut left| left.pop());
        let work = || {
            let mut officers = Vec::new();
            while let Some(node) = next() {
                officers.extend(cluster.give_out(node, &accounts(node))?);
            }
            Ok(officers)
        };
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let officers = thread::scope(|scope| {
            let workers: Vec<_> = (0..=cores).map(|_| scope.spawn(work)).collect();
            let ended = workers
                .into_iter()
                .map(|worker| worker.join().map_err(|_| failed("giving out accounts panicked"))?);
            ended.collect::<Result<Vec<Vec<Officer>>, Failed>>()
        })?;
        let mut officers: Vec<Officer> = officers.into_iter().flatten().collect();
        officers.sort_by_key(|officer| (officer.node, officer.account.login));
        let cast = Self(officers);
        for member in MEMBERS {
            cluster.node(member.unit).follower.sign_in(&cast.officer(member.unit, DUTY)?.session);
        }
        cast.write(cluster)?;
        Ok(cast)
    }

    /// Somebody at a node.
    pub fn officer(&self, node: &str, login: &str) -> Result<&Officer, Failed> {
        let found = |officer: &&Officer| officer.node == node && officer.account.login == login;
        self.0.iter().find(found).ok_or_else(|| failed(format!("nobody is {login} at {node}")))
    }

    /// Who sits at a node.
    pub fn at<'a>(&'a self, node: &'a str) -> impl Iterator<Item = &'a Officer> {
        self.0.iter().filter(move |officer| officer.node == node)
    }

    /// Writes down who there is and how to sign in: these accounts are the demonstration's alone.
    fn write(&self, cluster: &Cluster) -> Result<(), Failed> {
        let mut text = format!(
            "{:<24}{:<10}{:<28}{:<16}{:<22}CONSOLE\n",
            "NODE", "LOGIN", "UNIT", "ROLES", "PASSWORD"
        );
        for officer in &self.0 {
            let Account { login, unit, roles } = officer.account;
            let (node, roles, password) = (officer.node, roles.join(","), officer.password());
            let console = desks::address(cluster, node);
            writeln!(text, "{node:<24}{login:<10}{unit:<28}{roles:<16}{password:<22}{console}")
                .map_err(failed)?;
        }
        let path = file(cluster);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)
    }
}

/// Where it stands how to sign in.
pub fn file(cluster: &Cluster) -> PathBuf {
    cluster.root().join(FILE)
}

/// The accounts of a node beside its administrator's: everywhere somebody is on duty, and where the
/// story says something there are two who write and release it.
fn accounts(node: &'static str) -> Vec<Account> {
    let account = |login, unit, roles| Account { login, unit, roles };
    let mut accounts = vec![account(DUTY, node, &["duty"][..])];
    if [REGISTRAR, HCM, LONG_AN, DUC_HOA].contains(&node) {
        accounts.push(account(ISSUER, node, &["issuer"]));
        accounts.push(account(APPROVER, node, &["approver"]));
    }
    if node == REGISTRAR {
        accounts.push(account(LEAD, node, &["lead"]));
    }
    if node == HCM {
        accounts.push(account(AUDITOR, node, &["auditor"]));
    }
    if node == DUC_HOA {
        accounts.push(account(COMMUNE_DUTY, COMMUNE, &["duty"]));
    }
    accounts
}

/// From here on nothing is done without a sign-in.
pub fn tell(teller: &mut Teller) -> Result<(), Failed> {
    let output = teller.cluster.attempt(HCM, &["alert", "list"])?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() || !said.contains("sign-in") {
        return Err(failed(format!("without a session alerts are listed:\n{said}")));
    }
    let code = output.status.code().unwrap_or(-1);
    let officers = teller.cast.0.len();
    teller.say(&format!(
        "{officers} officers of twelve nodes have accounts and have signed in; who has not is \
         refused (exit code {code})"
    ))
}
