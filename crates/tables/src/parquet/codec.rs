//! Inflating a page to the size that its header declares, and never further.

use std::io::Read;

use parquet::basic::Compression;

/// Inflates `compressed` behind what `out` holds already, until it is `size` bytes long; the
/// reason if it is damaged.
pub(crate) fn inflate(
    codec: Compression,
    compressed: &[u8],
    out: &mut Vec<u8>,
    size: usize,
) -> Result<(), String> {
    let wanted = size.saturating_sub(out.len());
    match codec {
        Compression::SNAPPY => {
            let declared = snap::raw::decompress_len(compressed).map_err(say)?;
            if declared != wanted {
                return Err(format!("a page has {declared} bytes for {wanted}"));
            }
            let start = out.len();
            out.resize(size, 0);
            let mut decoder = snap::raw::Decoder::new();
            decoder
                .decompress(compressed, &mut out[start..])
                .map_err(say)?;
        }
        Compression::GZIP(_) => {
            let decoder = flate2::read::MultiGzDecoder::new(compressed);
            // One byte more than wanted shows that there is too much.
            let mut bounded = decoder.take(wanted as u64 + 1);
            bounded.read_to_end(out).map_err(say)?;
        }
        Compression::ZSTD(_) => {
            let inflated = zstd::bulk::decompress(compressed, wanted).map_err(say)?;
            out.extend_from_slice(&inflated);
        }
        other => return Err(format!("the compression {other} is not supported")),
    }
    if out.len() != size {
        return Err("a page does not inflate to the size it declares".to_owned());
    }
    Ok(())
}

fn say(error: impl std::fmt::Display) -> String {
    error.to_string()
}
