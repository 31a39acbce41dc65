//! Sealing what linkage compares.

use vault::Randomness;

use crate::protection::keys::{KeyError, Keys};

impl Keys {
    /// Seals what is compared of a record, or a key by which it is found: derived, dropped with what it was derived
    /// from, and read a hundred at a time, so one key seals all of it.
    pub fn seal_features(
        &self,
        table: &'static str,
        id: i64,
        plain: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let mut sealed = Vec::new();
        self.seal_many_features(table, [(id, plain)], |block| sealed = block)?;
        Ok(sealed)
    }

    /// Seals many of them.
    pub fn seal_many_features<'a>(
        &self,
        table: &'static str,
        blocks: impl IntoIterator<Item = (i64, &'a [u8])>,
        mut sealed: impl FnMut(Vec<u8>),
    ) -> Result<(), KeyError> {
        let mut randomness = Randomness::new();
        for (id, plain) in blocks {
            let mut block = Vec::new();
            let bound = bound_to(table, id);
            let features = &self.secrets.features;
            features.seal_into(&mut block, &bound, plain, &mut randomness)?;
            sealed(block);
        }
        Ok(())
    }

    /// Opens what was sealed so.
    pub fn open_features(
        &self,
        table: &'static str,
        id: i64,
        sealed: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let opened = self.secrets.features.open(&bound_to(table, id), sealed);
        opened.map_err(|source| KeyError::Open {
            what: table,
            id,
            source,
        })
    }
}

/// What a block is bound to, so that it cannot stand in another's place.
fn bound_to(table: &str, id: i64) -> Vec<u8> {
    [table.as_bytes(), &id.to_be_bytes()].concat()
}
