//! Which changes of an alert one officer may make alone.
//!
//! Two are needed as soon as the required action, the subject, or anything else changes on which
//! somebody's liberty may depend. So the few fields that need no second person are named, and whatever
//! is not named needs one.

use crate::time::moment;
use crate::wire::proto;

/// Whether a second officer has to release this version, where its zones stay as they were.
///
/// Alone an officer may change the contact and the case number, add warnings, say where and when a
/// person was last seen, take out the details of an innocent person, and bring the review forward.
pub fn needs_second_person(before: &proto::AlertContent, after: &proto::AlertContent) -> bool {
    let (mut before, mut after) = (before.clone(), after.clone());
    if before.warnings.iter().all(|warning| after.warnings.contains(warning)) {
        after.warnings.clone_from(&before.warnings);
    }
    let review = |content: &proto::AlertContent| moment(&content.review_by);
    // Without one the review is due when the alert expires.
    if review(&after).is_some_and(|new| review(&before).is_none_or(|old| new <= old)) {
        after.review_by.clone_from(&before.review_by);
    }
    if person(&mut after).is_some_and(|person| person.misused_identity.is_none())
        && let Some(person) = person(&mut before)
    {
        person.misused_identity = None;
    }
    for content in [&mut before, &mut after] {
        content.contact.clear();
        content.case_number.clear();
        if let Some(person) = person(content) {
            person.last_seen.clear();
            person.last_known_place.clear();
        }
    }
    before != after
}

/// The person whom an alert is about.
pub(super) fn person(content: &mut proto::AlertContent) -> Option<&mut proto::Person> {
    match (&mut content.wanted_person, &mut content.travelling_offender) {
        (Some(wanted), _) => wanted.person.as_mut(),
        (None, Some(offender)) => offender.person.as_mut(),
        (None, None) => None,
    }
}
