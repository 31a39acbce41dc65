//! The `README.md` beside the tables of a crate: what each is, and what it was made from.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::package::sha256;
use super::{Family, Table};

/// The page of one folder.
pub fn text(folder: &str, tables: &[(&Family, Table)]) -> String {
    let mut page = String::from(
        "# Reference tables\n\n\
         Made by `cargo xtask reference`; do not edit. `cargo xtask reference --check` makes them again and compares.\n\
         Why these packages: `docs/decisions/0008-reference-tables.md`.\n\n\
         | file | family | rows | bytes | SHA-256 | a row is |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for (family, table) in tables {
        let name = table.path.strip_prefix(folder).unwrap_or(table.path);
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | `{}` | {} |",
            name.trim_start_matches('/'),
            family.name,
            table.rows,
            table.bytes.len(),
            sha256(&table.bytes),
            table.what
        );
    }
    page.push_str(
        "\n| family | package | version | licence | data as of | taken | SHA-256 of the archive |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let mut seen = BTreeSet::new();
    for (family, _) in tables {
        if seen.insert(family.name) {
            sources(family, &mut page);
        }
    }
    page
}

fn sources(family: &Family, page: &mut String) {
    for source in family.sources {
        let package = source.package;
        let _ = writeln!(
            page,
            "| {} | {} {} | {} | {} | {} | {} | `{}` |",
            family.name,
            package.registry.name(),
            package.name,
            package.version,
            package.licence,
            package.as_of,
            source.taken,
            package.sha256
        );
    }
}
