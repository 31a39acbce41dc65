/// The movement matrix (变动矩阵) and what scores contribute, laid out for drawing.
import type { Movement, Verdict, VerdictReason } from '../../api/types';

export type Direction = 'same' | 'up' | 'down' | 'other';

export interface MovementCell {
  from: string;
  to: string;
  customers: number;
  direction: Direction;
  /// How strongly it is coloured, from 0 to 1.
  strength: number;
}

export interface MatrixRow {
  from: string;
  cells: MovementCell[];
}

/// Outcomes in the order of the rule; others behind them, as they come.
export function outcomesInOrder(moves: Movement[], known: string[]): string[] {
  const met = new Set(moves.flatMap(({ from, to }) => [from, to]));
  const ordered = known.filter((outcome) => met.has(outcome));
  return [...ordered, ...[...met].filter((outcome) => !known.includes(outcome))];
}

function directionOf(from: string, to: string, known: string[]): Direction {
  if (from === to) return 'same';
  const [before, after] = [known.indexOf(from), known.indexOf(to)];
  if (before < 0 || after < 0) return 'other';
  return after > before ? 'up' : 'down';
}

/// Counts lie far apart: what is seen is the number of digits rather than the number.
function strengthOf(customers: number, most: number): number {
  return customers === 0 || most === 0 ? 0 : 0.2 + (0.8 * Math.log1p(customers)) / Math.log1p(most);
}

export function matrixOf(moves: Movement[], known: string[]): { outcomes: string[]; rows: MatrixRow[] } {
  const outcomes = outcomesInOrder(moves, known);
  const most = Math.max(0, ...moves.filter(({ from, to }) => from !== to).map(({ customers }) => customers));
  const rows = outcomes.map((from) => ({
    from,
    cells: outcomes.map((to) => {
      const found = moves.find((move) => move.from === from && move.to === to);
      const customers = found?.customers ?? 0;
      const strength = strengthOf(Math.min(customers, most), most);
      return { from, to, customers, direction: directionOf(from, to, known), strength };
    }),
  }));
  return { outcomes, rows };
}

export interface Contribution {
  id: string;
  label: VerdictReason['label'];
  /// Points of the total.
  before: number;
  after: number;
  /// Whether a fact was missing on either side.
  prudent: boolean;
}

function pointsOf(reason: VerdictReason | undefined, levels: number): number {
  return ((reason?.weight ?? 0) * (reason?.score ?? 0)) / levels;
}

/// The items that give other points than before, those that differ most first.
export function contributions(
  before: Verdict | null | undefined,
  after: Verdict | null | undefined,
  levels: number,
): Contribution[] {
  const itemsOf = (verdict: Verdict | null | undefined) =>
    (verdict?.reasons ?? []).filter(({ part, weight }) => part === 'item' && weight != null);
  const [old, now] = [itemsOf(before), itemsOf(after)];
  const ids = [...new Set([...old, ...now].map(({ id }) => id))];
  const all = ids.flatMap((id) => {
    const [was, is] = [old.find((one) => one.id === id), now.find((one) => one.id === id)];
    const label = (is ?? was)?.label;
    const prudent = Boolean(was?.prudent || is?.prudent);
    return label ? [{ id, label, before: pointsOf(was, levels), after: pointsOf(is, levels), prudent }] : [];
  });
  const difference = (one: Contribution) => Math.abs(one.after - one.before);
  return all
    .filter((one) => difference(one) > 1e-9)
    .sort((one, other) => difference(other) - difference(one));
}
