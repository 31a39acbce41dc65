//! Compares names of organisations: two columns of standard input behind a tab; in front the score, whether they have a key in
//! common, and the reasons.
use names::{NameKind, compare, keys};

fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        if let Some((left, right)) = line.split_once('\t') {
            let found = compare(NameKind::Organisation, left, right);
            let [one, other] = [left, right].map(|name| keys(NameKind::Organisation, name));
            let shared = u8::from(one.iter().any(|key| other.contains(key)));
            println!(
                "{:.3}\t{shared}\t{}\t{line}",
                found.score,
                found.reasons.codes()
            );
        }
    }
}
