//! The life of an alert as commands at one node: each follows from what was accepted before it.

use giapranh_domain::wire::proto;
use giapranh_domain::{Act, Command, time};
use giapranh_log::Clock as _;
use giapranh_node::SystemClock;
use giapranh_testkit::random::Random;
use uuid::Uuid;

use crate::people;

/// How long an alert lasts: as long as every category may.
const DAYS_IN_FORCE: u64 = 300;
/// Commands in a life.
const STEPS: usize = 8;

/// An alert, from its issue to its withdrawal, and then the next one.
pub struct Life {
    random: Random,
    zone: String,
    step: usize,
    alert: String,
    hit: Uuid,
}

impl Life {
    /// The lives that grow from a seed, in a zone that the node is in.
    pub fn new(seed: u64, zone: &str) -> Self {
        let random = Random::new(seed);
        Self { random, zone: zone.to_owned(), step: 0, alert: String::new(), hit: Uuid::nil() }
    }

    /// The next command.
    pub fn command(&mut self) -> Command {
        let alert = self.alert.clone();
        let hit = |random: &mut Random, version| Act::ReportHit {
            alert: alert.clone(),
            urgency: "urgent".to_owned(),
            hit: people::hit(random, version),
        };
        let answer = |result: &str| Act::AnswerHit {
            alert: alert.clone(),
            hit: self.hit,
            answer: people::answer(result),
        };
        let act = match self.step {
            0 => Act::IssueAlert { zones: vec![self.zone.clone()], content: self.content() },
            1 => hit(&mut self.random, 1),
            2 => answer("need-time"),
            3 => answer("not-same"),
            4 => Act::AmendAlert {
                alert,
                zones: Vec::new(),
                content: self.content(),
                reason: "bổ sung đặc điểm nhận dạng".to_owned(),
            },
            5 => hit(&mut self.random, 2),
            6 => answer("same"),
            _ => Act::WithdrawAlert { alert, withdrawal: people::withdrawal(&mut self.random) },
        };
        let releases = matches!(self.step, 0 | 4 | 7);
        Command {
            unit: None,
            key: None,
            drafted_by: "cb-0001".to_owned(),
            approved_by: if releases { "ld-0001".to_owned() } else { String::new() },
            act,
        }
    }

    /// The command was accepted.
    pub fn accepted(&mut self, event_id: Uuid, alert: String) {
        match self.step {
            0 => self.alert = alert,
            1 | 5 => self.hit = event_id,
            _ => {}
        }
        self.step = (self.step + 1) % STEPS;
    }

    fn content(&mut self) -> Box<proto::AlertContent> {
        let expires = time::day(SystemClock.now_ms() + DAYS_IN_FORCE * 24 * 3_600_000);
        Box::new(people::content(&mut self.random, "wanted-person", &expires))
    }
}
