//! One payload sealed and opened, one key granted and taken, on one core.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use giapranh_record::event::Event;
use giapranh_record::{DataKey, Grant, Header, Payload, Seal, Unsigned, seal};
use giapranh_vault::DataKeys;

use crate::context::Context;
use crate::corpus::Corpus;
use crate::fixture::{self, RECEIVER};
use crate::floor::cipher;
use crate::measure::{Pair, Samples, microseconds};
use crate::report::{Goal, Report, Unit};
use crate::sealed;

/// Bytes of a text.
const TEXT: usize = 500;
/// Done in a row for one sample.
const IN_A_ROW: usize = 1_000;

/// Measures each.
pub fn run(context: &Context, report: &mut Report) -> Result<()> {
    let (header, alert) = header()?;
    let with = sealed::seal(&alert, header.event_id);
    let text = vec![b'x'; TEXT];
    let event = Unsigned::sealed(header.clone(), &text, &with)?.sign(&fixture::key(RECEIVER));
    let event = Event::parse(event.bytes().clone())?;
    let Payload::Sealed { ciphertext, .. } = event.payload().clone() else {
        anyhow::bail!("it is not sealed");
    };
    let (key, nonce, aad) = (with.key.expose(), with.nonce, event.header_bytes());
    let goal = Goal::Below(15.0);

    let pair = context.turns(20).take(
        |_| mean(|| sealing(&header, &text, &with)),
        |_| mean(|| cipher::encrypt(key, nonce, aad, &text)),
    )?;
    report.line(&format!("seal {TEXT} bytes"), Unit::Microseconds, &pair, goal);
    let pair = context.turns(20).take(
        |_| mean(|| Ok(seal::open(&event, &with.key)?)),
        |_| mean(|| cipher::decrypt(key, nonce, aad, &ciphertext)),
    )?;
    report.line(&format!("open {TEXT} bytes"), Unit::Microseconds, &pair, goal);

    let dir = context.fresh("sealing-vault")?;
    let alerts: Vec<String> = (0..context.size(25_000, 2_500)).map(numbered).collect();
    sealed::put_by(&dir, alerts.iter())?;
    let keys = DataKeys::open(&dir)?;
    let mut next = 0;
    let found = samples(context, || {
        next = (next + 7_919) % alerts.len();
        keys.find(&sealed::key(&alerts[next]).commitment().0)?.context("a key that was put by")
    })?;
    let what = format!("  its key looked up among {}", alerts.len());
    report.figure(&what, Unit::Microseconds, &found, Goal::None);

    let grant = sealed::grant(&alert)?;
    let granted = samples(context, || sealed::grant(&alert))?;
    report.figure("grant a key", Unit::Microseconds, &granted, Goal::Below(150.0));
    let own = fixture::sealing_key(RECEIVER);
    let opened = samples(context, || opened(&grant, &own, &with.key))?;
    report.figure("open a grant", Unit::Microseconds, &opened, Goal::Below(150.0));
    Ok(())
}

/// The header of an event with an alert.
fn header() -> Result<(Header, String)> {
    let mut corpus = Corpus::new()?;
    let founding = corpus.founding();
    let event = corpus.take(founding + 1)?.pop().context("an event")?;
    let header = Event::parse(event.bytes)?.header().clone();
    let alert = header.alert.clone().context("an alert")?;
    Ok((header, alert))
}

fn numbered(number: usize) -> String {
    format!("hcm/2024/{:06}", number + 1)
}

/// As a node seals: the key named in the header, the header encoded, the text under both.
fn sealing(header: &Header, text: &[u8], with: &Seal) -> Result<Unsigned> {
    Ok(Unsigned::sealed(header.clone(), text, with)?)
}

fn opened(grant: &Grant, own: &giapranh_record::SealingKey, is: &DataKey) -> Result<DataKey> {
    let key = grant.open(RECEIVER, own)?;
    ensure!(key == *is, "it is another key");
    Ok(key)
}

fn samples<T>(context: &Context, mut what: impl FnMut() -> Result<T>) -> Result<Samples> {
    let Pair { ours, .. } = context.turns(20).take(|_| mean(&mut what), |_| Ok(0.0))?;
    Ok(ours)
}

/// How long each takes of many, µs.
#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn mean<T>(mut what: impl FnMut() -> Result<T>) -> Result<f64> {
    let begun = Instant::now();
    for _ in 0..IN_A_ROW {
        black_box(what()?);
    }
    Ok(microseconds(begun.elapsed()) / IN_A_ROW as f64)
}
