//! Every record belongs to exactly one customer that lives, and every redirect leads somewhere.

use storage::StorageError;

use crate::operation::doctor::report::{customer, record};
use crate::operation::doctor::{Doctor, PAGE, Stage};
use crate::register::RegisterError;

impl<P: FnMut(Stage, u64)> Doctor<'_, P> {
    pub(super) async fn memberships(&mut self) -> Result<(), RegisterError> {
        (self.progress)(Stage::Memberships, 0);
        for series in self.offenders(include_str!("dead_memberships.sql")).await? {
            self.findings.add(
                "membership_dead",
                record(series),
                "所属客户不存在或已被合并",
                "belongs to a customer that does not exist or was merged away",
            );
        }
        for series in self
            .offenders(include_str!("doubled_memberships.sql"))
            .await?
        {
            self.findings.add(
                "membership_doubled",
                record(series),
                "同时属于多个客户",
                "belongs to more than one customer at once",
            );
        }
        for series in self
            .offenders(include_str!("missing_memberships.sql"))
            .await?
        {
            self.findings.add(
                "membership_missing",
                record(series),
                "不属于任何客户",
                "belongs to no customer",
            );
        }
        for id in self.offenders(include_str!("wrong_redirects.sql")).await? {
            self.findings.add(
                "redirect_wrong",
                customer(id),
                "合并后的转指不指向更早的客户号",
                "redirects to no older customer",
            );
        }
        for id in self.offenders(include_str!("left_views.sql")).await? {
            self.views_to_rebuild.push(id);
            self.findings.add(
                "view_left_behind",
                customer(id),
                "已无此客户，统一视图却仍在",
                "has a view although it does not exist or was merged away",
            );
        }
        Ok(())
    }

    /// The database itself looks for what must not be, so that only that is read.
    async fn offenders(&mut self, sql: &'static str) -> Result<Vec<i64>, StorageError> {
        let rows = self.transaction.fetch_all(sql, [PAGE.into()]).await?;
        rows.iter().map(|row| row.integer(0)).collect()
    }
}
