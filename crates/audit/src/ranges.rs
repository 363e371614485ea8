//! Numbers as people write them: `3-7,9`.

use std::fmt;

/// A set of numbers that was filled in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranges(Vec<(u64, u64)>);

impl Ranges {
    /// Adds a number; none that is smaller may follow.
    pub fn push(&mut self, number: u64) {
        self.extend(number, number);
    }

    /// Adds the numbers from `first` to `last`; none that is smaller may follow.
    pub fn extend(&mut self, first: u64, last: u64) {
        match self.0.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
            _ => self.0.push((first, last)),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|(first, last)| last - first + 1).sum()
    }
}

impl fmt::Display for Ranges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (first, last)) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            if first == last {
                write!(f, "{comma}{first}")?;
            } else {
                write!(f, "{comma}{first}-{last}")?;
            }
        }
        Ok(())
    }
}

impl serde::Serialize for Ranges {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_joined() {
        let mut ranges = Ranges::default();
        assert_eq!(ranges.to_string(), "");
        [3, 4, 4, 5, 9].into_iter().for_each(|number| ranges.push(number));
        ranges.extend(10, 12);
        ranges.extend(20, 20);
        assert_eq!(ranges.to_string(), "3-5,9-12,20");
        assert_eq!(ranges.count(), 8);
    }
}
