//! What can happen, one step at a time. A step that is not possible where it stands changes nothing,
//! so that any sequence is one, and a long one can be made short.

use giapranh_testkit::random::Random;

/// A node, by its place.
pub type At = usize;

/// What a person wants of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// A new alert to the first, the second or both of the unit's zones; `2` is the cluster's.
    Issue(u8),
    /// Of alerts that the node knows; the number picks one.
    Amend(u8),
    Withdraw(u8),
    Hit(u8),
    Answer(u8),
}

/// What is acknowledged of what was handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ack {
    All,
    /// The acknowledgements are lost.
    None,
    /// All but the first.
    Rest,
}

/// What becomes of a beacon that is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Arrives,
    Lost,
    /// Others overtake it.
    Late,
    /// It arrives, and comes again later.
    Again,
}

/// What a peer claims falsely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// It holds more of somebody's feed than there is.
    More,
    /// Another event stands at the head of somebody's feed.
    Other,
    /// It answers with garbage until it is started again.
    Garbage,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Command(At, Wish),
    /// A turn of the outbox; the line breaks after so many messages.
    Publish(At, Option<u8>),
    /// From a province's stream: at most so many; reordered by a number, if it is not 0.
    Pull(At, u8, u8, Ack, u8),
    Overdue(At, u8),
    /// Says the beacons that are due.
    Say(At),
    /// The next beacon that is on its way to it.
    Hear(At, Fate),
    Ask(At),
    /// The next question of a node is answered, or not.
    Reply(At, bool),
    /// All that is on the way between nodes, until nothing is.
    Talk,
    /// A node loses its line, or has it again.
    Cut(At, bool),
    /// The provinces lose each other, or find each other again.
    Part(bool),
    Kill(At),
    Start(At),
    /// A province's stream is gone; with or without the server, whose clients connect again.
    LoseStream(u8, bool),
    SaveStream(u8),
    /// The stream is as it was when it was saved; with its durables or not.
    RollStream(u8, bool),
    /// The owner looks after its stream.
    Own(u8),
    Save(At),
    /// An administrator restores the last backup: there is no marker.
    Restore(At),
    /// The whole disk is as it was at the last backup, marker and all.
    RollDisk(At),
    LoseMarker(At),
    Lie(At, Lie),
    /// A node's clock is wrong by so many seconds from now on.
    Clock(At, i32),
    Wait(u32),
}

/// Which faults a history is rich in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Messages are late, doubled, lost; lines break.
    Lines,
    /// Nodes are killed and started.
    Kills,
    /// Streams are lost and rolled back.
    Streams,
    /// Logs are restored, markers lost.
    Logs,
    /// Peers lie.
    Lies,
    /// Clocks jump.
    Clocks,
    /// All of it.
    All,
    /// A whole disk is rolled back: the one thing that may sign a number twice.
    Disks,
}

const WEATHERS: [Weather; 8] = [
    Weather::Lines,
    Weather::Kills,
    Weather::Streams,
    Weather::Logs,
    Weather::Lies,
    Weather::Clocks,
    Weather::All,
    Weather::Disks,
];

/// The weather of a seed.
pub fn weather(random: &mut Random) -> Weather {
    random.pick(&WEATHERS)
}

/// The next step.
pub fn choose(random: &mut Random, weather: Weather, nodes: usize) -> Step {
    let at = random.below(nodes);
    if random.percent(12) {
        return fault(random, weather, at);
    }
    let province = u8::from(random.percent(50));
    match random.below(20) {
        0..=4 => Step::Command(at, wish(random)),
        5..=7 => {
            let breaks = random.percent(15).then(|| small(random, 5));
            Step::Publish(at, breaks)
        }
        8..=11 => {
            let ack = random.pick(&[Ack::All, Ack::All, Ack::All, Ack::None, Ack::Rest]);
            let order = if random.percent(30) { small(random, 250) + 1 } else { 0 };
            Step::Pull(at, province, 1 + small(random, 12), ack, order)
        }
        12 => Step::Say(at),
        13 => {
            let fates =
                [Fate::Arrives, Fate::Arrives, Fate::Arrives, Fate::Lost, Fate::Late, Fate::Again];
            Step::Hear(at, random.pick(&fates))
        }
        14 | 15 => Step::Ask(at),
        16 => Step::Reply(at, random.percent(75)),
        17 => [Step::Own(province), Step::Talk, Step::Overdue(at, province)][random.below(3)],
        18 => Step::Start(at),
        _ => Step::Wait([50, 300, 2_000, 16_000][random.below(4)]),
    }
}

fn fault(random: &mut Random, weather: Weather, at: At) -> Step {
    let province = u8::from(random.percent(50));
    let weather = match weather {
        // What can't be promised is not mixed into what is.
        Weather::All => WEATHERS[random.below(6)],
        other if random.percent(30) => random.pick(&[Weather::Lines, Weather::Kills, other]),
        other => other,
    };
    match weather {
        Weather::Kills => [Step::Kill(at), Step::Start(at)][random.below(2)],
        Weather::Streams => [
            Step::LoseStream(province, random.percent(50)),
            Step::SaveStream(province),
            Step::RollStream(province, random.percent(50)),
            Step::Own(province),
        ][random.below(4)],
        Weather::Logs => [Step::Save(at), Step::Save(at), Step::Restore(at), Step::LoseMarker(at)]
            [random.below(4)],
        Weather::Disks => {
            [Step::Save(at), Step::RollDisk(at), Step::Cut(at, random.percent(50))][random.below(3)]
        }
        Weather::Lies => Step::Lie(at, random.pick(&[Lie::More, Lie::Other, Lie::Garbage])),
        Weather::Clocks => {
            let seconds = [-31_536_000, -3_600, -130, 0, 130, 3_600, 31_536_000];
            Step::Clock(at, random.pick(&seconds))
        }
        Weather::Lines | Weather::All => {
            let heals = random.percent(60);
            [Step::Cut(at, !heals), Step::Part(!heals)][random.below(2)]
        }
    }
}

fn wish(random: &mut Random) -> Wish {
    let pick = small(random, 200);
    match random.below(8) {
        0..=3 => Wish::Issue(small(random, 4)),
        4 => Wish::Amend(pick),
        5 => Wish::Withdraw(pick),
        6 => Wish::Hit(pick),
        _ => Wish::Answer(pick),
    }
}

fn small(random: &mut Random, limit: u8) -> u8 {
    u8::try_from(random.below(usize::from(limit))).unwrap_or(0)
}
