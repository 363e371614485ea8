//! Which head of the directory is meant.

use giapranh_domain::Directory;

use crate::args::decision::At;
use crate::exit::{Exit, Failure};
use crate::{next, say};

/// The head that was named, by a day or itself.
pub fn head(directory: &Directory, at: &At) -> Result<u64, Failure> {
    match at {
        At::Day(day) => on(directory, day),
        At::Head(head) => known(directory, *head),
    }
}

/// The head that was in force at the end of a day.
pub fn on(directory: &Directory, day: &str) -> Result<u64, Failure> {
    match directory.head_on(day) {
        0 => Err(nothing_there(say!("directory-not-yet", day = day))),
        head => Ok(head),
    }
}

/// A head that the directory has had.
pub fn known(directory: &Directory, head: u64) -> Result<u64, Failure> {
    let newest = directory.head();
    if (1..=newest).contains(&head) {
        return Ok(head);
    }
    let (asked, newest) = (head.to_string(), newest.to_string());
    Err(nothing_there(say!("head-not-there", asked = asked, head = newest)))
}

fn nothing_there(sentence: String) -> Failure {
    Failure::new(Exit::NotFound, sentence).next(next::line("directory log"))
}
