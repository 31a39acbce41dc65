//! Rates: recall where few negatives pass, keys in common, processor time.

use names::keys;

use crate::pairs::Pair;

/// The share of the positives that score above all but a share of the negatives.
pub fn recall(pairs: &[Pair], scores: &[f64], places: &[usize], rate: f64) -> f64 {
    let of = |same: bool| -> Vec<f64> {
        let chosen = places.iter().filter(|place| pairs[**place].same == same);
        chosen.map(|place| scores[*place]).collect()
    };
    let (positives, mut negatives) = (of(true), of(false));
    negatives.sort_by(|one, other| other.total_cmp(one));
    let mut passing = 0;
    while float(passing + 1) <= rate * float(negatives.len()) {
        passing += 1;
    }
    let Some(threshold) = negatives.get(passing) else {
        return 1.0;
    };
    let found = positives.iter().filter(|score| *score > threshold).count();
    float(found) / float(positives.len().max(1))
}

/// The share of the pairs whose names have a key in common.
pub fn keys_in_common(pairs: &[Pair], places: &[usize]) -> f64 {
    let meets = |pair: &Pair| {
        let others = keys(pair.kind, &pair.right);
        keys(pair.kind, &pair.left)
            .iter()
            .any(|key| others.binary_search(key).is_ok())
    };
    let found = places.iter().filter(|place| meets(&pairs[**place])).count();
    float(found) / float(places.len().max(1))
}

/// Seconds of processor time of this process: other work on the machine does not count.
pub fn processor_seconds() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let used =
        getrusage(UsageWho::RUSAGE_SELF).map_or(0, |usage| usage.user_time().num_microseconds());
    #[expect(clippy::cast_precision_loss, reason = "far less than 2^52")]
    let used = used as f64;
    used / 1e6
}

/// A count as a number to reckon with.
pub fn float(count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far less than 2^52")]
    let count = count as f64;
    count
}
