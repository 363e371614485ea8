//! `giapranh search` and `giapranh purpose`

use clap::Args;
use giapranh_domain::Category;

use super::alert::codes;

/// `giapranh purpose`
#[derive(Debug, Args)]
pub struct Purpose {
    /// What this session is for; asked once, and recorded.
    #[arg(value_name = "TEXT")]
    pub purpose: String,
    /// The number of the case that it is about.
    #[arg(long, value_name = "NUMBER")]
    pub case: Option<String>,
}

#[derive(Debug, Args)]
pub struct Search {
    /// What is looked for, as it was said or written: marks and order do not matter; ? stands for a
    /// character of a plate that was not read.
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    /// What the searches of this session are for; asked once, and recorded.
    #[arg(long, value_name = "TEXT")]
    pub purpose: Option<String>,
    /// The number of the case that they are about.
    #[arg(long, value_name = "NUMBER", requires = "purpose")]
    pub case: Option<String>,
    /// Only about a person born in that year, or of whom no year is said.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1900..=2100))]
    pub born: Option<i16>,
    /// Only about a person of that sex, or of whom none is said.
    #[arg(long, value_parser = ["male", "female"])]
    pub sex: Option<String>,
    /// Only with these words in a place.
    #[arg(long, value_name = "WORDS")]
    pub place: Option<String>,
    /// Only alerts of this category.
    #[arg(long, value_parser = codes(Category::ALL, Category::code))]
    pub category: Option<String>,
    /// How many at most.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
    /// Where the last page ended: its "next".
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
}
