//! The judgement of events: had their authors the authority, by the directory head that each names
//! and by the cuts known since? Never by a clock, so every node comes to the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Directory;
use crate::codes::CutCause;
use crate::event::{Kind, Meta};
use crate::{AlertId, ZoneId};

/// How an event stands by the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "verdict", content = "why")]
pub enum Verdict {
    /// Its author had authority.
    Valid,
    /// It surfaced after its origin began a new epoch: shown, without effect until adopted.
    Late,
    /// Its author had no authority: shown, without effect.
    Disowned(Why),
    /// It was decided under a directory that is newer than ours: judged when that is here.
    Waiting,
}

/// Why an event is disowned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It lies beyond the last event that counts of its origin.
    BeyondCut,
    /// The origin's node is not enrolled for that epoch, or not confirmed.
    NotEnrolled,
    /// The acting unit is no more.
    UnitEnded,
    /// The origin's node does not serve the acting unit.
    NotServed,
    /// The acting unit is not a member of a zone that it wrote to, or the zone has ended.
    NotInZone,
    /// Only the registrar writes to the directory.
    NotRegistrar,
    /// Only the issuer, or its successor, changes an alert.
    NotIssuer,
    /// This unit may not issue this category there.
    NotAllowed,
    /// The officer who approved is the one who drafted, or is missing.
    NoSecondPerson,
    /// An alert that never expires.
    NoExpiry,
    /// Only who answers for the alert, or a unit above it, answers a hit.
    NotAnswerable,
    /// The payload says something else than the header, by which authority is judged.
    Inconsistent,
}

impl Directory {
    /// Judges an event by the directory head that its header names and the cuts known since.
    pub fn judge(&self, meta: &Meta) -> Verdict {
        let kind = Kind::parse(&meta.kind);
        if meta.zones.contains(&ZoneId::directory()) || kind == Some(Kind::DirectoryChanged) {
            return self.judge_word(meta, kind);
        }
        let at = meta.directory_seq;
        if at > self.head() {
            return Verdict::Waiting;
        }
        let beyond = |cut: &&super::Cut| cut.epoch == meta.epoch && cut.leaves_out(meta.index);
        let cuts = self.cuts(&meta.origin).iter();
        let mut causes = cuts.filter(beyond).map(|cut| cut.cause).peekable();
        if causes.peek().is_some() {
            let late = causes.all(|cause| cause == CutCause::NewEpoch);
            return if late { Verdict::Late } else { Verdict::Disowned(Why::BeyondCut) };
        }
        self.misconduct(meta, kind, at).map_or(Verdict::Valid, Verdict::Disowned)
    }

    /// Judges a late event as if its origin had not begun a new epoch, because it was adopted. Other
    /// cuts leave it out as before.
    pub fn judge_adopted(&self, meta: &Meta) -> Verdict {
        match self.judge(meta) {
            Verdict::Late => {
                let kind = Kind::parse(&meta.kind);
                let misconduct = self.misconduct(meta, kind, meta.directory_seq);
                misconduct.map_or(Verdict::Valid, Verdict::Disowned)
            }
            verdict => verdict,
        }
    }

    /// Only registrars write to the directory, each as far as its word counts.
    fn judge_word(&self, meta: &Meta, kind: Option<Kind>) -> Verdict {
        let alone = meta.zones.len() == 1 && kind == Some(Kind::DirectoryChanged);
        let Some(seq) = meta.directory_link.filter(|_| alone) else {
            return Verdict::Disowned(Why::NotRegistrar);
        };
        let terms = self.terms();
        let counts = terms.iter().enumerate().any(|(place, term)| {
            let end = terms.get(place + 1).map_or(u64::MAX, |next| next.base);
            term.unit == meta.origin
                && term.epoch == meta.epoch
                && term.base.checked_add(seq).is_some_and(|head| head <= end)
        });
        if counts { Verdict::Valid } else { Verdict::Disowned(Why::NotRegistrar) }
    }

    fn misconduct(&self, meta: &Meta, kind: Option<Kind>, at: u64) -> Option<Why> {
        let acting = &meta.acting_unit;
        if !self.counted(&meta.origin, meta.epoch, at) {
            return Some(Why::NotEnrolled);
        }
        if self.unit(acting).is_some_and(|unit| unit.since <= at && !unit.is_alive(at)) {
            return Some(Why::UnitEnded);
        }
        if self.served_since(&meta.origin, acting, at).is_none() {
            return Some(Why::NotServed);
        }
        let issuer = meta.alert.as_ref().map(AlertId::issuer);
        let responsible = issuer.map(|issuer| self.answers_for(issuer, at));
        let is_issuer = responsible == Some(acting);
        let takes_back = matches!(
            kind,
            Some(
                Kind::AlertAmended
                    | Kind::AlertWithdrawn
                    | Kind::AlertHidden
                    | Kind::AlertRevealed
                    | Kind::AlertErased
                    | Kind::ErasureConfirmed
                    | Kind::HitAnswered
                    | Kind::HitConcluded
                    | Kind::EventsAdopted
            )
        );
        let in_zone = |zone: &ZoneId| match issuer.filter(|_| takes_back && is_issuer) {
            // Its alert may have been in zones that it has left since, or its predecessor was in.
            Some(issuer) => self.was_member(acting, issuer, zone, at),
            None => self.is_member(acting, zone, at),
        };
        let open = |zone: &ZoneId| kind != Some(Kind::AlertIssued) || self.is_open(zone, at);
        if !meta.zones.iter().all(|zone| in_zone(zone) && open(zone)) {
            return Some(Why::NotInZone);
        }
        match kind? {
            Kind::AlertIssued if issuer != Some(acting) => Some(Why::NotIssuer),
            Kind::AlertAmended
            | Kind::AlertWithdrawn
            | Kind::AlertHidden
            | Kind::AlertRevealed
            | Kind::AlertErased
                if !is_issuer =>
            {
                Some(Why::NotIssuer)
            }
            // What one officer may amend alone is told by the two versions: the fold looks.
            Kind::AlertAmended if meta.drafted_by.is_none() => Some(Why::NoSecondPerson),
            Kind::AlertAmended if meta.approved_by == meta.drafted_by => Some(Why::NoSecondPerson),
            Kind::AlertIssued
            | Kind::AlertWithdrawn
            | Kind::AlertHidden
            | Kind::AlertRevealed
            | Kind::AlertErased
                if meta.approved_by.is_none() || meta.approved_by == meta.drafted_by =>
            {
                Some(Why::NoSecondPerson)
            }
            Kind::AlertIssued if !self.may_issue(acting, &meta.category, &meta.zones, at) => {
                Some(Why::NotAllowed)
            }
            // Its zones of before are not its to choose, so only the category is looked at.
            Kind::AlertAmended if !self.may_issue(acting, &meta.category, &[], at) => {
                Some(Why::NotAllowed)
            }
            Kind::AlertIssued | Kind::AlertAmended if meta.expires == 0 => Some(Why::NoExpiry),
            Kind::HitAnswered => {
                let above = responsible.is_some_and(|unit| self.is_above(acting, unit, at));
                (!is_issuer && !above).then_some(Why::NotAnswerable)
            }
            _ => None,
        }
    }
}
