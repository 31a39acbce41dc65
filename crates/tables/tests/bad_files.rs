//! What is said of bad files: each is made here, and each sentence names file and place.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod workbook;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;

use tables::{Limits, ReadOptions, TableError, open, open_source, survey_reader};
use workbook::workbook;
use zip::write::SimpleFileOptions;

/// Reads to the end and shows what went wrong, in both languages.
#[track_caller]
fn refusal(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    refusal_within(Limits::default(), name, bytes)
}

#[track_caller]
fn refusal_within(limits: Limits, name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let bytes = bytes.into();
    let length = bytes.len() as u64;
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let read = open_source(Cursor::new(bytes), name, length, &options).and_then(survey_reader);
    shown(&read.unwrap_err())
}

fn shown(error: &TableError) -> String {
    format!("{}\n{error}\n{}", error.code(), error.zh())
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn a_directory_is_no_file() {
    let error = open(Path::new("/"), &ReadOptions::default()).err().unwrap();
    insta::assert_snapshot!(shown(&error), @r"
    directory
    /: is a directory, name a file
    /:这是一个目录,请指定文件
    ");
}

#[test]
fn a_missing_file_is_named() {
    let error = open(Path::new("no-such-file.csv"), &ReadOptions::default())
        .err()
        .unwrap();
    insta::assert_snapshot!(shown(&error), @r"
    io
    no-such-file.csv: cannot be read or written: No such file or directory (os error 2)
    no-such-file.csv:无法读写:No such file or directory (os error 2)
    ");
}

#[test]
fn an_empty_file_has_no_header() {
    insta::assert_snapshot!(refusal("empty.csv", ""), @r"
    empty_file
    empty.csv: is empty, a header is required
    empty.csv:文件是空的,至少需要表头
    ");
    insta::assert_snapshot!(refusal("blank.csv", "\u{FEFF}\r\n\n\r\n"), @r"
    empty_file
    blank.csv: is empty, a header is required
    blank.csv:文件是空的,至少需要表头
    ");
    insta::assert_snapshot!(refusal("empty.ndjson", "\n\n"), @r"
    empty_file
    empty.ndjson: is empty, a header is required
    empty.ndjson:文件是空的,至少需要表头
    ");
}

#[test]
fn text_cut_off_inside_a_character_names_line_and_byte() {
    let mut bytes = "姓名,城市\n张丽,北京\n王芳,上海".as_bytes().to_vec();
    bytes.pop();
    insta::assert_snapshot!(refusal("cut.csv", bytes), @r"
    cut_off
    cut.csv: line 3, byte 38: the file ends inside a UTF-8 character, it was cut off
    cut.csv:第 3 行(字节 38):文件在一个 UTF-8 字符中间中断,不完整
    ");
    let mut bytes = gb18030("姓名,城市\n张丽,北京\n王芳,上海");
    bytes.pop();
    insta::assert_snapshot!(refusal("cut-gb.csv", bytes), @r"
    cut_off
    cut-gb.csv: line 3, byte 27: the file ends inside a GB18030 character, it was cut off
    cut-gb.csv:第 3 行(字节 27):文件在一个 GB18030 字符中间中断,不完整
    ");
    let mut bytes = "{\"姓名\":\"张丽\"}\n{\"姓名\":\"王芳".as_bytes().to_vec();
    bytes.pop();
    insta::assert_snapshot!(refusal("cut.ndjson", bytes), @r"
    cut_off
    cut.ndjson: line 2, byte 34: the file ends inside a UTF-8 character, it was cut off
    cut.ndjson:第 2 行(字节 34):文件在一个 UTF-8 字符中间中断,不完整
    ");
}

#[test]
fn a_change_of_encoding_names_the_line_where_it_happens() {
    let mut bytes = "姓名,城市\n张丽,北京\n王芳,上海\n".as_bytes().to_vec();
    bytes.extend(gb18030("李娜,广州\n"));
    insta::assert_snapshot!(refusal("mixed.csv", bytes), @r"
    bad_encoding
    mixed.csv: line 4, byte 42: not valid UTF-8; save the whole file in one encoding, UTF-8 is best
    mixed.csv:第 4 行(字节 42)不是有效的 UTF-8 文本;请将整个文件保存为同一种编码,推荐 UTF-8
    ");
    let mut bytes = gb18030("姓名,城市\n张丽,北京\n王芳,上海\n");
    bytes.extend("李娜娜,广州\n".as_bytes());
    insta::assert_snapshot!(refusal("mixed-gb.csv", bytes), @r"
    bad_encoding
    mixed-gb.csv: line 4, byte 30: not valid GB18030; save the whole file in one encoding, UTF-8 is best
    mixed-gb.csv:第 4 行(字节 30)不是有效的 GB18030 文本;请将整个文件保存为同一种编码,推荐 UTF-8
    ");
}

#[test]
fn utf8_rows_that_happen_to_be_gb18030_are_found_too() {
    // Every cell has an even number of characters, so GB18030 decodes it, to nonsense.
    let mut bytes = gb18030("姓名,城市\n张丽,北京\n王芳,上海\n");
    bytes.extend("李娜,广州\n李雷,深圳\n".as_bytes());
    insta::assert_snapshot!(refusal("mixed-even.csv", bytes), @r"
    bad_encoding
    mixed-even.csv: line 4, byte 30: not valid GB18030; save the whole file in one encoding, UTF-8 is best
    mixed-even.csv:第 4 行(字节 30)不是有效的 GB18030 文本;请将整个文件保存为同一种编码,推荐 UTF-8
    ");
}

#[test]
fn ten_thousand_columns_are_too_many() {
    let header: Vec<String> = (0..10_000).map(|column| format!("c{column}")).collect();
    insta::assert_snapshot!(refusal("wide.csv", header.join(",") + "\n"), @r"
    too_many
    wide.csv: has 10000 columns, 1000 are allowed
    wide.csv:列数量为 10000,上限为 1000
    ");
    let mut object = String::new();
    for name in &header {
        let _ = write!(
            object,
            "{}\"{name}\":1",
            if object.is_empty() { "{" } else { "," }
        );
    }
    insta::assert_snapshot!(refusal("wide.ndjson", object + "}\n"), @r"
    too_many
    wide.ndjson: has 1001 columns, 1000 are allowed
    wide.ndjson:列数量为 1001,上限为 1000
    ");
}

#[test]
fn a_cell_of_fifty_megabytes_is_too_large() {
    let cell = "x".repeat(50_000_000);
    insta::assert_snapshot!(refusal("large.csv", format!("name,note\n张丽,{cell}\n")), @r"
    too_large
    large.csv: line 2, column 2 (note): a cell is larger than 1048576 bytes
    large.csv:第 2 行,列 2 (note):单元格超过 1048576 字节
    ");
    insta::assert_snapshot!(refusal("quoted.csv", format!("name,note\n张丽,\"{cell}\"\n")), @r"
    too_large
    quoted.csv: line 2, column 2 (note): a cell is larger than 1048576 bytes; perhaps a quote is not closed
    quoted.csv:第 2 行,列 2 (note):单元格超过 1048576 字节;可能有引号没有闭合
    ");
    insta::assert_snapshot!(refusal("large.ndjson", format!("{{\"note\":1}}\n{{\"note\":\"{cell}\"}}\n")), @r"
    too_large
    large.ndjson: line 2: a row is larger than 16777216 bytes
    large.ndjson:第 2 行:一行超过 16777216 字节
    ");
    let cell = &cell[..2_000_000];
    let sheet = format!(
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>note</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>{cell}</v></c></row>"
    );
    let limits = Limits {
        xlsx_ratio: 2_000,
        ..Limits::default()
    };
    insta::assert_snapshot!(refusal_within(limits, "large.xlsx", workbook(&sheet)), @r#"
    too_large
    large.xlsx: sheet "客户", cell A2: a cell is larger than 1048576 bytes
    large.xlsx:工作表“客户”单元格 A2:单元格超过 1048576 字节
    "#);
}

#[test]
fn two_columns_of_one_name_are_refused() {
    insta::assert_snapshot!(refusal("twice.csv", "姓名,电话,姓名\n"), @r#"
    duplicate_header
    twice.csv: column 3 has the same name as column 1: "姓名"; rename one
    twice.csv:第 3 列与第 1 列同名“姓名”,请改名
    "#);
}

#[test]
fn a_nul_byte_is_refused_with_its_place() {
    insta::assert_snapshot!(refusal("nul.csv", "name,note\n张丽,a\0b\n"), @r"
    nul_byte
    nul.csv: line 2, column 2 (note): holds a NUL byte, the file is damaged or not a text file
    nul.csv:第 2 行,列 2 (note):含有 NUL 字节,文件已损坏或不是文本文件
    ");
    insta::assert_snapshot!(refusal("nul.csv", "name,note\n张丽,\"a\n\0b\"\n"), @r"
    nul_byte
    nul.csv: line 3, column 2 (note): holds a NUL byte, the file is damaged or not a text file
    nul.csv:第 3 行,列 2 (note):含有 NUL 字节,文件已损坏或不是文本文件
    ");
}

#[test]
fn a_quote_that_is_never_closed_is_found_where_it_opens() {
    insta::assert_snapshot!(refusal("quote.csv", "name,note\n张丽,ok\n王芳,\"never\nclosed,\n"), @r"
    unclosed_quote
    quote.csv: line 3, column 2 (note): the quote that opens here is never closed
    quote.csv:第 3 行,列 2 (note):引号没有闭合
    ");
}

#[test]
fn other_kinds_of_files_are_refused_by_name() {
    insta::assert_snapshot!(refusal("old.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....".to_vec()), @r"
    unsupported_format
    old.xls: is an old or encrypted Office file, save it as XLSX without a password
    old.xls:不支持的文件类型(an old or encrypted Office file),请另存为 CSV、XLSX、NDJSON 或 Parquet
    ");
    insta::assert_snapshot!(refusal("list.json", "[{\"a\":1}]"), @r"
    unsupported_format
    list.json: is a JSON array, write one object per line instead (NDJSON)
    list.json:不支持的文件类型(a JSON array),请另存为 CSV、XLSX、NDJSON 或 Parquet
    ");
    insta::assert_snapshot!(refusal("text.xlsx", "name,note\n"), @r"
    damaged_file
    text.xlsx: the whole file: cannot be read as xlsx: it does not begin as a zip archive
    text.xlsx:整个文件:无法作为 xlsx 读取:it does not begin as a zip archive
    ");
    insta::assert_snapshot!(refusal("text.parquet", "name,note\n"), @r"
    damaged_file
    text.parquet: the whole file: cannot be read as parquet: it does not begin with PAR1
    text.parquet:整个文件:无法作为 parquet 读取:it does not begin with PAR1
    ");
}

#[test]
fn a_formula_cell_is_named() {
    let sheet = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>name</v></c></row>\
        <row r=\"5\"><c r=\"C5\"><f>SUM(A1:A2)</f><v>3</v></c></row>";
    insta::assert_snapshot!(refusal("formula.xlsx", workbook(sheet)), @r#"
    formula_cell
    formula.xlsx: sheet "客户": cell C5 holds a formula, save the sheet as values
    formula.xlsx:工作表“客户”的单元格 C5 含有公式,请将工作表另存为数值
    "#);
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_read() {
    let zeros = "0".repeat(64 << 20);
    insta::assert_snapshot!(refusal("bomb.xlsx", workbook(&zeros)), @r#"
    zip_bomb
    bomb.xlsx: part "xl/worksheets/sheet1.xml" inflates to more than 200 times its size: refused as a zip bomb
    bomb.xlsx:部件“xl/worksheets/sheet1.xml”解压后超过原大小的 200 倍,按压缩炸弹拒绝
    "#);
    let limits = Limits {
        xlsx_ratio: 2_000,
        xlsx_uncompressed_bytes: 32 << 20,
        ..Limits::default()
    };
    insta::assert_snapshot!(refusal_within(limits, "bomb.xlsx", workbook(&zeros)), @r#"
    too_large
    bomb.xlsx: part "xl/worksheets/sheet1.xml": the workbook is larger than 33554432 bytes inflated
    bomb.xlsx:部件“xl/worksheets/sheet1.xml”:解压后的工作簿超过 33554432 字节
    "#);
}

#[test]
fn an_archive_that_is_no_workbook_is_refused() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive
        .start_file("readme.txt", SimpleFileOptions::default())
        .unwrap();
    archive.write_all(b"hello").unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    insta::assert_snapshot!(refusal("readme.zip", bytes), @r"
    damaged_file
    readme.zip: the whole file: cannot be read as xlsx: File not found '_rels/.rels'
    readme.zip:整个文件:无法作为 xlsx 读取:File not found '_rels/.rels'
    ");
}

#[test]
fn a_parquet_file_cut_off_is_refused() {
    insta::assert_snapshot!(refusal("cut.parquet", b"PAR1 and then nothing at all".to_vec()), @r"
    damaged_file
    cut.parquet: the whole file: cannot be read as parquet: it does not end with PAR1, it was cut off
    cut.parquet:整个文件:无法作为 parquet 读取:it does not end with PAR1, it was cut off
    ");
    let mut bytes = b"PAR1............".to_vec();
    bytes.extend(0x7FFF_FFFF_u32.to_le_bytes());
    bytes.extend(b"PAR1");
    insta::assert_snapshot!(refusal("large.parquet", bytes), @r"
    too_large
    large.parquet: footer: the metadata is larger than 4194304 bytes
    large.parquet:文件尾:元数据超过 4194304 字节
    ");
}

#[test]
fn more_rows_than_allowed_are_refused() {
    let limits = Limits {
        rows: 2,
        ..Limits::default()
    };
    insta::assert_snapshot!(refusal_within(limits, "long.csv", "a,b\n1,2\n3,4\n5,6\n"), @r"
    too_many
    long.csv: has 3 rows, 2 are allowed
    long.csv:行数量为 3,上限为 2
    ");
}

#[test]
fn a_file_larger_than_allowed_is_not_opened() {
    let limits = Limits {
        file_bytes: 5,
        ..Limits::default()
    };
    insta::assert_snapshot!(refusal_within(limits, "long.csv", "a,b\n1,2\n"), @r"
    too_large
    long.csv: the whole file: the file is larger than 5 bytes
    long.csv:整个文件:文件超过 5 字节
    ");
}
