//! Commands that answer row by row, as a process: the contract for whoever measures from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

/// How a run ended.
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

fn hubu(words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hubu"));
    command
        .args(words.split_whitespace())
        .args(["--language", "en"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs to the end with this on standard input.
fn ended(words: &str, input: &[u8]) -> Ended {
    let mut child = hubu(words).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // Whoever does not read to the end closes the pipe.
        scope.spawn(move || drop(pipe.write_all(input)));
        let output = child.wait_with_output().unwrap();
        Ended {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    })
}

#[track_caller]
fn answered(words: &str, input: &[u8]) -> String {
    let ended = ended(words, input);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    ended.out
}

#[test]
fn names_are_compared_beside_the_columns_they_came_in() {
    let table = "id,a,kind,b\n7,张三,person,\"Zhang, San\"\n8,x\n";
    let told = answered("names compare --left a --right b -", table.as_bytes());
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "id,a,kind,b,score,reasons");
    let beside = lines[1]
        .strip_prefix("7,张三,person,\"Zhang, San\",0.")
        .unwrap();
    assert!(
        beside.starts_with('9') && beside.ends_with(",pinyin"),
        "{told}"
    );
    assert_eq!(
        lines[2],
        "8,x,,,,\"cell_count: has 2 cells, the first row has 4\""
    );
}

#[test]
fn a_column_that_is_not_there_is_said_with_those_that_are() {
    let ended = ended("names compare --left a --right c -", b"a,b\n1,2\n");
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
    assert_eq!(
        ended.err,
        "hubu: there is no column c; the columns are: a, b\n"
    );
}

#[test]
fn a_list_of_names_needs_no_header_and_no_end() {
    let mut child = hubu("names keys -").spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    pipe.write_all("张三\n".as_bytes()).unwrap();
    assert_eq!(lines.next().unwrap().unwrap(), "input,kind,keys,reason");
    assert!(lines.next().unwrap().unwrap().starts_with("张三,person,"));
    pipe.write_all("李四\n".as_bytes()).unwrap();
    assert!(lines.next().unwrap().unwrap().starts_with("李四,person,"));
    drop(pipe);
    assert!(lines.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn whoever_has_seen_enough_is_left_in_peace() {
    let mut child = hubu("names keys -").spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let writing =
        std::thread::spawn(
            move || while pipe.write_all("张三\n".repeat(1_000).as_bytes()).is_ok() {},
        );
    let mut first = [0; 5];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"input");
    writing.join().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    for (input, said) in [
        (
            b"PK\x03\x04...".as_slice(),
            "is a workbook or an archive, name the file",
        ),
        (b"\x1f\x8b\x08..", "is gzip-compressed, decompress it first"),
    ] {
        let ended = ended("names keys -", input);
        assert_eq!(ended.code, Some(2));
        assert!(
            ended.err.starts_with("hubu: standard input: "),
            "{}",
            ended.err
        );
        assert!(ended.err.contains(said), "{}", ended.err);
    }
    let ended = ended("names keys no-such-file", b"");
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.err.contains("no-such-file cannot be read"),
        "{}",
        ended.err
    );
}

#[test]
fn other_formats_answer_alike() {
    let folder = tempfile::tempdir().unwrap();
    let expected = answered("names keys -", "姓名\n张三\n李四\n".as_bytes());
    for format in ["csv", "xlsx", "ndjson", "parquet"] {
        let path = folder.path().join(format!("names.{format}"));
        let format = tables::Format::from_extension(&path.to_string_lossy()).unwrap();
        let mut writer = tables::Writer::create(&path, format, &["姓名"]).unwrap();
        for name in ["张三", "李四"] {
            writer.write_row(&[Some(name)]).unwrap();
        }
        writer.finish().unwrap();
        let words = format!("names keys {}", path.display());
        assert_eq!(answered(&words, b""), expected, "{format}");
    }
}

#[test]
fn identifiers_are_checked_with_reasons_parts_and_repairs() {
    let table = "证件号码,出生日期,性别,行政区划代码\n\
                 11010519491231002x,,,\n\
                 11010519491131002X,1949-12-31,女,110105\n\
                 11010519491231012X,,,\n";
    let told = answered("identifiers check --kind resident-id -", table.as_bytes());
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "input,kind,valid,normal,parts,reason,suggestion");
    assert_eq!(
        lines[1],
        "11010519491231002x,resident-id,true,11010519491231002X,form=18;birth_date=1949-12-31;sex=female;division=110105;place=朝阳区,,"
    );
    assert!(
        lines[2].starts_with("11010519491131002X,resident-id,false,,,"),
        "{told}"
    );
    assert!(lines[2].ends_with(",11010519491231002X"), "{told}");
    assert!(
        lines[3].contains(';'),
        "alone a wrong digit has several repairs: {told}"
    );
}

#[test]
fn a_list_of_identifiers_is_told_apart_from_its_header() {
    let body = "91350100M000100Y43,credit-code,true,";
    for header in [
        "",
        "number\n",
        "统一社会信用代码\n",
        "whatever\n",
        "\u{feff}证号\r\n",
    ] {
        let input = format!("{header}91350100M000100Y43\n");
        let told = answered("identifiers check -", input.as_bytes());
        let rows: Vec<&str> = told.lines().skip(1).collect();
        assert!(
            rows.len() == 1 && rows[0].starts_with(body),
            "{header:?}: {told}"
        );
    }
}

#[test]
fn a_bad_row_is_answered_and_the_run_goes_on() {
    let mut table =
        b"id,number\n1,13800138000\n2\n3,\xff\n\"4,13800138000\n5,13800138000\n6,".to_vec();
    table.resize(table.len() + (5 << 20), b'9');
    table.extend_from_slice(b"\n7,13800138000");
    let words = "identifiers check --column number --kind mobile --json -";
    let told = answered(words, &table);
    let valid = told.lines().map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        value["valid"].as_bool().unwrap()
    });
    let valid: Vec<bool> = valid.collect();
    assert_eq!(valid, [true, false, false, false, true, false, true]);
    for code in [
        "cell_count: ",
        "bad_encoding: ",
        "unclosed_quote: ",
        "too_large: ",
    ] {
        assert!(told.contains(code), "{code} in {told}");
    }
}

#[test]
fn a_kind_that_is_not_known_is_said_with_those_that_are() {
    let ended = ended("identifiers check --kind iban -", b"");
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("credit-code"), "{}", ended.err);
}

#[test]
fn an_answer_in_json_reads_back() {
    let told = answered(
        "identifiers check --kind mobile --json -",
        b"13800138000\nx\n",
    );
    let values: Vec<serde_json::Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(values[0]["valid"], true);
    assert_eq!(values[0]["normal"], "13800138000");
    assert_eq!(values[1]["valid"], false);
    let keys: Vec<&String> = values[1].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 7);
}

#[test]
fn addresses_are_parsed_into_the_columns_of_the_contract() {
    let told = answered(
        "addresses parse -",
        "浙江杭州西湖区三墩镇金渡北路12号3幢2单元501室\n".as_bytes(),
    );
    assert_eq!(
        told,
        "input,province,city,district,town,community,road,number,estate,building,unit,floor,room,poi,code,remainder\n\
         浙江杭州西湖区三墩镇金渡北路12号3幢2单元501室,浙江,杭州,西湖区,三墩镇,,金渡北路,12号,,3幢,2单元,,501室,,330106109,\n"
    );
    let ended = ended(
        "addresses parse --column 地址 -",
        "地址,x\n上海市闸北区\n".as_bytes(),
    );
    assert_eq!(ended.code, Some(0));
    assert!(
        ended.err.contains("1 rows could not be read"),
        "{}",
        ended.err
    );
    assert!(
        ended
            .out
            .ends_with("上海市闸北区,,,,,,,,,,,,,,,上海市闸北区\n"),
        "{}",
        ended.out
    );
}
