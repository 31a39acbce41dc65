//! A question: a query with its cells, as the statements of either database.

use crate::Cell;
use crate::embedded::Statement;

/// Keys of one `in (…)` list.
const KEYS_A_STATEMENT: usize = 1_000;

/// A query and its cells, to be asked alone or together with others.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    sql: &'static str,
    cells: Vec<Cell>,
    keys: Option<&'a [i64]>,
}

impl<'a> Question<'a> {
    /// A query with a cell for each of its placeholders.
    pub fn new<const COUNT: usize>(sql: &'static str, cells: [Cell; COUNT]) -> Self {
        Self {
            sql,
            cells: cells.into(),
            keys: None,
        }
    }

    /// A query for rows whose key is one of many. It writes `(:keys)` where the list goes. The rows come in no order,
    /// and what it says of one key does not depend on the others.
    pub fn by_keys(sql: &'static str, keys: &'a [i64]) -> Self {
        Self {
            sql,
            cells: Vec::new(),
            keys: Some(keys),
        }
    }

    /// Its statements for PostgreSQL: a long list takes several, an empty one none.
    pub(crate) fn statements(self, list: impl Fn(usize) -> String) -> Vec<Statement> {
        let Some(keys) = self.keys else {
            return vec![(self.sql.to_owned(), self.cells)];
        };
        let statement = |keys: &[i64]| {
            // Lists are filled up to a power of two, so that few statements are prepared.
            let width = keys.len().next_power_of_two();
            let filler = keys.iter().cycle().take(width - keys.len());
            let cells = keys.iter().chain(filler).map(|key| Cell::from(*key));
            (self.sql.replace("(:keys)", &list(width)), cells.collect())
        };
        keys.chunks(KEYS_A_STATEMENT).map(statement).collect()
    }

    /// Its statement for the embedded store, which runs for each key: for a list the library makes a table of its own
    /// every time, which takes longer than to find a few rows.
    pub(crate) fn statement_for_each(self) -> Option<Statement> {
        let Some(keys) = self.keys else {
            return Some((self.sql.to_owned(), self.cells));
        };
        let mut keys = keys.to_vec();
        // In the order in which they lie, and each once, as in a list.
        keys.sort_unstable();
        keys.dedup();
        let cells: Vec<Cell> = keys.into_iter().map(Cell::from).collect();
        (!cells.is_empty()).then(|| (self.sql.replace("(:keys)", "(?1)"), cells))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_takes_several_statements_and_an_empty_one_none() {
        for (count, expected) in [(0, 0), (3, 1), (1_000, 1), (2_500, 3)] {
            let keys: Vec<i64> = (0..count).collect();
            let question = Question::by_keys("select a from b where a in (:keys)", &keys);
            let statements = question.statements(|width| format!("({width})"));
            assert_eq!(statements.len(), expected, "{count}");
            for (sql, cells) in statements {
                assert!(sql.ends_with(&format!(" in ({})", cells.len())));
                assert!(cells.len().is_power_of_two());
            }
        }
    }

    #[test]
    fn the_embedded_store_is_asked_for_each_key_once_and_in_order() {
        let question = |keys| Question::by_keys("select a from b where a in (:keys)", keys);
        assert_eq!(question(&[]).statement_for_each(), None);
        let (sql, cells) = question(&[7, 3, 7]).statement_for_each().unwrap();
        assert_eq!(sql, "select a from b where a in (?1)");
        assert_eq!(cells, [3.into(), 7.into()]);
    }
}
