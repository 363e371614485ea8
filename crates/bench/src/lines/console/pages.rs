//! Every page, whole, over one connection, beside a file of the console that takes no reading.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use super::Console;
use crate::context::Context;
use crate::measure::{Pair, milliseconds};
use crate::report::{Goal, Report, Unit};

const GOAL: Goal = Goal::Below(50.0);
const SEARCH_GOAL: Goal = Goal::Below(30.0);
/// Takes no reading and no drawing.
const FLOOR: &str = "/assets/icon.svg";
/// What is looked up: a name that very many have, the same in another order and with a slip, words, the
/// beginning of a plate, and what nobody is called.
const SEARCHES: [&str; 6] =
    ["nguyen+van+vi+du", "vi+du+nguyen", "nguyen+van+vi+di", "truy+na", "59X1", "khong+co+ai+ca"];

/// Between two asks of an account that has asked too often.
const AGAIN: Duration = Duration::from_millis(100);

/// Measures each page.
pub fn run(context: &Context, report: &mut Report, node: &Console) -> Result<()> {
    let alert = node.some_alert()?;
    let mut pages: Vec<String> = [
        "/",
        "/?severity=critical",
        "/alerts",
        "/due",
        "/due?whose=province",
        "/notices",
        "/drafts",
        "/zones?period=year",
        "/account",
    ]
    .map(str::to_owned)
    .into();
    pages.push(format!("/alerts/{alert}"));
    let pages = pages.into_iter().map(|page| (page, GOAL));
    let searches = SEARCHES.map(|words| (format!("/search?q={words}"), SEARCH_GOAL));
    let mut line = Line::open(node)?;
    for (page, goal) in pages.chain(searches) {
        let mut pair = Pair::default();
        for _ in 0..context.size(200, 20) {
            pair.ours.push(line.time(&page)?);
            if !context.ours_only {
                pair.floor.push(line.time(FLOOR)?);
            }
        }
        let named = page.replace(&alert, "…");
        report.line_at(&format!("page {named}, p99"), Unit::Milliseconds, &pair, 99, goal);
    }
    Ok(())
}

/// A browser's connection.
struct Line {
    stream: BufReader<TcpStream>,
    headers: String,
    body: Vec<u8>,
}

impl Line {
    fn open(node: &Console) -> Result<Self> {
        let stream = TcpStream::connect(node.address)?;
        stream.set_nodelay(true)?;
        let headers = format!(
            "Host: {}\r\nAuthorization: Bearer {}\r\nAccept-Language: vi\r\n\r\n",
            node.address, node.secret
        );
        Ok(Self { stream: BufReader::new(stream), headers, body: Vec::new() })
    }

    /// How long a page takes, from the question to its last byte, milliseconds.
    fn time(&mut self, path: &str) -> Result<f64> {
        loop {
            if let Some(time) = self.ask(path)? {
                return Ok(time);
            }
            // The account has asked too often: that is what the node holds back, not what it can.
            std::thread::sleep(AGAIN);
        }
    }

    /// `None`: not now.
    fn ask(&mut self, path: &str) -> Result<Option<f64>> {
        let begun = Instant::now();
        write!(self.stream.get_mut(), "GET {path} HTTP/1.1\r\n{}", self.headers)?;
        let mut status = String::new();
        self.stream.read_line(&mut status)?;
        let is_too_often = status.starts_with("HTTP/1.1 429");
        ensure!(is_too_often || status.starts_with("HTTP/1.1 200"), "{path}: {status}");
        let mut length = None;
        loop {
            let mut header = String::new();
            self.stream.read_line(&mut header)?;
            let Some((name, value)) = header.trim_end().split_once(": ") else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.parse().context("a length")?);
            }
        }
        let Some(length) = length else { bail!("{path} has no length") };
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok((!is_too_often).then(|| milliseconds(begun.elapsed())))
    }
}
