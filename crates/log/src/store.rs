//! Rows: what the writer reads and inserts inside its transaction, and the heads of all feeds.

mod published;

use std::collections::{BTreeMap, HashMap};

use giapranh_record::chain::{Fit, Head};
use giapranh_record::event::Event;
use giapranh_record::{Hash, Link, Verified};
use rusqlite::{Connection, OptionalExtension as _};

use crate::fork::{self, Conflict, Undecided};
use crate::{LogError, held};

/// Where an event stands in this log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Appended {
    pub event_id: uuid::Uuid,
    pub position: u64,
    pub leaf: Hash,
}

/// Names a feed: what one origin published to one zone in one epoch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub struct FeedKey {
    pub origin: String,
    pub epoch: u32,
    pub zone: String,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Feed {
    pub id: i64,
    pub head: Head,
    /// The highest seq that is here, beyond a gap or not.
    pub highest: u64,
}

#[derive(Debug)]
pub(crate) struct Store {
    pub connection: Connection,
    feeds: HashMap<FeedKey, Feed>,
    /// What each origin published, by epoch.
    published: HashMap<(String, u32), published::Published>,
    pub next_position: u64,
    /// The newest time noted; no later one goes back behind it.
    pub newest_ms: u64,
    /// Whether anything is held: usually nothing is, and then nobody need look.
    pub any_held: bool,
    /// What this transaction has inserted so far, by position: when it arrived, and its leaf hash.
    pub fresh: BTreeMap<u64, (u64, Hash)>,
    /// Whether anything came from elsewhere that no receipt attests.
    pub any_arrived: bool,
    /// The origins and epochs of which nothing is taken in before a fork is decided.
    pub forked: Undecided,
    /// Whether something happened that this node's own standing depends on.
    pub tail_moved: bool,
    /// What can come in and has not yet: a transaction takes only so much.
    pub due: Due,
    /// Positions for which this transaction has taken a copy with a better signature.
    pub mended: Vec<u64>,
}

/// What waited and can be judged again, a part in each transaction. All of it follows from the rows,
/// so that a restart comes to the same.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Due {
    /// Feeds that have got longer: others may have waited for that.
    pub feeds: Vec<FeedKey>,
    /// Reasons for which something waited that is here now, and the numbers that are still to be
    /// looked at: after the first, up to the second.
    pub reasons: Vec<(&'static str, u64, u64)>,
}

impl Due {
    pub fn is_empty(&self) -> bool {
        self.feeds.is_empty() && self.reasons.is_empty()
    }
}

impl Store {
    pub fn load(connection: Connection) -> Result<Self, LogError> {
        let next_position: u64 = connection.query_one(
            "SELECT COALESCE(MAX(position), 0) + 1 FROM events",
            (),
            |row| row.get(0),
        )?;
        let mut feeds = HashMap::new();
        let rows: Vec<(i64, FeedKey)> = connection
            .prepare("SELECT id, origin, epoch, zone FROM feeds")?
            .query_map((), |row| {
                let key = FeedKey { origin: row.get(1)?, epoch: row.get(2)?, zone: row.get(3)? };
                Ok((row.get(0)?, key))
            })?
            .collect::<Result<_, _>>()?;
        for (id, key) in rows {
            let (head, highest) = contiguous_head(&connection, id)?;
            feeds.insert(key, Feed { id, head, highest });
        }
        let published = published::load(&connection, feeds.keys())?;
        let newest_ms = connection.query_one(
            "SELECT COALESCE(MAX(arrived_ms), 0) FROM events WHERE position = ?1",
            [next_position - 1],
            |row| row.get(0),
        )?;
        let any_held = connection.prepare("SELECT 1 FROM held")?.exists(())?;
        let forked = fork::undecided(&connection)?;
        let mut store = Self {
            connection,
            feeds,
            published,
            next_position,
            newest_ms,
            any_held,
            fresh: BTreeMap::new(),
            any_arrived: false,
            forked,
            tail_moved: false,
            due: Due::default(),
            mended: Vec::new(),
        };
        store.due.feeds = held::due(&store)?;
        if held::any_for_decided_fork(&store)? {
            store.due.reasons.push((held::FORK, 0, held::last(&store)?));
        }
        Ok(store)
    }

    /// Every feed and how far it is here without a gap, in order.
    pub fn heads(&self) -> Vec<(FeedKey, Head)> {
        let held = self.feeds.iter().filter(|(_, feed)| feed.head.seq > 0);
        let mut heads: Vec<_> = held.map(|(key, feed)| (key.clone(), feed.head)).collect();
        heads.sort_by(|(one, _), (other, _)| one.cmp(other));
        heads
    }

    /// Every feed with its row, head and highest seq, for tests that compare.
    #[cfg(test)]
    pub fn feeds_known(&self) -> BTreeMap<FeedKey, String> {
        self.feeds.iter().map(|(key, feed)| (key.clone(), format!("{feed:?}"))).collect()
    }

    /// What is known of the newest of each origin; for tests that compare.
    #[cfg(test)]
    pub fn published_known(&self) -> BTreeMap<(String, u32), String> {
        let newest = self.published.iter();
        newest.map(|(key, newest)| (key.clone(), format!("{newest:?}"))).collect()
    }

    /// Zones in which a feed of an origin has a gap, and the first and last seq around it.
    pub fn gaps(&self, origin: &str, epoch: u32) -> Vec<(String, u64, u64)> {
        let of = |key: &FeedKey| key.origin == origin && key.epoch == epoch;
        let gaps = self.feeds.iter().filter(|(key, feed)| of(key) && feed.head.seq < feed.highest);
        let gap = |(key, feed): (&FeedKey, &Feed)| {
            (key.zone.clone(), feed.head.seq + 1, feed.highest.saturating_sub(1))
        };
        let mut gaps: Vec<_> = gaps.map(gap).collect();
        gaps.sort();
        gaps
    }

    /// The leaf hash of the event at a seq of a feed.
    pub fn leaf_of(&self, key: &FeedKey, seq: u64) -> Result<Option<Hash>, LogError> {
        let Some(feed) = self.feeds.get(key) else {
            return Ok(None);
        };
        let leaf: Option<[u8; 32]> = self
            .connection
            .prepare_cached(
                "SELECT leaf FROM links JOIN events USING (position) WHERE feed = ?1 AND seq = ?2",
            )?
            .query_row((feed.id, seq), |row| row.get(0))
            .optional()?;
        Ok(leaf.map(Hash))
    }

    pub fn take_position(&mut self) -> u64 {
        self.next_position += 1;
        self.next_position - 1
    }

    pub fn head(&self, key: &FeedKey) -> Head {
        self.feeds.get(key).map_or(Head::EMPTY, |feed| feed.head)
    }

    /// The feed, made known when this is its first event.
    pub fn feed(&mut self, key: &FeedKey) -> Result<&mut Feed, LogError> {
        if !self.feeds.contains_key(key) {
            self.connection
                .prepare_cached("INSERT INTO feeds (origin, epoch, zone) VALUES (?1, ?2, ?3)")?
                .execute((&key.origin, key.epoch, &key.zone))?;
            let id = self.connection.last_insert_rowid();
            let feed = Feed { id, head: Head::EMPTY, highest: 0 };
            self.feeds.insert(key.clone(), feed);
        }
        self.feeds.get_mut(key).ok_or_else(|| LogError::Stopped("a feed is lost".into()))
    }

    pub fn find(&self, event_id: uuid::Uuid) -> Result<Option<Appended>, LogError> {
        Ok(self
            .connection
            .prepare_cached("SELECT position, leaf FROM events WHERE event_id = ?1")?
            .query_row([event_id.as_bytes()], |row| {
                Ok(Appended { event_id, position: row.get(0)?, leaf: Hash(row.get(1)?) })
            })
            .optional()?)
    }

    /// Where the event at a seq of a feed stands.
    pub fn position_of(&self, key: &FeedKey, seq: u64) -> Result<Option<u64>, LogError> {
        let Some(feed) = self.feeds.get(key) else {
            return Ok(None);
        };
        Ok(self
            .connection
            .prepare_cached("SELECT position FROM links WHERE feed = ?1 AND seq = ?2")?
            .query_row((feed.id, seq), |row| row.get(0))
            .optional()?)
    }

    /// What is here and rules out that the event `leaf` takes the place of `link`: another one has
    /// it, or one beside it, come by another zone, belongs to another chain.
    pub fn contradicts(
        &self,
        key: &FeedKey,
        link: &Link,
        leaf: Hash,
    ) -> Result<Option<Conflict>, LogError> {
        let Some(feed) = self.feeds.get(key) else {
            return Ok(None);
        };
        if feed.highest < link.seq && feed.head.fit(link) == Fit::Next {
            return Ok(None);
        }
        let mut query = self.connection.prepare_cached(
            "SELECT seq, leaf, position, CASE WHEN seq > ?2 THEN bytes END
             FROM links JOIN events USING (position)
             WHERE feed = ?1 AND seq BETWEEN ?2 - 1 AND ?2 + 1",
        )?;
        let mut rows = query.query((feed.id, link.seq))?;
        while let Some(row) = rows.next()? {
            let (seq, here, position): (u64, _, _) = (row.get(0)?, Hash(row.get(1)?), row.get(2)?);
            let agrees = match row.get::<_, Option<Vec<u8>>>(3)? {
                Some(bytes) => Event::parse(bytes.into())?
                    .header()
                    .link(&key.zone)
                    .is_some_and(|next| next.prev == leaf),
                None => seq < link.seq && here == link.prev,
            };
            if !agrees {
                return Ok(Some(Conflict { here, position }));
            }
        }
        Ok(None)
    }

    /// Inserts the event and a row for each of the zones; moves no head.
    pub fn insert(
        &mut self,
        position: u64,
        event: &Verified,
        zones: &[String],
        arrived_ms: u64,
    ) -> Result<(), LogError> {
        let header = event.header();
        self.connection
            .prepare_cached(
                "INSERT INTO events (position, event_id, origin, epoch, local, idx, alert, leaf,
                                     arrived_ms, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute((
                position,
                header.event_id.as_bytes(),
                &header.origin,
                header.epoch,
                header.is_local(),
                header.index,
                &header.alert,
                event.leaf().0,
                arrived_ms,
                event.bytes().as_ref(),
            ))?;
        for link in header.links.iter().filter(|link| zones.contains(&link.zone)) {
            self.link(&key(event, link), link.seq, position)?;
        }
        if !header.is_local() {
            self.note_published(header);
        }
        self.newest_ms = self.newest_ms.max(arrived_ms);
        self.fresh.insert(position, (arrived_ms, event.leaf()));
        Ok(())
    }

    /// Inserts a row for one zone; moves no head.
    pub fn link(&mut self, key: &FeedKey, seq: u64, position: u64) -> Result<(), LogError> {
        let feed = self.feed(key)?;
        feed.highest = feed.highest.max(seq);
        let id = feed.id;
        self.connection
            .prepare_cached("INSERT INTO links (feed, seq, position) VALUES (?1, ?2, ?3)")?
            .execute((id, seq, position))?;
        Ok(())
    }

    /// Moves the head of a feed over `link`, if it is the next one, and over what was there beyond
    /// it already.
    pub fn advance(&mut self, key: &FeedKey, link: &Link, leaf: Hash) -> Result<(), LogError> {
        let feed = self.feed(key)?;
        if feed.head.fit(link) != Fit::Next {
            return Ok(());
        }
        let (id, highest) = (feed.id, feed.highest);
        let mut head = Head { seq: link.seq, hash: leaf };
        while head.seq < highest
            && let Some((leaf, beyond)) = self.beyond(id, &key.zone, head.seq + 1)?
        {
            if head.fit(&beyond) != Fit::Next {
                break;
            }
            head = Head { seq: beyond.seq, hash: leaf };
        }
        self.feed(key)?.head = head;
        Ok(())
    }

    fn beyond(&self, feed: i64, zone: &str, seq: u64) -> Result<Option<(Hash, Link)>, LogError> {
        let bytes: Option<Vec<u8>> = self
            .connection
            .prepare_cached(
                "SELECT bytes FROM links JOIN events USING (position) WHERE feed = ?1 AND seq = ?2",
            )?
            .query_row((feed, seq), |row| row.get(0))
            .optional()?;
        let Some(bytes) = bytes else { return Ok(None) };
        let event = Event::parse(bytes.into())?;
        Ok(event.header().link(zone).map(|link| (event.leaf(), link.clone())))
    }
}

pub(crate) fn key(event: &Event, link: &Link) -> FeedKey {
    let header = event.header();
    FeedKey { origin: header.origin.clone(), epoch: header.epoch, zone: link.zone.clone() }
}

/// The newest seq up to which the feed has no gap, and the highest that is here.
fn contiguous_head(connection: &Connection, feed: i64) -> Result<(Head, u64), LogError> {
    let (count, newest): (u64, u64) = connection.query_one(
        "SELECT COUNT(*), COALESCE(MAX(seq), 0) FROM links WHERE feed = ?1",
        [feed],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let seq: u64 = if count == newest {
        newest
    } else {
        connection.query_one(
            "SELECT COALESCE(MIN(seq), 1) - 1 FROM (
               SELECT seq + 1 AS seq FROM (SELECT 0 AS seq UNION ALL
                 SELECT seq FROM links WHERE feed = ?1)
               EXCEPT SELECT seq FROM links WHERE feed = ?1)",
            [feed],
            |row| row.get(0),
        )?
    };
    let hash = connection
        .query_row(
            "SELECT leaf FROM links JOIN events USING (position) WHERE feed = ?1 AND seq = ?2",
            (feed, seq),
            |row| row.get(0),
        )
        .optional()?;
    Ok((hash.map_or(Head::EMPTY, |hash| Head { seq, hash: Hash(hash) }), newest))
}
