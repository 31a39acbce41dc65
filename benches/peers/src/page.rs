//! The page of figures that a benchmark leaves in `benches/results`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::repository;

/// A page being written: a title, how it was measured, then paragraphs and tables.
#[derive(Debug)]
pub struct Page {
    name: String,
    text: String,
}

impl Page {
    /// A page for the benchmark `name` (the folder of `benches/`), run with these arguments.
    pub fn new(name: &str, title: &str, arguments: &str) -> Result<Self> {
        let date = date()?;
        let machine = machine()?;
        let command = format!("cargo xtask bench {name} {arguments}");
        let command = command.trim_end();
        let text = format!("# {title}\n\n{date}, {machine}. Made by `{command}`.\n");
        Ok(Self {
            name: name.to_owned(),
            text,
        })
    }

    /// Adds a heading.
    pub fn heading(&mut self, words: &str) {
        self.text.push_str("\n## ");
        self.text.push_str(words);
        self.text.push('\n');
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, words: &str) {
        self.text.push('\n');
        self.text.push_str(words);
        self.text.push('\n');
    }

    /// Adds a table; the first row is its header.
    pub fn table<Cell: AsRef<str>>(&mut self, rows: &[Vec<Cell>]) {
        self.text.push('\n');
        for (place, row) in rows.iter().enumerate() {
            for cell in row {
                // Writing to a text never fails.
                let _ = write!(self.text, "| {} ", cell.as_ref().replace('|', "\\|"));
            }
            self.text.push_str("|\n");
            if place == 0 {
                self.text.push_str(&"| --- ".repeat(row.len()));
                self.text.push_str("|\n");
            }
        }
    }

    /// Prints it and writes it to `benches/results/NAME.md`.
    pub fn finish(self) -> Result<PathBuf> {
        println!("{}", self.text);
        let folder = repository().join("benches/results");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{}.md", self.name));
        std::fs::write(&path, self.text)?;
        Ok(path)
    }
}

/// A count with its thousands apart, as people read it.
pub fn grouped(count: f64) -> String {
    let digits = format!("{count:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn date() -> Result<String> {
    let output = Command::new("date").args(["-u", "+%F"]).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// What it ran on, as far as a reader needs it.
fn machine() -> Result<String> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let kibibytes = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|rest| rest.trim().strip_suffix("kB")?.trim().parse::<u64>().ok())
        .unwrap_or_default();
    let load = std::fs::read_to_string("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or_default();
    let gibibytes = kibibytes.div_ceil(1 << 20);
    Ok(format!(
        "{cores} cores, {gibibytes} GiB, load {load} before it"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(999.0), "999");
        assert_eq!(grouped(1_234_567.4), "1,234,567");
    }
}
