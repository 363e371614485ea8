//! What happens to an alert, one thing after the other.

use std::collections::VecDeque;

use giapranh_testkit::random::Random;

#[derive(Clone, Copy)]
pub enum Step {
    Issue,
    Acknowledge,
    Hit,
    Answer(&'static str),
    Amend,
    Withdraw,
}

/// From its release to its end.
pub fn whole(random: &mut Random) -> VecDeque<Step> {
    let mut steps = VecDeque::from([Step::Issue, Step::Acknowledge]);
    let hits = 1 + random.below(2);
    for hit in 0..hits {
        steps.push_back(Step::Hit);
        if random.percent(40) {
            steps.push_back(Step::Answer("need-time"));
        }
        steps.push_back(Step::Answer(if hit + 1 == hits { "same" } else { "not-same" }));
        if random.percent(60) {
            steps.push_back(Step::Amend);
            steps.push_back(Step::Acknowledge);
        }
    }
    steps.push_back(Step::Withdraw);
    steps
}

/// Much is said about it, and it stays in force: ten events.
pub fn long() -> VecDeque<Step> {
    let mut steps = VecDeque::from([Step::Issue]);
    for result in ["not-same", "need-time", "same"] {
        steps.extend([Step::Acknowledge, Step::Hit, Step::Answer(result)]);
    }
    steps
}

/// The beginning alone: it stays in force, and who found it waits for an answer.
pub fn open(random: &mut Random) -> VecDeque<Step> {
    let mut steps = VecDeque::from([Step::Issue]);
    for (step, percent) in [(Step::Acknowledge, 50), (Step::Hit, 25)] {
        if random.percent(percent) {
            steps.push_back(step);
        }
    }
    steps
}
