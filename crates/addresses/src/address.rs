//! An address in parts, each as it was written.

use std::borrow::Cow;
use std::fmt;

use crate::code::DivisionCode;
use crate::gazetteer::PlaceIndex;

/// What a piece of an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Part {
    /// Province, autonomous region or municipality (省)
    Province,
    /// City, prefecture, league (市, 地区, 自治州, 盟)
    City,
    /// County, city district, county-level city, banner (区县)
    District,
    /// Town, township or subdistrict (乡镇街道)
    Town,
    /// Village or residents' community (村, 社区)
    Community,
    /// Road, street, lane; a village group where there is none (路街巷, 组)
    Road,
    /// House number at a road or in a village (门牌号, 弄)
    Number,
    /// Residential estate (小区)
    Estate,
    /// Building (幢, 栋, 座, 号楼)
    Building,
    /// Entrance of a building (单元)
    Unit,
    /// Floor (楼层)
    Floor,
    /// Room (室)
    Room,
    /// Any other named point: building with a name, firm, school, market
    Poi,
    /// Development zone that is no division (开发区)
    Zone,
    /// What was said again: 浙江省杭州市 before 浙江省杭州市西湖区
    Repeated,
    /// Telephone numbers, names, hints like 对面, and what was not understood
    Remainder,
}

/// How many parts there are.
pub(crate) const PARTS: usize = 16;

/// The parts in the order in which an address names them.
pub const ORDER: [Part; 13] = [
    Part::Province,
    Part::City,
    Part::District,
    Part::Town,
    Part::Community,
    Part::Road,
    Part::Number,
    Part::Estate,
    Part::Poi,
    Part::Building,
    Part::Unit,
    Part::Floor,
    Part::Room,
];

impl Part {
    /// A code that never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::District => "district",
            Self::Town => "town",
            Self::Community => "community",
            Self::Road => "road",
            Self::Number => "number",
            Self::Estate => "estate",
            Self::Building => "building",
            Self::Unit => "unit",
            Self::Floor => "floor",
            Self::Room => "room",
            Self::Poi => "poi",
            Self::Zone => "zone",
            Self::Repeated => "repeated",
            Self::Remainder => "remainder",
        }
    }

    /// Its name in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Province => "省",
            Self::City => "市",
            Self::District => "区县",
            Self::Town => "乡镇街道",
            Self::Community => "社区村",
            Self::Road => "街路巷",
            Self::Number => "门牌号",
            Self::Estate => "小区",
            Self::Building => "楼栋",
            Self::Unit => "单元",
            Self::Floor => "楼层",
            Self::Room => "室",
            Self::Poi => "地点",
            Self::Zone => "开发区",
            Self::Repeated => "重复",
            Self::Remainder => "其余",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A piece of the text, from byte to byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub part: Part,
    pub(crate) start: u16,
    pub(crate) end: u16,
}

impl Piece {
    /// The bytes of the text that it covers.
    pub fn range(self) -> std::ops::Range<usize> {
        usize::from(self.start)..usize::from(self.end)
    }
}

/// The most pieces of one address; what exceeds them is remainder.
pub(crate) const PIECES: usize = 32;

/// A parsed address: pieces of the text it was read from, in order, and the division it lies in.
#[derive(Clone, Copy)]
pub struct Address<'text> {
    pub(crate) text: &'text str,
    pub(crate) pieces: [Piece; PIECES],
    pub(crate) count: usize,
    /// The first piece of each part plus one; 0: none.
    pub(crate) first: [u8; PARTS],
    /// The place it surely lies in.
    pub(crate) place: Option<PlaceIndex>,
    pub(crate) code: Option<DivisionCode>,
}

impl<'text> Address<'text> {
    pub(crate) fn empty(text: &'text str) -> Self {
        let piece = Piece {
            part: Part::Province,
            start: 0,
            end: 0,
        };
        Self {
            text,
            pieces: [piece; PIECES],
            count: 0,
            first: [0; PARTS],
            place: None,
            code: None,
        }
    }

    /// The text it was read from.
    pub fn text(&self) -> &'text str {
        self.text
    }

    /// Its pieces in the order of the text. They never overlap; between them stand only blanks and punctuation.
    pub fn pieces(&self) -> &[Piece] {
        self.pieces.get(..self.count).unwrap_or_default()
    }

    /// What a piece says.
    pub fn says(&self, piece: Piece) -> &'text str {
        self.text.get(piece.range()).unwrap_or_default()
    }

    /// The first piece of a part.
    pub fn piece(&self, part: Part) -> Option<Piece> {
        let place = usize::from(*self.first.get(part as usize)?).checked_sub(1)?;
        self.pieces.get(place).copied()
    }

    /// A part as written; empty where the text has none.
    pub fn get(&self, part: Part) -> &'text str {
        self.piece(part).map_or("", |piece| self.says(piece))
    }

    /// Province as written.
    pub fn province(&self) -> &'text str {
        self.get(Part::Province)
    }

    /// City as written.
    pub fn city(&self) -> &'text str {
        self.get(Part::City)
    }

    /// District, county or county-level city as written.
    pub fn district(&self) -> &'text str {
        self.get(Part::District)
    }

    /// Town or subdistrict as written.
    pub fn town(&self) -> &'text str {
        self.get(Part::Town)
    }

    /// Village or community as written.
    pub fn community(&self) -> &'text str {
        self.get(Part::Community)
    }

    /// Road, or group of a village, as written.
    pub fn road(&self) -> &'text str {
        self.get(Part::Road)
    }

    /// House number as written.
    pub fn number(&self) -> &'text str {
        self.get(Part::Number)
    }

    /// Residential estate as written.
    pub fn estate(&self) -> &'text str {
        self.get(Part::Estate)
    }

    /// Building as written.
    pub fn building(&self) -> &'text str {
        self.get(Part::Building)
    }

    /// Entrance as written.
    pub fn unit(&self) -> &'text str {
        self.get(Part::Unit)
    }

    /// Floor as written.
    pub fn floor(&self) -> &'text str {
        self.get(Part::Floor)
    }

    /// Room as written.
    pub fn room(&self) -> &'text str {
        self.get(Part::Room)
    }

    /// Any other named point as written.
    pub fn poi(&self) -> &'text str {
        self.get(Part::Poi)
    }

    /// Development zone as written.
    pub fn zone(&self) -> &'text str {
        self.get(Part::Zone)
    }

    /// The division the address surely lies in.
    pub fn code(&self) -> Option<DivisionCode> {
        self.code
    }

    /// Whatever no other accessor but [`zone`](Self::zone) tells, in order, with a blank between pieces.
    pub fn remainder(&self) -> Cow<'text, str> {
        let mut all = Cow::Borrowed("");
        for (place, piece) in self.pieces().iter().enumerate() {
            let told = match piece.part {
                Part::Repeated => true,
                Part::Remainder | Part::Zone => false,
                part => self
                    .first
                    .get(part as usize)
                    .is_some_and(|first| usize::from(*first) == place + 1),
            };
            if told {
                continue;
            }
            if all.is_empty() {
                all = Cow::Borrowed(self.says(*piece));
            } else {
                let text = all.to_mut();
                text.push(' ');
                text.push_str(self.says(*piece));
            }
        }
        all
    }
}

impl fmt::Debug for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, piece) in self.pieces().iter().enumerate() {
            let blank = if place == 0 { "" } else { " " };
            write!(f, "{blank}{}={}", piece.part.code(), self.says(*piece))?;
        }
        if let Some(code) = self.code {
            write!(f, " @{code}")?;
        }
        Ok(())
    }
}
