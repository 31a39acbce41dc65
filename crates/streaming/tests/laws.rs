//! Whatever the input holds and however it comes, the answers are those of one thread that reads
//! it whole.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

use std::io::{Cursor, ErrorKind, Read, Write};
use std::sync::mpsc;

use proptest::prelude::*;
use streaming::{Answers, Input, Row, RowProblem, StreamError, TextOptions, run};

/// Says every cell, and every problem by its code.
struct Echo;

impl Answers for Echo {
    type Memory = ();

    fn answer(&self, (): &mut (), row: &Row<'_>, output: &mut Vec<u8>) {
        assert!(row.cell(0) != "panic", "a fault of the answers");
        let cells: Vec<_> = (0..row.len()).map(|place| row.cell(place)).collect();
        writeln!(output, "{}", cells.join("|").replace('\n', "\\n")).unwrap();
    }

    fn refuse(&self, row: &Row<'_>, problem: &RowProblem, output: &mut Vec<u8>) {
        let shown: String = row.cell(0).chars().take(16).collect();
        writeln!(output, "{}: {shown}", problem.code()).unwrap();
    }
}

/// Gives its bytes in pieces of these sizes, in turn.
struct Pieces {
    bytes: Cursor<Vec<u8>>,
    sizes: Vec<usize>,
    turn: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.turn += 1;
        let size = self.sizes[self.turn % self.sizes.len()].min(buffer.len());
        self.bytes.read(&mut buffer[..size])
    }
}

fn answers(bytes: &[u8], sizes: &[usize], workers: usize) -> String {
    let source = Pieces {
        bytes: Cursor::new(bytes.to_vec()),
        sizes: sizes.to_vec(),
        turn: 0,
    };
    let options = TextOptions {
        encoding: Some(tables::Encoding::Utf8),
        delimiter: Some(b','),
        ..TextOptions::default()
    };
    let input = Input::of_text("input".to_owned(), source, &options).unwrap();
    let mut output = Vec::new();
    run(input, &Echo, workers, &mut output).unwrap();
    String::from_utf8(output).unwrap()
}

fn whole(bytes: &[u8]) -> String {
    answers(bytes, &[usize::MAX], 1)
}

fn lines(count: usize) -> Vec<u8> {
    (0..count).fold(Vec::new(), |mut text, line| {
        writeln!(text, "{line},b").unwrap();
        text
    })
}

#[test]
fn what_cannot_be_read_is_said_and_the_next_row_is_answered() {
    let text = b"a,b\n1\n\xff,2\n\"open,3\n4,\"x\ny\"\n5,6,,\n7,8,9\n\x1a";
    assert_eq!(
        whole(text),
        "a|b\ncell_count: 1\nbad_encoding: \u{fffd}\nunclosed_quote: \"open,3\n4|x\\ny\n5|6||\ncell_count: 7\n"
    );
}

#[test]
fn a_cell_of_fifty_megabytes_costs_its_own_row() {
    for quote in ["", "\""] {
        let mut text = format!("a,b\nlong,{quote}").into_bytes();
        text.resize(text.len() + (50 << 20), b'x');
        text.extend_from_slice(format!("{quote}\n1,2\n").as_bytes());
        let told = answers(&text, &[1 << 16], 2);
        assert_eq!(
            told,
            "a|b\ntoo_large: long,".to_owned() + quote + &"x".repeat(11 - quote.len()) + "\n1|2\n"
        );
    }
}

#[test]
fn answers_that_break_down_cost_one_row() {
    assert_eq!(
        whole(b"1,a\npanic,b\n2,c\n"),
        "1|a\nunanswered: panic\n2|c\n"
    );
}

#[test]
fn the_order_of_a_long_input_is_kept() {
    let text = lines(100_000);
    let told = answers(&text, &[1 << 16, 7, 1 << 12], 5);
    let expected = String::from_utf8(text).unwrap().replace(',', "|");
    assert!(told == expected);
}

#[test]
fn the_first_answer_does_not_wait_for_the_second_row() {
    struct Told(mpsc::Sender<Vec<u8>>);
    impl Write for Told {
        fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
            self.0
                .send(text.to_vec())
                .map_err(|_| ErrorKind::BrokenPipe)?;
            Ok(text.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let (reader, mut writer) = std::io::pipe().unwrap();
    let (told, answers) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let input = Input::of_text("pipe".to_owned(), reader, &TextOptions::default()).unwrap();
            run(input, &Echo, 2, &mut Told(told)).unwrap();
        });
        for row in 0..10 {
            writeln!(writer, "{row}").unwrap();
            assert_eq!(answers.recv().unwrap(), format!("{row}\n").into_bytes());
        }
        drop(writer);
    });
}

#[test]
fn an_output_that_takes_no_more_ends_the_run_though_the_input_goes_on() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let endless = std::io::repeat(b'\n').chain(Cursor::new(b"never"));
    let input = Input::of_text(
        "endless".to_owned(),
        Cursor::new(b"1\n".repeat(1 << 20)).chain(endless),
        &TextOptions::default(),
    );
    match run(input.unwrap(), &Echo, 2, &mut Closed) {
        Err(StreamError::Write(problem)) => assert_eq!(problem.kind(), ErrorKind::BrokenPipe),
        other => panic!("{other:?}"),
    }
}

#[test]
fn encodings_and_delimiters_are_found() {
    let told = |bytes: Vec<u8>| {
        let options = TextOptions::default();
        let input = Input::of_text("input".to_owned(), Cursor::new(bytes), &options).unwrap();
        let first = input.first_row().join("/");
        let mut output = Vec::new();
        run(input.with_header(), &Echo, 2, &mut output).unwrap();
        format!("{first}: {}", String::from_utf8(output).unwrap())
    };
    let text = "姓名;城市\n张三;北京\n";
    let expected = "姓名/城市: 张三|北京\n";
    assert_eq!(told(text.into()), expected);
    assert_eq!(told(format!("\u{feff}{text}").into()), expected);
    assert_eq!(
        told(b"\xd0\xd5\xc3\xfb;\xb3\xc7\xca\xd0\n\xd5\xc5\xc8\xfd;\xb1\xb1\xbe\xa9\n".to_vec()),
        expected
    );
    let wide: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(told(wide), expected);
    assert_eq!(
        told("张三, 李四\n".replace(", ", " ").into()),
        "张三 李四: "
    );
    assert_eq!(told(Vec::new()), ": ");
}

fn near_rows() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => "[a-c0-9]{0,6}".prop_map(String::into_bytes),
        4 => Just(b",".to_vec()),
        4 => Just(b"\n".to_vec()),
        1 => Just(b"\r\n".to_vec()),
        1 => Just(b"\r".to_vec()),
        2 => Just(b"\"".to_vec()),
        1 => Just("张三·ö".into()),
        1 => Just(b"\xff".to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..4),
    ];
    proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn how_the_input_comes_does_not_matter(
        text in near_rows(),
        sizes in proptest::collection::vec(1_usize..40, 1..5),
        workers in 1_usize..4,
    ) {
        prop_assert_eq!(answers(&text, &sizes, workers), whole(&text));
    }
}
