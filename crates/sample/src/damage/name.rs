//! Ways of writing a person's name wrongly or otherwise.

use crate::person::Person;
use crate::random::Random;
use crate::reference::Names;

/// Writes the name with one part replaced by another of the same sound.
pub(crate) fn homophone(
    text: &mut String,
    person: &Person,
    names: &Names,
    random: &mut Random,
) -> bool {
    let given = person.given();
    let at = random.below(given.len() + 1);
    let surname = &names.surnames[person.surname];
    let before = text.clone();
    text.clear();
    if at == 0 {
        let same: Vec<&str> = names
            .surnames
            .iter()
            .filter(|other| other.pinyin == surname.pinyin && other.text != surname.text)
            .map(|other| other.text)
            .collect();
        text.push_str(if same.is_empty() {
            surname.text
        } else {
            random.pick(&same)
        });
    } else {
        text.push_str(surname.text);
    }
    for (position, &part) in given.iter().enumerate() {
        text.push(if position + 1 == at {
            random.pick(names.homophones(part))
        } else {
            part.character
        });
    }
    *text != before
}

/// Replaces every character that has a look-alike.
pub(crate) fn look_alike(text: &mut String, names: &Names) -> bool {
    replace(text, |character| names.look_alike(character))
}

/// Replaces every character that has a traditional form.
pub(crate) fn traditional(text: &mut String, names: &Names) -> bool {
    replace(text, |character| names.traditional(character))
}

/// Puts a blank after the first character.
pub(crate) fn blank_inside(text: &mut String) -> bool {
    let second = text.char_indices().nth(1).map(|(start, _)| start);
    if let Some(start) = second {
        text.insert(start, ' ');
    }
    second.is_some()
}

fn replace(text: &mut String, other: impl Fn(char) -> Option<char>) -> bool {
    let replaced: String = text
        .chars()
        .map(|given| other(given).unwrap_or(given))
        .collect();
    let changed = replaced != *text;
    *text = replaced;
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Reference;

    #[test]
    fn names_are_written_in_other_forms() {
        let reference = Reference::new();
        let mut text = "陈伟国".to_owned();
        assert!(traditional(&mut text, &reference.names));
        assert_eq!(text, "陳偉國");
        let mut text = "杨丽".to_owned();
        assert!(look_alike(&mut text, &reference.names));
        assert_eq!(text, "扬莉");
        assert!(blank_inside(&mut text));
        assert_eq!(text, "扬 莉");
    }
}
