//! Doctor finds what was changed behind the back of the program, and names it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on ends here"
)]

mod support;

use support::Installation;

const BOOK: &str = "\
客户编号,姓名,证件号码,手机号码,暗号
1,张三,11010519491231002X,13812345678,天王盖地虎
2,李四,,13912345678,宝塔镇河妖
3,张三,11010519491231002X,13712345678,
4,王五,,13612345678,
";

fn each_with_a_book() -> impl Iterator<Item = Installation> {
    Installation::each().inspect(|installation| {
        let book = installation.file("book.csv", BOOK).display().to_string();
        let arguments = [
            "import",
            &book,
            "--source",
            "s",
            "--new-source",
            "--key",
            "客户编号",
            "--json",
        ];
        installation.json(arguments);
        assert_eq!(installation.findings(), Vec::<String>::new());
    })
}

/// After this change doctor finds these, in the order in which it looks.
#[track_caller]
fn found_after(statement: &str, findings: &[&str]) {
    for installation in each_with_a_book() {
        installation.tamper(statement);
        assert_eq!(installation.findings(), findings, "{statement}");
    }
}

#[test]
fn a_changed_record_is_found_and_named() {
    let statement = "update record set general = (select other.general from record as other where other.id = 4) where id = 2";
    found_after(
        statement,
        &["record_changed", "view_differs", "index_entry_missing"],
    );
    for installation in each_with_a_book() {
        installation.tamper(statement);
        let said = installation.hubu(["doctor"]).out;
        assert!(said.contains("record/2"), "{said}");
        assert!(said.contains("customer/000000000027"), "{said}");
    }
}

#[test]
fn a_changed_seal_is_found() {
    found_after(
        "update record set sensitive = (select other.sensitive from record as other where other.id = 4) where id = 2",
        &["record_unreadable", "view_unreadable"],
    );
}

#[test]
fn a_changed_date_is_found() {
    found_after(
        "update record set observed_at = observed_at + 1 where id = 4",
        &["record_changed"],
    );
}

#[test]
fn a_commitment_changed_with_its_record_is_found_by_the_log() {
    found_after(
        "update record set commitment = (select other.commitment from record as other where other.id = 4) where id = 2",
        &["record_changed", "audit_root"],
    );
}

#[test]
fn a_record_taken_away_is_found() {
    found_after(
        "delete from record where id = 4",
        &["audit_root", "view_differs", "tally_differs"],
    );
}

#[test]
fn a_view_that_says_something_else_is_found_and_rebuilt() {
    for installation in each_with_a_book() {
        let before = installation.dump("before");
        installation.tamper("update golden_view set name = '王八' where customer_id = 3");
        assert_eq!(
            installation.findings(),
            ["view_differs", "index_entry_missing"]
        );
        assert_eq!(installation.hubu(["doctor", "--rebuild"]).code, Some(0));
        assert_eq!(installation.findings(), Vec::<String>::new());
        assert_eq!(installation.dump("after"), before);
    }
}

#[test]
fn a_view_taken_away_is_found_and_rebuilt() {
    for installation in each_with_a_book() {
        let before = installation.dump("before");
        installation.tamper("delete from golden_view where customer_id = 3");
        assert_eq!(installation.findings(), ["view_differs", "tally_differs"]);
        assert_eq!(installation.hubu(["doctor", "--rebuild"]).code, Some(0));
        assert_eq!(installation.dump("after"), before);
    }
}

#[test]
fn a_membership_in_nobody_is_found() {
    found_after(
        "update membership set customer_id = 77 where series_id = 2",
        &["membership_dead", "view_differs"],
    );
    found_after(
        "delete from membership where series_id = 2",
        &["membership_missing", "view_differs"],
    );
}

#[test]
fn a_redirect_that_leads_nowhere_is_found() {
    found_after(
        "update customer set merged_into = 99 where id = 3",
        &["membership_dead", "redirect_wrong", "view_left_behind"],
    );
}

#[test]
fn keys_of_the_index_that_are_gone_are_found() {
    // Kind 4: whole sensitive values.
    found_after(
        "delete from index_block where kind = 4",
        &["index_entry_missing"],
    );
    found_after(
        "delete from index_block where kind > 0",
        &["index_entry_missing", "index_run_empty"],
    );
}

#[test]
fn a_count_that_is_off_is_found() {
    found_after(
        "update tally set value = value + 1 where name = 'records'",
        &["tally_differs"],
    );
    found_after(
        "update batch set accepted = accepted - 1",
        &["batch_counts"],
    );
}

#[test]
fn an_entry_taken_out_of_the_log_is_found() {
    found_after(
        "delete from audit_entry where action = 'records.written'",
        &["audit_gap", "record_unproven"],
    );
    found_after(
        "delete from audit_entry where action = 'source.created'",
        &["audit_gap"],
    );
}

#[test]
fn a_key_that_is_gone_is_found() {
    for installation in each_with_a_book() {
        installation.tamper_with_keys("delete from data_key where scope = 1 and id = 2");
        let findings = installation.findings();
        assert!(findings.contains(&"key_missing".to_owned()), "{findings:?}");
    }
}
