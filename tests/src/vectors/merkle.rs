//! The root of a tree of every size up to 17.

use std::io;

use giapranh_record::Hash;
use giapranh_record::merkle::Tree;
use serde::Serialize;

use super::index::{Collection, Vector};

/// Enough for every shape of a tree: complete, one less, one more.
pub const LARGEST: u64 = 17;

#[derive(Serialize)]
struct Roots {
    leaves: Vec<String>,
    /// `roots[n]` is that of the first n leaves.
    roots: Vec<String>,
}

pub fn add(collection: &mut Collection) -> io::Result<()> {
    let roots = Roots {
        leaves: leaves(LARGEST).iter().map(Hash::to_string).collect(),
        roots: (0..=LARGEST).map(|size| root(size).to_string()).collect(),
    };
    let why = "the roots of the trees over the first 0, 1 … 17 leaf hashes";
    let vector = Vector::new("merkle", "merkle/roots", "valid", why);
    collection.add(vector, "json", pretty(&roots)?.as_bytes())
}

/// The first leaf hashes of the vectors' tree.
pub fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|n| Hash::of(&[b"giapranh vectors leaf\n", &n.to_be_bytes()])).collect()
}

pub fn root(size: u64) -> Hash {
    leaves(size).into_iter().collect::<Tree>().root()
}

pub fn texts(path: &[Hash]) -> Vec<String> {
    path.iter().map(Hash::to_string).collect()
}

/// JSON with a line end.
pub fn pretty(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
