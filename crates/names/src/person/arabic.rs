//! Parts of Arabic names that usages cut differently: Abd al-, al-Din, Allah.

/// The endings of Arabic names that are written as a word or as a part of one, and what stands before them.
pub(super) fn arabic_ending(word: &[u8]) -> Option<(&[u8], &'static [u8])> {
    const DIN: [&[u8]; 4] = [b"din", b"dine", b"deen", b"dyn"];
    const ALLAH: [&[u8]; 4] = [b"llah", b"lah", b"lla", b"llh"];
    let stem = |endings: &[&[u8]]| endings.iter().find_map(|ending| word.strip_suffix(*ending));
    if let Some(stem) = stem(&DIN) {
        // An article has become a doubled letter, or stands whole.
        let stem = stem.strip_suffix(b"d").unwrap_or(stem);
        let bare = stem.strip_suffix(b"l").unwrap_or(stem);
        let [bare @ .., b'a' | b'e' | b'i' | b'o' | b'u'] = bare else {
            return bare.is_empty().then_some((bare, b"din"));
        };
        return (bare.is_empty() || bare.len() > 2).then_some((bare, b"din"));
    }
    let stem = stem(&ALLAH)?;
    let bare = stem
        .strip_suffix(b"u")
        .or_else(|| stem.strip_suffix(b"o"))
        .or_else(|| stem.strip_suffix(b"a"))?;
    let bare = bare.strip_suffix(b"o").unwrap_or(bare);
    (bare.is_empty() || bare.len() > 2).then_some((bare, b"llah"))
}

/// Whether a word is an article behind `abd`, in any of its assimilated forms.
pub(super) fn is_article(word: &[u8]) -> bool {
    matches!(
        word,
        b"al"
            | b"el"
            | b"ul"
            | b"ol"
            | b"ur"
            | b"ar"
            | b"er"
            | b"us"
            | b"as"
            | b"es"
            | b"ash"
            | b"at"
            | b"ad"
            | b"ed"
            | b"az"
            | b"an"
            | b"il"
            | b"l"
            | b"r"
    )
}

/// What follows `abd`, `abdul`, `abdel`, `abdur` … in a word that begins so; empty if nothing does.
pub(super) fn behind_abd(word: &[u8]) -> Option<&[u8]> {
    let rest = word.strip_prefix(b"abd")?;
    let vowels = rest
        .iter()
        .take_while(|letter| b"aeiou".contains(letter))
        .count();
    let after = &rest[vowels..];
    match after {
        [] if vowels == 0 => Some(after),
        [b'l', b'l', tail @ ..] => Some(if tail.len() < 2 { after } else { &after[1..] }),
        [b'l' | b'r' | b's'] if vowels > 0 => Some(&[]),
        [b'l', tail @ ..] if vowels > 0 && tail.len() >= 2 => Some(tail),
        [one, two, ..] if vowels > 0 && one == two => Some(&after[1..]),
        [_, _, _, ..] => Some(after),
        _ => None,
    }
}
