//! An exchange that a test holds in its hand: who reaches whom is said with each word.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Beacon, Exchange, NoPage};

/// The exchange of all nodes, in memory.
#[derive(Debug, Default)]
pub struct InMemory {
    listening: BTreeMap<String, BTreeSet<String>>,
    heard: BTreeMap<String, Vec<Beacon>>,
    answers: BTreeMap<String, Answer>,
}

impl InMemory {
    /// Nobody listens, nobody answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says a beacon to those who can be reached.
    pub fn say_to(&mut self, unit: &str, zone: &str, bytes: &[u8], reaches: impl Fn(&str) -> bool) {
        for (listener, zones) in &self.listening {
            if zones.contains(zone) && reaches(listener) {
                let (zone, unit) = (zone.to_owned(), unit.to_owned());
                let beacon = Beacon { zone, unit, bytes: bytes.to_vec() };
                self.heard.entry(listener.clone()).or_default().push(beacon);
            }
        }
    }
}

impl Exchange for InMemory {
    fn listen(&mut self, unit: &str, zones: &[&str]) {
        let zones = zones.iter().map(|zone| (*zone).to_owned()).collect();
        self.listening.insert(unit.to_owned(), zones);
    }

    fn say(&mut self, unit: &str, zone: &str, bytes: &[u8]) {
        self.say_to(unit, zone, bytes, |_| true);
    }

    fn heard(&mut self, unit: &str) -> Vec<Beacon> {
        self.heard.remove(unit).unwrap_or_default()
    }

    fn serve(&mut self, unit: &str, answer: Answer) {
        self.answers.insert(unit.to_owned(), answer);
    }

    fn stop(&mut self, unit: &str) {
        self.answers.remove(unit);
    }

    fn ask(&mut self, from: &str, to: &str, request: &[u8]) -> Result<Vec<u8>, NoPage> {
        if from == to {
            return Err(NoPage::Refused);
        }
        self.answers.get(to).map_or(Err(NoPage::Unanswered), |answer| answer(from, request))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CONTRACT, check};
    use super::*;

    #[test]
    fn it_keeps_the_contract() {
        for rule in CONTRACT {
            check(rule, &mut InMemory::new());
        }
    }

    #[test]
    fn who_is_not_reached_hears_nothing() {
        let mut exchange = InMemory::new();
        for unit in ["hcm", "long-an"] {
            exchange.listen(unit, &["giap"]);
        }
        exchange.say_to("tay-ninh", "giap", b"1", |unit| unit == "hcm");
        assert_eq!(exchange.heard("hcm").len(), 1);
        assert_eq!(exchange.heard("long-an"), []);
    }
}
