//! Prints what names of organisations cost: `cargo run --release -p names --example organisation_speed`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use names::{NameKind, OrganisationName, compare, keys};

const ROUNDS: u32 = 300_000;

const PAIRS: [(&str, &str); 9] = [
    ("北京字节跳动科技有限公司", "字节跳动（北京）科技有限公司"),
    ("北京字节跳动科技有限公司", "上海中关村贸易有限公司"),
    ("中石化", "中国石油化工集团有限公司"),
    (
        "中国工商银行股份有限公司北京分行",
        "中国工商银行股份有限公司北京分行海淀支行",
    ),
    (
        "北京中关村科技有限公司",
        "Beijing Zhongguancun Technology Co., Ltd.",
    ),
    (
        "KAVEH KHOZESTAN ALUMINUM COMPANY",
        "KAVEH KHOZESTAN ALUMINIUM COMPANY",
    ),
    (
        "KAVEH KHOZESTAN ALUMINUM COMPANY",
        "National Iranian Tanker Company LLC",
    ),
    ("International Business Machines", "IBM Corp."),
    ("ООО Газпром", "OOO Gazprom"),
];

fn main() {
    for (left, right) in PAIRS {
        measure(&format!("compare {left} / {right}"), || {
            black_box(compare(
                NameKind::Organisation,
                black_box(left),
                black_box(right),
            ));
        });
        let (one, other) = (
            OrganisationName::parse(left),
            OrganisationName::parse(right),
        );
        measure("    both parsed before", || {
            black_box(black_box(&one).compare(black_box(&other)));
        });
    }
    for (name, _) in PAIRS {
        measure(&format!("parse {name}"), || {
            black_box(OrganisationName::parse(black_box(name)));
        });
    }
    for (name, _) in PAIRS {
        measure(&format!("keys {name}"), || {
            black_box(keys(NameKind::Organisation, black_box(name)));
        });
    }
}

fn measure(what: &str, mut work: impl FnMut()) {
    let start = processor_seconds();
    for _ in 0..ROUNDS {
        work();
    }
    let nanoseconds = (processor_seconds() - start) * 1e9 / f64::from(ROUNDS);
    println!("{nanoseconds:8.0} ns  {what}");
}

/// What this process has used of the processor, where the system says so; else the time of day.
fn processor_seconds() -> f64 {
    static BEGIN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let ticks = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = ticks.and_then(|text| text.split(' ').next()?.parse().ok());
    let passed = nanoseconds.map(Duration::from_nanos);
    passed
        .unwrap_or_else(|| BEGIN.get_or_init(Instant::now).elapsed())
        .as_secs_f64()
}
