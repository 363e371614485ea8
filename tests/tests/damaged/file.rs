//! Damage to the bytes of a file, at one place after the other.
#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::thread;

/// What was done to the file.
#[derive(Debug, Clone, Copy)]
pub enum Damage {
    /// One bit of the byte at this position is another.
    Flip(usize),
    /// It ends here.
    End(usize),
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Found {
    /// Verifying found a fault.
    Fault,
    /// It holds, is only a beginning, and something beside it tells that.
    Shorter,
    /// It holds, the same events are read, and only a time of arrival differs that no receipt attests
    /// yet, which verifying says of it.
    Unattested,
    /// It holds, and the same is read.
    Same,
    /// It holds, and something else is read.
    Nothing(String),
}

/// What came of many.
#[derive(Debug, Default)]
pub struct Tally {
    pub found: u64,
    pub shorter: u64,
    pub unattested: u64,
    pub without_effect: u64,
    /// Each with what is read instead.
    pub undetected: Vec<(Damage, String)>,
}

impl Tally {
    pub fn faults(&self) -> u64 {
        let known = self.found + self.shorter + self.unattested + self.without_effect;
        known + self.undetected.len() as u64
    }

    pub fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.shorter += other.shorter;
        self.unattested += other.unattested;
        self.without_effect += other.without_effect;
        self.undetected.extend(other.undetected.iter().cloned());
    }

    fn note(&mut self, damage: Damage, found: Found) {
        match found {
            Found::Fault => self.found += 1,
            Found::Shorter => self.shorter += 1,
            Found::Unattested => self.unattested += 1,
            Found::Same => self.without_effect += 1,
            Found::Nothing(what) => self.undetected.push((damage, what)),
        }
    }
}

pub fn flips(positions: &[usize]) -> Vec<Damage> {
    positions.iter().map(|at| Damage::Flip(*at)).collect()
}

pub fn truncations(ends: &[usize]) -> Vec<Damage> {
    ends.iter().map(|at| Damage::End(*at)).collect()
}

/// Does each of these to a file of that name and content, and judges what is there then. Shared
/// between the cores, each with a directory of its own, in memory where the machine has that.
pub fn everywhere(
    name: &str,
    content: &[u8],
    damages: &[Damage],
    judge: &(dyn Fn(&Path) -> Found + Sync),
) -> Tally {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = |share: usize| {
        let mut tally = Tally::default();
        let dir = match tempfile::tempdir_in("/dev/shm") {
            Ok(dir) => dir,
            Err(_) => tempfile::tempdir().unwrap(),
        };
        let path = dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        for damage in damages.iter().skip(share).step_by(cores) {
            let file = std::fs::File::options().write(true).open(&path).unwrap();
            match *damage {
                Damage::Flip(at) => {
                    file.write_all_at(&[content[at] ^ (1 << (at % 8))], at as u64).unwrap();
                    tally.note(*damage, judge(&path));
                    file.write_all_at(&content[at..=at], at as u64).unwrap();
                }
                Damage::End(at) => {
                    file.set_len(at as u64).unwrap();
                    tally.note(*damage, judge(&path));
                    file.write_all_at(&content[at..], at as u64).unwrap();
                }
            }
        }
        tally
    };
    thread::scope(|scope| {
        let shares: Vec<_> = (0..cores).map(|n| scope.spawn(move || share(n))).collect();
        let mut all = Tally::default();
        shares.into_iter().for_each(|share| all.add(&share.join().unwrap()));
        all
    })
}
