//! The progress bar: on standard error, and only where that is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::language::Language;

const REDRAW: Duration = Duration::from_millis(200);

/// A bar that counts to a total; of nothing until the total is known.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar with a word before it.
    pub fn new(language: Language, word: (&'static str, &'static str)) -> Self {
        let bar = ProgressBar::no_length().with_message(language.choose(word.0, word.1));
        if let Ok(style) =
            ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(REDRAW);
        Self { bar }
    }

    /// Counts what has no known total, under another word.
    pub fn tell_stage(&self, word: &'static str, done: u64) {
        self.bar.set_message(word);
        self.bar.set_position(done);
    }

    /// Moves it.
    pub fn tell(&self, done: u64, total: u64) {
        self.bar.set_length(total);
        self.bar.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
