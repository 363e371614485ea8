//! `giapranh due`

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub struct Due {
    /// Whose work.
    #[arg(id = "whose", long = "for", value_enum, default_value_t, value_name = "WHOSE")]
    pub whose: Whose,
    /// How many at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
    /// Where the last page ended: its "next".
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
}

/// Whose work is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Whose {
    /// What the officer's roles have to do for the unit.
    Me,
    /// All that the unit has to do.
    #[default]
    Unit,
    /// All that units of the province have to do.
    Province,
}

impl Whose {
    /// As the node takes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Unit => "unit",
            Self::Province => "province",
        }
    }
}
