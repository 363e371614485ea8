//! Ports of the loopback interface that stay a test's own until its process ends.
//!
//! A port that the system chose is anybody's as soon as it is let go: the next connection that any
//! program opens may be given it before the server starts that it was meant for, or while that
//! server is down. So ports come from below those that the system gives away, in blocks. A process
//! holds the first port of its block as the sign that the block is taken.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Mutex, PoisonError};

/// Where Linux says which ports it gives to connections.
const GIVEN_AWAY: &str = "/proc/sys/net/ipv4/ip_local_port_range";
/// The lowest of them where nothing is said.
const USUALLY_FROM: u16 = 32_768;
/// What other services are usually found below.
const LOWEST: u16 = 16_384;
/// Ports of a block, with its sign.
const BLOCK: u16 = 64;

/// The block that this process takes ports from.
static OWN: Mutex<Option<Block>> = Mutex::new(None);

struct Block {
    _sign: TcpListener,
    /// The next one last.
    rest: Vec<u16>,
}

impl Block {
    fn take(&mut self) -> Option<u16> {
        // Another service may sit within the block.
        std::iter::from_fn(|| self.rest.pop()).find(|port| listen(*port).is_ok())
    }
}

/// A port that nobody uses and that nothing else is given while this process lives.
pub fn free_port() -> io::Result<u16> {
    let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some(port) = own.as_mut().and_then(Block::take) {
            return Ok(port);
        }
        // The sign of the block before stays up: its ports are in use until this process ends.
        let next = claim()?;
        if let Some(used_up) = own.replace(next) {
            std::mem::forget(used_up);
        }
    }
}

/// So many of them.
pub fn free_ports(count: usize) -> io::Result<Vec<u16>> {
    (0..count).map(|_| free_port()).collect()
}

/// Takes a block that no other process has. Where the search begins differs between processes, so
/// that what an ended test left behind is not met by the next one.
fn claim() -> io::Result<Block> {
    let blocks = (given_away_from().saturating_sub(LOWEST) / BLOCK).max(1);
    let begin = u16::try_from(std::process::id() % u32::from(blocks)).unwrap_or_default();
    let firsts = (0..blocks).map(|step| LOWEST + (begin + step) % blocks * BLOCK);
    let taken = |first: u16| listen(first).ok().map(|sign| (first, sign));
    let (first, sign) = firsts.into_iter().find_map(taken).ok_or_else(|| {
        let range = format!("no block of ports is free from {LOWEST} on");
        io::Error::new(io::ErrorKind::AddrInUse, range)
    })?;
    Ok(Block { _sign: sign, rest: (first + 1..first + BLOCK).rev().collect() })
}

fn given_away_from() -> u16 {
    let told = fs::read_to_string(GIVEN_AWAY).unwrap_or_default();
    let from = told.split_whitespace().next().and_then(|from| from.parse().ok());
    from.filter(|from| *from > LOWEST + BLOCK).unwrap_or(USUALLY_FROM)
}

fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_port_is_given_out_twice_nor_one_that_connections_are_given() {
        let many = usize::from(BLOCK) * 3;
        let ports: BTreeSet<u16> = free_ports(many).unwrap().into_iter().collect();
        assert_eq!(ports.len(), many);
        assert!(*ports.last().unwrap() < given_away_from());
    }

    #[test]
    fn a_block_is_one_process_s() {
        let (one, other) = (claim().unwrap(), claim().unwrap());
        assert!(one.rest.iter().all(|port| !other.rest.contains(port)));
    }

    #[test]
    fn a_port_that_something_listens_at_is_passed_over() {
        let mut block = claim().unwrap();
        let (first, second) = (block.take().unwrap(), block.rest[block.rest.len() - 1]);
        let _service = listen(second).unwrap();
        assert!(block.take().unwrap() > second && first < second);
    }
}
