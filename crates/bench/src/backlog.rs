//! The corpus as a file, so that a process can take it in without ever holding it whole.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::corpus::{Corpus, Published};

/// Events made at once.
const CHUNK: usize = 8_192;

/// Writes the events of the directory, which stand first, and so many after them.
pub fn create(path: &Path, mut corpus: Corpus, count: usize) -> Result<()> {
    let mut left = corpus.founding() + count;
    let mut file = BufWriter::new(File::create(path)?);
    while left > 0 {
        let events = corpus.take(left.min(CHUNK))?;
        left -= events.len();
        for event in events {
            write(&mut file, event.origin.as_bytes())?;
            write(&mut file, event.zones.join(" ").as_bytes())?;
            write(&mut file, &event.bytes)?;
        }
    }
    file.flush()?;
    Ok(())
}

/// The events of a file, in order.
pub struct Backlog(BufReader<File>);

impl Backlog {
    /// Opens what [`create`] wrote.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
        Ok(Self(BufReader::new(file)))
    }

    /// The directory's events, which stand first.
    pub fn founding(&mut self) -> Result<Vec<Published>> {
        let count = Corpus::new()?.founding();
        self.take(count).collect()
    }

    fn read(&mut self) -> std::io::Result<Option<Published>> {
        let Some(origin) = self.part()? else { return Ok(None) };
        let (Some(zones), Some(bytes)) = (self.part()?, self.part()?) else {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(std::io::Error::other);
        let zones = text(zones)?.split_whitespace().map(str::to_owned).collect();
        Ok(Some(Published { origin: text(origin)?, zones, bytes: bytes.into() }))
    }

    fn part(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut length = [0; 4];
        match self.0.read_exact(&mut length) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(std::io::Error::other)?;
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes)?;
        Ok(Some(bytes))
    }
}

impl Iterator for Backlog {
    type Item = Result<Published>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().map_err(Into::into).transpose()
    }
}

fn write(file: &mut impl std::io::Write, part: &[u8]) -> Result<()> {
    file.write_all(&u32::try_from(part.len())?.to_be_bytes())?;
    Ok(file.write_all(part)?)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use giapranh_domain::{Alert, AlertId, Directory, Event, Verdict};
    use giapranh_record::Unverified;

    use super::*;
    use crate::fixture::{REGISTRAR, key};

    fn backlog(count: usize) -> Vec<Published> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("backlog");
        create(&path, Corpus::new().unwrap(), count).unwrap();
        Backlog::open(&path).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn every_run_makes_the_same_events() {
        let (one, other) = (backlog(300), backlog(300));
        let bytes = |events: &[Published]| -> Vec<_> {
            events.iter().map(|event| event.bytes.clone()).collect()
        };
        assert_eq!(bytes(&one), bytes(&other));
        let ids: BTreeSet<_> = bytes(&one).into_iter().collect();
        assert_eq!(ids.len(), one.len());
    }

    #[test]
    fn every_event_holds_by_record_and_directory_and_is_of_a_realistic_size() {
        let events = backlog(6_000);
        let mut directory = Directory::new(REGISTRAR.parse().unwrap());
        let mut alerts: BTreeMap<AlertId, Vec<Event>> = BTreeMap::new();
        let mut bytes = 0;
        for published in &events {
            let event = Unverified::parse(published.bytes.clone()).unwrap();
            let event = event.verify(&signer(&published.origin)).unwrap();
            assert!(!published.zones.is_empty(), "nobody would hand it to the receiver");
            let understood = giapranh_views::to_domain(&event).unwrap();
            if let giapranh_domain::Body::DirectoryChanged(changed) = &understood.body {
                assert!(directory.apply(event.header().links[0].seq, changed).is_empty());
                continue;
            }
            assert_eq!(directory.judge(&understood.meta), Verdict::Valid, "{understood:?}");
            assert!(understood.is_consistent());
            bytes += published.bytes.len();
            let alert = understood.meta.alert.clone().unwrap();
            alerts.entry(alert).or_default().push(understood);
        }
        let mean = bytes / 6_000;
        assert!((450..=650).contains(&mean), "{mean} bytes an event");
        let ended = alerts.iter().filter(|(id, events)| {
            let alert = Alert::fold((*id).clone(), events, &directory);
            alert.withdrawal.is_some() && alert.hits.values().all(|hit| !hit.answers.is_empty())
        });
        assert!(ended.count() > 100, "alerts live from issue to withdrawal");
    }

    fn signer(origin: &str) -> giapranh_record::PublicKey {
        use giapranh_record::Signer as _;
        key(origin).public_key()
    }
}
