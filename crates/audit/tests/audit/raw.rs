//! An evidence file in the hands of somebody who can compute hashes: an implementation of the
//! container that knows nothing of the program's.

use std::ops::Range;

use giapranh_audit::evidence::{Code, Report};
use giapranh_record::Hash;

/// A file taken apart.
#[derive(Debug, Clone)]
pub struct Raw(pub Vec<(String, Vec<u8>)>);

/// Where a piece of the file lies, and which part it belongs to.
#[derive(Debug, Clone)]
pub struct Piece {
    pub part: String,
    pub is_content: bool,
    pub range: Range<usize>,
}

impl Raw {
    pub fn of(bytes: &[u8]) -> Self {
        let content = pieces(bytes).into_iter().filter(|piece| piece.is_content);
        Self(content.map(|piece| (piece.part, bytes[piece.range].to_vec())).collect())
    }

    /// The file with all its hashes right.
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = b"giapranh-evidence/1\n".to_vec();
        for (name, bytes) in &self.0 {
            let hash = Hash::of(&[bytes]);
            file.extend(format!("part {name} {} {hash}\n", bytes.len()).bytes());
            file.extend(bytes);
            file.push(b'\n');
        }
        let hash = Hash::of(&[&file]);
        file.extend(format!("end {} {hash}\n", self.0.len()).bytes());
        file
    }

    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Where a part stands.
    #[track_caller]
    pub fn at(&self, name: &str) -> usize {
        let found = self.0.iter().position(|(part, _)| part == name);
        found.unwrap_or_else(|| panic!("{name} is not among {:?}", self.names()))
    }

    #[track_caller]
    pub fn get(&self, name: &str) -> &[u8] {
        &self.0[self.at(name)].1
    }

    #[track_caller]
    pub fn set(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        let at = self.at(name);
        self.0[at].1 = bytes.into();
    }

    #[track_caller]
    pub fn remove(&mut self, name: &str) -> Vec<u8> {
        self.0.remove(self.at(name)).1
    }

    /// Changes the manifest.
    pub fn manifest(&mut self, change: impl FnOnce(&mut serde_json::Value)) {
        let mut manifest = serde_json::from_slice(self.get("manifest")).unwrap();
        change(&mut manifest);
        self.set("manifest", serde_json::to_vec(&manifest).unwrap());
    }
}

/// What a sound file consists of.
pub fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let piece = |part: &str, is_content, range| Piece { part: part.to_owned(), is_content, range };
    pieces.push(piece("the first line", false, 0..at));
    loop {
        let end = at + bytes[at..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let line = std::str::from_utf8(&bytes[at..end]).unwrap();
        let fields: Vec<&str> = line.split_whitespace().collect();
        if fields[0] == "end" {
            pieces.push(piece("the end line", false, at..end));
            assert_eq!(end, bytes.len());
            return pieces;
        }
        let length: usize = fields[2].parse().unwrap();
        pieces.push(piece(fields[1], false, at..end));
        pieces.push(piece(fields[1], true, end..end + length));
        pieces.push(piece(fields[1], false, end + length..end + length + 1));
        at = end + length + 1;
    }
}

/// What a report finds: part and code.
pub fn found(report: &Report) -> Vec<(&str, Code)> {
    report.faults.iter().map(|fault| (fault.part.as_str(), fault.code)).collect()
}
