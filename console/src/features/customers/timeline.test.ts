import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../api/types';
import { happeningsOf } from './timeline';

function entry(at: string, text: string): TimelineEntry {
  return { at, kind: 'record', text: { zh: text, en: text } };
}

describe('the timeline', () => {
  it('tells once, with how often, what several records of one file did at one instant', () => {
    const entries = [entry('2', 'crm'), entry('1', 'core'), entry('1', 'core'), entry('1', 'card')];
    const told = happeningsOf(entries, ({ text }) => text.en);
    expect(told.map(({ entry: { at, text }, times }) => `${at} ${text.en} ${times}`)).toEqual([
      '2 crm 1',
      '1 core 2',
      '1 card 1',
    ]);
  });
});
