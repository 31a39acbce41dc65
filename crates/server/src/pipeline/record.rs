//! A record that came by itself, and what can be read of it before its turn to be written.
//!
//! Columns, keys and what is compared need nobody's turn, so each record is read by whoever sent it, beside the one who
//! writes. Sources and columns keep their numbers for ever: what is known of them now holds when the turn comes.

use std::collections::HashMap;
use std::slice;

use domain::register::FieldId;
use names::SearchKeys;
use storage::StorageError;

use crate::index::Entries;
use crate::pipeline::chunk::Incoming;
use crate::pipeline::given::{NewRecord, NotTaken};
use crate::pipeline::prepare::gather_entries;
use crate::pipeline::resolve::RowReader;
use crate::register::{RegisterError, columns_of, number_of_source};
use crate::resolution::Said;
use crate::store::Store;

/// A record as it was sent, and what was read of it.
#[derive(Debug)]
pub(super) struct Record {
    pub given: NewRecord,
    ahead: Option<Ahead>,
}

#[derive(Debug)]
struct Ahead {
    source: i64,
    row: Result<Row, NotTaken>,
}

/// What a record says, in the words of the register.
#[derive(Debug)]
pub(super) struct Row {
    pub incoming: Incoming,
    /// Its look-up keys.
    pub entries: Entries,
    /// What of it is compared; none where nobody read it yet.
    pub said: Option<Said>,
}

impl Record {
    /// A record of which nothing was read.
    pub fn unread(given: NewRecord) -> Self {
        Self { given, ahead: None }
    }

    /// Reads a record. One whose source or columns nobody knows yet is read when it is written.
    pub async fn read(store: &Store, given: NewRecord) -> Result<Self, RegisterError> {
        let Some((source, columns)) = known(store, &given).await? else {
            return Ok(Self::unread(given));
        };
        let mut row = row(store, &given, source, &columns);
        if let Ok(row) = &mut row {
            let said = RowReader::of(store).read(slice::from_ref(&row.incoming))?;
            row.said = said.into_iter().next();
        }
        let ahead = Some(Ahead { source, row });
        Ok(Self { given, ahead })
    }

    /// Whether it is still to be read.
    pub fn is_unread(&self) -> bool {
        self.ahead.is_none()
    }

    /// What was read, or is read now.
    pub fn row(
        &mut self,
        store: &Store,
        source: i64,
        columns: &HashMap<String, FieldId>,
    ) -> Result<Row, NotTaken> {
        match self.ahead.take() {
            Some(ahead) if ahead.source == source => ahead.row,
            _ => row(store, &self.given, source, columns),
        }
    }
}

/// The source of a record and its columns that no attribute holds, if the store knows all of them.
async fn known(
    store: &Store,
    given: &NewRecord,
) -> Result<Option<(i64, HashMap<String, FieldId>)>, StorageError> {
    let Some(source) = number_of_source(&store.database, &given.source).await? else {
        return Ok(None);
    };
    let mut names = given.column_names().peekable();
    if names.peek().is_none() {
        return Ok(Some((source, HashMap::new())));
    }
    let mut transaction = store.database.glance().await?;
    let columns = columns_of(&mut transaction, source).await?;
    let all_known = names.all(|name| columns.contains_key(name));
    Ok(all_known.then_some((source, columns)))
}

fn row(
    store: &Store,
    given: &NewRecord,
    source: i64,
    columns: &HashMap<String, FieldId>,
) -> Result<Row, NotTaken> {
    let (catalogue, blind) = (&store.catalogue, store.keys.blind());
    let incoming = given.incoming(catalogue, blind, source, columns)?;
    let mut entries = Entries::default();
    let mut keys = SearchKeys::default();
    let said = &incoming.content;
    gather_entries(catalogue, blind, said, 0, &mut keys, &mut entries);
    Ok(Row {
        incoming,
        entries,
        said: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::register::{NewSource, create_source, unknown_columns};
    use crate::store::temporary_store;

    fn given(column: Option<&str>) -> NewRecord {
        let columns = column.map(|column| json!({ column: "贵宾" }));
        let record = json!({
            "source": "crm",
            "key": "7",
            "attributes": { "name": "王小明", "mobile": "13800138000" },
            "columns": columns,
        });
        serde_json::from_value(record).unwrap()
    }

    #[tokio::test]
    async fn what_is_read_before_the_turn_is_what_is_read_at_it() {
        let (_folder, store) = temporary_store().await;
        let source = create_source(&store, "chen", NewSource::named("crm"));
        let source = source.await.unwrap().id;
        let (mut transaction, _) = store.write().await.unwrap();
        let names = ["等级".to_owned()];
        let columns = unknown_columns(&mut transaction, source, &names);
        let columns = columns.await.unwrap();
        transaction.commit().await.unwrap();
        let given = given(Some("等级"));
        let mut read = Record::read(&store, given.clone()).await.unwrap();
        assert!(!read.is_unread());
        let before = read.row(&store, source, &HashMap::new()).unwrap();
        // Who writes alone after others failed reads once more.
        let at_turn = read.row(&store, source, &columns).unwrap();
        assert_eq!(before.incoming.content, at_turn.incoming.content);
        assert_eq!(before.incoming.series_key, at_turn.incoming.series_key);
        assert!(before.entries.iter().eq(at_turn.entries.iter()));
        assert!(before.said.is_some() && at_turn.said.is_none());
    }

    #[tokio::test]
    async fn what_the_store_does_not_know_yet_is_read_at_the_turn() {
        let (_folder, store) = temporary_store().await;
        let stranger = Record::read(&store, given(None)).await.unwrap();
        assert!(stranger.is_unread());
        let source = create_source(&store, "chen", NewSource::named("crm"));
        source.await.unwrap();
        let new_column = Record::read(&store, given(Some("等级"))).await.unwrap();
        assert!(new_column.is_unread());
    }
}
