//! The officers of a running node: the vault, as the pages ask for it, with what only the node knows:
//! which units it acts for, and what roles mean.
//!
//! Everything here blocks, some of it for as long as hashing a password takes, so it is asked through
//! [`Officers::ask`], on a thread that may wait.
//!
//! What must hold: nobody has an account, or a session that counts, for a unit that this node neither
//! is nor serves; and whoever has seen the first account answered finds that a sign-in is needed.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use giapranh_domain::codes::Role;
use giapranh_domain::{Directory, OfficerId, Rejection, Ruling, UnitId};
use giapranh_log::Clock;
use giapranh_vault::{Fault, Kind, SESSION_LIFE_MS, Secret as Kept, Session, Vault, VaultError};
use giapranh_web::{
    Account, Admission, IssuedToken, NewOfficer, NewToken, Officer, OfficerChange, OfficerError,
    Secret, SignInError, SignedIn, TokenInfo,
};

use crate::standing::Standing;

/// How often what has ended is cleared from the vault.
const PURGE: Duration = Duration::from_secs(60 * 60);
/// When it is tried again that something was in the way.
const PURGE_AGAIN: Duration = Duration::from_secs(10);

/// The officers of a node. Clones are the same.
#[derive(Clone)]
pub(crate) struct Officers {
    vault: Vault,
    unit: UnitId,
    standing: Arc<Standing>,
    clock: Arc<dyn Clock>,
    /// Whether there is an account.
    manned: Arc<AtomicBool>,
}

impl Officers {
    /// Opens the vault in a node's directory; the log's lock is this node's already.
    pub fn open(
        dir: &Path,
        unit: &UnitId,
        standing: &Arc<Standing>,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, VaultError> {
        let vault = Vault::open(dir)?;
        let manned = Arc::new(AtomicBool::new(vault.has_officers()?));
        let (unit, standing, clock) = (unit.clone(), standing.clone(), clock.clone());
        Ok(Self { vault, unit, standing, clock, manned })
    }

    /// Clears the vault now and every hour, for as long as the node runs.
    pub async fn keep_clear(self) {
        loop {
            let purged = self.ask(|this| {
                let purged = this.vault.purge(this.clock.now_ms());
                purged.map_err(|error| error.to_string())
            });
            let wait = match purged.await {
                Ok(()) => PURGE,
                // Mostly a key was being looked up.
                Err(error) => {
                    tracing::warn!(error, "sessions that ended are cleared from keys.db soon");
                    PURGE_AGAIN
                }
            };
            tokio::time::sleep(wait).await;
        }
    }

    /// Asks on a thread that may wait.
    pub fn ask<T: Send + 'static, E: Lost, F>(
        &self,
        ask: F,
    ) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F> + 'static
    where
        F: FnOnce(&Self) -> Result<T, E> + Send + 'static,
    {
        let this = self.clone();
        let asked = tokio::task::spawn_blocking(move || ask(&this));
        async move { asked.await.map_err(|error| E::lost(error.to_string()))? }
    }

    /// Whether everybody has to sign in.
    pub fn are_there(&self) -> bool {
        self.manned.load(Ordering::SeqCst)
    }

    /// Every officer's id and name.
    pub fn names(&self) -> Result<Vec<(String, String)>, VaultError> {
        let officers = self.vault.officers()?;
        Ok(officers.into_iter().map(|officer| (officer.id, officer.name)).collect())
    }

    /// How many accounts there are.
    pub fn count(&self) -> Result<usize, VaultError> {
        Ok(self.vault.officers()?.len())
    }

    pub fn sign_in(&self, login: &str, password: &Secret) -> Result<SignedIn, SignInError> {
        if !self.are_there() {
            return Err(SignInError::NoOfficers);
        }
        let now_ms = self.clock.now_ms();
        let signed_in = self.vault.sign_in(login, password.expose(), now_ms);
        let (secret, session) = signed_in.map_err(not_signed_in)?;
        if let Some(officer) = self.known(&session).map_err(unavailable)? {
            return Ok(SignedIn { token: Secret::from(secret.expose()), officer });
        }
        // The password was right, so it may be told: the unit is none of this node's any more.
        self.vault.end_session(&session.officer, session.id).map_err(unavailable)?;
        Err(SignInError::Disabled)
    }

    pub fn officer(&self, secret: &Secret) -> Result<Option<Officer>, String> {
        let session = self.vault.session(secret.expose(), self.clock.now_ms());
        let Some(session) = session.map_err(|error| error.to_string())? else { return Ok(None) };
        self.known(&session).map_err(|error| error.to_string())
    }

    pub fn sign_out(&self, secret: &Secret) -> Result<(), String> {
        let session = self.vault.session(secret.expose(), self.clock.now_ms());
        let session = session.map_err(|error| error.to_string())?;
        if let Some(session) = session.filter(|session| session.kind == Kind::Session) {
            let ended = self.vault.end_session(&session.officer, session.id);
            ended.map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    pub fn accounts(&self) -> Result<Vec<Account>, OfficerError> {
        let officers = self.vault.officers().map_err(refused)?;
        officers.into_iter().map(|officer| self.account(officer)).collect()
    }

    pub fn add(&self, new: NewOfficer) -> Result<Account, OfficerError> {
        self.serves("/unit", &new.unit)?;
        let new = giapranh_vault::NewOfficer {
            id: new.id.map(Into::into),
            unit: new.unit.into(),
            login: new.login,
            name: new.name,
            roles: codes(&new.roles),
            password: Kept::from(new.password.expose()),
            must_change: new.must_change,
        };
        let added = self.vault.add_officer(&new, self.clock.now_ms()).map_err(refused)?;
        self.manned.store(true, Ordering::SeqCst);
        tracing::info!(officer = added.id, unit = added.unit, "an officer's account was made");
        self.account(added)
    }

    pub fn change(&self, id: &OfficerId, change: OfficerChange) -> Result<Account, OfficerError> {
        let (vault, of) = (&self.vault, id.as_str());
        let changed = match change {
            OfficerChange::Roles(roles) => vault.set_roles(of, &codes(&roles)),
            OfficerChange::Unit(unit) => {
                self.serves("/unit", &unit)?;
                vault.set_unit(of, unit.as_str())
            }
            OfficerChange::Name(name) => vault.rename(of, &name),
            OfficerChange::Disable => vault.disable(of),
            OfficerChange::Enable => vault.enable(of),
            OfficerChange::Unlock => vault.unlock(of),
            OfficerChange::Password(password) => vault.set_password(of, password.expose(), true),
        };
        changed.map_err(refused)?;
        tracing::info!(officer = of, "an officer's account was changed");
        let officer = vault.officer(of).map_err(refused)?;
        self.account(officer.ok_or(VaultError::UnknownOfficer).map_err(refused)?)
    }

    pub fn change_password(
        &self,
        id: &OfficerId,
        old: &Secret,
        new: &Secret,
    ) -> Result<(), OfficerError> {
        let now_ms = self.clock.now_ms();
        self.vault.change_password(id.as_str(), old.expose(), new.expose(), now_ms).map_err(
            |error| match error {
                giapranh_vault::SignInError::Vault(error) => refused(error),
                error => OfficerError::Proof(not_signed_in(error)),
            },
        )
    }

    pub fn tokens(&self, officer: &OfficerId) -> Result<Vec<TokenInfo>, OfficerError> {
        let tokens = self.vault.tokens(officer.as_str()).map_err(refused)?;
        tokens.into_iter().map(token).collect()
    }

    pub fn issue_token(
        &self,
        officer: &OfficerId,
        new: &NewToken,
    ) -> Result<IssuedToken, OfficerError> {
        let (scopes, now_ms) = (codes(&new.scopes), self.clock.now_ms());
        let issued =
            self.vault.issue_token(officer.as_str(), &new.name, &scopes, new.life_ms, now_ms);
        let (secret, info) = issued.map_err(refused)?;
        Ok(IssuedToken { token: Secret::from(secret.expose()), info: token(info)? })
    }

    pub fn revoke_token(&self, officer: &OfficerId, id: u64) -> Result<bool, OfficerError> {
        self.vault.revoke_token(officer.as_str(), id).map_err(refused)
    }

    /// Who has a session, if it counts here.
    fn known(&self, session: &Session) -> Result<Option<Officer>, VaultError> {
        let (Ok(id), Ok(unit)) = (session.officer.parse(), session.unit.parse()) else {
            return Ok(None);
        };
        if !is_of(&self.unit, &self.standing.directory(), &unit) {
            return Ok(None);
        }
        let name = self.vault.officer(&session.officer)?.map(|officer| officer.name);
        Ok(Some(Officer {
            id,
            unit,
            name,
            roles: roles(&session.roles),
            must_change: session.must_change,
            admission: match session.kind {
                Kind::Session => Admission::Session,
                Kind::Token => Admission::Token,
            },
            begun_ms: self.begun_ms(session),
            expires_ms: session.expires_ms,
        }))
    }

    /// A program that goes on for months says as often as a person what it looks for.
    fn begun_ms(&self, session: &Session) -> u64 {
        let shift_began = self.clock.now_ms().saturating_sub(SESSION_LIFE_MS);
        match session.kind {
            Kind::Session => session.created_ms,
            Kind::Token => session.created_ms.max(shift_began),
        }
    }

    fn serves(&self, field: &str, unit: &UnitId) -> Result<(), OfficerError> {
        if is_of(&self.unit, &self.standing.directory(), unit) {
            return Ok(());
        }
        let message = format!("The node of {} does not act for {unit}.", self.unit);
        Err(rejected(Ruling::Invalid, field, "not-served", message))
    }

    fn account(&self, officer: giapranh_vault::Officer) -> Result<Account, OfficerError> {
        let now_ms = self.clock.now_ms();
        Ok(Account {
            id: id(&officer.id)?,
            unit: id(&officer.unit)?,
            login: officer.login,
            name: officer.name,
            roles: roles(&officer.roles),
            must_change: officer.must_change,
            disabled: officer.disabled,
            created_ms: officer.created_ms,
            signed_in_ms: officer.signed_in_ms,
            locked_until_ms: officer.locked_until_ms.filter(|until_ms| *until_ms > now_ms),
        })
    }
}

/// Whether officers of a unit have accounts at a node. Those of its own unit always have: also before
/// it is enrolled, when its log was lost and comes back, and when the unit has ended and is wound up.
fn is_of(node: &UnitId, directory: &Directory, unit: &UnitId) -> bool {
    unit == node || directory.acting_units(node).contains(unit)
}

/// A call that nobody answers.
pub(crate) trait Lost: Send + 'static {
    fn lost(why: String) -> Self;
}

impl Lost for String {
    fn lost(why: String) -> Self {
        why
    }
}

impl Lost for SignInError {
    fn lost(why: String) -> Self {
        Self::Unavailable(why)
    }
}

impl Lost for OfficerError {
    fn lost(why: String) -> Self {
        Self::Failed(why)
    }
}

fn codes(roles: &BTreeSet<Role>) -> BTreeSet<String> {
    roles.iter().map(|role| role.code().to_owned()).collect()
}

/// A role that this program does not know allows nothing.
fn roles(codes: &BTreeSet<String>) -> BTreeSet<Role> {
    codes.iter().filter_map(|code| Role::parse(code)).collect()
}

fn id<T: std::str::FromStr>(text: &str) -> Result<T, OfficerError> {
    let failed = |_| OfficerError::Failed("keys.db has an id that is none".to_owned());
    text.parse().map_err(failed)
}

fn token(info: giapranh_vault::TokenInfo) -> Result<TokenInfo, OfficerError> {
    Ok(TokenInfo {
        id: info.id,
        officer: id(&info.officer)?,
        name: info.name,
        scopes: roles(&info.scopes),
        created_ms: info.created_ms,
        seen_ms: info.seen_ms,
        expires_ms: info.expires_ms,
    })
}

fn unavailable(error: impl std::fmt::Display) -> SignInError {
    SignInError::Unavailable(error.to_string())
}

fn not_signed_in(error: giapranh_vault::SignInError) -> SignInError {
    match error {
        giapranh_vault::SignInError::Refused => SignInError::Refused,
        giapranh_vault::SignInError::Locked { until_ms } => SignInError::Locked { until_ms },
        giapranh_vault::SignInError::Disabled => SignInError::Disabled,
        giapranh_vault::SignInError::Vault(error) => unavailable(error),
    }
}

fn rejected(ruling: Ruling, field: &str, rule: &str, message: impl Into<String>) -> OfficerError {
    OfficerError::Rejected(Rejection::one(ruling, field, rule, message))
}

/// What the vault refused, as the sender of the request reads it.
#[expect(clippy::needless_pass_by_value, reason = "it is what map_err takes")]
fn refused(error: VaultError) -> OfficerError {
    let sentence = sentence(&error.to_string());
    let conflict = |field: &str, rule: &str| rejected(Ruling::Conflict, field, rule, &*sentence);
    match &error {
        VaultError::Invalid(fault) => {
            let field = format!("/{}", fault.field());
            rejected(Ruling::Invalid, &field, rule(*fault), self::sentence(&fault.to_string()))
        }
        VaultError::UnknownOfficer => {
            rejected(Ruling::NotFound, "/id", "unknown-officer", sentence)
        }
        VaultError::LoginTaken => conflict("/login", "taken"),
        VaultError::IdTaken => conflict("/id", "taken"),
        VaultError::Disabled => conflict("/id", "disabled"),
        VaultError::PasswordToChange => conflict("/id", "password-to-change"),
        VaultError::LastAdministrator => conflict("/roles", "last-administrator"),
        VaultError::NoAdministrator => {
            let message = "The first account has the role administrator, or nobody could give out \
                           others.";
            rejected(Ruling::Conflict, "/roles", "no-administrator", message)
        }
        error if error.is_temporary() => OfficerError::Unavailable(error.to_string()),
        error => OfficerError::Failed(error.to_string()),
    }
}

fn rule(fault: Fault) -> &'static str {
    match fault {
        Fault::Id | Fault::Unit | Fault::Login | Fault::Name | Fault::TokenName => "form",
        Fault::Roles => "unknown-code",
        Fault::PasswordLength => "password-length",
        Fault::PasswordHasLogin => "password-has-login",
        Fault::PasswordCommon => "password-common",
        Fault::PasswordUnchanged => "password-unchanged",
        Fault::TokenScopes => "scopes",
        Fault::TokenLife => "range",
    }
}

/// With a capital letter and a full stop, as refusals are.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests;
