//! The table itself.

use axum::extract::Extension;
use giapranh_domain::codes::Role::{self, Administrator, Approver, Auditor, Duty, Issuer, Lead};

use super::{Row, Who};
use crate::api::{
    access, alerts, as_of, commands, drafts, due, entries, healing, officers, openapi, quarantine,
    search, session, status, tokens, units, views, zones,
};
use crate::console::{self, account, assets, feed, notices, sign_in};
use crate::shelf::Shelf;
use crate::{SECRET_BYTES, events};

/// Who reads what is shared. The administrator keeps the machine and reads none of it.
pub const READERS: Who = Who::roles(&[Duty, Issuer, Approver, Lead, Auditor]);
/// Who works with drafts, or looks over the shoulder of those who do.
pub const WRITERS: Who = Who::roles(&[Issuer, Approver, Auditor]);
const ISSUERS: Who = Who::roles(&[Issuer]);
const APPROVERS: Who = Who::roles(&[Approver]);
/// Who adds what was seen to an alert.
const FINDERS: Who = Who::roles(&[Duty, Issuer, Approver]);
/// Who writes drafts, and who may end what others wrote.
const DECIDERS: Who = Who::roles(&[Issuer, Approver]);
/// The directory holds nothing about a case, and who gives out accounts chooses units from it.
const EVERY_ROLE: Who = Who::roles(Role::ALL);
/// How the machine is.
const STATE: Who = EVERY_ROLE.and_the_machine();
const ADMINISTRATORS: Who = Who::roles(&[Administrator]);
/// Headers of what is kept beside the log, without payload.
const SHELVES: Who = Who::roles(&[Auditor, Administrator]);
pub const AUDITORS: Who = Who::roles(&[Auditor]);
/// Every role has an act of its own; which acts is for the act to say.
const ACTORS: Who = Who::roles(Role::ALL);

/// Every row. A method of a path stands once.
#[rustfmt::skip]
pub(super) fn rows() -> Vec<Row> {
    let mut rows = vec![
        Row::get("/", READERS, feed::show).page(),
        Row::get("/alerts", READERS, console::alerts::show).page(),
        Row::get("/alerts/{unit}/{year}/{number}", READERS, console::alert::show).page(),
        Row::post("/alerts/{unit}/{year}/{number}/acknowledge", FINDERS, console::alert::acknowledge).page(),
        Row::get("/alerts/{unit}/{year}/{number}/add/{what}", FINDERS, console::alert::fill).page(),
        Row::post("/alerts/{unit}/{year}/{number}/add/{what}", FINDERS, console::alert::send).page(),
        Row::get("/search", READERS, console::search::show).page().searching(),
        Row::post("/search/purpose", READERS, console::search::state).page().at_most(SECRET_BYTES),
        Row::get("/due", READERS, console::due::show).page(),
        Row::get("/notices", READERS, notices::show).page(),
        Row::get("/zones", READERS, console::zones::show).page(),
        Row::get("/as-of", READERS, console::as_of::show).page(),
        Row::get("/drafts", WRITERS, console::drafts::list).page(),
        Row::get("/drafts/new", ISSUERS, console::drafts::choose).page(),
        Row::get("/drafts/new/{category}", ISSUERS, console::drafts::create).page(),
        Row::post("/drafts", ISSUERS, console::drafts::save).page(),
        Row::get("/drafts/{unit}/{year}/{number}", WRITERS, console::drafts::show).page(),
        Row::get("/drafts/{unit}/{year}/{number}/new/{what}", ISSUERS, console::drafts::change).page(),
        Row::get("/drafts/{unit}/{year}/{number}/release", APPROVERS, console::drafts::confirm).page(),
        Row::post("/drafts/{unit}/{year}/{number}/release", APPROVERS, console::drafts::release).page(),
        Row::post("/drafts/{unit}/{year}/{number}/return", APPROVERS, console::drafts::send_back).page(),
        Row::post("/drafts/{unit}/{year}/{number}/discard", DECIDERS, console::drafts::discard).page(),
        Row::get("/trail", AUDITORS, console::trail::show).page(),
        Row::get("/trail/said/{event}", AUDITORS, console::trail::said).page(),
        Row::get("/account", Who::SIGNED_IN, account::show).page(),
        Row::post("/account/password", Who::SIGNED_IN, account::password).page().at_most(SECRET_BYTES),
        Row::post("/habits", Who::ANYONE, account::choose).page().at_most(SECRET_BYTES),
        Row::get("/sign-in", Who::ANYONE, sign_in::form).page(),
        Row::post("/sign-in", Who::ANYONE, sign_in::sign_in).page().at_most(SECRET_BYTES),
        Row::post("/sign-out", Who::SIGNED_IN, sign_in::sign_out).page().at_most(SECRET_BYTES),
        Row::get("/api", Who::SIGNED_IN, console::api::show).page(),
        Row::get("/api/schemas", Who::SIGNED_IN, console::api::schemas).page(),
        Row::get("/assets/{*name}", Who::ANYONE, assets::serve),

        Row::post("/api/v1/session", Who::ANYONE, session::begin).by_cookie().at_most(SECRET_BYTES),
        Row::get("/api/v1/session", Who::SIGNED_IN.and_the_machine(), session::show),
        Row::delete("/api/v1/session", Who::SIGNED_IN, session::end).by_cookie(),
        Row::get("/api/v1/officers", ADMINISTRATORS, officers::list),
        Row::post("/api/v1/officers", ADMINISTRATORS, officers::add).at_most(SECRET_BYTES),
        Row::patch("/api/v1/officers/{id}", ADMINISTRATORS, officers::change).at_most(SECRET_BYTES),
        Row::post("/api/v1/officers/{id}/password", Who::SIGNED_IN, officers::password).at_most(SECRET_BYTES),
        Row::get("/api/v1/tokens", EVERY_ROLE, tokens::list),
        Row::post("/api/v1/tokens", EVERY_ROLE, tokens::issue).at_most(SECRET_BYTES),
        Row::delete("/api/v1/tokens/{id}", EVERY_ROLE, tokens::revoke),

        Row::post("/api/v1/commands", ACTORS, commands::submit),
        Row::get("/api/v1/alerts", READERS, alerts::list),
        Row::get("/api/v1/alerts/{unit}/{year}/{number}", READERS, alerts::show),
        Row::get("/api/v1/alerts/{unit}/{year}/{number}/links", READERS, alerts::links),
        Row::get("/api/v1/alerts/{unit}/{year}/{number}/delivery", READERS, healing::delivery),
        Row::get("/api/v1/alerts/{unit}/{year}/{number}/erasure", EVERY_ROLE, alerts::erasure),
        Row::get("/api/v1/access", AUDITORS, access::list),
        Row::get("/api/v1/access/unusual", AUDITORS, access::unusual),
        Row::get("/api/v1/access/said/{event}", AUDITORS, access::said),
        Row::post("/api/v1/access/keys", AUDITORS, access::grant),
        Row::get("/api/v1/as-of", READERS, as_of::show),
        Row::get("/api/v1/drafts", WRITERS, drafts::list),
        Row::get("/api/v1/drafts/{unit}/{year}/{number}", WRITERS, drafts::show),
        Row::get("/api/v1/due", READERS, due::list),
        Row::get("/api/v1/entries", READERS, entries::list),
        Row::get("/api/v1/events", READERS, events::events),
        Row::get("/api/v1/search", READERS, search::find).searching(),
        Row::get("/api/v1/zones", EVERY_ROLE, zones::list),
        Row::get("/api/v1/zones/counts", READERS, zones::counts),
        Row::get("/api/v1/zones/{id}", EVERY_ROLE, zones::show),
        Row::get("/api/v1/units", EVERY_ROLE, units::list),

        Row::get("/api/v1/openapi.json", Who::ANYONE, openapi::show),
        Row::get("/api/v1/status", STATE, status::show),
        Row::get("/api/v1/peers", STATE, healing::peers),
        Row::get("/api/v1/forks", STATE, healing::forks),
        Row::post("/api/v1/views/rebuild", ADMINISTRATORS.and_the_machine(), views::rebuild),
    ];
    rows.extend(of_shelf(Shelf::Quarantine, [
        "/api/v1/quarantine", "/api/v1/quarantine/{id}", "/api/v1/quarantine/{id}/bytes",
        "/api/v1/quarantine/rejudge",
    ]));
    rows.extend(of_shelf(Shelf::Held, [
        "/api/v1/held", "/api/v1/held/{id}", "/api/v1/held/{id}/bytes", "/api/v1/held/rejudge",
    ]));
    rows
}

fn of_shelf(shelf: Shelf, [list, one, bytes, rejudge]: [&'static str; 4]) -> Vec<Row> {
    let rows = [
        Row::get(list, SHELVES, quarantine::list),
        Row::get(one, SHELVES, quarantine::show),
        // They hold whatever a sender put into them: not where a browser reads.
        Row::get(bytes, AUDITORS, quarantine::bytes).on_socket(),
        Row::post(rejudge, ADMINISTRATORS, quarantine::rejudge),
    ];
    rows.into_iter().map(|row| Row { serve: row.serve.layer(Extension(shelf)), ..row }).collect()
}
