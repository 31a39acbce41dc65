/// Which scale shows figures that lie far apart.

/// From this ratio on, small bars could not be told from nothing on a linear scale.
const widestLinear = 200;

/// Whether the values are so far apart that only a logarithmic scale shows all of them.
export function isWide(values: number[]): boolean {
  const positive = values.filter((value) => value > 0);
  return positive.length > 1 && Math.max(...positive) / Math.min(...positive) > widestLinear;
}
