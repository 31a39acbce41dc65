//! What linking promises, on invented books.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

mod support;

use std::collections::BTreeSet;

use linkage::{
    Agreement, Book, Circumstances, Decision, Kind, Linker, Model, Supposed, Verdict, WhyNot,
    explain, link,
};
use proptest::prelude::*;
use support::{Lots, Persons, persons};
use tables::{Chunk, Column};

/// Who is together, by content: neither order of rows nor names of columns count.
fn groups(persons: &Persons, parties: &[u32]) -> BTreeSet<BTreeSet<Vec<String>>> {
    let group = |party: u32| {
        (0..parties.len())
            .filter(|row| parties[*row] == party)
            .map(|row| persons.rows[row].clone())
            .collect()
    };
    parties.iter().map(|party| group(*party)).collect()
}

#[test]
fn records_of_one_person_are_found_without_labels() {
    let persons = persons(1_500, 7);
    let (_, _, linked) = persons.linked();
    let (right, found, real) = persons.right(&linked.parties);
    assert!(
        right * 100 >= found * 99,
        "{right} of {found} links are right"
    );
    assert!(
        right * 100 >= real * 97,
        "{right} of {real} matches are found"
    );
}

#[test]
fn the_order_of_rows_and_the_names_of_columns_do_not_count() {
    let persons = persons(600, 11);
    let (_, _, linked) = persons.linked();
    let mut shuffled = persons.clone();
    let mut lots = Lots(5);
    for row in (1..shuffled.rows.len()).rev() {
        let other = lots.below(row + 1);
        shuffled.rows.swap(row, other);
        shuffled.truth.swap(row, other);
    }
    shuffled.header = (0..shuffled.header.len())
        .map(|column| format!("c{column}"))
        .collect();
    let (_, _, again) = shuffled.linked();
    assert_eq!(
        groups(&persons, &linked.parties),
        groups(&shuffled, &again.parties)
    );
}

#[test]
fn a_model_links_the_same_from_its_file() {
    let persons = persons(600, 13);
    let (book, learned, linked) = persons.linked();
    let text = toml::to_string(&learned.model).unwrap();
    let read: Model = toml::from_str(&text).unwrap();
    assert_eq!(read, learned.model);
    assert_eq!(link(&book, &read).unwrap().parties, linked.parties);
}

#[test]
fn twins_with_numbers_of_their_own_stay_two() {
    let mut persons = persons(900, 17);
    let mut lots = Lots(3);
    let twin = persons.rows[0].clone();
    let mut other = twin.clone();
    // Only the given name's last character and the number tell them apart; they share a telephone.
    other[0] = format!("{}双", &twin[0][..twin[0].len() - 3]);
    other[2] = support::resident_id(&mut lots, &twin[1]);
    persons.rows.push(other);
    persons.truth.push(usize::MAX);
    let (book, learned, linked) = persons.linked();
    let last = persons.rows.len() - 1;
    assert_ne!(linked.parties[0], linked.parties[last]);
    let explanation = explain(&book, &learned.model, 0, u32::try_from(last).unwrap());
    assert_eq!(
        explanation
            .contradiction
            .map(|field| learned.model.fields[field].name.as_str()),
        Some("id_no")
    );
    assert!(explanation.chance() < 1e-9);
}

#[test]
fn an_explanation_adds_up_to_the_evidence_of_the_pair() {
    let persons = persons(300, 19);
    let (book, learned, linked) = persons.linked();
    assert!(!linked.edges.is_empty());
    for edge in linked
        .edges
        .iter()
        .filter(|edge| edge.verdict != Verdict::Apart)
    {
        let explanation = explain(&book, &learned.model, edge.left, edge.right);
        let sum: f32 = explanation
            .fields
            .iter()
            .map(|field| field.bits)
            .sum::<f32>()
            + explanation.prior_bits;
        assert!(
            (sum - edge.bits).abs() < 0.01 && (explanation.bits - edge.bits).abs() < 0.01,
            "{sum} {edge:?}"
        );
    }
}

#[test]
fn what_would_change_the_answer_is_said() {
    let persons = persons(900, 23);
    let (book, learned, _) = persons.linked();
    let explanation = explain(&book, &learned.model, 0, 5);
    assert!(explanation.bits < learned.model.threshold_bits);
    assert!(
        explanation
            .fields
            .iter()
            .any(|field| field.agreement == Some(Agreement::Different))
    );
    for field in explanation.would_link(learned.model.threshold_bits) {
        assert!(explanation.bits - field.bits + field.bits_if_same >= learned.model.threshold_bits);
    }
}

#[test]
fn a_model_that_names_what_is_not_there_is_refused_by_name() {
    let persons = persons(300, 29);
    let (_, learned, _) = persons.linked();
    let problem = learned.model.plan(&["name".to_owned()]).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "the model compares a column birth, which the table does not have"
    );
    let mut broken = learned.model.clone();
    broken.rules[0].parts[0].field = "nobody".to_owned();
    assert_eq!(
        broken.check().unwrap_err().to_string(),
        "the model names a column nobody, which is none of its fields"
    );
    broken = learned.model.clone();
    broken.fields[1].levels[0].bits[0] = f32::NAN;
    assert_eq!(
        broken.check().unwrap_err().to_string(),
        "the model gives column birth a number that is infinite or none"
    );
    broken = learned.model;
    broken.fields[0].levels[0].bits = vec![1.0; 3];
    assert_eq!(
        broken.check().unwrap_err().to_string(),
        "level same of column name gives 3 numbers, it wants 1 or 8"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Words in any order of rows: those of a book of Western names, whose words are numbered as they come.
    #[test]
    fn turning_a_table_of_words_changes_nothing(cells in prop::collection::vec(prop::collection::vec("(ann|bob|rob|smith|smyth)? ?(de la|dela|del a|lee|jones)|", 2), 2..120)) {
        let persons = Persons { header: ["a", "b"].map(str::to_owned).to_vec(), truth: vec![0; cells.len()], rows: cells };
        let mut turned = persons.clone();
        turned.rows.reverse();
        let (_, _, linked) = persons.linked();
        let (_, _, again) = turned.linked();
        prop_assert_eq!(groups(&persons, &linked.parties), groups(&turned, &again.parties));
    }

    /// Whatever the cells hold: every record has one party, named by its first record.
    #[test]
    fn any_table_is_divided_into_parties(cells in prop::collection::vec(prop::collection::vec("\\PC{0,24}|[0-9]{1,18}|[a-z]{1,9} [a-z]{1,9}|", 3), 0..60)) {
        let persons = Persons { header: ["a", "b", "c"].map(str::to_owned).to_vec(), truth: vec![0; cells.len()], rows: cells };
        let (_, _, linked) = persons.linked();
        prop_assert_eq!(linked.parties.len(), persons.rows.len());
        for (row, party) in linked.parties.iter().enumerate() {
            prop_assert!(*party as usize <= row);
            prop_assert_eq!(linked.parties[*party as usize], *party);
        }
    }
}

/// A table of these columns, linked by a model learnt on persons with the same columns.
fn taught(persons: &Persons, rows: &[[&str; 5]]) -> (Book, Linker) {
    let (_, learned, _) = persons.linked();
    let linker = Linker::new(learned.model).unwrap();
    let mut chunk = Chunk::new(0);
    chunk.row_numbers = (1..=rows.len() as u64).collect();
    chunk.columns = (0..5)
        .map(|column| rows.iter().map(|row| Some(row[column])).collect::<Column>())
        .collect();
    let mut builder = linker.book(&persons.header, rows.len()).unwrap();
    builder.push(&chunk).unwrap();
    (builder.finish(), linker)
}

#[test]
fn one_of_several_telephones_in_common_is_enough() {
    let mut persons = persons(900, 31);
    let mut lots = Lots(3);
    for row in &mut persons.rows {
        if lots.below(3) == 0 {
            row[3] = format!("{}；1390000{:04}", row[3], lots.below(9_999));
        }
    }
    let (_, learned, _) = persons.linked();
    let mobile = &learned.model.fields[3];
    assert!(
        mobile.several && mobile.kind == Kind::Mobile,
        "{:?}",
        mobile.kind
    );
    let home = "北京市朝阳区人民路12号3单元401室";
    let rows = [
        ["赵云霞", "", "", "13811112222；13933334444", home],
        ["赵云霞", "", "", "13955556666|+86 138 1111 2222", home],
        ["赵云霞", "", "", "13977778888", home],
    ];
    let (book, linker) = taught(&persons, &rows);
    let agreement = |left, right| {
        let explanation = linker.explain(&book, left, right);
        let mobile = explanation.fields.iter().find(|field| field.field == 3);
        mobile.unwrap().agreement
    };
    assert_eq!(agreement(0, 1), Some(Agreement::Same));
    assert_ne!(agreement(0, 2), Some(Agreement::Same));
    let parties = linker.link(&book, &Circumstances::default()).parties;
    assert_eq!(parties[..2], [0, 0]);
}

#[test]
fn a_number_is_certain_with_its_name_and_held_with_another() {
    let persons = persons(900, 37);
    let number = support::resident_id(&mut Lots(9), "19700304");
    let rows = [
        ["赵云霞", "19700304", &number, "13811112222", ""],
        [
            "趙雲霞",
            "19830901",
            &number,
            "13999998888",
            "上海市浦东新区世纪大道1号",
        ],
        ["钱大力", "19700304", &number, "13811112222", ""],
    ];
    let (book, linker) = taught(&persons, &rows);
    let found = linker.link(&book, &Circumstances::default());
    assert_eq!(found.parties, [0, 0, 2]);
    let verdict = |left, right| {
        let edge = found
            .edges
            .iter()
            .find(|edge| (edge.left, edge.right) == (left, right));
        edge.unwrap().verdict
    };
    assert_eq!(
        (verdict(0, 1), verdict(0, 2)),
        (Verdict::Certain, Verdict::Held)
    );
    let held = WhyNot::Held {
        guard: "number-of-another-name".to_owned(),
    };
    assert!(linker.why_not(&book, 0, 2).contains(&held));
    assert!(linker.why_not(&book, 0, 1).is_empty());
    // A person knows better, either way.
    let decided = |same| Decision {
        left: 0,
        right: 2,
        same,
    };
    let parties = |decisions: &[Decision]| {
        let circumstances = Circumstances {
            decisions,
            closed: None,
        };
        linker.link(&book, &circumstances).parties
    };
    assert_eq!(parties(&[decided(true)]), [0, 0, 0]);
    let apart = Decision {
        left: 0,
        right: 1,
        same: false,
    };
    assert_eq!(parties(&[apart]), [0, 1, 2]);
    let name = Supposed {
        field: 0,
        agreement: Some(Agreement::Same),
    };
    assert!(
        linkage::what_if(&book, linker.model(), (0, 2), &[name]).bits
            > linker.explain(&book, 0, 2).bits
    );
}

#[test]
fn a_family_in_one_flat_is_not_one_person() {
    let persons = persons(900, 41);
    let home = "北京市朝阳区人民路12号3单元401室";
    let rows = [
        ["王建国", "19700304", "", "13811112222", home],
        ["王小红", "19700304", "", "13811112222", home],
    ];
    let (book, linker) = taught(&persons, &rows);
    assert_eq!(
        linker.link(&book, &Circumstances::default()).parties,
        [0, 1]
    );
    let held = WhyNot::Held {
        guard: "household".to_owned(),
    };
    assert!(linker.why_not(&book, 0, 1).contains(&held));
}

#[test]
fn what_persons_said_to_be_one_is_learnt_from() {
    let persons = persons(900, 43);
    let book = persons.book();
    let moved: Vec<Decision> = (0..persons.rows.len())
        .flat_map(|left| (left + 1..persons.rows.len()).map(move |right| (left, right)))
        .filter(|(left, right)| persons.truth[*left] == persons.truth[*right])
        .filter(|(left, right)| persons.rows[*left][3] != persons.rows[*right][3])
        .map(|(left, right)| Decision {
            left: u32::try_from(left).unwrap(),
            right: u32::try_from(right).unwrap(),
            same: true,
        })
        .collect();
    assert!(moved.len() > 20);
    let within = |labels: &[Decision]| {
        let model = linkage::learn_from(&book, &persons.header, labels, 1).model;
        let levels = &model.fields[3].levels;
        let same = levels
            .iter()
            .find(|level| level.agreement == Agreement::Same);
        same.unwrap().within
    };
    // Of these nobody keeps the same telephone.
    assert!(within(&moved) < within(&[]) - 0.02);
}
