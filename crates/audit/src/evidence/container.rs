//! The container: parts with their lengths and hashes, written and read as a stream.

use std::io::{self, BufRead, Read as _, Write};

use giapranh_record::Hash;
use sha2::{Digest as _, Sha256};

use crate::evidence::fault::{Code, Faults};
use crate::evidence::name::{Name, number};
use crate::evidence::{FORMAT, LINE_BYTES, PARTS};

/// How the first line, the end line and what is no line are called where a part's name is due.
const FIRST_LINE: &str = "the first line";
const END_LINE: &str = "the end line";

/// Writes parts, in the order of their names.
pub(crate) struct Writer<W> {
    out: W,
    sha: Sha256,
    bytes: u64,
    parts: u64,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> io::Result<Self> {
        let mut writer = Self { out, sha: Sha256::new(), bytes: 0, parts: 0 };
        writer.put(format!("{FORMAT}\n").as_bytes())?;
        Ok(writer)
    }

    pub fn part(&mut self, name: &Name, bytes: &[u8]) -> io::Result<()> {
        if bytes.len() > name.limit() || self.parts == PARTS {
            return Err(io::Error::other(format!("{name} does not fit an evidence file")));
        }
        let line = format!("part {name} {} {}\n", bytes.len(), Hash::of(&[bytes]));
        self.put(line.as_bytes())?;
        self.put(bytes)?;
        self.put(b"\n")?;
        self.parts += 1;
        Ok(())
    }

    /// Writes the end line and gives what was written to, the parts and the bytes.
    pub fn end(mut self) -> io::Result<(W, u64, u64)> {
        let sha = Hash(self.sha.clone().finalize().into());
        self.put(format!("end {} {sha}\n", self.parts).as_bytes())?;
        self.out.flush()?;
        Ok((self.out, self.parts, self.bytes))
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sha.update(bytes);
        self.bytes += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// A part as it was read; whether its bytes are those that its line promised is told in the faults.
pub(crate) struct Part {
    pub name: Name,
    pub bytes: Vec<u8>,
    /// Where its bytes lie in the file.
    pub range: (u64, u64),
}

/// Reads parts. What does not hold goes to the faults; after a line that can't be followed nothing
/// more is read.
pub(crate) struct Parts<R> {
    input: R,
    sha: Sha256,
    /// Bytes read.
    pub offset: u64,
    /// Parts read.
    pub count: u64,
    newest: Option<Name>,
    ended: bool,
}

/// A line with its line end, or what there was of it.
struct Line {
    bytes: Vec<u8>,
    range: (u64, u64),
}

/// What a part's line says.
struct Announced {
    name: Option<Name>,
    /// As it stands there.
    text: String,
    length: u64,
    hash: Hash,
}

impl<R: BufRead> Parts<R> {
    pub fn new(input: R) -> Self {
        Self { input, sha: Sha256::new(), offset: 0, count: 0, newest: None, ended: false }
    }

    /// Reads the first line. Tells whether it is ours.
    pub fn begin(&mut self, faults: &mut Faults) -> io::Result<bool> {
        let expected = format!("{FORMAT}\n");
        let mut first = Vec::new();
        self.input.by_ref().take(expected.len() as u64).read_to_end(&mut first)?;
        self.took(&first);
        let range = Some((0, self.offset));
        if first == expected.as_bytes() {
            return Ok(true);
        }
        self.ended = true;
        if expected.as_bytes().starts_with(&first) {
            faults.push(FIRST_LINE, range, Code::CutShort, "the file ends in its first line");
        } else {
            let what = format!("an evidence file begins with the line {FORMAT}");
            faults.push(FIRST_LINE, range, Code::NotEvidence, what);
        }
        Ok(false)
    }

    /// The next part; `None` after the last, or where the file can't be followed any more.
    pub fn next(&mut self, faults: &mut Faults) -> io::Result<Option<Part>> {
        while !self.ended {
            let line = self.line()?;
            let Some(announced) = self.announced(&line, faults)? else {
                self.ended = true;
                break;
            };
            self.took(&line.bytes);
            if let Some(part) = self.content(announced, &line, faults)? {
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    /// What a line announces; `None` at the end, and where it says nothing that can be followed.
    fn announced(&mut self, line: &Line, faults: &mut Faults) -> io::Result<Option<Announced>> {
        let (range, place) = (Some(line.range), self.place());
        let Some(text) = line.bytes.strip_suffix(b"\n") else {
            // Not hashed yet: the end line is not part of what it covers.
            self.offset = line.range.1;
            if line.bytes.len() == LINE_BYTES {
                let what = format!("the line is longer than {LINE_BYTES} bytes");
                faults.push(place, range, Code::PartLine, what);
            } else {
                let place = if line.bytes.starts_with(b"p") { &place } else { END_LINE };
                let what = "the file ends here, and not with a whole end line";
                faults.push(place, range, Code::CutShort, what);
            }
            return Ok(None);
        };
        if text.starts_with(b"end ") {
            self.end(text, line, faults)?;
            return Ok(None);
        }
        if self.count == PARTS {
            faults.push(place, range, Code::TooLarge, format!("there are more than {PARTS} parts"));
            return Ok(None);
        }
        let announced = parse_part(text);
        if announced.is_none() {
            self.offset = line.range.1;
            // Most likely it was the end line.
            let last = !text.starts_with(b"part ") && self.input.fill_buf()?.is_empty();
            let place = if last { END_LINE.to_owned() } else { place };
            let what = "the line is not \"part <name> <length> <sha256>\", so what follows it can't \
                        be read";
            faults.push(place, range, if last { Code::End } else { Code::PartLine }, what);
        }
        Ok(announced)
    }

    /// Reads a part's bytes and the line end after them; `None` when there is nothing to judge.
    fn content(
        &mut self,
        announced: Announced,
        line: &Line,
        faults: &mut Faults,
    ) -> io::Result<Option<Part>> {
        let Announced { name, text, length, hash } = announced;
        let range = Some(line.range);
        self.count += 1;
        // What has no name that we know is passed over, as long as it could be an event.
        let limit = name.as_ref().map_or(giapranh_record::limits::EVENT_BYTES, Name::limit) as u64;
        if length > limit {
            let what = format!("{length} bytes are announced, {limit} are allowed");
            faults.push(text, range, Code::TooLarge, what);
            self.ended = true;
            return Ok(None);
        }
        let in_order = match &name {
            None => {
                faults.push(&text, range, Code::PartLine, "no part has such a name");
                false
            }
            Some(name) => self.order(name, line, faults),
        };
        let start = self.offset;
        let mut bytes = Vec::new();
        self.input.by_ref().take(length).read_to_end(&mut bytes)?;
        self.took(&bytes);
        let range = (start, self.offset);
        if (bytes.len() as u64) < length {
            let what = format!("{length} bytes are announced, {} are here", bytes.len());
            faults.push(text, Some(range), Code::CutShort, what);
            self.ended = true;
            return Ok(None);
        }
        let changed = Hash::of(&[&bytes]) != hash;
        if changed {
            let what = "the bytes have another hash than is announced";
            faults.push(&text, Some(range), Code::Changed, what);
        }
        let mut after = Vec::new();
        self.input.by_ref().take(1).read_to_end(&mut after)?;
        self.took(&after);
        match after[..] {
            [b'\n'] => {}
            [] => {
                let what = "the file ends before the line end after this part";
                faults.push(&text, Some((range.1, range.1)), Code::CutShort, what);
                self.ended = true;
            }
            _ => {
                let what = "no line end follows after as many bytes as are announced";
                faults.push(&text, Some((range.1, range.1 + 1)), Code::PartLine, what);
                // With another length than was meant nobody knows where the next line begins.
                self.ended = changed;
            }
        }
        Ok(name.filter(|_| in_order).map(|name| Part { name, bytes, range }))
    }

    /// Whether a part stands where it must. One that does not is not judged any further.
    fn order(&mut self, name: &Name, line: &Line, faults: &mut Faults) -> bool {
        let range = Some(line.range);
        match &self.newest {
            None if *name != Name::Manifest => {
                faults.push(name, range, Code::Order, "the manifest must come first");
            }
            Some(newest) if newest == name => {
                faults.push(name, range, Code::Order, "the part stands twice");
                return false;
            }
            Some(newest) if newest > name => {
                let what = format!("it must stand before {newest}, and once");
                faults.push(name, range, Code::Order, what);
                return false;
            }
            _ => {}
        }
        self.newest = Some(name.clone());
        true
    }

    fn end(&mut self, text: &[u8], line: &Line, faults: &mut Faults) -> io::Result<()> {
        let range = Some(line.range);
        self.offset = line.range.1;
        let sha = Hash(self.sha.clone().finalize().into());
        match parse_end(text) {
            None => {
                let what = "the line is not \"end <number of parts> <sha256>\"";
                faults.push(END_LINE, range, Code::End, what);
            }
            Some((parts, _)) if parts != self.count => {
                let what = format!("it counts {parts} parts, {} are here", self.count);
                faults.push(END_LINE, range, Code::End, what);
            }
            Some((_, hash)) if hash != sha => {
                let what = "the bytes before it have another hash than it says";
                faults.push(END_LINE, range, Code::End, what);
            }
            Some(_) => {}
        }
        if !self.input.fill_buf()?.is_empty() {
            let what = "something follows the end line";
            faults.push(
                "what follows the end line",
                Some((self.offset, self.offset)),
                Code::Trailing,
                what,
            );
        }
        Ok(())
    }

    /// The next line, or as much of it as a line may have, not counted as read yet.
    fn line(&mut self) -> io::Result<Line> {
        let mut bytes = Vec::new();
        self.input.by_ref().take(LINE_BYTES as u64).read_until(b'\n', &mut bytes)?;
        let range = (self.offset, self.offset + bytes.len() as u64);
        Ok(Line { bytes, range })
    }

    fn took(&mut self, bytes: &[u8]) {
        self.sha.update(bytes);
        self.offset += bytes.len() as u64;
    }

    /// How a line is called that may be anything.
    fn place(&self) -> String {
        match &self.newest {
            None => "the line after the first".to_owned(),
            Some(newest) => format!("the line after {newest}"),
        }
    }
}

/// `part <name> <length> <sha256>`, in its one spelling but for the name.
fn parse_part(line: &[u8]) -> Option<Announced> {
    let mut fields = std::str::from_utf8(line).ok()?.strip_prefix("part ")?.split(' ');
    let (text, length, hash) = (fields.next()?, fields.next()?, fields.next()?);
    if fields.next().is_some() {
        return None;
    }
    Some(Announced {
        name: text.parse().ok(),
        text: text.chars().filter(|c| !c.is_control()).collect(),
        length: number(length)?,
        hash: lower_hex(hash)?,
    })
}

/// `end <number of parts> <sha256>`, in its one spelling.
fn parse_end(line: &[u8]) -> Option<(u64, Hash)> {
    let (parts, hash) = std::str::from_utf8(line).ok()?.strip_prefix("end ")?.split_once(' ')?;
    Some((number(parts)?, lower_hex(hash)?))
}

fn lower_hex(text: &str) -> Option<Hash> {
    Hash::from_hex(text).filter(|hash| hash.to_string() == text)
}
