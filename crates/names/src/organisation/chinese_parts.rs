//! The parts of a name with Chinese characters: region, trade name, trade, legal form, branches.
//!
//! The legal form is taken from the end and the region from the beginning; of what is between, the longest end that
//! words of trades cover is the trade, and the rest the trade name. A name of its own there must be: `北京银行` is not
//! the bank of a region, its trade name is the place.

use super::lexicon::{Class, Cursor, Meaning, longest};
use super::name::{PartKind, Token};

/// Longer stretches are not cut into trades.
const LONGEST_MIDDLE: usize = 48;

/// The longest legal form has about so many characters.
const LONGEST_FORM: usize = 16;

pub(super) struct Reader<'text> {
    text: &'text str,
    pub(super) characters: Vec<char>,
    /// Where each character begins, and the end.
    places: Vec<u16>,
    tokens: Vec<Token>,
}

/// The words of a folded name, in their order; brackets are stretches of bytes.
pub(super) fn tokens(text: &str, brackets: &[(u16, u16)]) -> Vec<Token> {
    let mut characters = Vec::with_capacity(text.len() / 3 + 1);
    let mut places = Vec::with_capacity(text.len() / 3 + 2);
    for (place, character) in text.char_indices() {
        characters.push(character);
        places.push(u16::try_from(place).unwrap_or(u16::MAX));
    }
    places.push(u16::try_from(text.len()).unwrap_or(u16::MAX));
    let mut reader = Reader {
        text,
        characters,
        places,
        tokens: Vec::with_capacity(8),
    };
    reader.read(brackets);
    reader.tokens.sort_unstable_by_key(|token| token.from);
    reader.tokens
}

impl Reader<'_> {
    fn read(&mut self, brackets: &[(u16, u16)]) {
        let mut end = self.head();
        self.branches(end);
        end = self.bracketed_place_at(end, brackets);
        end = self.legal_form(end);
        end = self.bracketed_place_at(end, brackets);
        let begin = self.regions(end);
        let hole = brackets.iter().find_map(|bracket| {
            let (from, to) = self.stretch(*bracket)?;
            (from > begin && to < end && self.is_place(from, to)).then_some((from, to))
        });
        match hole {
            Some((from, to)) => {
                self.push_places(from, to);
                if self.middle(to, end, begin == from) {
                    self.middle(begin, from, true);
                } else {
                    self.push(PartKind::TradeName, begin, from, self.own(begin, from));
                }
            }
            None => {
                self.middle(begin, end, true);
            }
        }
    }

    /// A place in brackets at the end, which moves the end before it.
    fn bracketed_place_at(&mut self, end: usize, brackets: &[(u16, u16)]) -> usize {
        for bracket in brackets.iter().rev() {
            if let Some((from, to)) = self.stretch(*bracket)
                && to == end
                && from > 0
                && self.is_place(from, to)
            {
                self.push_places(from, to);
                return from;
            }
        }
        end
    }

    fn legal_form(&mut self, end: usize) -> usize {
        let Some(last) = end
            .checked_sub(1)
            .and_then(|last| self.characters.get(last))
        else {
            return end;
        };
        if !matches!(
            last,
            '司' | '伙' | '业' | '户' | '社' | '体' | '位' | '资' | '限' | '制' | '会'
        ) {
            return end;
        }
        for from in end.saturating_sub(LONGEST_FORM)..end {
            if !begins_form(self.characters[from]) {
                continue;
            }
            let Some(meaning) = self
                .word(from, end)
                .filter(|meaning| meaning.class == Class::Form)
            else {
                continue;
            };
            let group = from
                .checked_sub(2)
                .filter(|group| self.ends_with(*group, from, "集团"));
            let from = group.filter(|group| *group > 0).unwrap_or(from);
            if from > 0 {
                self.push(PartKind::LegalForm, from, end, meaning);
                return from;
            }
        }
        end
    }

    /// Places at the beginning, each below the one before; the place where they end.
    fn regions(&mut self, end: usize) -> usize {
        let (mut at, mut above) = (0, None::<Meaning>);
        while at < end {
            let place = longest(&self.characters[at..end], |meaning, _| {
                meaning.class == Class::Place && fits_below(above, meaning)
            });
            let Some((length, found)) = place else { break };
            self.push(PartKind::Region, at, at + length, found);
            above = Some(found);
            at += length;
        }
        at
    }

    /// Cuts what is between region and legal form; whether all of it was trade and needed no name of its own.
    fn middle(&mut self, begin: usize, end: usize, needs_name: bool) -> bool {
        let mut next = [0_usize; LONGEST_MIDDLE + 1];
        if end - begin.min(end) > LONGEST_MIDDLE {
            self.push(PartKind::TradeName, begin, end, self.own(begin, end));
            return false;
        }
        for from in (begin..end).rev() {
            next[from - begin] = self.furthest(from, begin, end, &next);
        }
        let all = begin < end && next[0] != 0;
        if all && !needs_name {
            self.trades(begin, end, begin, &next);
            return true;
        }
        let from = if begin == end || all {
            self.name_from_before(begin, next[0].max(begin))
        } else {
            let first = (begin + 2..end).find(|from| next[*from - begin] != 0);
            let from = first.unwrap_or(end);
            self.push(PartKind::TradeName, begin, from, self.own(begin, from));
            from
        };
        self.trades(begin, end, from, &next);
        false
    }

    /// The furthest end of a word of a trade from which words of trades lead to the end; 0 if there is none.
    fn furthest(&self, from: usize, begin: usize, end: usize, next: &[usize]) -> usize {
        let mut found = 0;
        let mut cursor = Cursor::START;
        for place in from..end {
            let Some(stepped) = cursor.step(self.characters[place]) else {
                break;
            };
            cursor = stepped;
            let to = place + 1;
            let leads = to == end || next[to - begin] != 0;
            if leads
                && let Some(meaning) = cursor.meaning()
                && matches!(meaning.class, Class::Trade | Class::Generic | Class::Kind)
                && (to > from + 1 || to == end)
            {
                found = to;
            }
        }
        found
    }

    /// A name that begins with a trade: the place before it is the trade name, else its first word.
    fn name_from_before(&mut self, begin: usize, first: usize) -> usize {
        let place = self
            .tokens
            .iter_mut()
            .filter(|token| token.kind == PartKind::Region && token.to == self.places[begin]);
        if let Some(place) = place.max_by_key(|token| token.to) {
            let last = begin
                .checked_sub(1)
                .and_then(|last| self.characters.get(last));
            if !last.is_some_and(|last| "省市县区旗州盟".contains(*last)) {
                place.kind = PartKind::TradeName;
            }
            return begin;
        }
        self.push(PartKind::TradeName, begin, first, self.own(begin, first));
        first
    }

    fn trades(&mut self, begin: usize, end: usize, mut from: usize, next: &[usize]) {
        let has_form = self
            .tokens
            .iter()
            .any(|token| token.kind == PartKind::LegalForm);
        while from < end {
            let to = next[from - begin];
            if to <= from {
                self.push(PartKind::TradeName, from, end, self.own(from, end));
                return;
            }
            let meaning = self.word(from, to).unwrap_or(Meaning::OWN);
            let ends_name = to == end && meaning.class == Class::Kind && !has_form;
            let kind = if ends_name {
                PartKind::LegalForm
            } else {
                PartKind::Trade
            };
            self.push(kind, from, to, meaning);
            from = to;
        }
    }

    /// What a trade name means: most are in no table.
    fn own(&self, from: usize, to: usize) -> Meaning {
        self.word(from, to)
            .filter(|meaning| meaning.class != Class::Form && !meaning.is_short_county())
            .unwrap_or(Meaning::OWN)
    }

    fn word(&self, from: usize, to: usize) -> Option<Meaning> {
        let cursor = self
            .characters
            .get(from..to)?
            .iter()
            .try_fold(Cursor::START, |cursor, character| cursor.step(*character));
        cursor?.meaning()
    }

    pub(super) fn is_place(&self, from: usize, to: usize) -> bool {
        let mut at = from;
        while at < to {
            let place = longest(&self.characters[at..to], |meaning, _| {
                meaning.class == Class::Place
            });
            let Some((length, _)) = place else {
                return false;
            };
            at += length;
        }
        from < to
    }

    pub(super) fn push_places(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let place = longest(&self.characters[at..to], |meaning, _| {
                meaning.class == Class::Place
            });
            let Some((length, meaning)) = place else {
                return;
            };
            self.push(PartKind::Region, at, at + length, meaning);
            at += length;
        }
    }

    pub(super) fn push(&mut self, kind: PartKind, from: usize, to: usize, meaning: Meaning) {
        if from < to {
            let (from, to) = (self.places[from], self.places[to]);
            self.tokens.push(Token {
                kind,
                meaning,
                from,
                to,
                spelled: (0, 0),
            });
        }
    }

    pub(super) fn ends_with(&self, from: usize, to: usize, end: &str) -> bool {
        let (from, to) = (usize::from(self.places[from]), usize::from(self.places[to]));
        self.text[from..to].ends_with(end)
    }

    /// The characters of a stretch of bytes.
    fn stretch(&self, (from, to): (u16, u16)) -> Option<(usize, usize)> {
        let from = self.places.binary_search(&from).ok()?;
        Some((from, self.places.binary_search(&to).ok()?))
    }
}

/// Whether a legal form may begin so: most characters are passed over without asking the tables.
pub(super) fn begins_form(first: char) -> bool {
    matches!(
        first,
        '一' | '专'
            | '个'
            | '事'
            | '任'
            | '全'
            | '兩'
            | '公'
            | '农'
            | '匿'
            | '合'
            | '国'
            | '外'
            | '总'
            | '控'
            | '普'
            | '有'
            | '株'
            | '民'
            | '無'
            | '特'
            | '社'
            | '经'
            | '股'
            | '责'
            | '集'
    )
}

/// Whether a place may follow another: below it, or anywhere if it has its suffix or nothing came before.
fn fits_below(above: Option<Meaning>, place: Meaning) -> bool {
    match above {
        None => !place.is_short_county(),
        Some(above) if above.concept == place.concept => false,
        Some(above) => {
            above.weight == 1
                || place.other == above.concept
                || place.weight == 4 && place.other == 0
        }
    }
}
