//! Customers with their views, merges, splits and reviews, in the order of numbers.

use std::collections::HashMap;
use std::io::Write;

use domain::register::GoldenValue;
use domain::resolution::MembershipReason;

use crate::operation::dump::line::{
    CustomerLine, MergeLine, RecordName, ReviewLine, SplitLine, View, ViewValue,
};
use crate::operation::dump::records::number;
use crate::operation::dump::{Dump, DumpError, PAGE};
use crate::register::load_golden;

impl<W: Write> Dump<'_, W> {
    pub(super) async fn customers(&mut self) -> Result<(), DumpError> {
        let mut after = 0;
        loop {
            let sql = include_str!("page_of_customers.sql");
            let cells = [after.into(), PAGE.into()];
            let rows = self.transaction.fetch_all(sql, cells).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.integer(0)?;
            let ids: Vec<i64> = rows
                .iter()
                .map(|row| row.integer(0))
                .collect::<Result<_, _>>()?;
            let mut views = load_golden(&mut self.transaction, self.store, &ids).await?;
            let records: Vec<i64> = views
                .values()
                .flat_map(|view| view.values.iter().map(|value| value.record))
                .collect();
            let names = self.names_of(&records).await?;
            for row in &rows {
                let id = row.integer(0)?;
                let view = views.remove(&id).map(|view| View {
                    kind: view.kind.name(),
                    name: view.name,
                    records: view.records,
                    values: view
                        .values
                        .into_iter()
                        .map(|value| self.value(value, &names))
                        .collect(),
                });
                self.write(&CustomerLine {
                    customer: number(id),
                    redirects_to: row.optional_integer(1)?.map(number),
                    view,
                })?;
            }
        }
    }

    fn value(&self, value: GoldenValue, names: &HashMap<i64, RecordName>) -> ViewValue {
        let attribute = self.store.catalogue.attribute(value.field);
        ViewValue {
            attribute: attribute.map_or_else(
                || format!("field {}", value.field.0),
                |attribute| attribute.name.clone(),
            ),
            value: value.value,
            valid: value.valid,
            losers: value.losers,
            from: names.get(&value.record).cloned(),
        }
    }

    pub(super) async fn merges(&mut self) -> Result<(), DumpError> {
        let mut after = 0;
        loop {
            let sql = include_str!("merges.sql");
            let cells = [after.into(), PAGE.into()];
            let rows = self.transaction.fetch_all(sql, cells).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.integer(0)?;
            for row in &rows {
                self.write(&MergeLine {
                    merged: number(row.integer(1)?),
                    into: number(row.integer(2)?),
                    reason: row.text(3)?,
                    undone: row.optional_integer(4)?.is_some(),
                })?;
            }
        }
    }

    pub(super) async fn splits(&mut self) -> Result<(), DumpError> {
        let mut after = 0;
        loop {
            let sql = include_str!("splits.sql");
            let cells = [after.into(), PAGE.into()];
            let rows = self.transaction.fetch_all(sql, cells).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.integer(0)?;
            for row in &rows {
                self.write(&SplitLine {
                    split: number(row.integer(1)?),
                    off: number(row.integer(2)?),
                    records: row.integer(3)?,
                    reason: row.text(4)?,
                })?;
            }
        }
    }

    pub(super) async fn reviews(&mut self) -> Result<(), DumpError> {
        let mut after = (0, 0);
        loop {
            let sql = include_str!("reviews.sql");
            let cells = [after.0.into(), after.1.into(), PAGE.into()];
            let rows = self.transaction.fetch_all(sql, cells).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = (last.integer(0)?, last.integer(1)?);
            let mut series = Vec::with_capacity(rows.len() * 2);
            for row in &rows {
                series.extend([row.integer(0)?, row.integer(1)?]);
            }
            let names = self.names_of(&series).await?;
            for row in &rows {
                let name = |series| names.get(&series).cloned();
                let reason = MembershipReason::from_number(row.integer(2)?);
                self.write(&ReviewLine {
                    review: (name(row.integer(0)?), name(row.integer(1)?)),
                    because: reason.map(MembershipReason::code),
                    state: row.text(3)?,
                })?;
            }
        }
    }
}
