//! Pairs of which a person said whether they are one customer.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use domain::Text;
use linkage::Decision;
use tables::{ReadOptions, Reader};

use crate::commands::link::reading::Records;
use crate::failure::Refusal;

/// Rows read at a time.
const CHUNK_ROWS: usize = 16_384;
/// The columns of the file.
const COLUMNS: [&str; 3] = ["left_id", "right_id", "same"];

/// Reads labels; each must speak of two records that are there.
pub fn read(path: &Path, records: &Records) -> Result<Vec<Decision>> {
    let name = path.display();
    let refuse = |zh: String, en: String| {
        Refusal::bad_input(Text::new(
            format!("标注 {name}：{zh}"),
            format!("labels {name}: {en}"),
        ))
    };
    let mut reader: Reader = tables::open(path, &ReadOptions::default())?;
    let place = |column: &str| reader.header().iter().position(|own| own == column);
    let [Some(left), Some(right), Some(same)] = COLUMNS.map(place) else {
        let columns = COLUMNS.join(", ");
        return Err(refuse(
            format!("需要列 {columns}"),
            format!("the columns {columns} are wanted"),
        )
        .into());
    };
    let rows = records.rows();
    let mut labels = Vec::new();
    while let Some(chunk) = reader.next_chunk(CHUNK_ROWS)? {
        for (place, number) in chunk.row_numbers.iter().enumerate() {
            let cell = |column: usize| chunk.columns[column].get(place).unwrap_or_default();
            let said = cell(same).trim();
            let same = verdict(said).ok_or_else(|| {
                refuse(
                    format!("第 {number} 行的 same 是“{said}”，应为 true 或 false"),
                    format!("row {number} says same = {said:?}, true or false is wanted"),
                )
            })?;
            let row = |id: &str| {
                rows.get(id).copied().ok_or_else(|| {
                    refuse(
                        format!("第 {number} 行的记录 {id} 不存在"),
                        format!("row {number} names a record {id}, which is not there"),
                    )
                })
            };
            let (left, right) = (row(cell(left))?, row(cell(right))?);
            labels.push(Decision { left, right, same });
        }
    }
    Ok(labels)
}

fn verdict(said: &str) -> Option<bool> {
    match said.to_lowercase().as_str() {
        "true" | "1" | "yes" | "是" => Some(true),
        "false" | "0" | "no" | "否" => Some(false),
        _ => None,
    }
}

impl Records {
    /// The row of each name.
    fn rows(&self) -> HashMap<&str, u32> {
        let named = self.ids.iter().zip(0..);
        named.filter_map(|(id, row)| Some((id?, row))).collect()
    }
}
