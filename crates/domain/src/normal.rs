//! The one change that is made to what officers type, before it is checked and signed.
//!
//! - Text is brought to NFC: one letter, one spelling in bytes (Unicode Standard Annex #15).
//! - White space around it goes.
//! - Plates, phones, accounts, addresses, identity numbers, VIN and IMEI get their one spelling (see
//!   [`values`](crate::values)). What is no value of its kind stays as it was written: the check
//!   refuses it.
//! - An identifier keeps what was `written`; its `value` and whether it is `unrecognised` are made
//!   from that, whatever was sent. So is whether a plate is.
//!
//! Nothing else, ever: what an officer signs is what the officer typed. Normal text stays as it is,
//! so it may be done again anywhere.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::codes::{IdentifierKind, IdentityKind};
use crate::values::{Account, Handle, IdentityNumber, Imei, NotAValue, Phone, Plate, Url, Vin};
use crate::wire::proto;

/// A line or paragraph.
pub fn text(text: &mut String) {
    const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
    if !text.is_ascii()
        && let Cow::Owned(composed) = NFC.normalize(text)
    {
        *text = composed;
    }
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        *text = trimmed.to_owned();
    }
}

fn texts<const N: usize>(all: [&mut String; N]) {
    for one in all {
        text(one);
    }
}

fn list(all: &mut [String]) {
    for one in all {
        text(one);
    }
}

/// The one spelling of a value, where it is one.
fn spelling<T>(written: &mut String, parsed: Result<T, NotAValue>, spelled: fn(&T) -> &str) {
    if let Ok(value) = parsed {
        spelled(&value).clone_into(written);
    }
}

/// An alert, as issued or amended.
pub fn content(content: &mut proto::AlertContent) {
    texts([
        &mut content.category,
        &mut content.headline,
        &mut content.severity,
        &mut content.required_action,
        &mut content.handling,
        &mut content.case_number,
        &mut content.purpose,
        &mut content.proportionality,
        &mut content.effective_from,
        &mut content.review_by,
        &mut content.expires,
        &mut content.contact,
        &mut content.source_grade,
        &mut content.confidence,
    ]);
    list(&mut content.warnings);
    list(&mut content.recipients);
    if let Some(ground) = &mut content.ground {
        let proto::LegalGround { kind, decision_number, date, agency, article: _ } = ground;
        texts([kind, decision_number, date, agency]);
    }
    if let Some(wanted) = &mut content.wanted_person {
        text(&mut wanted.wanted_class);
        wanted.person.as_mut().map(person);
    }
    if let Some(offender) = &mut content.travelling_offender {
        texts([&mut offender.area, &mut offender.means_of_travel, &mut offender.pattern]);
        offender.person.as_mut().map(person);
    }
    content.modus_operandi.as_mut().map(modus_operandi);
    content.vehicle.as_mut().map(vehicle);
    content.object.as_mut().map(object);
    content.identifier.as_mut().map(identifier);
    if let Some(notice) = &mut content.situation_notice {
        let proto::SituationNotice { text, area, period_from, period_to } = notice;
        texts([text, area, period_from, period_to]);
    }
    if let Some(directive) = &mut content.directive {
        texts([&mut directive.text, &mut directive.acknowledge_by]);
        list(&mut directive.binds);
    }
}

fn person(person: &mut proto::Person) {
    texts([
        &mut person.name,
        &mut person.born,
        &mut person.sex,
        &mut person.nationality,
        &mut person.residence,
        &mut person.last_known_place,
        &mut person.last_seen,
        &mut person.build,
        &mut person.hair,
        &mut person.eyes,
        &mut person.marks,
        &mut person.minor_ground,
        &mut person.father,
        &mut person.mother,
        &mut person.person_class,
    ]);
    list(&mut person.aliases);
    list(&mut person.associates);
    identities(&mut person.identity_numbers);
    if let Some(misused) = &mut person.misused_identity {
        texts([
            &mut misused.name,
            &mut misused.born,
            &mut misused.difference,
            &mut misused.consent_date,
            &mut misused.consent_reference,
        ]);
        identities(&mut misused.identity_numbers);
    }
}

fn identities(identities: &mut [proto::IdentityNumber]) {
    for identity in identities {
        texts([&mut identity.kind, &mut identity.number]);
        if let Some(kind) = IdentityKind::parse(&identity.kind) {
            let parsed = IdentityNumber::parse(kind, &identity.number);
            spelling(&mut identity.number, parsed, IdentityNumber::as_str);
        }
    }
}

fn modus_operandi(way: &mut proto::ModusOperandi) {
    texts([
        &mut way.time_window,
        &mut way.kind_of_place,
        &mut way.location,
        &mut way.location_precision,
        &mut way.target,
        &mut way.approach,
        &mut way.entry,
        &mut way.tools,
        &mut way.vehicle_use,
        &mut way.roles,
        &mut way.property_taken,
        &mut way.disposal,
        &mut way.escape_direction,
        &mut way.traces,
        &mut way.series,
        &mut way.prevention,
    ]);
    texts([
        &mut way.weapon_used,
        &mut way.force_used,
        &mut way.disguise_used,
        &mut way.vehicle_used,
        &mut way.weapon,
        &mut way.pretext,
        &mut way.wording,
        &mut way.disguise,
        &mut way.channel,
        &mut way.impersonated_body,
        &mut way.payment_path,
    ]);
    list(&mut way.weekdays);
}

fn vehicle(vehicle: &mut proto::Vehicle) {
    texts([
        &mut vehicle.plate,
        &mut vehicle.vin,
        &mut vehicle.engine_number,
        &mut vehicle.r#type,
        &mut vehicle.make,
        &mut vehicle.model,
        &mut vehicle.colour,
        &mut vehicle.marks,
        &mut vehicle.status,
    ]);
    let parsed = Vin::parse(&vehicle.vin);
    spelling(&mut vehicle.vin, parsed, Vin::as_str);
    let plate = Plate::parse(&vehicle.plate, vehicle.plate_partial);
    vehicle.plate_unrecognised = plate.as_ref().is_ok_and(|plate| !plate.is_recognised());
    spelling(&mut vehicle.plate, plate, Plate::as_str);
}

fn object(object: &mut proto::Object) {
    let proto::Object { class, brand, model, serial, imei, marks, value_vnd: _ } = object;
    texts([class, brand, model, serial, marks]);
    text(imei);
    let parsed = Imei::parse(imei);
    spelling(imei, parsed, Imei::as_str);
}

fn identifier(identifier: &mut proto::Identifier) {
    texts([
        &mut identifier.kind,
        &mut identifier.written,
        &mut identifier.operator,
        &mut identifier.role,
        &mut identifier.first_seen,
        &mut identifier.last_seen,
    ]);
    let kind = IdentifierKind::parse(&identifier.kind);
    let found = kind.and_then(|kind| identifier_value(kind, &identifier.written).ok());
    let (value, recognised) = found.unwrap_or_default();
    identifier.unrecognised = !value.is_empty() && !recognised;
    identifier.value = value;
}

/// The one spelling of an identifier, and whether its form is known.
pub(crate) fn identifier_value(
    kind: IdentifierKind,
    written: &str,
) -> Result<(String, bool), NotAValue> {
    Ok(match kind {
        IdentifierKind::Phone => {
            let phone = Phone::parse(written)?;
            (phone.as_str().to_owned(), phone.is_recognised())
        }
        IdentifierKind::BankAccount => {
            let account = Account::parse(written)?;
            (account.as_str().to_owned(), account.is_recognised())
        }
        IdentifierKind::Url => (Url::parse(written)?.as_str().to_owned(), true),
        IdentifierKind::SocialAccount => {
            let handle = Handle::parse(written)?;
            (handle.as_str().to_owned(), handle.is_recognised())
        }
    })
}

/// Why an officer searches.
pub fn purpose(stated: &mut proto::PurposeStated) {
    let proto::PurposeStated { purpose, case_number } = stated;
    texts([purpose, case_number]);
}

/// A withdrawal.
pub fn withdrawal(withdrawal: &mut proto::Withdrawal) {
    let proto::Withdrawal { reason, decision_number, note } = withdrawal;
    texts([reason, decision_number, note]);
}

/// That what an alert says is to be gone.
pub fn erasing(erasing: &mut proto::Erasing) {
    let proto::Erasing { ground, decision_number } = erasing;
    texts([ground, decision_number]);
}

/// What somebody typed into a search.
pub fn search(asked: &mut proto::SearchAsked) {
    text(&mut asked.query);
}

/// A hit.
pub fn hit(hit: &mut proto::Hit) {
    let proto::Hit { version: _, place, seen_at, basis, certainty, done } = hit;
    texts([place, seen_at, basis, certainty, done]);
}

/// An answer to a hit.
pub fn answer(answer: &mut proto::Answer) {
    texts([&mut answer.result, &mut answer.note]);
}

/// That an alert is hidden.
pub fn hiding(hiding: &mut proto::Hiding) {
    texts([&mut hiding.until, &mut hiding.reason]);
    list(&mut hiding.units);
}

/// That an alert is shown again.
pub fn revealing(revealing: &mut proto::Revealing) {
    text(&mut revealing.reason);
}

/// How a hit ended.
pub fn conclusion(conclusion: &mut proto::Conclusion) {
    let proto::Conclusion { outcome, unit, at, note } = conclusion;
    texts([outcome, unit, at, note]);
}

/// That a unit can't act.
pub fn flag(flag: &mut proto::Flag) {
    text(&mut flag.reason);
}

/// That two alerts may belong together.
pub fn link_proposed(link: &mut proto::LinkProposed) {
    let proto::LinkProposed { other, relation, grounds, proposed_by } = link;
    texts([other, relation, grounds, proposed_by]);
}

/// What a person says of a proposed link.
pub fn link_decided(link: &mut proto::LinkDecided) {
    texts([&mut link.decision, &mut link.grounds]);
}
