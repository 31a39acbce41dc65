/// From what a form shows to the edits that the server applies to the text: only what changed is said, so that comments,
/// order and spacing of everything else stay.
import { isSame, isTable, type Json, type Place, type Table } from './json';

export interface Edit {
  file: string;
  path: Place[];
  /// What stands there then; without it nothing does.
  value?: Json;
}

/// The edits that make `after` of `before`, in the order in which they are to be applied.
export function editsBetween(file: string, path: Place[], before: Json, after: Json): Edit[] {
  if (isSame(before, after)) return [];
  if (isTable(before) && isTable(after)) return editsOfTable(file, path, before, after);
  if (Array.isArray(before) && Array.isArray(after)) return editsOfList(file, path, before, after);
  return [{ file, path, value: after }];
}

function editsOfTable(file: string, path: Place[], before: Table, after: Table): Edit[] {
  const gone = Object.keys(before).filter((key) => after[key] === undefined);
  const stays = Object.entries(after).flatMap(([key, value]) => {
    const old = before[key];
    return old === undefined
      ? [{ file, path: [...path, key], value }]
      : editsBetween(file, [...path, key], old, value);
  });
  return [...gone.map((key) => ({ file, path: [...path, key] })), ...stays];
}

/// How many items both lists have in common, from the front.
function alike(before: Json[], after: Json[]): number {
  const most = Math.min(before.length, after.length);
  const differs = before.findIndex((item, index) => index >= most || !isSame(item, after[index]));
  return differs === -1 ? most : differs;
}

/// The places that are left out to get `after` of `before`; nothing where more than that happened.
function leftOut(before: Json[], after: Json[]): number[] | undefined {
  const gone: number[] = [];
  let next = 0;
  for (const [place, item] of before.entries()) {
    if (next < after.length && isSame(item, after[next])) next += 1;
    else gone.push(place);
  }
  return next === after.length ? gone : undefined;
}

function removals(file: string, path: Place[], places: number[]): Edit[] {
  // From the last, so that the places of the others stay true.
  return places.sort((one, other) => other - one).map((place) => ({ file, path: [...path, place] }));
}

function editsOfList(file: string, path: Place[], before: Json[], after: Json[]): Edit[] {
  const gone = leftOut(before, after);
  if (gone) return removals(file, path, gone);
  const front = alike(before, after);
  // Only the end of a list takes something new: where the list grows, what follows is said again.
  const most = Math.min(before.length, after.length) - front;
  const back =
    before.length < after.length ? 0 : Math.min(most, alike([...before].reverse(), [...after].reverse()));
  const [changed, wanted] = [before.length - front - back, after.length - front - back];
  const edits: Edit[] = [];
  for (let step = 0; step < wanted; step += 1) {
    const place = front + step;
    const [old, value] = [before[place], after[place]];
    if (value === undefined) continue;
    if (step < changed && old !== undefined) edits.push(...editsBetween(file, [...path, place], old, value));
    else edits.push({ file, path: [...path, place], value });
  }
  const surplus = Array.from({ length: Math.max(0, changed - wanted) }, (_, step) => front + wanted + step);
  return [...edits, ...removals(file, path, surplus)];
}
