//! Chinese addresses: parsed into parts as written, located by a division code, compared level by level, put in order.
//!
//! Nothing here knows whether an address exists. The tables are compiled in and read where they lie.
//!
//! ```
//! let address = addresses::parse("浙江杭州西湖区三墩镇金渡北路12号3幢2单元501室");
//! assert_eq!(address.city(), "杭州");
//! assert_eq!(address.road(), "金渡北路");
//! assert_eq!(address.room(), "501室");
//! ```

mod address;
mod canonical;
mod characters;
mod code;
mod comparison;
mod completion;
mod divisions;
mod endings;
mod forms;
mod gazetteer;
#[cfg(test)]
mod invented;
mod located;
mod numbers;
mod order;
mod parser;
mod repetition;
mod short_forms;
mod spelling;
mod units;
mod unknown;
mod villages;
mod vocabulary;
mod words;

pub use address::{Address, ORDER, Part, Piece};
pub use code::DivisionCode;
pub use comparison::{Agreement, Comparison, Reason, compare};
pub use order::{
    Coordinates, InvalidCoordinates, Located, order_irregular, south_to_north_then_east_to_west,
};

use parser::Parser;

/// Parses an address by the divisions of today; old names lead to what they became.
///
/// Never fails: what is not understood is remainder. Only the first 128 characters are looked at.
pub fn parse(text: &str) -> Address<'_> {
    parsed(text, None)
}

/// Parses an address by the divisions of a year: the code is the one that was valid then.
pub fn parse_at(text: &str, year: u16) -> Address<'_> {
    parsed(text, Some(year))
}

fn parsed(text: &str, year: Option<u16>) -> Address<'_> {
    let mut parser = Parser::new(year);
    parser.characters.read(text);
    let at = parser.divisions(0);
    parser.local(at);
    parser.address(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_debug_snapshot;
    use proptest::prelude::*;

    #[test]
    fn parts_are_told_apart_and_located() {
        assert_debug_snapshot!(parse("浙江省杭州市西湖区三墩镇金渡北路12号金地小区3幢2单元501室"), @"province=浙江省 city=杭州市 district=西湖区 town=三墩镇 road=金渡北路 number=12号 estate=金地小区 building=3幢 unit=2单元 room=501室 @330106109");
        assert_debug_snapshot!(parse("浙江杭州西湖文三路1号"), @"province=浙江 city=杭州 district=西湖 road=文三路 number=1号 @330106");
        assert_debug_snapshot!(parse("上海市闸北区天目西路"), @"province=上海市 district=闸北区 town=天目西路 @310106015");
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), near in "[浙江省杭州市西湖区路号0-9一-十 -]{0,80}") {
            for text in [&text, &near] {
                let address = parse(text);
                let mut end = 0;
                for piece in address.pieces() {
                    prop_assert!(piece.range().start >= end && piece.range().end > piece.range().start);
                    prop_assert!(text.get(piece.range()).is_some());
                    end = piece.range().end;
                }
            }
        }
    }
}
