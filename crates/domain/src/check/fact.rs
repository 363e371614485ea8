//! What is said about an alert: that it ends or is hidden, and what other units add.

use super::{Check, LINE, NAME, PARAGRAPH};
use crate::Alert;
use crate::codes::{
    AnswerResult, Certainty, ErasureGround, LinkDecision, Outcome, Relation, WithdrawalReason,
};
use crate::wire::proto;

/// Longest number of a decision that outlives what it is about, characters.
const NUMBER: usize = 60;

impl Check {
    /// A withdrawal.
    pub fn withdrawal(&mut self, withdrawal: &proto::Withdrawal) {
        let (field, reason) = ("/withdrawal/reason", &withdrawal.reason);
        self.code(field, reason, WithdrawalReason::parse, WithdrawalReason::list);
        self.optional("/withdrawal/decision_number", &withdrawal.decision_number, LINE);
        self.optional("/withdrawal/note", &withdrawal.note, PARAGRAPH);
    }

    /// That what an alert says is to be gone. The number stays for good, so it is short.
    pub fn erasing(&mut self, erasing: &proto::Erasing) {
        let (field, ground) = ("/erasing/ground", &erasing.ground);
        self.code(field, ground, ErasureGround::parse, ErasureGround::list);
        self.optional("/erasing/decision_number", &erasing.decision_number, NUMBER);
    }

    /// A hit on an alert.
    pub fn hit(&mut self, hit: &proto::Hit, alert: &Alert) {
        if hit.version == 0 || hit.version > alert.version {
            let message = format!("The alert has versions 1 to {}.", alert.version);
            self.fault("/hit/version", "range", message);
        }
        self.required("/hit/place", &hit.place, LINE);
        self.required("/hit/basis", &hit.basis, PARAGRAPH);
        self.required("/hit/done", &hit.done, PARAGRAPH);
        self.code("/hit/certainty", &hit.certainty, Certainty::parse, Certainty::list);
        self.past_moment("/hit/seen_at", &hit.seen_at, true);
    }

    /// An answer to a hit.
    pub fn answer(&mut self, answer: &proto::Answer) {
        self.code("/answer/result", &answer.result, AnswerResult::parse, AnswerResult::list);
        self.optional("/answer/note", &answer.note, PARAGRAPH);
    }

    /// That an alert is hidden. Whether the moment fits the alert, and whether there are such units,
    /// is not known here.
    pub fn hiding(&mut self, hiding: &proto::Hiding) {
        self.moment("/hiding/until", &hiding.until, true);
        self.list("/hiding/units", hiding.units.len());
        self.reason("/hiding/reason", &hiding.reason);
    }

    /// How a hit ended. Whether there is a unit to which it was handed over is not known here.
    pub fn conclusion(&mut self, conclusion: &proto::Conclusion) {
        let (field, outcome) = ("/conclusion/outcome", &conclusion.outcome);
        let outcome = self.code(field, outcome, Outcome::parse, Outcome::list);
        if !conclusion.unit.is_empty() && outcome != Some(Outcome::HandedOver) {
            let message = "Only who was handed over is with another unit: leave it out.";
            self.fault("/conclusion/unit", "contradicts", message);
        }
        self.past_moment("/conclusion/at", &conclusion.at, true);
        self.optional("/conclusion/note", &conclusion.note, PARAGRAPH);
    }

    /// That a unit can't act, or can again.
    pub fn flag(&mut self, flag: &proto::Flag) {
        self.reason("/flag/reason", &flag.reason);
    }

    /// That two alerts may belong together; whether the other one is here is not known here.
    pub fn link_proposed(&mut self, link: &proto::LinkProposed) {
        self.code("/link/relation", &link.relation, Relation::parse, Relation::list);
        self.required("/link/grounds", &link.grounds, PARAGRAPH);
        self.optional("/link/proposed_by", &link.proposed_by, NAME);
    }

    /// What a person says of a proposed link.
    pub fn link_decided(&mut self, link: &proto::LinkDecided) {
        self.code("/decision/decision", &link.decision, LinkDecision::parse, LinkDecision::list);
        self.required("/decision/grounds", &link.grounds, PARAGRAPH);
    }
}
