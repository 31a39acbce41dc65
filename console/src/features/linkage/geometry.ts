/// Where the bars of weights and the lines of the threshold curve stand, as shares of their surface.

export interface Span {
  left: number;
  width: number;
}

/// What the bars of all fields span, so that they can be compared by eye.
export const scale = { least: -10, most: 20 } as const;

function placeOf(bits: number): number {
  const within = Math.min(scale.most, Math.max(scale.least, bits));
  return (within - scale.least) / (scale.most - scale.least);
}

export const nought = placeOf(0);

/// From nought to so many bits.
export function spanOf(bits: number): Span {
  const place = placeOf(bits);
  return { left: Math.min(place, nought), width: Math.abs(place - nought) };
}

/// The weakest and the strongest of what an agreement says: frequent values say less than rare ones.
export function extremes(bits: number[]): { weakest: number; strongest: number } {
  const sorted = [...bits].sort((a, b) => Math.abs(a) - Math.abs(b));
  return { weakest: sorted[0] ?? 0, strongest: sorted[sorted.length - 1] ?? 0 };
}

export interface CurvePoint {
  bits: number;
  precision: number;
  recall: number;
}

/// A line through the points, in a surface of this width and height.
export function lineOf(
  points: CurvePoint[],
  value: (point: CurvePoint) => number,
  width: number,
  height: number,
): string {
  return points
    .map(
      (point) =>
        `${(acrossOf(points, point.bits) * width).toFixed(1)},${((1 - value(point)) * height).toFixed(1)}`,
    )
    .join(' ');
}

/// Where so many bits stand between the first and the last point.
export function acrossOf(points: CurvePoint[], bits: number): number {
  const first = points[0]?.bits ?? 0;
  const last = points[points.length - 1]?.bits ?? 1;
  return Math.min(1, Math.max(0, (bits - first) / (last - first || 1)));
}

/// The point at a threshold: the last one that is not above it.
export function pointAt(points: CurvePoint[], bits: number): CurvePoint | undefined {
  return points.filter((point) => point.bits <= bits).at(-1) ?? points[0];
}
