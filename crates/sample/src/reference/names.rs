//! Surnames and given-name characters by their sound.

use std::collections::HashMap;

/// A surname with its sound.
#[derive(Debug)]
pub(crate) struct Surname {
    pub(crate) text: &'static str,
    pub(crate) pinyin: &'static str,
}

/// A character of a given name; `syllable` finds those that sound the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GivenCharacter {
    pub(crate) character: char,
    pub(crate) syllable: u16,
}

#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) surnames: Vec<Surname>,
    cumulative_weights: Vec<usize>,
    /// Characters of men's names, the common ones first.
    pub(crate) male: Vec<GivenCharacter>,
    /// Characters of women's names, the common ones first.
    pub(crate) female: Vec<GivenCharacter>,
    syllables: Vec<(&'static str, Vec<char>)>,
    traditional: HashMap<char, char>,
    look_alike: HashMap<char, char>,
}

impl Names {
    pub(super) fn new() -> Self {
        let mut surnames = Vec::new();
        let mut cumulative_weights = Vec::new();
        let mut total = 0;
        for [text, pinyin, weight] in super::lines(include_str!("../../data/surnames.tsv")) {
            total += weight.parse::<usize>().unwrap_or(0);
            surnames.push(Surname { text, pinyin });
            cumulative_weights.push(total);
        }
        let mut names = Self {
            surnames,
            cumulative_weights,
            male: Vec::new(),
            female: Vec::new(),
            syllables: Vec::new(),
            traditional: HashMap::new(),
            look_alike: HashMap::new(),
        };
        names.read_given_characters();
        names.read_other_forms();
        names
    }

    fn read_given_characters(&mut self) {
        let table = include_str!("../../data/given.tsv");
        for (syllable, [pinyin, male, female, rare]) in (0..).zip(super::lines(table)) {
            let given = |character| GivenCharacter {
                character,
                syllable,
            };
            self.male.extend(male.chars().map(given));
            self.female.extend(female.chars().map(given));
            let all = male.chars().chain(female.chars()).chain(rare.chars());
            self.syllables.push((pinyin, all.collect()));
        }
    }

    fn read_other_forms(&mut self) {
        let table = include_str!("../../data/written_otherwise.tsv");
        for [character, traditional, look_alike] in super::lines(table) {
            let Some(character) = character.chars().next() else {
                continue;
            };
            let forms = [
                (&mut self.traditional, traditional),
                (&mut self.look_alike, look_alike),
            ];
            for (map, form) in forms {
                map.extend(form.chars().map(|form| (character, form)));
            }
        }
    }

    /// The number of the surname that a number below [`Names::total_weight`] falls on.
    pub(crate) fn surname_at(&self, weight: usize) -> usize {
        self.cumulative_weights
            .partition_point(|&upper| upper <= weight)
    }

    pub(crate) fn total_weight(&self) -> usize {
        self.cumulative_weights.last().copied().unwrap_or(0)
    }

    pub(crate) fn pinyin(&self, given: GivenCharacter) -> &'static str {
        self.syllables[usize::from(given.syllable)].0
    }

    /// All characters of this sound, the given one among them.
    pub(crate) fn homophones(&self, given: GivenCharacter) -> &[char] {
        &self.syllables[usize::from(given.syllable)].1
    }

    /// The traditional form of a character that has one.
    pub(crate) fn traditional(&self, character: char) -> Option<char> {
        self.traditional.get(&character).copied()
    }

    /// What the character is mistaken for when read from a form.
    pub(crate) fn look_alike(&self, character: char) -> Option<char> {
        self.look_alike.get(&character).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_are_found_by_weight() {
        let names = Names::new();
        assert_eq!(names.surnames[names.surname_at(0)].text, "王");
        assert_eq!(names.surnames[names.surname_at(7_100)].text, "李");
        assert_eq!(
            names.surnames[names.surname_at(names.total_weight() - 1)].text,
            "东方"
        );
    }

    #[test]
    fn characters_know_their_sound_and_other_forms() {
        let names = Names::new();
        let first = names.male[0];
        assert_eq!((first.character, names.pinyin(first)), ('伟', "wei"));
        assert!(names.homophones(first).contains(&'玮'));
        assert_eq!(names.traditional('陈'), Some('陳'));
        assert_eq!(names.look_alike('国'), Some('囯'));
    }
}
