//! An erasure that is cut off anywhere ends, after the next start, as one that was not.

use std::path::Path;

use giapranh_domain::event::Kind;
use giapranh_domain::{Command, Sealed};
use giapranh_log::Open;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::init::{Exchange, init};
use crate::past::Limits;
use crate::{Author, Config, SystemClock, keys};

const NAME: &str = "Lê Thị Ví Dụ Cắt";

/// A node without a line, and its eraser.
struct Life {
    author: Author,
    eraser: Eraser,
}

impl Life {
    fn begin(dir: &Path) -> Self {
        let (config, key) = (Config::load(dir).unwrap(), keys::load(dir).unwrap());
        let identity = crate::init::identity(dir, &config, &key).unwrap();
        let reader = Reader::open(&dir.join(LOG_FILE)).unwrap();
        let registrar = config.anchor.registrar.clone();
        let standing = Arc::new(Standing::load(&reader, &config.unit, &registrar).unwrap());
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let open = Open {
            signer: Arc::new(key),
            keyring: standing.clone(),
            entitlement: standing.clone(),
            clock: clock.clone(),
        };
        let log = Log::open(dir, &identity, open).unwrap();
        let sealer = Sealer::open(dir).unwrap();
        let keys: Arc<dyn giapranh_audit::Keys> = Arc::new(sealer.clone());
        let projection = Projection::open(dir.to_owned(), registrar.clone(), Some(keys)).unwrap();
        let unit = config.unit.clone();
        let eraser = Eraser {
            dir: dir.to_owned(),
            unit: unit.clone(),
            sealer: sealer.clone(),
            log: log.clone(),
            views: Views::open(dir).unwrap(),
            projection,
            past: Past::open(dir, registrar, Limits::USUAL).unwrap(),
            standing: standing.clone(),
            clock,
            healing: Arc::new(Healing::new(unit.as_str(), [1; 16], 1_000, false)),
            barred: watch::Sender::new(None),
        };
        let author = Author { unit, epoch: identity.epoch, log, standing, sealer };
        Self { author, eraser }
    }

    /// The process dies: nothing is finished.
    async fn end(self) {
        let Self { author, eraser } = self;
        // The log is closed once nobody has it any more.
        drop(eraser);
        author.log.close().await;
    }

    async fn take(&self, act: Value) -> AlertId {
        let mut command = json!({ "drafted_by": "cb-soan-01", "approved_by": "cb-duyet-02" });
        command.as_object_mut().unwrap().extend(act.as_object().unwrap().clone());
        let command: Command = serde_json::from_value(command).unwrap();
        self.author.clone().submit(command).await.unwrap().alert.unwrap()
    }

    /// An alert that has to be gone.
    async fn with_something_to_erase(&self) -> AlertId {
        let end = SystemClock.now_ms() + 300 * 24 * 3_600_000;
        let content = json!({
            "category": "modus-operandi", "headline": format!("Thủ đoạn của {NAME}"),
            "severity": "important", "required_action": "inform", "handling": "internal",
            "ground": { "kind": "directive", "date": "2024-05-20", "agency": "Cơ quan ví dụ" },
            "purpose": "Phòng ngừa (ví dụ)", "expires": giapranh_domain::time::day(end),
            "contact": "Trực ban ví dụ, 000 000 000",
            "modus_operandi": { "offence": 171, "approach": NAME, "cases": 4 }
        });
        let issue = json!({ "act": "issue-alert", "zones": ["hcm-long-an"], "content": content });
        let alert = self.take(issue).await;
        let named = alert.to_string();
        let withdrawal = json!({ "reason": "revoked" });
        self.take(json!({ "act": "withdraw-alert", "alert": named, "withdrawal": withdrawal }))
            .await;
        let erasing = json!({ "ground": "unlawful" });
        self.take(json!({ "act": "erase-alert", "alert": named, "erasing": erasing })).await;
        self.eraser.projection.catch_up().unwrap();
        alert
    }

    fn alert(&self, id: &AlertId) -> Alert {
        self.eraser.views.alert(id, None, 0).unwrap().unwrap()
    }

    /// How often the log says something of the alert.
    fn said(&self, id: &AlertId, kind: Kind) -> usize {
        let reader = Reader::open(&self.eraser.dir.join(LOG_FILE)).unwrap();
        let stored = reader.of_alert(&id.to_string(), u64::MAX >> 1).unwrap();
        stored.iter().filter(|stored| stored.event.header().kind == kind.code()).count()
    }
}

async fn founded() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let hcm: UnitId = "hcm".parse().unwrap();
    let made = init(dir.path(), &hcm, None, [].into(), Exchange::default()).unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/directory");
    crate::founding::found(dir.path(), &data, &[made.enrolment], "303/QCPH", "2020-10-29")
        .await
        .unwrap();
    dir
}

/// Whether any file of the node holds the name.
fn holds_name(dir: &Path) -> bool {
    std::fs::read_dir(dir).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        bytes.windows(NAME.len()).any(|window| window == NAME.as_bytes())
    })
}

#[tokio::test]
async fn an_erasure_that_is_cut_off_anywhere_ends_as_one_that_was_not() {
    let steps = [Step::Note, Step::Destroy, Step::Purge, Step::Confirm];
    for cut_at in steps {
        let dir = founded().await;
        let life = Life::begin(dir.path());
        let alert = life.with_something_to_erase().await;
        let due = life.eraser.views.erasable(u64::MAX >> 1, 8).unwrap();
        assert_eq!(due.len(), 1, "{due:?}");
        let mut cut = |step| {
            if step == cut_at { Err(NodeError::Request("cut off".into())) } else { Ok(()) }
        };
        assert!(life.eraser.erase(&due[0], &mut cut).await.is_err());
        // From the issuer's word on nothing is shown, however far it has come.
        assert_eq!(life.alert(&alert).sealed, Some(Sealed::Erased), "{cut_at:?}");
        life.end().await;

        let life = Life::begin(dir.path());
        life.eraser.before_serving(false).await.unwrap();
        let keys = life.eraser.sealer.keys();
        assert!(keys.is_fenced(&alert.to_string()).unwrap(), "{cut_at:?}");
        life.eraser.erase_due().await.unwrap();
        assert_eq!(life.said(&alert, Kind::KeysDestroyed), 1, "{cut_at:?}");
        assert_eq!(life.said(&alert, Kind::ErasureConfirmed), 1, "{cut_at:?}");
        life.eraser.erase_due().await.unwrap();
        assert_eq!(life.said(&alert, Kind::ErasureConfirmed), 1, "and again changes nothing");
        assert_eq!(life.alert(&alert).sealed, Some(Sealed::Erased));
        assert!(life.eraser.views.erasable(u64::MAX >> 1, 8).unwrap().is_empty());
        assert!(!holds_name(dir.path()), "{cut_at:?}");
        life.end().await;
    }
}

#[tokio::test]
async fn what_has_to_be_gone_bars_everything_until_it_is() {
    let dir = founded().await;
    let life = Life::begin(dir.path());
    let alert = life.with_something_to_erase().await;
    life.end().await;
    let life = Life::begin(dir.path());
    life.eraser.before_serving(false).await.unwrap();
    assert_eq!(*life.eraser.barred.borrow(), Some(PENDING));
    let reader = Reader::open(&dir.path().join(LOG_FILE)).unwrap();
    for stored in reader.of_alert(&alert.to_string(), u64::MAX >> 1).unwrap() {
        if let Some((commitment, _)) = sealed_with(&stored.event) {
            assert!(life.eraser.sealer.key(&commitment).unwrap().is_none(), "its key is there");
        }
    }
    life.end().await;
}

#[tokio::test]
async fn a_key_that_was_kept_and_not_noted_is_used_for_nothing_else() {
    // Cut off between the key and the event that needs it: the key opens nothing, and never will.
    let dir = founded().await;
    let life = Life::begin(dir.path());
    let taken = life.author.sealer.seal_anew().unwrap();
    life.end().await;
    let life = Life::begin(dir.path());
    let alert = life.with_something_to_erase().await;
    let reader = Reader::open(&dir.path().join(LOG_FILE)).unwrap();
    let stored = reader.of_alert(&alert.to_string(), u64::MAX >> 1).unwrap();
    let used: Vec<_> = stored.iter().filter_map(|stored| sealed_with(&stored.event)).collect();
    assert!(!used.is_empty());
    assert!(used.iter().all(|(commitment, _)| *commitment != taken.key.commitment()));
    life.end().await;
}

#[tokio::test]
async fn what_was_typed_to_find_it_goes_with_it() {
    let dir = founded().await;
    let life = Life::begin(dir.path());
    let alert = life.with_something_to_erase().await;
    let showing = |query: &str, results| giapranh_web::Showing {
        officer: Some("cb-truc-01".parse().unwrap()),
        act: giapranh_domain::codes::AccessAct::Search,
        source: "api",
        results,
        query: Some(query.to_owned()),
        purpose: None,
        said: None,
    };
    life.author.note_access(showing(NAME, vec![alert.clone()])).await.unwrap();
    life.author.note_access(showing("khác (ví dụ)", Vec::new())).await.unwrap();
    life.eraser.projection.catch_up().unwrap();
    let query = giapranh_views::AccessQuery { limit: 10, ..Default::default() };
    let accesses = life.eraser.views.accesses(&query).unwrap();
    assert_eq!(accesses.len(), 2, "{accesses:?}");
    let reader = || Reader::open(&dir.path().join(LOG_FILE)).unwrap();
    let said = |access: &giapranh_views::Access| {
        crate::trail::said(&reader(), &life.eraser.sealer, access.search.unwrap()).unwrap().unwrap()
    };
    assert_eq!(said(&accesses[1]).query.as_deref(), Some(NAME));
    life.eraser.erase_due().await.unwrap();
    let gone = said(&accesses[1]);
    assert!(gone.erased && gone.query.is_none(), "{gone:?}");
    assert_eq!(said(&accesses[0]).query.as_deref(), Some("khác (ví dụ)"));
    // Who looked is known all the same.
    let query = giapranh_views::AccessQuery { alert: Some(alert), limit: 10, ..Default::default() };
    assert_eq!(life.eraser.views.accesses(&query).unwrap()[0].officer, "cb-truc-01");
    assert!(!holds_name(dir.path()));
    life.end().await;
}
