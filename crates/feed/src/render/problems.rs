//! What is wrong with a topology, or with the members: all of it at once.

use std::fmt;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: the file and the line in it. `None` when it is the directory that is wrong.
    pub place: Option<(String, usize)>,
    /// What, and what to do about it.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some((file, line)) => write!(f, "{file}:{line}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

/// Everything that is wrong, in the order of the file. Nothing was rendered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn push(&mut self, place: Option<(String, usize)>, reason: impl Into<String>) {
        self.add(Problem { place, reason: reason.into() });
    }

    pub(super) fn extend(&mut self, others: Self) {
        others.0.into_iter().for_each(|problem| self.add(problem));
    }

    fn add(&mut self, problem: Problem) {
        // Within one file, which is all that there is.
        let at = self.0.partition_point(|other| line(other) <= line(&problem));
        self.0.insert(at, problem);
    }
}

fn line(problem: &Problem) -> usize {
    problem.place.as_ref().map_or(0, |(_, line)| *line)
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.0.iter().enumerate() {
            let separator = if number == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
