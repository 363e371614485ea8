//! Nodes at which officers work, with deadlines of seconds; and what is due by nothing but a log's
//! file, which the node has to say as well.
#![allow(clippy::unwrap_used, reason = "a scene that fails is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Instant;

use giapranh_domain::{Alert, AlertId, Draft, Event, due, time};
use giapranh_log::{Clock as _, LOG_FILE, Reader};
use giapranh_node::SystemClock;
use giapranh_tests::api::{self, Pass};
use giapranh_tests::cluster::{Member, PATIENCE};
use giapranh_tests::officers::{Account, Officer};
use giapranh_tests::story;
use serde_json::{Value, json};

use crate::common::{COMMUNE, DUC_HOA, HCM, LONG_AN, OFFICERS, REGISTRAR, Scene, ZONE, text};

pub const DUTY: &str = "truc";
pub const ISSUER: &str = "soan";
pub const APPROVER: &str = "duyet";
pub const COMMUNE_DUTY: &str = "xa";

/// Those who are in the zone, and hold the same as long as only its members say something.
pub const IN_ZONE: [&str; 3] = [HCM, LONG_AN, DUC_HOA];
const MEMBERS: [Member; 4] = [
    Member::new(REGISTRAR),
    Member::new(HCM),
    Member::new(LONG_AN),
    Member { serves: &[COMMUNE], ..Member::new(DUC_HOA) },
];
/// Seconds: the first is long enough to be answered in, whatever the machine does meanwhile.
const LIMITS: [(&str, u32); 5] = [
    ("acknowledge", 3),
    ("hit-urgent", 3),
    ("second-request", 2),
    ("withdraw-after-arrest", 4),
    ("approve", 3),
];

/// Four nodes, of which three have officers.
pub struct Lives {
    pub scene: Scene,
    officers: Vec<Officer>,
}

impl Lives {
    pub fn begin() -> Self {
        let scene = Scene::running(&MEMBERS);
        let limit = |(name, seconds): (&str, u32)| json!({ "deadline-set": { "name": name, "seconds": seconds } });
        let limits = scene.file(&json!(LIMITS.map(limit)).to_string());
        let change = ["directory", "change", &limits, "--decision", "thời hạn (ví dụ)"];
        let changed = scene.act(REGISTRAR, &[&change[..], &OFFICERS].concat());
        scene.seen(&changed, &IN_ZONE);
        let account = |login, unit, roles| Account { login, unit, roles };
        let at = |node: &'static str| {
            let duty = account(DUTY, node, &["duty"][..]);
            match node {
                HCM => vec![
                    duty,
                    account(ISSUER, node, &["issuer"]),
                    account(APPROVER, node, &["approver"]),
                ],
                DUC_HOA => vec![duty, account(COMMUNE_DUTY, COMMUNE, &["duty"])],
                _ => vec![duty],
            }
        };
        let mut officers = Vec::new();
        for node in IN_ZONE {
            officers.extend(scene.cluster.give_out(node, &at(node)).unwrap());
        }
        let lives = Self { scene, officers };
        for node in IN_ZONE {
            lives.scene.cluster.node(node).follower.sign_in(&lives.officer(node, DUTY).session);
        }
        lives
    }

    pub fn officer(&self, node: &str, login: &str) -> &Officer {
        let found = |one: &&Officer| one.node == node && one.account.login == login;
        self.officers.iter().find(found).unwrap()
    }

    /// An officer's command.
    #[track_caller]
    pub fn act(&self, node: &str, login: &str, arguments: &[&str]) -> Value {
        self.scene.cluster.json_as(self.officer(node, login), arguments).unwrap()
    }

    /// What is due in the province of a node, by the node.
    pub fn due(&self, node: &str) -> Vec<Value> {
        let dir = &self.scene.cluster.node(node).dir;
        let pass = self.officer(node, DUTY).pass().unwrap();
        let (mut due, mut after) = (Vec::new(), String::new());
        loop {
            let ask = format!("/api/v1/due?for=province&limit=500{after}");
            let page = api::get_as(dir, &pass, &ask).unwrap();
            due.extend(page["due"].as_array().unwrap().iter().cloned());
            let Some(next) = page["next"].as_str() else { return due };
            after = format!("&after={next}");
        }
    }

    /// Waits until the node shows something due that is as `wanted` says.
    #[track_caller]
    pub fn until_due(&self, node: &str, what: &str, wanted: impl Fn(&Value) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !self.due(node).iter().any(&wanted) {
            assert!(Instant::now() < deadline, "{node}: {what}: {:?}", self.due(node));
        }
    }

    /// Kills the node at this instant, starts it again, and holds what it shows against its log;
    /// then once more with views that were made anew.
    #[track_caller]
    pub fn dies(&mut self, node: &'static str) {
        self.scene.cluster.kill(node);
        self.scene.cluster.start(node).unwrap();
        self.scene.ready();
        self.shows_its_log(node);
        let rebuilt = self.scene.act(node, &["rebuild"]);
        assert_eq!(rebuilt["digest_before"], rebuilt["digest_after"], "{node}");
        self.shows_its_log(node);
    }

    /// What is due by the node is what is due by its log.
    #[track_caller]
    pub fn shows_its_log(&self, node: &str) {
        let level = |status: &Value| status["events"] == status["projected"];
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.scene.cluster.wait_status(node, "up to date", level).unwrap();
            let logged = by_log(&self.scene.cluster.node(node).dir, node);
            let shown: BTreeSet<String> = self.due(node).iter().map(key).collect();
            if logged == shown {
                return;
            }
            // Something else may have arrived in between.
            assert!(Instant::now() < deadline, "{node}: by the log {logged:#?}, shown {shown:#?}");
        }
    }

    /// Lets the officers of TP Hồ Chí Minh work without a pause, until the node is gone: drafts that
    /// are released and found, one after the other. Gives each answer.
    pub fn work(&self) -> Receiver<Value> {
        let pass = |login| self.officer(HCM, login).pass().unwrap();
        let passes = [ISSUER, APPROVER, DUTY].map(pass);
        let dir = self.scene.cluster.node(HCM).dir.clone();
        let (sender, answers) = channel();
        thread::spawn(move || while work_on_one(&dir, &passes, &|it| sender.send(it).is_ok()) {});
        answers
    }
}

/// One life: written, submitted, released, found. `false`: the node is gone, or nobody listens.
fn work_on_one(dir: &Path, passes: &[Pass; 3], tell: &dyn Fn(Value) -> bool) -> bool {
    let [issuer, approver, duty] = passes;
    let content = story::vehicle("59X1-123.45", "Xe bị mất cắp (ví dụ)");
    let save = json!({
        "act": "save-draft",
        "proposal": { "issue": { "zones": [ZONE], "content": content } }
    });
    let Ok(saved) = api::command_as(dir, issuer, &save) else { return false };
    let alert = saved["alert"].clone();
    let of_draft = |act: &str| json!({ "act": act, "alert": alert, "version": 1 });
    let report = json!({
        "act": "report-hit", "alert": alert, "urgency": "urgent",
        "hit": {
            "version": 1, "place": "Bến xe (ví dụ)",
            "seen_at": time::rfc3339(SystemClock.now_ms() - 60_000),
            "basis": "Khớp (ví dụ)", "certainty": "probable", "done": "Đang theo dõi"
        }
    });
    let then =
        [(issuer, of_draft("submit-draft")), (approver, of_draft("approve-draft")), (duty, report)];
    if !tell(saved) {
        return false;
    }
    then.iter().all(|(pass, command)| {
        let wait = Instant::now() + PATIENCE;
        loop {
            match api::command_as(dir, pass, command) {
                Ok(answer) => return tell(answer),
                // An officer does not see what the views don't show yet.
                Err(error) if error.to_string().contains("404") && Instant::now() < wait => {}
                Err(_) => return false,
            }
        }
    })
}

/// What is due in the province of a node, by its log and nothing else.
fn by_log(dir: &Path, node: &str) -> BTreeSet<String> {
    let directory = giapranh_node::deploy::directory(dir).unwrap();
    let stored = Reader::open(&dir.join(LOG_FILE)).unwrap().after(0, usize::MAX >> 1).unwrap();
    let mut alerts: BTreeMap<AlertId, Vec<Event>> = BTreeMap::new();
    for event in stored.iter().filter_map(|stored| giapranh_views::to_domain(&stored.event)) {
        if let Some(alert) = event.meta.alert.clone() {
            alerts.entry(alert).or_default().push(event);
        }
    }
    let province = node.parse().map(|unit| directory.province_of(&unit)).unwrap();
    let now = SystemClock.now_ms();
    let mut due = BTreeSet::new();
    for (id, events) in alerts {
        let draft = Draft::fold(&id, &events, &directory);
        let shared: Vec<Event> = events.into_iter().filter(|event| !event.is_local()).collect();
        let alert = Alert::fold(id, &shared, &directory);
        let open = due::of_alert(&alert, &directory).into_iter();
        let open = open.chain(draft.as_ref().and_then(due::of_draft));
        let here = open.filter(|one| directory.province_of(&one.unit) == province);
        let begun = here.filter(|one| one.stage(now).is_some());
        due.extend(begun.map(|one| one.key()));
    }
    due
}

/// As [`giapranh_domain::Obligation::key`] has it.
fn key(row: &Value) -> String {
    let of = |name: &str| row[name].as_str().unwrap_or_default();
    let due = row["due_ms"].as_u64().unwrap();
    format!("{} {} {} {} {due}", of("duty"), of("alert"), of("subject"), of("unit"))
}

/// The ids of all events in a log, local ones too.
pub fn ids(dir: &Path) -> BTreeSet<String> {
    let stored = Reader::open(&dir.join(LOG_FILE)).unwrap().after(0, usize::MAX >> 1).unwrap();
    stored.iter().map(|stored| stored.event.header().event_id.to_string()).collect()
}

/// The id of an accepted event.
pub fn id(event: &Value) -> String {
    text(event, "event_id").to_owned()
}
