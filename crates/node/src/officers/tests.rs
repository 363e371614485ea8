//! What holds between accounts and the directory.

use std::sync::atomic::AtomicU64;

use giapranh_domain::founding::{self, Enrolment, Sources};
use giapranh_log::{LOG_FILE, Reader};
use tempfile::TempDir;

use super::*;
use crate::init::{Exchange, init};

const PASSWORD: &str = "mưa đêm trên sông";
const DISTRICT: &str = "hcm_cu-chi";

struct ManualClock(AtomicU64);

impl Clock for ManualClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A node of hcm that serves a district, and knows a directory which says so.
struct Place {
    dir: TempDir,
    standing: Arc<Standing>,
    clock: Arc<ManualClock>,
    officers: Officers,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let hcm: UnitId = "hcm".parse().unwrap();
        init(dir.path(), &hcm, None, BTreeSet::new(), Exchange::default()).unwrap();
        let reader = Reader::open(&dir.path().join(LOG_FILE)).unwrap();
        let standing = Arc::new(Standing::load(&reader, &hcm, &hcm).unwrap());
        standing.replace(Arc::new(directory(&[DISTRICT])));
        let clock = Arc::new(ManualClock(AtomicU64::new(1_800_000_000_000)));
        let officers = Self::open(&dir, &standing, &clock);
        Self { dir, standing, clock, officers }
    }

    fn open(dir: &TempDir, standing: &Arc<Standing>, clock: &Arc<ManualClock>) -> Officers {
        let clock: Arc<dyn Clock> = clock.clone();
        Officers::open(dir.path(), &"hcm".parse().unwrap(), standing, &clock).unwrap()
    }

    fn add(&self, login: &str, unit: &str, roles: &[Role]) -> Result<Account, OfficerError> {
        self.officers.add(NewOfficer {
            id: None,
            unit: unit.parse().unwrap(),
            login: login.to_owned(),
            name: "Cán bộ Ví Dụ".to_owned(),
            roles: roles.iter().copied().collect(),
            password: Secret::from(PASSWORD),
            must_change: false,
        })
    }

    fn sign_in(&self, login: &str) -> Result<SignedIn, SignInError> {
        self.officers.sign_in(login, &Secret::from(PASSWORD))
    }
}

/// The tables' directory, in which the node of hcm serves those units.
fn directory(served: &[&str]) -> Directory {
    let sources = Sources {
        units: include_str!("../../../../deploy/directory/units.csv"),
        adjacency: include_str!("../../../../deploy/directory/adjacency.csv"),
        authority: include_str!("../../../../deploy/directory/authority.csv"),
    };
    let mut events = founding::founding(&sources, "303/QCPH", "2024-01-01").unwrap().events;
    let served = served.iter().map(|unit| unit.parse().unwrap()).collect();
    events.push(founding::enrolments(&[Enrolment::new("hcm".parse().unwrap(), [1; 32], served)]));
    let mut directory = Directory::new("hcm".parse().unwrap());
    for (seq, event) in (1..).zip(&events) {
        assert_eq!(directory.apply(seq, event), []);
    }
    directory
}

/// Field and rule of a refusal.
fn fault(refused: Result<Account, OfficerError>) -> (String, String) {
    match refused {
        Err(OfficerError::Rejected(rejection)) => {
            let fault = rejection.faults.into_iter().next().unwrap();
            assert!(fault.message.ends_with('.'), "{}", fault.message);
            (fault.field, fault.rule)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_account_is_an_administrator_s_and_is_known_at_once() {
    let place = Place::new();
    assert!(!place.officers.are_there());
    assert_eq!(place.sign_in("an").unwrap_err(), SignInError::NoOfficers);
    let refused = fault(place.add("an", "hcm", &[Role::Issuer]));
    assert_eq!(refused, ("/roles".to_owned(), "no-administrator".to_owned()));
    assert!(!place.officers.are_there());
    place.add("an", "hcm", &[Role::Administrator]).unwrap();
    assert!(place.officers.are_there());
    assert_eq!(place.officers.count().unwrap(), 1);
    // And after a restart.
    assert!(Place::open(&place.dir, &place.standing, &place.clock).are_there());
}

#[test]
fn what_is_refused_names_the_field() {
    let place = Place::new();
    let administrator = place.add("an", "hcm", &[Role::Administrator]).unwrap();
    for (login, unit, expected) in [
        ("an", "hcm", ("/login", "taken")),
        ("Nguyễn An", "hcm", ("/login", "form")),
        ("binh", "long-an", ("/unit", "not-served")),
        ("binh", "hcm_hoc-mon", ("/unit", "not-served")),
    ] {
        let (field, rule) = fault(place.add(login, unit, &[Role::Duty]));
        assert_eq!((field.as_str(), rule.as_str()), expected, "{login} of {unit}");
    }
    for (change, expected) in [
        (OfficerChange::Disable, ("/roles", "last-administrator")),
        (OfficerChange::Roles(BTreeSet::new()), ("/roles", "last-administrator")),
        (OfficerChange::Unit("long-an".parse().unwrap()), ("/unit", "not-served")),
        (OfficerChange::Password(Secret::from("matkhau123456")), ("/password", "password-common")),
    ] {
        let (field, rule) = fault(place.officers.change(&administrator.id, change));
        assert_eq!((field.as_str(), rule.as_str()), expected);
    }
    let nobody = "cb-khong-co".parse().unwrap();
    let (field, rule) = fault(place.officers.change(&nobody, OfficerChange::Unlock));
    assert_eq!((field.as_str(), rule.as_str()), ("/id", "unknown-officer"));
}

#[test]
fn officers_of_a_unit_that_is_served_no_more_are_not_signed_in() {
    let place = Place::new();
    place.add("an", "hcm", &[Role::Administrator]).unwrap();
    let of_district = place.add("binh", DISTRICT, &[Role::Duty]).unwrap();
    let own = place.sign_in("an").unwrap();
    let district = place.sign_in("binh").unwrap();
    let token = NewToken { name: "máy".to_owned(), scopes: [Role::Duty].into(), life_ms: 600_000 };
    let token = place.officers.issue_token(&of_district.id, &token).unwrap();
    let who = |secret: &Secret| place.officers.officer(secret).unwrap();
    let asking = who(&district.token).unwrap();
    assert_eq!((asking.unit.as_str(), asking.roles), (DISTRICT, [Role::Duty].into()));
    assert_eq!(asking.name.as_deref(), Some("Cán bộ Ví Dụ"));
    assert_eq!(who(&token.token).unwrap().admission, Admission::Token);

    place.standing.replace(Arc::new(directory(&[])));
    assert_eq!((who(&district.token), who(&token.token)), (None, None));
    assert_eq!(place.sign_in("binh").unwrap_err(), SignInError::Disabled);
    assert!(who(&own.token).is_some());
    // A log that was lost knows no directory at first.
    place.standing.replace(Arc::new(Directory::new("hcm".parse().unwrap())));
    assert!(who(&own.token).is_some());

    // When it is served again, the session goes on if it has not ended.
    place.standing.replace(Arc::new(directory(&[DISTRICT])));
    assert!(who(&district.token).is_some());
    place.officers.sign_out(&district.token).unwrap();
    place.officers.sign_out(&district.token).unwrap();
    assert_eq!(who(&district.token), None);
    assert!(who(&token.token).is_some(), "signing out ends no token");
    assert_eq!(place.officers.tokens(&of_district.id).unwrap(), std::slice::from_ref(&token.info));
    assert!(place.officers.revoke_token(&of_district.id, token.info.id).unwrap());
    assert_eq!(who(&token.token), None);
}

#[test]
fn a_role_that_nobody_knows_allows_nothing() {
    let place = Place::new();
    let account = place.add("an", "hcm", &[Role::Administrator]).unwrap();
    let roles = ["administrator", "oracle"].map(str::to_owned).into();
    place.officers.vault.set_roles(account.id.as_str(), &roles).unwrap();
    assert_eq!(place.officers.accounts().unwrap()[0].roles, [Role::Administrator].into());
    assert_eq!(place.sign_in("an").unwrap().officer.roles, [Role::Administrator].into());
}

#[test]
fn guessing_locks_and_an_administrator_unlocks() {
    let place = Place::new();
    let account = place.add("an", "hcm", &[Role::Administrator]).unwrap();
    for _ in 0..giapranh_vault::FAILURES_ALLOWED {
        let guess = place.officers.sign_in("an", &Secret::from("một mật khẩu khác"));
        assert_eq!(guess.unwrap_err(), SignInError::Refused);
    }
    assert!(matches!(place.sign_in("an").unwrap_err(), SignInError::Locked { .. }));
    assert!(place.officers.accounts().unwrap()[0].locked_until_ms.is_some());
    let unlocked = place.officers.change(&account.id, OfficerChange::Unlock).unwrap();
    assert_eq!(unlocked.locked_until_ms, None);
    place.sign_in("an").unwrap();
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_what_ended_is_cleared() {
    let place = Place::new();
    let account = place.add("an", "hcm", &[Role::Administrator]).unwrap();
    let session = place.sign_in("an").unwrap().token;
    let (old, new) = (Secret::from(PASSWORD), Secret::from("nắng sớm bên cầu"));
    let change = |old: &Secret, new: &Secret| {
        place.officers.change_password(&account.id, old, new).unwrap_err()
    };
    assert_eq!(change(&new, &new), OfficerError::Proof(SignInError::Refused));
    assert!(matches!(change(&old, &old), OfficerError::Rejected(_)));
    place.officers.change_password(&account.id, &old, &new).unwrap();
    assert_eq!(place.officers.officer(&session).unwrap(), None);
    let cleared = tokio::spawn(place.officers.clone().keep_clear());
    let asked = place.officers.ask(|officers| officers.sign_in("an", &Secret::from(PASSWORD)));
    assert_eq!(asked.await.unwrap_err(), SignInError::Refused);
    cleared.abort();
}
