//! Edits of one number as sets of bits, by which they are judged and ordered without being kept.

use crate::repair::Slip;

/// Where the swaps begin.
const SWAPS: u32 = 32;

/// A set of edits of one number: a replacement at each place, a swap of each place with the next.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Edits(u64);

/// One edit of a number.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Edit(u8);

impl Edit {
    /// The place of the replacement, or of the first of two neighbours that change places.
    pub(crate) fn place(self) -> usize {
        usize::from(self.0) % 32
    }

    /// The place behind it; behind the last of all that an edit can name, the first.
    pub(crate) fn place_behind(self) -> usize {
        (self.place() + 1) % 32
    }

    pub(crate) fn is_swap(self) -> bool {
        self.0 >= 32
    }
}

impl Edits {
    /// Replacements and swaps, their places given as bits.
    pub(crate) const fn of(replaced: u32, swapped: u32) -> Self {
        Self(replaced as u64 | (swapped as u64) << SWAPS)
    }

    /// The edits that change something between two places, the second left out.
    pub(crate) const fn touching(from: u32, until: u32) -> Self {
        let replaced = (1 << until) - (1 << from);
        Self::of(replaced, replaced | 1 << from >> 1)
    }

    /// All edits if so, else none.
    pub(crate) fn all_if(condition: bool) -> Self {
        Self(0_u64.wrapping_sub(u64::from(condition)))
    }

    pub(crate) fn insert_if(&mut self, edit: Edit, condition: bool) {
        self.0 |= u64::from(condition) << edit.0;
    }

    pub(crate) fn contains(self, edit: Edit) -> bool {
        self.0 >> edit.0 & 1 != 0
    }

    /// Replacements by place, then swaps by place.
    #[inline]
    pub(crate) fn iter(self) -> impl Iterator<Item = Edit> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let first = u8::try_from(left.trailing_zeros()).ok()?;
            left &= left.wrapping_sub(1);
            (first < 64).then_some(Edit(first))
        })
    }

    pub(crate) fn len(self) -> usize {
        usize::try_from(self.0.count_ones()).unwrap_or_default()
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What is judged anew where an edit touched it, and as it was elsewhere.
    pub(crate) fn or_elsewhere(self, touched: Self, before: bool) -> Self {
        Self(self.0 | Self::all_if(before).0 & !touched.0)
    }
}

/// The edits that lead to a well-formed number, and what speaks for each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidates {
    pub(crate) all: Edits,
    /// Those that no other column of the row contradicts.
    pub(crate) agreeing: Edits,
    /// Those whose division and birth year are met with.
    pub(crate) plausible: Edits,
    /// Those of characters that look alike.
    pub(crate) alike: Edits,
    /// Those of keys side by side.
    pub(crate) neighbours: Edits,
}

impl Candidates {
    /// The slip that an edit undoes.
    pub(crate) fn slip(&self, edit: Edit) -> Slip {
        match edit.is_swap() {
            true => Slip::Transposition,
            false if self.alike.contains(edit) => Slip::LookAlike,
            false if self.neighbours.contains(edit) => Slip::Neighbour,
            false => Slip::Other,
        }
    }

    /// The first edits in the order of proposal, `most` of them: what agrees with the row before
    /// what does not, what is plausible before what is not, the likelier slip before the other.
    #[inline]
    pub(crate) fn likeliest<const N: usize>(&self, most: usize) -> ([Edit; N], usize) {
        let swaps = Edits::of(0, u32::MAX);
        let others = Edits::of(u32::MAX, 0)
            .without(self.alike)
            .without(self.neighbours);
        let (mut ordered, mut count) = ([Edit::default(); N], 0);
        let agreeing = self.all.and(self.agreeing);
        for edits in [agreeing, self.all.without(self.agreeing)] {
            for edits in [edits.and(self.plausible), edits.without(self.plausible)] {
                for slip in [self.alike, self.neighbours, swaps, others] {
                    for edit in edits.and(slip).iter() {
                        match ordered.get_mut(count) {
                            Some(room) if count < most => *room = edit,
                            _ => return (ordered, count),
                        }
                        count += 1;
                    }
                }
            }
        }
        (ordered, count)
    }
}
