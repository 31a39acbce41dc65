//! A store that another process holds: work is handed over, or refused with exit code 3.

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use support::Installation;

const BOOK: &str = "姓名,手机号码\n张三,13812345678\n李四,13912345678\n";

/// A server that ends with the test.
struct Server(Child);

impl Server {
    /// Starts it and waits until it says that it serves.
    fn start(installation: &Installation) -> Self {
        let mut command = installation.command(["serve", "--listen", "127.0.0.1:0"]);
        let mut server = Self(command.stderr(Stdio::null()).spawn().unwrap());
        let said = BufReader::new(server.0.stdout.take().unwrap());
        let serves = said
            .lines()
            .any(|line| line.unwrap().contains("Hubu serves http://127.0.0.1:"));
        assert!(serves, "the server ended before it served");
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

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
    let process = server.0.id().to_string();
    let told = std::process::Command::new("kill")
        .args(["-TERM", &process])
        .status();
    assert!(told.unwrap().success());
    assert_eq!(server.0.wait().unwrap().code(), Some(0));
    assert!(!installation.data().join("hubu.sock").exists());
    assert_eq!(installation.findings(), Vec::<String>::new());
    server = Server::start(&installation);
    drop(server);
}
