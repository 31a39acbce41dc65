//! Prints how many identifiers a second are read: `cargo run --release -p identifiers --example speed`.

use std::hint::black_box;
use std::time::Instant;

use identifiers::{CalendarDate, MobileNumber, PersonIdNumber, UnifiedSocialCreditCode};

const ROUNDS: u32 = 5_000_000;

fn main() {
    measure(
        "resident number, plain",
        |text| PersonIdNumber::parse(text).is_ok(),
        "11010519491231002X",
    );
    measure(
        "resident number, full width",
        |text| PersonIdNumber::parse(text).is_ok(),
        "１１０１０５１９４９１２３１００２Ｘ",
    );
    measure(
        "resident number, refused",
        |text| PersonIdNumber::parse(text).is_ok(),
        "110105194912310021",
    );
    measure(
        "credit code",
        |text| text.parse::<UnifiedSocialCreditCode>().is_ok(),
        "91350100M000100Y43",
    );
    measure(
        "mobile number",
        |text| text.parse::<MobileNumber>().is_ok(),
        "13800138000",
    );
    measure(
        "mobile number, +86 and hyphens",
        |text| text.parse::<MobileNumber>().is_ok(),
        "+86 138-0013-8000",
    );
    measure(
        "date, ISO",
        |text| CalendarDate::parse_lenient(text).is_ok(),
        "1980-01-02",
    );
    measure(
        "date, Chinese",
        |text| CalendarDate::parse_lenient(text).is_ok(),
        "1980年1月2日",
    );
}

fn measure(what: &str, read: fn(&str) -> bool, text: &str) {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        black_box(read(black_box(text)));
    }
    let nanoseconds = start.elapsed().as_secs_f64() * 1e9 / f64::from(ROUNDS);
    println!("{what:32} {nanoseconds:6.1} ns");
}
