//! Where bytes come from: anything that can be read and sought, with a meter for progress bars.

use std::io::{Read, Result, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file, or a sealed upload that opens itself while it is read.
pub(crate) trait Source: Read + Seek + Send {}

impl<S: Read + Seek + Send> Source for S {}

/// Counts the bytes that were read; clones share the count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meter(Arc<AtomicU64>);

impl Meter {
    pub(crate) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

/// A source whose reads are counted.
pub(crate) struct Metered {
    source: Box<dyn Source>,
    meter: Meter,
}

impl Metered {
    pub(crate) fn new(source: Box<dyn Source>, meter: Meter) -> Self {
        Self { source, meter }
    }
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.source.read(buffer)?;
        self.meter.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Metered {
    fn seek(&mut self, position: SeekFrom) -> Result<u64> {
        self.source.seek(position)
    }
}
