/// Where bands and grades stand on a line, and whether they meet.
import { type Json, type Table, textOf } from '../json';

export interface Segment {
  id: string;
  label: Json | undefined;
  /// Its part of the line.
  share: number;
  /// What stands at its lower end: nothing at the first.
  begins?: string;
  /// Whether it meets the one before it without gap or overlap.
  meets: boolean;
}

function lower(band: Table): { value: Json | undefined; isWithin: boolean } {
  return band.from === undefined
    ? { value: band.above, isWithin: false }
    : { value: band.from, isWithin: true };
}

function upper(band: Table): { value: Json | undefined; isWithin: boolean } {
  return band.up_to === undefined
    ? { value: band.below, isWithin: false }
    : { value: band.up_to, isWithin: true };
}

/// Bands, each as wide as the others: their bounds are read, not measured.
export function bandSegments(bands: Table[]): Segment[] {
  return bands.map((band, place) => {
    const previous = bands[place - 1];
    const begins = lower(band);
    const ends = previous ? upper(previous) : undefined;
    const meets = ends
      ? ends.value !== undefined && ends.value === begins.value && ends.isWithin !== begins.isWithin
      : begins.value === undefined;
    return {
      id: textOf(band.id),
      label: band.label,
      share: 1 / bands.length,
      begins:
        begins.value === undefined
          ? undefined
          : `${begins.isWithin ? '\u2265' : '>'} ${String(begins.value)}`,
      meets,
    };
  });
}

/// The grades of a scorecard on its totals: from what the least scores give to 100.
export function gradeSegments(grades: Table[], levels: number): Segment[] {
  const least = levels > 0 ? 100 / levels : 0;
  let from = least;
  return grades.map((grade, place) => {
    const isLast = place === grades.length - 1;
    const given = typeof grade.up_to === 'number' ? grade.up_to : undefined;
    const to = isLast ? 100 : (given ?? from);
    const segment = {
      id: textOf(grade.id),
      label: grade.label,
      share: Math.max(0, to - from) / (100 - least),
      begins: place === 0 ? undefined : `> ${from}`,
      meets: isLast ? given === undefined : given !== undefined && to > from && to < 100,
    };
    from = Math.max(from, to);
    return segment;
  });
}

/// Hundredths, so that weights sum as they are written.
export function sumOf(rows: Table[], name: string): number {
  const hundredths = rows.map((row) => Math.round((typeof row[name] === 'number' ? row[name] : 0) * 100));
  return hundredths.reduce((sum, one) => sum + one, 0) / 100;
}
