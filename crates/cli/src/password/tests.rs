//! On a terminal of our own.

use std::thread;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::*;

/// A terminal, and who sits at it.
fn terminal() -> (File, File) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap();
    let terminal = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    (File::from(person), terminal)
}

/// What is asked for when these keys are pressed, and all that was to be seen.
fn typed(keys: &[u8]) -> (Result<Secret>, String) {
    let (mut person, mut terminal) = terminal();
    let before = termios::tcgetattr(&terminal).unwrap();
    let mut desk = person.try_clone().unwrap();
    let keys = keys.to_owned();
    let sits = thread::spawn(move || {
        let mut seen = Vec::new();
        let mut part = [0; 64];
        // The question is there: now nothing that is typed is shown.
        while !seen.ends_with(b"? ") {
            let read = desk.read(&mut part).unwrap();
            seen.extend_from_slice(&part[..read]);
        }
        desk.write_all(&keys).unwrap();
        seen
    });
    let answer = ask_on(&mut terminal, "Password?");
    let mut seen = sits.join().unwrap();
    thread::sleep(Duration::from_millis(20));
    let mut part = [0; 256];
    let read = person.read(&mut part).unwrap();
    seen.extend_from_slice(&part[..read]);
    let after = termios::tcgetattr(&terminal).unwrap();
    assert_eq!(after.local_modes, before.local_modes, "the terminal is not as it was");
    (answer, String::from_utf8(seen).unwrap())
}

#[test]
fn a_password_is_not_shown() {
    let (answer, seen) = typed("mật khẩu ví dụ\r".as_bytes());
    assert_eq!(answer.unwrap().expose(), "mật khẩu ví dụ");
    assert_eq!(seen, "Password? \r\n");
}

#[test]
fn what_was_typed_can_be_taken_back() {
    assert_eq!(typed("abcé\u{7f}\u{8}d\n".as_bytes()).0.unwrap().expose(), "abd");
    assert_eq!(typed(b"wrong\x15right\n").0.unwrap().expose(), "right");
}

#[test]
fn an_interruption_leaves_the_terminal_as_it_was() {
    for keys in [&b"half\x03"[..], b"half\x1a", b"\x04"] {
        let error = typed(keys).0.unwrap_err();
        assert_eq!(error.downcast_ref::<Failure>().unwrap().exit, Exit::Failed);
    }
    let error = typed(b"\n").0.unwrap_err();
    assert_eq!(error.downcast_ref::<Failure>().unwrap().exit, Exit::Usage);
}
