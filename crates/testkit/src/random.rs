//! Randomness that can be had again: a test prints its seed, and takes it from `GIAPRANH_SEED`.

use std::time::{SystemTime, UNIX_EPOCH};

/// `SplitMix64`: small, the same on every machine, and good enough to shuffle.
pub struct Random(u64);

impl Random {
    /// Grows from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The seed that `GIAPRANH_SEED` asks for.
    ///
    /// # Panics
    /// When it is no number: another seed would prove something else than was asked for.
    pub fn seed_asked_for() -> Option<u64> {
        let seed = std::env::var("GIAPRANH_SEED").ok()?;
        Some(seed.parse().expect("GIAPRANH_SEED is a number"))
    }

    /// A seed that nobody chose.
    pub fn seed_of_now() -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::from(now.subsec_nanos())
    }

    /// Grows from the seed asked for, or one that nobody chose, and prints it.
    #[expect(clippy::print_stderr, reason = "a failure must be repeatable")]
    pub fn from_environment() -> Self {
        let seed = Self::seed_asked_for().unwrap_or_else(Self::seed_of_now);
        eprintln!("again with: GIAPRANH_SEED={seed}");
        Self::new(seed)
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// At least 0 and less than `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number() % limit as u64).unwrap_or_default()
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of them; there is at least one.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// Puts them into any order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}
