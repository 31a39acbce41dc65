import { describe, expect, it } from 'vitest';
import type { Network } from '../../api/types';
import { networkLayout, type Place, shortened } from './network-layout';

const exact = (value: number) => ({ value, exact: true });

/// The first customer shares contact `n` with each of the customers of list `n`.
function network(lists: string[][], together: string[][] = []): Network {
  const others = [...new Set([...lists.flat(), ...together.flat()])].filter((name) => name !== 'asked');
  const customer = (number: string) => ({ number, name: `客户${number}`, kind: 'person' });
  return {
    number: 'asked',
    customers: ['asked', ...others].map(customer),
    contacts: lists.map((list, id) => ({
      id,
      kind: 'mobile' as const,
      value: '138****0000',
      records: exact(list.length + 1),
      customers: exact(list.length + 1),
      crowded: list.length > 19,
    })),
    edges: lists.flatMap((list, contact) =>
      ['asked', ...list].map((holder) => ({ customer: holder, contact, labels: [] })),
    ),
    households: together.map((members) => ({
      kind: 'household' as const,
      text: { zh: '疑似家庭', en: 'probable household' },
      members,
      reasons: [],
    })),
    cut: false,
  };
}

function overlap(one: Place, other: Place): boolean {
  const apart =
    one.x + one.width <= other.x ||
    other.x + other.width <= one.x ||
    one.y + one.height <= other.y ||
    other.y + other.height <= one.y;
  return !apart;
}

const many = Array.from({ length: 20 }, (_, index) => `m${index}`);

describe('the layout of a network', () => {
  it('gives every node a place of its own inside the picture', () => {
    const drawn = networkLayout(
      network(
        [['a', 'b'], ['c'], many, ['a', 'c']],
        [
          ['asked', 'a', 'b'],
          ['m3', 'm9'],
        ],
      ),
    );
    const nodes: Place[] = [...drawn.customers, ...drawn.contacts];
    expect(nodes).toHaveLength(24 + 4);
    for (const [index, node] of nodes.entries()) {
      expect(node.x).toBeGreaterThan(drawn.left);
      expect(node.x + node.width).toBeLessThan(drawn.left + drawn.width);
      expect(node.y).toBeGreaterThan(0);
      expect(node.y + node.height).toBeLessThan(drawn.height);
      expect(nodes.slice(index + 1).filter((other) => overlap(node, other))).toEqual([]);
    }
  });

  it('encircles the members of a household and nobody else', () => {
    const drawn = networkLayout(
      network(
        [['a', 'x', 'b'], many],
        [
          ['asked', 'a', 'b'],
          ['m3', 'm9'],
        ],
      ),
    );
    const inside = drawn.circled.map((circle) =>
      drawn.customers.filter((node) => overlap(circle, node)).map((node) => node.customer.number),
    );
    expect(inside).toEqual([
      ['a', 'b'],
      ['m3', 'm9'],
    ]);
    expect(drawn.circled.map(({ withAsked }) => withAsked)).toEqual([true, false]);
  });

  it('puts contacts on both sides and is the same each time', () => {
    const asked = network([['a', 'b'], ['c'], ['d']]);
    const drawn = networkLayout(asked);
    expect(networkLayout(structuredClone(asked))).toEqual(drawn);
    const sides = drawn.customers.map(({ x, width }) => Math.sign(x + width / 2));
    expect(sides).toEqual([0, 1, 1, -1, -1]);
  });

  it('puts a contact where most of its customers stand', () => {
    // Both stand by the first contact, so the second one has no customer of its own.
    const drawn = networkLayout(
      network([
        ['a', 'b'],
        ['a', 'b'],
      ]),
    );
    expect(drawn.contacts.map(({ x, width }) => Math.sign(x + width / 2))).toEqual([1, 1]);
  });

  it('ties companies without a contact in common to the one asked for', () => {
    const drawn = networkLayout(network([], [['asked', 'a']]));
    expect(drawn.lines.map(({ key, kind }) => `${key} ${kind}`)).toEqual(['tie a tie']);
  });

  it('marks the lines of a crowded contact', () => {
    const { lines } = networkLayout(network([many]));
    expect(lines).toHaveLength(21);
    expect(lines.every(({ kind }) => kind === 'crowded')).toBe(true);
  });

  it('of nobody is empty', () => {
    expect(networkLayout({ ...network([]), customers: [] }).customers).toEqual([]);
  });
});

describe('a long name', () => {
  it('is shortened by the width of its characters', () => {
    expect(shortened('王小明', 6)).toBe('王小明');
    expect(shortened('内蒙古自治区呼和浩特市科技有限公司', 12)).toBe('内蒙古自治…');
    expect(shortened('Alexander Smith', 10)).toBe('Alexander…');
  });
});
