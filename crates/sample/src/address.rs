//! Addresses: where a party lives or is registered, and the ways to write that down.

use crate::day::push_padded;
use crate::random::Random;
use crate::reference::{District, Reference};

/// One address; numbers point into the reference tables.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub(crate) district: usize,
    road: (usize, usize),
    number: usize,
    estate: Option<(usize, usize)>,
    building: usize,
    unit: usize,
    floor: usize,
    door: usize,
    office: Option<usize>,
}

/// How the same address is written by different people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Building {
    /// 3栋2单元1201室
    Full,
    /// 3-2-1201
    Dashes,
    /// 3号楼2单元1201室
    Numbered,
}

/// A way of writing addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    /// 浙江杭州 for 浙江省杭州市
    pub(crate) short_divisions: bool,
    pub(crate) building: Building,
}

impl Style {
    pub(crate) const FULL: Self = Self {
        short_divisions: false,
        building: Building::Full,
    };
}

impl Address {
    pub(crate) fn home(random: &mut Random, reference: &Reference) -> Self {
        let words = &reference.words;
        // One in seven lives in an older house without an estate.
        let estate = (!random.chance(1_500)).then(|| {
            (
                random.below(words.estate_names.len()),
                random.below(words.estate_kinds.len()),
            )
        });
        Self {
            estate,
            office: None,
            ..Self::any(random, reference)
        }
    }

    pub(crate) fn office(random: &mut Random, reference: &Reference) -> Self {
        let building = random.below(reference.words.buildings.len());
        Self {
            office: Some(building),
            ..Self::any(random, reference)
        }
    }

    fn any(random: &mut Random, reference: &Reference) -> Self {
        let words = &reference.words;
        Self {
            district: any_district(random, reference),
            road: (
                random.skewed(words.road_names.len()),
                random.below(words.road_kinds.len()),
            ),
            number: 1 + random.below(998),
            estate: None,
            building: 1 + random.below(39),
            unit: 1 + random.below(5),
            floor: 1 + random.below(32),
            door: 1 + random.below(4),
            office: None,
        }
    }

    pub(crate) fn district<'a>(&self, reference: &'a Reference) -> &'a District {
        &reference.divisions.districts[self.district]
    }

    /// Appends the address in this style.
    pub(crate) fn write(&self, text: &mut String, reference: &Reference, style: Style) {
        let district = self.district(reference);
        for name in [district.province, district.city] {
            let shortened = name
                .strip_suffix(['省', '市'])
                .filter(|_| style.short_divisions);
            text.push_str(shortened.unwrap_or(name));
        }
        text.push_str(district.name);
        let words = &reference.words;
        text.push_str(words.road_names[self.road.0]);
        text.push_str(words.road_kinds[self.road.1]);
        push_padded(text, self.number as u64, 1);
        text.push('号');
        if let Some(office) = self.office {
            text.push_str(words.buildings[office]);
            push_padded(text, self.floor as u64, 1);
            text.push('层');
            self.write_room(text);
            text.push('室');
        } else {
            self.write_flat(text, reference, style.building);
        }
    }

    fn write_flat(&self, text: &mut String, reference: &Reference, style: Building) {
        if let Some((name, kind)) = self.estate {
            text.push_str(reference.words.estate_names[name]);
            text.push_str(reference.words.estate_kinds[kind]);
        }
        push_padded(text, self.building as u64, 1);
        text.push_str(match style {
            Building::Full => "栋",
            Building::Dashes => "-",
            Building::Numbered => "号楼",
        });
        push_padded(text, self.unit as u64, 1);
        text.push_str(if style == Building::Dashes {
            "-"
        } else {
            "单元"
        });
        self.write_room(text);
        if style != Building::Dashes {
            text.push('室');
        }
    }

    fn write_room(&self, text: &mut String) {
        push_padded(text, (self.floor * 100 + self.door) as u64, 1);
    }
}

/// Some districts are home to more people than others, but not those that happen to stand first.
pub(crate) fn any_district(random: &mut Random, reference: &Reference) -> usize {
    // A prime larger than any shift between neighbours scatters the favoured ones.
    const SCATTER: usize = 1_009;
    let count = reference.divisions.districts.len();
    random.skewed(count) * SCATTER % count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use insta::assert_snapshot;

    #[test]
    fn one_address_is_written_in_several_ways() {
        let reference = Reference::new();
        let mut random = Random::new(4, Stream::Address, 0);
        let home = Address::home(&mut random, &reference);
        let write = |address: &Address, style| {
            let mut text = String::new();
            address.write(&mut text, &reference, style);
            text
        };
        let short = |building| Style {
            short_divisions: true,
            building,
        };
        assert_snapshot!(write(&home, Style::FULL), @"海南省三亚市崖州区天府中路138号都市花园20栋5单元1602室");
        assert_snapshot!(write(&home, short(Building::Dashes)), @"海南三亚崖州区天府中路138号都市花园20-5-1602");
        assert_snapshot!(write(&home, short(Building::Numbered)), @"海南三亚崖州区天府中路138号都市花园20号楼5单元1602室");
        let office = Address::office(&mut random, &reference);
        assert_snapshot!(write(&office, Style::FULL), @"甘肃省兰州市榆中县迎宾大道842号产业园12层1202室");
    }
}
