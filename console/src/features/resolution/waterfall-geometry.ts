/// Where the bars of a waterfall stand: each begins where the one before ended. All places are shares of the width.
import type { Evidence } from '../../api/types';

export interface Bar {
  /// Nothing is drawn for what is told beside the sum.
  left: number;
  width: number;
  /// Whether it speaks for one party.
  isFor: boolean;
}

export interface Step {
  name: string;
  bits: number;
  bar: Bar | undefined;
}

export interface Waterfall {
  prior: Step;
  fields: Step[];
  total: Step;
  /// Where the sum begins to be enough.
  threshold: number;
  nought: number;
}

/// Room on either side, so that no bar touches the edge.
const margin = 0.04;

function drawn(evidence: Evidence) {
  return evidence.fields.filter((field) => !field.beside);
}

function scaleOf(evidence: Evidence): (bits: number) => number {
  const sums = [0, evidence.prior_bits, evidence.threshold_bits, evidence.bits];
  let sum = evidence.prior_bits;
  for (const field of drawn(evidence)) {
    sum += field.bits;
    sums.push(sum);
  }
  const [low, high] = [Math.min(...sums), Math.max(...sums)];
  const span = high - low || 1;
  return (bits) => margin + ((bits - low) / span) * (1 - 2 * margin);
}

export function waterfallOf(evidence: Evidence): Waterfall {
  const place = scaleOf(evidence);
  const bar = (from: number, to: number): Bar => ({
    left: place(Math.min(from, to)),
    width: Math.abs(place(to) - place(from)),
    isFor: to >= from,
  });
  let sum = evidence.prior_bits;
  const fields = evidence.fields.map((field): Step => {
    const from = sum;
    if (!field.beside) sum += field.bits;
    return {
      name: field.attribute,
      bits: field.bits,
      bar: field.beside ? undefined : bar(from, sum),
    };
  });
  return {
    prior: { name: 'prior', bits: evidence.prior_bits, bar: bar(0, evidence.prior_bits) },
    fields,
    total: { name: 'total', bits: evidence.bits, bar: bar(0, evidence.bits) },
    threshold: place(evidence.threshold_bits),
    nought: place(0),
  };
}

export type Outlook = 'contradicted' | 'guarded' | 'enough' | 'one_field' | 'not_alone';

/// What would change the answer: the sentence below the waterfall.
export function outlookOf(evidence: Evidence): Outlook {
  if (evidence.contradiction) return 'contradicted';
  if (evidence.bits >= evidence.threshold_bits) return evidence.guards.length > 0 ? 'guarded' : 'enough';
  return evidence.would_link.length > 0 ? 'one_field' : 'not_alone';
}
