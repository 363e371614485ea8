use crate::attack::{attack, everybody};
use crate::rows;
use crate::told::Told;
use crate::victim::prepare;
use crate::world::{Kind, World};

async fn matrix(kind: Kind) {
    let world = World::start(kind);
    prepare(&world).await;
    let told = Told::start(&world).await;
    let mut wrong = Vec::new();
    for who in everybody(kind) {
        for row in rows::all() {
            let seen = attack(&world, &told, who, row).await;
            let expected = row.expect[who.column()];
            if seen != expected {
                wrong.push(format!(
                    "{who:?}, {} {}: {seen:?}, not {expected:?}",
                    row.group, row.what
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn one_server() {
    matrix(Kind::Single).await;
}

#[tokio::test]
async fn hub_and_leaves() {
    matrix(Kind::Leaf).await;
}
