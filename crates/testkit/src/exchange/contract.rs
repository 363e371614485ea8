//! What holds of an exchange, whatever stands behind it.

use super::{Beacon, Exchange, NoPage};

/// The names of the rules.
pub const CONTRACT: [&str; 6] = [
    "a beacon is heard once by each who listens to its zone, and by nobody else",
    "what is said while nobody listens is lost, and that is no error",
    "zones that stay are heard without a gap when others come and go",
    "a page goes to whoever asked, and who asks is told truly",
    "why there is no page is told as it was said",
    "who does not serve, or no more, does not answer",
];

/// Holds an exchange in which nobody has said anything yet to one of the rules of [`CONTRACT`].
///
/// # Panics
/// When the rule does not hold, and for a rule that is none.
pub fn check(rule: &str, exchange: &mut dyn Exchange) {
    let number = CONTRACT.iter().position(|known| *known == rule).expect("a rule of the contract");
    let rules: [fn(&mut dyn Exchange); CONTRACT.len()] =
        [heard_once, lost, no_gap, page, refusals, absent];
    rules[number](exchange);
}

fn beacon(zone: &str, unit: &str, text: &str) -> Beacon {
    Beacon { zone: zone.to_owned(), unit: unit.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// In an order that does not depend on which zone came first: only within one is it kept.
fn heard(exchange: &mut dyn Exchange, unit: &str) -> Vec<Beacon> {
    let mut heard = exchange.heard(unit);
    heard.sort_by(|one, other| one.zone.cmp(&other.zone));
    heard
}

fn heard_once(exchange: &mut dyn Exchange) {
    exchange.listen("hcm", &["cluster", "giap"]);
    exchange.listen("long-an", &["giap"]);
    for (unit, zone, text) in
        [("dong-nai", "giap", "1"), ("hcm", "cluster", "2"), ("dong-nai", "other", "3")]
    {
        exchange.say(unit, zone, text.as_bytes());
    }
    exchange.say("dong-nai", "giap", b"4");
    let giap = [beacon("giap", "dong-nai", "1"), beacon("giap", "dong-nai", "4")];
    assert_eq!(heard(exchange, "long-an"), giap);
    assert_eq!(heard(exchange, "hcm")[..1], [beacon("cluster", "hcm", "2")], "its own, too");
    exchange.say("long-an", "giap", b"5");
    assert_eq!(heard(exchange, "hcm"), [beacon("giap", "long-an", "5")], "nothing twice");
}

fn lost(exchange: &mut dyn Exchange) {
    exchange.say("hcm", "giap", b"too early");
    exchange.listen("long-an", &["giap"]);
    exchange.say("hcm", "giap", b"in time");
    assert_eq!(heard(exchange, "long-an"), [beacon("giap", "hcm", "in time")]);
}

fn no_gap(exchange: &mut dyn Exchange) {
    exchange.listen("long-an", &["cluster", "giap"]);
    exchange.say("hcm", "giap", b"1");
    assert_eq!(heard(exchange, "long-an").len(), 1);
    exchange.listen("long-an", &["giap", "new"]);
    for zone in ["cluster", "giap", "new"] {
        exchange.say("hcm", zone, b"2");
    }
    assert_eq!(heard(exchange, "long-an"), [beacon("giap", "hcm", "2"), beacon("new", "hcm", "2")]);
    exchange.listen("long-an", &[]);
    exchange.say("hcm", "giap", b"3");
    assert_eq!(heard(exchange, "long-an"), []);
}

/// Says who asked for what, or refuses as it is told.
fn echo(requester: &str, request: &[u8]) -> Result<Vec<u8>, NoPage> {
    match request {
        b"foreign" => Err(NoPage::NotEntitled),
        b"old" => Err(NoPage::NotHere),
        b"later" => Err(NoPage::Busy(1234)),
        b"broken" => Err(NoPage::Refused),
        _ => Ok([requester.as_bytes(), b" asked: ", request].concat()),
    }
}

fn page(exchange: &mut dyn Exchange) {
    exchange.serve("hcm", echo);
    exchange
        .serve("dong-nai", |requester, _| Ok(format!("another answers {requester}").into_bytes()));
    for from in ["long-an", "long-an_duc-hoa"] {
        let expected = format!("{from} asked: this").into_bytes();
        assert_eq!(exchange.ask(from, "hcm", b"this"), Ok(expected));
        let expected = format!("another answers {from}").into_bytes();
        assert_eq!(exchange.ask(from, "dong-nai", b"this"), Ok(expected));
    }
    let expected = b"dong-nai asked: that".to_vec();
    assert_eq!(exchange.ask("dong-nai", "hcm", b"that"), Ok(expected));
}

fn refusals(exchange: &mut dyn Exchange) {
    exchange.serve("hcm", echo);
    for (request, refusal) in [
        ("foreign", NoPage::NotEntitled),
        ("old", NoPage::NotHere),
        ("later", NoPage::Busy(1234)),
        ("broken", NoPage::Refused),
    ] {
        assert_eq!(exchange.ask("long-an", "hcm", request.as_bytes()), Err(refusal));
    }
    assert_eq!(exchange.ask("hcm", "hcm", b"oneself"), Err(NoPage::Refused));
}

fn absent(exchange: &mut dyn Exchange) {
    assert_eq!(exchange.ask("long-an", "hcm", b"this"), Err(NoPage::Unanswered));
    exchange.serve("hcm", echo);
    assert!(exchange.ask("long-an", "hcm", b"this").is_ok());
    exchange.stop("hcm");
    assert_eq!(exchange.ask("long-an", "hcm", b"this"), Err(NoPage::Unanswered));
}
