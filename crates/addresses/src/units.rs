//! What the units of numbers count.

use crate::vocabulary::{Words, laid_out};

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unit {
    Number,
    Lane,
    Building,
    Entrance,
    Floor,
    Room,
    Group,
    /// 期, 区: belongs to a name.
    Name,
    /// 路, 街: a road that is named by a number.
    Road,
    /// No unit at all.
    Bare,
}

/// A unit with its words, kind by kind.
macro_rules! units {
    ($($kind:ident: $($word:literal),+;)+) => {
        /// The words of units.
        pub(crate) static UNITS: Words = Words::of(&laid_out([$($($word),+),+]));

        /// What each word of [`UNITS`] counts, in their order.
        pub(crate) static COUNTED: &[Unit] = &[$($({
            let _ = $word;
            Unit::$kind
        }),+),+];
    };
}

units! {
    Building: "号楼", "#楼", "号院", "幢", "栋", "座", "排", "撞", "号幢", "号栋";
    Room: "号房", "号室", "室", "房", "户", "办公室", "档", "档口", "铺", "号铺", "号档", "号网点", "号商铺";
    Number: "号", "#";
    Lane: "弄", "支弄";
    Name: "号库", "组团", "期", "区", "小区", "村", "社区", "苑";
    Entrance: "单元", "单", "梯";
    Floor: "楼", "层";
    Group: "组", "小组", "队", "社";
    Road: "路", "街", "巷", "大道", "号路", "号街", "号大街", "道", "国道", "省道", "县道", "号道", "大街";
}
