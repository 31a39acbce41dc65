//! What an import says of itself when it ends.

use domain::Text;
use domain::intake::{ResolvedMapping, Target};
use domain::register::{Catalogue, IndexKind};
use serde::{Deserialize, Serialize};

use crate::pipeline::RefusedRow;

/// How many problems a report shows; quarantine has them all.
pub(super) const PROBLEMS_SHOWN: usize = 100;

/// The outcome of an import. Holds no value of a record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImportReport {
    /// The batch; none for a dry run.
    pub batch: Option<String>,
    /// The source.
    pub source: String,
    /// The file.
    pub file: String,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Whether this very file was imported before, so that nothing was repeated.
    pub repeated: bool,
    /// Rows of the file.
    pub rows: u64,
    /// Rows that are records now, or said what stood already.
    pub accepted: u64,
    /// Rows in quarantine. `accepted + quarantined = rows`.
    pub quarantined: u64,
    /// Of the accepted, those that said what stood already.
    pub unchanged: u64,
    /// Customers in the register, after the import.
    pub customers: u64,
    /// Customers that are new.
    pub new_customers: u64,
    /// Records that joined a customer.
    pub joined: u64,
    /// Records that a person must look at.
    pub held_for_review: u64,
    /// What each column was taken for.
    pub columns: Vec<ColumnReport>,
    /// What somebody should know.
    pub notes: Vec<Text>,
    /// The first problems.
    pub problems: Vec<RowProblemReport>,
    /// What a commit survives: `process` or `power`.
    pub durability: String,
    /// Wall time.
    pub seconds: f64,
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnReport {
    /// The header.
    pub column: String,
    /// The attribute; none for one that nobody recognised, which is kept as given.
    pub attribute: Option<String>,
    /// Whether it is the key of the source.
    pub key: bool,
}

/// Why a row is in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblemReport {
    /// The row of the file.
    pub row: u64,
    /// The column to blame.
    pub column: Option<String>,
    /// A code that never changes.
    pub code: String,
    /// What a person reads.
    pub reason: Text,
}

impl From<&RefusedRow> for RowProblemReport {
    fn from(refused: &RefusedRow) -> Self {
        Self {
            row: refused.row_number,
            column: refused.column.clone(),
            code: refused.code.to_owned(),
            reason: refused.reason.clone(),
        }
    }
}

/// What each column of a file was taken for.
pub(super) fn columns(
    catalogue: &Catalogue,
    header: &[String],
    mapping: &ResolvedMapping,
) -> Vec<ColumnReport> {
    let columns = header.iter().zip(&mapping.targets).enumerate();
    columns
        .map(|(place, (column, target))| ColumnReport {
            column: column.clone(),
            attribute: match target {
                Target::Attribute(field) => catalogue
                    .attribute(*field)
                    .map(|attribute| attribute.name.clone()),
                Target::Unknown => None,
            },
            key: mapping.key == Some(place),
        })
        .collect()
}

/// What somebody should know of a file before they trust its customers.
pub(super) fn notes(
    catalogue: &Catalogue,
    mapping: &ResolvedMapping,
    columns: &[ColumnReport],
) -> Vec<Text> {
    let mut notes = Vec::new();
    let fields = catalogue.well_known();
    let strong = [
        (fields.identity_number, IndexKind::ResidentId),
        (fields.credit_code, IndexKind::OrganisationCode),
        (fields.organisation_code, IndexKind::OrganisationCode),
    ];
    if !strong
        .iter()
        .any(|(field, _)| mapping.targets.contains(&Target::Attribute(*field)))
    {
        notes.push(Text::new(
            "文件中没有证件号码或统一社会信用代码列：只能凭姓名、出生日期、联系方式等信息归并，同一客户可能分散为多位",
            "no column holds an identity number or a credit code: records are joined by names, dates and \
             contacts alone, and one customer may end as several",
        ));
    }
    let unknown: Vec<&str> = columns
        .iter()
        .filter(|column| column.attribute.is_none() && !column.key)
        .map(|column| column.column.as_str())
        .collect();
    if !unknown.is_empty() {
        let list = unknown.join("、");
        notes.push(Text::new(
            format!("以下列未能识别，已原样加密保存，可按整值检索：{list}"),
            format!("columns that nobody recognised are kept as given, sealed, searchable by whole value: {}", unknown.join(", ")),
        ));
    }
    if mapping.key.is_none() {
        notes.push(Text::new(
            "未指定主键列：每行自成一条记录，来源更新时无法对应旧版本",
            "no key column: each row is a record of its own, and a later file cannot update it",
        ));
    }
    notes
}
