//! What became of places that are no more.

use std::collections::BTreeMap;

use super::collected::Place;

/// For each place the index of its successor, or its own.
pub fn successors(places: &[Place], changes: &str) -> Vec<u32> {
    let named = Named::new(places);
    let told = told(places, &named, changes);
    let mut successors: Vec<usize> = (0..places.len()).collect();
    for (index, place) in places.iter().enumerate() {
        if place.last == 0 {
            continue;
        }
        let same_code = places.get(places.partition_point(|other| other.code < place.code));
        let successor = match same_code {
            Some(valid) if valid.code == place.code && valid.last == 0 => {
                Some(places.partition_point(|other| other.code < place.code))
            }
            _ => told
                .get(&index)
                .copied()
                .or_else(|| named.heir(places, place)),
        };
        if let (Some(successor), Some(slot)) = (successor, successors.get_mut(index)) {
            *slot = successor;
        }
    }
    let numbers = successors
        .into_iter()
        .map(|index| u32::try_from(index).unwrap_or_default());
    numbers.collect()
}

/// Valid places by name.
struct Named<'places>(BTreeMap<&'places str, Vec<usize>>);

impl<'places> Named<'places> {
    fn new(places: &'places [Place]) -> Self {
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, place) in places.iter().enumerate() {
            if place.last == 0 {
                named.entry(&place.name).or_default().push(index);
            }
        }
        Self(named)
    }

    /// The only valid place of the same core name and level under the same superior, if there is one.
    fn heir(&self, places: &[Place], place: &Place) -> Option<usize> {
        let superior = if place.level() == 4 {
            100_000
        } else {
            10_000_000
        };
        let core = core(&place.name);
        let endings: &[&str] = match place.level() {
            4 => &["街道", "镇", "乡"],
            3 => &["区", "市", "县"],
            _ => &["市"],
        };
        let mut heirs = Vec::new();
        for ending in endings {
            let name = format!("{core}{ending}");
            for index in self.0.get(name.as_str()).into_iter().flatten() {
                let other = places.get(*index)?;
                if other.level() == place.level() && other.code / superior == place.code / superior
                {
                    heirs.push(*index);
                }
            }
        }
        match heirs[..] {
            [heir] => Some(heir),
            _ => None,
        }
    }
}

fn core(name: &str) -> &str {
    let endings = ["街道", "镇", "乡", "区", "市", "县", "地区"];
    let stripped = endings.iter().find_map(|ending| name.strip_suffix(ending));
    stripped
        .filter(|core| core.chars().count() > 1)
        .unwrap_or(name)
}

/// `date, authority, province, …=>province, city, county` rows.
fn told(places: &[Place], named: &Named, changes: &str) -> BTreeMap<usize, usize> {
    let mut told = BTreeMap::new();
    for line in changes.lines() {
        let Some((before, after)) = line.split_once("=>") else {
            continue;
        };
        let fields: Vec<&str> = before.split('\t').collect();
        let (Some(province), Some(old)) =
            (fields.get(2), fields.iter().skip(2).step_by(2).next_back())
        else {
            continue;
        };
        let Some(new) = after.split('\t').next_back() else {
            continue;
        };
        let province = places
            .iter()
            .find(|place| place.level() == 1 && place.name == *province);
        let Some(province) = province else { continue };
        let within = |index: &usize| {
            places.get(*index).is_some_and(|place| {
                place.code / 10_000_000 == province.code / 10_000_000 && place.level() < 4
            })
        };
        let heir = named
            .0
            .get(new.trim())
            .into_iter()
            .flatten()
            .copied()
            .find(|index| within(index));
        let Some(heir) = heir else { continue };
        for (index, place) in places.iter().enumerate() {
            if place.last != 0 && place.name == *old && within(&index) {
                told.insert(index, heir);
            }
        }
    }
    told
}
