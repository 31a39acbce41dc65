//! Compares names of organisations: two columns of standard input behind a tab, the score and the reasons in front.
use names::{NameKind, compare};

fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        if let Some((left, right)) = line.split_once('\t') {
            let found = compare(NameKind::Organisation, left, right);
            println!("{:.3}\t{}\t{line}", found.score, found.reasons.codes());
        }
    }
}
