/// Which records of a customer are to be split off: chosen by series, by a click or by the keyboard alone.
import { useState } from 'react';
import type { PartyRecord } from '../../api/types';
import { useHotkeys } from '../../shell/hotkeys';

/// The series that can still be split off, in the order in which their records are shown.
export function seriesOf(records: PartyRecord[]): string[] {
  return [...new Set(records.filter((record) => !record.retired_at).map((record) => record.series))];
}

export interface SplitChoice {
  chosen: ReadonlySet<string>;
  /// The series that the keyboard is at.
  active: string | undefined;
  canChoose: (record: PartyRecord) => boolean;
  toggle: (series: string) => void;
  clear: () => void;
}

export function useSplitChoice(records: PartyRecord[], isAllowed: boolean): SplitChoice | undefined {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [place, setPlace] = useState<number>();
  const series = seriesOf(records);
  const isPossible = isAllowed && series.length > 1;
  const active = place === undefined ? undefined : series[place];
  function toggle(one: string): void {
    setChosen((known) => {
      const next = new Set(known);
      if (!next.delete(one)) next.add(one);
      return next;
    });
  }
  function move(by: number): void {
    setPlace((at) => Math.max(0, Math.min(series.length - 1, at === undefined ? 0 : at + by)));
  }
  useHotkeys(
    isPossible
      ? { j: () => move(1), k: () => move(-1), x: () => active !== undefined && toggle(active) }
      : {},
  );
  if (!isPossible) return undefined;
  return {
    chosen: new Set(series.filter((one) => chosen.has(one))),
    active,
    canChoose: (record) => series.includes(record.series),
    toggle,
    clear: () => setChosen(new Set()),
  };
}
