//! By what an officer is known to the node: the kept session, or an API token in a file.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::exit::{Exit, Failure};
use crate::kept::{self, Kept};
use crate::next::{line, quoted};
use crate::say;
use crate::secret::Secret;

/// Names a file with an API token, which then counts in place of a session.
pub const TOKEN_FILE: &str = "GIAPRANH_TOKEN_FILE";

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Who signed in.
    pub login: String,
    /// The session's secret.
    pub token: Secret,
    /// When it ends by itself at the latest, milliseconds since 1970.
    pub expires_ms: u64,
}

/// What is sent with each request.
#[derive(Debug, Clone)]
pub enum Credential {
    /// A person signed in.
    Session(Session),
    /// A program acts for an officer.
    Token {
        /// Where it lies.
        path: PathBuf,
        /// The token.
        token: Secret,
    },
}

impl Credential {
    /// What there is for the node of a directory.
    pub fn of(node: &Path) -> Result<Option<Self>, Failure> {
        match std::env::var_os(TOKEN_FILE).filter(|path| !path.is_empty()) {
            Some(path) => token_of(PathBuf::from(path)).map(Some),
            None => Ok(load(node)?.map(Self::Session)),
        }
    }

    /// The secret.
    pub fn token(&self) -> &Secret {
        match self {
            Self::Session(session) => &session.token,
            Self::Token { token, .. } => token,
        }
    }

    /// What to tell when the node does not take it any more.
    pub fn ended(&self) -> Failure {
        match self {
            Self::Session(session) => {
                let login = session.login.as_str();
                Failure::new(Exit::Refused, say!("session-ended", login = login))
                    .next(line(&format!("sign-in {login}")))
            }
            Self::Token { path, .. } => {
                let path = path.display().to_string();
                Failure::new(Exit::Refused, say!("token-ended", path = path))
                    .next("giapranh help token issue")
            }
        }
    }

    /// Who it is, as it is kept with a report: who signed in as another one does not send it.
    pub fn whose(&self) -> String {
        match self {
            Self::Session(session) => session.login.clone(),
            Self::Token { path, .. } => format!("{TOKEN_FILE}={}", path.display()),
        }
    }
}

/// What to tell who has not signed in.
pub fn missing() -> Failure {
    Failure::new(Exit::Refused, say!("not-signed-in")).next(line("sign-in LOGIN"))
}

fn token_of(path: PathBuf) -> Result<Credential, Failure> {
    let shown = path.display().to_string();
    let Some(text) = kept::read_private(&path)? else {
        let sentence = say!("file-not-there", path = shown);
        return Err(Failure::new(Exit::NotFound, sentence).next(format!("unset {TOKEN_FILE}")));
    };
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        let sentence = say!("file-no-token", path = shown);
        return Err(Failure::new(Exit::Failed, sentence).next("giapranh help token issue"));
    }
    Ok(Credential::Token { token: Secret::from(token), path })
}

/// The kept session of a node. One that can't be read is told, so that nobody wonders.
pub fn load(node: &Path) -> Result<Option<Session>, Failure> {
    let Ok(kept) = Kept::of(node) else { return Ok(None) };
    let path = kept.session();
    let Some(text) = kept::read_private(&path)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|_| {
        let sentence = say!("session-unreadable", path = path.display().to_string());
        Failure::new(Exit::Failed, sentence).next(format!("rm {}", quoted(&path)))
    })
}

/// Keeps a session in the place of the one before.
pub fn keep(node: &Path, session: &Session) -> Result<PathBuf, Failure> {
    let path = Kept::of(node)?.session();
    let text = serde_json::to_string(session).unwrap_or_default();
    kept::write(&path, text.as_bytes()).map(|()| path.clone()).map_err(|error| {
        Failure::new(Exit::Failed, format!("{}: {error}", path.display()))
            .next("export XDG_STATE_HOME=\"$PWD\"")
    })
}

/// Forgets the session.
pub fn forget(node: &Path) -> Result<(), Failure> {
    let kept = Kept::of(node)?;
    let path = kept.session();
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failure::new(Exit::Failed, format!("{}: {error}", path.display()))
                .next(format!("rm {}", quoted(&path))))
        }
        _ => {
            kept.tidy();
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_shown() {
        let session = Session { login: "hoa".into(), token: Secret::from("gr_s_x"), expires_ms: 1 };
        assert!(!format!("{session:?}").contains("gr_s_x"));
        let kept: Session =
            serde_json::from_str(&serde_json::to_string(&session).unwrap()).unwrap();
        assert_eq!(kept, session);
    }
}
