//! The offences that alerts name: a reference table that an administrator extends.
//!
//! An article that stands in no table is still an article: it is shown by its number. Only what can
//! be none is refused.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::table::{TableError, rows};

/// The penal code of 2015 has 426 articles.
pub const LAST_ARTICLE: u32 = 426;

/// What the program carries.
const CARRIED: &str = include_str!("../../../deploy/reference/offences.csv");
const FILE: &str = "offences.csv";

static STANDARD: LazyLock<Offences> = LazyLock::new(|| {
    let mut offences = Offences { by_article: BTreeMap::new() };
    // A test holds that the table that is carried can be read.
    let _ = offences.extend(CARRIED);
    offences
});

/// An article and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offence {
    /// Of the penal code (Bộ luật Hình sự 2015).
    pub article: u32,
    /// As the law names it.
    pub name_vi: String,
    /// In English.
    pub name_en: String,
    /// By which figures are counted: `theft`, `robbery`, `drugs`.
    pub group: String,
}

/// The offences that are known, by article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offences {
    by_article: BTreeMap<u32, Offence>,
}

impl Default for Offences {
    fn default() -> Self {
        STANDARD.clone()
    }
}

impl Offences {
    /// The table that the program carries.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Adds the rows of another table: `article,name_vi,name_en,group`. A row of an article that is
    /// known takes its place. Nothing is added when a row is at fault.
    pub fn extend(&mut self, text: &str) -> Result<(), TableError> {
        let mut added = BTreeMap::new();
        for row in rows(FILE, text, ["article", "name_vi", "name_en", "group"])? {
            let [article, name_vi, name_en, group] = row.cells.clone();
            let Some(article) = article.parse().ok().filter(|number| is_article(*number)) else {
                return Err(row.error(format!("\"{article}\" is no article: 1 to {LAST_ARTICLE}")));
            };
            if name_vi.is_empty() || name_en.is_empty() || group.is_empty() {
                return Err(row.error("an offence needs two names and a group"));
            }
            let offence = Offence { article, name_vi, name_en, group };
            if added.insert(article, offence).is_some() {
                return Err(row.error(format!("the article {article} stands here twice")));
            }
        }
        self.by_article.append(&mut added);
        Ok(())
    }

    /// What an article is about; `None` when it stands in no table.
    pub fn find(&self, article: u32) -> Option<&Offence> {
        self.by_article.get(&article)
    }

    /// The group of an article; `None` when it stands in no table.
    pub fn group(&self, article: u32) -> Option<&str> {
        self.find(article).map(|offence| offence.group.as_str())
    }

    /// Every offence, by article.
    pub fn all(&self) -> impl Iterator<Item = &Offence> {
        self.by_article.values()
    }
}

/// Whether the penal code has such an article.
pub fn is_article(article: u32) -> bool {
    (1..=LAST_ARTICLE).contains(&article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_is_carried_names_what_the_cluster_counts() {
        let mut carried = Offences { by_article: BTreeMap::new() };
        carried.extend(CARRIED).unwrap();
        let listed =
            [123, 134, 141, 168, 170, 171, 172, 173, 174, 175, 290, 318, 321, 322, 327, 328];
        for article in listed.into_iter().chain(248..=256) {
            assert!(carried.find(article).is_some(), "{article}");
        }
        assert_eq!(carried.all().count(), 25);
        assert_eq!(carried.group(173), Some("theft"));
        assert_eq!(carried.group(251), Some("drugs"));
        assert_eq!(Offences::default(), carried);
        assert_eq!(carried.find(1), None);
    }

    #[test]
    fn an_administrator_adds_and_replaces_rows() {
        let mut offences = Offences::default();
        let table =
            "article,group,name_vi,name_en\n173,other,Trộm,Theft\n260,traffic,Giao thông,Traffic\n";
        offences.extend(table).unwrap();
        assert_eq!((offences.group(173), offences.group(260)), (Some("other"), Some("traffic")));
        let before = offences.clone();
        let cases = [
            ("427,a,b,c", "line 2: \"427\" is no article: 1 to 426"),
            ("x,a,b,c", "line 2: \"x\" is no article: 1 to 426"),
            ("1,a,,c", "line 2: an offence needs two names and a group"),
            ("1,a,b,c\n1,a,b,c", "line 3: the article 1 stands here twice"),
            ("", "line 1: the table has no rows"),
        ];
        for (rows, then) in cases {
            let error =
                offences.extend(&format!("article,name_vi,name_en,group\n{rows}\n")).unwrap_err();
            assert_eq!(error.to_string(), format!("offences.csv, {then}"));
            assert_eq!(offences, before);
        }
    }
}
