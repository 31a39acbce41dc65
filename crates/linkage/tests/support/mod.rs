//! An invented book of persons, some of whom are recorded twice, the second time with slips.

use linkage::{Book, BookBuilder, Learned, Linked, learn, link, survey};
use tables::{Chunk, Column};

/// A table of text and, for each row, who it speaks of.
#[derive(Clone)]
pub struct Persons {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub truth: Vec<usize>,
}

/// Numbers that look drawn by lot and are the same in every run.
pub struct Lots(pub u64);

impl Lots {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

const SURNAMES: [&str; 12] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "单",
];
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建国文红玉萍";
const ROADS: [&str; 8] = [
    "人民路",
    "解放路",
    "中山路",
    "建设路",
    "和平路",
    "新华街",
    "长江路",
    "文化路",
];
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

pub fn resident_id(lots: &mut Lots, birth: &str) -> String {
    let number = format!("110105{birth}{:03}", lots.below(999));
    let sum: u32 = number
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    format!(
        "{number}{}",
        char::from(b"10X98765432"[(sum % 11) as usize])
    )
}

/// So many persons, of whom every third is recorded twice.
pub fn persons(count: usize, seed: u64) -> Persons {
    let mut lots = Lots(seed | 1);
    let given: Vec<char> = GIVEN.chars().collect();
    let mut table = Persons {
        header: ["name", "birth", "id_no", "mobile", "address"]
            .map(str::to_owned)
            .to_vec(),
        rows: Vec::new(),
        truth: Vec::new(),
    };
    for person in 0..count {
        let birth = format!(
            "{}{:02}{:02}",
            1950 + lots.below(50),
            1 + lots.below(12),
            1 + lots.below(28)
        );
        let name = format!(
            "{}{}{}",
            SURNAMES[lots.below(12)],
            given[lots.below(given.len())],
            given[lots.below(given.len())]
        );
        let road = ROADS[lots.below(8)];
        let address = format!(
            "北京市朝阳区{road}{}号{}栋{}室",
            1 + lots.below(300),
            1 + lots.below(30),
            101 + lots.below(900)
        );
        let row = vec![
            name,
            birth.clone(),
            resident_id(&mut lots, &birth),
            format!("13{:09}", lots.below(1_000_000_000)),
            address,
        ];
        table.rows.push(row.clone());
        table.truth.push(person);
        if person % 3 == 0 {
            table.rows.push(slipped(row, &mut lots));
            table.truth.push(person);
        }
    }
    table
}

/// The same person written down again: one cell is missing, one has a slip, the number stays or is missing.
fn slipped(mut row: Vec<String>, lots: &mut Lots) -> Vec<String> {
    let missing = 1 + lots.below(4);
    row[missing].clear();
    match lots.below(3) {
        0 => row[0] = surname_last(&row[0]),
        1 if missing != 3 => row[3] = format!("13{:09}", lots.below(1_000_000_000)),
        _ => row[4] = row[4].replace('栋', "号楼"),
    }
    row
}

fn surname_last(name: &str) -> String {
    let (surname, given) = name.split_at(name.len() - 6);
    format!("{given}{surname}")
}

impl Persons {
    pub fn chunk(&self) -> Chunk {
        let column = |column: usize| {
            self.rows
                .iter()
                .map(|row| Some(row[column].as_str()))
                .collect::<Column>()
        };
        let mut chunk = Chunk::new(0);
        chunk.row_numbers = (1..=self.rows.len() as u64).collect();
        chunk.columns = (0..self.header.len()).map(column).collect();
        chunk
    }

    pub fn book(&self) -> Book {
        let chunk = self.chunk();
        let mut builder = BookBuilder::new(survey(&chunk, None), chunk.len());
        builder.push(&chunk).unwrap();
        builder.finish()
    }

    pub fn linked(&self) -> (Book, Learned, Linked) {
        let book = self.book();
        let learned = learn(&book, &self.header, 1);
        let linked = link(&book, &learned.model).unwrap();
        (book, learned, linked)
    }

    #[allow(dead_code, reason = "each test of the folder uses what it needs")]
    /// Pairs that are right, that are found, and that there are.
    pub fn right(&self, parties: &[u32]) -> (usize, usize, usize) {
        let (mut right, mut found, mut real) = (0, 0, 0);
        for left in 0..parties.len() {
            for other in left + 1..parties.len() {
                let (same, linked) = (
                    self.truth[left] == self.truth[other],
                    parties[left] == parties[other],
                );
                right += usize::from(same && linked);
                found += usize::from(linked);
                real += usize::from(same);
            }
        }
        (right, found, real)
    }
}
