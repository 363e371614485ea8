//! Real NATS, under the contracts that an exchange in memory has to pass as well.

mod exchange;
mod streams;

use giapranh_testkit::{exchange as exchanges, streams as seam};

use exchange::RealExchange;
use streams::RealStreams;

/// One test a rule, so that a failure names it.
macro_rules! rules {
    ($($name:ident: $contract:ident, $number:literal, $real:ident;)*) => {
        $(
            #[test]
            fn $name() {
                $contract::check($contract::CONTRACT[$number], &mut $real::start());
            }
        )*
        #[test]
        fn every_rule_is_held() {
            let count = [$(stringify!($name)),*].len();
            assert_eq!(count, exchanges::CONTRACT.len() + seam::CONTRACT.len());
        }
    };
}

rules! {
    what_is_published_comes_in_order_and_only_of_the_durables_zones: seam, 0, RealStreams;
    what_was_not_acknowledged_comes_again_and_what_was_does_not: seam, 1, RealStreams;
    the_same_id_is_stored_once: seam, 2, RealStreams;
    the_last_of_a_subject_is_the_newest_of_that_origin_in_that_zone: seam, 3, RealStreams;
    where_there_is_no_stream_or_no_durable_that_is_said: seam, 4, RealStreams;
    owning_again_changes_nothing_of_a_durable_that_is_right: seam, 5, RealStreams;
    a_beacon_is_heard_once_by_each_who_listens_to_its_zone: exchanges, 0, RealExchange;
    what_is_said_while_nobody_listens_is_lost: exchanges, 1, RealExchange;
    zones_that_stay_are_heard_without_a_gap: exchanges, 2, RealExchange;
    a_page_goes_to_whoever_asked: exchanges, 3, RealExchange;
    why_there_is_no_page_is_told: exchanges, 4, RealExchange;
    who_does_not_serve_does_not_answer: exchanges, 5, RealExchange;
}
