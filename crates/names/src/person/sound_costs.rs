//! What it costs that one sound stands for another, or is left out: the usual romanisations, by their letters.

use super::sounds::{
    A, B, CH, D, DH, E, F, G, H, I, J, K, KH, L, M, N, O, P, R, S, SH, T, TH, TS, U, V, W, Y, Z, ZH,
};

/// Two unrelated sounds.
pub(super) const FAR: u8 = 14;

/// Two neighbouring sounds that changed places.
pub(super) const SWAPPED: u16 = 6;

/// Sounds that usages put for one another, and how much that says against one name.
const NEAR: [(u8, u8, u8); 76] = [
    (A, E, 1),
    (E, I, 1),
    (O, U, 1),
    (A, O, 2),
    (A, I, 4),
    (A, U, 3),
    (E, O, 3),
    (E, U, 3),
    (I, U, 3),
    (I, O, 4),
    (Y, I, 0),
    (Y, E, 2),
    (Y, A, 4),
    (Y, U, 4),
    (Y, O, 4),
    (Y, J, 4),
    (J, I, 5),
    (J, G, 4),
    (J, ZH, 2),
    (J, CH, 6),
    (J, H, 8),
    (J, KH, 8),
    (J, Z, 6),
    (J, D, 9),
    (J, DH, 9),
    (W, U, 1),
    (W, O, 1),
    (W, V, 1),
    (W, A, 5),
    (V, U, 4),
    (V, O, 5),
    (V, F, 3),
    (V, B, 5),
    (W, B, 8),
    (F, P, 7),
    (B, P, 4),
    (K, G, 4),
    (K, KH, 4),
    (KH, H, 2),
    (K, H, 8),
    (G, KH, 5),
    (G, H, 5),
    (KH, CH, 5),
    (KH, SH, 8),
    (K, CH, 8),
    (D, T, 6),
    (D, DH, 1),
    (T, TH, 1),
    (DH, Z, 2),
    (DH, TH, 4),
    (TH, S, 4),
    (D, Z, 5),
    (DH, T, 6),
    (D, TH, 6),
    (Z, S, 4),
    (S, SH, 5),
    (Z, ZH, 4),
    (SH, CH, 4),
    (CH, TS, 5),
    (TS, S, 4),
    (TS, Z, 4),
    (TS, T, 7),
    (TS, K, 8),
    (ZH, SH, 5),
    (S, K, 9),
    (S, CH, 7),
    (L, R, 10),
    (M, N, 9),
    (A, H, 7),
    (ZH, CH, 6),
    (Z, TH, 5),
    (E, H, 7),
    (TS, SH, 8),
    (ZH, G, 6),
    (ZH, Y, 8),
    (F, H, 10),
];

/// What it costs to add or leave out a sound.
pub(super) const ADDED: [u8; 33] = {
    let mut costs = [10; 33];
    costs[A as usize] = 3;
    costs[E as usize] = 2;
    costs[I as usize] = 3;
    costs[O as usize] = 4;
    costs[U as usize] = 4;
    costs[Y as usize] = 3;
    costs[W as usize] = 5;
    costs[H as usize] = 4;
    costs[0] = 0;
    costs
};

/// The same where one of the words is in a script that leaves short vowels out.
pub(super) const ADDED_UNVOCALISED: [u8; 33] = {
    let mut costs = ADDED;
    costs[A as usize] = 1;
    costs[E as usize] = 1;
    costs[I as usize] = 1;
    costs[O as usize] = 1;
    costs[U as usize] = 1;
    costs[Y as usize] = 2;
    costs[W as usize] = 3;
    costs
};

pub(super) const REPLACED: [[u8; 32]; 32] = {
    let mut costs = [[FAR; 32]; 32];
    let mut place = 0;
    while place < NEAR.len() {
        let (one, other, cost) = NEAR[place];
        costs[one as usize][other as usize] = cost;
        costs[other as usize][one as usize] = cost;
        place += 1;
    }
    let mut same = 0;
    while same < 32 {
        costs[same][same] = 0;
        same += 1;
    }
    costs
};
