//! Words of addresses, companies and careers, and the values people enter to get past a form.

type List = Vec<&'static str>;

/// A line of business with the phrases of its business scope.
#[derive(Debug)]
pub(crate) struct Trade {
    pub(crate) name: &'static str,
    pub(crate) scopes: List,
}

#[derive(Debug)]
pub(crate) struct Occupation {
    pub(crate) chinese: &'static str,
    pub(crate) english: &'static str,
}

/// A foreign country and one surname from it.
#[derive(Debug)]
pub(crate) struct Nationality {
    pub(crate) chinese: &'static str,
    pub(crate) english: &'static str,
    pub(crate) surname: &'static str,
}

#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) road_names: List,
    pub(crate) road_kinds: List,
    pub(crate) estate_names: List,
    pub(crate) estate_kinds: List,
    pub(crate) buildings: List,
    pub(crate) trade_names: List,
    pub(crate) mobile_prefixes: List,
    pub(crate) mail_domains: List,
    pub(crate) area_codes: List,
    pub(crate) legal_forms: List,
    pub(crate) shop_kinds: List,
    pub(crate) remarks: List,
    pub(crate) false_names: List,
    pub(crate) false_identities: List,
    pub(crate) false_mobiles: List,
    pub(crate) false_addresses: List,
    pub(crate) trades: Vec<Trade>,
    pub(crate) occupations: Vec<Occupation>,
    pub(crate) nationalities: Vec<Nationality>,
}

impl Words {
    pub(super) fn new() -> Self {
        let trades = super::lines(include_str!("../../data/trades.tsv"));
        let occupations = super::lines(include_str!("../../data/occupations.tsv"));
        let nationalities = super::lines(include_str!("../../data/nationalities.tsv"));
        Self {
            road_names: list("road_name"),
            road_kinds: list("road_kind"),
            estate_names: list("estate_name"),
            estate_kinds: list("estate_kind"),
            buildings: list("building"),
            trade_names: list("trade_name"),
            mobile_prefixes: list("mobile_prefix"),
            mail_domains: list("mail_domain"),
            area_codes: list("area_code"),
            legal_forms: list("legal_form"),
            shop_kinds: list("shop_kind"),
            remarks: list("remark"),
            false_names: list("false_name"),
            false_identities: list("false_identity"),
            false_mobiles: list("false_mobile"),
            false_addresses: list("false_address"),
            trades: trades
                .map(|[name, scopes]| Trade {
                    name,
                    scopes: words(scopes),
                })
                .collect(),
            occupations: occupations
                .map(|[chinese, english]| Occupation { chinese, english })
                .collect(),
            nationalities: nationalities
                .map(|[chinese, english, surname]| Nationality {
                    chinese,
                    english,
                    surname,
                })
                .collect(),
        }
    }
}

fn list(kind: &str) -> List {
    let table = include_str!("../../data/words.tsv");
    let mut lines = super::lines(table);
    lines
        .find(|[found, _]| *found == kind)
        .map_or_else(Vec::new, |[_, line]| words(line))
}

fn words(line: &'static str) -> List {
    line.split(' ').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_is_empty() {
        let all = format!("{:?}", Words::new());
        assert!(!all.contains("[]") && !all.contains("\"\""), "{all}");
    }
}
