//! A store that another process holds: work is handed over, or refused with exit code 3.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on ends here"
)]

mod support;

use support::{Installation, Server};

const BOOK: &str = "姓名,手机号码\n张三,13812345678\n李四,13912345678\n";

#[test]
fn an_import_is_handed_to_the_server_that_holds_the_store() {
    let installation = Installation::embedded();
    installation.file("book.csv", BOOK);
    let server = Server::start(&installation);
    // A path that only this process understands is made absolute before it is handed over.
    let report = installation.json([
        "import",
        "book.csv",
        "--source",
        "s",
        "--new-source",
        "--json",
    ]);
    assert_eq!(report["accepted"], 2);
    let socket = std::fs::metadata(installation.data().join("hubu.sock")).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&socket.permissions());
    assert_eq!(mode & 0o777, 0o600);
    drop(server);
    assert_eq!(installation.findings(), Vec::<String>::new());
    let query = "select count(*) from record";
    assert_eq!(installation.number("hubu", query), Some(2));
}

#[test]
fn a_refusal_comes_back_with_its_exit_code() {
    let installation = Installation::embedded();
    let bad = installation
        .file("bad.csv", "a,b\n\"x,1\n")
        .display()
        .to_string();
    let _server = Server::start(&installation);
    let ended = installation.hubu(["import", &bad, "--source", "s", "--new-source"]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended
            .err
            .contains("the quote that opens here is never closed"),
        "{}",
        ended.err
    );
}

#[test]
fn whoever_cannot_hand_over_is_told_who_holds_the_store() {
    let installation = Installation::embedded();
    installation.file("book.csv", BOOK);
    std::fs::create_dir(installation.data()).unwrap();
    let lock = std::fs::File::create(installation.data().join("hubu.lock")).unwrap();
    lock.lock().unwrap();
    let import = installation.hubu(["import", "book.csv", "--source", "s", "--new-source"]);
    let doctor = installation.hubu(["doctor"]);
    for ended in [import, doctor] {
        assert_eq!(ended.code, Some(3));
        assert!(
            ended.err.contains("is held by another hubu process"),
            "{}",
            ended.err
        );
    }
}

#[test]
fn a_server_that_is_told_to_stop_leaves_a_store_that_opens() {
    let installation = Installation::embedded();
    let mut server = Server::start(&installation);
    let process = server.process.id().to_string();
    let told = std::process::Command::new("kill")
        .args(["-TERM", &process])
        .status();
    assert!(told.unwrap().success());
    assert_eq!(server.process.wait().unwrap().code(), Some(0));
    assert!(!installation.data().join("hubu.sock").exists());
    assert_eq!(installation.findings(), Vec::<String>::new());
    server = Server::start(&installation);
    drop(server);
}
