//! What other programs may rely on: arguments, reports and exit codes.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on ends here"
)]

mod support;

use serde_json::json;
use support::Installation;

const BOOK: &str = "\
客户编号,姓名,证件号码,手机号码,暗号
1,张三,11010519491231002X,13812345678,天王盖地虎
2,李四,,13912345678,宝塔镇河妖
3,张三,11010519491231002X,13712345678,
,,,,
";

fn import<'a>(book: &'a str, more: &'a str) -> [&'a str; 7] {
    [
        "import",
        book,
        "--source",
        "branch",
        "--key",
        "客户编号",
        more,
    ]
}

#[test]
fn a_report_accounts_for_every_row() {
    for installation in Installation::each() {
        let book = installation.file("book.csv", format!("{BOOK}5,x\n"));
        let book = book.display().to_string();
        let report = installation.json([
            "import",
            &book,
            "--source",
            "branch",
            "--key",
            "客户编号",
            "--new-source",
            "--json",
        ]);
        assert_eq!(report["rows"], 5);
        assert_eq!(report["accepted"], 3);
        assert_eq!(report["quarantined"], 2);
        assert_eq!(report["customers"], 2);
        assert_eq!(report["durability"], "process");
        assert_eq!(installation.findings(), Vec::<String>::new());
    }
}

#[test]
fn a_second_import_repeats_nothing() {
    let installation = Installation::embedded();
    let book = installation.file("book.csv", BOOK).display().to_string();
    assert_eq!(
        installation.hubu(import(&book, "--new-source")).code,
        Some(0)
    );
    let before = installation.dump("before");
    let ended = installation.hubu(import(&book, "--json"));
    let report: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(report["repeated"], true);
    assert_eq!(report["accepted"], 3);
    assert_eq!(installation.dump("after"), before);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let installation = Installation::embedded();
    let book = installation.file("book.csv", BOOK).display().to_string();
    let report = installation.json([
        "import",
        &book,
        "--source",
        "branch",
        "--new-source",
        "--dry-run",
        "--json",
    ]);
    assert_eq!(
        (&report["accepted"], &report["customers"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(installation.dump("dump"), "");
}

#[test]
fn a_source_that_nobody_registered_is_bad_input() {
    let installation = Installation::embedded();
    let book = installation.file("book.csv", BOOK).display().to_string();
    for more in ["--json", "--dry-run"] {
        let ended = installation.hubu(import(&book, more));
        assert_eq!(ended.code, Some(2));
        assert_eq!(
            ended.err,
            "hubu: no source is called branch; --new-source registers it\n"
        );
    }
}

#[test]
fn a_mapping_file_says_what_headers_do_not() {
    let installation = Installation::embedded();
    let book = installation
        .file("book.csv", "a,b\n1,张三\n")
        .display()
        .to_string();
    let mapping = "key_column = \"a\"\n[[columns]]\ncolumn = \"b\"\nattribute = \"name\"\n";
    let mapping = installation.file("m.toml", mapping).display().to_string();
    let arguments = |mapping| {
        [
            "import",
            &book,
            "--source",
            "s",
            "--new-source",
            "--mapping",
            mapping,
            "--json",
        ]
    };
    installation.json(arguments(&mapping));
    let found = installation.json(["customers", "--name", "张三", "--json"]);
    assert_eq!(found["customers"][0]["number"], "000000000019");

    let wrong = "[[columns]]\ncolumn = \"z\"\nattribute = \"name\"\n";
    let wrong = installation.file("wrong.toml", wrong).display().to_string();
    let ended = installation.hubu(arguments(&wrong));
    assert_eq!(ended.code, Some(2));
    assert_eq!(ended.err, "hubu: the file has no column z\n");
    let ended = installation.hubu(arguments("branch_file"));
    assert_eq!(ended.code, Some(2));
    assert_eq!(
        ended.err,
        "hubu: the source has no mapping called branch_file\n"
    );
    let save = [
        "mappings",
        "save",
        &mapping,
        "--source",
        "s",
        "--name",
        "branch_file",
        "--json",
    ];
    installation.json(save);
    assert_eq!(
        installation.json(arguments("branch_file"))["repeated"],
        true
    );
}

#[test]
fn what_nobody_recognises_is_kept_and_found_by_its_whole_value() {
    let installation = Installation::embedded();
    let book = installation.file("book.csv", BOOK).display().to_string();
    installation.hubu(import(&book, "--new-source"));
    let found = installation.json(["customers", "--whole-value", "宝塔镇河妖", "--json"]);
    assert_eq!(found["customers"][0]["name"], "李四");
    let dump = installation.dump("dump");
    assert!(dump.contains(r#"["column 暗号","天王盖地虎"]"#), "{dump}");
}

#[test]
fn records_are_masked_unless_somebody_says_why_not() {
    let installation = Installation::embedded();
    let book = installation.file("book.csv", BOOK).display().to_string();
    installation.hubu(import(&book, "--new-source"));
    let masked = installation.hubu(["records", "--source", "branch"]).out;
    assert!(
        masked.contains("张三") && masked.contains("138****5678"),
        "{masked}"
    );
    assert!(!masked.contains("11010519491231002X") && !masked.contains("13812345678"));
    assert_eq!(installation.hubu(["records", "--unmask"]).code, Some(2));
    let clear = installation
        .hubu(["records", "--unmask", "--purpose", "compliance"])
        .out;
    assert!(clear.contains("13812345678"), "{clear}");
    let query = "select count(*) from audit_entry where action = 'value.unmasked'";
    assert_eq!(installation.number("hubu", query), Some(3));
}

#[test]
fn clusters_name_the_customer_of_every_key() {
    let installation = Installation::embedded();
    let book = installation.file("book.csv", BOOK).display().to_string();
    installation.hubu(import(&book, "--new-source"));
    let output = installation.path("clusters.csv").display().to_string();
    installation.json([
        "customers",
        "clusters",
        "--source",
        "branch",
        "--output",
        &output,
        "--json",
    ]);
    let clusters = std::fs::read_to_string(&output).unwrap();
    let lines: Vec<&str> = clusters.lines().collect();
    assert_eq!(
        lines,
        [
            "record_key,customer_number",
            "1,000000000019",
            "2,000000000027",
            "3,000000000019"
        ]
    );
}

#[test]
fn settings_come_from_flags_then_environment_then_file() {
    let installation = Installation::embedded();
    let book = installation.file("book.csv", BOOK).display().to_string();
    installation.file("hubu.toml", "durability = \"power\"\nlanguage = \"zh\"\n");
    let mut command =
        installation.command(["import", &book, "--source", "s", "--new-source", "--json"]);
    command.env_remove("HUBU_LANGUAGE");
    let output = command.output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["durability"], "power");
    let mut command = installation.command(["import", "nowhere.csv", "--source", "s"]);
    let output = command.env_remove("HUBU_LANGUAGE").output().unwrap();
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("无法读写")
    );
    installation.file("hubu.toml", "durability = \"paper\"\n");
    let ended = installation.hubu(["records"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("paper"), "{}", ended.err);
}

#[test]
fn help_documents_the_exit_codes() {
    let installation = Installation::embedded();
    let help = installation.hubu(["--help"]).out;
    for line in [
        "0  done",
        "2  bad input or usage; nothing was written half",
        "3  another process holds the store",
    ] {
        assert!(help.contains(line), "{help}");
    }
    assert_eq!(installation.hubu(["import"]).code, Some(2));
    assert!(
        installation
            .hubu(["completions", "bash"])
            .out
            .contains("_hubu")
    );
}

#[test]
fn accounts_are_made_and_put_away() {
    let installation = Installation::embedded();
    let mut command = installation.command(["account", "add", "li", "--role", "clerk"]);
    assert!(
        command
            .env("HUBU_NEW_PASSWORD", "a long password")
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(
        installation.hubu(["account", "disable", "li"]).code,
        Some(0)
    );
    let list = installation.json(["account", "list", "--json"]);
    assert_eq!(list["accounts"][0]["role"], "clerk");
    assert!(list["accounts"][0]["disabled_at"].is_string());
    assert_eq!(
        installation.hubu(["account", "disable", "wang"]).code,
        Some(2)
    );
}
