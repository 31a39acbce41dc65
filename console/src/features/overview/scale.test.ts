import { describe, expect, it } from 'vitest';
import { isWide } from './scale';

describe('the scale of a chart', () => {
  it('is logarithmic where a few would vanish beside many', () => {
    expect(isWide([72_190, 1_074, 1])).toBe(true);
  });

  it('is linear where all can be seen, and for a single bar', () => {
    expect(isWide([100, 80, 1])).toBe(false);
    expect(isWide([0, 50_000])).toBe(false);
  });
});
