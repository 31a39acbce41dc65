//! The demo: from a fresh clone to a served customer book; a second run repeats nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::product::{self, Product};
use crate::{DemoOptions, setup, shell};

const ADDRESS: &str = "127.0.0.1:7800";

/// Builds, generates, imports, reports and serves.
pub fn run(options: &DemoOptions) -> Result<()> {
    setup::console()?;
    let product = shell::step("build of the release binary", || Product::build("release"))?;
    let book = Book::open(options)?;
    book.generate(&product)?;
    let report = book.import(&product)?;
    let password = book.sign_in(&product)?;
    println!("{report}");
    if options.no_serve {
        println!("Serve it: cargo xtask demo");
        return Ok(());
    }
    println!(
        "Console: http://{ADDRESS}   name: {}   password: {password}",
        product::ADMINISTRATOR
    );
    product.serve(ADDRESS, &book.data)
}

/// The data folder of the demo. Each step leaves a file that tells the next run that it was done.
struct Book {
    data: PathBuf,
    records: u64,
}

impl Book {
    fn open(options: &DemoOptions) -> Result<Self> {
        let data = shell::root().join(&options.data);
        fs::create_dir_all(&data).with_context(|| format!("cannot make {}", data.display()))?;
        let book = Self {
            data,
            records: options.records,
        };
        if let Ok(before) = fs::read_to_string(book.note("records"))
            && before != book.records.to_string()
        {
            bail!(
                "{} holds a demo of {before} records: give --records {before}, or another folder with --data",
                book.data.display()
            );
        }
        Ok(book)
    }

    fn generate(&self, product: &Product) -> Result<()> {
        shell::step("generated customer book", || {
            if self.note("records").exists() {
                eprintln!("    done by an earlier run");
                return Ok(());
            }
            product.sample(self.records, &self.sample().join("book.csv"))?;
            Ok(fs::write(self.note("records"), self.records.to_string())?)
        })
    }

    fn import(&self, product: &Product) -> Result<String> {
        shell::step("import", || {
            let mut reports = String::new();
            for file in self.files()? {
                let source = file
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                let note = self.note(&format!("report-{source}"));
                if !note.exists() {
                    fs::write(&note, product.import(&file, &source, &self.data)?)?;
                }
                reports.push_str(&fs::read_to_string(&note)?);
            }
            Ok(reports)
        })
    }

    /// The password is kept beside the generated data, readable by its owner only, so that the next
    /// run can print it again. A real installation makes its accounts by hand.
    fn sign_in(&self, product: &Product) -> Result<String> {
        let note = self.note("password");
        if let Ok(password) = fs::read_to_string(&note) {
            return Ok(password);
        }
        let password = product::new_password()?;
        shell::step("administrator", || {
            product.create_administrator(&password, &self.data)
        })?;
        fs::write(&note, "")?;
        fs::set_permissions(&note, fs::Permissions::from_mode(0o600))?;
        fs::write(&note, &password)?;
        Ok(password)
    }

    /// The generated files that hold records; `*.truth.csv` says which of them are one party.
    fn files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.sample())? {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if has_extension(&path, "csv") && !name.contains("truth") {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    fn sample(&self) -> PathBuf {
        self.data.join("sample")
    }

    fn note(&self, name: &str) -> PathBuf {
        self.data.join(format!("demo-{name}.txt"))
    }
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}
