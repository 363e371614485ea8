//! Streams that a test holds in its hand: they can be lost, saved and put back.

use std::collections::{BTreeMap, BTreeSet};

use super::{Delivery, Message, NotThere, Published, Streams};

/// The streams of all provinces, in memory.
#[derive(Debug, Clone, Default)]
pub struct InMemory(BTreeMap<String, Stream>);

/// A stream as it was at a moment.
#[derive(Debug, Clone)]
pub struct Saved(Stream);

#[derive(Debug, Clone, Default)]
struct Stream {
    /// By seq, from 1. Lost at the end, seqs are given again.
    messages: Vec<Message>,
    durables: BTreeMap<String, Durable>,
}

#[derive(Debug, Clone, Default)]
struct Durable {
    zones: BTreeSet<String>,
    /// The newest that was handed out.
    delivered: u64,
    /// Handed out and not acknowledged.
    pending: BTreeSet<u64>,
    /// Of those, the ones whose time is over.
    overdue: BTreeSet<u64>,
}

impl InMemory {
    /// No province has a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// The stream of a province is gone, with its durables.
    pub fn lose(&mut self, province: &str) {
        self.0.remove(province);
    }

    /// The stream as it is now, to be put back later.
    pub fn save(&self, province: &str) -> Option<Saved> {
        self.0.get(province).cloned().map(Saved)
    }

    /// An older copy takes the place of what is there. Durables are as they were then, or stay as
    /// they are: ahead of their stream, perhaps.
    pub fn put_back(&mut self, province: &str, saved: &Saved, with_durables: bool) {
        let mut stream = saved.0.clone();
        if !with_durables && let Some(now) = self.0.remove(province) {
            stream.durables = now.durables;
        }
        self.0.insert(province.to_owned(), stream);
    }

    fn stream(&mut self, province: &str) -> Result<&mut Stream, NotThere> {
        self.0.get_mut(province).ok_or_else(|| NotThere::Stream(province.to_owned()))
    }

    fn durable(
        &mut self,
        province: &str,
        subscriber: &str,
    ) -> Result<(&mut Durable, &[Message]), NotThere> {
        let Stream { messages, durables } = self.stream(province)?;
        let durable = durables.get_mut(subscriber);
        let durable = durable.ok_or_else(|| NotThere::Durable(subscriber.to_owned()))?;
        Ok((durable, messages))
    }
}

impl Streams for InMemory {
    fn own(&mut self, province: &str, subscribers: &[(String, Vec<String>)]) {
        let Stream { messages, durables } = self.0.entry(province.to_owned()).or_default();
        let last = messages.len() as u64;
        durables.retain(|name, _| subscribers.iter().any(|(subscriber, _)| subscriber == name));
        for (subscriber, zones) in subscribers {
            let zones: BTreeSet<String> = zones.iter().cloned().collect();
            let fits = |durable: &Durable| durable.zones == zones && durable.delivered <= last;
            if !durables.get(subscriber).is_some_and(fits) {
                durables.insert(subscriber.clone(), Durable { zones, ..Durable::default() });
            }
        }
    }

    fn publish(&mut self, province: &str, message: &Message) -> Result<Published, NotThere> {
        let Stream { messages, .. } = self.stream(province)?;
        if messages.iter().any(|stored| stored.id == message.id) {
            return Ok(Published::Duplicate);
        }
        messages.push(message.clone());
        Ok(Published::Stored)
    }

    fn last(&self, province: &str, zone: &str, origin: &str) -> Result<Option<Message>, NotThere> {
        let stream = self.0.get(province).ok_or_else(|| NotThere::Stream(province.to_owned()))?;
        let on_subject = |message: &&Message| message.zone == zone && message.origin == origin;
        Ok(stream.messages.iter().rev().find(on_subject).cloned())
    }

    fn pull(
        &mut self,
        province: &str,
        subscriber: &str,
        most: usize,
    ) -> Result<Vec<Delivery>, NotThere> {
        let (durable, messages) = self.durable(province, subscriber)?;
        let mut seqs = Vec::new();
        while seqs.len() < most
            && let Some(seq) = durable.overdue.pop_first()
        {
            seqs.push(seq);
        }
        for (seq, message) in (1..).zip(messages).skip(usize_of(durable.delivered)) {
            if seqs.len() >= most {
                break;
            }
            durable.delivered = seq;
            if durable.zones.contains(&message.zone) {
                durable.pending.insert(seq);
                seqs.push(seq);
            }
        }
        let at = |seq: u64| messages.get(usize_of(seq - 1)).cloned();
        // What was rolled away can't be handed out again.
        let delivery = |seq| at(seq).map(|message| Delivery { seq, message });
        Ok(seqs.into_iter().filter_map(delivery).collect())
    }

    fn acknowledge(
        &mut self,
        province: &str,
        subscriber: &str,
        seqs: &[u64],
    ) -> Result<(), NotThere> {
        let (durable, _) = self.durable(province, subscriber)?;
        for seq in seqs {
            durable.pending.remove(seq);
            durable.overdue.remove(seq);
        }
        Ok(())
    }

    fn overdue(&mut self, province: &str, subscriber: &str) -> Result<(), NotThere> {
        let (durable, _) = self.durable(province, subscriber)?;
        durable.overdue.clone_from(&durable.pending);
        Ok(())
    }
}

fn usize_of(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
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
    fn a_durable_ahead_of_its_stream_is_made_anew_and_hands_out_all() {
        let subscribers = [("long-an".to_owned(), vec!["giap".to_owned()])];
        let message = |id: &str| Message {
            id: id.to_owned(),
            zone: "giap".to_owned(),
            origin: "hcm".to_owned(),
            bytes: id.into(),
        };
        let mut streams = InMemory::new();
        streams.own("hcm", &subscribers);
        let empty = streams.save("hcm").unwrap();
        streams.publish("hcm", &message("a")).unwrap();
        streams.publish("hcm", &message("b")).unwrap();
        assert_eq!(streams.pull("hcm", "long-an", 9).unwrap().len(), 2);
        streams.put_back("hcm", &empty, false);
        // As a server does: the seq of "a" is given again, and nobody hears of it.
        streams.publish("hcm", &message("c")).unwrap();
        assert_eq!(streams.pull("hcm", "long-an", 9).unwrap().len(), 0);
        streams.own("hcm", &subscribers);
        assert_eq!(streams.pull("hcm", "long-an", 9).unwrap().len(), 1);
    }
}
