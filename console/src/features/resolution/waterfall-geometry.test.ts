import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../api/types';
import { outlookOf, type Step, waterfallOf } from './waterfall-geometry';

const text = (word: string) => ({ zh: word, en: word });

function field(attribute: string, bits: number, beside = false): Evidence['fields'][number] {
  return {
    attribute,
    label: text(attribute),
    agreement: 'same',
    agreement_text: text('same'),
    bits,
    beside,
    bits_if_same: 9,
  };
}

const evidence: Evidence = {
  prior_bits: -20,
  threshold_bits: 10,
  bits: 4,
  chance: 0.94,
  fields: [field('name', 14), field('sex', 1, true), field('birth_date', 16), field('mobile', -6)],
  would_link: [],
  guards: [],
};

const ends = (step: Step) => {
  const { left, width, isFor } = step.bar ?? { left: 0, width: 0, isFor: true };
  return isFor ? [left, left + width] : [left + width, left];
};

describe('a waterfall', () => {
  it('goes on where the bar before ended, from the prior to the total', () => {
    const { prior, fields, total, nought } = waterfallOf(evidence);
    expect(ends(prior)[0]).toBeCloseTo(nought);
    let place = ends(prior)[1] ?? 0;
    for (const step of fields.filter(({ bar }) => bar)) {
      const [from, to] = ends(step);
      expect(from).toBeCloseTo(place);
      place = to ?? 0;
    }
    expect(ends(total)[1]).toBeCloseTo(place);
  });

  it('draws nothing for what is told beside the sum', () => {
    const sex = waterfallOf(evidence).fields.find(({ name }) => name === 'sex');
    expect(sex?.bar).toBeUndefined();
    expect(sex?.bits).toBe(1);
  });

  it('has room for every bar and for the threshold', () => {
    const { prior, fields, total, threshold } = waterfallOf(evidence);
    const places = [prior, ...fields, total].filter(({ bar }) => bar).flatMap(ends);
    for (const place of [...places, threshold]) {
      expect(place).toBeGreaterThanOrEqual(0.04 - 1e-9);
      expect(place).toBeLessThanOrEqual(0.96 + 1e-9);
    }
    const lengthOfTen = (fields[2]?.bar?.width ?? 0) / 1.6;
    expect((prior.bar?.width ?? 0) / 2).toBeCloseTo(lengthOfTen);
  });

  it('says what is for and what is against', () => {
    const { prior, fields, total } = waterfallOf(evidence);
    expect([prior, ...fields, total].map(({ bar }) => bar?.isFor)).toEqual([
      false,
      true,
      undefined,
      true,
      false,
      true,
    ]);
  });

  it('stands where nothing was weighed', () => {
    const empty = { ...evidence, prior_bits: 0, threshold_bits: 0, bits: 0, fields: [] };
    const { threshold, total } = waterfallOf(empty);
    expect([threshold, total.bar?.width]).toEqual([0.04, 0]);
  });
});

describe('what would change it', () => {
  const guard = { code: 'twins', text: text('twins') };

  it('is said in the order of what decides', () => {
    expect(outlookOf(evidence)).toBe('not_alone');
    expect(outlookOf({ ...evidence, would_link: [text('mobile')] })).toBe('one_field');
    expect(outlookOf({ ...evidence, bits: 10 })).toBe('enough');
    expect(outlookOf({ ...evidence, bits: 12, guards: [guard] })).toBe('guarded');
    expect(outlookOf({ ...evidence, bits: 12, contradiction: 'birth_date' })).toBe('contradicted');
  });
});
