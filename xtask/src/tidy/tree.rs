//! The text files of the working copy: what git tracks and what it would track.

use std::fs;

use anyhow::Result;

use super::blanked;
use crate::shell;

/// All text files, by path.
pub struct Tree {
    files: Vec<SourceFile>,
}

/// One text file; the path is relative to the root, with `/`.
pub struct SourceFile {
    /// Such as `crates/domain/src/lib.rs`.
    pub path: String,
    /// As it stands.
    pub text: String,
}

impl Tree {
    /// Reads the working copy; files that are not UTF-8 are left out.
    pub fn of_working_copy() -> Result<Self> {
        let mut list = shell::program("git");
        list.args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ]);
        let mut paths: Vec<String> = shell::output(&mut list)?
            .split_terminator('\0')
            .map(str::to_owned)
            .collect();
        paths.sort();
        paths.dedup();
        let root = shell::root();
        let read = |path: String| {
            let text = fs::read_to_string(root.join(&path)).ok()?;
            Some(SourceFile { path, text })
        };
        Ok(Self {
            files: paths.into_iter().filter_map(read).collect(),
        })
    }

    /// A tree made of paths and texts.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| SourceFile {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Self {
            files: files.iter().map(file).collect(),
        }
    }

    /// Every file, ordered by path.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The files whose name ends so.
    pub fn with_ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.files
            .iter()
            .filter(move |file| file.path.ends_with(ending))
    }

    /// The file of exactly this path.
    pub fn find(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }
}

impl SourceFile {
    /// The crate this file belongs to, if it is source of one: `domain` for `crates/domain/src/…`.
    pub fn crate_name(&self) -> Option<&str> {
        let (name, rest) = self.path.strip_prefix("crates/")?.split_once('/')?;
        rest.starts_with("src/").then_some(name)
    }

    /// The module of `server` this file belongs to: `register` for `register/rows.rs` and
    /// `register.rs`, `lib` for what lies at the root and is no module.
    pub fn server_module(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("crates/server/src/")?;
        match rest.split_once('/') {
            Some((folder, _)) => Some(folder),
            None => Some(rest.strip_suffix(".rs").unwrap_or("lib")),
        }
    }

    /// Rust code without comments and the content of strings, up to the tests; line numbers stay.
    pub fn code(&self) -> String {
        self.without_tests(&blanked::code(&self.text))
    }

    /// Rust code with its strings but without comments, up to the tests; line numbers stay.
    pub fn code_and_strings(&self) -> String {
        self.without_tests(&blanked::code_and_strings(&self.text))
    }

    /// Tests may name clocks and compose modules as they like.
    fn without_tests(&self, code: &str) -> String {
        let is_test_file = self.path.ends_with("/tests.rs")
            || self.path.ends_with("_tests.rs")
            || self.path.contains("/tests/");
        if is_test_file {
            return String::new();
        }
        let mut kept = String::with_capacity(code.len());
        let mut lines = code.lines().peekable();
        while let Some(line) = lines.next() {
            let opens_tests =
                |next: &&str| next.trim_start().starts_with("mod ") && next.ends_with('{');
            if line.trim() == "#[cfg(test)]" && lines.peek().is_some_and(opens_tests) {
                break;
            }
            kept.push_str(line);
            kept.push('\n');
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_ends_where_the_tests_begin() {
        let text = "fn one() {}\n#[cfg(test)]\nmod samples;\nfn two() {}\n#[cfg(test)]\nmod tests {\nfn three() {}\n}\n";
        let tree = Tree::of(&[("crates/domain/src/lib.rs", text)]);
        let code = tree.files()[0].code();
        assert!(code.contains("two") && !code.contains("three"));
    }

    #[test]
    fn a_file_knows_its_crate_and_its_server_module() {
        let tree = Tree::of(&[
            ("crates/server/src/register/rows.rs", ""),
            ("crates/server/src/clock.rs", ""),
            ("crates/server/src/allocate.sql", ""),
            ("crates/server/Cargo.toml", ""),
        ]);
        let modules: Vec<_> = tree.files().iter().map(SourceFile::server_module).collect();
        assert_eq!(
            modules,
            [Some("register"), Some("clock"), Some("lib"), None]
        );
        assert_eq!(tree.files()[3].crate_name(), None);
    }
}
