//! Keys under which names of organisations are found again: several for a name, one in common suffices.
//!
//! Words of a name's own are kept by the consonants that transliterations keep; a Chinese trade name by its characters,
//! by its sounds, and by the characters that a short name takes. What many names have makes no key unless there is
//! nothing else.

use super::lexicon::Class;
use super::name::{OrganisationName, PartKind, Token};
use crate::search_keys::each_reading;

/// A name has no more keys than these.
const MOST_KEYS: usize = 24;

/// Of names that have no word of their own, so many words are keys in pairs.
const MOST_PAIRED: usize = 5;

/// The letters of the longest syllable, `zhuang`.
const LONGEST_SYLLABLE: usize = 6;

/// The keys of a name, sorted, without repetition.
pub(super) fn keys(name: &OrganisationName) -> Vec<String> {
    let mut keys = Vec::with_capacity(8);
    add(name, &mut keys);
    for (_, former) in name.former() {
        add(former, &mut keys);
    }
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(MOST_KEYS);
    keys
}

fn add(name: &OrganisationName, keys: &mut Vec<String>) {
    if name.tokens().is_empty() {
        return;
    }
    let known = name
        .tokens()
        .iter()
        .filter(|token| token.meaning.class == Class::Known);
    keys.extend(known.map(|token| format!("known:{}", token.meaning.concept)));
    if name.is_chinese() {
        chinese(name, keys);
    } else {
        in_words(name, keys);
    }
}

fn chinese(name: &OrganisationName, keys: &mut Vec<String>) {
    let stem = || name.tokens().iter().filter(|token| is_stem(token));
    let own: String = stem()
        .filter(|token| token.kind == PartKind::TradeName)
        .map(|token| name.word(token))
        .collect();
    let with_trade: String = stem()
        .filter(|token| token.kind != PartKind::Region)
        .map(|token| name.word(token))
        .collect();
    let whole: String = stem().map(|token| name.word(token)).collect();
    for text in [&own, &with_trade, &whole] {
        if let Some(meaning) =
            super::lexicon::meaning(text).filter(|meaning| meaning.class == Class::Known)
        {
            keys.push(format!("known:{}", meaning.concept));
        }
    }
    let text = if name.has_own() && own.chars().count() > 1 {
        &own
    } else {
        &with_trade
    };
    if text.is_empty() {
        keys.extend((!name.normal().is_empty()).then(|| format!("name:{}", name.normal())));
        return;
    }
    // The beginning finds a name of which one character at the end is another.
    let beginning: String = text.chars().take(2).collect();
    keys.push(format!("name:{text}"));
    keys.push(format!("name:{beginning}"));
    let sounds = sounds(text);
    keys.push(format!("sound:{sounds}"));
    keys.push(format!("sound:{}", self::sounds(&beginning)));
    keys.push(format!("word:{}", consonants(&sounds)));
    if sounds.contains('ü') {
        // 绿 is typed `lv`, and `lu` in print.
        keys.push(format!("word:{}", consonants(&sounds.replace('ü', "v"))));
    }
    // A short name takes the first character of each word; of the last word it may take the last.
    let first = |token: &Token| name.word(token).chars().next();
    let short: String = stem().filter_map(first).collect();
    let short_without_region: String = stem()
        .filter(|token| token.kind != PartKind::Region)
        .filter_map(first)
        .collect();
    keys.extend(
        [short, short_without_region]
            .into_iter()
            .filter(|short| short.chars().count() > 1)
            .map(|short| format!("short:{short}")),
    );
    let own_length = own.chars().count();
    if stem().count() <= 2 && (2..=4).contains(&own_length) {
        keys.push(format!("short:{own}"));
    }
}

fn is_stem(token: &Token) -> bool {
    matches!(
        token.kind,
        PartKind::Region | PartKind::TradeName | PartKind::Trade
    ) || token.meaning.class == Class::Kind
}

fn sounds(text: &str) -> String {
    let mut sounds = String::with_capacity(32);
    each_reading(text, |character, reading| match reading {
        Some(reading) => sounds.push_str(reading),
        None => sounds.push(character),
    });
    sounds
}

fn in_words(name: &OrganisationName, keys: &mut Vec<String>) {
    let tokens = || {
        name.tokens()
            .iter()
            .filter(|token| !matches!(token.kind, PartKind::LegalForm | PartKind::Branch))
    };
    let own: Vec<&str> = tokens()
        .filter(|token| token.meaning.class == Class::Own)
        .map(|token| name.spelled(token))
        .collect();
    let before = keys.len();
    for word in own.iter().filter(|word| word.len() > 2) {
        keys.push(format!("word:{}", consonants(word)));
        // The Arabic article may be written with its word.
        if let Some(rest) = word.strip_prefix("al").filter(|rest| rest.len() > 4) {
            keys.push(format!("word:{}", consonants(rest)));
        }
    }
    if own.len() > 1 {
        keys.push(format!("word:{}", consonants(&own.concat())));
    }
    // Syllables of one Chinese name may stand apart.
    for run in own.windows(2).chain(own.windows(3)).chain(own.windows(4)) {
        if run.iter().all(|word| word.len() <= LONGEST_SYLLABLE) {
            keys.push(format!("word:{}", consonants(&run.concat())));
        }
    }
    for word in own.iter().filter(|word| (2..=8).contains(&word.len())) {
        keys.push(format!("initials:{word}"));
    }
    // With small words and without, since usages differ.
    let initials = |with_small: bool| -> String {
        let words = tokens().filter(|token| with_small || token.kind != PartKind::Joining);
        words
            .flat_map(|token| name.spelled(token).split(' '))
            .filter_map(|word| word.chars().next())
            .collect()
    };
    let (all, without) = (initials(true), initials(false));
    let most = without.chars().count().saturating_sub(1);
    let cut: String = without.chars().take(most).collect();
    keys.extend(
        [all, without, cut]
            .into_iter()
            .filter(|initials| (3..=8).contains(&initials.chars().count()))
            .map(|initials| format!("initials:{initials}")),
    );
    if own.is_empty() {
        words_of_many(name, keys);
    }
    if keys.len() == before && !name.normal().is_empty() {
        keys.push(format!("all:{}", name.normal()));
    }
}

/// Keys of a name in which nothing is its own: all words together and in pairs, each by its meaning where it has one.
fn words_of_many(name: &OrganisationName, keys: &mut Vec<String>) {
    let tokens = || {
        name.tokens()
            .iter()
            .filter(|token| !matches!(token.kind, PartKind::LegalForm | PartKind::Branch))
    };
    let mut words: Vec<String> = tokens()
        .filter(|token| token.kind != PartKind::Joining)
        .map(|token| match token.meaning.class {
            Class::Own | Class::Number | Class::Known | Class::Small => {
                name.spelled(token).to_owned()
            }
            class => format!("{class:?}{}", token.meaning.concept),
        })
        .collect();
    words.sort_unstable();
    keys.push(format!("all:{}", words.join("+")));
    for (place, one) in words.iter().enumerate().take(MOST_PAIRED) {
        let others = words.iter().take(MOST_PAIRED).skip(place + 1);
        keys.extend(others.map(|other| format!("all:{one}+{other}")));
    }
}

/// What is left of a word in all its usual spellings: consonants by sound, doubled ones once, a vowel at the beginning as such.
fn consonants(word: &str) -> String {
    let mut kept = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    let mut at_beginning = true;
    let mut other = [0; 4];
    while let Some(letter) = letters.next() {
        let before_h = letters.peek() == Some(&'h');
        let sounds: &str = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'ü' if at_beginning => "a",
            'a' | 'e' | 'i' | 'o' | 'u' | 'ü' | 'y' | 'w' | 'h' => "",
            'c' | 's' | 'z' if before_h => "s",
            'x' => "ks",
            'q' | 'c' | 'k' | 'g' => "k",
            'z' | 's' => "s",
            'b' | 'p' => "p",
            'v' | 'f' => "f",
            'd' | 't' => "t",
            _ => letter.encode_utf8(&mut other),
        };
        at_beginning = false;
        for sound in sounds.chars() {
            if !kept.ends_with(sound) {
                kept.push(sound);
            }
        }
    }
    if kept.chars().count() < 2 {
        word.to_owned()
    } else {
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn written(name: &str) -> String {
        keys(&OrganisationName::parse(name)).join(" ")
    }

    #[track_caller]
    fn share(left: &str, right: &str) {
        let (one, other) = (
            keys(&OrganisationName::parse(left)),
            keys(&OrganisationName::parse(right)),
        );
        assert!(
            one.iter().any(|key| other.contains(key)),
            "{one:?} {other:?}"
        );
    }

    #[test]
    fn keys_are_the_name_its_sounds_and_its_short_forms() {
        assert_snapshot!(written("北京中关村科技有限公司"), @"name:中关 name:中关村 short:中科 short:北中科 sound:zhongguan sound:zhongguancun word:snknkn");
        assert_snapshot!(written("International Business Machines Corporation"), @"all:Generic144+Generic40 all:Generic144+Generic40+Trade161 all:Generic144+Trade161 all:Generic40+Trade161 initials:ibm");
        assert_snapshot!(written("***"), @"");
    }

    #[test]
    fn names_of_one_organisation_have_a_key_in_common() {
        share("中石化", "中国石油化工集团有限公司");
        share("中国工商银行股份有限公司", "ICBC");
        share(
            "北京中关村科技有限公司",
            "Beijing Zhong Guan Cun Technology Co., Ltd.",
        );
        share(
            "字节跳动（北京）科技有限公司",
            "上海字节跳动网络技术有限公司",
        );
        share("IBM", "International Business Machines");
        share("AL-HARAMAIN FOUNDATION", "Alharamayn");
        share("ROSOBORONEKSPORT OAO", "Rosoboronexport JSC");
        share("甲乙有限公司（原名：丙丁有限公司）", "丙丁有限公司");
    }

    proptest! {
        #[test]
        fn keys_are_few_sorted_and_those_of_the_folded_name(name in any::<String>(), near in "[北京甲乙科技有限公司银行A-z (（)）.]{0,20}") {
            for name in [name, near] {
                let found = keys(&OrganisationName::parse(&name));
                prop_assert!(found.len() <= MOST_KEYS && found.is_sorted());
                prop_assert_eq!(found.is_empty(), OrganisationName::parse(&name).parts().is_empty());
            }
        }
    }
}
