//! Every view is the fold of its records, compared after both were opened.

use std::collections::{BTreeMap, HashMap};

use crate::operation::doctor::report::customer;
use crate::operation::doctor::{Doctor, Stage};
use crate::protection::KeyScope;
use crate::register::{
    CustomerId, GoldenRow, NewGolden, RegisterError, load_golden, refold, trust_of,
};

impl<P: FnMut(Stage, u64)> Doctor<'_, P> {
    pub(super) async fn customers(&mut self) -> Result<(), RegisterError> {
        let trust = trust_of(&mut self.transaction).await?;
        let mut after = 0;
        loop {
            let sql = include_str!("page_of_customers.sql");
            let ids = self.page(sql, after).await?;
            let Some(last) = ids.last() else {
                return Ok(());
            };
            after = *last;
            self.page_of_views(&trust, &ids).await?;
            self.checked.customers += ids.len() as u64;
            (self.progress)(Stage::Customers, self.checked.customers);
        }
    }

    /// Compares a page. Where something of it cannot be opened, each customer is tried by itself.
    async fn page_of_views(
        &mut self,
        trust: &HashMap<i64, u8>,
        ids: &[CustomerId],
    ) -> Result<(), RegisterError> {
        match self.views_of(trust, ids).await {
            Ok((held, folded)) => return self.compare(ids, &held, &folded).await,
            Err(RegisterError::Storage(error)) => return Err(error.into()),
            Err(_) => {}
        }
        for id in ids {
            match self.views_of(trust, &[*id]).await {
                Ok((held, folded)) => self.compare(&[*id], &held, &folded).await?,
                Err(RegisterError::Storage(error)) => return Err(error.into()),
                Err(_) => self.findings.add(
                    "view_unreadable",
                    customer(*id),
                    "统一视图或其所依据的记录无法解封",
                    "its view, or a record behind it, cannot be opened",
                ),
            }
        }
        Ok(())
    }

    async fn views_of(
        &mut self,
        trust: &HashMap<i64, u8>,
        ids: &[CustomerId],
    ) -> Result<(BTreeMap<CustomerId, GoldenRow>, Vec<NewGolden>), RegisterError> {
        let held = load_golden(&mut self.transaction, self.store, ids).await?;
        let folded = refold(&mut self.transaction, self.store, trust, ids).await?;
        Ok((held, folded))
    }

    async fn compare(
        &mut self,
        ids: &[CustomerId],
        held: &BTreeMap<CustomerId, GoldenRow>,
        folded: &[NewGolden],
    ) -> Result<(), RegisterError> {
        let folded: BTreeMap<CustomerId, &NewGolden> =
            folded.iter().map(|view| (view.customer, view)).collect();
        let keys = self.store.keys.load(KeyScope::Customer, ids).await?;
        self.checked.views += held.len() as u64;
        for id in ids {
            match (held.get(id), folded.get(id)) {
                (None, None) => {}
                (Some(held), Some(folded)) => {
                    if !keys.contains_key(id) {
                        self.findings.add(
                            "key_missing",
                            customer(*id),
                            "密钥库中没有该客户的密钥",
                            "the key store has no key of this customer",
                        );
                    } else if !is_same(held, folded) {
                        self.views_to_rebuild.push(*id);
                        self.findings.add(
                            "view_differs",
                            customer(*id),
                            "统一视图与其记录重新归并的结果不同",
                            "its view is not what its records fold to",
                        );
                    }
                }
                (held, _) => {
                    let (zh, en) = if held.is_some() {
                        ("已无记录，统一视图却仍在", "has a view and no records")
                    } else {
                        ("有记录而没有统一视图", "has records and no view")
                    };
                    self.views_to_rebuild.push(*id);
                    self.findings.add("view_differs", customer(*id), zh, en);
                }
            }
        }
        Ok(())
    }
}

fn is_same(held: &GoldenRow, folded: &NewGolden) -> bool {
    let view = &folded.view;
    i64::try_from(folded.records) == Ok(held.records)
        && held.kind == view.kind
        && held.name == view.name
        && held.values == view.values
}
