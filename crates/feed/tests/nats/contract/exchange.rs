//! Beacons and pages over a real server, a line for each unit.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use giapranh_feed::Line;
use giapranh_feed::backfill::{AskError, Refusal, Request, ask, serve};
use giapranh_feed::beacon::{Listener, send};
use giapranh_testkit::exchange::{Answer, Beacon, Exchange, NoPage};
use tokio::runtime::Runtime;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::support::{Setup, connect_as, in_time, settled, setup};

/// Says it to find out that all that was said before has come.
const MARKER: &str = "marker";

pub struct RealExchange {
    units: BTreeMap<String, Unit>,
    marks: usize,
    setup: Setup,
    runtime: Runtime,
}

struct Unit {
    line: Line,
    listener: Listener,
    zones: Vec<String>,
    serving: Option<(Arc<Notify>, JoinHandle<()>)>,
}

impl RealExchange {
    pub fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let setup = runtime.block_on(setup());
        Self { units: BTreeMap::new(), marks: 0, setup, runtime }
    }

    fn unit(&mut self, name: &str) -> (&Runtime, &mut Unit) {
        let url = self.setup.server.url();
        let unit = self.units.entry(name.to_owned()).or_insert_with(|| {
            let line = self.runtime.block_on(connect_as(&url, name));
            let listener = Listener::new(&line);
            Unit { line, listener, zones: Vec::new(), serving: None }
        });
        (&self.runtime, unit)
    }
}

impl Exchange for RealExchange {
    fn listen(&mut self, unit: &str, zones: &[&str]) {
        let (runtime, unit) = self.unit(unit);
        unit.zones = zones.iter().map(ToString::to_string).collect();
        runtime.block_on(async {
            unit.listener.listen_to(&unit.zones.iter().cloned().collect()).await.unwrap();
            settled(&unit.line).await;
        });
    }

    fn say(&mut self, unit: &str, zone: &str, bytes: &[u8]) {
        let (runtime, speaker) = self.unit(unit);
        runtime.block_on(async {
            send(&speaker.line, zone, unit, Bytes::copy_from_slice(bytes)).await.unwrap();
            settled(&speaker.line).await;
        });
    }

    fn heard(&mut self, unit: &str) -> Vec<Beacon> {
        let zones = self.unit(unit).1.zones.clone();
        self.marks += 1;
        let mark = format!("mark {}", self.marks);
        for zone in &zones {
            self.say(MARKER, zone, mark.as_bytes());
        }
        let (runtime, unit) = self.unit(unit);
        let mut waiting = zones.len();
        let mut all = Vec::new();
        while waiting > 0 {
            let next = in_time("what was said", unit.listener.next());
            let heard = runtime.block_on(next).unwrap();
            if heard.bytes == mark.as_bytes() {
                waiting -= 1;
            } else if heard.unit != MARKER {
                all.push(Beacon {
                    zone: heard.zone,
                    unit: heard.unit,
                    bytes: heard.bytes.to_vec(),
                });
            }
        }
        all
    }

    fn serve(&mut self, unit: &str, answer: Answer) {
        let (name, to) = (unit.to_owned(), unit.to_owned());
        let (runtime, unit) = self.unit(unit);
        let (line, stop) = (unit.line.clone(), Arc::new(Notify::new()));
        let stopped = Arc::clone(&stop);
        let serving = runtime.spawn(async move {
            let pages = move |request: Request| async move {
                answer(&request.requester, &request.bytes)
                    .map(Bytes::from)
                    .map_err(|no_page| refusal(&no_page))
            };
            serve(&line, &name, "1.0.0", &pages, stopped.notified()).await.unwrap();
        });
        unit.serving = Some((stop, serving));
        let (runtime, prober) = self.unit("prober");
        let there = async {
            while let Err(AskError::Unanswered(_)) =
                ask(&prober.line, "prober", &to, Bytes::new()).await
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        runtime.block_on(in_time("the service", there));
    }

    fn stop(&mut self, unit: &str) {
        let (runtime, unit) = self.unit(unit);
        let (stop, serving) = unit.serving.take().unwrap();
        stop.notify_one();
        runtime.block_on(in_time("the service to stop", serving)).unwrap();
        runtime.block_on(settled(&unit.line));
    }

    fn ask(&mut self, from: &str, to: &str, request: &[u8]) -> Result<Vec<u8>, NoPage> {
        let (runtime, unit) = self.unit(from);
        let asked = ask(&unit.line, from, to, Bytes::copy_from_slice(request));
        match runtime.block_on(in_time("an answer", asked)) {
            Ok(page) => Ok(page.to_vec()),
            Err(AskError::Unanswered(_)) => Err(NoPage::Unanswered),
            Err(AskError::NotEntitled) => Err(NoPage::NotEntitled),
            Err(AskError::NotHere) => Err(NoPage::NotHere),
            Err(AskError::Busy { retry_after }) => {
                Err(NoPage::Busy(retry_after.as_millis().try_into().unwrap()))
            }
            Err(AskError::Refused(_)) => Err(NoPage::Refused),
        }
    }
}

fn refusal(no_page: &NoPage) -> Refusal {
    match no_page {
        NoPage::NotEntitled => Refusal::NotEntitled,
        NoPage::NotHere => Refusal::NotHere,
        NoPage::Busy(ms) => Refusal::Busy { retry_after: Duration::from_millis(*ms) },
        NoPage::Refused | NoPage::Unanswered => Refusal::Failed,
    }
}
