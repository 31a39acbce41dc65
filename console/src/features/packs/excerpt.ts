/// A line of a file with the place that is meant, short enough to be read.
const longestExcerpt = 90;

/// The excerpt around its column, and how many characters stand before the mark.
export function excerptAt(excerpt: string, column: number): { text: string; before: string } {
  const place = Math.max(0, column - 1);
  const from = place > longestExcerpt * 0.6 ? Math.max(0, place - 20) : 0;
  const text = excerpt.slice(from, from + longestExcerpt);
  return {
    text: (from > 0 ? '\u2026' : '') + text,
    before: (from > 0 ? '\u2026' : '') + text.slice(0, place - from),
  };
}
