//! Branches (分支机构) behind the name of their head office: 北京分行, 海淀支行, 中关村营业部.

use super::chinese_parts::Reader;
use super::lexicon::{Class, Meaning, longest};
use super::name::PartKind;

/// Ends of the names of branches by their last character, the longer before those that they end with (分支机构).
fn branches_that_end_with(last: char) -> &'static [&'static str] {
    match last {
        '司' => &["中心支公司", "分公司", "支公司", "子公司"],
        '部' => &[
            "营销服务部",
            "项目经理部",
            "营业部",
            "项目部",
            "事业部",
            "管理部",
            "分部",
            "支部",
        ],
        '行' => &["自助银行", "分行", "支行"],
        '处' => &["分理处", "办事处", "代表处", "代办处", "联络处"],
        '所' => &["储蓄所", "营业所", "分所"],
        '厅' => &["营业厅"],
        '室' => &["营业室"],
        '点' => &["营业网点", "服务网点", "网点"],
        '站' => &["联络站"],
        '心' => &["分中心"],
        '柜' => &["专柜"],
        '局' => &["支局", "分局"],
        '店' => &["分店", "门店"],
        '厂' => &["分厂"],
        '院' => &["分院"],
        '校' => &["分校"],
        '社' => &["分社"],
        '会' => &["分会"],
        _ => &[],
    }
}

/// Words at which the head of a name with branches may end, where no company is named.
const HEADS: [&str; 12] = [
    "银行",
    "信用社",
    "合作社",
    "保险",
    "邮政",
    "事务所",
    "证券",
    "集团",
    "工行",
    "建行",
    "农行",
    "中行",
];

const BRANCH: Meaning = Meaning {
    class: Class::Branch,
    weight: 10,
    concept: 1,
    other: 0,
};

impl Reader<'_> {
    /// Where the head office ends and its branches begin; the end if there are none.
    pub(super) fn head(&self) -> usize {
        let length = self.characters.len();
        let branch = self.branch_at_end(0, length);
        let rest_is_branch = |from: usize| branch.is_some_and(|branch| from + branch <= length);
        for place in 1..length {
            let company = self.characters[place - 1] == '公' && self.characters[place] == '司';
            let of_branch = place >= 2 && matches!(self.characters[place - 2], '分' | '支' | '子');
            if company && !of_branch && place + 2 < length {
                let rest = &self.characters[place + 1..];
                let goes_on = longest(rest, |meaning, _| matches!(meaning.class, Class::Form))
                    .is_some()
                    || self.ends_with(place, length, "公司");
                if !goes_on || rest_is_branch(place + 1) {
                    return place + 1;
                }
            }
        }
        let Some(branch) = branch else { return length };
        let ends = (2..=length - branch).filter(|end| *end < length);
        ends.filter(|end| HEADS.iter().any(|head| self.ends_with(0, *end, head)))
            .find(|end| {
                self.characters
                    .get(*end)
                    .is_some_and(|next| !matches!(next, '分' | '支' | '业'))
            })
            .unwrap_or(length)
    }

    /// How many characters the word for a branch has that a stretch ends with.
    fn branch_at_end(&self, from: usize, to: usize) -> Option<usize> {
        let last = self.characters.get(to.checked_sub(1)?)?;
        let mut branches = branches_that_end_with(*last).iter();
        let branch = branches.find(|branch| self.ends_with(from, to, branch))?;
        Some(branch.chars().count())
    }

    /// Cuts what follows the head office into branches.
    pub(super) fn branches(&mut self, from: usize) {
        let length = self.characters.len();
        let mut begin = from;
        for end in from + 2..=length {
            let ends = self.branch_at_end(begin, end).is_some();
            // 营业部 is no end where more of a word follows: 营业部门市.
            let further = (end + 1..=(end + 2).min(length)).filter(|_| ends);
            let more = further.into_iter().any(|far| {
                self.branch_at_end(begin, far)
                    .is_some_and(|branch| branch > far - end)
            });
            if ends && !more {
                self.push(PartKind::Branch, begin, end, BRANCH);
                begin = end;
            }
        }
        if begin < length {
            let kind = if self.is_place(begin, length) {
                PartKind::Region
            } else {
                PartKind::Branch
            };
            if kind == PartKind::Region {
                self.push_places(begin, length);
            } else {
                self.push(kind, begin, length, BRANCH);
            }
        }
    }
}
