import { describe, expect, it } from 'vitest';
import { type Edit, editsBetween } from './edits';
import { isSame, type Json, movedAt, type Place, type Table } from './json';

const path: Place[] = ['scorecard', 0];
const age = { id: 'age', label: { zh: '年龄', en: 'age' }, weight: 12.5, case: [{ when: 'a', score: 1 }] };
const cash = { id: 'cash', label: { zh: '现金', en: 'cash' }, weight: 50 };
const other = { id: 'other', label: { zh: '其他', en: 'other' }, weight: 37.5 };
const card: Table = { id: 'card', levels: 5, item: [age, cash, other] };

/// What the server does with edits, in the small.
function applied(before: Json, edits: Edit[]): Json {
  const root = { scorecard: [structuredClone(before)] } as Record<string, unknown>;
  for (const edit of edits) {
    let node: unknown = root;
    for (const place of edit.path.slice(0, -1)) node = (node as Record<Place, unknown>)[place];
    const last = edit.path.at(-1) ?? '';
    if (edit.value !== undefined) (node as Record<Place, unknown>)[last] = edit.value;
    else if (Array.isArray(node)) node.splice(Number(last), 1);
    else delete (node as Record<Place, unknown>)[last];
  }
  return (root.scorecard as Json[])[0] as Json;
}

function edited(after: Table): Edit[] {
  const edits = editsBetween('rules.toml', path, card, after);
  expect(isSame(applied(card, edits), after)).toBe(true);
  return edits;
}

describe('edits of a form', () => {
  it('say nothing where nothing changed', () => {
    expect(edited({ ...card })).toEqual([]);
    expect(edited({ item: card.item ?? [], levels: 5, id: 'card' })).toEqual([]);
  });

  it('say one value by its path', () => {
    const changed = { ...age, label: { zh: '年龄', en: 'age of a person' } };
    expect(edited({ ...card, item: [changed, cash, other] })).toEqual([
      { file: 'rules.toml', path: [...path, 'item', 0, 'label', 'en'], value: 'age of a person' },
    ]);
  });

  it('take a row out by its place and leave its neighbours alone', () => {
    expect(edited({ ...card, item: [age, other] })).toEqual([
      { file: 'rules.toml', path: [...path, 'item', 1] },
    ]);
    expect(edited({ ...card, item: [cash] })).toEqual([
      { file: 'rules.toml', path: [...path, 'item', 2] },
      { file: 'rules.toml', path: [...path, 'item', 0] },
    ]);
  });

  it('change one row and take another out', () => {
    const heavier = { ...age, weight: 62.5 };
    expect(edited({ ...card, item: [heavier, other] })).toEqual([
      { file: 'rules.toml', path: [...path, 'item', 0, 'weight'], value: 62.5 },
      { file: 'rules.toml', path: [...path, 'item', 1] },
    ]);
  });

  it('append a row as a whole', () => {
    const added = { id: 'new', weight: 1 };
    expect(edited({ ...card, item: [age, cash, other, added] })).toEqual([
      { file: 'rules.toml', path: [...path, 'item', 3], value: added },
    ]);
  });

  it('move a row by saying what differs between the two', () => {
    const edits = edited({ ...card, item: movedAt([age, cash, other], 1, 1) });
    expect(edits.map((edit) => edit.path.slice(2).join('.'))).toEqual([
      'item.1.id',
      'item.1.label.zh',
      'item.1.label.en',
      'item.1.weight',
      'item.2.id',
      'item.2.label.zh',
      'item.2.label.en',
      'item.2.weight',
    ]);
  });

  it('give and take a value that need not be there', () => {
    const { levels: _gone, ...without } = card;
    expect(edited(without)).toEqual([{ file: 'rules.toml', path: [...path, 'levels'] }]);
    expect(edited({ ...card, article: '7' })).toEqual([
      { file: 'rules.toml', path: [...path, 'article'], value: '7' },
    ]);
  });

  it('come out right whatever is removed, added and changed at once', () => {
    const rows = [age, cash, other, { id: 'd' }, { id: 'e' }];
    const before = { ...card, item: rows };
    for (let choice = 0; choice < 3 ** 5; choice += 1) {
      const after = rows.flatMap((row, place) => {
        const what = Math.floor(choice / 3 ** place) % 3;
        return what === 0 ? [row] : what === 1 ? [] : [{ ...row, changed: true }, { id: `new ${place}` }];
      });
      const edits = editsBetween('rules.toml', path, before, { ...card, item: after });
      expect(isSame(applied(before, edits), { ...card, item: after })).toBe(true);
    }
  });
});
