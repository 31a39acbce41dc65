//! What packs in force say of attributes in the place of their declarations (属性规则): masks and survivorship.

use std::collections::BTreeMap;

use rulebook::{Rule, Stack};
use serde::{Deserialize, Serialize};

use crate::protection::Mask;
use crate::register::{Catalogue, Criterion};

/// Masks and survivorship that differ from the declarations, by the names of the attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[doc(alias = "属性规则")]
pub struct AttributeRules {
    /// How values are shown to those who may not see them.
    #[serde(default)]
    pub masks: BTreeMap<String, Mask>,
    /// What decides between values.
    #[serde(default)]
    pub survivorship: BTreeMap<String, Vec<Criterion>>,
}

impl AttributeRules {
    /// What a stack of packs says. Of several rules about one attribute that of the highest pack counts, whatever its id.
    pub fn of(stack: &Stack, catalogue: &Catalogue) -> Self {
        let mut said = Self::default();
        let mut rulings: Vec<_> = stack.rulings.values().collect();
        rulings.sort_by_key(|ruling| ruling.pack);
        for ruling in rulings {
            match stack.said(ruling) {
                Rule::Mask(rule) => {
                    said.masks.insert(rule.attribute.clone(), rule.shape);
                }
                Rule::Survivorship(rule) => {
                    let criteria = rule.criteria.clone();
                    said.survivorship.insert(rule.attribute.clone(), criteria);
                }
                _ => {}
            }
        }
        said.masks.retain(|name, mask| {
            let declared = catalogue.named(name);
            declared.is_some_and(|attribute| attribute.mask != *mask)
        });
        said.survivorship.retain(|name, criteria| {
            let declared = catalogue.named(name);
            declared.is_some_and(|attribute| attribute.survivorship != *criteria)
        });
        said
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const PACK: &str = r#"
        id = "PACK"
        version = "1"
        layer = "institution"
        label = { zh = "甲", en = "a" }
        effective_from = 2026-01-01
        files = ["rules.toml"]
        [[source]]
        id = "own"
        title = "甲"
        number = "1"
        issuer = "甲"
        confidence = "read"
    "#;

    const RULES: &str = r#"
        [[mask]]
        id = "PACK-mask"
        label = { zh = "甲", en = "a" }
        attribute = "mobile"
        shape = "SHAPE"
        source = "own"
        example = [{ given = "13800138000", expect = "EXPECT" }]
        [[survivorship]]
        id = "PACK-best"
        label = { zh = "甲", en = "a" }
        attribute = "name"
        criteria = ["newest"]
        source = "own"
        example = [{ given = [{ value = "王" }], expect = "王" }]
    "#;

    fn catalogue() -> Catalogue {
        let text = include_str!("../../../../packs/cn-base/attributes.toml");
        Catalogue::parse(text).unwrap()
    }

    fn lay(stack: &mut Stack, id: &str, (shape, expect): (&str, &str)) {
        let rules = RULES.replace("SHAPE", shape).replace("EXPECT", expect);
        let files = [("pack.toml", PACK), ("rules.toml", rules.as_str())];
        let files = files.map(|(name, text)| (name.to_owned(), text.replace("PACK", id)));
        let loaded = rulebook::load(&files.into(), &stack.foundation);
        let (pack, _) = loaded.unwrap_or_else(|problems| panic!("{problems:?}"));
        stack.lay(Arc::new(pack)).unwrap();
    }

    #[test]
    fn the_highest_pack_speaks_for_an_attribute_and_what_is_declared_anyway_is_left_out() {
        let catalogue = catalogue();
        let mut stack = Stack::new(crate::packs::foundation(&catalogue).unwrap());
        lay(&mut stack, "z-lower", ("keep:0:2", "*********00"));
        lay(&mut stack, "a-upper", ("all", "********"));
        let said = AttributeRules::of(&stack, &catalogue);
        assert_eq!(said.masks, [("mobile".to_owned(), Mask::All)].into());
        let newest = vec![Criterion::Newest];
        assert_eq!(
            said.survivorship,
            [("name".to_owned(), newest.clone())].into()
        );
        let in_force = catalogue.with(&said);
        assert_eq!(in_force.named("mobile").unwrap().mask, Mask::All);
        assert_eq!(in_force.named("name").unwrap().survivorship, newest);
        assert_eq!(in_force.named("phone"), catalogue.named("phone"));

        lay(&mut stack, "b-topmost", ("keep:3:4", "138****8000"));
        assert_eq!(AttributeRules::of(&stack, &catalogue).masks, [].into());
    }
}
