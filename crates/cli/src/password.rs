//! A password, typed by a person without being shown, or read from stdin. Never an argument: whoever
//! lists the processes of the machine would read it.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, Read, Write as _};
use std::os::fd::{AsFd, BorrowedFd};

use anyhow::{Context as _, Result};
use rustix::termios::{self, LocalModes, OptionalActions, Termios};

use crate::exit::{Exit, Failure};
use crate::say;
use crate::secret::Secret;

/// The longest password that is taken, bytes; the node takes fewer characters.
const MOST_BYTES: usize = 4096;
const INTERRUPT: u8 = 0x03;
const END: u8 = 0x04;
const SUSPEND: u8 = 0x1a;
const ERASE_ALL: u8 = 0x15;

/// Asks for a password on the terminal, also where stdin and stdout are something else.
pub fn ask(prompt: &str) -> Result<Secret> {
    let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty");
    let mut terminal = terminal.map_err(|_| {
        Failure::new(Exit::Usage, say!("no-terminal")).next("giapranh help sign-in")
    })?;
    ask_on(&mut terminal, prompt)
}

/// Asks twice for a password that is to be from now on.
pub fn ask_new(prompt: &str) -> Result<Secret> {
    let (first, second) = (ask(prompt)?, ask(&say!("password-again"))?);
    if first == second {
        return Ok(first);
    }
    Err(Failure::new(Exit::Usage, say!("passwords-differ")).next("giapranh help officer").into())
}

/// One line of stdin, without what ends it.
pub fn read_line() -> Result<Secret> {
    let mut secret = Secret::with_capacity(MOST_BYTES);
    let stdin = io::stdin().lock();
    stdin
        .take(MOST_BYTES as u64)
        .read_line(secret.text_mut())
        .with_context(|| say!("stdin-not-text"))?;
    let text = secret.text_mut();
    text.truncate(text.trim_end_matches(['\n', '\r']).len());
    if secret.expose().is_empty() {
        return Err(no_password().into());
    }
    Ok(secret)
}

fn no_password() -> Failure {
    Failure::new(Exit::Usage, say!("no-password")).next("giapranh help sign-in")
}

/// The terminal while nothing that is typed is shown; as before when this goes.
struct Unseen<'a> {
    terminal: BorrowedFd<'a>,
    before: Termios,
}

impl<'a> Unseen<'a> {
    /// Keys arrive one by one, those that interrupt as well: then every way out goes through here.
    fn on(terminal: BorrowedFd<'a>) -> io::Result<Self> {
        let before = termios::tcgetattr(terminal)?;
        let mut unseen = before.clone();
        unseen.local_modes -=
            LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
        unseen.special_codes[termios::SpecialCodeIndex::VMIN] = 1;
        unseen.special_codes[termios::SpecialCodeIndex::VTIME] = 0;
        termios::tcsetattr(terminal, OptionalActions::Flush, &unseen)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Unseen<'_> {
    fn drop(&mut self) {
        // When the terminal is gone, nothing is left to be put back.
        let _ = termios::tcsetattr(self.terminal, OptionalActions::Flush, &self.before);
    }
}

/// Asks on this terminal.
fn ask_on(terminal: &mut File, prompt: &str) -> Result<Secret> {
    let mut writer = terminal.try_clone()?;
    let mut reader = terminal.try_clone()?;
    let typed = {
        // Before the question, so that an answer that comes at once is not shown either.
        let _unseen = Unseen::on(terminal.as_fd())?;
        write!(writer, "{prompt} ")?;
        type_in(&mut reader)
    };
    // The key that ended it was not shown.
    writeln!(writer)?;
    typed
}

fn type_in(terminal: &mut impl Read) -> Result<Secret> {
    // Room from the beginning: what grows leaves copies behind.
    let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(MOST_BYTES));
    let mut key = [0];
    loop {
        let read = terminal.read(&mut key)?;
        match key[0] {
            _ if read == 0 => return Err(broken_off().into()),
            b'\n' | b'\r' => break,
            END if bytes.is_empty() => return Err(broken_off().into()),
            INTERRUPT | SUSPEND => return Err(broken_off().into()),
            END => break,
            ERASE_ALL => bytes.clear(),
            0x08 | 0x7f => erase(&mut bytes),
            byte if bytes.len() < MOST_BYTES => bytes.push(byte),
            _ => {}
        }
    }
    let text = std::str::from_utf8(&bytes).with_context(|| say!("password-not-text"))?;
    if text.is_empty() { Err(no_password().into()) } else { Ok(Secret::from(text)) }
}

/// Takes back the last character, which may be of several bytes.
fn erase(bytes: &mut Vec<u8>) {
    while bytes.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {}
}

fn broken_off() -> Failure {
    Failure::new(Exit::Failed, say!("broken-off")).next("giapranh help sign-in")
}

#[cfg(test)]
mod tests;
