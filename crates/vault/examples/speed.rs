//! What sealing costs: `cargo run --release -p vault --example speed`.

use std::hint::black_box;
use std::time::Instant;

use vault::{
    BlindKey, DataKey, MasterKey, Randomness, SealingKey, WrappingKey, merkle, open, seal,
    seal_into,
};

const ROUNDS: u32 = 200_000;

fn measure<T>(name: &str, mut work: impl FnMut() -> T) {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        black_box(work());
    }
    println!(
        "{name:<24}{:>8.0} ns",
        start.elapsed().as_secs_f64() * 1e9 / f64::from(ROUNDS)
    );
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut randomness = Randomness::new();
    let master = MasterKey::generate(&mut randomness)?;
    let key = DataKey::generate(&mut randomness)?;
    let wrapping = WrappingKey::new(&master.derive("wrap"));
    let blind = BlindKey::new(&master.derive("blind index"), 1);
    let text = [7_u8; 200];
    let sealed = seal(&key, b"place", &text, &mut randomness)?;
    let wrapped = wrapping.wrap(b"place", &key, &mut randomness)?;
    let mut target = Vec::with_capacity(1024);
    let mut tree = merkle::Accumulator::new();

    measure("random key", || DataKey::generate(&mut randomness));
    measure("seal 200 B", || {
        seal(&key, b"place", &text, &mut randomness)
    });
    measure("seal into 200 B", || {
        target.clear();
        seal_into(&mut target, &key, b"place", &text, &mut randomness)
    });
    let prepared = SealingKey::new(&key);
    measure("seal into, prepared", || {
        target.clear();
        prepared.seal_into(&mut target, b"place", &text, &mut randomness)
    });
    measure("open 200 B", || open(&key, b"place", &sealed));
    measure("wrap", || wrapping.wrap(b"place", &key, &mut randomness));
    measure("unwrap", || wrapping.unwrap_key(b"place", &wrapped));
    measure("blind digest 18 B", || {
        blind.digest(1, black_box(b"11010519491231002X"))
    });
    measure("merkle push", || tree.push(black_box(&[1; 32])));
    Ok(())
}
