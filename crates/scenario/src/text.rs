//! Texts that problems can point into.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// One text: a scenario file, a table, or the value of one `--set`.
pub struct Source {
    /// As messages name it: the path as it was written, or `--set`.
    pub name: String,
    /// All of it.
    pub text: String,
    /// The place of this text among all that were read: problems are shown in this order.
    pub rank: usize,
    /// The folder against which the paths that this text names are read; none for `--set`.
    pub folder: Option<PathBuf>,
    line_starts: Vec<usize>,
}

impl Source {
    /// A text under the name by which problems call it; `rank` puts problems of several in order,
    /// `folder` is where it lies.
    #[must_use]
    pub fn new(name: String, text: String, rank: usize, folder: Option<PathBuf>) -> Arc<Self> {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Arc::new(Source { name, text, rank, folder, line_starts })
    }

    /// The line, counted from 1, that holds the byte `at`.
    #[must_use]
    pub fn line_of(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at)
    }

    /// The bytes of a line, counted from 1, without its line break.
    #[must_use]
    pub fn line(&self, number: usize) -> Range<usize> {
        let start = self.line_starts[number - 1];
        let end = self.line_starts.get(number).map_or(self.text.len(), |next| next - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        start..end
    }

    /// The column, counted from 1 in characters, of the byte `at`.
    #[must_use]
    pub fn column_of(&self, at: usize) -> usize {
        let start = self.line_starts[self.line_of(at) - 1];
        self.text.get(start..at).map_or(1, |before| before.chars().count() + 1)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.text.len())
    }
}
