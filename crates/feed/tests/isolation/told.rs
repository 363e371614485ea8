//! A node of `long-an` that hears beacons, is asked for pages and answers, and remembers all of it:
//! what others could do to it, or learn of it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::raw::{Message, Raw, Said};
use crate::world::World;

/// What it answers with.
const PAGE: &str = "a page of long-an";
/// How long it waits before it looks whether it is to say something.
const TURN: Duration = Duration::from_millis(10);

/// What came to it: the subject and what was in it.
type Came = Arc<Mutex<Vec<(String, String)>>>;

pub struct Told {
    came: Came,
    say: mpsc::UnboundedSender<(String, String)>,
    task: JoinHandle<()>,
}

impl Drop for Told {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Told {
    pub async fn start(world: &World) -> Self {
        let mut node = world.node("long-an").await.unwrap();
        for subject in
            ["giapranh.v1.heard.*.*", "giapranh.v1.backfill.long-an.*", "$SRV.PING", "$SRV.INFO"]
        {
            node.subscribe(subject).await.unwrap();
        }
        assert_eq!(node.settle().await, Ok(Vec::new()));
        let came = Came::default();
        let (say, mut to_say) = mpsc::unbounded_channel::<(String, String)>();
        let kept = Arc::clone(&came);
        let task = tokio::spawn(async move {
            loop {
                while let Ok((subject, text)) = to_say.try_recv() {
                    node.publish(&subject, None, &[], &text).await.unwrap();
                }
                if let Some(Said::Message(message)) = node.next(TURN).await.unwrap() {
                    answer(&mut node, &kept, message).await;
                }
            }
        });
        Self { came, say, task }
    }

    /// Says something as the node of `long-an`.
    pub fn say(&self, subject: &str, text: &str) {
        self.say.send((subject.to_owned(), text.to_owned())).unwrap();
    }

    /// Whether anything came that is as asked.
    pub fn was_told(&self, is: impl Fn(&str, &str) -> bool) -> bool {
        self.came.lock().unwrap().iter().any(|(subject, text)| is(subject, text))
    }

    pub fn forget(&self) {
        self.came.lock().unwrap().clear();
    }
}

async fn answer(node: &mut Raw, came: &Came, message: Message) {
    came.lock().unwrap().push((message.subject, message.payload));
    if let Some(reply) = message.reply {
        node.publish(&reply, None, &[], PAGE).await.unwrap();
    }
}
