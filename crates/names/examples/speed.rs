//! Prints what folding, keys, agreement and comparison cost: `cargo run --release -p names --example speed`.

use std::hint::black_box;
use std::time::Instant;

use names::{
    NameKind, PreparedName, SearchKeys, agreement, compare, fold, fold_into,
    organisation_agreement, write_search_keys,
};

const ROUNDS: u32 = 300_000;

fn main() {
    let start = Instant::now();
    black_box(fold(black_box("張三")));
    println!(
        "{:36} {:8.1} ms",
        "first fold, loading the tables",
        start.elapsed().as_secs_f64() * 1e3
    );

    let mut folded = String::new();
    for name in [
        "张三丰",
        "張三豐",
        "ZHANG SAN",
        "José García-López",
        "重庆长安汽车（集团）股份有限公司",
    ] {
        measure(&format!("fold {name}"), || {
            fold_into(black_box(name), &mut folded);
        });
    }
    let mut keys = SearchKeys::default();
    for name in [
        "张三",
        "单雄信",
        "ZHANG SAN",
        "重庆长安汽车（集团）股份有限公司",
    ] {
        measure(&format!("keys {name}"), || {
            write_search_keys(black_box(name), &mut keys);
        });
    }
    for (left, right) in [
        ("张三", "张三"),
        ("张伟", "李伟"),
        ("张伟", "张玮"),
        ("张三丰", "Zhang Sanfeng"),
        ("John Smith", "SMITH, John"),
    ] {
        measure(&format!("agreement {left} / {right}"), || {
            black_box(agreement(black_box(left), black_box(right)));
        });
    }
    compare_persons();
    let (left, right) = ("甲乙丙丁有限公司", "甲乙丙丁有限责任公司");
    measure("organisations, equal", || {
        black_box(organisation_agreement(black_box(left), black_box(left)));
    });
    measure("organisations, legal form", || {
        black_box(organisation_agreement(black_box(left), black_box(right)));
    });
}

fn compare_persons() {
    for (left, right) in [
        ("张伟", "李伟"),
        ("李晓明", "李小明"),
        ("毛泽东", "MAO Zedong"),
        ("毛泽东", "Mao Tse-tung"),
        ("张晓明", "Li Guoqiang"),
        ("陈大文", "CHAN Tai Man, Peter"),
        ("John Smith", "SMITH, John"),
        ("John Smith", "Mary Jones"),
        ("Muammar Qadhafi", "Moammar Gaddafi"),
        ("Владимир Путин", "Vladimir Vladimirovich PUTIN"),
        ("قصي صدام حسين التكريتي", "Qusay Saddam Hussein al-Tikriti"),
    ] {
        measure(&format!("compare {left} / {right}"), || {
            black_box(compare(NameKind::Person, black_box(left), black_box(right)));
        });
        let (left_prepared, right_prepared) = (PreparedName::new(left), PreparedName::new(right));
        measure("    prepared", || {
            black_box(black_box(&left_prepared).compare(black_box(&right_prepared)));
        });
    }
}

fn measure(what: &str, mut work: impl FnMut()) {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        work();
    }
    let nanoseconds = start.elapsed().as_secs_f64() * 1e9 / f64::from(ROUNDS);
    println!("{what:36} {nanoseconds:8.1} ns");
}
