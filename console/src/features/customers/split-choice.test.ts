import { describe, expect, it } from 'vitest';
import type { PartyRecord } from '../../api/types';
import { seriesOf } from './split-choice';

const record = (id: string, series: string, retired_at?: string) =>
  ({ id, series, retired_at }) as unknown as PartyRecord;

describe('what can be split off', () => {
  it('is each series once, however many versions it has, and nothing that was withdrawn', () => {
    const records = [record('1', '1'), record('4', '1'), record('2', '2', '2026-01-01'), record('3', '3')];
    expect(seriesOf(records)).toEqual(['1', '3']);
  });
});
