//! Accounts that are none: who has signed in is what a test says.

use std::collections::{BTreeMap, BTreeSet};

use giapranh_domain::codes::Role;
use giapranh_domain::{OfficerId, Rejection, Ruling};
use giapranh_web::{
    Account, Admission, IssuedToken, NewOfficer, NewToken, Officer, OfficerChange, OfficerError,
    Secret, SignInError, SignedIn, TokenInfo,
};

/// The one password that is right.
pub const PASSWORD: &str = "mưa rào đêm qua";
/// The login of an account that is locked for [`LOCKED_MS`].
pub const LOCKED: &str = "bi.khoa";
pub const LOCKED_MS: u64 = 90_500;
/// How long a session lasts here.
pub const LIFE_MS: u64 = 60 * 60_000;

struct Person {
    account: Account,
    password: String,
}

struct Pass {
    officer: OfficerId,
    /// Of a token.
    token: Option<TokenInfo>,
    begun_ms: u64,
    expires_ms: u64,
}

/// Who there is, and who has signed in.
#[derive(Default)]
pub struct Book {
    people: BTreeMap<OfficerId, Person>,
    passes: BTreeMap<String, Pass>,
    given: u64,
    /// Whether accounts can't be read.
    pub is_broken: bool,
    /// What was asked of it, with ids and without secrets.
    pub asked: Vec<String>,
}

impl Book {
    pub fn has_officers(&self) -> bool {
        !self.people.is_empty()
    }

    /// Makes an account unless it is there, with these roles.
    pub fn enlist(&mut self, id: &str, unit: &str, roles: &[Role]) {
        let account = Account {
            id: id.parse().unwrap(),
            unit: unit.parse().unwrap(),
            login: id.replace("cb-", ""),
            name: format!("Cán bộ {id}"),
            roles: roles.iter().copied().collect(),
            must_change: false,
            disabled: false,
            created_ms: 0,
            signed_in_ms: None,
            locked_until_ms: None,
        };
        let person = Person { account, password: PASSWORD.into() };
        self.people.insert(id.parse().unwrap(), person);
    }

    /// A session of an officer.
    pub fn begin(&mut self, id: &str, now_ms: u64) -> String {
        self.pass(id.parse().unwrap(), None, now_ms, now_ms + LIFE_MS)
    }

    fn pass(
        &mut self,
        officer: OfficerId,
        token: Option<TokenInfo>,
        begun_ms: u64,
        expires_ms: u64,
    ) -> String {
        self.given += 1;
        let kind = if token.is_some() { "t" } else { "s" };
        let secret = format!("gr_{kind}_{}", self.given);
        self.passes.insert(secret.clone(), Pass { officer, token, begun_ms, expires_ms });
        secret
    }

    pub fn end(&mut self, secret: &str) {
        self.passes.remove(secret);
    }

    pub fn account(&mut self, id: &str) -> &mut Account {
        &mut self.people.get_mut(&id.parse().unwrap()).unwrap().account
    }

    pub fn officer(&self, secret: &str, now_ms: u64) -> Result<Option<Officer>, String> {
        if self.is_broken {
            return Err("the accounts are damaged; put keys.db aside".into());
        }
        let Some(pass) = self.passes.get(secret).filter(|pass| now_ms < pass.expires_ms) else {
            return Ok(None);
        };
        let account = &self.people[&pass.officer].account;
        if account.disabled {
            return Ok(None);
        }
        let mut roles = account.roles.clone();
        if let Some(token) = &pass.token {
            roles.retain(|role| token.scopes.contains(role));
        }
        if account.must_change {
            roles.clear();
        }
        Ok(Some(Officer {
            id: account.id.clone(),
            unit: account.unit.clone(),
            name: Some(account.name.clone()),
            roles,
            must_change: account.must_change,
            admission: if pass.token.is_some() { Admission::Token } else { Admission::Session },
            begun_ms: pass.begun_ms,
            expires_ms: pass.expires_ms,
        }))
    }

    pub fn sign_in(
        &mut self,
        login: &str,
        password: &str,
        now_ms: u64,
    ) -> Result<SignedIn, SignInError> {
        self.asked.push("sign in".into());
        if !self.has_officers() {
            return Err(SignInError::NoOfficers);
        }
        if self.is_broken {
            return Err(SignInError::Unavailable("the disk is full; make room".into()));
        }
        if login == LOCKED {
            return Err(SignInError::Locked { until_ms: now_ms + LOCKED_MS });
        }
        let person = self.people.values().find(|person| person.account.login == login);
        let person = person.filter(|person| person.password == password);
        let Some(Person { account, .. }) = person else { return Err(SignInError::Refused) };
        if account.disabled {
            return Err(SignInError::Disabled);
        }
        let id = account.id.clone();
        let secret = self.pass(id, None, now_ms, now_ms + LIFE_MS);
        let officer = self.officer(&secret, now_ms).unwrap().unwrap();
        Ok(SignedIn { token: secret.into(), officer })
    }

    pub fn accounts(&self) -> Vec<Account> {
        self.people.values().map(|person| person.account.clone()).collect()
    }

    pub fn add(&mut self, new: NewOfficer) -> Result<Account, OfficerError> {
        if new.password.expose().chars().count() < 12 {
            return Err(rejected(Ruling::Invalid, "/password", "too-short"));
        }
        let id = new.id.unwrap_or_else(|| "cb-made".parse().unwrap());
        self.asked.push(format!("add {id}"));
        self.enlist(id.as_str(), new.unit.as_str(), &[]);
        let person = self.people.get_mut(&id).unwrap();
        person.password = new.password.expose().into();
        person.account.login = new.login;
        person.account.name = new.name;
        person.account.roles = new.roles;
        person.account.must_change = new.must_change;
        Ok(person.account.clone())
    }

    pub fn change(
        &mut self,
        id: &OfficerId,
        change: OfficerChange,
    ) -> Result<Account, OfficerError> {
        self.asked.push(match &change {
            OfficerChange::Password(_) => format!("change {id}: Password"),
            other => format!("change {id}: {other:?}"),
        });
        let unknown = || rejected(Ruling::NotFound, "/id", "unknown-officer");
        let person = self.people.get_mut(id).ok_or_else(unknown)?;
        match change {
            OfficerChange::Roles(roles) => person.account.roles = roles,
            OfficerChange::Unit(unit) => person.account.unit = unit,
            OfficerChange::Name(name) => person.account.name = name,
            OfficerChange::Disable => person.account.disabled = true,
            OfficerChange::Enable => person.account.disabled = false,
            OfficerChange::Unlock => person.account.locked_until_ms = None,
            OfficerChange::Password(password) => {
                person.password = password.expose().into();
                person.account.must_change = true;
            }
        }
        Ok(person.account.clone())
    }

    pub fn change_password(
        &mut self,
        id: &OfficerId,
        old: &Secret,
        new: &Secret,
    ) -> Result<(), OfficerError> {
        self.asked.push(format!("password {id}"));
        let person = self.people.get_mut(id).unwrap();
        if person.password != old.expose() {
            return Err(OfficerError::Proof(SignInError::Refused));
        }
        person.password = new.expose().into();
        person.account.must_change = false;
        self.passes.retain(|_, pass| pass.officer != *id);
        Ok(())
    }

    pub fn tokens(&self, officer: &OfficerId) -> Vec<TokenInfo> {
        let tokens = self.passes.values().filter_map(|pass| pass.token.clone());
        tokens.filter(|token| token.officer == *officer).collect()
    }

    pub fn issue(
        &mut self,
        officer: &OfficerId,
        new: NewToken,
        now_ms: u64,
    ) -> Result<IssuedToken, OfficerError> {
        let roles: BTreeSet<Role> = self.people[officer].account.roles.clone();
        if new.scopes.is_empty() || !new.scopes.is_subset(&roles) {
            return Err(rejected(Ruling::Invalid, "/scopes", "scopes"));
        }
        let info = TokenInfo {
            id: self.given + 1,
            officer: officer.clone(),
            name: new.name,
            scopes: new.scopes,
            created_ms: now_ms,
            seen_ms: now_ms,
            expires_ms: now_ms + new.life_ms,
        };
        let secret = self.pass(officer.clone(), Some(info.clone()), now_ms, info.expires_ms);
        Ok(IssuedToken { token: secret.into(), info })
    }

    pub fn revoke(&mut self, officer: &OfficerId, id: u64) -> bool {
        self.asked.push(format!("revoke {officer} {id}"));
        let before = self.passes.len();
        self.passes.retain(|_, pass| {
            pass.token.as_ref().is_none_or(|token| token.id != id || token.officer != *officer)
        });
        self.passes.len() < before
    }
}

fn rejected(ruling: Ruling, field: &str, rule: &str) -> OfficerError {
    OfficerError::Rejected(Rejection::one(ruling, field, rule, "Ví dụ."))
}
