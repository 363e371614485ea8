//! The real cluster beside its model.

use std::collections::{BTreeMap, BTreeSet};

use proptest_state_machine::StateMachineTest;
use uuid::Uuid;

use super::founding::{self, UNITS};
use super::model::{Model, Move};
use super::step::{Ack, Step, Wish};
use super::verdict;
use super::world::World;

/// Real logs, gates, authors and healing, moved as the model says.
pub struct Machine;

/// How often everybody speaks until everything has got around: an event goes from node to node.
const GOSSIP_ROUNDS: usize = 4;

fn play(world: &mut World, step: &Move) {
    let small = |number: usize| u8::from(number > 0);
    let steps: Vec<Step> = match *step {
        Move::Issue(node, to) => vec![Step::Command(node, Wish::Issue(to))],
        Move::Publish(node, breaks_after) => vec![Step::Publish(node, breaks_after)],
        Move::Pull { node, of, most, backwards, acknowledged } => {
            let ack = if acknowledged { Ack::All } else { Ack::None };
            vec![Step::Pull(node, small(of), most, ack, u8::from(backwards))]
        }
        Move::Overdue(node, of) => vec![Step::Overdue(node, small(of))],
        Move::Gossip => {
            let say = (0..UNITS.len()).map(Step::Say);
            let round: Vec<Step> =
                [Step::Wait(70_000)].into_iter().chain(say).chain([Step::Talk]).collect();
            round.repeat(GOSSIP_ROUNDS)
        }
        Move::Cut(node) => vec![Step::Cut(node, true)],
        Move::Join(node) => vec![Step::Cut(node, false)],
        Move::Part => vec![Step::Part(true)],
        Move::Meet => vec![Step::Part(false)],
        Move::Kill(node) => vec![Step::Kill(node)],
        // Long enough to be settled, heard by somebody or not.
        Move::Start(node) => vec![Step::Start(node), Step::Wait(4_000)],
        Move::LoseStream(of) => vec![Step::LoseStream(small(of), false)],
        Move::SaveStream(of) => vec![Step::SaveStream(small(of))],
        Move::RollStream(of, with_durables) => vec![Step::RollStream(small(of), with_durables)],
        Move::Own(of) => vec![Step::Own(small(of))],
    };
    steps.into_iter().for_each(|step| world.apply(step));
}

impl StateMachineTest for Machine {
    type SystemUnderTest = World;
    type Reference = Model;

    fn init_test(_: &Model) -> World {
        World::new()
    }

    fn apply(mut world: World, _: &Model, transition: Move) -> World {
        play(&mut world, &transition);
        world
    }

    /// Every log holds what the model says, and nothing else.
    fn check_invariants(world: &World, model: &Model) {
        let words = founding::words();
        assert_eq!(world.ledger.len() + words, model.said.len(), "others were acknowledged");
        let number: BTreeMap<Uuid, usize> =
            (words..).zip(&world.ledger).map(|(number, said)| (said.id, number)).collect();
        for (node, member) in world.nodes.iter().zip(&model.members) {
            let events = node.events();
            let holds: BTreeSet<usize> =
                events.keys().filter_map(|id| number.get(id).copied()).collect();
            let expected: BTreeSet<usize> =
                member.holds.iter().copied().filter(|number| *number >= words).collect();
            assert_eq!(holds, expected, "what {} holds", node.unit);
        }
    }

    fn teardown(mut world: World, model: Model) {
        let outcome = verdict::check(&mut world);
        assert_eq!(outcome.acknowledged, (model.said.len() - founding::words()) as u64);
        assert_eq!((outcome.lost, outcome.doubled, outcome.stuck), (0, 0, 0), "{outcome:?}");
    }
}
